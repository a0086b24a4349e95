//! Values that are no objects of fields.

use super::{Held, Reading, kind_of};
use crate::{Json, Text};

impl Held for Json {
    fn of_json(json: &Json, _: &mut Reading) -> Option<Self> {
        Some(json.clone())
    }

    fn json(&self) -> Json {
        self.clone()
    }
}

impl Held for Text {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        match json {
            Json::String(text) => Some(text.clone()),
            _ => {
                reading.wrong(format!("Expected a string, and this is {}", kind_of(json)));
                None
            }
        }
    }

    fn json(&self) -> Json {
        self.into()
    }
}

/// A string that is known: a name, or a word of the language.
impl Held for String {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        let text = Text::of_json(json, reading)?;
        let literal = text.as_literal().map(str::to_owned);
        if literal.is_none() {
            reading.wrong("a placeholder cannot stand here");
        }
        literal
    }

    fn json(&self) -> Json {
        self.into()
    }
}

/// A whole number, however it is written.
impl Held for u32 {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        let number = match json {
            Json::Number(number) => number.as_f64(),
            _ => None,
        };
        let range = 0.0..=f64::from(Self::MAX);
        match number.filter(|number| number.fract() == 0.0 && range.contains(number)) {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is whole and in range"
            )]
            Some(number) => Some(number as Self),
            None => {
                reading.wrong(format!("Expected an integer up to {}, and this is {json}", Self::MAX));
                None
            }
        }
    }

    fn json(&self) -> Json {
        (*self).into()
    }
}

impl Held for f64 {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        let number = match json {
            Json::Number(number) => number.as_f64(),
            _ => None,
        };
        if number.is_none() {
            reading.wrong(format!("Expected a number, and this is {}", kind_of(json)));
        }
        number
    }

    /// A whole number without a fraction, as people write it. JSON has no infinity; what it has instead is refused.
    fn json(&self) -> Json {
        #[allow(clippy::cast_possible_truncation, reason = "it is whole and in range")]
        if self.fract() == 0.0 && self.abs() <= f64::from(u32::MAX) {
            return (*self as i64).into();
        }
        serde_json::Number::from_f64(*self).map_or(Json::Null, Json::Number)
    }
}
