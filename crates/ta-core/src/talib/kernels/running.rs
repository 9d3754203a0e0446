//! Running sums of windows, of several stretches of a series side by side.
//!
//! In TA-Lib's order a row is added to the sum and one taken from it, and each waits for the
//! one before: most of the processor has nothing to do. Nothing of a sum is ever forgotten,
//! so a series cannot be cut just anywhere; but where it is cut into pieces anyway, four of
//! them can be gone through at a time.

/// Lanes that are gone through at a time.
pub const LANES: usize = 4;

/// Rows that take less than a millisecond. A thread that sleeps can take as long to wake up.
pub const SERIAL_BELOW: usize = 1 << 20;

/// Rows that are summed up before values are made of them, several at once.
const BLOCK: usize = 64;

/// A stretch of a series.
pub struct Lane<'a> {
    /// Its rows, from the first row of the first window on.
    pub input: &'a [f64],
    /// For each window, its value.
    pub out: &'a mut [f64],
}

/// What is made of sums: of finite ones, finite values. Both ways to do it give the same, and
/// have to be `#[inline(always)]`.
pub trait Values {
    /// On any processor.
    fn plain(&self, sums: &[f64], out: &mut [f64]);

    /// On one that multiplies and adds at once.
    #[inline(always)]
    fn fused(&self, sums: &[f64], out: &mut [f64]) {
        self.plain(sums, out);
    }
}

/// Writes the values of the sums of the windows of `period` rows. Returns whether all rows and all
/// values are finite: what is not stays in a sum for ever.
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

/// How far a lane has come.
struct Sum<'a> {
    /// All but the newest row of the next window.
    total: f64,
    input: &'a [f64],
    out: &'a mut [f64],
}

struct Windows<V> {
    period: usize,
    values: V,
}

impl<V: Values> Windows<V> {
    /// Goes on until the shortest is done.
    fn advance<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        #[cfg(target_arch = "x86_64")]
        return ta_lib_dispatch::dispatch_fma!(self, advance_fused, advance_plain, (lanes));
        #[cfg(not(target_arch = "x86_64"))]
        self.advance_plain(lanes)
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "fma")]
    fn advance_fused<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        self.go_on(lanes, |sums, out| self.values.fused(sums, out));
    }

    fn advance_plain<const N: usize>(&self, lanes: [&mut Sum<'_>; N]) {
        self.go_on(lanes, |sums, out| self.values.plain(sums, out));
    }

    #[inline(always)]
    fn go_on<const N: usize>(
        &self,
        mut lanes: [&mut Sum<'_>; N],
        values: impl Fn(&[f64], &mut [f64]),
    ) {
        let rows = lanes.iter().map(|lane| lane.out.len()).min().unwrap_or(0);
        let mut totals = lanes.each_ref().map(|lane| lane.total);
        let mut sums = [[0.0; BLOCK]; N];
        for at in (0..rows).step_by(BLOCK) {
            let size = BLOCK.min(rows - at);
            let come = lanes.each_ref().map(|lane| &lane.input[at + self.period - 1..][..size]);
            let gone = lanes.each_ref().map(|lane| &lane.input[at..][..size]);
            for row in 0..size {
                for lane in 0..N {
                    let sum = totals[lane] + come[lane][row];
                    sums[lane][row] = sum;
                    totals[lane] = sum - gone[lane][row];
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
    fn lanes_of_any_length_have_the_sums_of_one_alone() {
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
    fn what_is_not_finite_is_seen_wherever_it_is() {
        for broken in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX] {
            for period in [1, 2, 5] {
                for row in 0..70 + period - 1 {
                    let [whole, mut part] = [(); 2].map(|()| vec![1.0; 70 + period - 1]);
                    part[row] = broken;
                    // A sum that is too large is as good as none.
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
