//! The range of the first bars of a session.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "initial_balance",
        display_name: "Initial Balance",
        category: Category::Structure,
        description: "High and low of the first bars of a session, and the levels one extension \
            (a multiple of that range) beyond them. In market profile the first hour is taken: \
            two bars of half an hour. A row whose `session` differs from the row before starts a \
            session. The levels stand from the last of these bars on, whose close makes them \
            known, to the end of the session, and are null before. A narrow balance is read as \
            an invitation to break out; the extensions are targets.",
        aliases: &["ib"],
        inputs: [price("high"), price("low"), key("session")],
        outputs: [
            line("high", "upper", Scale::Price, "Highest price of the first bars."),
            line("low", "lower", Scale::Price, "Lowest price of the first bars."),
            line("upper", "resistance", Scale::Price, "High plus extension times the range."),
            line("lower", "support", Scale::Price, "Low less extension times the range."),
        ]
        .map(Output::level),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Dalton, Mind over Markets (1990): high and low of the session's first hour",
    }
    .indicator::<InitialBalance>()
}

#[derive(Clone, Parameters)]
struct InitialBalance {
    /// Bars in the balance, from the session's first on.
    #[param(default = 2, min = 1)]
    bars: usize,
    /// Ranges between the balance and the outer levels.
    #[param(default = 1.0, min = 0.0, max = 1e9)]
    extension: f64,
}

/// The session's bars, counted up to those in the balance, and their range.
#[derive(Clone, State)]
struct Balance {
    key: f64,
    count: usize,
    high: f64,
    low: f64,
}

impl Recursive<3> for InitialBalance {
    type Out = [f64; 4];
    type State = Balance;

    fn lookback(&self) -> usize {
        self.bars - 1
    }

    fn start(&self) -> Balance {
        Balance { key: f64::NAN, count: 0, high: f64::NAN, low: f64::NAN }
    }

    fn next(&self, balance: &mut Balance, [high, low, key]: [f64; 3]) -> [f64; 4] {
        if key != balance.key {
            *balance = Balance { key, count: 1, high, low };
        } else if balance.count < self.bars {
            balance.count += 1;
            (balance.high, balance.low) = (balance.high.max(high), balance.low.min(low));
        }
        if balance.count < self.bars {
            return [f64::NAN; 4];
        }
        let (high, low) = (balance.high, balance.low);
        let reach = self.extension * (high - low);
        [high, low, high + reach, low - reach]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_range_is_known_at_the_end_of_its_last_bar() {
        let inputs: [&[f64]; 3] =
            [&[5.0, 6.0, 9.0, 7.0, 8.0], &[3.0, 4.0, 1.0, 5.0, 6.0], &[1.0, 1.0, 1.0, 2.0, 2.0]];
        let of = |output| reals("initial_balance", output, json!({ "extension": 0.5 }), &inputs);
        assert_eq!(of("high"), [None, Some(6.0), Some(6.0), None, Some(8.0)]);
        assert_eq!(of("low"), [None, Some(3.0), Some(3.0), None, Some(5.0)]);
        assert_eq!(of("upper")[2], Some(7.5));
        assert_eq!(of("lower")[2], Some(1.5));
    }
}
