//! Running sums of windows, over several pieces of a series in lanes.
//!
//! TA-Lib adds one row to the sum and subtracts another, and each operation waits for the one
//! before. A running sum keeps its rounding errors, so its last bits depend on the row where it
//! starts. But the engine computes long series in pieces of a fixed length anyway, and this module
//! computes four of these pieces in one loop.

/// The number of lanes that are computed in one loop.
pub const LANES: usize = 4;

/// The number of rows that take about a millisecond, as long as waking a thread may take.
pub const SERIAL_BELOW: usize = 1 << 20;

/// The number of rows whose sums are buffered, so that the processor computes several values at
/// once.
const BLOCK: usize = 64;

/// A piece of a series.
pub struct Lane<'a> {
    /// The rows, starting with the first row of the first window.
    pub input: &'a [f64],
    /// The values, one for each window.
    pub out: &'a mut [f64],
}

/// Computes the values from the sums. Finite sums must give finite values. Both methods must give
/// the same values and be `#[inline(always)]`.
pub trait Values {
    /// Computes the values on any processor.
    fn plain(&self, sums: &[f64], out: &mut [f64]);

    /// Computes the values on a processor with fused multiply-add.
    #[cfg_attr(
        not(target_arch = "x86_64"),
        allow(dead_code, reason = "only x86 has the fused way")
    )]
    #[inline(always)]
    fn fused(&self, sums: &[f64], out: &mut [f64]) {
        self.plain(sums, out);
    }
}

/// Writes the values of all windows of `period` rows. Returns whether all rows and values are
/// finite. The last sum of each lane shows this, because after a row that is not finite no running
/// sum is finite.
pub fn sums(period: usize, lanes: Vec<Lane<'_>>, values: impl Values) -> bool {
    let begin = |Lane { input, out }| Sum {
        total: input[..period - 1].iter().fold(0.0, |sum, row| sum + row),
        input,
        out,
    };
    let mut open: Vec<Sum<'_>> = lanes.into_iter().map(begin).collect();
    let windows = Windows { period, values };
    let mut finite = true;
    loop {
        open.retain(|sum| {
            finite &= !sum.out.is_empty() || sum.total.is_finite();
            !sum.out.is_empty()
        });
        match &mut open[..] {
            [] => return finite,
            [a] => windows.advance([a]),
            [a, b] => windows.advance([a, b]),
            [a, b, c] => windows.advance([a, b, c]),
            [a, b, c, d, ..] => windows.advance([a, b, c, d]),
        }
    }
}

/// The state of a lane.
struct Sum<'a> {
    /// The sum of all but the newest row of the next window.
    total: f64,
    input: &'a [f64],
    out: &'a mut [f64],
}

struct Windows<V> {
    period: usize,
    values: V,
}

impl<V: Values> Windows<V> {
    /// Computes rows in all lanes until the shortest lane is complete.
    fn advance<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        #[cfg(target_arch = "x86_64")]
        return ta_lib_dispatch::dispatch_fma!(self, advance_fused, advance_plain, (lanes));
        #[cfg(not(target_arch = "x86_64"))]
        self.advance_plain(lanes)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "fma")]
    fn advance_fused<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        self.advance_with(lanes, |sums, out| self.values.fused(sums, out));
    }

    fn advance_plain<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        self.advance_with(lanes, |sums, out| self.values.plain(sums, out));
    }

    #[inline(always)]
    fn advance_with<const N: usize>(
        &self,
        mut lanes: [&mut Sum<'_>; N],
        values: impl Fn(&[f64], &mut [f64]),
    ) {
        let rows = lanes.iter().map(|lane| lane.out.len()).min().unwrap_or(0);
        let mut totals = lanes.each_ref().map(|lane| lane.total);
        let mut sums = [[0.0; BLOCK]; N];
        for at in (0..rows).step_by(BLOCK) {
            let size = BLOCK.min(rows - at);
            let entering = lanes.each_ref().map(|lane| &lane.input[at + self.period - 1..][..size]);
            let leaving = lanes.each_ref().map(|lane| &lane.input[at..][..size]);
            for row in 0..size {
                for lane in 0..N {
                    let sum = totals[lane] + entering[lane][row];
                    sums[lane][row] = sum;
                    totals[lane] = sum - leaving[lane][row];
                }
            }
            for (lane, sums) in lanes.iter_mut().zip(&sums) {
                values(&sums[..size], &mut lane.out[at..at + size]);
            }
        }
        for (lane, total) in lanes.into_iter().zip(totals) {
            lane.total = total;
            lane.input = &lane.input[rows..];
            lane.out = &mut std::mem::take(&mut lane.out)[rows..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Half;

    impl Values for Half {
        #[inline(always)]
        fn plain(&self, sums: &[f64], out: &mut [f64]) {
            out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum * 0.5);
        }
    }

    #[test]
    fn lanes_of_any_length_equal_a_single_lane() {
        let series: Vec<f64> = (0..900).map(|row| f64::from(row * row % 97) / 7.0).collect();
        for period in [1, 2, 5, 64, 70] {
            for lengths in [vec![1], vec![3, 200], vec![64, 1, 65, 300, 7], vec![100; 9]] {
                let lane = |length: &usize| series[*length..][..length + period - 1].to_vec();
                let inputs: Vec<Vec<f64>> = lengths.iter().map(lane).collect();
                let mut outs: Vec<Vec<f64>> = lengths.iter().map(|&n| vec![f64::NAN; n]).collect();
                let lanes = inputs.iter().zip(&mut outs).map(|(input, out)| Lane { input, out });
                assert!(sums(period, lanes.collect(), Half));
                for (input, out) in inputs.iter().zip(outs) {
                    let mut total: f64 = input[..period - 1].iter().sum();
                    for (row, value) in out.into_iter().enumerate() {
                        total += input[row + period - 1];
                        assert_eq!(value.to_bits(), (total * 0.5).to_bits());
                        total -= input[row];
                    }
                }
            }
        }
    }

    #[test]
    fn a_value_that_is_not_finite_is_found_in_any_row() {
        for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            for period in [1, 2, 5] {
                for row in 0..70 + period - 1 {
                    let [whole, mut part] = [(); 2].map(|()| vec![1.0; 70 + period - 1]);
                    part[row] = broken;
                    // Two rows of f64::MAX overflow the sum.
                    part[(row + 1) % (70 + period - 1)] = broken.abs();
                    let [mut a, mut b] = [[0.0; 70]; 2];
                    let lanes = vec![
                        Lane { input: &whole, out: &mut a },
                        Lane { input: &part, out: &mut b },
                    ];
                    let finite = sums(period, lanes, Half);
                    assert_eq!(finite, b.iter().all(|v| v.is_finite()), "{broken} in row {row}");
                }
            }
        }
    }
}
