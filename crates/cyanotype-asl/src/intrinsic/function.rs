//! The functions that there are.

use std::fmt;

/// An intrinsic function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `States.Format`: a text with values filled in.
    Format,
    /// `States.StringToJson`: what a text says in JSON.
    StringToJson,
    /// `States.JsonToString`: the JSON text of a value.
    JsonToString,
    /// `States.Array`: an array of the arguments.
    Array,
    /// `States.ArrayPartition`: an array in pieces of a size.
    ArrayPartition,
    /// `States.ArrayContains`: whether an array has a value.
    ArrayContains,
    /// `States.ArrayRange`: the numbers from a first to a last by a step, 1,000 at most.
    ArrayRange,
    /// `States.ArrayGetItem`: the item of an array, from 0.
    ArrayGetItem,
    /// `States.ArrayLength`: how many items an array has.
    ArrayLength,
    /// `States.ArrayUnique`: an array without repetitions.
    ArrayUnique,
    /// `States.Base64Encode`: a text of 10,000 characters at most in Base64.
    Base64Encode,
    /// `States.Base64Decode`: the text that 10,000 characters of Base64 at most stand for.
    Base64Decode,
    /// `States.Hash`: the hash of 10,000 characters at most by MD5, SHA-1, SHA-256, SHA-384 or SHA-512.
    Hash,
    /// `States.JsonMerge`: two objects as one. Members of the second replace those of the first.
    JsonMerge,
    /// `States.MathRandom`: a number from a start and below an end, with a seed if there is one.
    MathRandom,
    /// `States.MathAdd`: a sum.
    MathAdd,
    /// `States.StringSplit`: a text in pieces between any of some characters.
    StringSplit,
    /// `States.UUID`: a random identifier.
    Uuid,
}

/// What a function takes or gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// A value of any type.
    Any,
    /// An array.
    Array,
    /// An object.
    Object,
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Format,
        Self::StringToJson,
        Self::JsonToString,
        Self::Array,
        Self::ArrayPartition,
        Self::ArrayContains,
        Self::ArrayRange,
        Self::ArrayGetItem,
        Self::ArrayLength,
        Self::ArrayUnique,
        Self::Base64Encode,
        Self::Base64Decode,
        Self::Hash,
        Self::JsonMerge,
        Self::MathRandom,
        Self::MathAdd,
        Self::StringSplit,
        Self::Uuid,
    ];

    /// Its name, with the `States.` before it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "States.Format",
            Self::StringToJson => "States.StringToJson",
            Self::JsonToString => "States.JsonToString",
            Self::Array => "States.Array",
            Self::ArrayPartition => "States.ArrayPartition",
            Self::ArrayContains => "States.ArrayContains",
            Self::ArrayRange => "States.ArrayRange",
            Self::ArrayGetItem => "States.ArrayGetItem",
            Self::ArrayLength => "States.ArrayLength",
            Self::ArrayUnique => "States.ArrayUnique",
            Self::Base64Encode => "States.Base64Encode",
            Self::Base64Decode => "States.Base64Decode",
            Self::Hash => "States.Hash",
            Self::JsonMerge => "States.JsonMerge",
            Self::MathRandom => "States.MathRandom",
            Self::MathAdd => "States.MathAdd",
            Self::StringSplit => "States.StringSplit",
            Self::Uuid => "States.UUID",
        }
    }

    /// How many arguments it takes at least.
    #[must_use]
    pub fn min_arguments(self) -> usize {
        match self {
            Self::MathRandom => 2,
            _ => self.parameters().0.len(),
        }
    }

    /// How many arguments it takes at most; none if there is no limit.
    #[must_use]
    pub fn max_arguments(self) -> Option<usize> {
        let (parameters, rest) = self.parameters();
        rest.is_none().then_some(parameters.len())
    }

    /// The type of its argument at this place, from 0. None if it takes no such argument.
    #[must_use]
    pub fn parameter(self, place: usize) -> Option<Type> {
        let (parameters, rest) = self.parameters();
        parameters.get(place).copied().or(rest)
    }

    /// The type of its result.
    #[must_use]
    pub fn result(self) -> Type {
        match self {
            Self::StringToJson | Self::ArrayGetItem => Type::Any,
            Self::Array | Self::ArrayPartition | Self::ArrayRange | Self::ArrayUnique | Self::StringSplit => {
                Type::Array
            }
            Self::JsonMerge => Type::Object,
            Self::Format
            | Self::JsonToString
            | Self::Base64Encode
            | Self::Base64Decode
            | Self::Hash
            | Self::Uuid => Type::String,
            Self::ArrayLength | Self::MathRandom | Self::MathAdd => Type::Number,
            Self::ArrayContains => Type::Bool,
        }
    }

    /// The types of its arguments, and of any number after those.
    fn parameters(self) -> (&'static [Type], Option<Type>) {
        use Type::{Any, Array, Bool, Number, Object, String};
        match self {
            Self::Format => (&[String], Some(Any)),
            Self::Array => (&[], Some(Any)),
            Self::StringToJson | Self::Base64Encode | Self::Base64Decode => (&[String], None),
            Self::JsonToString => (&[Any], None),
            Self::ArrayPartition | Self::ArrayGetItem => (&[Array, Number], None),
            Self::ArrayContains => (&[Array, Any], None),
            Self::ArrayRange | Self::MathRandom => (&[Number, Number, Number], None),
            Self::ArrayLength | Self::ArrayUnique => (&[Array], None),
            Self::Hash => (&[Any, String], None),
            Self::JsonMerge => (&[Object, Object, Bool], None),
            Self::MathAdd => (&[Number, Number], None),
            Self::StringSplit => (&[String, String], None),
            Self::Uuid => (&[], None),
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// What a name that there is not may be meant as.
    pub(super) fn nearest(name: &str) -> Option<Self> {
        const FURTHEST: usize = 3;
        // No longer name is near, and comparing takes time by length.
        if name.len() > 40 {
            return None;
        }
        let distances = Self::ALL.into_iter().map(|function| (distance(name, function.name()), function));
        let (distance, function) = distances.min_by_key(|(distance, _)| *distance)?;
        (distance <= FURTHEST).then_some(function)
    }
}

/// As it stands in a text.
impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// As it stands in a sentence: "takes …".
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::Array => "an array",
            Self::Object => "an object",
            Self::String => "a text",
            Self::Number => "a number",
            Self::Bool => "true or false",
        })
    }
}

/// How many characters must be put in, left out or changed to make one text of the other, whatever their case.
fn distance(one: &str, other: &str) -> usize {
    strsim::levenshtein(&one.to_ascii_lowercase(), &other.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_nearest(name: &str, expected: Option<&str>) {
        assert_eq!(Function::nearest(name).map(Function::name), expected, "{name}");
    }

    #[track_caller]
    fn check_arguments(function: Function, min: usize, max: impl Into<Option<usize>>) {
        assert_eq!((function.min_arguments(), function.max_arguments()), (min, max.into()), "{function}");
    }

    #[test]
    fn a_wrong_name_has_a_right_one_near() {
        check_nearest("States.Fromat", Some("States.Format"));
        check_nearest("States.format", Some("States.Format"));
        check_nearest("States.StringToJSON", Some("States.StringToJson"));
        check_nearest("States.Uuid", Some("States.UUID"));
        check_nearest("States.ArrayLenght", Some("States.ArrayLength"));
        check_nearest("States.Concatenate", None);
        check_nearest(&"States.Format".repeat(10), None);
    }

    #[test]
    fn functions_take_so_many_arguments() {
        check_arguments(Function::Format, 1, None);
        check_arguments(Function::Array, 0, None);
        check_arguments(Function::ArrayRange, 3, 3);
        check_arguments(Function::MathRandom, 2, 3);
        check_arguments(Function::Uuid, 0, 0);
    }

    #[test]
    fn names_find_their_functions() {
        for function in Function::ALL {
            assert_eq!(Function::from_name(function.name()), Some(function));
        }
    }
}
