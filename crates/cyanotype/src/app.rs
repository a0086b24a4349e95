//! The tree of constructs that an application makes.

mod arena;
mod condition;
mod construct;
mod context;
mod mapping;
mod output;
mod parameter;
mod resource;
mod stack;

use std::{
    cell::{Ref, RefCell},
    fmt,
    panic::Location,
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering},
};

pub(crate) use arena::{AppData, Body, Element, ResourceBody, ResourceKind, StackData};
pub use condition::{Condition, ConditionExpression};
pub use construct::Construct;
pub(crate) use construct::tags;
pub use context::Context;
pub use mapping::Mapping;
pub use output::Output;
pub use parameter::{Parameter, ParameterType};
pub use resource::Resource;
pub(crate) use resource::add_tag;
pub use stack::Stack;

/// Everything that one application deploys: its stacks and what is in them.
///
/// An app is a handle. A clone is the same app.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let app = App::new();
/// let stack = app.stack("Shop");
/// stack.resource("Orders", "AWS::SQS::Queue", tree!({ "MessageRetentionPeriod": 86400 }));
/// assert!(app.synth(&SynthOptions::default()).diagnostics().is_empty());
/// ```
#[derive(Clone)]
pub struct App {
    data: Rc<RefCell<AppData>>,
}

impl App {
    /// An app without stacks.
    #[must_use]
    pub fn new() -> Self {
        // The number tells one app's keys from another's in this process, and is never written anywhere.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { data: Rc::new(RefCell::new(AppData { id, stacks: vec![] })) }
    }

    /// Adds a stack. Its name is the CloudFormation stack's: letters, digits and hyphens, a letter first, 128 at most.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>
    #[track_caller]
    pub fn stack(&self, name: impl Into<String>) -> Stack {
        Stack::new(self.data.clone(), name.into(), Location::caller())
    }

    pub(crate) fn data(&self) -> Ref<'_, AppData> {
        self.data.borrow()
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = self.data.borrow();
        let stacks: Vec<_> = data.stacks.iter().map(|stack| &stack.name).collect();
        f.debug_struct("App").field("stacks", &stacks).finish_non_exhaustive()
    }
}
