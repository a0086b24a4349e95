//! An object in S3 as a function's code.

use cyanotype_cfn::{Tree, Value};

use super::{Code, code::CodeSource};

/// A zip in a bucket that becomes a function's code, made by [`Code::s3`].
#[derive(Debug, Clone)]
pub struct S3Object {
    bucket: Value<String>,
    key: Value<String>,
    version: Option<Value<String>>,
    /// A key of the bucket is given to one object, and never to another.
    final_keys: bool,
    /// Lambda keeps no copy of it, since it stays: why it does.
    stays: Option<String>,
}

impl Code {
    /// A zip that lies in S3 already, in a bucket of the function's region: 250 MB at most, unzipped. The bucket's name
    /// has 3 to 63 characters, the key 1 to 1,024.
    ///
    /// Its identity is the bucket, the key and the [version](S3Object::version), since synth does not see the object.
    /// So a published function names the version: without it a new object under the same key publishes nothing, and
    /// what a version runs depends on the day of the deploy that made it. Synth warns of that. What only the deploy
    /// knows, such as a parameter, is an error in a published function's code, unless it says why it cannot change:
    /// [`known_at_deploy`](Value::known_at_deploy).
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let props = FunctionProps::builder()
    ///     .runtime(Runtime::NODEJS_22)
    ///     .handler("index.handler")
    ///     .code(Code::s3("shop-builds", "hello.zip").version("3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"))
    ///     .build();
    /// let hello: Function<String, String> = Function::new(&App::new().stack("Shop"), "Hello", props);
    /// hello.publish();
    /// ```
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>
    pub fn s3(bucket: impl Into<Value<String>>, key: impl Into<Value<String>>) -> S3Object {
        S3Object { bucket: bucket.into(), key: key.into(), version: None, final_keys: false, stays: None }
    }
}

impl S3Object {
    /// Which of the object's versions, in a bucket that keeps them: 1 to 1,024 characters.
    #[must_use]
    pub fn version(self, version: impl Into<Value<String>>) -> Self {
        Self { version: Some(version.into()), ..self }
    }

    /// Says that no other object will ever have this key, so that the key alone says which object it is: in a bucket
    /// to which builds are written under keys that hold a hash or a build's number, and never twice. Synth takes it at
    /// its word, and does not warn that there is no [version](Self::version).
    #[must_use]
    pub fn key_is_never_reused(self) -> Self {
        Self { final_keys: true, ..self }
    }

    /// Has Lambda read the object where it lies, and keep no copy of it.
    ///
    /// Then **the object must stay, and Lambda be allowed to read it, for as long as any version that runs it**, also
    /// when no deployed template names it any longer: what a lifecycle rule of the bucket deletes, or a clean-up of
    /// old builds, a version of yesterday can no longer run. So `stays` says, for the reader of the code, why the
    /// object will not go. Unsaid, Lambda copies it when it is deployed, and never looks at it again.
    ///
    /// The bucket keeps versions, and its policy lets Lambda read the object.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let code = Code::s3("shop-builds", "hello.zip")
    ///     .version("3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY")
    ///     .by_reference("the bucket has no lifecycle rule, and an Object Lock of ten years");
    /// # let _ = code;
    /// ```
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-functioncode.html>
    #[must_use]
    pub fn by_reference(self, stays: impl Into<String>) -> Self {
        Self { stays: Some(stays.into()), ..self }
    }

    /// Whether it is known which object it is.
    pub(crate) fn is_one_object(&self) -> bool {
        self.version.is_some() || self.final_keys
    }

    /// The property `Code`.
    pub(crate) fn to_tree(&self) -> Tree {
        let (bucket, key): (Tree, Tree) = (self.bucket.clone().into(), self.key.clone().into());
        let version = self.version.clone().map(|version| ("S3ObjectVersion", version.into()));
        let mode = self.stays.as_ref().map(|_| ("S3ObjectStorageMode", "REFERENCE".into()));
        Tree::map([("S3Bucket", bucket), ("S3Key", key)].into_iter().chain(version).chain(mode))
    }
}

impl From<S3Object> for Code {
    fn from(object: S3Object) -> Self {
        Self::of(CodeSource::S3(Box::new(object)))
    }
}
