//! Levels of support and resistance from the session before.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pivots",
        display_name: "Pivot Points",
        category: Category::Structure,
        description: "A pivot price and levels of resistance (r1 to r4) above and support (s1 to \
            s4) below it, computed from open, high, low and close of the session before and \
            constant through a session, so nothing looks ahead. A row whose `session` differs \
            from the row before starts a new session; the first session has no levels. \
            `traditional` and `classic` differ from the third level on; `woodie` also takes the \
            first open of the session itself; `fibonacci` has three levels and `demark` one, the \
            others are null.",
        aliases: &["pivot_points"],
        inputs: [price("open"), price("high"), price("low"), price("close"), key("session")],
        outputs: [
            line("p", "primary", Scale::Price, "Pivot of the session before."),
            line("r1", "resistance", Scale::Price, "First resistance above the pivot."),
            line("r2", "resistance", Scale::Price, "Second resistance above the pivot."),
            line("r3", "resistance", Scale::Price, "Third resistance above the pivot."),
            line("r4", "resistance", Scale::Price, "Fourth resistance above the pivot."),
            line("s1", "support", Scale::Price, "First support below the pivot."),
            line("s2", "support", Scale::Price, "Second support below the pivot."),
            line("s3", "support", Scale::Price, "Third support below the pivot."),
            line("s4", "support", Scale::Price, "Fourth support below the pivot."),
        ]
        .map(Output::level),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "TradingView, Pivot Points Standard, support article 43000521824",
    }
    .indicator::<Pivots>()
}

/// The name of a set of formulas.
#[derive(Clone, Copy, PartialEq, Choice)]
enum Method {
    Traditional,
    Classic,
    Fibonacci,
    Camarilla,
    Woodie,
    Demark,
}

#[derive(Clone, Copy, State)]
struct Session {
    open: f64,
    high: f64,
    low: f64,
    close: f64,
}

impl Session {
    fn add(&mut self, bar: Self) {
        self.high = self.high.max(bar.high);
        self.low = self.low.min(bar.low);
        self.close = bar.close;
    }
}

/// The pivot, the resistances r1 to r4 and the supports s1 to s4.
fn levels(method: Method, before: Session, open_now: f64) -> [f64; 9] {
    const NONE: f64 = f64::NAN;
    let Session { open, high, low, close } = before;
    let (mean, range) = ((high + low + close) / 3.0, high - low);
    let around = |p: f64, from: f64, steps: [f64; 4]| {
        let [a, b, c, d] = steps.map(|step| step * range);
        [p, from + a, from + b, from + c, from + d, from - a, from - b, from - c, from - d]
    };
    // Several methods share r1 = 2p - low and r2 = p + range.
    let floor = |p: f64, r3: f64, r4: f64, s3: f64, s4: f64| {
        [p, 2.0 * p - low, p + range, r3, r4, 2.0 * p - high, p - range, s3, s4]
    };
    match method {
        Method::Classic => {
            let (two, three) = (2.0 * range, 3.0 * range);
            floor(mean, mean + two, mean + three, mean - two, mean - three)
        }
        Method::Fibonacci => around(mean, mean, [0.382, 0.618, 1.0, NONE]),
        Method::Camarilla => around(mean, close, [1.1 / 12.0, 1.1 / 6.0, 1.1 / 4.0, 1.1 / 2.0]),
        Method::Woodie => {
            let p = (high + low + 2.0 * open_now) / 4.0;
            let (r3, s3) = (high + 2.0 * (p - low), low - 2.0 * (high - p));
            floor(p, r3, r3 + range, s3, s3 - range)
        }
        Method::Demark => {
            let favoured = if close > open {
                high
            } else if close < open {
                low
            } else {
                close
            };
            let x = high + low + close + favoured;
            [x / 4.0, x / 2.0 - low, NONE, NONE, NONE, x / 2.0 - high, NONE, NONE, NONE]
        }
        Method::Traditional => floor(
            mean,
            2.0 * mean + (high - 2.0 * low),
            3.0 * mean + (high - 3.0 * low),
            2.0 * mean - (2.0 * high - low),
            3.0 * mean - (3.0 * high - low),
        ),
    }
}

#[derive(Clone, Parameters)]
struct Pivots {
    /// The formulas of the levels.
    #[param(default = Method::Traditional)]
    method: Method,
}

#[derive(Clone, State)]
struct Sessions {
    /// The key of the session, NaN before the first row.
    key: f64,
    /// The session so far, and the levels from the one before.
    session: Session,
    levels: [f64; 9],
}

impl Recursive<5> for Pivots {
    type Out = [f64; 9];
    type State = Sessions;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Sessions {
        const NONE: f64 = f64::NAN;
        let session = Session { open: NONE, high: NONE, low: NONE, close: NONE };
        Sessions { key: NONE, session, levels: [NONE; 9] }
    }

    #[inline(always)]
    fn next(&self, now: &mut Sessions, [open, high, low, close, key]: [f64; 5]) -> [f64; 9] {
        let bar = Session { open, high, low, close };
        if key != now.key {
            now.levels = levels(self.method, now.session, open);
            (now.session, now.key) = (bar, key);
        } else {
            now.session.add(bar);
        }
        now.levels
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    /// The levels after a session of two bars: open 10, high 16, low 4, close 13.
    fn after(method: &str) -> Vec<Option<f64>> {
        let inputs: [&[f64]; 5] = [
            &[10.0, 12.0, 14.0],
            &[12.0, 16.0, 14.0],
            &[9.0, 4.0, 14.0],
            &[12.0, 13.0, 14.0],
            &[7.0, 7.0, 8.0],
        ];
        let out = run("pivots", json!({ "method": method }), &inputs);
        let columns: Vec<_> = out.iter().map(|o| o.as_f64().unwrap()).collect();
        assert!(columns.iter().all(|c| c[..2] == [None, None]), "the first session has none");
        columns.iter().map(|c| c[2]).collect()
    }

    #[test]
    fn the_levels_of_every_method_are_those_computed_by_hand() {
        let all = |values: [f64; 9]| values.map(Some).to_vec();
        let traditional = [11.0, 18.0, 23.0, 30.0, 37.0, 6.0, -1.0, -6.0, -11.0];
        assert_eq!(after("traditional"), all(traditional));
        let classic = [11.0, 18.0, 23.0, 35.0, 47.0, 6.0, -1.0, -13.0, -25.0];
        assert_eq!(after("classic"), all(classic));
        let woodie = [12.0, 20.0, 24.0, 32.0, 44.0, 8.0, 0.0, -4.0, -16.0];
        assert_eq!(after("woodie"), all(woodie));
        let demark = after("demark");
        assert_eq!((demark[0], demark[1], demark[5]), (Some(12.25), Some(20.5), Some(8.5)));
        assert_eq!(demark.iter().flatten().count(), 3);
        let camarilla = after("camarilla");
        assert_eq!((camarilla[0], camarilla[4]), (Some(11.0), Some(13.0 + 12.0 * (1.1 / 2.0))));
        let fibonacci = after("fibonacci");
        assert_eq!((fibonacci[3], fibonacci[4], fibonacci[7]), (Some(23.0), None, Some(-1.0)));
    }
}
