//! The operators and their words.

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Operator {
    /// Sum.
    #[serde(rename = "+")]
    Sum,
    /// Difference.
    #[serde(rename = "-")]
    Difference,
    /// Product.
    #[serde(rename = "*")]
    Product,
    /// Quotient, which is not rounded.
    #[serde(rename = "/")]
    Quotient,
    /// Remainder, with the sign of the divisor.
    #[serde(rename = "%")]
    Remainder,
    /// Power.
    #[serde(rename = "**")]
    Power,
    /// Less.
    #[serde(rename = "<")]
    Less,
    /// Less or equal.
    #[serde(rename = "<=")]
    LessOrEqual,
    /// Greater.
    #[serde(rename = ">")]
    Greater,
    /// Greater or equal.
    #[serde(rename = ">=")]
    GreaterOrEqual,
    /// Equal.
    #[serde(rename = "==")]
    Equal,
    /// Not equal.
    #[serde(rename = "!=")]
    Different,
    /// Both.
    #[serde(rename = "and")]
    And,
    /// One of them.
    #[serde(rename = "or")]
    Or,
}

impl Operator {
    /// Whether it computes a number from numbers.
    pub fn is_arithmetic(self) -> bool {
        use Operator::*;
        matches!(self, Sum | Difference | Product | Quotient | Remainder | Power)
    }

    /// Whether it combines conditions.
    pub fn is_logic(self) -> bool {
        matches!(self, Self::And | Self::Or)
    }

    /// The word in the language.
    pub fn word(self) -> &'static str {
        use Operator::*;
        match self {
            Sum => "+",
            Difference => "-",
            Product => "*",
            Quotient => "/",
            Remainder => "%",
            Power => "**",
            Less => "<",
            LessOrEqual => "<=",
            Greater => ">",
            GreaterOrEqual => ">=",
            Equal => "==",
            Different => "!=",
            And => "and",
            Or => "or",
        }
    }
}
