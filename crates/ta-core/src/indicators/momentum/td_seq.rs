//! DeMark's count of closes above or below the close four bars earlier.

use crate::prelude::*;

/// Bars between the closes compared.
const DISTANCE: usize = 4;
/// The largest count: 9 completes a setup, 13 is the last number of the sequence.
const LAST: i32 = 13;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "td_seq",
        display_name: "TD Sequential",
        category: Category::Momentum,
        description: "DeMark's sequential counts: how many bars in a row closed above (up) or \
            below (down) the close four bars earlier; 0 where the run is broken, and a run \
            longer than 13 stays at 13. An up count of 9 completes a sell setup and a down count \
            of 9 a buy setup, at which a trend is taken to be exhausted. Values begin where 13 \
            bars can have been counted. The countdown that may follow a setup is not included.",
        aliases: &["td_sequential", "tom_demark_sequential"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            signal("up", "upper", Scale::Bars, "Closes in a row above the fourth before them.")
                .within(0.0, LAST as f64),
            signal("down", "lower", Scale::Bars, "Closes in a row below the fourth before them.")
                .within(0.0, LAST as f64),
        ],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "T. DeMark, The New Science of Technical Analysis, 1994; pandas-ta, td_seq",
    }
    .indicator::<TdSeq>()
}

#[derive(Parameters)]
struct TdSeq;

impl Formula<1> for TdSeq {
    type Out = [i32; 2];

    fn lookback(&self) -> usize {
        DISTANCE + LAST as usize - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], [up, down]: [&mut [i32]; 2]) {
        let (mut rises, mut falls) = (0, 0);
        for row in DISTANCE..series.len() {
            let (now, then) = (series[row], series[row - DISTANCE]);
            rises = if now > then { LAST.min(rises + 1) } else { 0 };
            falls = if now < then { LAST.min(falls + 1) } else { 0 };
            (up[row], down[row]) = (rises, falls);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn a_count_ends_on_equal_closes_and_stops_at_thirteen() {
        let mut series: Vec<f64> = (0..22).map(f64::from).collect();
        series[20] = series[16];
        let out = run("td_seq", json!({}), &[&series]);
        let Computed::I32(up) = &out[0] else { panic!("counts are whole") };
        assert_eq!(up[15..], [None, Some(13), Some(13), Some(13), Some(13), Some(0), Some(1)]);
    }
}
