//! The handlers for real: cargo builds them, synth zips them, and one is taken out of its zip and called, by a runtime
//! interface on the loopback as Lambda has it.
//!
//! Interface: <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
#![cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// How long anything may take. An answer takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn what_synth_zips_answers_as_its_contract_says() {
    let place = tempfile::tempdir().unwrap();
    synth(place.path(), "a");
    assert_eq!(call(place.path(), "Review", &json!({ "author": "Ada", "text": "Heck, no!" })), json!("Rude"));
    let masked =
        call(place.path(), "Mask", &json!({ "author": "Ada", "text": "Heck, no!", "verdict": "Rude" }));
    assert_eq!(masked, json!({ "author": "Ada", "text": "***** no!", "verdict": "Rude" }));

    // The second synth finds everything built, and writes the same.
    synth(place.path(), "b");
    for entry in fs::read_dir(place.path().join("a")).unwrap() {
        let name = entry.unwrap().file_name();
        let bytes = |out: &str| fs::read(place.path().join(out).join(&name)).unwrap();
        assert!(bytes("a") == bytes("b"), "{name:?}");
    }
}

/// Synthesizes for this machine, in release as for AWS, but with nothing optimized: that is slow to compile, and is the
/// compiler's business.
#[track_caller]
fn synth(place: &Path, out: &str) {
    let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
    let mut command = Command::new(env!("CARGO_BIN_EXE_rust-handlers-xtask"));
    command.args(["synth", "-c", &format!("architecture={architecture}"), "--out", out]).current_dir(place);
    let output = command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Has a function answer one event.
fn call(place: &Path, function: &str, event: &Value) -> Value {
    let bootstrap = place.join(format!("{function}-bootstrap"));
    fs::write(&bootstrap, only_file(&fs::read(zip_of(place, function)).unwrap())).unwrap();
    fs::set_permissions(&bootstrap, fs::Permissions::from_mode(0o755)).unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = Command::new(&bootstrap);
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", function)
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "logs")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "log");
    let _process = Ended(command.spawn().unwrap());
    answer_of(&listener, event)
}

/// A process that ends with the test, however the test ends.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The zip that the template names for a function.
fn zip_of(place: &Path, function: &str) -> std::path::PathBuf {
    let out = place.join("a");
    let template: Value =
        serde_json::from_slice(&fs::read(out.join("Comments.template.json")).unwrap()).unwrap();
    let key = template["Resources"][function]["Properties"]["Code"]["S3Key"].as_str().unwrap().to_owned();
    out.join(format!("asset.{key}"))
}

/// The content of a zip with one file, which is stored as it is.
fn only_file(zip: &[u8]) -> &[u8] {
    let number =
        |at: usize, bytes: usize| zip[at..at + bytes].iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
    assert!(zip.starts_with(b"PK\x03\x04"));
    let (size, name, extra) = (number(22, 4), number(26, 2), number(28, 2));
    assert_eq!(&zip[30..30 + name], b"bootstrap");
    &zip[30 + name + extra..30 + name + extra + size]
}

/// Gives the event to whoever asks for one, and waits for the answer.
fn answer_of(listener: &TcpListener, event: &Value) -> Value {
    let start = Instant::now();
    let mut given = false;
    listener.set_nonblocking(true).unwrap();
    loop {
        assert!(start.elapsed() < PATIENCE, "no answer in {PATIENCE:?}");
        let Ok((stream, _)) = listener.accept() else {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        stream.set_nonblocking(false).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut reader = BufReader::new(stream);
        // A connection may be used for several requests.
        while let Some((request, body)) = request(&mut reader) {
            if request.starts_with("GET ") && request.contains("/runtime/invocation/next ") && !given {
                given = true;
                respond(reader.get_mut(), "200 OK", &event.to_string());
            } else if request.starts_with("POST ") && request.contains("/runtime/invocation/one/response ") {
                return serde_json::from_slice(&body).unwrap();
            } else {
                panic!("{request}: {}", String::from_utf8_lossy(&body));
            }
        }
    }
}

/// The first line and the body of a request; None at the connection's end.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let line = |reader: &mut BufReader<TcpStream>| {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let first = line(reader);
    let (mut length, mut chunked) = (0, false);
    loop {
        let header = line(reader).to_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        chunked |= header.starts_with("transfer-encoding:");
    }
    assert!(!chunked, "{first}: a body in chunks");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (!first.is_empty()).then_some((first, body))
}

fn respond(stream: &mut TcpStream, status: &str, body: &str) {
    let headers = "Lambda-Runtime-Aws-Request-Id: one\r\nLambda-Runtime-Deadline-Ms: 99999999999999\r\n\
                   Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:f:1\r\n\
                   Content-Type: application/json";
    let text = format!("HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).unwrap();
}
