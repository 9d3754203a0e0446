//! Computes one long series in pieces on several threads, for indicators whose memory is their
//! window. It checks each piece for values that are not finite right before and after its kernel
//! call, while the rows are in the first-level cache.

use ta_core::{finite, threads::map, Kernel, Out, Params, Piece};

use crate::{finite::Outcome, share::Shared};

/// A kernel call that is split into pieces.
pub struct Pieces<'a> {
    /// The kernel.
    pub kernel: &'a dyn Kernel,
    /// Its parameters.
    pub params: &'a Params,
    /// The inputs, as whole columns.
    pub inputs: &'a [&'a [f64]],
    /// Lookback and look-ahead: rows without a value at the start and at the end.
    pub edges: (usize, usize),
    /// Whether the inputs may have gaps.
    pub gaps: bool,
    /// Rows of a piece.
    pub piece: usize,
}

impl Pieces<'_> {
    /// Computes all rows after the lookback. `None` if the kernel cannot compute pieces.
    pub fn run(&self, outs: Vec<Out<'_>>) -> Option<Result<Outcome, String>> {
        let hints = self.kernel.hints();
        let mut pieces = self.cut(outs).into_iter();
        let several = || -> Vec<Piece<'_>> { pieces.by_ref().take(hints.lanes).collect() };
        let jobs: Vec<_> =
            std::iter::repeat_with(several).take_while(|job| !job.is_empty()).collect();
        let compute = |job| self.compute(job);
        let done: Vec<Option<_>> = if self.inputs[0].len() <= hints.serial_below {
            jobs.into_iter().map(compute).collect()
        } else {
            map(&Shared, jobs, compute)
        };
        let done: Vec<Result<Outcome, String>> = done.into_iter().collect::<Option<_>>()?;
        // A gap may be the cause of a kernel's error, so it is reported before the error.
        if done.contains(&Ok(Outcome::Incomplete)) {
            return Some(Ok(Outcome::Incomplete));
        }
        Some(
            done.into_iter().try_fold(Outcome::Done { finite: true }, |all, ran| Ok(all.and(ran?))),
        )
    }

    /// Cuts the rows into pieces. They do not depend on the number of threads.
    fn cut<'a>(&self, outs: Vec<Out<'a>>) -> Vec<Piece<'a>> {
        let rows = self.inputs[0].len();
        let mut rest: Vec<Out<'a>> =
            outs.into_iter().map(|out| out.split_at(self.edges.0).1).collect();
        let piece = |start| {
            let rows = start..rows.min(start + self.piece);
            let parts = std::mem::take(&mut rest).into_iter().map(|out| out.split_at(rows.len()));
            let (out, others) = parts.unzip();
            rest = others;
            Piece { rows, out }
        };
        (self.edges.0..rows).step_by(self.piece).map(piece).collect()
    }

    fn compute(&self, mut pieces: Vec<Piece<'_>>) -> Option<Result<Outcome, String>> {
        let rows = pieces.first()?.rows.start..pieces.last()?.rows.end;
        // The kernel also reads the lookback rows before the piece.
        let read = rows.start - self.edges.0..rows.end;
        let complete = |input: &&[f64]| finite(&input[read.clone()]);
        if self.gaps && !self.kernel.hints().checks_finite && !self.inputs.iter().all(complete) {
            return Some(Ok(Outcome::Incomplete));
        }
        let found = match self.kernel.compute_rows(self.params, self.inputs, &mut pieces)? {
            Ok(found) => found,
            Err(reason) => return Some(Err(reason)),
        };
        let last = self.inputs[0].len() - self.edges.1;
        let check = |Piece { rows, out }: &Piece<'_>| {
            Outcome::of(out, 0..last.clamp(rows.start, rows.end) - rows.start)
        };
        Some(Ok(Outcome::checked(found, self.gaps).unwrap_or_else(|| {
            pieces.iter().map(check).fold(Outcome::Done { finite: true }, Outcome::and)
        })))
    }
}

#[cfg(test)]
mod tests {
    use super::Pieces;
    use ta_core::{
        indicators,
        meta::{DType, IndicatorOutputMeta, Memory},
        random::Rng,
        threads::Serial,
        Indicator, Out, Params,
    };

    use crate::finite::Outcome;

    /// Bars with price gaps and equal prices.
    fn columns(rows: usize) -> [Vec<f64>; 5] {
        // With this seed no Bollinger Band lies exactly on a Keltner channel. There the last bits
        // of running sums, which depend on where a piece starts, would decide whether there is a
        // squeeze.
        let mut rng = Rng::new(1);
        let mut draw = || rng.unit();
        let mut columns: [Vec<f64>; 5] = Default::default();
        let mut price = 100.0f64;
        for _ in 0..rows {
            let open = price + (draw() - 0.5).round();
            price = (open + ((draw() - 0.5) * 6.0).round() / 2.0).max(5.0);
            let (high, low) = (open.max(price) + draw().round(), open.min(price) - draw().round());
            let bar = [open, high, low, price, (draw() * 1e4).round()];
            columns.iter_mut().zip(bar).for_each(|(column, value)| column.push(value));
        }
        columns
    }

    fn numbers(
        indicator: &Indicator,
        rows: usize,
        run: impl FnOnce(&mut [Out<'_>]),
    ) -> Vec<Vec<f64>> {
        let outputs = &indicator.meta.outputs;
        let mut floats = vec![vec![0.0; rows]; outputs.len()];
        let mut ints = vec![vec![0; rows]; outputs.len()];
        let mut bools = vec![vec![false; rows]; outputs.len()];
        let memory = floats.iter_mut().zip(&mut ints).zip(&mut bools).zip(outputs);
        let mut outs: Vec<Out<'_>> = memory
            .map(|(((f, i), b), meta)| match meta.dtype {
                DType::Float64 => Out::F64(f),
                DType::Int32 => Out::I32(i),
                DType::Boolean => Out::Bool(b),
            })
            .collect();
        run(&mut outs);
        let pick = |(index, meta): (usize, &IndicatorOutputMeta)| match meta.dtype {
            DType::Float64 => floats[index].clone(),
            DType::Int32 => ints[index].iter().map(|&v| f64::from(v)).collect(),
            DType::Boolean => bools[index].iter().map(|&v| f64::from(u8::from(v))).collect(),
        };
        outputs.iter().enumerate().map(pick).collect()
    }

    #[test]
    fn pieces_have_the_values_of_one_call() {
        let rows = 700;
        let [open, high, low, close, volume] = columns(rows);
        let mut computed = 0;
        for indicator in indicators().iter().filter(|i| i.meta.semantics.memory == Memory::Window) {
            let params = Params::defaults(&indicator.meta);
            let slots = indicator.meta.semantics.input_slots.iter();
            let inputs: Vec<&[f64]> = slots
                .map(|slot| match slot.name {
                    "open" => &open[..],
                    "high" => &high,
                    "low" => &low,
                    "volume" => &volume,
                    _ => &close,
                })
                .collect();
            let kernel = indicator.kernel();
            let from = kernel.lookback(&params);
            let mut can = false;
            let pieces = numbers(indicator, rows, |outs| {
                let outs = outs.iter_mut().map(|o| o.rows(0..rows)).collect();
                let edges = (from, kernel.lookahead(&params));
                let pieces = Pieces {
                    kernel,
                    params: &params,
                    inputs: &inputs,
                    edges,
                    gaps: true,
                    piece: 37,
                };
                let done = pieces.run(outs).map(Result::unwrap);
                can = done.is_some();
                assert_ne!(done, Some(Outcome::Incomplete), "{}", indicator.meta.id);
            });
            if !can {
                continue;
            }
            let whole = numbers(indicator, rows, |outs| {
                kernel.compute(&params, &inputs, outs, &Serial).unwrap();
            });
            computed += 1;
            for (piece, whole) in pieces.iter().zip(&whole) {
                for row in from..rows - kernel.lookahead(&params) {
                    let (a, b) = (piece[row], whole[row]);
                    let close = (a - b).abs() <= 1e-9 * (1.0 + b.abs()) || a.is_nan() && b.is_nan();
                    assert!(close, "{} row {row}: {a} in pieces, {b} whole", indicator.meta.id);
                }
            }
        }
        assert!(computed > 100, "{computed} were computed in pieces");
    }
}
