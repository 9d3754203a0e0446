//! All five Ichimoku lines, each on the bars where a chart shows it.

use crate::{
    prelude::*,
    talib::parts::{highest, lowest, map, row, Part},
};

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

impl Formula<3> for IchimokuCloud {
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

    fn compute(
        &self,
        [high, low, close]: [&[f64]; 3],
        [tenkan_sen, kijun_sen, senkou_span_a, senkou_span_b, chikou_span]: [&mut [f64]; 5],
    ) {
        let midpoint = |period: usize| {
            let (top, bottom) = (highest(high, period), lowest(low, period));
            map([&top, &bottom], mean)
        };
        let (tenkan, kijun, senkou_b) = (
            midpoint(self.tenkan_period),
            midpoint(self.kijun_period),
            midpoint(self.senkou_b_period),
        );
        let ahead = self.lookahead();
        for row in self.lookback()..high.len() - ahead {
            let from = row - self.displacement;
            tenkan_sen[row] = tenkan[row];
            kijun_sen[row] = kijun[row];
            senkou_span_a[row] = mean([tenkan[from], kijun[from]]);
            senkou_span_b[row] = senkou_b[from];
            chikou_span[row] = close[row + ahead];
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

fn mean([a, b]: [f64; 2]) -> f64 {
    (a + b) / 2.0
}

/// The highest high and the lowest low of a window.
#[derive(Clone, State)]
struct Extremes {
    high: Part,
    low: Part,
}

impl Extremes {
    fn new(period: usize) -> Self {
        Self { high: row::highest(period), low: row::lowest(period) }
    }

    fn midpoint(&mut self, [high, low]: [f64; 2]) -> f64 {
        mean([self.high.next([high]), self.low.next([low])])
    }
}

#[derive(Clone, State)]
struct Lines {
    tenkan: Extremes,
    kijun: Extremes,
    senkou_b: Extremes,
    /// The edges of the cloud up to the one at this bar.
    span_a: Window,
    span_b: Window,
}

impl ByRow<3> for IchimokuCloud {
    type State = Lines;

    fn start(&self) -> Lines {
        let [tenkan, kijun, senkou_b] =
            [self.tenkan_period, self.kijun_period, self.senkou_b_period].map(Extremes::new);
        let spans = Window::new(self.displacement + 1);
        Lines { tenkan, kijun, senkou_b, span_a: spans.clone(), span_b: spans }
    }

    fn next(&self, lines: &mut Lines, [high, low, close]: [f64; 3]) -> [f64; 5] {
        let bar = [high, low];
        let (tenkan, kijun) = (lines.tenkan.midpoint(bar), lines.kijun.midpoint(bar));
        lines.span_a.push(mean([tenkan, kijun]));
        lines.span_b.push(lines.senkou_b.midpoint(bar));
        let at_bar = |span: &Window| span.back(self.displacement).unwrap_or(f64::NAN);
        [tenkan, kijun, at_bar(&lines.span_a), at_bar(&lines.span_b), close]
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
