//! Ways of giving a function's code beside inline text and directories: what the template has of them, what makes
//! another version of them, and what is said of those that Lambda would refuse.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

mod common;

use std::fs;

use base64::{Engine, engine::general_purpose::STANDARD};
use camino::Utf8PathBuf;
use common::*;
use cyanotype::{cfn::Digest, prelude::*};

/// Files for a test.
struct Place {
    _keep: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Place {
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(keep.path().into()).unwrap();
        Self { _keep: keep, root }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> Utf8PathBuf {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A file that is as long as that, and holds nothing.
    fn sparse(&self, name: &str, length: u64) -> Utf8PathBuf {
        let path = self.root.join(name);
        fs::File::create(&path).unwrap().set_len(length).unwrap();
        path
    }
}

/// A zip as another tool makes it, of one file that is not compressed, with the size that its list says.
fn zip(time: u16, text: &str, size: u32) -> Vec<u8> {
    let (length, name) = ((text.len() as u32).to_le_bytes(), b"index.mjs");
    let (version, rest) = (20u16.to_le_bytes(), [0; 4]);
    let crc = crc32fast::hash(text.as_bytes()).to_le_bytes();
    let common = [&rest[..], &time.to_le_bytes(), &33u16.to_le_bytes(), &crc, &length].concat();
    let size = if size == 0 { length } else { size.to_le_bytes() };
    let mut zip =
        [&b"PK\x03\x04"[..], &version, &common, &length, &[9, 0, 0, 0], name, text.as_bytes()].concat();
    let at = (zip.len() as u32).to_le_bytes();
    let list =
        [&b"PK\x01\x02"[..], &version, &version, &common, &size, &[9, 0, 0, 0], &[0; 14], name].concat();
    zip.extend(&list);
    let end = [&b"PK\x05\x06"[..], &[0; 4], &[1, 0, 1, 0], &(list.len() as u32).to_le_bytes(), &at, &[0; 2]];
    zip.extend(end.concat());
    zip
}

fn app(code: impl Into<Code>, publish: bool) -> App {
    let props =
        FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code).build();
    shop(|stack| {
        let hello = Fun::new(stack, "Hello", props);
        if publish {
            hello.publish();
        }
    })
}

fn fingerprint(code: impl Into<Code>) -> String {
    let version = id(&template(&app(code, true)), "HelloVersion");
    version.trim_start_matches("HelloVersion").to_owned()
}

/// The bytes of the only zip in the assembly.
fn uploaded(app: &App) -> Vec<u8> {
    let place = Place::new();
    let out = place.root.join("out");
    synth(app).assembly().unwrap().write(&out, &mut |_| ()).unwrap();
    let names: Vec<_> = out.read_dir_utf8().unwrap().map(|entry| entry.unwrap().into_path()).collect();
    let zips: Vec<_> = names.iter().filter(|name| name.extension() == Some("zip")).collect();
    let [zip] = zips.as_slice() else { panic!("{names:?}") };
    fs::read(zip).unwrap()
}

/// Asserts the whole of the only error, with the place of the test's files taken out.
#[track_caller]
fn refused(code: impl Into<Code>, place: &Place, expected: &str) {
    let said: Vec<_> =
        errors(&app(code, true)).iter().map(|e| e.replace(place.root.as_str(), "HERE")).collect();
    assert_eq!(said, [expected]);
}

#[test]
fn fingerprints_of_files_and_objects_are_frozen() {
    let place = Place::new();
    let file = place.file("index.mjs", "export const handler = async () => 1");
    let built = place.file("hello.zip", zip(0, "export const handler = async () => 1", 0));
    let fingerprints = [
        ("a file", fingerprint(Code::file(file))),
        ("a zip", fingerprint(Code::zip(built))),
        ("an object", fingerprint(Code::s3("shop-builds", "hello.zip"))),
        ("an object's version", fingerprint(Code::s3("shop-builds", "hello.zip").version("v1"))),
    ];
    let frozen = [
        ("a file", "52582207faff"),
        ("a zip", "5486c89e9668"),
        ("an object", "f61687d9f103"),
        ("an object's version", "f8735cac685f"),
    ];
    assert_eq!(fingerprints, frozen.map(|(name, fingerprint)| (name, fingerprint.to_owned())));
}

#[test]
fn a_file_is_what_a_directory_of_it_alone_is() {
    let place = Place::new();
    let file = place.file("code/index.mjs", "export const handler = async () => 1");
    let (of_file, of_directory) =
        (app(Code::file(&file), true), app(Code::directory(place.root.join("code")), true));
    assert_eq!(template(&of_file), template(&of_directory));
    assert_eq!(uploaded(&of_file), uploaded(&of_directory));
}

#[test]
fn a_file_s_name_and_bytes_publish_and_its_place_and_time_do_not() {
    let place = Place::new();
    let of = |name: &str, text: &str| fingerprint(Code::file(place.file(name, text)));
    let before = of("a/index.mjs", "one");
    assert_ne!(of("a/index.js", "one"), before);
    assert_ne!(of("a/index.mjs", "two"), before);
    assert_eq!(of("b/index.mjs", "one"), before);
}

#[cfg(unix)]
#[test]
fn a_file_s_executable_bit_is_kept_and_publishes() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    let file = place.file("bootstrap", "#!/bin/sh\n");
    let before = fingerprint(Code::file(&file));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o744)).unwrap();
    assert_ne!(fingerprint(Code::file(&file)), before);
    let zip = uploaded(&app(Code::file(&file), true));
    let list = zip.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    assert_eq!(zip[list + 38..list + 42], (0o100_755u32 << 16).to_le_bytes());
}

#[test]
fn a_zip_is_uploaded_as_it_is_and_a_version_holds_its_hash() {
    let (place, bytes) = (Place::new(), zip(7, "export const handler = async () => 1", 0));
    let app = app(Code::zip(place.file("hello.zip", &bytes)), true);
    assert_eq!(uploaded(&app), bytes);
    let (template, digest) = (template(&app), Digest::of(&bytes));
    let code = json!({
        "S3Bucket": { "Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}" },
        "S3Key": format!("{}.zip", digest.hex()),
    });
    assert_eq!(property(&template, "Hello", "Code"), code);
    assert_eq!(property(&template, "HelloVersion", "CodeSha256"), STANDARD.encode(digest.bytes()));
}

#[test]
fn a_time_in_a_zip_publishes() {
    let place = Place::new();
    let of = |time| fingerprint(Code::zip(place.file("hello.zip", zip(time, "a", 0))));
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn an_object_is_named_as_it_is_and_a_version_has_no_hash() {
    let template = template(&app(Code::s3("shop-builds", "hello.zip").version("v1"), true));
    let code = json!({ "S3Bucket": "shop-builds", "S3Key": "hello.zip", "S3ObjectVersion": "v1" });
    assert_eq!(property(&template, "Hello", "Code"), code);
    assert_eq!(property(&template, "HelloVersion", "CodeSha256"), Json::Null);
}

#[test]
fn an_object_s_bucket_key_and_version_publish() {
    let of = |bucket: &str, key: &str, version: &str| fingerprint(Code::s3(bucket, key).version(version));
    let before = of("one", "one", "one");
    assert_ne!(of("two", "one", "one"), before);
    assert_ne!(of("one", "two", "one"), before);
    assert_ne!(of("one", "one", "two"), before);
    assert_eq!(of("one", "one", "one"), before);
}

#[test]
fn an_object_in_a_bucket_of_the_app_is_a_reference() {
    let app = shop(|stack| {
        let bucket = stack.resource("Builds", "AWS::S3::Bucket", tree!({}));
        let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
        let code = Code::s3(bucket.reference(), "hello.zip").version("v1");
        Fun::new(stack, "Hello", props.code(code).build()).publish();
    });
    assert_eq!(errors(&app), [""; 0]);
    assert_eq!(property(&template(&app), "Hello", "Code")["S3Bucket"], json!({ "Ref": "Builds" }));
}

#[test]
fn a_published_object_without_a_version_is_a_warning() {
    let object = || Code::s3("shop-builds", "hello.zip");
    let expected = "Shop/Hello: its code is an object in S3 without a version, and the function is published: another \
                    object under the same key publishes nothing, and what a version runs cannot be known / a version's \
                    identity is fixed at synth: have the bucket keep versions, and name the object's: \
                    `Code::s3(bucket, key).version(\"…\")`; or say that no other object will have its key: \
                    `.key_is_never_reused()`";
    assert_eq!(warnings(&app(object(), true)), [expected]);
    assert_eq!(warnings(&app(object(), false)), [""; 0]);
    assert_eq!(warnings(&app(object().version("v1"), true)), [""; 0]);
    assert_eq!(warnings(&app(object().key_is_never_reused(), true)), [""; 0]);
}

#[test]
fn a_key_that_is_never_reused_is_the_same_code_as_any_key() {
    let object = || Code::s3("shop-builds", "hello.zip");
    assert_eq!(fingerprint(object()), fingerprint(object().key_is_never_reused()));
}

#[test]
fn an_object_that_stays_is_referred_to_and_a_copy_is_another_version() {
    let object = || Code::s3("shop-builds", "hello.zip").version("v1");
    let by_reference = || object().by_reference("builds are never deleted");
    let code = property(&template(&app(by_reference(), true)), "Hello", "Code");
    let expected = json!({
        "S3Bucket": "shop-builds", "S3Key": "hello.zip", "S3ObjectVersion": "v1", "S3ObjectStorageMode": "REFERENCE",
    });
    assert_eq!(code, expected);
    assert_ne!(fingerprint(by_reference()), fingerprint(object()));
    assert_eq!(fingerprint(by_reference()), fingerprint(object().by_reference("for another reason")));
}

#[test]
fn an_object_that_the_deploy_decides_is_refused_of_a_published_function() {
    let of = |publish: bool, acknowledge: bool| {
        shop(|stack| {
            let version = stack.parameter("Build", Parameter::string());
            let version = if acknowledge { version.known_at_deploy("it is set once") } else { version };
            let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler");
            let code = Code::s3("shop-builds", "hello.zip").version(version);
            let hello = Fun::new(stack, "Hello", props.code(code).build());
            if publish {
                hello.publish();
            }
        })
    };
    let expected = "Shop/Hello: `Code` holds the parameter `Shop/Build`, which only the deploy knows, and the function is \
                    published / a version's identity is fixed at synth: give a literal, or say why it cannot change under \
                    a version: `.known_at_deploy(\"…\")`";
    assert_eq!(errors(&of(true, false)), [expected]);
    assert_eq!(errors(&of(false, false)), [""; 0]);
    assert_eq!(errors(&of(true, true)), [""; 0]);
}

#[test]
fn a_file_or_zip_that_is_not_there() {
    let place = Place::new();
    let expected = "Shop/Hello: the code file `HERE/gone` does not exist / give the path of a file, or build it first; a \
                    relative path counts from where the command runs, `asset!(\"…\")` from the crate that says it";
    refused(Code::file(place.root.join("gone")), &place, expected);
    refused(Code::zip(place.root.join("gone")), &place, expected);
}

#[test]
fn a_directory_where_a_file_is_asked_for() {
    let place = Place::new();
    let expected = "Shop/Hello: `HERE` is a directory, and a file is asked for / give a file, or all that is in the \
                    directory: `Code::directory(asset!(\"…\"))`";
    refused(Code::file(&place.root), &place, expected);
    refused(Code::zip(&place.root), &place, expected);
}

#[cfg(unix)]
#[test]
fn a_socket_is_no_file() {
    let place = Place::new();
    let _socket = std::os::unix::net::UnixListener::bind(place.root.join("socket")).unwrap();
    let expected = "Shop/Hello: `HERE/socket` is neither a file nor a directory / give a file: no pipe, socket or device \
                    can be a function's code";
    refused(Code::file(place.root.join("socket")), &place, expected);
    refused(Code::zip(place.root.join("socket")), &place, expected);
}

#[test]
fn a_file_that_is_too_large() {
    let place = Place::new();
    let expected = "Shop/Hello: the code file `HERE/large` has 262144001 bytes, and Lambda takes 262144000 unzipped / leave \
                    out what the function does not need at run time, or move it into layers or an image";
    refused(Code::file(place.sparse("large", 262_144_001)), &place, expected);
}

#[test]
fn what_is_no_zip() {
    let (place, whole) = (Place::new(), zip(0, "export const handler = async () => 1", 0));
    let expected = "Shop/Hello: `HERE/hello.zip` is no zip, or not all of one / build it anew; what is no zip becomes one by \
                    `Code::file(asset!(\"…\"))`";
    for bytes in [&b""[..], b"export const handler = async () => 1", &whole[..whole.len() - 1]] {
        refused(Code::zip(place.file("hello.zip", bytes)), &place, expected);
    }
}

#[test]
fn a_zip_without_files() {
    let place = Place::new();
    let expected = "Shop/Hello: the zip `HERE/hello.zip` holds no files / build the code first, or look at what is \
                    excluded: Lambda takes no empty zip";
    let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    refused(Code::zip(place.file("hello.zip", empty)), &place, expected);
}

#[test]
fn a_zip_that_is_too_large_unzipped() {
    let place = Place::new();
    let of = |size| Code::zip(place.file("hello.zip", zip(0, "a", size)));
    let expected = "Shop/Hello: the files in `HERE/hello.zip` have 262144001 bytes, and Lambda takes 262144000 unzipped / \
                    leave out what the function does not need at run time, or move it into layers or an image";
    refused(of(262_144_001), &place, expected);
    assert_eq!(errors(&app(of(262_144_000), true)), [""; 0]);
}

#[test]
fn names_that_s3_would_not_take() {
    let place = Place::new();
    for bucket in ["ab", "shop/builds", "shop.", &"a".repeat(64)] {
        let expected = format!(
            "Shop/Hello: `{bucket}` is no name for a bucket / it has 3 to 63 letters, digits, `.`, `-` and `_`, and no `.` at \
             its end"
        );
        refused(Code::s3(bucket, "a").version("v1"), &place, &expected);
    }
    let says = |what: &str, length: usize| {
        format!(
            "Shop/Hello: the {what} of its code's object has {length} characters / Lambda takes 1 to 1024"
        )
    };
    refused(Code::s3("abc", "").version("v1"), &place, &says("key", 0));
    refused(Code::s3("abc", "a").version("v".repeat(1025)), &place, &says("version", 1025));
    let fits = Code::s3("a".repeat(63), "a".repeat(1024)).version("v".repeat(1024));
    assert_eq!(errors(&app(fits, true)), [""; 0]);
}
