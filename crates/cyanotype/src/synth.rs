//! From constructs to an assembly: lower, resolve, check, emit. Every pass adds what it finds to one list of
//! diagnostics and goes on, so that one run reports all mistakes; nothing is emitted while one of them is an error.

mod binaries;
mod canonical;
mod checks;
mod emit;
mod exports;
mod fingerprint;
mod graph;
mod identify;
mod identity;
mod images;
mod lower;
mod managed;
mod merge;
mod model;
mod names;
mod packages;
mod policies;
mod properties;
mod retain;
mod spill;
mod summary;
mod supplied;
mod table;
mod together;

use cyanotype_cfn::Assembly;

use self::model::Model;

pub(crate) use checks::wrong_attribute;
pub(crate) use properties::Properties;
pub use summary::{FunctionSummary, MachineSummary, StackSummary, TaskSummary};

use crate::{
    app::App,
    diagnostic::{Diagnostic, Severity},
};

/// How an app is synthesized.
#[derive(Debug, Clone, Default)]
pub struct SynthOptions {
    pub(crate) salt: Option<String>,
    pub(crate) stacks: Vec<String>,
    pub(crate) binaries: binaries::Binaries,
}

impl SynthOptions {
    /// A text that goes into every version's fingerprint, and so moves every version.
    ///
    /// The way out after a deploy that was rolled back: its new versions stay in Lambda, so that deploying the same
    /// code again would fail with "a version for this Lambda function exists".
    #[must_use]
    pub fn salt(self, salt: impl Into<String>) -> Self {
        Self { salt: Some(salt.into()), ..self }
    }

    /// Only these stacks, and those that they depend on.
    #[must_use]
    pub fn stacks<S: Into<String>>(self, names: impl IntoIterator<Item = S>) -> Self {
        Self { stacks: names.into_iter().map(Into::into).collect(), ..self }
    }
}

/// What synthesizing an app gave.
#[derive(Debug)]
pub struct Synthesis {
    assembly: Option<Assembly>,
    diagnostics: Vec<Diagnostic>,
    stacks: Vec<StackSummary>,
}

impl Synthesis {
    /// The assembly, if there is no error.
    #[must_use]
    pub fn assembly(&self) -> Option<&Assembly> {
        self.assembly.as_ref()
    }

    /// Everything that is wrong or worth a look: errors first, in the order of the user's lines.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What the stacks hold, in the terms of this domain.
    #[must_use]
    pub fn stacks(&self) -> &[StackSummary] {
        &self.stacks
    }
}

impl App {
    /// Synthesizes the app. Nothing is written but in memory; directories of code are read.
    #[must_use]
    pub fn synth(&self, options: &SynthOptions) -> Synthesis {
        let app = &*self.data();
        let mut diagnostics = names::check_stacks(app);
        diagnostics.extend(emit::check_options(app, options));
        let (built, found) = binaries::resolve(app, options);
        diagnostics.extend(found);
        let mut known = packages::Known::default();
        let mut made = vec![];
        for stacks in together::together(app) {
            let mut model = Model::new(app, &stacks);
            lower::lower(&mut model, &built, &mut known);
            names::check(&mut model);
            checks::names(&mut model);
            let order = graph::resolve(&mut model);
            identify::identify(&mut model, &order, options);
            let exports = exports::resolve(&mut model);
            checks::all(&mut model);
            supplied::check(&mut model);
            retain::retain(&mut model);
            for (stack, artifact) in emit::emit(&mut model, &exports, options) {
                let place = (exports.depths.get(&stack).copied().unwrap_or_default(), stack);
                let summary = summary::summarize(&model, stack, &artifact.name);
                made.push((place, artifact, summary));
            }
            diagnostics.append(&mut model.diagnostics);
        }
        // Each stack after those that it imports from.
        made.sort_by_key(|(place, ..)| *place);
        let (stacks, summaries) = made.into_iter().map(|(_, artifact, summary)| (artifact, summary)).unzip();

        let failed = |diagnostics: &[Diagnostic]| diagnostics.iter().any(|d| d.severity() == Severity::Error);
        let mut assembly = None;
        if !failed(&diagnostics) {
            match Assembly::new(stacks) {
                Ok(made) => assembly = Some(made),
                Err(error) => diagnostics.push(Diagnostic::error(error.to_string())),
            }
        }
        Diagnostic::sort(&mut diagnostics);
        diagnostics.dedup();
        Synthesis { assembly, diagnostics, stacks: summaries }
    }
}
