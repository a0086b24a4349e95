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

#[cfg(test)]
mod tests {
    use crate::{Jsonata, MAX_JSONATA_DEPTH};

    #[track_caller]
    fn check(expression: &str, expected: Result<(), (&str, usize, &str)>) {
        let verdict = Jsonata::parse(expression).map(drop);
        let verdict = verdict.as_ref().map_err(|error| (error.code, error.position, error.message.as_str()));
        assert_eq!(verdict.copied(), expected, "{expression}");
    }

    #[test]
    fn brackets_must_be_closed_by_their_own_kind() {
        check("[1,2)", Err(("S0202", 5, r#"Expected "]", got ")""#)));
        check("(1", Err(("S0203", 2, r#"Expected ")" before end of expression"#)));
        check("{'a' 1}", Err(("S0202", 6, r#"Expected ":", got 1"#)));
    }

    #[test]
    fn an_expression_ends_where_no_operator_follows() {
        check("a b", Err(("S0201", 3, r#"Syntax error: "b""#)));
        check("a ** b", Err(("S0201", 4, r#"Syntax error: "**""#)));
        check("a)", Err(("S0201", 2, r#"Syntax error: ")""#)));
    }

    #[test]
    fn not_every_operator_begins_an_expression() {
        check("+1", Err(("S0211", 1, r#"The symbol "+" cannot be used as a unary operator"#)));
        check("(/a/)", Err(("S0211", 2, r#"The symbol "/" cannot be used as a unary operator"#)));
        check("!a", Err(("S0204", 1, r#"Unknown operator: "!""#)));
    }

    #[test]
    fn keywords_are_names_where_no_operator_can_be() {
        check("and.or[in = 1]", Ok(()));
        check("and and and", Ok(()));
    }

    #[test]
    fn only_variables_are_bound() {
        let bound = "The left side of := must be a variable name (start with $)";
        check("a := 1", Err(("S0212", 1, bound)));
        check("$a := $b := 1", Ok(()));
        check("a@b", Err(("S0214", 3, r#"The right side of "@" must be a variable name (start with $)"#)));
        check("a#1", Err(("S0214", 3, r##"The right side of "#" must be a variable name (start with $)"##)));
    }

    #[test]
    fn functions_have_variables_as_parameters() {
        let parameter = "Parameter 2 of function definition must be a variable name (start with $)";
        check("function($a, b){ 1 }", Err(("S0208", 14, parameter)));
        check("λ($a)<s-:n>{ $a }", Ok(()));
        let types = "Type parameters can only be applied to functions and arrays";
        check("function($a)<n<n>>{ 1 }", Err(("S0401", 15, types)));
        check("function($a)<n{ 1 }", Err(("S0202", 15, r#"Expected ">", got "{""#)));
    }

    #[test]
    fn all_operators_are_known() {
        check("$a ? b : c ?: d ?? e and f or g in h & i ~> $j", Ok(()));
        check("a.*.**[]@$f#$g^(<b, >c){d: e}", Ok(()));
        check("$f(?, 1) ~> |a|{'b': 1}, ['c']|", Ok(()));
        check("[1..3, -a % b * c / d]", Ok(()));
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth| "(".repeat(depth) + "1" + &")".repeat(depth);
        check(&nested(MAX_JSONATA_DEPTH - 1), Ok(()));
        let message = "The expression is nested deeper than 200";
        check(&nested(MAX_JSONATA_DEPTH), Err(("L0001", MAX_JSONATA_DEPTH + 1, message)));
    }
}
