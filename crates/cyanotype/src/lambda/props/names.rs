//! Enums whose values are words of Lambda's.

/// Makes enums with the word that each value is.
macro_rules! names {
    ($($(#[$of:meta])* $name:ident { $($(#[$about:meta])* $value:ident = $text:literal,)+ })+) => { $(
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$about])* $value,)+
        }

        impl $name {
            pub(in crate::lambda) fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }
        }
    )+ };
}
pub(in crate::lambda) use names;
