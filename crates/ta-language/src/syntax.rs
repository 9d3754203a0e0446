//! The syntax tree of an expression, before names are looked up.

/// A range of a text in bytes; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// An operator with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `not`
    Not,
}

impl UnaryOp {
    /// The operator as it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Minus => "-",
            Self::Not => "not",
        }
    }
}

/// An operator with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Modulo,
    /// `**`
    Power,
}

impl BinaryOp {
    /// All operators.
    pub const ALL: [Self; 14] = [
        Self::Or,
        Self::And,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Equal,
        Self::NotEqual,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Over,
        Self::Modulo,
        Self::Power,
    ];

    /// The operator as it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Modulo => "%",
            Self::Power => "**",
        }
    }

    /// Whether both operands and the result are numbers.
    pub fn is_arithmetic(self) -> bool {
        matches!(
            self,
            Self::Plus | Self::Minus | Self::Times | Self::Over | Self::Modulo | Self::Power
        )
    }

    /// Whether both operands and the result are conditions.
    pub fn is_logic(self) -> bool {
        matches!(self, Self::Or | Self::And)
    }
}

/// A number, a text or a condition that stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number; never infinite.
    Number(f64),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
}

/// An argument of a call; positional if it has no name.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: Option<String>,
    /// Its value.
    pub value: Node,
    /// Where it stands.
    pub at: Span,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands, parentheses included.
    pub at: Span,
    /// What it is.
    pub part: Part,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A constant.
    Literal(Literal),
    /// A bare word: a column, an indicator or a parameter's value, depending on its position.
    Name(String),
    /// A column in backticks or `col("...")`.
    Column(String),
    /// A call.
    Call {
        /// What is called.
        name: String,
        /// The arguments in their order.
        args: Vec<Argument>,
    },
    /// `of.name`
    Field {
        /// What has the field.
        of: Box<Node>,
        /// The name of the field.
        name: String,
    },
    /// An operator and its operand.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        of: Box<Node>,
    },
    /// An operator between its operands.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The left operand.
        left: Box<Node>,
        /// The right operand.
        right: Box<Node>,
    },
}

impl Part {
    /// The part without a place in a text.
    pub fn anywhere(self) -> Node {
        Node { at: Span::default(), part: self }
    }
}

/// An expression, and its name if the text has `as`.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The expression.
    pub expr: Node,
    /// The name.
    pub name: Option<String>,
    /// Where both stand.
    pub at: Span,
}
