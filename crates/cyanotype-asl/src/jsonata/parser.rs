//! A parser by operator precedence, after Pratt, as the reference has it.

mod infix;
mod prefix;

use super::{
    MAX_JSONATA_DEPTH,
    ast::{Ast, Kind, Node, NodeId},
    error::{JsonataError, Refused},
    lexer::Lexer,
    token::{Token, Value},
};

/// The tree of an expression, in which literals may still be steps of paths and the like.
pub(super) fn parse(text: &str) -> Result<Ast, Refused> {
    let start = Token { value: Value::End, position: 0 };
    let mut parser = Parser { lexer: Lexer::new(text), next: start, nodes: Vec::new(), depth: 0 };
    parser.advance()?;
    let root = parser.expression(0)?;
    if parser.next.value != Value::End {
        return Err(JsonataError::about("S0201", &parser.next));
    }
    Ok(Ast::new(parser.nodes, root))
}

struct Parser {
    lexer: Lexer,
    /// The token that comes next.
    next: Token,
    nodes: Vec<Node>,
    /// How many expressions are open.
    depth: usize,
}

impl Parser {
    /// An expression up to an operator that binds no stronger than this.
    fn expression(&mut self, power: u8) -> Result<NodeId, Refused> {
        if self.depth >= MAX_JSONATA_DEPTH {
            return Err(JsonataError::at("L0001", self.next.position));
        }
        self.depth += 1;
        let first = self.advance_after_operand()?;
        let mut left = self.prefix(first)?;
        while power < binding_power(&self.next) {
            let operator = self.advance()?;
            left = self.infix(left, operator)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// Takes the next token. If a slash follows, it begins a regular expression.
    fn advance(&mut self) -> Result<Token, Refused> {
        self.read(false)
    }

    /// Takes the next token. If a slash follows, it divides.
    fn advance_after_operand(&mut self) -> Result<Token, Refused> {
        self.read(true)
    }

    fn read(&mut self, after_operand: bool) -> Result<Token, Refused> {
        let next = self.lexer.next(after_operand)?;
        // They end names and are no operators.
        if next.is("!") || next.is("~") {
            return Err(JsonataError::about("S0204", &next));
        }
        Ok(std::mem::replace(&mut self.next, next))
    }

    /// Takes this operator. If a slash follows, it begins a regular expression.
    fn expect(&mut self, operator: &str) -> Result<(), Refused> {
        self.require(operator)?;
        self.advance().map(drop)
    }

    /// Takes this operator, which ends an operand: if a slash follows, it divides.
    fn close(&mut self, operator: &str) -> Result<(), Refused> {
        self.require(operator)?;
        self.advance_after_operand().map(drop)
    }

    fn require(&self, operator: &str) -> Result<(), Refused> {
        if self.next.is(operator) { Ok(()) } else { Err(JsonataError::expected(operator, &self.next)) }
    }

    /// Takes this operator if it comes next.
    fn accept(&mut self, operator: &str) -> Result<bool, Refused> {
        let accepted = self.next.is(operator);
        if accepted {
            self.advance()?;
        }
        Ok(accepted)
    }

    fn add(&mut self, kind: Kind, token: Token) -> NodeId {
        let id = NodeId::next(&self.nodes);
        self.nodes.push(Node { kind, token });
        id
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.number()]
    }
}

/// How strongly a token binds what stands left of it; not at all, if it is no infix operator.
fn binding_power(token: &Token) -> u8 {
    let Value::Operator(operator) = token.value else { return 0 };
    match operator {
        "(" | "[" | "@" | "#" => 80,
        "." => 75,
        "{" => 70,
        "*" | "/" | "%" => 60,
        "+" | "-" | "&" => 50,
        "=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "^" | "~>" | "?:" | "??" => 40,
        "and" => 30,
        "or" => 25,
        "?" => 20,
        ":=" => 10,
        _ => 0,
    }
}
