//! A stop at a percentage of the best value since the last change of sides.

use ta_saved::Saved;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "nrtr",
        display_name: "Nick Rypock Trailing Reverse",
        category: Category::Volatility,
        description: "Konstantin Kopyrkin's trailing stop and reverse: a fixed percentage below \
            the highest value of the uptrend, or above the lowest value of the downtrend. A value \
            at or below the stop ends an uptrend, a value above it ends a downtrend; the line \
            then starts on the other side. The line moves on new extremes only and stands still \
            in pullbacks. The first bar is taken as an uptrend.",
        aliases: &["nick_rypock_trailing_reverse"],
        inputs: [slot("series", Some("close"))],
        outputs: (
            line("value", "primary", Scale::Price, "The stop of the side in force."),
            signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "K. Kopyrkin, Nick Rypock Trailing Reverse (2001), as by everget (TradingView)",
    }
    .indicator::<Nrtr>()
}

#[derive(Clone, Parameters)]
struct Nrtr {
    /// Distance of the stop from the best value, in percent of it.
    #[param(default = 2.0, min = 0.0, max = 100.0)]
    percent: f64,
}

/// The side in force, and the best value on it.
#[derive(Clone, Copy, Saved)]
struct Side {
    up: bool,
    best: f64,
}

impl Recursive<1> for Nrtr {
    type Out = (f64, i32);
    type State = Option<Side>;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Option<Side> {
        None
    }

    fn next(&self, side: &mut Option<Side>, [value]: [f64; 1]) -> (f64, i32) {
        let share = self.percent / 100.0;
        let Side { up, best } = side.unwrap_or(Side { up: true, best: value });
        let now = if up {
            let best = best.max(value);
            if value <= best * (1.0 - share) {
                Side { up: false, best: value }
            } else {
                Side { up, best }
            }
        } else {
            let best = best.min(value);
            if value > best * (1.0 + share) {
                Side { up: true, best: value }
            } else {
                Side { up, best }
            }
        };
        *side = Some(now);
        let share = if now.up { -share } else { share };
        (now.best * (1.0 + share), if now.up { 1 } else { -1 })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    #[test]
    fn the_stop_follows_new_extremes_and_changes_sides_at_the_percentage() {
        let series = [100.0, 120.0, 110.0, 60.0, 80.0, 91.0];
        let stop = reals("nrtr", "value", json!({ "percent": 50 }), &[&series]);
        let expected = [50.0, 60.0, 60.0, 90.0, 90.0, 45.5];
        assert_eq!(stop, expected.map(Some));
        let trend = wholes("nrtr", "trend", json!({ "percent": 50 }), &[&series]);
        assert_eq!(trend, [1, 1, 1, -1, -1, 1].map(Some));
    }
}
