//! DeMark's countdown to 13, which follows a setup of nine.

use crate::prelude::*;

/// Closes in a row that complete a setup.
const SETUP: usize = 9;
/// The last number of a countdown, and the one whose close qualifies it.
const LAST: i32 = 13;
const QUALIFIES: i32 = 8;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "td_countdown",
        display_name: "TD Countdown",
        category: Category::Momentum,
        description: "The second phase of DeMark's Sequential. After nine closes in a row below \
            the close four bars earlier (a buy setup, see `td_seq`), the buy countdown numbers \
            the bars that close at or below the low two bars earlier, from the ninth bar of the \
            setup on and not necessarily in a row; 13 is taken as the exhaustion of the fall. \
            Number 13 must also have a low at or below the close of number 8, and waits for it. \
            A sell setup ends the countdown, and so does a bar whose true low is above the \
            highest true high of the setup. The sell countdown mirrors it. Each output is the \
            number so far, and 0 without a countdown; 13 stands for one bar. A second setup of \
            the same kind changes nothing: DeMark's rules of recycling are not included.",
        aliases: &["td_sequential_countdown", "demark_countdown"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            signal("buy", "lower", Scale::Bars, "Bars counted in a buy countdown.")
                .within(0.0, LAST as f64),
            signal("sell", "upper", Scale::Bars, "Bars counted in a sell countdown.")
                .within(0.0, LAST as f64),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "T. DeMark, The New Science of Technical Analysis (1994); J. Perl, DeMark \
            Indicators (2008)",
    }
    .indicator::<Countdown>()
}

#[derive(Clone, Parameters)]
struct Countdown;

/// One side of the market, as the buyer sees it: the seller's prices are negated.
#[derive(Clone, State)]
struct Side {
    /// The last five closes and three lows.
    closes: Window,
    lows: Window,
    /// Closes in a row below the close four bars earlier, and the highest true high among them.
    run: usize,
    top: f64,
    /// Whether there is a countdown, its number, the close of its eighth bar, and the price that
    /// ends it.
    counts: bool,
    number: i32,
    eighth: f64,
    stop: f64,
}

impl Side {
    fn new() -> Self {
        Self {
            closes: Window::new(5),
            lows: Window::new(3),
            run: 0,
            top: f64::NAN,
            counts: false,
            number: 0,
            eighth: f64::NAN,
            stop: f64::NAN,
        }
    }

    /// Follows the setup; says whether this bar completes it.
    fn completes(&mut self, high: f64, low: f64, close: f64) -> bool {
        let before = self.closes.back(0).unwrap_or(close);
        self.closes.push(close);
        self.lows.push(low);
        if self.closes.is_full() && self.closes.back(4).is_some_and(|then| close < then) {
            self.top =
                if self.run == 0 { high.max(before) } else { self.top.max(high).max(before) };
            self.run = self.run.saturating_add(1);
        } else {
            self.run = 0;
        }
        self.run == SETUP
    }

    /// The number after this bar. The setups of both sides have seen it.
    fn count(&mut self, set: bool, opposite: bool, low: f64, close: f64) -> i32 {
        let true_low = self.closes.back(1).map_or(low, |before| low.min(before));
        if opposite || self.number == LAST || true_low > self.stop {
            (self.counts, self.number, self.stop) = (false, 0, f64::NAN);
        }
        if set && !self.counts {
            (self.counts, self.stop) = (true, self.top);
        }
        let below = self.lows.back(2).is_some_and(|then| close <= then);
        let waits = self.number == LAST - 1 && low > self.eighth;
        if self.counts && below && !waits {
            // A damaged state may have any number.
            self.number = (self.number + 1).clamp(0, LAST);
            if self.number == QUALIFIES {
                self.eighth = close;
            }
        }
        self.number
    }
}

#[derive(Clone, State)]
struct Sides {
    buy: Side,
    sell: Side,
}

impl Recursive<3> for Countdown {
    type Out = [i32; 2];
    type State = Sides;

    fn lookback(&self) -> usize {
        4 + SETUP - 1
    }

    fn start(&self) -> Sides {
        Sides { buy: Side::new(), sell: Side::new() }
    }

    fn next(&self, sides: &mut Sides, [high, low, close]: [f64; 3]) -> [i32; 2] {
        let Sides { buy, sell } = sides;
        let bought = buy.completes(high, low, close);
        let sold = sell.completes(-low, -high, -close);
        [buy.count(bought, sold, low, close), sell.count(sold, bought, -high, -close)]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn a_steady_fall_counts_each_bar_from_the_ninth_of_the_setup_on() {
        let close: Vec<f64> = (0..30).map(|row| 100.0 - f64::from(row)).collect();
        let high: Vec<f64> = close.iter().map(|close| close + 1.0).collect();
        let low: Vec<f64> = close.iter().map(|close| close - 1.0).collect();
        let buy = wholes("td_countdown", "buy", json!({}), &[&high, &low, &close]);
        let counted: Vec<Option<i32>> = (1..=13).map(Some).collect();
        assert_eq!(buy[..12], [None; 12]);
        assert_eq!(buy[12..25], counted);
        assert_eq!(buy[25..], [Some(0); 5]);
        let rise: Vec<Vec<f64>> =
            [&low, &high, &close].map(|line| line.iter().map(|v| -v).collect()).into();
        let sell = wholes("td_countdown", "sell", json!({}), &[&rise[0], &rise[1], &rise[2]]);
        assert_eq!(sell, buy);
    }

    #[test]
    fn a_bar_above_the_setup_ends_the_countdown() {
        let mut close: Vec<f64> = (0..16).map(|row| 100.0 - f64::from(row)).collect();
        close.extend([120.0, 120.0]);
        let buy = wholes("td_countdown", "buy", json!({}), &[&close, &close, &close]);
        // The first bar there is true from the close before it on, so it has no higher true low.
        assert_eq!(buy[15..], [Some(4), Some(4), Some(0)]);
    }
}
