//! The opening range of a session, and which way the price has left it.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "opening_range",
        display_name: "Opening Range",
        category: Category::Structure,
        description: "High and low of the first bars of a session, and the direction of the \
            latest breakout: 1 after a close above the range, -1 after a close below it, 0 \
            before either. A close back inside changes nothing, one beyond the other end does. A \
            row whose `session` differs from the row before starts a session. The levels stand \
            from the last bar of the range on, whose close makes them known, and are null \
            before. Six bars of five minutes are the usual half hour. Crabel's stops lie instead \
            at a distance from the open.",
        aliases: &["orb", "opening_range_breakout"],
        inputs: [price("high"), price("low"), price("close"), key("session")],
        outputs: (
            [
                line("high", "upper", Scale::Price, "Highest price of the opening range."),
                line("low", "lower", Scale::Price, "Lowest price of the opening range."),
            ]
            .map(Output::level),
            signal("breakout", "direction", Scale::Ratio, "Side of the latest breakout, or 0.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Fisher, The Logical Trader (2002): high and low of the opening minutes",
    }
    .indicator::<OpeningRange>()
}

#[derive(Clone, Parameters)]
struct OpeningRange {
    /// Bars in the range, from the session's first on.
    #[param(default = 6, min = 1)]
    bars: usize,
}

/// The session's bars, counted up to those in the range, their range, and the latest breakout.
#[derive(Clone, State)]
struct Opening {
    key: f64,
    count: usize,
    high: f64,
    low: f64,
    breakout: i32,
}

impl Recursive<4> for OpeningRange {
    type Out = ([f64; 2], i32);
    type State = Opening;

    fn lookback(&self) -> usize {
        self.bars - 1
    }

    fn start(&self) -> Opening {
        Opening { key: f64::NAN, count: 0, high: f64::NAN, low: f64::NAN, breakout: 0 }
    }

    fn next(&self, day: &mut Opening, [high, low, close, key]: [f64; 4]) -> ([f64; 2], i32) {
        if key != day.key {
            *day = Opening { key, count: 1, high, low, breakout: 0 };
        } else if day.count < self.bars {
            day.count += 1;
            (day.high, day.low) = (day.high.max(high), day.low.min(low));
        } else if close > day.high {
            day.breakout = 1;
        } else if close < day.low {
            day.breakout = -1;
        }
        if day.count < self.bars {
            return ([f64::NAN; 2], 0);
        }
        ([day.high, day.low], day.breakout)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    #[test]
    fn a_breakout_lasts_until_the_other_end_is_passed() {
        let high = [5.0, 6.0, 9.0, 6.0, 4.0, 7.0];
        let low = [3.0, 4.0, 5.0, 4.0, 1.0, 6.0];
        let close = [4.0, 5.0, 7.0, 5.0, 2.0, 7.0];
        let inputs: [&[f64]; 4] = [&high, &low, &close, &[1.0, 1.0, 1.0, 1.0, 1.0, 2.0]];
        let breakout = wholes("opening_range", "breakout", json!({ "bars": 2 }), &inputs);
        assert_eq!(breakout, [None, Some(0), Some(1), Some(1), Some(-1), Some(0)]);
        let top = reals("opening_range", "high", json!({ "bars": 2 }), &inputs);
        assert_eq!(top, [None, Some(6.0), Some(6.0), Some(6.0), Some(6.0), None]);
    }
}
