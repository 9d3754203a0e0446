//! Our own kernels for TA-Lib functions, which are faster or can do more.
//!
//! The catalog entry, the warm-up and the ranges of TA-Lib's parameters stay the same. Each kernel
//! is a file whose head comment says what differs and how much faster it is. The test in this file
//! compares every kernel with the function that it replaces.

use std::slice::Iter;

use ta_lib::abstract_api::FuncId;

use self::running::Lane;
use crate::{
    formula::{Columns, Param},
    kernel::Out,
    live::Bank,
    params::{ParamValue, Params},
    threads::Threads,
};

mod aroon;
mod aroonosc;
mod cci;
mod cdl_engulfing;
mod cmo;
mod donchian;
mod ema;
mod gains;
pub mod kc;
mod kdj;
mod minmaxindex;
mod obv;
mod rma;
mod rsi;
pub mod running;
mod sma;
mod stoch;
mod stochf;
mod stochrsi;
mod sum;
mod willr;

/// A kernel for one series. The inputs are whole columns, and the outputs start after the warm-up.
pub type Compute = fn(&Params, &[&[f64]], &mut [Out<'_>]) -> Result<(), String>;

/// A kernel for one series with one input and a period. Returns whether all inputs and values are
/// finite.
pub type Checked = fn(usize, &[f64], &mut [f64], &dyn Threads) -> bool;

/// As [`Checked`], for several pieces of a column at a time.
pub type Lanes = fn(usize, Vec<Lane<'_>>) -> bool;

/// The values of a kernel's parameters.
trait ParamList: Sized {
    /// Reads the values in their order; `None` if one is missing or has another type.
    fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self>;
}

impl ParamList for () {
    fn read(_: &mut Iter<'_, ParamValue>) -> Option<Self> {
        Some(())
    }
}

impl ParamList for usize {
    fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self> {
        Self::of(*from.next()?)
    }
}

impl ParamList for f64 {
    fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self> {
        Self::of(*from.next()?)
    }
}

impl ParamList for kc::Center {
    fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self> {
        Self::of(*from.next()?)
    }
}

impl ParamList for stochf::Average {
    fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self> {
        let period = ParamList::read(from)?;
        match from.next()? {
            ParamValue::Enum(ma_type) => Some(Self { period, ma_type }),
            _ => None,
        }
    }
}

macro_rules! lists {
    ($(($($part:ident),+);)*) => {$(
        impl<$($part: ParamList),+> ParamList for ($($part,)+) {
            fn read(from: &mut Iter<'_, ParamValue>) -> Option<Self> {
                Some(($($part::read(from)?,)+))
            }
        }
    )*};
}
lists! { (A); (A, B); (A, B, C); (A, B, C, D); }

/// The kernel that replaces a function.
#[derive(Clone, Copy)]
pub enum Replacement {
    /// One series.
    Plain(Compute),
    /// One series; the kernel also checks that all numbers are finite.
    Checked(Checked),
    /// Several pieces of a series in lanes; the kernel also checks that all numbers are finite.
    Lanes(Lanes),
}

use Replacement::{Checked as C, Lanes as L, Plain as P};

/// Wraps a kernel with typed parameters, inputs and outputs into a [`Compute`].
macro_rules! typed {
    ($kernel:ident: $out:ty) => {
        P(|params, inputs, out| {
            let inputs = inputs.try_into().map_err(|_| "the number of inputs is wrong")?;
            let out = <$out>::take(&mut out.iter_mut()).ok_or("the outputs are of other types")?;
            let mut values = params.values().iter();
            let params = ParamList::read(&mut values).ok_or("the parameters are of other types")?;
            $kernel::compute(params, inputs, out);
            Ok(())
        })
    };
}

/// The functions that have a kernel of ours.
const TABLE: &[(FuncId, Replacement)] = &[
    (FuncId::AROON, typed!(aroon: [f64; 2])),
    (FuncId::AROONOSC, typed!(aroonosc: f64)),
    (FuncId::CCI, typed!(cci: f64)),
    (FuncId::CDLENGULFING, typed!(cdl_engulfing: i32)),
    (FuncId::CMO, C(cmo::compute)),
    (FuncId::DONCHIAN, typed!(donchian: [f64; 3])),
    (FuncId::EMA, C(ema::compute)),
    (FuncId::KC, typed!(kc: [f64; 3])),
    (FuncId::KDJ, typed!(kdj: [f64; 3])),
    (FuncId::MINMAXINDEX, typed!(minmaxindex: [i32; 2])),
    (FuncId::OBV, typed!(obv: f64)),
    (FuncId::RMA, C(rma::compute)),
    (FuncId::RSI, C(rsi::compute)),
    (FuncId::SMA, L(sma::compute)),
    (FuncId::STOCH, typed!(stoch: [f64; 2])),
    (FuncId::STOCHF, typed!(stochf: [f64; 2])),
    (FuncId::STOCHRSI, typed!(stochrsi: [f64; 2])),
    (FuncId::SUM, L(sum::compute)),
    (FuncId::WILLR, typed!(willr: f64)),
];

/// The kernel that replaces a function, if there is one.
pub fn of(id: FuncId) -> Option<Replacement> {
    TABLE.iter().find(|(function, _)| *function == id).map(|(_, replacement)| *replacement)
}

/// A function row by row with those of our own parameters that TA-Lib does not have; `None` where
/// TA-Lib's stream has the values.
pub fn bank_of(id: FuncId, params: &Params, lookback: usize) -> Option<Box<dyn Bank>> {
    match id {
        FuncId::KC => kc::bank(ParamList::read(&mut params.values().iter())?, params, lookback),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::{
        indicator::Indicator,
        kernel::{Kernel, Out},
        meta::{DType, IndicatorParamMeta, ParamKind},
        params::{ParamValue, Params},
        random::Rng,
        talib::{indicators, TaLib},
        threads::Serial,
    };

    /// Bars of a random walk, with or without a tick size and flat stretches.
    struct Bars {
        columns: [Vec<f64>; 5],
        /// The settings, for messages.
        settings: String,
    }

    impl std::fmt::Display for Bars {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(&self.settings)
        }
    }

    impl Bars {
        fn new(rows: usize, tick: f64, scale: f64, still: usize, rng: &mut Rng) -> Self {
            let mut columns = [(); 5].map(|()| Vec::with_capacity(rows));
            let (mut price, mut rest) = (100.0, 0);
            let round = |x: f64| if tick > 0.0 { (x / tick).round() * tick } else { x } * scale;
            for _ in 0..rows {
                if rest == 0 && still > 0 && rng.once_in(20) {
                    rest = rng.below(still);
                }
                let moves = f64::from(rest == 0);
                rest = rest.saturating_sub(1);
                let open = price;
                price = f64::max(price + moves * (rng.unit() - 0.5) * 2.0, 1.0);
                let (high, low) = (open.max(price), open.min(price));
                let bar = [
                    round(open),
                    round(high + moves * rng.unit()),
                    round(low - moves * rng.unit()),
                    round(price),
                    (rng.unit() * 1e5).round() * moves,
                ];
                columns.iter_mut().zip(bar).for_each(|(column, value)| column.push(value));
            }
            let settings = format!("tick {tick}, scale {scale}, flat for up to {still}");
            Self { columns, settings }
        }

        fn inputs(&self, indicator: &Indicator, rows: usize) -> Vec<&[f64]> {
            let slots = indicator.meta.semantics.input_slots.iter();
            let column =
                |name| ["open", "high", "low", "close", "volume"].iter().position(|n| *n == name);
            slots.map(|s| &self.columns[column(s.name).unwrap_or(3)][..rows]).collect()
        }
    }

    /// The indicators with a kernel of ours, each with TA-Lib's own kernel.
    fn pairs() -> Vec<(Indicator, TaLib)> {
        let plain = |name| {
            let (id, _) = TABLE.iter().find(|(id, _)| Some(id.info().name) == name)?;
            Some(TaLib { replacement: None, ..TaLib::of(*id) })
        };
        let found: Vec<_> =
            indicators().filter_map(|i| plain(i.meta.reference.function).map(|p| (i, p))).collect();
        assert_eq!(found.len(), TABLE.len());
        found
    }

    fn params(indicator: &Indicator, longest: usize, rng: &mut Rng) -> Params {
        let theirs = indicator.meta.reference.params.len();
        let is_theirs = |param: &IndicatorParamMeta| {
            indicator.meta.params[..theirs].iter().any(|p| p.name == param.name)
        };
        let values = indicator.meta.params.iter().map(|param| match param.kind {
            ParamKind::Int { min, max, .. } => {
                let reach = rng.pick(&[3, 12, longest]);
                ParamValue::Int((min + rng.below(reach) as i64).min(max))
            }
            ParamKind::Float { default, min, max } => {
                ParamValue::Float((default * 2.0 * rng.unit()).clamp(min, max))
            }
            // Our own parameters keep their defaults, with which the values are TA-Lib's.
            ParamKind::Enum { enum_values, .. } if is_theirs(param) && rng.once_in(2) => {
                ParamValue::Enum(rng.pick(enum_values))
            }
            ParamKind::Enum { default, .. } => ParamValue::Enum(default),
            ParamKind::Bool { default } => ParamValue::Bool(default),
        });
        Params::trusted(values.collect())
    }

    /// All outputs as real numbers, starting with the first row that has a value.
    fn run(
        kernel: &dyn Kernel,
        meta: &[DType],
        params: &Params,
        inputs: &[&[f64]],
    ) -> Vec<Vec<f64>> {
        let rows = inputs[0].len();
        let mut real = vec![vec![f64::NAN; rows]; meta.len()];
        let mut whole = vec![vec![-1; rows]; meta.len()];
        let columns = real.iter_mut().zip(&mut whole).zip(meta);
        let mut out: Vec<Out<'_>> = columns
            .map(|((real, whole), dtype)| match dtype {
                DType::Int32 => Out::I32(whole),
                _ => Out::F64(real),
            })
            .collect();
        kernel.compute(params, inputs, &mut out, &Serial).unwrap();
        for ((real, whole), dtype) in real.iter_mut().zip(&whole).zip(meta) {
            if *dtype == DType::Int32 {
                *real = whole.iter().map(|&v| f64::from(v)).collect();
            }
        }
        let lookback = kernel.lookback(params);
        real.iter().map(|column| column[lookback..].to_vec()).collect()
    }

    /// Compares an indicator with TA-Lib's kernel over the first rows of bars.
    fn compare(indicator: &Indicator, theirs: &TaLib, params: &Params, bars: &Bars, rows: usize) {
        let outputs = &indicator.meta.outputs;
        let dtypes: Vec<DType> = outputs.iter().map(|o| o.dtype).collect();
        let inputs = bars.inputs(indicator, rows);
        let ours = run(indicator.kernel(), &dtypes, params, &inputs);
        let theirs = run(theirs, &dtypes, params, &inputs);
        for (output, (ours, theirs)) in outputs.iter().zip(ours.iter().zip(&theirs)) {
            let wrong = ours.iter().zip(theirs).position(|(a, b)| a.to_bits() != b.to_bits());
            assert_eq!(
                wrong.map(|row| (row, ours[row], theirs[row])),
                None,
                "{} {} of {params:?}, {rows} rows of {bars}",
                indicator.meta.id,
                output.name,
            );
        }
    }

    #[test]
    fn values_are_those_of_ta_lib() {
        let mut rng = Rng::new(7);
        for (indicator, theirs) in pairs() {
            for round in 0..400 {
                let tick = rng.pick(&[0.0, 0.01, 0.5, 1.0]);
                let scale = rng.pick(&[1.0, 1.0, 1e-9, 1e-6, 1e6, 1e12]);
                let still = rng.pick(&[0, 5, 80, 1000]);
                let rows = 2000;
                let bars = Bars::new(rows, tick, scale, still, &mut rng);
                let params = params(&indicator, 300, &mut rng);
                if !indicator.kernel().accepts(&params) {
                    continue;
                }
                let lookback = indicator.kernel().lookback(&params);
                let more = [1, 2, 3, 1 + rng.below(rows)][round % 4];
                let rows = (lookback + more).min(rows).max(lookback + 1);
                if rows <= 2000 {
                    compare(&indicator, &theirs, &params, &bars, rows);
                }
            }
        }
    }

    /// The series are long enough to be computed in pieces.
    #[test]
    fn long_series_have_the_values_of_ta_lib() {
        let mut rng = Rng::new(11);
        for (indicator, theirs) in pairs() {
            for still in [0, 100, 20_000] {
                let tick = rng.pick(&[0.0, 0.01]);
                let bars = Bars::new(70_000, tick, 1.0, still, &mut rng);
                let params = params(&indicator, 40, &mut rng);
                for rows in [70_000, 5_000 + rng.below(60_000)] {
                    if indicator.kernel().accepts(&params) {
                        compare(&indicator, &theirs, &params, &bars, rows);
                    }
                }
            }
        }
    }
}
