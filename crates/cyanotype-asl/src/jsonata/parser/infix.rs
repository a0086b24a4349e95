//! What has something to the left of its token.

use super::{JsonataError, Kind, NodeId, Parser, Refused, Token, Value, binding_power};
use crate::jsonata::signature;

impl Parser {
    /// What the operator makes of what stands left of it, when it is taken.
    pub(super) fn infix(&mut self, left: NodeId, token: Token) -> Result<NodeId, Refused> {
        let power = binding_power(&token);
        let Value::Operator(operator) = token.value else {
            return Err(JsonataError::about("S0201", &token));
        };
        let kind = match operator {
            "(" => self.call(left)?,
            "[" if self.next.is("]") => {
                // It keeps an array of one item an array, and is no node.
                self.expect("]")?;
                return Ok(left);
            }
            "[" => {
                let predicate = self.expression(0)?;
                self.close("]")?;
                Kind::Filter(left, predicate)
            }
            "{" => Kind::Group(left, self.pairs()?),
            "^" => Kind::Sort(left, self.terms()?),
            "?" => self.condition(left)?,
            "?:" | "??" => Kind::Default(left, self.expression(0)?),
            ":=" => {
                if self.node(left).variable().is_none() {
                    return Err(JsonataError::about("S0212", &self.node(left).token));
                }
                // It groups to the right.
                Kind::Bind(left, self.expression(power - 1)?)
            }
            "@" => Kind::Focus(left, self.bound_variable(power, operator)?),
            "#" => Kind::Position(left, self.bound_variable(power, operator)?),
            "." => Kind::Path(left, self.expression(power)?),
            "~>" => Kind::Apply(left, self.expression(power)?),
            _ => Kind::Binary(left, self.expression(power)?),
        };
        Ok(self.add(kind, token))
    }

    fn condition(&mut self, condition: NodeId) -> Result<Kind, Refused> {
        let then = self.expression(0)?;
        let otherwise = if self.accept(":")? { Some(self.expression(0)?) } else { None };
        Ok(Kind::Condition(condition, then, otherwise))
    }

    fn bound_variable(&mut self, power: u8, operator: &str) -> Result<NodeId, Refused> {
        let right = self.expression(power)?;
        let node = self.node(right);
        if node.variable().is_none() {
            return Err(JsonataError::piece("S0214", node.token.position, operator.into()));
        }
        Ok(right)
    }

    /// The terms of an order, each with its direction.
    fn terms(&mut self) -> Result<Vec<NodeId>, Refused> {
        self.expect("(")?;
        let mut terms = Vec::new();
        loop {
            if !self.accept("<")? {
                self.accept(">")?;
            }
            terms.push(self.expression(0)?);
            if !self.accept(",")? {
                break;
            }
        }
        self.expect(")")?;
        Ok(terms)
    }

    fn call(&mut self, function: NodeId) -> Result<Kind, Refused> {
        let mut arguments = Vec::new();
        let mut is_partial = false;
        if !self.next.is(")") {
            loop {
                if self.next.is("?") {
                    is_partial = true;
                    let placeholder = self.advance()?;
                    arguments.push(self.add(Kind::Placeholder, placeholder));
                } else {
                    arguments.push(self.expression(0)?);
                }
                if !self.accept(",")? {
                    break;
                }
            }
        }
        self.close(")")?;
        match &self.node(function).token.value {
            Value::Name(name) if matches!(name.as_str(), "function" | "λ") && self.is_leaf(function) => {
                self.lambda(arguments)
            }
            _ => Ok(Kind::Call(function, arguments, is_partial)),
        }
    }

    fn is_leaf(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, Kind::Leaf)
    }

    /// The rest of a function's definition, behind its parameters.
    fn lambda(&mut self, parameters: Vec<NodeId>) -> Result<Kind, Refused> {
        for (at, parameter) in parameters.iter().enumerate() {
            let node = self.node(*parameter);
            if node.variable().is_none() {
                return Err(JsonataError::parameter(at + 1, &node.token));
            }
        }
        if self.next.is("<") {
            self.signature()?;
        }
        self.expect("{")?;
        let body = self.expression(0)?;
        self.expect("}")?;
        Ok(Kind::Lambda(parameters, body))
    }

    /// A signature such as `<s-n:b>`. The reference joins its tokens without the space between them.
    fn signature(&mut self) -> Result<(), Refused> {
        let start = self.next.position;
        let mut text = String::from("<");
        let mut depth = 1_usize;
        while depth > 0 && !self.next.is("{") && self.next.value != Value::End {
            self.advance()?;
            if self.next.is(">") {
                depth -= 1;
            } else if self.next.is("<") {
                depth += 1;
            }
            text.push_str(&self.next.value.text());
        }
        self.expect(">")?;
        signature::check(&text).map_err(|(code, offset)| JsonataError::at(code, start + offset))
    }
}
