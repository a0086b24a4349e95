//! What the states are called.

use std::collections::HashMap;

use super::graph::{Graph, Node};
use crate::diagnostic::{Diagnostic, Source};

const MAX_CHARACTERS: usize = 80;

/// A name for each state of a machine, different from all others.
#[derive(Debug, Default)]
pub(super) struct Names {
    of: HashMap<(usize, Node), String>,
    /// Whose each name is. Looked up alone, so that no order comes from it.
    taken: HashMap<String, Source>,
}

impl Names {
    /// Reports names that are used twice. The second state gets another one then, so that the rest can be checked.
    pub(super) fn new(graph: &Graph<'_>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self::default();
        let scopes = graph.scopes();
        for (scope, node, draft) in
            scopes.iter().flat_map(|graph| graph.reached().map(|(node, draft)| (graph.scope, node, draft)))
        {
            if let Some(first) = names.taken.get(&draft.name) {
                let (file, line) = (first.file(), first.line());
                let message = format!("this name is taken by the state at {file}:{line}");
                let help = "rename one: names are unique in the whole machine";
                diagnostics.push(Diagnostic::error(message).at(draft.at).state(&draft.name).help(help));
            }
            names.give((scope, node), &draft.name, draft.at);
        }
        // After all others: a name that the user gave stays, and the generated one moves out of its way.
        for graph in scopes {
            for node in graph.nodes().filter(|node| matches!(node, Node::EndOf(_))) {
                if let Some(draft) = graph.draft(node) {
                    let name = cut(&format!("End of {}", draft.name), MAX_CHARACTERS);
                    names.give((graph.scope, node), &name, draft.at);
                }
            }
        }
        names
    }

    pub(super) fn of(&self, graph: &Graph<'_>, node: Node) -> &str {
        self.of.get(&(graph.scope, node)).map_or("", String::as_str)
    }

    fn give(&mut self, node: (usize, Node), wanted: &str, at: Source) {
        let mut name = wanted.to_owned();
        let mut number = 2_u32;
        while self.taken.contains_key(&name) {
            let suffix = format!(" ({number})");
            name = cut(wanted, MAX_CHARACTERS - suffix.len()) + &suffix;
            number += 1;
        }
        self.taken.insert(name.clone(), at);
        self.of.insert(node, name);
    }
}

/// At most so many characters of it.
fn cut(name: &str, characters: usize) -> String {
    name.chars().take(characters).collect()
}
