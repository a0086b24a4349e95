//! Fields that hold one of some words.

/// Declares an enum of the words that a field can hold.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $word:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $word,)+
        }

        impl $name {
            /// As the States Language writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $text,)+
                }
            }
        }

        impl crate::record::Held for $name {
            fn of_json(json: &crate::Json, reading: &mut crate::record::Reading) -> Option<Self> {
                let word: String = crate::record::Held::of_json(json, reading)?;
                match word.as_str() {
                    $($text => Some(Self::$word),)+
                    _ => {
                        let known = [$($text),+].join(", ");
                        reading.wrong(format!("Value is not one of [{known}]: '{word}'"));
                        None
                    }
                }
            }

            fn json(&self) -> crate::Json {
                self.as_str().into()
            }
        }

        #[cfg(test)]
        impl crate::record::sample::Sample for $name {
            fn sample(source: &mut crate::record::sample::Source) -> Self {
                let all = [$(Self::$word),+];
                all[source.below(all.len())]
            }
        }
    };
}
pub(crate) use words;

words! {
    /// The language in which paths and expressions are written.
    ///
    /// See "Transforming data with JSONata":
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>.
    pub enum QueryLanguage {
        /// JSONPath, which a machine has unless it says otherwise.
        JsonPath = "JSONPath",
        /// JSONata.
        Jsonata = "JSONata",
    }
}
