//! What the reference refuses when the text is read: it makes steps of paths, and not everything can be one.

use super::{
    ancestry::{Ancestry, Made, MadeId, Shape},
    ast::{Ast, Kind, NodeId},
    error::{JsonataError, Refused},
    token::Value,
};

/// Looks at every node after those of which it is made, in the order of the reference: the first error counts.
pub(super) fn check(ast: &Ast) -> Result<(), Refused> {
    let mut check = Check { ast, of: vec![MadeId::default(); ast.len()], ancestry: Ancestry::default() };
    // A list, since chains of operators are as deep as they are long.
    let mut work = vec![Work::Enter(ast.root())];
    while let Some(next) = work.pop() {
        match next {
            Work::Enter(id) => {
                let start = work.len();
                check.enter(id, &mut work);
                work[start..].reverse();
            }
            Work::NotGrouped(id) => check.not_grouped(id)?,
            Work::Finish(id) => check.of[id.number()] = check.finish(id)?,
        }
    }
    let root = check.made(ast.root());
    check.ancestry.all_found(root)
}

enum Work {
    /// Do what a node is made of, then the node.
    Enter(NodeId),
    /// See whether what stands to the left of a bracket may have one.
    NotGrouped(NodeId),
    /// Do the node itself.
    Finish(NodeId),
}

struct Check<'a> {
    ast: &'a Ast,
    /// What became of each node.
    of: Vec<MadeId>,
    ancestry: Ancestry,
}

impl Check<'_> {
    /// What there is to do for a node, in order.
    fn enter(&self, id: NodeId, work: &mut Vec<Work>) {
        match &self.ast[id].kind {
            Kind::Filter(left, right) => {
                work.extend([Work::Enter(*left), Work::NotGrouped(id), Work::Enter(*right)]);
            }
            Kind::Group(left, pairs) => {
                work.extend([Work::Enter(*left), Work::NotGrouped(id)]);
                work.extend(pairs.iter().copied().map(Work::Enter));
            }
            // The reference does the arguments first.
            Kind::Call(function, arguments, _) => {
                work.extend(arguments.iter().chain([function]).copied().map(Work::Enter));
            }
            Kind::Focus(left, _) | Kind::Position(left, _) => work.push(Work::Enter(*left)),
            Kind::Lambda(_, body) => work.push(Work::Enter(*body)),
            _ => work.extend(self.ast[id].children().map(Work::Enter)),
        }
        work.push(Work::Finish(id));
    }

    fn made(&self, id: NodeId) -> MadeId {
        self.of[id.number()]
    }

    /// Where the token of a node is.
    fn position(&self, id: NodeId) -> usize {
        self.ast[id].token.position
    }

    fn not_grouped(&self, id: NodeId) -> Result<(), Refused> {
        let (made, code) = match &self.ast[id].kind {
            Kind::Filter(left, _) => (self.ancestry.last_step(self.made(*left)), "S0209"),
            Kind::Group(left, _) => (self.made(*left), "S0210"),
            _ => return Ok(()),
        };
        if self.ancestry[made].is_grouped {
            return Err(JsonataError::at(code, self.position(id)));
        }
        Ok(())
    }

    fn finish(&mut self, id: NodeId) -> Result<MadeId, Refused> {
        let node = &self.ast[id];
        Ok(match &node.kind {
            Kind::Leaf => return self.leaf(id),
            Kind::Placeholder => self.add(id, Shape::Other("operator")),
            Kind::Wildcard => self.add(id, Shape::Wildcard),
            Kind::Descendant => self.add(id, Shape::Other("descendant")),
            Kind::Parent => self.ancestry.parent(node.token.position),
            Kind::Negate(operand) => {
                let operand = self.made(*operand);
                if let Shape::Literal(Value::Number(number)) = &mut self.ancestry[operand].shape {
                    *number = -*number;
                    return Ok(operand);
                }
                self.over(id, "unary", [operand])
            }
            Kind::Path(left, right) => return self.path(*left, *right),
            Kind::Filter(left, predicate) => {
                let left = self.made(*left);
                let step = self.ancestry.last_step(left);
                self.ancestry.filter(step, self.made(*predicate))?;
                left
            }
            Kind::Group(left, _) => {
                let left = self.made(*left);
                self.ancestry[left].is_grouped = true;
                left
            }
            Kind::Sort(left, terms) => {
                let path = self.path_of(*left);
                let terms: Vec<_> = terms.iter().map(|term| self.made(*term)).collect();
                let sort = self.add(id, Shape::Sort);
                terms.into_iter().for_each(|term| self.ancestry.pass_on(term, sort));
                self.ancestry.push_step(path, sort);
                self.ancestry.resolve(path)?;
                path
            }
            Kind::Focus(left, variable) => self.focus(id, *left, *variable)?,
            Kind::Position(left, _) => self.path_of(*left),
            Kind::Bind(_, right) => self.over(id, "bind", [self.made(*right)]),
            Kind::Apply(..) => self.add(id, Shape::Other("apply")),
            Kind::Transform(..) => self.add(id, Shape::Other("transform")),
            Kind::Lambda(..) => self.add(id, Shape::Other("lambda")),
            Kind::Binary(..) => self.over_children(id, "binary"),
            Kind::Default(..) | Kind::Condition(..) => self.over_children(id, "condition"),
            Kind::Array(_) | Kind::Object(_) => self.over_children(id, "unary"),
            Kind::Call(_, arguments, is_partial) => {
                let arguments: Vec<_> = arguments.iter().map(|argument| self.made(*argument)).collect();
                self.over(id, if *is_partial { "partial" } else { "function" }, arguments)
            }
            Kind::Block(expressions) => {
                let last = expressions.last().map(|last| self.made(*last));
                let block = self.over_children(id, "block");
                self.ancestry[block].shape = Shape::Block(last);
                block
            }
        })
    }

    fn leaf(&mut self, id: NodeId) -> Result<MadeId, Refused> {
        let token = &self.ast[id].token;
        Ok(match &token.value {
            Value::End => return Err(JsonataError::about("S0207", token)),
            Value::Name(_) | Value::Operator(_) => {
                let name = self.add(id, Shape::Name);
                self.ancestry.path(name)
            }
            Value::Variable(_) => self.add(id, Shape::Other("variable")),
            Value::Regex => self.add(id, Shape::Other("regex")),
            literal => self.add(id, Shape::Literal(literal.clone())),
        })
    }

    fn path(&mut self, left: NodeId, right: NodeId) -> Result<MadeId, Refused> {
        let path = self.path_of(left);
        if let Shape::Parent(slot) = self.ancestry[self.made(left)].shape {
            self.ancestry[path].sought = Some([slot].into());
        }
        let rest = self.made(right);
        if let Shape::Path { steps, .. } = &mut self.ancestry[rest].shape {
            let steps = std::mem::take(steps);
            steps.into_iter().for_each(|step| self.ancestry.push_step(path, step));
        } else {
            self.ancestry.push_step(path, rest);
        }
        self.ancestry.name_steps(path)?;
        self.ancestry.resolve(path)?;
        Ok(path)
    }

    fn focus(&mut self, id: NodeId, left: NodeId, variable: NodeId) -> Result<MadeId, Refused> {
        let left = self.made(left);
        let step = self.ancestry.last_step(left);
        let made = &mut self.ancestry[step];
        if made.is_filtered {
            return Err(JsonataError::at("S0215", self.ast[id].token.position));
        }
        if matches!(made.shape, Shape::Sort) {
            return Err(JsonataError::at("S0216", self.ast[id].token.position));
        }
        // To the reference `$` is no name.
        made.has_focus = self.ast[variable].variable().is_some_and(|name| !name.is_empty());
        Ok(left)
    }

    /// What a node became, as a path.
    fn path_of(&mut self, id: NodeId) -> MadeId {
        let made = self.made(id);
        if matches!(self.ancestry[made].shape, Shape::Path { .. }) { made } else { self.ancestry.path(made) }
    }

    fn add(&mut self, id: NodeId, shape: Shape) -> MadeId {
        self.ancestry.add(Made::new(shape, Some(self.position(id))))
    }

    /// A node that is about whatever its children are about.
    fn over_children(&mut self, id: NodeId, name: &'static str) -> MadeId {
        let children: Vec<_> = self.ast[id].children().map(|child| self.made(child)).collect();
        self.over(id, name, children)
    }

    fn over(&mut self, id: NodeId, name: &'static str, parts: impl IntoIterator<Item = MadeId>) -> MadeId {
        let made = self.add(id, Shape::Other(name));
        parts.into_iter().for_each(|part| self.ancestry.pass_on(part, made));
        made
    }
}

#[cfg(test)]
mod tests {
    use crate::Jsonata;

    #[track_caller]
    fn check(expression: &str, code: &str, position: usize, token: Option<&str>) {
        let error = Jsonata::parse(expression).unwrap_err();
        assert_eq!(
            (error.code, error.position, error.token.as_deref()),
            (code, position, token),
            "{expression}"
        );
    }

    #[track_caller]
    fn accepted(expression: &str) {
        if let Err(error) = Jsonata::parse(expression) {
            unreachable!("{expression}: {error:?}");
        }
    }

    #[test]
    fn an_operand_must_not_be_missing() {
        check("", "S0207", 0, Some("(end)"));
        check(" 420. ", "S0207", 6, Some("(end)"));
    }

    #[test]
    fn steps_may_be_strings_but_no_other_literals() {
        accepted("'a'.'b'");
        check("a.1", "S0213", 3, None);
        check("-5.a", "S0213", 2, None);
        check("true.a", "S0213", 4, None);
        accepted("(5).a");
    }

    #[test]
    fn a_step_is_grouped_once_and_last() {
        check("$a{b: c}{d: e}", "S0210", 9, None);
        check("$a{b: c}[0]", "S0209", 9, None);
        accepted("$a[0]{b: c}");
    }

    #[test]
    fn the_context_is_bound_before_it_is_filtered_or_sorted() {
        check("a[0]@$b", "S0215", 5, None);
        check("a^(b)@$c", "S0216", 6, None);
        accepted("a@$b[0]");
    }

    #[test]
    fn a_parent_must_be_in_the_expression() {
        accepted("a.b.%");
        accepted("a.b[%.c = 1]");
        accepted("a.b.%.%");
        accepted("a.(b; c.%.%)");
        check("%", "S0217", 1, Some("parent"));
        check("a.%.%", "S0217", 5, Some("path"));
        check("1 + %", "S0217", 3, Some("binary"));
        check("$x.%", "S0217", 2, Some("variable"));
    }

    #[test]
    fn the_first_error_in_the_order_of_the_reference_counts() {
        // Arguments are looked at before what is called.
        check("(1.a)(2.b)", "S0213", 7, None);
        // A syntax error comes before all of these, wherever it is.
        check("1.a + ]", "S0211", 7, Some("]"));
    }
}
