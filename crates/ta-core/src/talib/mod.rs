//! The bridge to the `ta-lib` crate. It makes catalog entries from the crate's registry, and a
//! [`Kernel`] from its dynamic call.

use std::{ops::Range, sync::LazyLock};

use ta_lib::{
    abstract_api::{
        get_func_handle, FuncFlags, FuncId, FuncInfo, InputType, OutputType, ParamHolder,
    },
    Core, RetCode,
};

use self::{
    bank::StreamBank,
    kernels::{
        running::{Lane, LANES, SERIAL_BELOW},
        Replacement,
    },
};
use crate::{
    indicator::Indicator,
    kernel::{ExecutionHints, Finite, Kernel, Out, Piece},
    live::Bank,
    params::{ParamValue, Params},
    threads::{Serial, Threads},
};

mod bank;
mod describe;
mod kernels;
mod overlay;
pub mod parts;
mod stream;

/// TA-Lib's settings: the default candlesticks and no unstable period. They never change.
static CORE: LazyLock<Core> = LazyLock::new(Core::new);

/// Every function of the crate, as an indicator.
pub fn indicators() -> impl Iterator<Item = Indicator> {
    overlay::all().map(|overlay| {
        let func = get_func_handle(overlay.function)
            .unwrap_or_else(|| panic!("TA-Lib has no function {}", overlay.function));
        let kernel = TaLib::of(func);
        Indicator::new(describe::meta(overlay, &kernel), kernel)
    })
}

/// One TA-Lib function.
struct TaLib {
    info: &'static FuncInfo,
    /// Our kernel in the place of TA-Lib's, if there is one.
    replacement: Option<Replacement>,
}

impl TaLib {
    /// A function of TA-Lib.
    fn of(id: FuncId) -> Self {
        Self { info: id.info(), replacement: kernels::of(id) }
    }

    fn id(&self) -> FuncId {
        self.info.id
    }

    /// A call with these parameters; `None` if TA-Lib refuses one.
    fn call<'a>(&self, params: &Params) -> Option<ParamHolder<'a>> {
        let mut call = self.id().new_call(&CORE);
        // TA-Lib's parameters come first, our own after them.
        let theirs = &params.values()[..self.info.opt_inputs.len()];
        for (index, value) in theirs.iter().enumerate() {
            match *value {
                ParamValue::Int(v) => call.set_opt_input(index, i32::try_from(v).ok()?).ok()?,
                ParamValue::Float(v) => call.set_opt_input(index, v).ok()?,
                ParamValue::Enum(name) => {
                    call.set_opt_input(index, describe::ma_code(name)?).ok()?
                }
                ParamValue::Bool(_) => return None,
            };
        }
        Some(call)
    }

    fn has(&self, flag: FuncFlags) -> bool {
        self.info.flags.contains(flag)
    }

    /// Bars by which a chart shifts an output; 0 for most.
    fn display_shift(&self, params: &Params, output: usize) -> i32 {
        self.call(params).and_then(|call| call.display_shift(output).ok()).unwrap_or(0)
    }

    /// Computes `rows`, which start after the warm-up. The slices of `out` have their length.
    fn values(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        rows: Range<usize>,
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Result<(), String> {
        let call = self.call(params).ok_or("TA-Lib refused the parameters")?;
        let first = rows.start - call.lookback().map_err(refused)?;
        let inputs: Vec<&[f64]> = inputs.iter().map(|i| &i[first..rows.end]).collect();
        match (self.replacement, out) {
            (Some(Replacement::Plain(compute)), out) => compute(params, &inputs, out),
            (Some(Replacement::Checked(compute)), [Out::F64(out)]) => {
                compute(period(params), inputs[0], out, threads);
                Ok(())
            }
            (Some(Replacement::Lanes(compute)), [Out::F64(out)]) => {
                compute(period(params), vec![Lane { input: inputs[0], out }]);
                Ok(())
            }
            (_, out) => self.fill(call, &inputs, out),
        }
    }

    /// Calls TA-Lib's own kernel for all rows of `inputs`, because a recursion starts at the first
    /// row. The slices of `out` start after the warm-up.
    fn fill<'a>(
        &self,
        mut call: ParamHolder<'a>,
        inputs: &[&'a [f64]],
        out: &'a mut [Out<'_>],
    ) -> Result<(), String> {
        let mut columns = inputs.iter().copied();
        for (slot, input) in self.info.inputs.iter().enumerate() {
            match input.kind {
                InputType::Price => {
                    let mut component = |bit: u32| {
                        if input.flags.bits() & bit != 0 {
                            columns.next()
                        } else {
                            None
                        }
                    };
                    let [open, high, low, close, volume] = describe::PRICE_BITS.map(&mut component);
                    call.set_price_input(slot, open, high, low, close, volume, None)
                }
                _ => call.set_input(slot, columns.next().unwrap_or_default()),
            }
            .map_err(refused)?;
        }
        for (index, slice) in out.iter_mut().enumerate() {
            match (self.info.outputs[index].kind, slice) {
                (OutputType::Real, Out::F64(v)) => call.set_output(index, v),
                (OutputType::Integer, Out::I32(v)) => call.set_int_output(index, v),
                (_, other) => return Err(format!("output {index} is {:?}", other.dtype())),
            }
            .map_err(refused)?;
        }
        call.call(0, inputs[0].len() - 1).map_err(refused)?;
        Ok(())
    }
}

impl Kernel for TaLib {
    fn lookback(&self, params: &Params) -> usize {
        self.call(params).and_then(|call| call.lookback().ok()).unwrap_or(usize::MAX)
    }

    fn accepts(&self, params: &Params) -> bool {
        self.call(params).is_some_and(|call| call.lookback().is_ok())
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Result<(), String> {
        let rows = self.lookback(params)..inputs[0].len();
        let mut valued: Vec<Out<'_>> = out.iter_mut().map(|o| o.rows(rows.clone())).collect();
        self.values(params, inputs, rows, &mut valued, threads)
    }

    fn hints(&self) -> ExecutionHints {
        match self.replacement {
            Some(Replacement::Lanes(_)) => {
                ExecutionHints { lanes: LANES, checks_finite: true, serial_below: SERIAL_BELOW }
            }
            _ => ExecutionHints::default(),
        }
    }

    fn compute_rows(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        pieces: &mut [Piece<'_>],
    ) -> Option<Result<Finite, String>> {
        let Some(Replacement::Lanes(compute)) = self.replacement else {
            // The engine calls this method on several threads, so each call uses only its own
            // thread.
            let done = pieces.iter_mut().try_for_each(|Piece { rows, out }| {
                self.values(params, inputs, rows.clone(), out, &Serial)
            });
            return Some(done.map(|()| None));
        };
        let before = self.lookback(params);
        let mut lanes = Vec::with_capacity(pieces.len());
        for Piece { rows, out } in pieces {
            let [Out::F64(out)] = &mut out[..] else { return None };
            lanes.push(Lane { input: &inputs[0][rows.start - before..rows.end], out });
        }
        Some(Ok(Some(compute(period(params), lanes))))
    }

    fn compute_checked(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Finite {
        match (self.replacement, out) {
            (Some(Replacement::Checked(compute)), [Out::F64(out)]) => {
                let valued = &mut out[self.lookback(params)..];
                Some(compute(period(params), inputs[0], valued, threads))
            }
            _ => None,
        }
    }

    fn bank(&self, params: &Params, piece: Option<usize>) -> Option<Box<dyn Bank>> {
        // Without the feature nobody calls this, and the linker leaves out TA-Lib's streams.
        if !cfg!(feature = "live") {
            return None;
        }
        let stream = || Some(Box::new(StreamBank::new(self.stream(params, piece)?, params)) as _);
        kernels::bank_of(self.id(), params, self.lookback(params)).or_else(stream)
    }
}

/// The only parameter of a function, its period.
fn period(params: &Params) -> usize {
    match params.values() {
        [ParamValue::Int(period)] => usize::try_from(*period).unwrap_or(0),
        _ => 0,
    }
}

fn refused(code: RetCode) -> String {
    format!("TA-Lib answered {code:?}")
}
