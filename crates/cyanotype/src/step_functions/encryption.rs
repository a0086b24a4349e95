//! Keys of the user's own.

use cyanotype_cfn::{Tree, Value, tree};

use crate::{
    app::{Construct, Resource},
    diagnostic::{Diagnostic, Source},
    flow::Seconds,
};

/// A symmetric key of KMS that the account manages: an `AWS::KMS::Key` of the app, or the ARN of one.
///
/// IAM looks at keys and never at their aliases, so an alias is an error.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html>
#[derive(Debug, Clone)]
pub struct KmsKey {
    arn: Value<String>,
}

impl From<&Resource> for KmsKey {
    fn from(key: &Resource) -> Self {
        Self { arn: key.arn() }
    }
}

impl From<Value<String>> for KmsKey {
    fn from(arn: Value<String>) -> Self {
        Self { arn }
    }
}

impl From<&str> for KmsKey {
    fn from(arn: &str) -> Self {
        Self { arn: arn.into() }
    }
}

impl KmsKey {
    pub(super) fn arn(&self) -> &Value<String> {
        &self.arn
    }

    /// That it is no key, or none by its ARN.
    pub(super) fn problem(&self, under: &Construct, at: Source) -> Option<Diagnostic> {
        let help = "give the key, `&key`, or its ARN: IAM looks at keys and never at their aliases";
        let tree = self.arn.tree();
        if let Some(text) = tree.as_text() {
            let fits = text.starts_with("arn:") && text.contains(":kms:") && text.contains(":key/");
            let problem = || Diagnostic::error(format!("`{text}` is not the ARN of a key of KMS"));
            return (!fits).then(|| problem().at(at).help(help));
        }
        let (key, attribute) = tree.as_intrinsic()?.reads()?;
        let type_name = under.read(key, |body| body.type_name.clone())?;
        let is_key = matches!(&*type_name, "AWS::KMS::Key" | "AWS::KMS::ReplicaKey");
        let problem = match attribute {
            Some("Arn") if is_key => return None,
            _ if is_key => "a key is named by its ID".to_owned(),
            _ => format!("an `{type_name}` is no key of KMS"),
        };
        Some(Diagnostic::error(problem).at(at).help(help))
    }
}

/// How a machine or an activity encrypts its data beyond what AWS does anyway. It is public in name only, for the
/// builder of properties.
#[derive(Debug, Clone)]
pub struct Encryption {
    key: KmsKey,
    reuse: Seconds,
}

impl Encryption {
    pub(super) fn new(key: KmsKey, reuse: Seconds) -> Self {
        Self { key, reuse }
    }

    pub(super) fn key(&self) -> &KmsKey {
        &self.key
    }

    /// `EncryptionConfiguration`.
    pub(super) fn to_tree(&self) -> Tree {
        let (key, reuse) = (self.key.arn(), self.reuse.get());
        tree!({ "Type": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": key, "KmsDataKeyReusePeriodSeconds": reuse })
    }

    /// What is wrong with it.
    ///
    /// Source: <https://docs.aws.amazon.com/step-functions/latest/apireference/API_EncryptionConfiguration.html>
    pub(super) fn problems(&self, under: &Construct, at: Source) -> Vec<Diagnostic> {
        let reuse = self.reuse.get();
        let outside = (!(60..=900).contains(&reuse)).then(|| {
            let problem = format!("Step Functions does not reuse a data key for {reuse} seconds");
            Diagnostic::error(problem).at(at).help("it takes 60 to 900 seconds")
        });
        outside.into_iter().chain(self.key.problem(under, at)).collect()
    }
}
