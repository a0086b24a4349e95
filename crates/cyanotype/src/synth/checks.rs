//! What CloudFormation, Lambda or IAM would refuse, and what would break a running execution.

mod activity;
mod alias;
mod attached;
mod definition;
mod deploy_time;
mod dynamic;
mod elements;
mod function;
mod image;
mod intrinsics;
mod machine;
mod object;
mod principal;
mod raw;
mod references;
mod resource_type;
mod role;
mod statement;
mod unpinned;

use cyanotype_cfn::Tree;

pub(crate) use resource_type::wrong_attribute;

use super::model::{Model, Node};
use crate::diagnostic::Diagnostic;

/// What is seen before anything is resolved: names that lead nowhere, and what nests too deep for the later passes.
pub(super) fn names(model: &mut Model) {
    references::check(model);
    elements::check(model);
}

/// Everything that is seen once references are known to be good and IDs are final.
pub(super) fn all(model: &mut Model) {
    let mut found = role::check_stacks(model);
    found.extend(attached::check(model));
    for node in model.nodes.values() {
        let mut report = Report { model, node, found: &mut found };
        resource_type::check(&mut report);
        function::check(&mut report);
        alias::check(&mut report);
        object::check(&mut report);
        image::check(&mut report);
        machine::check(&mut report);
        definition::check(&mut report);
        activity::check(&mut report);
        deploy_time::check(&mut report);
        dynamic::check(&mut report);
        unpinned::check(&mut report);
        statement::check(&mut report);
        role::check(&mut report);
        every_object(&mut report);
    }
    model.diagnostics.extend(found);
}

/// What is looked for in every object of its properties, in one walk for all.
fn every_object(report: &mut Report<'_>) {
    let mut principal = principal::is_named(report, report.node.properties.get("Principal"));
    for (name, tree) in report.node.properties.iter() {
        if name == "Tags" {
            tags(report, tree);
        }
        tree.walk(|tree| {
            if let Tree::Map(entries) = tree {
                raw::check(report, name, entries);
                principal |= principal::is_named(report, entries.get("Principal"));
            }
            true
        });
    }
    if principal {
        principal::check(report);
    }
}

/// The text of a value, if all of it is written down, be it in parts and acknowledged. What CloudFormation resolves is
/// not.
fn text(value: &Tree) -> Option<String> {
    let (text, whole) = statement::beginning(value);
    (whole && !text.contains(dynamic::BEGINNING)).then_some(text)
}

/// A tag has a value, be it an empty one.
fn tags(report: &mut Report<'_>, tags: &Tree) {
    let Tree::List(tags) = tags else { return };
    for tag in tags {
        if let Tree::Map(tag) = tag
            && tag.get("Value").is_some_and(statement::can_be_left_out)
        {
            let key = tag.get("Key").and_then(Tree::as_text).unwrap_or_default();
            report.error(
                format!("the value of the tag `{key}` can be `AWS::NoValue`, and a tag has a value"),
                "give it a value in every case, such as an empty text",
            );
        }
    }
}

/// A node under check, and where findings about it go.
struct Report<'a> {
    model: &'a Model<'a>,
    node: &'a Node<'a>,
    found: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    fn error(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::error(message).help(help));
    }

    fn warning(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::warning(message).help(help));
    }

    fn push(&mut self, found: Diagnostic) {
        let at = found.source().unwrap_or(self.node.at);
        self.found.push(found.at(at).construct(self.model.path(self.node.key)));
    }
}
