//! Steps of paths, and the objects that `%` names: those that hold what the steps before it found.

use std::{
    collections::VecDeque,
    ops::{Index, IndexMut},
};

use super::{
    error::{JsonataError, MAX_STEPS, Refused},
    token::Value,
};

/// What the nodes of an expression became.
#[derive(Debug, Default)]
pub(super) struct Ancestry {
    made: Vec<Made>,
    slots: Vec<Slot>,
    /// How many steps were looked at.
    looked_at: usize,
}

/// The number of a [`Made`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MadeId(usize);

/// The number of a [`Slot`].
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotId(usize);

/// What a node became: often itself, but a name becomes a path, and a path takes in what stands beside it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) shape: Shape,
    position: Option<usize>,
    /// Whether it has a predicate.
    pub(super) is_filtered: bool,
    /// Whether it has a grouping expression.
    pub(super) is_grouped: bool,
    /// Whether a variable is bound to it by `@`.
    pub(super) has_focus: bool,
    /// Which `%` inside of it name something outside of it, if there ever were any.
    pub(super) sought: Option<VecDeque<SlotId>>,
}

#[derive(Debug)]
pub(super) enum Shape {
    /// The steps, of which some are known to be no literals.
    Path {
        steps: Vec<MadeId>,
        named: usize,
    },
    Name,
    Wildcard,
    Parent(SlotId),
    /// With its last expression.
    Block(Option<MadeId>),
    Literal(Value),
    Sort,
    /// What has no parent, by the reference's name for it.
    Other(&'static str),
}

/// What one `%` names.
#[derive(Debug)]
struct Slot {
    /// How many steps further up it is; none, when it is found.
    level: i64,
    /// Where the `%` is.
    position: usize,
}

impl Made {
    pub(super) fn new(shape: Shape, position: Option<usize>) -> Self {
        Self { shape, position, is_filtered: false, is_grouped: false, has_focus: false, sought: None }
    }
}

impl Ancestry {
    pub(super) fn add(&mut self, made: Made) -> MadeId {
        self.made.push(made);
        MadeId(self.made.len() - 1)
    }

    /// A path of one step. The reference says of no path where it is.
    pub(super) fn path(&mut self, step: MadeId) -> MadeId {
        self.add(Made::new(Shape::Path { steps: vec![step], named: 0 }, None))
    }

    /// A `%`, of which the reference doesn't say where it is either.
    pub(super) fn parent(&mut self, position: usize) -> MadeId {
        self.slots.push(Slot { level: 1, position });
        let slot = SlotId(self.slots.len() - 1);
        self.add(Made::new(Shape::Parent(slot), None))
    }

    pub(super) fn push_step(&mut self, path: MadeId, step: MadeId) {
        if let Shape::Path { steps, .. } = &mut self[path].shape {
            steps.push(step);
        }
    }

    fn steps(&self, path: MadeId) -> &[MadeId] {
        match &self[path].shape {
            Shape::Path { steps, .. } => steps,
            _ => &[],
        }
    }

    /// The last step of a path; what is no path is a step itself.
    pub(super) fn last_step(&self, made: MadeId) -> MadeId {
        self.steps(made).last().copied().unwrap_or(made)
    }

    /// Makes names of the strings in a path, and refuses other literals.
    pub(super) fn name_steps(&mut self, path: MadeId) -> Result<(), Refused> {
        let Shape::Path { steps, named } = &mut self[path].shape else { return Ok(()) };
        let new: Vec<_> = steps.iter().skip(*named).copied().collect();
        *named = steps.len();
        for step in new {
            let made = &mut self[step];
            match &made.shape {
                Shape::Literal(Value::Text(_)) => made.shape = Shape::Name,
                Shape::Literal(value) => {
                    return Err(JsonataError::literal_step(value, made.position.unwrap_or_default()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// What is sought outside of a part is sought outside of the whole too, until it is found there.
    pub(super) fn pass_on(&mut self, part: MadeId, whole: MadeId) {
        let Some(mut more) = self.take_sought(part) else { return };
        let sought = &mut self[whole].sought;
        *sought = Some(match sought.take() {
            None => more,
            // The shorter list is moved to the longer, or deep nesting would take its time for each.
            Some(first) if first.len() < more.len() => {
                first.into_iter().rev().for_each(|slot| more.push_front(slot));
                more
            }
            Some(mut first) => {
                first.extend(more);
                first
            }
        });
    }

    /// What is sought outside of a part, with itself if it is a `%`. Only one asks for it.
    fn take_sought(&mut self, part: MadeId) -> Option<VecDeque<SlotId>> {
        let made = &mut self[part];
        let sought = made.sought.take();
        match made.shape {
            Shape::Parent(slot) => {
                let mut sought = sought.unwrap_or_default();
                sought.push_back(slot);
                Some(sought)
            }
            _ => sought,
        }
    }

    /// Gives a step a predicate, in which `%` names what holds the step.
    pub(super) fn filter(&mut self, step: MadeId, predicate: MadeId) -> Result<(), Refused> {
        self[step].is_filtered = true;
        // To the reference a predicate that is but a `%` seeks nothing.
        let Some(sought) = self[predicate].sought.take() else { return Ok(()) };
        for slot in &sought {
            if self.level(*slot) == 1 {
                self.seek(step, *slot)?;
            } else {
                self.look()?;
                self.slots[slot.0].level -= 1;
            }
        }
        self[predicate].sought = Some(sought);
        self.pass_on(predicate, step);
        Ok(())
    }

    /// Seeks what the last step of a path seeks in the steps before it.
    pub(super) fn resolve(&mut self, path: MadeId) -> Result<(), Refused> {
        let Some(sought) = self.take_sought(self.last_step(path)) else { return Ok(()) };
        for slot in sought {
            let mut before = self.steps(path).len().saturating_sub(1);
            while self.level(slot) > 0 {
                if before == 0 {
                    self[path].sought.get_or_insert_default().push_back(slot);
                    break;
                }
                before -= 1;
                // Neighbours that bind their context are one.
                while before > 0 && self.binds_context(path, before) && self.binds_context(path, before - 1) {
                    self.look()?;
                    before -= 1;
                }
                self.seek(self.steps(path)[before], slot)?;
            }
        }
        Ok(())
    }

    fn binds_context(&self, path: MadeId, step: usize) -> bool {
        self.steps(path).get(step).is_some_and(|step| self[*step].has_focus)
    }

    /// Goes up by what a step adds. It recurses no deeper than the expression is nested.
    fn seek(&mut self, made: MadeId, slot: SlotId) -> Result<(), Refused> {
        self.look()?;
        let Made { shape, position, .. } = &self[made];
        match shape {
            Shape::Name | Shape::Wildcard => self.slots[slot.0].level -= 1,
            Shape::Parent(_) => self.slots[slot.0].level += 1,
            Shape::Block(None) => {}
            Shape::Block(Some(last)) => return self.seek(*last, slot),
            Shape::Path { steps, .. } => {
                let mut before = steps.len();
                while before > 0 && self.level(slot) > 0 {
                    before -= 1;
                    self.seek(self.steps(made)[before], slot)?;
                }
            }
            _ => {
                let position = position.unwrap_or(self.slots[slot.0].position);
                return Err(JsonataError::piece("S0217", position, self.type_name(made).into()));
            }
        }
        Ok(())
    }

    /// Refuses an expression in which a `%` names what is outside of it.
    pub(super) fn all_found(mut self, root: MadeId) -> Result<(), Refused> {
        let Some(sought) = self.take_sought(root) else { return Ok(()) };
        let first = sought.front().map(|slot| self.slots[slot.0].position);
        let position = self[root].position.or(first).unwrap_or_default();
        Err(JsonataError::piece("S0217", position, self.type_name(root).into()))
    }

    fn level(&self, slot: SlotId) -> i64 {
        self.slots[slot.0].level
    }

    fn look(&mut self) -> Result<(), Refused> {
        self.looked_at += 1;
        if self.looked_at > MAX_STEPS {
            let last = self.slots.last().map_or(0, |slot| slot.position);
            return Err(JsonataError::at("L0002", last));
        }
        Ok(())
    }

    /// What the reference calls it.
    fn type_name(&self, made: MadeId) -> &'static str {
        match &self[made].shape {
            Shape::Path { .. } => "path",
            Shape::Name => "name",
            Shape::Wildcard => "wildcard",
            Shape::Parent(_) => "parent",
            Shape::Block(_) => "block",
            Shape::Literal(Value::Number(_)) => "number",
            Shape::Literal(Value::Text(_)) => "string",
            Shape::Literal(_) => "value",
            Shape::Sort => "sort",
            Shape::Other(name) => name,
        }
    }
}

impl Index<MadeId> for Ancestry {
    type Output = Made;

    fn index(&self, id: MadeId) -> &Made {
        &self.made[id.0]
    }
}

impl IndexMut<MadeId> for Ancestry {
    fn index_mut(&mut self, id: MadeId) -> &mut Made {
        &mut self.made[id.0]
    }
}
