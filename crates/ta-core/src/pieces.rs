//! One long series on several threads: indicators that remember no more than their window
//! can be computed in pieces.

use std::ops::Range;

use crate::{
    kernel::{Kernel, Out},
    params::Params,
};

/// Computes the rows of `rows`, which begins after the lookback, in pieces of `piece` rows.
/// `None` where the kernel cannot compute some rows alone.
pub fn compute(
    kernel: &dyn Kernel,
    params: &Params,
    inputs: &[&[f64]],
    rows: Range<usize>,
    piece: usize,
    outs: Vec<Out<'_>>,
) -> Option<Result<(), String>> {
    let behind = outs.into_iter().map(|out| out.split_at(rows.start).1).collect();
    Pieces { kernel, params, inputs, piece }.compute(rows, behind)
}

struct Pieces<'a> {
    kernel: &'a dyn Kernel,
    params: &'a Params,
    inputs: &'a [&'a [f64]],
    piece: usize,
}

impl Pieces<'_> {
    fn compute(&self, rows: Range<usize>, mut outs: Vec<Out<'_>>) -> Option<Result<(), String>> {
        if rows.len() <= self.piece {
            return self.kernel.compute_rows(self.params, self.inputs, rows, &mut outs);
        }
        // Halves of whole pieces, so that they are the same however many threads there are.
        let left = (rows.len().div_ceil(self.piece) / 2) * self.piece;
        let (first, second): (Vec<_>, Vec<_>) =
            outs.into_iter().map(|out| out.split_at(left)).unzip();
        let middle = rows.start + left;
        let (a, b) = rayon::join(
            || self.compute(rows.start..middle, first),
            || self.compute(middle..rows.end, second),
        );
        Some(a?.and(b?))
    }
}

#[cfg(test)]
mod tests {
    use crate::{indicators, meta::DType, meta::Memory, params::Params, Indicator, Out};

    /// Prices with gaps and ties, and volumes.
    fn columns(rows: usize) -> [Vec<f64>; 5] {
        let mut seed = 7u64;
        let mut draw = || {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 40) as f64 / (1u64 << 24) as f64
        };
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
        let pick = |(index, meta): (usize, &crate::meta::IndicatorOutputMeta)| match meta.dtype {
            DType::Float64 => floats[index].clone(),
            DType::Int32 => ints[index].iter().map(|&v| f64::from(v)).collect(),
            DType::Boolean => bools[index].iter().map(|&v| f64::from(u8::from(v))).collect(),
        };
        outputs.iter().enumerate().map(pick).collect()
    }

    #[test]
    fn pieces_are_the_whole() {
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
                let done = super::compute(kernel, &params, &inputs, from..rows, 37, outs);
                can = done.is_some();
                done.unwrap_or(Ok(())).unwrap();
            });
            if !can {
                continue;
            }
            let whole = numbers(indicator, rows, |outs| {
                kernel.compute(&params, &inputs, outs).unwrap();
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
