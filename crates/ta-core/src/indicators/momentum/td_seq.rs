//! DeMark's count of closes above or below the close four bars earlier.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{signal, slot, Native},
    params::Params,
};

/// Bars between the closes compared.
const DISTANCE: usize = 4;
/// The count stops here: 9 completes a setup, 13 is the last number of the sequence.
const LAST: i32 = 13;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "td_seq",
        display_name: "TD Sequential",
        category: Category::Momentum,
        description: "DeMark's sequential counts: how many bars in a row closed above (up) or \
            below (down) the close four bars earlier; 0 where the run is broken, and a run longer \
            than 13 stays at 13. An up count of 9 completes a sell setup and a down count of 9 a \
            buy setup, at which a trend is taken to be exhausted. Values begin where 13 bars can \
            have been counted. The countdown that may follow a setup is not included.",
        aliases: &["td_sequential", "tom_demark_sequential"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![
            signal("up", "upper", Scale::Bars, "Closes in a row above the fourth before them.")
                .within(0.0, LAST as f64),
            signal("down", "lower", Scale::Bars, "Closes in a row below the fourth before them.")
                .within(0.0, LAST as f64),
        ],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "T. DeMark, The New Science of Technical Analysis, 1994; pandas-ta, td_seq",
    }
    .indicator(TdSeq)
}

struct TdSeq;

impl Kernel for TdSeq {
    fn lookback(&self, _: &Params) -> usize {
        DISTANCE + LAST as usize - 1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let series = inputs[0];
        let (mut up, mut down) = (0, 0);
        for row in DISTANCE..series.len() {
            let (now, then) = (series[row], series[row - DISTANCE]);
            up = if now > then { LAST.min(up + 1) } else { 0 };
            down = if now < then { LAST.min(down + 1) } else { 0 };
            out[0].i32()[row] = up;
            out[1].i32()[row] = down;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn runs_end_on_equality_and_stop_at_thirteen() {
        let indicator = find_indicator("td_seq").unwrap();
        let mut series: Vec<f64> = (0..22).map(f64::from).collect();
        series[20] = series[16];
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&series]).unwrap();
        let Computed::I32(up) = &out[0] else { panic!("counts are whole") };
        assert_eq!(up[15..], [None, Some(13), Some(13), Some(13), Some(13), Some(0), Some(1)]);
    }
}
