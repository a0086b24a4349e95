//! What is known of an app's elements, by key.

use cyanotype_cfn::Key;

use crate::app::AppData;

/// A `T` for each element of some stacks that has one, in the order of stacks and then of making. A key is a place, so
/// nothing is hashed.
#[derive(Debug)]
pub(crate) struct Table<T> {
    app: u32,
    /// The number of the first stack that has places here.
    first: u32,
    stacks: Vec<Vec<Option<T>>>,
}

impl<T> Table<T> {
    /// A table for the elements of these stacks, in ascending order. Other keys have no place in it.
    pub(crate) fn new(app: &AppData, stacks: &[u32]) -> Self {
        let first = stacks.first().copied().unwrap_or_default();
        let mut table = Self { app: app.id, first, stacks: vec![] };
        table.stacks.resize_with(stacks.last().map_or(0, |last| (last - first) as usize + 1), Vec::new);
        table
    }

    /// The same, with room for all of their elements.
    pub(crate) fn with_room(app: &AppData, stacks: &[u32]) -> Self {
        let mut table = Self::new(app, stacks);
        for stack in stacks {
            let place = stack.checked_sub(table.first).and_then(|n| table.stacks.get_mut(n as usize));
            if let (Some(place), Some(data)) = (place, app.stacks.get(*stack as usize)) {
                place.reserve_exact(data.elements.len());
            }
        }
        table
    }

    pub(crate) fn get(&self, key: Key) -> Option<&T> {
        self.stacks.get(self.place(key)?)?.get(key.element as usize)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, key: Key) -> Option<&mut T> {
        let stack = self.place(key)?;
        self.stacks.get_mut(stack)?.get_mut(key.element as usize)?.as_mut()
    }

    /// Puts a value in its place, and returns the one that was there.
    pub(crate) fn insert(&mut self, key: Key, value: T) -> Option<T> {
        let stack = self.place(key)?;
        let (places, element) = (self.stacks.get_mut(stack)?, key.element as usize);
        if places.len() <= element {
            places.resize_with(element + 1, || None);
        }
        places.get_mut(element)?.replace(value)
    }

    fn place(&self, key: Key) -> Option<usize> {
        key.stack.checked_sub(self.first).filter(|_| key.app == self.app).map(|place| place as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, &T)> {
        let app = self.app;
        (self.first..).zip(&self.stacks).flat_map(move |(stack, places)| {
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
        let place = stack.checked_sub(self.first);
        place.and_then(|place| self.stacks.get(place as usize)).into_iter().flatten().flatten()
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
        let app = AppData { id: 7, stacks: vec![] };
        let mut table = Table::new(&app, &[3, 4]);
        for (stack, element) in [(4, 0), (3, 4), (3, 2)] {
            assert_eq!(table.insert(key(stack, element), (stack, element)), None);
        }
        assert_eq!(table.keys().collect::<Vec<_>>(), [key(3, 2), key(3, 4), key(4, 0)]);
        assert_eq!(table.of_stack(3).collect::<Vec<_>>(), [&(3, 2), &(3, 4)]);
        assert_eq!(table.insert(key(3, 2), (9, 9)), Some((3, 2)));
        assert_eq!(table.get(key(3, 2)), Some(&(9, 9)));
        assert_eq!(table.get(key(3, 3)), None);
    }

    #[test]
    fn a_key_of_another_app_or_stack_finds_nothing() {
        let mut table = Table::new(&AppData { id: 7, stacks: vec![] }, &[1]);
        table.insert(key(1, 0), "ours");
        for other in [Key { app: 8, ..key(1, 0) }, key(0, 0), key(2, 0)] {
            assert_eq!((table.insert(other, "theirs"), table.get(other)), (None, None));
            assert_eq!(table.of_stack(0).chain(table.of_stack(2)).next(), None);
        }
        assert_eq!(table.get(key(1, 0)), Some(&"ours"));
    }
}
