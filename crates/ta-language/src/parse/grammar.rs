//! The rules of the grammar. A rule gives nothing, at the place where it began, if its text does
//! not stand there; an error ends the parsing.

use super::{reader::Reader, MAX_DEPTH};
use crate::{
    said::Said,
    syntax::{Argument, BinaryOp, Feature, Literal, Node, Part, Span, UnaryOp},
};

/// What is wrong in a text, and where.
pub struct Wrong {
    pub at: Span,
    pub said: Said,
}

/// What a rule finds.
pub type Found<T> = Result<Option<T>, Wrong>;

/// The rules over one text.
pub struct Grammar<'t> {
    pub reader: Reader<'t>,
    depth: usize,
}

/// Signs of comparisons, longer ones first.
const COMPARISONS: [(&str, BinaryOp); 6] = [
    ("<=", BinaryOp::LessOrEqual),
    (">=", BinaryOp::GreaterOrEqual),
    ("==", BinaryOp::Equal),
    ("!=", BinaryOp::NotEqual),
    ("<", BinaryOp::Less),
    (">", BinaryOp::Greater),
];

/// Signs of other languages, and what is written instead.
const FOREIGN: [(&str, &str); 6] =
    [("=", "==, to compare"), ("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or"), ("^", "**")];

const OPERATOR: &str = "an operator";

impl<'t> Grammar<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { reader: Reader::new(text), depth: 0 }
    }

    pub fn feature(&mut self) -> Found<Feature> {
        self.reader.space();
        let found = self.named()?;
        self.reader.space();
        Ok(found)
    }

    pub fn list(&mut self) -> Found<Vec<Feature>> {
        self.reader.space();
        let Some(first) = self.named()? else { return Ok(None) };
        self.reader.space();
        let mut all = vec![first];
        while self.reader.sign(",") {
            self.reader.space();
            let Some(next) = self.named()? else { break };
            all.push(next);
            self.reader.space();
        }
        Ok(Some(all))
    }

    /// An expression, perhaps with `as`.
    fn named(&mut self) -> Found<Feature> {
        let start = self.reader.at();
        let Some(expr) = self.or()? else { return Ok(None) };
        let end = self.reader.at();
        self.reader.space();
        let name = if self.reader.pass_word("as") {
            self.reader.space();
            self.label()
        } else {
            self.reader.wanted("as");
            None
        };
        if name.is_none() {
            self.reader.back_to(end);
        }
        Ok(Some(Feature { expr, name, at: self.since(start) }))
    }

    fn label(&mut self) -> Option<String> {
        let bare = self.reader.identifier().map(str::to_owned);
        bare.or_else(|| self.reader.backticked()).or_else(|| self.reader.string())
    }

    fn or(&mut self) -> Found<Node> {
        let sign = |grammar: &mut Self| Ok(grammar.operator_word("or").then_some(BinaryOp::Or));
        self.chain(sign, Self::and)
    }

    fn and(&mut self) -> Found<Node> {
        let sign = |grammar: &mut Self| Ok(grammar.operator_word("and").then_some(BinaryOp::And));
        self.chain(sign, Self::not)
    }

    fn operator_word(&mut self, word: &str) -> bool {
        let there = self.reader.pass_word(word);
        if !there {
            self.reader.wanted(OPERATOR);
        }
        there
    }

    fn not(&mut self) -> Found<Node> {
        let start = self.reader.at();
        if self.reader.pass_word("not") {
            self.reader.space();
            return self.unary(start, UnaryOp::Not, Self::not);
        }
        self.reader.wanted("a value");
        if self.reader.pass("!") {
            return Err(self.wrong(start, "\"!\" is written not"));
        }
        self.reader.wanted("a value");
        self.comparison()
    }

    fn comparison(&mut self) -> Found<Node> {
        let start = self.reader.at();
        let Some(mut left) = self.sum()? else { return Ok(None) };
        let mut end = self.reader.at();
        self.reader.space();
        if let Some(op) = self.comparison_sign()? {
            self.reader.space();
            if let Some(right) = self.sum()? {
                end = self.reader.at();
                left = self.joined(start, left, vec![(op, right)])?;
                self.reader.space();
                let chained = self.reader.at();
                if self.comparison_sign()?.is_some() {
                    let said = "comparisons do not chain: join them with and";
                    return Err(self.wrong(chained, said));
                }
            }
        }
        self.reader.back_to(end);
        self.reader.space();
        self.foreign()?;
        self.reader.back_to(end);
        Ok(Some(left))
    }

    fn comparison_sign(&mut self) -> Found<BinaryOp> {
        let start = self.reader.at();
        if self.reader.pass("<>") {
            return Err(self.wrong(start, "\"<>\" is written !="));
        }
        let found = COMPARISONS.iter().find(|(sign, _)| self.reader.pass(sign));
        if found.is_none() {
            self.reader.wanted(OPERATOR);
        }
        Ok(found.map(|(_, op)| *op))
    }

    /// Refuses operators of other languages with a helpful error.
    fn foreign(&mut self) -> Result<(), Wrong> {
        let start = self.reader.at();
        if let Some((sign, written)) = FOREIGN.iter().find(|(sign, _)| self.reader.pass(sign)) {
            return Err(self.wrong(start, format!("\"{sign}\" is written {written}")));
        }
        if let Some(word) = ["AND", "OR", "NOT"].into_iter().find(|w| self.reader.pass_word(w)) {
            return Err(self.wrong(start, format!("{word} is written {}", word.to_lowercase())));
        }
        self.reader.wanted(OPERATOR);
        Ok(())
    }

    fn sum(&mut self) -> Found<Node> {
        let sign = |grammar: &mut Self| {
            let found = match () {
                () if grammar.reader.pass("+") => Some(BinaryOp::Plus),
                () if grammar.reader.pass("-") => Some(BinaryOp::Minus),
                () => None,
            };
            if found.is_none() {
                grammar.reader.wanted(OPERATOR);
            }
            Ok(found)
        };
        self.chain(sign, Self::product)
    }

    fn product(&mut self) -> Found<Node> {
        self.chain(Self::product_sign, Self::minus)
    }

    fn product_sign(&mut self) -> Found<BinaryOp> {
        let start = self.reader.at();
        if self.reader.pass("//") {
            return Err(self.wrong(start, "there is no \"//\""));
        }
        let found = match () {
            () if self.reader.rest().starts_with("**") => None,
            () if self.reader.pass("*") => Some(BinaryOp::Times),
            () if self.reader.pass("/") => Some(BinaryOp::Over),
            () if self.reader.pass("%") => Some(BinaryOp::Modulo),
            () => None,
        };
        if found.is_none() {
            self.reader.wanted(OPERATOR);
        }
        Ok(found)
    }

    fn minus(&mut self) -> Found<Node> {
        let start = self.reader.at();
        if self.reader.sign("-") {
            self.reader.space();
            return self.unary(start, UnaryOp::Minus, Self::minus);
        }
        self.power()
    }

    fn unary(
        &mut self,
        start: usize,
        op: UnaryOp,
        operand: impl FnOnce(&mut Self) -> Found<Node>,
    ) -> Found<Node> {
        self.enter()?;
        let Some(of) = operand(self)? else {
            self.reader.back_to(start);
            return Ok(None);
        };
        self.leave();
        Ok(Some(Node { at: self.since(start), part: Part::Unary { op, of: Box::new(of) } }))
    }

    fn power(&mut self) -> Found<Node> {
        let start = self.reader.at();
        let Some(base) = self.postfix()? else { return Ok(None) };
        let end = self.reader.at();
        self.reader.space();
        if self.reader.pass("**") {
            self.reader.space();
            self.enter()?;
            if let Some(exponent) = self.minus()? {
                self.leave();
                return self.joined(start, base, vec![(BinaryOp::Power, exponent)]).map(Some);
            }
        } else {
            self.reader.wanted(OPERATOR);
        }
        self.reader.back_to(end);
        Ok(Some(base))
    }

    fn postfix(&mut self) -> Found<Node> {
        let start = self.reader.at();
        let Some(mut node) = self.primary()? else { return Ok(None) };
        let mut fields = Vec::new();
        let mut end = self.reader.at();
        loop {
            self.reader.space();
            if !self.reader.pass(".") {
                self.reader.wanted(OPERATOR);
                break;
            }
            self.reader.space();
            let bare = self.reader.identifier().map(str::to_owned);
            let Some(name) = bare.or_else(|| self.reader.backticked()) else { break };
            end = self.reader.at();
            fields.push((name, end));
        }
        self.reader.back_to(end);
        if fields.len() > MAX_DEPTH {
            return Err(self.wrong(start, format!("more than {MAX_DEPTH} fields in a row")));
        }
        for (name, end) in fields {
            let at = Span { start: node.at.start, end };
            node = Node { at, part: Part::Field { of: Box::new(node), name } };
        }
        Ok(Some(node))
    }

    fn primary(&mut self) -> Found<Node> {
        let start = self.reader.at();
        if let Some(part) = self.value()? {
            return Ok(Some(Node { at: self.since(start), part }));
        }
        if !self.reader.sign("(") {
            return Ok(None);
        }
        self.reader.space();
        self.enter()?;
        if let Some(inner) = self.or()? {
            self.reader.space();
            if self.reader.sign(")") {
                self.leave();
                return Ok(Some(Node { at: self.since(start), ..inner }));
            }
        }
        self.reader.back_to(start);
        Ok(None)
    }

    fn value(&mut self) -> Found<Part> {
        let start = self.reader.at();
        if let Some(digits) = self.reader.number() {
            let value: f64 = digits.parse().unwrap_or(f64::INFINITY);
            if value.is_infinite() {
                return Err(self.wrong(start, format!("{digits} is too large for a number")));
            }
            return Ok(Some(Part::Literal(Literal::Number(value))));
        }
        if let Some(text) = self.reader.string() {
            return Ok(Some(Part::Literal(Literal::Text(text))));
        }
        if let Some(name) = self.reader.backticked().or_else(|| self.column()) {
            return Ok(Some(Part::Column(name)));
        }
        for (word, flag) in [("true", true), ("false", false)] {
            if self.reader.pass_word(word) {
                return Ok(Some(Part::Literal(Literal::Flag(flag))));
            }
        }
        self.reader.wanted("a value");
        if let Some(call) = self.call()? {
            return Ok(Some(call));
        }
        Ok(self.reader.identifier().map(|name| Part::Name(name.to_owned())))
    }

    /// `col("...")`
    fn column(&mut self) -> Option<String> {
        let start = self.reader.at();
        if !self.reader.pass("col") {
            self.reader.wanted("a value");
            return None;
        }
        self.reader.space();
        if self.reader.sign("(") {
            self.reader.space();
            if let Some(name) = self.reader.string() {
                self.reader.space();
                if self.reader.sign(")") {
                    return Some(name);
                }
            }
        }
        self.reader.back_to(start);
        None
    }

    fn call(&mut self) -> Found<Part> {
        let start = self.reader.at();
        if let Some(name) = self.reader.identifier() {
            self.reader.space();
            if self.reader.sign("(") {
                self.reader.space();
                self.enter()?;
                let args = self.arguments()?;
                if self.reader.sign(")") {
                    self.leave();
                    return Ok(Some(Part::Call { name: name.to_owned(), args }));
                }
            }
        }
        self.reader.back_to(start);
        Ok(None)
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, Wrong> {
        let mut all = Vec::new();
        while let Some(argument) = self.argument()? {
            all.push(argument);
            self.reader.space();
            if !self.reader.sign(",") {
                break;
            }
            self.reader.space();
        }
        Ok(all)
    }

    fn argument(&mut self) -> Found<Argument> {
        let start = self.reader.at();
        if let Some(name) = self.reader.identifier() {
            self.reader.space();
            if self.assigned() {
                self.reader.space();
                if let Some(value) = self.or()? {
                    let name = Some(name.to_owned());
                    return Ok(Some(Argument { name, value, at: self.since(start) }));
                }
            }
            self.reader.back_to(start);
        }
        let value = self.or()?;
        Ok(value.map(|value| Argument { name: None, value, at: self.since(start) }))
    }

    fn assigned(&mut self) -> bool {
        if self.reader.rest().starts_with("==") {
            self.reader.wanted(":");
            return false;
        }
        self.reader.sign("=") || self.reader.sign(":")
    }

    /// Operands with operators of one strength between them, grouped from the left.
    fn chain(
        &mut self,
        mut sign: impl FnMut(&mut Self) -> Found<BinaryOp>,
        mut operand: impl FnMut(&mut Self) -> Found<Node>,
    ) -> Found<Node> {
        let start = self.reader.at();
        let Some(first) = operand(self)? else { return Ok(None) };
        let mut rest = Vec::new();
        let mut end = self.reader.at();
        loop {
            self.reader.space();
            let Some(op) = sign(self)? else { break };
            self.reader.space();
            let Some(next) = operand(self)? else { break };
            rest.push((op, next));
            end = self.reader.at();
        }
        self.reader.back_to(end);
        self.joined(start, first, rest).map(Some)
    }

    fn joined(
        &self,
        start: usize,
        first: Node,
        rest: Vec<(BinaryOp, Node)>,
    ) -> Result<Node, Wrong> {
        if rest.len() > MAX_DEPTH {
            return Err(self.wrong(start, format!("more than {MAX_DEPTH} operators in a row")));
        }
        Ok(rest.into_iter().fold(first, |left, (op, right)| {
            let at = Span { start: left.at.start, end: right.at.end };
            let (left, right) = (Box::new(left), Box::new(right));
            Node { at, part: Part::Binary { op, left, right } }
        }))
    }

    /// Begins a level of nesting; their number is limited, so that no text can exhaust the stack.
    fn enter(&mut self) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let here = self.reader.at();
            return Err(self.wrong(here, format!("more than {MAX_DEPTH} levels of nesting")));
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    fn since(&self, start: usize) -> Span {
        Span { start, end: self.reader.at() }
    }

    fn wrong(&self, start: usize, said: impl Into<Said>) -> Wrong {
        Wrong { at: self.since(start), said: said.into() }
    }
}
