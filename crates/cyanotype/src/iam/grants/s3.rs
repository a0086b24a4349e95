//! Buckets of S3 and the objects in them.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>

use super::{
    Grant, Grantable,
    keys::KeyUse,
    right::{On, Right},
    service::{Arn, Service},
};
use crate::diagnostic::Diagnostic;

/// A bucket: `AWS::S3::Bucket`.
#[derive(Debug)]
pub enum Bucket {}

/// What may be done with the objects of a bucket, or with those [under](Self::under) a prefix.
#[derive(Debug, Clone)]
#[must_use = "a grant does nothing until something is given it: `function.may(grant)`"]
pub struct ObjectsGrant {
    grant: Grant,
}

const READ: &[&str] = &["s3:GetObject"];
/// Without it, a missing object is a denied one.
const LIST: &[&str] = &["s3:ListBucket"];
/// A large object is put in parts, and what was put of it is taken back by aborting.
const WRITE: &[&str] = &["s3:AbortMultipartUpload", "s3:PutObject"];
const DELETE: &[&str] = &["s3:DeleteObject"];

/// Reading objects, and listing them.
///
/// ```
/// use cyanotype::prelude::*;
///
/// fn define(hello: &Function<u32, u32>, files: &Resource) {
///     hello.may(grants::s3::read(files).under("invoices/"));
///     hello.may(grants::s3::write("arn:aws:s3:::reports"));
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>
#[track_caller]
pub fn read(bucket: impl Grantable<Bucket>) -> ObjectsGrant {
    let grant = Grant::on(&SERVICE, bucket, vec![objects(READ), Right::itself(LIST)]);
    ObjectsGrant { grant: grant.using(KeyUse::Read) }
}

/// Putting objects, be they new or not. Reading is not in it.
#[track_caller]
pub fn write(bucket: impl Grantable<Bucket>) -> ObjectsGrant {
    ObjectsGrant { grant: Grant::on(&SERVICE, bucket, vec![objects(WRITE)]).using(KeyUse::Write) }
}

/// Deleting objects. In a bucket with versions these stay.
#[track_caller]
pub fn delete(bucket: impl Grantable<Bucket>) -> ObjectsGrant {
    ObjectsGrant { grant: Grant::on(&SERVICE, bucket, vec![objects(DELETE)]) }
}

fn objects(actions: &'static [&'static str]) -> Right {
    Right::on(On::Within("/*".into()), actions)
}

impl ObjectsGrant {
    /// Only objects whose keys begin so, such as `invoices/`. Listing takes this prefix, or a longer one.
    ///
    /// Who may list no more than that is told of a missing object that it is denied (403), and not that it is missing.
    ///
    /// What IAM would take for a pattern or a variable (`*`, `?`, `$`) is an error.
    pub fn under(mut self, prefix: impl Into<String>) -> Self {
        let prefix = prefix.into();
        if prefix.contains(['*', '?', '$']) {
            let problem =
                format!("the prefix `{prefix}` has a `*`, `?` or `$`, which IAM takes for a pattern");
            let help = "give the beginning of the keys alone: `.under(\"invoices/\")`";
            self.grant.problem = Some(Diagnostic::error(problem).help(help));
        }
        for right in &mut self.grant.rights {
            match &mut right.on {
                On::Within(end) => *end = format!("/{prefix}*"),
                // A condition is on a list that names a prefix, and that of all keys names none.
                _ => right.listed_under = Some(prefix.clone()).filter(|prefix| !prefix.is_empty()),
            }
        }
        self
    }
}

impl From<ObjectsGrant> for Grant {
    fn from(grant: ObjectsGrant) -> Self {
        grant.grant
    }
}

pub(super) static SERVICE: Service = Service {
    module: "s3",
    noun: "an S3 bucket",
    types: &["AWS::S3::Bucket"],
    arn: Arn::Attribute,
    prefix: "s3",
    kind: "",
    beyond: &['/', ':'],
    keys: &[&[
        "BucketEncryption",
        "ServerSideEncryptionConfiguration",
        "ServerSideEncryptionByDefault",
        "KMSMasterKeyID",
    ]],
    uses: &[(KeyUse::Read, READ), (KeyUse::Write, WRITE)],
};
