//! The formula of a native indicator: its parameters, inputs and outputs as types.
//!
//! A [`Formula`] is a struct whose fields are the parameters. This module derives the [`Kernel`]
//! that the engine calls and the catalog's description of parameters and columns from it.

use std::{marker::PhantomData, slice::Iter};

pub use ta_derive::{Choice, Parameters};

pub use crate::columns::{Cell, Columns};
use crate::{
    kernel::{Kernel, Out},
    live::{Bank, Keyed, WindowLive},
    meta::{IndicatorParamMeta, ParamKind},
    params::{ParamValue, Params},
    threads::Threads,
};

/// A formula over `N` input columns; the fields of the type are its parameters.
///
/// It gets more than `lookback + lookahead` complete rows of one group, in order. It need not write
/// the first `lookback` and the last `lookahead` rows. A value that is not finite becomes null.
pub trait Formula<const N: usize>: Parameters + Send + Sync + 'static {
    /// The types of its output columns: `f64`, `i32` or `bool`, an array or a tuple of them.
    type Out: Columns;

    /// The number of rows at the start without a value.
    fn lookback(&self) -> usize;

    /// The number of rows at the end without a value, because a value depends on later rows.
    fn lookahead(&self) -> usize {
        0
    }

    /// Whether the parameters are allowed together; each is in range.
    fn accepts(&self) -> bool {
        true
    }

    /// Fills the outputs, which are as long as the inputs.
    fn compute(&self, inputs: [&[f64]; N], out: <Self::Out as Columns>::Slices<'_>);

    /// The formula row by row, if it has a form of its own for that. `params` are the values that it
    /// was read from.
    fn bank(&self, _params: &Params) -> Option<Box<dyn Bank>> {
        None
    }
}

/// A struct whose fields are parameters. Use `#[derive(Parameters)]`.
pub trait Parameters: Sized {
    /// Adds the catalog's description of each field.
    fn describe(to: &mut Vec<IndicatorParamMeta>);

    /// Reads checked values in the order of the fields.
    fn read(from: &mut Iter<'_, ParamValue>) -> Self;
}

/// The type of a parameter.
pub trait Param: Sized {
    /// The contents of the field's `#[param]` attribute: the default and, for numbers, the range.
    type Spec;

    /// The type and the domain for the catalog.
    fn kind(spec: Self::Spec) -> ParamKind;

    /// Reads a checked value; `None` if it has another type.
    fn of(value: ParamValue) -> Option<Self>;
}

impl Param for usize {
    type Spec = (i64, i64, i64);

    fn kind((default, min, max): Self::Spec) -> ParamKind {
        ParamKind::Int { default, min, max }
    }

    fn of(value: ParamValue) -> Option<Self> {
        match value {
            ParamValue::Int(value) => Self::try_from(value).ok(),
            _ => None,
        }
    }
}

impl Param for f64 {
    type Spec = (f64, f64, f64);

    fn kind((default, min, max): Self::Spec) -> ParamKind {
        ParamKind::Float { default, min, max }
    }

    fn of(value: ParamValue) -> Option<Self> {
        match value {
            ParamValue::Float(value) => Some(value),
            _ => None,
        }
    }
}

impl Param for bool {
    type Spec = (bool,);

    fn kind((default,): Self::Spec) -> ParamKind {
        ParamKind::Bool { default }
    }

    fn of(value: ParamValue) -> Option<Self> {
        match value {
            ParamValue::Bool(value) => Some(value),
            _ => None,
        }
    }
}

/// A parameter that is one of a list of names. Use `#[derive(Choice)]`.
pub trait Choice: Copy + PartialEq + 'static {
    /// The names, in the order of [`Choice::ALL`].
    const NAMES: &'static [&'static str];
    /// The choices.
    const ALL: &'static [Self];

    /// The name of a choice.
    fn name(self) -> &'static str {
        let at = Self::ALL.iter().position(|choice| *choice == self);
        at.map_or("", |at| Self::NAMES[at])
    }
}

impl<T: Choice> Param for T {
    type Spec = (T,);

    fn kind((default,): Self::Spec) -> ParamKind {
        ParamKind::Enum { default: default.name(), enum_values: T::NAMES }
    }

    fn of(value: ParamValue) -> Option<Self> {
        let ParamValue::Enum(name) = value else { return None };
        let at = T::NAMES.iter().position(|known| *known == name)?;
        Some(T::ALL[at])
    }
}

/// The catalog's description of a parameter.
pub fn described<T: Param>(
    name: &'static str,
    description: &'static str,
    spec: T::Spec,
) -> IndicatorParamMeta {
    IndicatorParamMeta { name, kind: T::kind(spec), description }
}

/// Reads the next checked value.
///
/// # Panics
/// If the value has another type. This cannot happen, because the values were checked against the
/// description that [`described`] made of the same field.
pub fn next<T: Param>(from: &mut Iter<'_, ParamValue>) -> T {
    from.next().and_then(|value| T::of(*value)).expect("values were checked with these parameters")
}

/// Defines a formula without parameters by an expression for one row, which may read that row and
/// the `back` rows before it.
macro_rules! rowwise {
    ($name:ident: $cell:ty, back $back:literal, |[$($input:ident),+], $row:ident| $value:expr) => {
        #[derive(Parameters)]
        struct $name;

        impl Formula<{ [$(stringify!($input)),+].len() }> for $name {
            type Out = $cell;

            fn lookback(&self) -> usize {
                $back
            }

            fn compute(
                &self,
                [$($input),+]: [&[f64]; [$(stringify!($input)),+].len()],
                out: &mut [$cell],
            ) {
                // With one length for all slices, the compiler can omit bounds checks.
                let rows = out.len();
                $(let $input = &$input[..rows];)+
                for $row in $back..rows {
                    out[$row] = $value;
                }
            }
        }
    };
}
pub(crate) use rowwise;

/// The [`Kernel`] of a formula.
pub struct Typed<F, const N: usize>(PhantomData<fn() -> F>);

impl<F: Formula<N>, const N: usize> Typed<F, N> {
    /// The kernel of `F`.
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    fn read(params: &Params) -> F {
        F::read(&mut params.values().iter())
    }
}

impl<F: Formula<N>, const N: usize> Kernel for Typed<F, N> {
    fn lookback(&self, params: &Params) -> usize {
        Self::read(params).lookback()
    }

    fn lookahead(&self, params: &Params) -> usize {
        Self::read(params).lookahead()
    }

    fn accepts(&self, params: &Params) -> bool {
        Self::read(params).accepts()
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        _threads: &dyn Threads,
    ) -> Result<(), String> {
        let inputs = inputs.try_into().map_err(|_| format!("takes {N} inputs"))?;
        let slices = F::Out::take(&mut out.iter_mut()).ok_or("the outputs are of other types")?;
        Self::read(params).compute(inputs, slices);
        Ok(())
    }

    /// A formula over a window needs no form of its own: it computes the window of each row.
    fn bank(&self, params: &Params, piece: Option<usize>) -> Option<Box<dyn Bank>> {
        let formula = Self::read(params);
        if !cfg!(feature = "live") || formula.lookahead() > 0 {
            return None;
        }
        let own = formula.bank(params);
        let of_window = |_| Box::new(Keyed::new(WindowLive::new(formula), params)) as _;
        own.or_else(|| piece.map(of_window))
    }
}
