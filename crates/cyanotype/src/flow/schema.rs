//! What the compiler cannot know of data: its JSON names after serde's renames, which values it has, what may be
//! missing.

mod walk;

use std::{collections::HashMap, rc::Rc};

use cyanotype_asl::{PathStep, ReferencePath};
use serde_json::Value;

use self::walk::Arm;
use super::path::{Field, Origin, Reference, Spot};
use crate::diagnostic::Diagnostic;

/// The schemas of a machine's types, each made once.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    /// By the address of the function that makes it: functions at one address make one schema, and a function
    /// that has two addresses only makes it twice. Looked up alone, so that no order comes from it.
    made: HashMap<usize, Rc<Value>>,
}

/// A path that was found in its schema.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) spot: Spot,
    /// The name of the type that the path starts in.
    pub(super) title: String,
    /// Whether any step may be absent or null.
    pub(super) optional: bool,
    /// How many steps lead to the last one that may be so: all below it is there when it is.
    pub(super) sure_after: usize,
    /// The values that can be there, when they are a closed set.
    pub(super) values: Option<Vec<Value>>,
    /// The JSON types that can be there, when they are known: `string`, `number`, `boolean` and so on.
    pub(super) types: Option<Vec<&'static str>>,
    /// Whether it is an instant.
    pub(super) is_timestamp: bool,
}

impl Schemas {
    /// Finds the JSON names of a path. Open data (`serde_json::Value`, maps) has any name; only a closed object
    /// can lack one.
    pub(super) fn find(&mut self, reference: &Reference) -> Result<Place, Diagnostic> {
        let make = reference.schema;
        let root = self.made.entry(make as usize).or_insert_with(|| Rc::new(make().to_value()));
        find(root, reference.origin, &reference.fields)
    }
}

fn find(root: &Value, origin: Origin, fields: &[Field]) -> Result<Place, Diagnostic> {
    let title = root.get("title").and_then(Value::as_str).unwrap_or("the data");
    let mut path = ReferencePath::root();
    let mut sure_after = 0;
    let mut arms = walk::arms(root, root);
    for field in fields {
        let step = step(title, &path, &arms, field)?;
        let Some(step) = step else { continue };
        let mut may_lack = !arms.iter().all(|arm| walk::requires(arm, &step));
        arms =
            arms.iter().flat_map(|arm| walk::inside(arm, &step)).flat_map(|s| walk::arms(root, s)).collect();
        may_lack |= arms.iter().any(walk::allows_null);
        arms.retain(|arm| !walk::is_null(arm));
        path = match step {
            PathStep::Field(name) => path.field(name),
            PathStep::Index(index) => path.index(index),
        };
        if may_lack {
            sure_after = path.steps().len();
        }
    }
    Ok(Place {
        spot: Spot { origin, path },
        title: title.into(),
        optional: sure_after > 0,
        sure_after,
        values: walk::values(&arms),
        types: walk::types(&arms),
        is_timestamp: arms.iter().any(walk::is_timestamp),
    })
}

/// The step in JSON that a field is: none for the only field of a newtype, which JSON writes as what is inside.
fn step(
    title: &str,
    path: &ReferencePath,
    arms: &[Arm<'_>],
    field: &Field,
) -> Result<Option<PathStep>, Diagnostic> {
    if let (Ok(index), false) = (field.name.parse(), field.is_json) {
        let step = PathStep::Index(index);
        let is_tuple = arms.iter().any(|arm| walk::inside(arm, &step).next().is_some());
        return Ok(is_tuple.then_some(step));
    }

    let mut known: Vec<&str> = arms.iter().flat_map(walk::members).collect();
    known.sort_unstable();
    known.dedup();
    let mut same: Vec<&str> = known.iter().copied().filter(|name| *name == field.name).collect();
    if same.is_empty() && !field.is_json {
        same = known.iter().copied().filter(|name| letters(name) == letters(field.name)).collect();
    }
    let name = field.name;
    match same.as_slice() {
        [one] => Ok(Some(PathStep::Field((*one).into()))),
        [] if arms.iter().any(walk::is_open) => Ok(Some(PathStep::Field(name.into()))),
        [] if known.is_empty() => Err(Diagnostic::error(format!(
            "the JSON of {title} has no fields at `{path}`, so no `{name}` either"
        ))
        .help("compare the value itself, or end the path earlier")),
        [] => Err(Diagnostic::error(format!(
            "the JSON of {title} has no `{name}` at `{path}`, only {}",
            list(known.iter().map(|name| format!("`{name}`")))
        ))
        .help(format!("where serde renames the field, say how: `{name} as \"its-name\"`"))),
        _ => Err(Diagnostic::error(format!(
            "`{name}` could be {} in the JSON of {title}",
            list(same.iter().map(|name| format!("`{name}`")))
        ))
        .help(format!("say which: `{name} as \"its-name\"`"))),
    }
}

/// Equal for `job_status`, `jobStatus`, `JobStatus` and `JOB-STATUS`.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `a, b, c`, for a message.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
