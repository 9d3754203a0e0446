//! Two swings at the same price, and the break of the swing between them.

use crate::{prelude::*, swings::Swings};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "double_top",
            display_name: "Double Top",
            category: Category::Structure,
            description: "Two confirmed swing highs in a row that differ by at most `tolerance` \
                percent, with a valley at least `depth` percent below the lower one. `top` (the \
                higher of both) and `neckline` (the lowest low between them) stand from the bar \
                that confirms the second, `right` bars after it, so nothing looks ahead. `value` \
                is true where a close below the neckline completes the pattern, which is read as \
                the end of a rise; a high above the top undoes it, and a new swing high begins \
                anew. Bulkowski takes tops within 3 % and valleys of 10 % or more on daily \
                charts; shorter bars need less.",
            aliases: &["double_tops"],
            inputs: [price("high"), price("low"), price("close")],
            outputs: (
                event("value", "event", "True where a close below the neckline completes it."),
                [
                    line("top", "upper", Scale::Price, "Higher top of a pattern not yet complete."),
                    line("neckline", "lower", Scale::Price, "Lowest low between its tops."),
                ]
                .map(Output::level),
            ),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "Bulkowski, Encyclopedia of Chart Patterns (2000), double tops",
        }
        .indicator::<Double<true>>(),
        Native {
            id: "double_bottom",
            display_name: "Double Bottom",
            category: Category::Structure,
            description: "Two confirmed swing lows in a row that differ by at most `tolerance` \
                percent, with a peak at least `depth` percent above the higher one. `bottom` (the \
                lower of both) and `neckline` (the highest high between them) stand from the bar \
                that confirms the second, `right` bars after it, so nothing looks ahead. `value` \
                is true where a close above the neckline completes the pattern, which is read as \
                the end of a fall; a low below the bottom undoes it, and a new swing low begins \
                anew. Bulkowski takes bottoms within 3 % and peaks of 10 % or more on daily \
                charts; shorter bars need less.",
            aliases: &["double_bottoms"],
            inputs: [price("high"), price("low"), price("close")],
            outputs: (
                event("value", "event", "True where a close above the neckline completes it."),
                [
                    line("bottom", "lower", Scale::Price, "Lower bottom of an incomplete pattern."),
                    line("neckline", "upper", Scale::Price, "Highest high between its bottoms."),
                ]
                .map(Output::level),
            ),
            memory: Memory::Recursive,
            pane: Pane::Overlay,
            complexity: "O(n * (left + right))",
            source: "Bulkowski, Encyclopedia of Chart Patterns (2000), double bottoms",
        }
        .indicator::<Double<false>>(),
    ]
}

#[derive(Clone, Parameters)]
struct Double<const TOP: bool> {
    /// Bars before a swing that it must stand out from.
    #[param(default = 5, min = 1)]
    left: usize,
    /// Bars after a swing that it must stand out from.
    #[param(default = 5, min = 1)]
    right: usize,
    /// Percent by which the two swings may differ.
    #[param(default = 3.0, min = 0.0, max = 100.0)]
    tolerance: f64,
    /// Least percent between the nearer swing and the neckline.
    #[param(default = 3.0, min = 0.0, max = 100.0)]
    depth: f64,
}

/// What is known, as for a top: the prices of a bottom are negated.
#[derive(Clone, State)]
struct Track {
    highs: Window,
    lows: Window,
    /// The latest swing high, and the lowest low since it up to the bar that may be the next.
    last: f64,
    valley: f64,
    /// The pattern that is not complete; missing if there is none.
    top: f64,
    neckline: f64,
}

impl<const TOP: bool> Double<TOP> {
    fn swings(&self) -> Swings {
        Swings { left: self.left, right: self.right, allow_equal_extremes: false }
    }

    /// Looks at the bar of which all neighbours are known now.
    fn follow(&self, track: &mut Track) {
        let Some(swing) = self.swings().confirmed(&track.highs, true) else {
            let low = track.lows.back(self.right).filter(|_| track.lows.is_full());
            track.valley = track.valley.min(low.unwrap_or(f64::INFINITY));
            return;
        };
        let lower = swing.min(track.last);
        let near = (swing - track.last).abs() <= self.tolerance / 100.0 * lower.abs();
        let deep = lower - track.valley >= self.depth / 100.0 * lower.abs();
        let found = near && deep && track.valley.is_finite();
        (track.top, track.neckline) =
            if found { (swing.max(track.last), track.valley) } else { (f64::NAN, f64::NAN) };
        (track.last, track.valley) = (swing, f64::INFINITY);
    }
}

impl<const TOP: bool> Recursive<3> for Double<TOP> {
    type Out = (bool, [f64; 2]);
    type State = Track;

    fn lookback(&self) -> usize {
        self.left + self.right + self.swings().spacing()
    }

    fn start(&self) -> Track {
        Track {
            highs: self.swings().window(),
            lows: self.swings().window(),
            last: f64::NAN,
            valley: f64::INFINITY,
            top: f64::NAN,
            neckline: f64::NAN,
        }
    }

    fn next(&self, track: &mut Track, [high, low, close]: [f64; 3]) -> (bool, [f64; 2]) {
        let sign = if TOP { 1.0 } else { -1.0 };
        let [high, low] = if TOP { [high, low] } else { [-low, -high] };
        track.highs.push(high);
        track.lows.push(low);
        self.follow(track);
        let breaks = sign * close < track.neckline;
        if breaks || high > track.top {
            (track.top, track.neckline) = (f64::NAN, f64::NAN);
        }
        (breaks, [sign * track.top, sign * track.neckline])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{events, reals};

    /// Swing highs at 20 and 20.5 around a valley at 15, then the last bars.
    fn bars(last: [f64; 2]) -> Vec<f64> {
        [vec![10.0, 20.0, 15.0, 16.0, 20.5, 18.0], last.to_vec()].concat()
    }

    #[test]
    fn a_close_beyond_the_neckline_completes_the_pattern() {
        let given = json!({ "left": 1, "right": 1 });
        for (id, side, sign) in [("double_top", "top", 1.0), ("double_bottom", "bottom", -1.0)] {
            let prices: Vec<f64> = bars([14.0, 13.0]).iter().map(|v| sign * v).collect();
            let inputs: [&[f64]; 3] = [&prices, &prices, &prices];
            let value = events(id, "value", given.clone(), &inputs);
            assert_eq!(value[4..], [false, false, true, false].map(Some), "{id}");
            let level = reals(id, side, given.clone(), &inputs);
            assert_eq!(level[4..], [None, Some(sign * 20.5), None, None]);
            assert_eq!(reals(id, "neckline", given.clone(), &inputs)[5], Some(sign * 15.0));
        }
    }

    #[test]
    fn a_new_high_undoes_it_and_shallow_valleys_do_not_count() {
        let prices = bars([21.0, 19.0]);
        let of = |given| events("double_top", "value", given, &[&prices, &prices, &prices]);
        let none = [Some(false); 4];
        assert_eq!(of(json!({ "left": 1, "right": 1 }))[4..], none);
        let prices = bars([14.0, 13.0]);
        let of = |given| events("double_top", "value", given, &[&prices, &prices, &prices]);
        assert_eq!(of(json!({ "left": 1, "right": 1, "depth": 30 }))[4..], none);
        assert_eq!(of(json!({ "left": 1, "right": 1, "tolerance": 2 }))[4..], none);
    }
}
