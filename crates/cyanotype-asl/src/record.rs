//! Objects of the States Language: written and read by one table of their fields.

mod leaves;
#[cfg(test)]
pub(crate) mod sample;

use indexmap::IndexMap;

use crate::{Code, Finding, Json, Location, Severity};

/// Declares an object of the States Language: a struct, and the name that each field has in JSON.
///
/// Fields are written in this order. What a field can hold is its type's business: an `Option` may be absent,
/// everything else is required.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$doc:meta])* $json:literal => $field:ident: $type:ty,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)+
        }

        impl crate::record::Record for $name {
            fn read(members: &mut crate::record::Members<'_, '_>) -> Option<Self> {
                // All are read before one that is wrong ends it, so that each is reported.
                $(let $field = crate::record::Member::read($json, members);)+
                Some(Self { $($field: $field?,)+ })
            }

            fn write(&self, out: &mut indexmap::IndexMap<String, crate::Json>) {
                $(crate::record::Member::write(&self.$field, $json, out);)+
            }
        }

        #[cfg(test)]
        impl crate::record::sample::Sample for $name {
            fn sample(source: &mut crate::record::sample::Source) -> Self {
                Self { $($field: crate::record::sample::Sample::sample(source),)+ }
            }
        }
    };
}
pub(crate) use record;

/// An object whose fields are known.
pub(crate) trait Record: Sized {
    fn read(members: &mut Members<'_, '_>) -> Option<Self>;
    fn write(&self, out: &mut IndexMap<String, Json>);
}

/// What a field can hold.
pub(crate) trait Held: Sized {
    /// Nothing, and a finding, for JSON that it cannot be.
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self>;
    fn json(&self) -> Json;
}

/// A field of an object, be it there or not.
pub(crate) trait Member: Sized {
    fn read(name: &str, members: &mut Members<'_, '_>) -> Option<Self>;
    fn write(&self, name: &str, out: &mut IndexMap<String, Json>);
}

/// Where a reading is, and what it could not take.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) location: Location,
    pub(crate) findings: Vec<Finding>,
}

/// The members of the object that is read.
pub(crate) struct Members<'j, 'r> {
    all: &'j IndexMap<String, Json>,
    /// Whether each was asked for.
    read: Vec<bool>,
    pub(crate) reading: &'r mut Reading,
}

impl Reading {
    /// Says what is wrong here.
    pub(crate) fn wrong(&mut self, message: impl Into<String>) {
        self.findings.push(Finding {
            code: Code::SchemaValidationFailed,
            severity: Severity::Error,
            state: self.location.state().map(str::to_owned),
            location: self.location.clone(),
            message: message.into(),
            hint: None,
        });
    }

    pub(crate) fn field<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.location.enter_field(name);
        let result = read(self);
        self.location.leave();
        result
    }

    pub(crate) fn item<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.location.enter_item(index);
        let result = read(self);
        self.location.leave();
        result
    }

    /// Reads an object to its end: a member that `read` does not ask for is wrong.
    pub(crate) fn object<T>(
        &mut self,
        json: &Json,
        read: impl FnOnce(&mut Members<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        let Json::Object(all) = json else {
            self.wrong(format!("Expected an object, and this is {}", kind_of(json)));
            return None;
        };
        let mut members = Members { all, read: vec![false; all.len()], reading: self };
        let result = read(&mut members);
        let unread: Vec<_> = members.unread().cloned().collect();
        for name in &unread {
            self.wrong(format!("Field '{name}' is not supported"));
        }
        // Whoever drops a member without a word loses it.
        result.filter(|_| unread.is_empty())
    }
}

impl<'j> Members<'j, '_> {
    /// The member of this name, which counts as read.
    pub(crate) fn get(&mut self, name: &str) -> Option<&'j Json> {
        let (index, _, json) = self.all.get_full(name)?;
        if let Some(read) = self.read.get_mut(index) {
            *read = true;
        }
        Some(json)
    }

    /// Reads all members but some as one thing: they count as read.
    pub(crate) fn rest<T>(
        &mut self,
        but: &[&str],
        read: impl FnOnce(&IndexMap<String, Json>, &mut Reading) -> Option<T>,
    ) -> Option<T> {
        for (name, read) in self.all.keys().zip(&mut self.read) {
            *read |= !but.contains(&name.as_str());
        }
        read(self.all, self.reading)
    }

    /// The names that nobody has asked for.
    fn unread(&self) -> impl Iterator<Item = &'j String> {
        self.all.keys().zip(&self.read).filter(|(_, read)| !**read).map(|(name, _)| name)
    }

    fn held<T: Held>(&mut self, name: &str) -> Option<Option<T>> {
        let json = self.get(name)?;
        Some(self.reading.field(name, |reading| T::of_json(json, reading)))
    }
}

impl<T: Record> Held for T {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        reading.object(json, T::read)
    }

    fn json(&self) -> Json {
        let mut out = IndexMap::new();
        self.write(&mut out);
        Json::Object(out)
    }
}

impl<T: Held> Member for T {
    fn read(name: &str, members: &mut Members<'_, '_>) -> Option<Self> {
        members.held(name).unwrap_or_else(|| {
            members.reading.wrong(format!("These fields are required: [{name}]"));
            None
        })
    }

    fn write(&self, name: &str, out: &mut IndexMap<String, Json>) {
        out.insert(name.to_owned(), self.json());
    }
}

impl<T: Held> Member for Option<T> {
    fn read(name: &str, members: &mut Members<'_, '_>) -> Option<Self> {
        match members.held(name) {
            None => Some(None),
            Some(read) => read.map(Some),
        }
    }

    fn write(&self, name: &str, out: &mut IndexMap<String, Json>) {
        if let Some(value) = self {
            value.write(name, out);
        }
    }
}

impl<T: Held> Held for Vec<T> {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        let Json::Array(items) = json else {
            reading.wrong(format!("Expected an array, and this is {}", kind_of(json)));
            return None;
        };
        let items: Vec<_> = (items.iter().enumerate())
            .map(|(index, item)| reading.item(index, |reading| T::of_json(item, reading)))
            .collect();
        items.into_iter().collect()
    }

    fn json(&self) -> Json {
        Json::Array(self.iter().map(Held::json).collect())
    }
}

/// Names and what each stands for, such as states.
impl<T: Held> Held for IndexMap<String, T> {
    fn of_json(json: &Json, reading: &mut Reading) -> Option<Self> {
        let Json::Object(members) = json else {
            reading.wrong(format!("Expected an object, and this is {}", kind_of(json)));
            return None;
        };
        let members: Vec<_> = (members.iter())
            .map(|(name, json)| {
                let value = reading.field(name, |reading| T::of_json(json, reading));
                value.map(|value| (name.clone(), value))
            })
            .collect();
        members.into_iter().collect()
    }

    fn json(&self) -> Json {
        Json::object(self.iter().map(|(name, value)| (name, value.json())))
    }
}

/// What a value is, for a message.
pub(crate) fn kind_of(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}
