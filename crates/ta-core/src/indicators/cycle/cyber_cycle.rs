//! The cycle in a series.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "cyber_cycle",
        display_name: "Cyber Cycle",
        category: Category::Cycle,
        description: "Ehlers' high-pass filter of a lightly smoothed series: the trend is gone, \
            and the cycle remains around zero without lag. The trigger is the value of the bar \
            before; where the two cross, the cycle turns. Ehlers reads the median price. The \
            first six bars are a second difference, from which the filter starts; they have no \
            value.",
        aliases: &["ehlers_cyber_cycle"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("value", "primary", Scale::Price, "The cycle, around zero.").with_levels(&[0.0]),
            line("trigger", "signal", Scale::Price, "The cycle one bar before."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Ehlers, Cybernetic Analysis for Stocks and Futures (2004), chapter 4",
    }
    .indicator::<CyberCycle>()
}

#[derive(Clone, Parameters)]
struct CyberCycle {
    /// Damping: smaller lets longer cycles pass.
    #[param(default = 0.07, min = 0.001, max = 1.0)]
    alpha: f64,
}

/// The last values, newest first, and how many rows there were.
#[derive(Clone, Default, State)]
struct Past {
    values: [f64; 3],
    smooth: [f64; 2],
    cycle: [f64; 2],
    rows: usize,
}

/// Rows before the filter starts.
const SEEDS: usize = 6;

impl Recursive<1> for CyberCycle {
    type Out = [f64; 2];
    type State = Past;

    fn lookback(&self) -> usize {
        SEEDS
    }

    fn start(&self) -> Past {
        Past::default()
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> [f64; 2] {
        let ([one, two, three], [s1, s2], [c1, c2]) = (past.values, past.smooth, past.cycle);
        let smooth = (value + 2.0 * one + 2.0 * two + three) / 6.0;
        let (half, rest) = (1.0 - 0.5 * self.alpha, 1.0 - self.alpha);
        let cycle = match past.rows {
            0 | 1 => 0.0,
            2..SEEDS => (value - 2.0 * one + two) / 4.0,
            _ => half * half * (smooth - 2.0 * s1 + s2) + 2.0 * rest * c1 - rest * rest * c2,
        };
        *past = Past {
            values: [value, one, two],
            smooth: [smooth, s1],
            cycle: [cycle, c1],
            rows: (past.rows + 1).min(SEEDS),
        };
        [cycle, c1]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_trend_has_no_cycle() {
        let series: Vec<f64> = (0..200).map(|i| 50.0 + 0.5 * f64::from(i)).collect();
        let values = reals("cyber_cycle", "value", json!({}), &[&series]);
        assert_eq!(values[..6], [None; 6]);
        assert!(values[6..].iter().all(|v| v.unwrap().abs() < 1e-9));
    }
}
