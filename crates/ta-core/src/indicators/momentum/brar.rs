//! Distances of highs relative to those of lows, from the open and from the last close.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "brar",
        display_name: "BRAR Sentiment",
        category: Category::Momentum,
        description: "Two sentiment ratios, in percent, that are read together. AR is how far \
            bars reached above their open against how far they reached below it; BR does the \
            same from the previous close and counts only moves beyond it. Both swing around 100; \
            AR above 150 or BR above 300 are read as overheated, AR below 50 or BR below 40 as \
            exhausted. Where nothing reached down, there is no value.",
        aliases: &["ar_br"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: [
            line(
                "ar",
                "primary",
                Scale::Ratio,
                "Reach above over reach below the open, times 100.",
            )
            .with_levels(&[100.0]),
            line(
                "br",
                "secondary",
                Scale::Ratio,
                "Reach above over reach below the previous close, times 100.",
            ),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "AR = 100 * sum(H - O) / sum(O - L), BR = 100 * sum(max(0, H - C[1])) / \
            sum(max(0, C[1] - L)), 26 bars; as in pandas-ta and Chinese charting packages",
    }
    .indicator::<Brar>()
}

#[derive(Parameters)]
struct Brar {
    /// Bars in the sums.
    #[param(default = 26, min = 1)]
    period: usize,
}

impl Formula<4> for Brar {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [open, high, low, close]: [&[f64]; 4], [ar, br]: [&mut [f64]; 2]) {
        let period = self.period;
        // Each window is summed separately, because rounding in running sums would leave tiny
        // values instead of zeros.
        for row in period..open.len() {
            let (mut above_open, mut below_open) = (0.0, 0.0);
            let (mut above_close, mut below_close) = (0.0, 0.0);
            for i in row + 1 - period..=row {
                above_open += high[i] - open[i];
                below_open += open[i] - low[i];
                above_close += (high[i] - close[i - 1]).max(0.0);
                below_close += (close[i - 1] - low[i]).max(0.0);
            }
            ar[row] = 100.0 * above_open / below_open;
            br[row] = 100.0 * above_close / below_close;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn moves_that_do_not_reach_the_last_close_do_not_count() {
        let (open, close) = ([10.0, 11.0, 9.0], [10.0, 12.0, 10.0]);
        let (high, low) = ([10.0, 13.0, 11.0], [10.0, 9.0, 8.0]);
        let out = run("brar", json!({ "period": 2 }), &[&open, &high, &low, &close]);
        assert_eq!(out[0].as_f64().unwrap()[2], Some(100.0 * (2.0 + 2.0) / (2.0 + 1.0)));
        assert_eq!(out[1].as_f64().unwrap()[2], Some(100.0 * (3.0 + 0.0) / (1.0 + 4.0)));
    }
}
