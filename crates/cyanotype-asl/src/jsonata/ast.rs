//! The tree that the parser makes, flat: nodes name each other by number, so that nothing recurses to free it.

use std::ops::Index;

use super::token::{Token, Value};

/// All nodes of an expression.
#[derive(Debug, Clone)]
pub(super) struct Ast {
    nodes: Vec<Node>,
    root: NodeId,
}

/// The number of a node in its [`Ast`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(usize);

/// One construct of the language, with the token that makes it: the operator of `a + b`, the bracket of `f(x)`.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) token: Token,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A literal, a name, a variable, or the end of the text where an operand should be.
    Leaf,
    /// `?` as an argument.
    Placeholder,
    /// `*`
    Wildcard,
    /// `**`
    Descendant,
    /// `%`
    Parent,
    /// `-a`
    Negate(NodeId),
    /// An operator with two operands that is none of the others.
    Binary(NodeId, NodeId),
    /// `a.b`
    Path(NodeId, NodeId),
    /// `a[b]`
    Filter(NodeId, NodeId),
    /// `a{b: c}`
    Group(NodeId, Vec<NodeId>),
    /// `a^(b)`
    Sort(NodeId, Vec<NodeId>),
    /// `$a := b`
    Bind(NodeId, NodeId),
    /// `a@$b`
    Focus(NodeId, NodeId),
    /// `a#$b`
    Position(NodeId, NodeId),
    /// `a ~> b`
    Apply(NodeId, NodeId),
    /// `a ?: b` and `a ?? b`
    Default(NodeId, NodeId),
    /// `a ? b : c`
    Condition(NodeId, NodeId, Option<NodeId>),
    /// `[a, b]`
    Array(Vec<NodeId>),
    /// `{a: b}`, as keys and values in turn.
    Object(Vec<NodeId>),
    /// `(a; b)`
    Block(Vec<NodeId>),
    /// `a(b)`: the function, the arguments, and whether one of them is left open.
    Call(NodeId, Vec<NodeId>, bool),
    /// `function($a) { b }`: the parameters and the body.
    Lambda(Vec<NodeId>, NodeId),
    /// `|a|b, c|`
    Transform(NodeId, NodeId, Option<NodeId>),
}

impl Ast {
    pub(super) fn new(nodes: Vec<Node>, root: NodeId) -> Self {
        Self { nodes, root }
    }

    pub(super) fn root(&self) -> NodeId {
        self.root
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}

impl Index<NodeId> for Ast {
    type Output = Node;

    fn index(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }
}

impl NodeId {
    /// The number of the node that is added next.
    pub(super) fn next(nodes: &[Node]) -> Self {
        Self(nodes.len())
    }

    pub(super) fn number(self) -> usize {
        self.0
    }
}

impl Node {
    /// The name, if this is a variable.
    pub(super) fn variable(&self) -> Option<&str> {
        match (&self.kind, &self.token.value) {
            (Kind::Leaf, Value::Variable(name)) => Some(name),
            _ => None,
        }
    }

    /// The name, if this names a field; `and`, `or` and `in` do where no operator can be.
    pub(super) fn field(&self) -> Option<&str> {
        match (&self.kind, &self.token.value) {
            (Kind::Leaf, Value::Name(name)) => Some(name),
            (Kind::Leaf, Value::Operator(keyword)) => Some(keyword),
            _ => None,
        }
    }

    /// The nodes of which it is made, in the order of the text.
    pub(super) fn children(&self) -> impl Iterator<Item = NodeId> {
        let (first, second, third, rest): (Option<NodeId>, Option<NodeId>, Option<NodeId>, &[NodeId]) =
            match &self.kind {
                Kind::Leaf | Kind::Placeholder | Kind::Wildcard | Kind::Descendant | Kind::Parent => {
                    (None, None, None, &[])
                }
                Kind::Negate(only) => (Some(*only), None, None, &[]),
                Kind::Binary(left, right)
                | Kind::Path(left, right)
                | Kind::Filter(left, right)
                | Kind::Bind(left, right)
                | Kind::Focus(left, right)
                | Kind::Position(left, right)
                | Kind::Apply(left, right)
                | Kind::Default(left, right) => (Some(*left), Some(*right), None, &[]),
                Kind::Group(left, rest) | Kind::Sort(left, rest) | Kind::Call(left, rest, _) => {
                    (Some(*left), None, None, rest)
                }
                Kind::Condition(first, second, third) | Kind::Transform(first, second, third) => {
                    (Some(*first), Some(*second), *third, &[])
                }
                Kind::Array(rest) | Kind::Object(rest) | Kind::Block(rest) => (None, None, None, rest),
                Kind::Lambda(parameters, body) => (None, None, Some(*body), parameters),
            };
        // A lambda's body is behind its parameters, and nothing else has a third and a list.
        let body = if rest.is_empty() { None } else { third };
        let third = if rest.is_empty() { third } else { None };
        [first, second, third].into_iter().flatten().chain(rest.iter().copied()).chain(body)
    }
}
