//! Rows of the lowest and the highest value of the window.
//!
//! As [`aroon`](super::aroon).

use crate::{indicator::Out, params::Params, windows::latest_extremes};

pub fn compute(params: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
    let [low, high] = out else { return Err("two outputs".to_owned()) };
    let (low, high) = (low.i32(), high.i32());
    latest_extremes(inputs[0], inputs[0], params.int(0), |row, lowest, highest| {
        let windows = lowest.iter().zip(highest).zip(row as i32..);
        for ((low, high), ((&lowest, &highest), row)) in
            low[row..].iter_mut().zip(&mut high[row..]).zip(windows)
        {
            (*low, *high) = (row + lowest, row + highest);
        }
    });
    Ok(())
}
