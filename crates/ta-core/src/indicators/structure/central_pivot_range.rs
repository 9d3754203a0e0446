//! The pivot of the session before, and the range around it.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "central_pivot_range",
        display_name: "Central Pivot Range",
        category: Category::Structure,
        description: "Three levels from the session before, constant through a session, so \
            nothing looks ahead: its pivot (high + low + close) / 3, the middle of its range, and \
            the point as far on the other side of the pivot. The upper one of the last two is \
            `tc`, the lower one `bc`, as traders label them. A narrow range is read as the sign \
            of a day with a trend, a wide one of a day without; price above it is bullish, below \
            it bearish. A row whose `session` differs from the row before starts a session; the \
            first session has no levels. `pivots` has the resistances and supports.",
        aliases: &["cpr"],
        inputs: [price("high"), price("low"), price("close"), key("session")],
        outputs: [
            line("pivot", "primary", Scale::Price, "Pivot of the session before."),
            line("tc", "upper", Scale::Price, "Top of the central range."),
            line("bc", "lower", Scale::Price, "Bottom of the central range."),
        ]
        .map(Output::level),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Ochoa, Secrets of a Pivot Boss (2010): BC = (H + L) / 2, TC = (P - BC) + P",
    }
    .indicator::<CentralRange>()
}

#[derive(Clone, Parameters)]
struct CentralRange;

/// The session so far, and the levels from the one before.
#[derive(Clone, State)]
struct Session {
    key: f64,
    bar: [f64; 3],
    levels: [f64; 3],
}

impl Recursive<4> for CentralRange {
    type Out = [f64; 3];
    type State = Session;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Session {
        Session { key: f64::NAN, bar: [f64::NAN; 3], levels: [f64::NAN; 3] }
    }

    fn next(&self, session: &mut Session, [high, low, close, key]: [f64; 4]) -> [f64; 3] {
        let [top, bottom, last] = session.bar;
        if key != session.key {
            let pivot = (top + bottom + last) / 3.0;
            let middle = (top + bottom) / 2.0;
            let other = (pivot - middle) + pivot;
            let levels = [pivot, middle.max(other), middle.min(other)];
            *session = Session { key, bar: [high, low, close], levels };
        } else {
            session.bar = [top.max(high), bottom.min(low), close];
        }
        session.levels
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_top_is_above_the_bottom_wherever_the_close_was() {
        let inputs: [&[f64]; 4] = [
            &[12.0, 16.0, 14.0, 14.0],
            &[9.0, 4.0, 8.0, 8.0],
            &[12.0, 13.0, 8.0, 8.0],
            &[1.0, 1.0, 2.0, 3.0],
        ];
        let of = |output| reals("central_pivot_range", output, json!({}), &inputs);
        assert_eq!(of("pivot"), [None, None, Some(11.0), Some(10.0)]);
        assert_eq!(of("tc"), [None, None, Some(12.0), Some(11.0)]);
        assert_eq!(of("bc"), [None, None, Some(10.0), Some(9.0)]);
    }
}
