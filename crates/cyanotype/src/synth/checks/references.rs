//! References that lead nowhere.

use cyanotype_cfn::{Key, RetentionPolicy, Tree};
use indexmap::IndexMap;

use super::intrinsics;
use crate::{
    app::Body,
    diagnostic::Diagnostic,
    synth::{
        graph::place_of,
        model::{Model, statement_targets},
    },
};

/// How deep properties may nest. Far more than any resource type asks for, and far less than the stack holds.
const MAX_DEPTH: usize = 100;
/// Reports what names something that is not there: of another app, of another stack where that cannot be, an unknown
/// variable. Properties that nest too deep are reported and emptied, since every later pass goes down into them.
pub(in crate::synth) fn check(model: &mut Model) {
    let mut found = vec![];
    let mut too_deep = vec![];
    for node in model.nodes.values() {
        let problem = |message: String, help: &str| {
            Diagnostic::error(message).at(node.at).construct(model.path(node.key)).help(help)
        };
        let body = model.resource(node.key);
        let metadata = body.into_iter().flat_map(|body| body.metadata.iter().chain(&body.update_policy));
        let trees = node.properties.iter().chain(metadata.map(|(name, tree)| (name.as_str(), tree)));
        for (name, tree) in trees.clone() {
            if tree.depth() > MAX_DEPTH {
                let message = format!("`{name}` nests more than {MAX_DEPTH} deep");
                found.push(problem(
                    message,
                    "no resource type asks for that: is it put into itself in a loop?",
                ));
                too_deep.push((node.key, name.to_owned()));
                continue;
            }
            let construct = || model.path(node.key);
            let wrong = intrinsics::problems(model, tree, &format_args!("`{name}`"));
            found.extend(wrong.into_iter().map(|problem| problem.at(node.at).construct(construct())));
        }
        for statement in &node.statements {
            for tree in statement.trees() {
                let wrong = intrinsics::problems(model, tree, &"a statement");
                let place = |problem: Diagnostic| problem.at(statement.at).construct(model.path(node.key));
                found.extend(wrong.into_iter().map(place));
            }
        }
        if body.is_some_and(|body| body.update_replace_policy == Some(RetentionPolicy::RetainExceptOnCreate))
        {
            let message = "its UpdateReplacePolicy is RetainExceptOnCreate, which is a deletion policy alone";
            found.push(problem(message.into(), "let it be Retain"));
        }
        let foreign = |key: &Key| key.app == model.app.id && key.stack != node.key.stack;
        let mut of_its_own = |what: &str, trees: &IndexMap<String, Tree>, help: &str| {
            if trees.values().flat_map(Tree::targets).any(|key| foreign(&key)) {
                found.push(problem(format!("its {what} names something of another stack"), help));
            }
        };
        if let Some(body) = body {
            of_its_own("metadata", &body.metadata, "write it down there");
            of_its_own("update policy", &body.update_policy, "make both in one stack");
        }
        let mut targets = Tree::targets_of(trees.map(|(_, tree)| tree));
        targets.extend(node.statements.iter().flat_map(statement_targets));
        targets
            .extend(body.into_iter().flat_map(|body| body.depends_on.iter().copied().chain(body.condition)));
        let of_a_stack = |key: &Key| {
            let body = model.element(*key).map(|element| &element.body);
            matches!(body, Some(Body::Condition(_) | Body::Mapping(_)))
        };
        if let Some(key) = targets.iter().find(|key| foreign(key) && of_a_stack(key)) {
            let message = format!("it names `{}`, a condition or mapping of another stack", model.path(*key));
            found.push(problem(message, "give its own stack one"));
        }
        if let Some(target) = targets.iter().find(|target| model.element(**target).is_none()) {
            let help = "an app deploys on its own: make both in one app, or hand the value over by a parameter or an \
                        import";
            let message = format!("it names a resource of another app ({})", place_of(node, *target));
            found.push(problem(message, help));
        }
    }
    for (key, name) in too_deep {
        if let Some(node) = model.nodes.get_mut(key) {
            node.properties.clear(&name);
        }
    }
    model.diagnostics.extend(found);
}
