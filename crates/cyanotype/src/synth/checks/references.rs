//! References that lead nowhere.

use cyanotype_cfn::{Intrinsic, Key, RetentionPolicy, Tree};

use crate::{
    app::{Body, Element},
    diagnostic::Diagnostic,
    synth::model::{Model, statement_targets},
};

/// How deep properties may nest. Far more than any resource type asks for, and far less than the stack holds.
const MAX_DEPTH: usize = 100;
/// What to do about a variable without a value.
const SUB: &str = "`Value::sub` takes the names that it is given and pseudo parameters such as `${AWS::Region}`; a \
                   literal `${` is written `${!`";

/// Reports what names something that is not there: of another app, of another stack where that cannot be, an unknown
/// variable. Properties that nest too deep are reported and emptied, since every later pass goes down into them.
pub(in crate::synth) fn check(model: &mut Model) {
    let mut found = vec![];
    let mut too_deep = vec![];
    for node in model.nodes.values() {
        let problem = |message: String, help: &str| {
            Diagnostic::error(message).at(node.at).construct(model.path(node.key)).help(help)
        };
        let body = model.app.element(node.key).and_then(Element::resource);
        let trees = node.properties.iter().chain(body.into_iter().flat_map(|body| &body.metadata));
        for (name, tree) in trees.clone() {
            if tree.depth() > MAX_DEPTH {
                let message = format!("`{name}` nests more than {MAX_DEPTH} deep");
                found.push(problem(
                    message,
                    "no resource type asks for that: is it put into itself in a loop?",
                ));
                too_deep.push((node.key, name.clone()));
                continue;
            }
            let unknown = unknown_variables(tree);
            found.extend(unknown.into_iter().map(|variable| {
                problem(format!("`{name}` has `${{{variable}}}`, which is given no value"), SUB)
            }));
        }
        for statement in &node.statements {
            for tree in statement.trees() {
                found.extend(unknown_variables(tree).into_iter().map(|variable| {
                    let message = format!("a statement has `${{{variable}}}`, which is given no value");
                    Diagnostic::error(message).at(statement.at).construct(model.path(node.key)).help(SUB)
                }));
            }
        }
        if body.is_some_and(|body| body.update_replace_policy == Some(RetentionPolicy::RetainExceptOnCreate))
        {
            let message = "its UpdateReplacePolicy is RetainExceptOnCreate, which is a deletion policy alone";
            found.push(problem(message.into(), "let it be Retain"));
        }
        let foreign = |key: &Key| key.app == model.app.id && key.stack != node.key.stack;
        let in_metadata = body.into_iter().flat_map(|body| body.metadata.values()).flat_map(Tree::targets);
        if in_metadata.into_iter().any(|key| foreign(&key)) {
            found
                .push(problem("its metadata names something of another stack".into(), "write it down there"));
        }
        let mut targets: Vec<Key> = trees.flat_map(|(_, tree)| tree.targets()).collect();
        targets.extend(node.statements.iter().flat_map(statement_targets));
        targets
            .extend(body.into_iter().flat_map(|body| body.depends_on.iter().copied().chain(body.condition)));
        let of_a_stack = |key: &Key| {
            let body = model.app.element(*key).map(|element| &element.body);
            matches!(body, Some(Body::Condition(_) | Body::Mapping(_)))
        };
        if let Some(key) = targets.iter().find(|key| foreign(key) && of_a_stack(key)) {
            let message = format!("it names `{}`, a condition or mapping of another stack", model.path(*key));
            found.push(problem(message, "give its own stack one"));
        }
        if targets.iter().any(|target| model.app.element(*target).is_none()) {
            let help = "an app deploys on its own: make both in one app, or hand the value over by a parameter or an \
                        import";
            found.push(problem("it names a resource of another app".into(), help));
        }
    }
    found.extend(outputs_and_conditions(model));
    for (key, name) in too_deep {
        if let Some(property) = model.nodes.get_mut(key).and_then(|node| node.properties.get_mut(&name)) {
            *property = Tree::Null;
        }
    }
    model.diagnostics.extend(found);
}

/// What outputs and conditions name that is not of their stack, or not there.
fn outputs_and_conditions(model: &Model) -> Vec<Diagnostic> {
    let mut found = vec![];
    for (stack, data) in (0u32..).zip(&model.app.stacks) {
        for element in &data.elements {
            let (what, trees, condition): (_, Vec<&Tree>, _) = match &element.body {
                Body::Output(output) => {
                    let trees = output.export.iter().chain([&output.value]).collect();
                    ("an output", trees, output.condition)
                }
                Body::Condition(tree) => ("a condition", vec![tree], None),
                _ => continue,
            };
            let mut problem = |message: String, help: &str| {
                let construct = format!("{}/{}", data.name, element.path.join("/"));
                found.push(Diagnostic::error(message).at(element.at).construct(construct).help(help));
            };
            if condition.is_some_and(|key| key.stack != stack) {
                problem("its condition is one of another stack".into(), "give its own stack one");
            }
            for variable in trees.iter().flat_map(|tree| unknown_variables(tree)) {
                problem(format!("{what} has `${{{variable}}}`, which is given no value"), SUB);
            }
            let elsewhere = |key: &Key| key.stack != stack || model.app.element(*key).is_none();
            if trees.iter().flat_map(|tree| tree.targets()).any(|key| elsewhere(&key)) {
                let help = "an output and a condition say something of their own stack alone";
                problem(format!("{what} names something of another stack"), help);
            }
        }
    }
    found
}

/// The names in a `Fn::Sub` that neither a variable nor a pseudo parameter has.
fn unknown_variables(tree: &Tree) -> Vec<String> {
    let mut unknown = vec![];
    tree.walk(|tree| {
        if let Some(Intrinsic::Sub { text, variables }) = tree.as_intrinsic() {
            for after in text.split("${").skip(1).filter(|after| !after.starts_with('!')) {
                let name = after.split('}').next().unwrap_or_default();
                let closed = after.len() > name.len();
                if !closed || !(variables.contains_key(name) || name.starts_with("AWS::")) {
                    unknown.push(name.chars().take(60).collect());
                }
            }
        }
        true
    });
    unknown
}
