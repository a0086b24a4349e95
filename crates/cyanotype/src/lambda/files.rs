//! A single file, or a zip that is made already, as a function's code.

use camino::Utf8PathBuf;

use super::{Code, code::CodeSource};

impl Code {
    /// A single file, alone in the zip under its own name, with its executable bit: 250 MB at most. Where it lies does
    /// not count, so that it is the same code as a directory with nothing else in it. A relative path counts from the
    /// directory in which the command runs; [`asset!`](crate::asset!) counts from the crate that says it.
    ///
    /// The name is what the handler begins with: `index.mjs` has `index.handler`.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let props = FunctionProps::builder()
    ///     .runtime(Runtime::NODEJS_22)
    ///     .handler("hello.handler")
    ///     .code(Code::file(asset!("handlers/hello.mjs")))
    ///     .build();
    /// let hello: Function<String, String> = Function::new(&App::new().stack("Shop"), "Hello", props);
    /// ```
    ///
    /// Synth refuses what is no file, or cannot be read, or is too large.
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
    pub fn file(path: impl Into<Utf8PathBuf>) -> Self {
        Self::of(CodeSource::File(path.into()))
    }

    /// A zip that another tool has made, or a jar, uploaded as it is: 250 MB at most, unzipped. A relative path counts
    /// from the directory in which the command runs; [`asset!`](crate::asset!) counts from the crate that says it.
    ///
    /// Its identity is its bytes. Most tools write into a zip when its files were written, and in whatever order they
    /// find them: such a zip is another one after each build, and **publishes a new version each time**, though no file
    /// has changed. Have the tool leave the times out, or give what is in the zip to [`Code::directory`], which counts
    /// names, contents and executable bits alone.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let props = FunctionProps::builder()
    ///     .runtime(Runtime::PYTHON_3_13)
    ///     .handler("hello.handler")
    ///     .code(Code::zip("dist/hello.zip"))
    ///     .build();
    /// let hello: Function<String, String> = Function::new(&App::new().stack("Shop"), "Hello", props);
    /// ```
    ///
    /// Synth refuses what is no zip, has no files in it, or is too large. What the files are is not looked at.
    ///
    /// Sources: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>,
    /// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html>
    pub fn zip(path: impl Into<Utf8PathBuf>) -> Self {
        Self::of(CodeSource::Zip(path.into()))
    }
}
