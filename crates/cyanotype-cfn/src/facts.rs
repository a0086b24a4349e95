//! What CloudFormation says of each resource type: its properties, and which of them replace it.
//!
//! `facts/types.txt` has a line for each type without its `AWS::`, sorted by bytes: the name, then every property and
//! every attribute below one, each with marks behind it: `!` is required, `=` replaces the resource when it changes,
//! `~` may, `<` is read by `Fn::GetAtt` and not set, `^` is part of what identifies it, `#` holds its tags. What is
//! below a property stands as `Endpoint.Address`, with `*` for every item of a list. `cargo xtask codegen` writes it.
//!
//! Source: <https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>

mod nearest;

pub use nearest::nearest;

const TABLE: &str = include_str!("facts/types.txt");

/// The marks that stand behind names.
const MARKS: [char; 6] = ['!', '=', '~', '<', '^', '#'];

/// A resource type that the table knows. It is a line of the table, and nothing is read of it before it is asked.
///
/// ```
/// use cyanotype_cfn::facts::ResourceType;
///
/// let table = ResourceType::find("AWS::DynamoDB::Table").unwrap();
/// let required: Vec<_> = table.properties().filter(|p| p.is_required()).map(|p| p.name()).collect();
/// assert_eq!(required, ["KeySchema"]);
/// assert!(ResourceType::find("Custom::Anything").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceType {
    /// Without `AWS::`.
    name: &'static str,
    fields: &'static str,
}

/// A property of a type, or an attribute, with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    path: &'static str,
    marks: &'static str,
}

impl ResourceType {
    /// The type of this name, such as `AWS::SQS::Queue`.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let name = name.strip_prefix("AWS::")?;
        // All lines before `low` are less, all from `high` are not. Both are the beginnings of lines.
        let (mut low, mut high) = (0, TABLE.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let begin = TABLE.get(..middle)?.rfind('\n').map_or(0, |at| at + 1).max(low);
            let line = TABLE.get(begin..)?.lines().next()?;
            let found = Self::read(line);
            match found.name.cmp(name) {
                std::cmp::Ordering::Equal => return Some(found),
                std::cmp::Ordering::Less => low = begin + line.len() + 1,
                std::cmp::Ordering::Greater => high = begin,
            }
        }
        None
    }

    /// The known name that is most like one that is not known, if any is.
    #[must_use]
    pub fn nearest(name: &str) -> Option<String> {
        let names = TABLE.lines().map(|line| Self::read(line).name);
        nearest(name.strip_prefix("AWS::")?, names).map(|name| format!("AWS::{name}"))
    }

    /// How many types there are.
    #[must_use]
    pub fn count() -> usize {
        TABLE.lines().count()
    }

    fn read(line: &'static str) -> Self {
        let (name, fields) = line.split_once(' ').unwrap_or((line, ""));
        Self { name, fields }
    }

    /// The last part of its name: `Queue`.
    #[must_use]
    pub fn short_name(&self) -> &'static str {
        self.name.rsplit("::").next().unwrap_or_default()
    }

    /// Everything that is known of it: properties, and paths below them that are attributes or replace it.
    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        self.fields.split(' ').filter(|field| !field.is_empty()).map(Fact::read)
    }

    /// Its properties, without those that are attributes alone.
    pub fn properties(&self) -> impl Iterator<Item = Fact> {
        self.facts().filter(|fact| !fact.path.contains('.') && !fact.is_read_only())
    }

    /// What `Fn::GetAtt` reads of it for certain. Some types give back properties as well.
    pub fn attributes(&self) -> impl Iterator<Item = Fact> {
        self.facts().filter(|fact| fact.is_read_only() && !fact.path.contains('*'))
    }

    /// A property or attribute, or what is below one, by its path.
    #[must_use]
    pub fn fact(&self, path: &str) -> Option<Fact> {
        self.facts().find(|fact| fact.path == path)
    }

    /// Whether a change of this property, or of a part of it, may make another resource. What the table does not have
    /// may.
    #[must_use]
    pub fn may_replace(&self, property: &str) -> bool {
        let below = |fact: &Fact| {
            fact.path.strip_prefix(property).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut known = false;
        for fact in self.facts().filter(below) {
            known |= fact.path.len() == property.len();
            if fact.replaces() || fact.may_replace() || fact.identifies() {
                return true;
            }
        }
        !known
    }

    /// The property that holds its tags.
    #[must_use]
    pub fn tags(&self) -> Option<&'static str> {
        self.facts().find(|fact| fact.has('#')).map(|fact| fact.path)
    }

    /// Whether an attribute stays what it is for as long as the resource is not replaced: what identifies it, what is
    /// create-only, and its own ARN or ID by the name `Arn`, `Id` or, of a `Topic`, `TopicArn`.
    ///
    /// `StreamArn` of a table is none: it is another one when the table's stream is switched off and on.
    #[must_use]
    pub fn is_identity(&self, attribute: &str) -> bool {
        if self.fact(attribute).is_some_and(|fact| fact.replaces() || fact.identifies()) {
            return true;
        }
        let own = attribute.strip_prefix(self.short_name()).unwrap_or(attribute);
        matches!(own, "Arn" | "ARN" | "Id" | "ID")
    }
}

impl Fact {
    fn read(field: &'static str) -> Self {
        let path = field.trim_end_matches(MARKS);
        Self { path, marks: field.get(path.len()..).unwrap_or_default() }
    }

    fn has(self, mark: char) -> bool {
        self.marks.contains(mark)
    }

    /// Its name, or a path with dots.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.path
    }

    /// A resource of the type must have it.
    #[must_use]
    pub fn is_required(self) -> bool {
        self.has('!')
    }

    /// A change of it replaces the resource.
    #[must_use]
    pub fn replaces(self) -> bool {
        self.has('=')
    }

    /// A change of it replaces the resource under some conditions.
    #[must_use]
    pub fn may_replace(self) -> bool {
        self.has('~')
    }

    /// It is an attribute, and cannot be set.
    #[must_use]
    pub fn is_read_only(self) -> bool {
        self.has('<')
    }

    /// It is part of what identifies the resource.
    #[must_use]
    pub fn identifies(self) -> bool {
        self.has('^')
    }
}

#[cfg(test)]
mod tests;
