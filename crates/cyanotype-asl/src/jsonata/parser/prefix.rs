//! What begins with its token.

use super::{JsonataError, Kind, NodeId, Parser, Refused, Token, Value};

impl Parser {
    /// What the token begins, when it is taken.
    pub(super) fn prefix(&mut self, token: Token) -> Result<NodeId, Refused> {
        let Value::Operator(operator) = token.value else {
            return Ok(self.add(Kind::Leaf, token));
        };
        let kind = match operator {
            // They are names where no operator can be.
            "and" | "or" | "in" => Kind::Leaf,
            "*" => Kind::Wildcard,
            "**" => Kind::Descendant,
            "%" => Kind::Parent,
            "-" => Kind::Negate(self.expression(70)?),
            "(" => self.block()?,
            "[" => self.array()?,
            "{" => Kind::Object(self.pairs()?),
            "|" => self.transform()?,
            _ => return Err(JsonataError::about("S0211", &token)),
        };
        Ok(self.add(kind, token))
    }

    fn block(&mut self) -> Result<Kind, Refused> {
        let mut expressions = Vec::new();
        while !self.next.is(")") {
            expressions.push(self.expression(0)?);
            if !self.accept(";")? {
                break;
            }
        }
        self.close(")")?;
        Ok(Kind::Block(expressions))
    }

    fn array(&mut self) -> Result<Kind, Refused> {
        let mut items = Vec::new();
        if !self.next.is("]") {
            loop {
                let mut item = self.expression(0)?;
                if self.next.is("..") {
                    let range = self.advance()?;
                    let end = self.expression(0)?;
                    item = self.add(Kind::Binary(item, end), range);
                }
                items.push(item);
                if !self.accept(",")? {
                    break;
                }
            }
        }
        self.close("]")?;
        Ok(Kind::Array(items))
    }

    /// The keys and values up to the `}`, in turn.
    pub(super) fn pairs(&mut self) -> Result<Vec<NodeId>, Refused> {
        let mut pairs = Vec::new();
        if !self.next.is("}") {
            loop {
                pairs.push(self.expression(0)?);
                self.expect(":")?;
                pairs.push(self.expression(0)?);
                if !self.accept(",")? {
                    break;
                }
            }
        }
        self.close("}")?;
        Ok(pairs)
    }

    fn transform(&mut self) -> Result<Kind, Refused> {
        let pattern = self.expression(0)?;
        self.expect("|")?;
        let update = self.expression(0)?;
        let delete = if self.accept(",")? { Some(self.expression(0)?) } else { None };
        self.expect("|")?;
        Ok(Kind::Transform(pattern, update, delete))
    }
}
