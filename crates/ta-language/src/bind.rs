//! Looks up the names of an expression: indicators, their parameters and outputs.
//!
//! A bare word is a column, with three exceptions. Before a dot, or as the whole feature, it is the
//! indicator of that name if there is one; as the value of a parameter it is a word, such as the
//! type of an average. A word in the caller's inputs is the expression given there.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ta_core::{excerpt, find_indicator_meta};

use crate::{
    call::bind_call,
    form::Form,
    meaning::{Call, Kind, Meaning},
    parse::parse,
    place::error_at,
    print::print,
    said::{unknown_name, Said},
    syntax::{BinaryOp, Feature, Literal, Node, Part, Span, UnaryOp},
};

/// The names that expressions can use.
#[derive(Default)]
pub struct Names {
    /// Expressions that bare words stand for.
    pub inputs: Vec<(String, Arc<Meaning>)>,
    /// The missing policy of calls that do not name one.
    pub missing: Option<String>,
    /// The words that were looked up among the inputs.
    pub asked: RefCell<BTreeSet<String>>,
}

impl Names {
    /// What a word stands for.
    pub fn get(&self, word: &str) -> Option<Meaning> {
        self.asked.borrow_mut().insert(word.to_owned());
        let (name, of) = self.inputs.iter().find(|(name, _)| name == word)?;
        Some(Meaning::Input { name: name.clone(), of: Arc::clone(of) })
    }
}

/// A bound expression with its name.
pub struct Bound {
    /// The name that the text gives, else that of the indicator or the text itself.
    pub name: String,
    /// What the expression means.
    pub meaning: Meaning,
    /// Whether the text gave the name.
    pub named: bool,
}

/// Most parts of an expression, with inputs written out.
pub const MAX_PARTS: usize = 10_000;

/// Parses and binds a text.
///
/// # Errors
/// One sentence, with the place in the text where there is one.
pub fn bind(text: &str, names: &Names) -> Result<Bound, Said> {
    let bound = Binder { text, names }.feature(parse(text)?)?;
    let size = bound.meaning.size(&mut HashMap::new());
    if size <= MAX_PARTS {
        return Ok(bound);
    }
    Err(format!(
        "the expression has {size} parts when its inputs are written out, the most is \
         {MAX_PARTS}; compute one of the inputs in a column first"
    )
    .into())
}

/// Binds the names of one text.
pub struct Binder<'a> {
    /// The text, for errors.
    pub text: &'a str,
    /// The names.
    pub names: &'a Names,
}

impl Binder<'_> {
    /// Binds a whole feature; a bare word may be an indicator with default parameters.
    fn feature(&self, Feature { expr, name, .. }: Feature) -> Result<Bound, Said> {
        let meaning = match &expr.part {
            Part::Name(word) => self.word(word, expr.at)?,
            _ => self.bind(&expr)?.settled(Kind::Number),
        };
        let named = name.is_some();
        let name = name.unwrap_or_else(|| default_name(&expr, &meaning));
        Ok(Bound { name, meaning, named })
    }

    /// Binds any part of an expression.
    pub fn bind(&self, node: &Node) -> Result<Meaning, Said> {
        match &node.part {
            Part::Literal(value) => Ok(Meaning::Constant { value: value.clone() }),
            Part::Column(name) => Ok(column(name)),
            Part::Name(name) => Ok(self.names.get(name).unwrap_or_else(|| column(name))),
            Part::Call { name, args } => {
                if let Some(form) = Form::of(name) {
                    return form.bind(self, node.at, args);
                }
                Ok(Meaning::Call(Arc::new(bind_call(self, node.at, name, args)?)))
            }
            Part::Field { of, name } => self.field(node.at, of, name),
            Part::Unary { op, of } => self.unary(*op, of),
            Part::Binary { op, left, right } => self.binary(node, *op, left, right),
        }
    }

    /// Binds an expression that must be one column.
    pub fn single(&self, node: &Node) -> Result<Meaning, Said> {
        let meaning = self.bind(node)?;
        let Some(call) = meaning.several_outputs() else { return Ok(meaning) };
        let outputs: Vec<&str> = call.request.outputs.iter().map(|o| o.name).collect();
        let (id, first, list) = (call.request.id, outputs[0], outputs.join(", "));
        let text = print(node);
        let said = format!("{id} has the outputs {list}; choose one, as in {text}.{first}");
        Err(self.error(node.at, said))
    }

    /// An error at a place of the text.
    pub fn error(&self, at: Span, said: impl Into<Said>) -> Said {
        error_at(self.text, at, said)
    }

    /// A bare word where an indicator is possible.
    fn word(&self, name: &str, at: Span) -> Result<Meaning, Said> {
        if let Some(known) = self.names.get(name) {
            return Ok(known);
        }
        match find_indicator_meta(name) {
            Some(_) => Ok(Meaning::Call(Arc::new(bind_call(self, at, name, &[])?))),
            None => Ok(column(name)),
        }
    }

    fn field(&self, node: Span, inner: &Node, name: &str) -> Result<Meaning, Said> {
        let of = match &inner.part {
            Part::Name(word) => self.word(word, inner.at)?,
            _ => self.bind(inner)?,
        };
        let at = Span { start: inner.at.end, end: node.end };
        match of.plain() {
            Meaning::Column { .. } => {}
            Meaning::Call(call) => self.check_output(call, name, at)?,
            _ => {
                let said = format!("{} has no outputs to choose from", print(inner));
                return Err(self.error(at, said));
            }
        }
        Ok(Meaning::Field { of: Arc::new(of), name: name.to_owned() })
    }

    fn check_output(&self, call: &Call, name: &str, at: Span) -> Result<(), Said> {
        let outputs: Vec<&str> = call.request.outputs.iter().map(|o| o.name).collect();
        let id = call.request.id;
        if outputs.len() < 2 {
            return Err(self.error(at, format!("{id} has one output; leave out .{name}")));
        }
        if outputs.contains(&name) {
            return Ok(());
        }
        let wrong = format!("{id} has no output {}", excerpt(name));
        Err(self.error(at, unknown_name(wrong, name, &outputs, Some("its outputs are"))))
    }

    fn unary(&self, op: UnaryOp, node: &Node) -> Result<Meaning, Said> {
        let wanted = if op == UnaryOp::Minus { Kind::Number } else { Kind::Condition };
        let of = self.operand(node, wanted, op.text())?;
        if let (UnaryOp::Minus, Meaning::Constant { value: Literal::Number(value) }) =
            (op, of.plain())
        {
            return Ok(Meaning::Constant { value: Literal::Number(-value) });
        }
        Ok(Meaning::Unary { op, of: Arc::new(of) })
    }

    fn binary(
        &self,
        node: &Node,
        op: BinaryOp,
        left: &Node,
        right: &Node,
    ) -> Result<Meaning, Said> {
        let (left, right) = if op.is_arithmetic() || op.is_logic() {
            let kind = if op.is_logic() { Kind::Condition } else { Kind::Number };
            (self.operand(left, kind, op.text())?, self.operand(right, kind, op.text())?)
        } else {
            let (left, right) = (self.single(left)?, self.single(right)?);
            let wanted = match [left.kind(), right.kind()].contains(&Kind::Condition) {
                true => Kind::Condition,
                false => Kind::Number,
            };
            let (left, right) = (left.settled(wanted), right.settled(wanted));
            self.check_comparison(node.at, op, left.kind(), right.kind())?;
            (left, right)
        };
        Ok(Meaning::Binary { op, left: Arc::new(left), right: Arc::new(right) })
    }

    fn check_comparison(&self, at: Span, op: BinaryOp, a: Kind, b: Kind) -> Result<(), Said> {
        let op_text = op.text();
        if a != b && a != Kind::Any && b != Kind::Any {
            let said = format!("\"{op_text}\" compares {} with {}", a.text(), b.text());
            return Err(self.error(at, said));
        }
        let equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        if !equality && [a, b].contains(&Kind::Condition) {
            let said = format!("\"{op_text}\" compares conditions; only == and != do");
            return Err(self.error(at, said));
        }
        Ok(())
    }

    /// Binds an operand. Refuses one that is known to be of the wrong kind.
    pub fn operand(&self, node: &Node, wanted: Kind, op: &str) -> Result<Meaning, Said> {
        let meaning = self.single(node)?.settled(wanted);
        self.check_kind(node, meaning.kind(), wanted, op)?;
        Ok(meaning)
    }

    /// Refuses an operand that is known to be of the wrong kind.
    pub fn check_kind(&self, node: &Node, kind: Kind, wanted: Kind, op: &str) -> Result<(), Said> {
        if kind == Kind::Any || kind == wanted {
            return Ok(());
        }
        let hint = match (wanted, kind) {
            (Kind::Condition, Kind::Number) => format!(", as in {} > 0", print(node)),
            _ => String::new(),
        };
        let (needs, is) = (wanted.text(), kind.text());
        Err(self.error(node.at, format!("\"{op}\" needs {needs}{hint}; this is {is}")))
    }
}

fn column(name: &str) -> Meaning {
    Meaning::Column { name: name.to_owned(), usual: false }
}

/// The name of an expression without `as`.
fn default_name(node: &Node, meaning: &Meaning) -> String {
    match (&node.part, meaning.plain()) {
        (_, Meaning::Call(call)) => call.request.name.clone(),
        (Part::Name(name), _) | (_, Meaning::Column { name, .. }) => name.clone(),
        (_, Meaning::Field { of, name }) => format!("{}_{name}", owner_name(of)),
        _ => print(node),
    }
}

fn owner_name(owner: &Meaning) -> &str {
    match owner.plain() {
        Meaning::Call(call) => &call.request.name,
        Meaning::Column { name, .. } => name,
        _ => "",
    }
}
