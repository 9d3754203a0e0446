//! Forms of the language that look like calls: `if` and `fill`. They are no indicators, because a
//! row of them has a value although one of their inputs has none.

use std::sync::Arc;

use crate::{
    bind::Binder,
    meaning::{Kind, Meaning},
    said::Said,
    syntax::{Argument, Node, Span},
};

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `if(condition, value, otherwise)`
    If,
    /// `fill(value, with)`
    Fill,
}

impl Form {
    /// All forms.
    const ALL: [Self; 2] = [Self::If, Self::Fill];

    /// The form of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }

    /// The word before the parentheses.
    pub fn word(self) -> &'static str {
        match self {
            Self::If => "if",
            Self::Fill => "fill",
        }
    }

    /// What it takes, for errors.
    fn takes(self) -> &'static str {
        match self {
            Self::If => "if(condition, value where it is true, value where it is false)",
            Self::Fill => "fill(value, value where the first is missing)",
        }
    }

    /// Binds the arguments.
    ///
    /// # Errors
    /// Their number or kinds do not fit.
    pub fn bind(self, binder: &Binder<'_>, at: Span, args: &[Argument]) -> Result<Meaning, Said> {
        let wrong = || binder.error(at, format!("{} is written {}", self.word(), self.takes()));
        if args.iter().any(|arg| arg.name.is_some()) {
            return Err(wrong());
        }
        match (self, args) {
            (Self::If, [when, value, otherwise]) => {
                let when = binder.operand(&when.value, Kind::Condition, self.word())?;
                let when = Arc::new(when);
                let ([value, otherwise], values) =
                    self.choice(binder, [&value.value, &otherwise.value])?;
                Ok(Meaning::If { when, value, otherwise, values })
            }
            (Self::Fill, [value, with]) => {
                let ([of, with], values) = self.choice(binder, [&value.value, &with.value])?;
                // A constant is never missing.
                let is_constant = of.is_constant();
                Ok(if is_constant { (*of).clone() } else { Meaning::Fill { of, with, values } })
            }
            _ => Err(wrong()),
        }
    }

    /// Two values, which are both numbers or both conditions, and which of these they are, if a part
    /// says so.
    fn choice(
        self,
        binder: &Binder<'_>,
        nodes: [&Node; 2],
    ) -> Result<([Arc<Meaning>; 2], Kind), Said> {
        let values = [binder.single(nodes[0])?, binder.single(nodes[1])?];
        let wanted = match [values[0].kind(), values[1].kind()] {
            [Kind::Any, Kind::Any] => Kind::Any,
            kinds if kinds.contains(&Kind::Condition) => Kind::Condition,
            _ => Kind::Number,
        };
        for (node, value) in nodes.into_iter().zip(&values) {
            if wanted != Kind::Any {
                binder.check_kind(node, value.kind(), wanted, self.word())?;
            }
        }
        Ok((values.map(|value| Arc::new(value.settled(wanted))), wanted))
    }
}
