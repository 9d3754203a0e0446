//! Gaps between the first and the third of three bars.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "fair_value_gap",
        display_name: "Fair Value Gap",
        category: Category::Structure,
        description: "A bullish gap of three bars lies between the high of the first and a higher \
            low of the third, a bearish one between the low of the first and a lower high of the \
            third. `direction` is 1 or -1 on the third bar, which makes it known. `top` and \
            `bottom` are the ends of the latest gap as long as it is open; it is filled when a \
            later bar has traded through all of it, and a newer gap takes its place. The gap is \
            read as a price that the market left too fast and comes back to. Some scripts also \
            ask for a minimum size, or for a close of the middle bar beyond the gap.",
        aliases: &["fvg", "imbalance"],
        inputs: [price("high"), price("low")],
        outputs: (
            signal("direction", "direction", Scale::Ratio, "1 or -1 on a gap's third bar, else 0.")
                .within(-1.0, 1.0),
            [
                line("top", "upper", Scale::Price, "High end of the latest gap that is open."),
                line("bottom", "lower", Scale::Price, "Low end of the latest gap that is open."),
            ]
            .map(Output::level),
            event("filled", "event", "True on the bar that fills the latest gap."),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "LuxAlgo, Fair Value Gap: low > high[2], high < low[2]",
    }
    .indicator::<FairValueGap>()
}

#[derive(Clone, Parameters)]
struct FairValueGap;

#[derive(Clone, State)]
struct Gap {
    /// High and low of the last two bars, the older one first.
    bars: [[f64; 2]; 2],
    /// The direction of the open gap, 0 if there is none, and its ends.
    direction: i32,
    ends: [f64; 2],
}

impl Recursive<2> for FairValueGap {
    type Out = (i32, [f64; 2], bool);
    type State = Gap;

    fn lookback(&self) -> usize {
        2
    }

    fn start(&self) -> Gap {
        Gap { bars: [[f64::NAN; 2]; 2], direction: 0, ends: [f64::NAN; 2] }
    }

    fn next(&self, gap: &mut Gap, [high, low]: [f64; 2]) -> (i32, [f64; 2], bool) {
        let [[first_high, first_low], second] = gap.bars;
        gap.bars = [second, [high, low]];
        let [top, bottom] = gap.ends;
        let filled = gap.direction > 0 && low <= bottom || gap.direction < 0 && high >= top;
        let direction = if low > first_high {
            1
        } else if high < first_low {
            -1
        } else {
            0
        };
        match direction {
            1 => (gap.direction, gap.ends) = (1, [low, first_high]),
            -1 => (gap.direction, gap.ends) = (-1, [first_low, high]),
            _ if filled => (gap.direction, gap.ends) = (0, [f64::NAN; 2]),
            _ => {}
        }
        (direction, gap.ends, filled)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{events, reals, wholes};

    #[test]
    fn a_gap_is_open_until_a_bar_has_traded_through_it() {
        let high = [10.0, 14.0, 16.0, 15.0, 13.0, 11.0];
        let low = [8.0, 9.0, 12.0, 11.0, 10.0, 9.0];
        let (id, bars): (_, [&[f64]; 2]) = ("fair_value_gap", [&high, &low]);
        let direction = wholes(id, "direction", json!({}), &bars);
        assert_eq!(direction[2..], [Some(1), Some(0), Some(0), Some(0)]);
        let bottom = reals(id, "bottom", json!({}), &bars);
        assert_eq!(bottom, [None, None, Some(10.0), Some(10.0), None, None]);
        assert_eq!(reals(id, "top", json!({}), &bars)[2], Some(12.0));
        let filled = events(id, "filled", json!({}), &bars);
        assert_eq!(filled[2..], [false, false, true, false].map(Some));
        let (high, low) = (low.map(|v: f64| -v), high.map(|v: f64| -v));
        let mirrored: [&[f64]; 2] = [&high, &low];
        assert_eq!(wholes(id, "direction", json!({}), &mirrored)[2], Some(-1));
        assert_eq!(events(id, "filled", json!({}), &mirrored), filled);
    }
}
