//! The average price since the start of a session or an event, weighted by volume, with deviation
//! bands.

use crate::prelude::*;

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    let vwap = line("vwap", "primary", Scale::Price, "Volume-weighted average price so far.");
    let bands = [
        band("upper", "upper", Scale::Price, "Average plus multiplier standard deviations."),
        band("lower", "lower", Scale::Price, "Average less multiplier standard deviations."),
    ];
    [
        Native {
        id: "session_vwap",
        display_name: "Session VWAP",
        category: Category::Volume,
        description: "Average of the typical prices (high + low + close) / 3 since the session \
            began, each weighted by its volume, with bands at a multiple of the volume-weighted \
            (population) standard deviation. A row whose `session` differs from the row before \
            starts anew. Price above the line is read as buyers paying more than the session's \
            average; the bands mark how far prices usually stray from it. Null until something \
            has traded in the session.",
        aliases: &["vwap_session"],
        inputs: [price("high"), price("low"), price("close"), price("volume"), key("session")],
        outputs: (vwap.clone(), bands.clone()),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source:
            "sum(v * p) / sum(v) and sqrt(sum(v * (p - vwap)^2) / sum(v)) since the session began",
    }
        .indicator::<Vwap<false>>(),
        Native {
        id: "anchored_vwap",
        display_name: "Anchored VWAP",
        category: Category::Volume,
        description: "Average of the typical prices (high + low + close) / 3 since the latest \
            anchor, each weighted by its volume, with bands at a multiple of the volume-weighted \
            (population) standard deviation. `anchor` is a Boolean column (or one of 0 and 1): a \
            row where it is true starts anew and is the first to count. It shows what those who \
            traded since an event have paid on average. Null before the first anchor, and until \
            something has traded since one.",
        aliases: &["avwap"],
        inputs: [price("high"), price("low"), price("close"), price("volume"), key("anchor")],
        outputs: (vwap.sparse(), bands.map(Output::sparse)),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source:
            "sum(v * p) / sum(v) and sqrt(sum(v * (p - vwap)^2) / sum(v)) since the last anchor",
    }
        .indicator::<Vwap<true>>(),
    ]
}

/// Mean and squared deviations of weighted prices, updated by West's method (1979), which stays
/// exact when prices differ by little.
#[derive(Clone, Default, State)]
struct Traded {
    volume: f64,
    mean: f64,
    squares: f64,
}

impl Traded {
    #[inline(always)]
    fn add(&mut self, price: f64, volume: f64) {
        if volume == 0.0 {
            return;
        }
        self.volume += volume;
        let off = price - self.mean;
        self.mean += off * (volume / self.volume);
        self.squares += volume * off * (price - self.mean);
    }

    /// The average and its bands; NaN before the first trade.
    fn values(&self, multiplier: f64) -> (f64, [f64; 2]) {
        let mean = if self.volume == 0.0 { f64::NAN } else { self.mean };
        let reach = multiplier * (self.squares / self.volume).sqrt();
        (mean, [mean + reach, mean - reach])
    }
}

/// The average since the latest anchor, or since the key of the session changed.
#[derive(Clone, Parameters)]
struct Vwap<const ANCHORED: bool> {
    /// Standard deviations between average and bands.
    #[param(default = 1.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

#[derive(Clone, State)]
struct Since {
    /// Whether there was an anchor or a session.
    begun: bool,
    /// The key of the row before; NaN before the first row.
    key: f64,
    traded: Traded,
}

impl<const ANCHORED: bool> Recursive<5> for Vwap<ANCHORED> {
    type Out = (f64, [f64; 2]);
    type State = Since;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> Since {
        Since { begun: false, key: f64::NAN, traded: Traded::default() }
    }

    #[inline(always)]
    fn next(
        &self,
        since: &mut Since,
        [high, low, close, volume, key]: [f64; 5],
    ) -> (f64, [f64; 2]) {
        let begins = if ANCHORED { key != 0.0 } else { key != since.key };
        since.key = key;
        if begins {
            (since.traded, since.begun) = (Traded::default(), true);
        }
        if since.begun {
            since.traded.add((high + low + close) / 3.0, volume);
        }
        since.traded.values(self.multiplier)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_session_starts_anew_and_has_no_value_before_its_first_trade() {
        let price = [10.0, 14.0, 0.1, 0.1, 7.0];
        let volume = [3.0, 1.0, 0.7, 5.3, 0.0];
        let session = [1.0, 1.0, 2.0, 2.0, 1.0];
        let inputs: [&[f64]; 5] = [&price, &price, &price, &volume, &session];
        let out = run("session_vwap", json!({}), &inputs);
        let [vwap, upper, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap());
        // The deviations of the first session are 1, thrice, and 3: a variance of 12 / 4.
        assert_eq!(vwap[..2], [Some(10.0), Some(11.0)]);
        assert_eq!(upper[..2], [Some(10.0), Some(11.0 + 3f64.sqrt())]);
        assert_eq!(lower[1], Some(11.0 - 3f64.sqrt()));
        assert_eq!((upper[3], vwap[3]), (lower[3], upper[3]), "one price has no spread");
        assert_eq!((vwap[4], upper[4], lower[4]), (None, None, None));
    }

    #[test]
    fn each_anchor_starts_a_new_average() {
        let (price, volume) = ([99.0, 4.0, 8.0, 5.0], [9.0, 2.0, 2.0, 1.0]);
        let anchor = [0.0, 1.0, 0.0, 1.0];
        let inputs: [&[f64]; 5] = [&price, &price, &price, &volume, &anchor];
        let out = run("anchored_vwap", json!({ "multiplier": 2.0 }), &inputs);
        assert_eq!(out[0].as_f64().unwrap(), [None, Some(4.0), Some(6.0), Some(5.0)]);
        assert_eq!(out[1].as_f64().unwrap(), [None, Some(4.0), Some(10.0), Some(5.0)]);
    }
}
