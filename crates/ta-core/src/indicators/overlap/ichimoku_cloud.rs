//! All five Ichimoku lines, each on the bars where a chart shows it.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ichimoku_cloud",
        display_name: "Ichimoku Cloud",
        category: Category::Overlap,
        description: "Goichi Hosoda's five lines as a chart shows them: unlike in `ichimoku`, the \
            two leading spans are moved `displacement` bars forward, so each row holds the cloud \
            drawn at that bar, known since `displacement` bars before. Price above the cloud is \
            read as an uptrend, below as a downtrend. The lagging span is the close drawn \
            `displacement` bars back: by default a row holds its own close, which nothing has to \
            look ahead for; with `shift_chikou` it holds what the chart shows there, the close \
            `displacement` bars later, and the last rows are null in all lines.",
        aliases: &["kumo"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            line("tenkan_sen", "primary", Scale::Price, "Conversion line, the fastest midpoint."),
            line("kijun_sen", "secondary", Scale::Price, "Base line, the middle midpoint."),
            band("senkou_span_a", "leading", Scale::Price, "First edge of the cloud at this bar."),
            band("senkou_span_b", "leading", Scale::Price, "Second edge of the cloud at this bar."),
            line(
                "chikou_span",
                "lagging",
                Scale::Price,
                "The close, to be drawn displacement bars back.",
            )
            .drawn_at(-26),
        ],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Hosoda; StockCharts ChartSchool, Ichimoku Cloud: midpoints of 9, 26 and 52 bars, \
            26 ahead",
    }
    .indicator::<IchimokuCloud>()
}

#[derive(Clone, Parameters)]
struct IchimokuCloud {
    /// Bars of the conversion line's midpoint.
    #[param(default = 9, min = 1)]
    tenkan_period: usize,
    /// Bars of the base line's midpoint.
    #[param(default = 26, min = 1)]
    kijun_period: usize,
    /// Bars of the second leading span's midpoint.
    #[param(default = 52, min = 1)]
    senkou_b_period: usize,
    /// Bars by which the spans are moved.
    #[param(default = 26, min = 0)]
    displacement: usize,
    /// Whether the lagging span is moved back, looking ahead.
    #[param(default = false)]
    shift_chikou: bool,
}

impl Composed<3> for IchimokuCloud {
    type Out = [f64; 5];

    fn lookback(&self) -> usize {
        let longest = self.tenkan_period.max(self.kijun_period).max(self.senkou_b_period);
        longest - 1 + self.displacement
    }

    fn lookahead(&self) -> usize {
        if self.shift_chikou {
            self.displacement
        } else {
            0
        }
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let mean = |[a, b]: [f64; 2]| (a + b) / 2.0;
        let midpoint =
            |period| ta.map([&ta.highest(&high, period), &ta.lowest(&low, period)], mean);
        let (tenkan, kijun) = (midpoint(self.tenkan_period), midpoint(self.kijun_period));
        let senkou_b = midpoint(self.senkou_b_period);
        let [tenkan_before, kijun_before, span_b] =
            [&tenkan, &kijun, &senkou_b].map(|line| ta.shift(line, self.displacement));
        let chikou = ta.ahead(&close, Composed::lookahead(self));
        let lines = [&tenkan, &kijun, &tenkan_before, &kijun_before, &span_b, &chikou];
        ta.rows(lines, |[tenkan, kijun, tenkan_before, kijun_before, span_b, chikou]| {
            [tenkan, kijun, mean([tenkan_before, kijun_before]), span_b, chikou]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_cloud_comes_from_the_bars_displacement_rows_earlier() {
        let close: Vec<f64> = (0..8).map(|i| f64::from(i * i)).collect();
        let lines = |shift: bool| {
            let given = json!({
                "tenkanPeriod": 1, "kijunPeriod": 2, "senkouBPeriod": 3, "displacement": 2,
                "shiftChikou": shift,
            });
            let out = run("ichimoku_cloud", given, &[&close, &close, &close]);
            out.iter().map(|o| o.as_f64().unwrap().to_vec()).collect::<Vec<_>>()
        };
        let now = lines(false);
        assert_eq!(now[0][3..5], [None, Some(16.0)]);
        // Two bars ago: conversion 4, base (1 + 4) / 2, and the midpoint of 0, 1 and 4.
        assert_eq!((now[2][4], now[3][4]), (Some(3.25), Some(2.0)));
        assert_eq!((now[4][4], now[4][7]), (Some(16.0), Some(49.0)));
        let shifted = lines(true);
        assert_eq!((shifted[4][4], shifted[4][5]), (Some(36.0), Some(49.0)));
        assert!(shifted.iter().all(|line| line[6..] == [None, None]));
        assert_eq!(shifted[3][..6], now[3][..6]);
    }
}
