//! A moving average with lines at a percentage above and below it.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ma_envelope",
        display_name: "Moving Average Envelope",
        category: Category::Overlap,
        description: "A moving average and two lines at a fixed percentage above and below it. In \
            a market without a trend prices that reach a line are taken as stretched; in a trend \
            a close outside confirms it. The width follows the price, not the volatility as with \
            Bollinger Bands. StockCharts and Skender use 2.5 percent, TradingView 10.",
        aliases: &["envelope", "ma_envelopes", "moving_average_envelopes"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            band("upper", "upper", Scale::Price, "The average plus the percentage."),
            line("middle", "middle", Scale::Price, "The moving average."),
            band("lower", "lower", Scale::Price, "The average less the percentage."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "StockCharts ChartSchool, Moving Average Envelopes: SMA(20) plus and less 2.5 \
            percent",
    }
    .indicator::<Envelope>()
}

/// An average whose first value needs one window.
#[derive(Clone, Copy, PartialEq, Choice)]
enum Average {
    Sma,
    Ema,
    Wma,
    Trima,
    Rma,
}

#[derive(Clone, Parameters)]
struct Envelope {
    /// Bars of the average.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Distance of the lines from the average, in percent of it.
    #[param(default = 2.5, min = 0.0, max = 1e9)]
    percent: f64,
    /// The kind of the average.
    #[param(default = Average::Sma)]
    average: Average,
}

impl Composed<1> for Envelope {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let function = match self.average {
            Average::Sma => FuncId::SMA,
            Average::Ema => FuncId::EMA,
            Average::Wma => FuncId::WMA,
            Average::Trima => FuncId::TRIMA,
            Average::Rma => FuncId::RMA,
        };
        let share = self.percent / 100.0;
        let middle = ta.of_window(function, series, self.period);
        ta.rows([&middle], |[middle]| [middle * (1.0 + share), middle, middle * (1.0 - share)])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_lines_are_shares_of_the_average() {
        let params = json!({ "period": 2, "percent": 50, "average": "wma" });
        let out = run("ma_envelope", params, &[&[3.0, 6.0, 9.0]]);
        let [upper, middle, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap());
        assert_eq!(upper, [None, Some(7.5), Some(12.0)]);
        assert_eq!(middle, [None, Some(5.0), Some(8.0)]);
        assert_eq!(lower, [None, Some(2.5), Some(4.0)]);
    }
}
