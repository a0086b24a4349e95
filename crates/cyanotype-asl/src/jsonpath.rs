//! JSONPath as Step Functions takes it, with the place of everything that is wrong.
//!
//! AWS's paths are those of the Jayway library, which is older than RFC 9535 and laxer: names need quotes for hardly
//! anything, a filter stands in parentheses, and much is dropped in silence. This reads what Jayway reads, as Jayway
//! reads it. What is accepted without being likely to do what its author meant is a [`Doubt`].
//!
//! Positions are byte offsets into the text. The depth of filters, parentheses and arguments in one another is limited
//! to [`MAX_DEPTH`], and the time is linear in the length.
//!
//! See "Using JSONPath paths" in the AWS Step Functions Developer Guide:
//! <https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html>.

#[cfg(test)]
pub(crate) mod arbitrary;
mod filter;
mod parse;
mod write;

use std::{
    fmt,
    hash::{Hash, Hasher},
};

pub use self::filter::{FilterExpression, FilterLiteral, FilterOperator, FilterValue};
use crate::{PathStep, ReferencePath};

/// How deep filters, parentheses and arguments of functions may stand in one another.
pub const MAX_DEPTH: usize = 100;

/// A path into the state's input, the Context object or a variable.
///
/// ```
/// use cyanotype_asl::{JsonPath, jsonpath::{Root, Step}};
///
/// let path = JsonPath::parse("$$.Execution.Input['a-b'][0]")?;
/// assert_eq!(path.root(), &Root::Context);
/// assert_eq!(path.steps()[2..], [Step::Field("a-b".into()), Step::Index(0)]);
/// assert!(path.is_definite());
///
/// let error = JsonPath::parse("$.items[0").unwrap_err();
/// assert_eq!(error.to_string(), "this bracket is not closed at position 7");
/// # Ok::<(), cyanotype_asl::jsonpath::PathError>(())
/// ```
///
/// Two paths are equal when they lead to the same place; how they are spelled, and so their doubts, is no part of it.
#[derive(Debug, Clone)]
pub struct JsonPath {
    root: Root,
    steps: Vec<Step>,
    doubts: Vec<Doubt>,
}

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// `$`, the data that the field looks at: the state's input, or its result.
    Input,
    /// `$$`, the Context object.
    Context,
    /// `$name`, a variable.
    Variable(String),
    /// `@`, the item that a filter looks at. Only paths inside of a path start there.
    Item,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The member of an object: `.name` or `['name']`.
    Field(String),
    /// Several members: `['a','b']`. At the end of a path they make one object.
    Fields(Vec<String>),
    /// The item of an array: `[0]`, or `[-1]` from its end.
    Index(i32),
    /// Several items: `[0,2]`.
    Indices(Vec<i32>),
    /// A range of items: `[1:3]`, with one bound at least.
    Slice {
        /// The first item; from the end if negative.
        start: Option<i32>,
        /// The item after the last; from the end if negative.
        end: Option<i32>,
    },
    /// All members or items: `.*` or `[*]`.
    Wildcard,
    /// Whatever is inside, at any depth: the `..` before another step.
    Descendant,
    /// The items for which an expression holds: `[?(@.age > 3)]`.
    Filter(FilterExpression),
    /// A function at the end: `.length()`.
    Function {
        /// Its name. Whether there is such a function is known when the path is read only, so others are doubted.
        name: String,
        /// What stands in its parentheses.
        arguments: Vec<PathArgument>,
    },
    /// An index that is computed: `[(@.length-1)]`. AWS's own samples have it and Jayway does not, so it is doubted.
    Script(String),
}

/// An argument of a function inside of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathArgument {
    /// What a path leads to.
    Path(JsonPath),
    /// JSON, as it stands in the text. It is read when the function runs.
    Json(String),
}

/// Why a text is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// Where it stops being one, in bytes from 0.
    pub position: usize,
    /// What is wrong there.
    pub message: String,
}

/// Something in a path that may not do what its author meant, or that AWS may refuse.
///
/// AWS's verdict on it is not known: a reason to warn, and none to refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where it is, in bytes from 0.
    pub position: usize,
    /// What is doubtful about it.
    pub message: String,
}

impl JsonPath {
    /// Reads a text that starts with `$`.
    ///
    /// # Errors
    /// When it is no path, or nests deeper than [`MAX_DEPTH`].
    pub fn parse(text: &str) -> Result<Self, PathError> {
        parse::parse(text)
    }

    /// Where it starts.
    #[must_use]
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The steps from there, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// What was accepted with a doubt, in order of position; the first hundred of it.
    ///
    /// Empty for paths that AWS is known to take.
    #[must_use]
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// Whether it leads to one value at most, as Jayway has it: any other path yields a list.
    ///
    /// ```
    /// # use cyanotype_asl::JsonPath;
    /// assert!(JsonPath::parse("$.orders[0].id")?.is_definite());
    /// assert!(!JsonPath::parse("$.orders[*].id")?.is_definite());
    /// # Ok::<(), cyanotype_asl::jsonpath::PathError>(())
    /// ```
    #[must_use]
    pub fn is_definite(&self) -> bool {
        let mut steps = self.steps.as_slice();
        // Jayway turns `$..a.sum()` around, into `$.sum($..a)`: what stands before the function counts no more.
        if let [Step::Descendant, .., Step::Function { .. }] = steps {
            let function = steps.iter().position(|step| matches!(step, Step::Function { .. }));
            steps = steps.get(function.unwrap_or_default()..).unwrap_or_default();
        }
        let last = steps.len().saturating_sub(1);
        steps.iter().enumerate().all(|(at, step)| match step {
            Step::Field(_) | Step::Index(_) | Step::Function { .. } | Step::Script(_) => true,
            Step::Fields(_) => at == last,
            Step::Indices(_) | Step::Slice { .. } | Step::Wildcard | Step::Descendant | Step::Filter(_) => {
                false
            }
        })
    }

    /// This path, and all that stand in its filters and in the arguments of its functions.
    pub(crate) fn with_inner(&self) -> Vec<&JsonPath> {
        let mut paths = vec![self];
        let mut at = 0;
        while let Some(path) = paths.get(at).copied() {
            at += 1;
            for step in &path.steps {
                match step {
                    Step::Filter(expression) => paths.extend(expression.paths()),
                    Step::Function { arguments, .. } => {
                        paths.extend(arguments.iter().filter_map(|argument| match argument {
                            PathArgument::Path(path) => Some(path),
                            PathArgument::Json(_) => None,
                        }));
                    }
                    _ => {}
                }
            }
        }
        paths
    }

    /// The same as a path to one place of the input, which fields such as `ResultPath` want: members and items from 0
    /// alone. None for the Context object and variables, which have places of their own.
    ///
    /// ```
    /// # use cyanotype_asl::JsonPath;
    /// let reference = |text| JsonPath::parse(text).ok().and_then(|path| path.as_reference());
    /// assert_eq!(reference("$.a['b c'][1]").map(|path| path.to_string()).as_deref(), Some("$.a['b c'][1]"));
    /// assert_eq!(reference("$.a[-1]"), None);
    /// assert_eq!(reference("$.a[*]"), None);
    /// ```
    #[must_use]
    pub fn as_reference(&self) -> Option<ReferencePath> {
        if self.root != Root::Input {
            return None;
        }
        let steps = self.steps.iter().map(|step| match step {
            Step::Field(name) => Some(PathStep::Field(name.clone())),
            Step::Index(index) => usize::try_from(*index).ok().map(PathStep::Index),
            _ => None,
        });
        steps.collect()
    }
}

impl PartialEq for JsonPath {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root && self.steps == other.steps
    }
}

impl Eq for JsonPath {}

impl Hash for JsonPath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.root.hash(state);
        self.steps.hash(state);
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

impl std::error::Error for PathError {}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.message, self.position)
    }
}

#[cfg(test)]
mod test {
    //! What the tests of the parser share.

    use super::*;

    #[track_caller]
    pub(super) fn check_steps(text: &str, expected: &[Step]) {
        assert_eq!(JsonPath::parse(text).unwrap().steps(), expected, "{text}");
    }

    #[track_caller]
    pub(super) fn check_error(text: &str, expected: &str) {
        let found = JsonPath::parse(text).map_err(|error| error.to_string());
        assert_eq!(found, Err(expected.to_owned()));
    }

    /// The path is accepted, with this one doubt.
    #[track_caller]
    pub(super) fn check_doubt(text: &str, expected: &str) {
        let path = JsonPath::parse(text).unwrap();
        let found: Vec<_> = path.doubts().iter().map(Doubt::to_string).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_definite(text: &str, expected: bool) {
        assert_eq!(JsonPath::parse(text).unwrap().is_definite(), expected, "{text}");
    }

    #[track_caller]
    fn check_reference(text: &str, expected: Option<&str>) {
        let reference = JsonPath::parse(text).unwrap().as_reference();
        assert_eq!(reference.map(|path| path.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn one_node_at_most_is_definite() {
        check_definite("$", true);
        check_definite("$$.Execution.Id", true);
        check_definite("$.a[-1]", true);
        check_definite("$.a.length()", true);
        check_definite("$.a[0,1]", false);
        check_definite("$.a[1:]", false);
        check_definite("$.a[*]", false);
        check_definite("$..a", false);
        check_definite("$.a[?(@.b)]", false);
    }

    #[test]
    fn several_members_are_one_object_at_the_end_alone() {
        check_definite("$['a','b']", true);
        check_definite("$['a','b'].c", false);
    }

    #[test]
    fn a_function_of_all_descendants_is_definite() {
        check_definite("$..a.length()", true);
        check_definite("$.a..b.length()", false);
    }

    #[test]
    fn a_reference_names_one_place_of_the_input() {
        check_reference("$", Some("$"));
        check_reference("$.a['b-c'][0]", Some("$.a['b-c'][0]"));
        check_reference("$.a-b", Some("$['a-b']"));
        check_reference("$.a[-1]", None);
        check_reference("$..a", None);
        check_reference("$['a','b']", None);
        check_reference("$.a.length()", None);
        check_reference("$$.Execution", None);
        check_reference("$name.a", None);
    }

    #[test]
    fn spelling_is_no_part_of_equality() {
        let path = |text| JsonPath::parse(text).unwrap();
        assert_eq!(path("$.a"), path(" $['a']"));
        assert_ne!(path("$.a"), path("$$.a"));
        assert_ne!(path(" $.a").doubts(), path("$.a").doubts());
    }
}
