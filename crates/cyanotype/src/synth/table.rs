//! What is known of an app's elements, by key.

use cyanotype_cfn::Key;

/// A `T` for each element that has one, in the order of stacks and then of making. A key is a place, so nothing is
/// hashed.
#[derive(Debug)]
pub(crate) struct Table<T> {
    app: u32,
    stacks: Vec<Vec<Option<T>>>,
}

impl<T> Table<T> {
    /// A table for the elements of an app. Keys of other apps have no place in it.
    pub(crate) fn new(app: u32) -> Self {
        Self { app, stacks: vec![] }
    }

    pub(crate) fn get(&self, key: Key) -> Option<&T> {
        let stack = self.stacks.get(key.stack as usize).filter(|_| key.app == self.app)?;
        stack.get(key.element as usize)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let stack = self.stacks.get_mut(key.stack as usize).filter(|_| key.app == self.app)?;
        stack.get_mut(key.element as usize)?.as_mut()
    }

    /// Puts a value in its place, and returns the one that was there.
    pub(crate) fn insert(&mut self, key: Key, value: T) -> Option<T> {
        if key.app != self.app {
            return None;
        }
        let (stack, element) = (key.stack as usize, key.element as usize);
        if self.stacks.len() <= stack {
            self.stacks.resize_with(stack + 1, Vec::new);
        }
        let places = self.stacks.get_mut(stack)?;
        if places.len() <= element {
            places.resize_with(element + 1, || None);
        }
        places.get_mut(element)?.replace(value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, &T)> {
        let app = self.app;
        (0u32..).zip(&self.stacks).flat_map(move |(stack, places)| {
            let values = (0u32..).zip(places);
            values.filter_map(move |(element, value)| Some((Key { app, stack, element }, value.as_ref()?)))
        })
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.stacks.iter().flatten().flatten()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.stacks.iter_mut().flatten().flatten()
    }

    /// The values of one stack.
    pub(crate) fn of_stack(&self, stack: u32) -> impl Iterator<Item = &T> {
        self.stacks.get(stack as usize).into_iter().flatten().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(stack: u32, element: u32) -> Key {
        Key { app: 7, stack, element }
    }

    #[test]
    fn values_come_in_the_order_of_their_keys_whatever_the_order_of_insertion() {
        let mut table = Table::new(7);
        for (stack, element) in [(1, 0), (0, 4), (0, 2)] {
            assert_eq!(table.insert(key(stack, element), (stack, element)), None);
        }
        assert_eq!(table.keys().collect::<Vec<_>>(), [key(0, 2), key(0, 4), key(1, 0)]);
        assert_eq!(table.of_stack(0).collect::<Vec<_>>(), [&(0, 2), &(0, 4)]);
        assert_eq!(table.insert(key(0, 2), (9, 9)), Some((0, 2)));
        assert_eq!(table.get(key(0, 2)), Some(&(9, 9)));
        assert_eq!(table.get(key(0, 3)), None);
    }

    #[test]
    fn a_key_of_another_app_finds_nothing() {
        let mut table = Table::new(7);
        table.insert(key(0, 0), "ours");
        let other = Key { app: 8, ..key(0, 0) };
        assert_eq!(table.insert(other, "theirs"), None);
        assert_eq!((table.get(other), table.get(key(0, 0))), (None, Some(&"ours")));
    }
}
