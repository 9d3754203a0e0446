//! All five Ichimoku lines, each on the bars where a chart shows it.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{band, flag, int, line, price, Native},
    params::Params,
    talib::parts::{highest, lowest, map},
};

const TENKAN: usize = 0;
const KIJUN: usize = 1;
const SENKOU_B: usize = 2;
const DISPLACEMENT: usize = 3;
const SHIFT_CHIKOU: usize = 4;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "ichimoku_cloud",
        display_name: "Ichimoku Cloud",
        category: Category::Overlap,
        description: "Goichi Hosoda's five lines as a chart shows them: unlike in `ichimoku`, the two \
            leading spans are moved `displacement` bars forward, so each row holds the cloud drawn at \
            that bar, known since `displacement` bars before. Price above the cloud is read as an \
            uptrend, below as a downtrend. The lagging span is the close drawn `displacement` bars \
            back: by default a row holds its own close, which nothing has to look ahead for; with \
            `shift_chikou` it holds what the chart shows there, the close `displacement` bars later, \
            and the last rows are null in all lines.",
        aliases: &["kumo"],
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            int("tenkan_period", 9, 1, 100_000, "Bars of the conversion line's midpoint."),
            int("kijun_period", 26, 1, 100_000, "Bars of the base line's midpoint."),
            int("senkou_b_period", 52, 1, 100_000, "Bars of the second leading span's midpoint."),
            int("displacement", 26, 0, 100_000, "Bars by which the spans are moved."),
            flag("shift_chikou", false, "Whether the lagging span is moved back, looking ahead."),
        ],
        outputs: vec![
            line("tenkan_sen", "primary", Scale::Price, "Conversion line, the fastest midpoint."),
            line("kijun_sen", "secondary", Scale::Price, "Base line, the middle midpoint."),
            band("senkou_span_a", "leading", Scale::Price, "First edge of the cloud at this bar."),
            band("senkou_span_b", "leading", Scale::Price, "Second edge of the cloud at this bar."),
            line("chikou_span", "lagging", Scale::Price, "The close, to be drawn displacement bars back.")
                .drawn_at(-26),
        ],
        lookback_params: &["tenkan_period", "kijun_period", "senkou_b_period", "displacement"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Hosoda; StockCharts ChartSchool, Ichimoku Cloud: midpoints of 9, 26 and 52 bars, 26 ahead",
    }
    .indicator(IchimokuCloud)
}

struct IchimokuCloud;

impl Kernel for IchimokuCloud {
    fn lookback(&self, params: &Params) -> usize {
        let longest = [TENKAN, KIJUN, SENKOU_B].map(|p| params.int(p)).into_iter().max();
        longest.unwrap_or(1) - 1 + params.int(DISPLACEMENT)
    }

    fn lookahead(&self, params: &Params) -> usize {
        if params.flag(SHIFT_CHIKOU) {
            params.int(DISPLACEMENT)
        } else {
            0
        }
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let midpoint = |param: usize| {
            let (top, bottom) = (highest(high, params.int(param)), lowest(low, params.int(param)));
            map([&top, &bottom], |[t, b]| (t + b) / 2.0)
        };
        let (tenkan, kijun, senkou_b) = (midpoint(TENKAN), midpoint(KIJUN), midpoint(SENKOU_B));
        let ahead = self.lookahead(params);
        for row in self.lookback(params)..high.len() - ahead {
            let from = row - params.int(DISPLACEMENT);
            out[0].f64()[row] = tenkan[row];
            out[1].f64()[row] = kijun[row];
            out[2].f64()[row] = (tenkan[from] + kijun[from]) / 2.0;
            out[3].f64()[row] = senkou_b[from];
            out[4].f64()[row] = close[row + ahead];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn the_cloud_is_the_one_of_displacement_bars_ago() {
        let indicator = find_indicator("ichimoku_cloud").unwrap();
        let close: Vec<f64> = (0..8).map(|i| f64::from(i * i)).collect();
        let lines = |shift: bool| {
            let given = json!({
                "tenkanPeriod": 1, "kijunPeriod": 2, "senkouBPeriod": 3, "displacement": 2,
                "shiftChikou": shift,
            });
            let params =
                resolve(indicator, given.as_object().unwrap(), crate::NameStyle::Camel).unwrap();
            let out = compute(indicator, &params, &[&close, &close, &close]).unwrap();
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
