//! What a Choice can test.

macro_rules! operators {
    ($($name:ident $operand:ident, $doc:literal;)+) => {
        /// How a value is tested. A value of another type than the operator's makes the test false, not an error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operator {
            $(#[doc = $doc] $name,)+
        }

        impl Operator {
            /// As the States Language writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// The operator that the States Language writes so.
            #[must_use]
            pub fn of(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)+
                    _ => None,
                }
            }

            /// What it compares with.
            #[must_use]
            pub fn operand(self) -> OperandType {
                match self {
                    $(Self::$name => OperandType::$operand,)+
                }
            }
        }
    };
}

/// What an [`Operator`] compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OperandType {
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A string that is an RFC 3339 timestamp with an upper-case `T` and `Z`.
    Timestamp,
}

impl Operator {
    /// The operator that a field is, and whether it compares with what is at a path.
    pub(crate) fn parse(field: &str) -> Option<(Self, bool)> {
        if let Some(operator) = Self::of(field) {
            return Some((operator, false));
        }
        let operator = Self::of(field.strip_suffix("Path")?)?;
        operator.takes_path().then_some((operator, true))
    }

    /// Whether it can compare with what is at a path too: those that are no tests of a type, and no pattern.
    #[must_use]
    pub fn takes_path(self) -> bool {
        !matches!(
            self,
            Self::StringMatches
                | Self::IsNull
                | Self::IsPresent
                | Self::IsNumeric
                | Self::IsString
                | Self::IsBoolean
                | Self::IsTimestamp
        )
    }
}

operators! {
    StringEquals String, "A string equal to this one.";
    StringLessThan String, "A string before this one.";
    StringGreaterThan String, "A string after this one.";
    StringLessThanEquals String, "A string that is not after this one.";
    StringGreaterThanEquals String, "A string that is not before this one.";
    StringMatches String, "A string that fits this pattern, in which `*` is any characters.";
    NumericEquals Number, "A number equal to this one.";
    NumericLessThan Number, "A number less than this one.";
    NumericGreaterThan Number, "A number greater than this one.";
    NumericLessThanEquals Number, "A number of at most this.";
    NumericGreaterThanEquals Number, "A number of at least this.";
    BooleanEquals Boolean, "This truth value.";
    TimestampEquals Timestamp, "The same instant.";
    TimestampLessThan Timestamp, "An instant before this one.";
    TimestampGreaterThan Timestamp, "An instant after this one.";
    TimestampLessThanEquals Timestamp, "An instant that is not after this one.";
    TimestampGreaterThanEquals Timestamp, "An instant that is not before this one.";
    IsNull Boolean, "Whether the value is null.";
    IsPresent Boolean, "Whether there is a value, be it null.";
    IsNumeric Boolean, "Whether the value is a number.";
    IsString Boolean, "Whether the value is a string.";
    IsBoolean Boolean, "Whether the value is true or false.";
    IsTimestamp Boolean, "Whether the value is a string that is a timestamp.";
}
