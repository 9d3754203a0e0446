//! DeMark's share of buying in the pressure of buyers and sellers.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "td_pressure",
        display_name: "TD Pressure",
        category: Category::Volume,
        description: "DeMark's ratio of buying pressure: of the bodies of the last bars times \
            their volume, the percentage that rising ones have. After an opening gap of more than \
            `gap` percent the whole move from the close before counts instead: for the buyers \
            after a gap up, high less that close plus close less low, for the sellers after a gap \
            down the reverse. Above 75 the market is overbought and below 25 oversold; the way \
            back is the signal. There is no value where no bar of the window has a body and \
            volume.",
        aliases: &["demark_pressure_ratio", "td_pressure_ratio"],
        inputs: [price("open"), price("high"), price("low"), price("close"), price("volume")],
        outputs: line("value", "primary", Scale::Ratio, "Share of buying, from 0 to 100.")
            .with_levels(&[25.0, 50.0, 75.0])
            .within(0.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "T. DeMark, New Market Timing Techniques (1997), TD Pressure; AmiBroker formula",
    }
    .indicator::<Pressure>()
}

#[derive(Clone, Parameters)]
struct Pressure {
    /// Bars in the sums.
    #[param(default = 13, min = 1)]
    period: usize,
    /// Percent between the close before and the open from which a gap counts.
    #[param(default = 15.0, min = 0.0, max = 1e9)]
    gap: f64,
}

impl Pressure {
    /// The pressure of a bar: positive if it is the buyers', negative if the sellers'.
    fn of(&self, [open, high, low, close, before, volume]: [f64; 6]) -> f64 {
        let share = self.gap / 100.0;
        let moved = if open - before > share * before.abs() {
            (high - before) + (close - low)
        } else if before - open > share * open.abs() {
            -((before - low) + (high - close))
        } else {
            close - open
        };
        moved * volume
    }
}

impl Composed<5> for Pressure {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [open, high, low, close, volume]: [B::Line; 5],
    ) -> B::Rows {
        let before = ta.shift(&close, 1);
        let bars = [&open, &high, &low, &close, &before, &volume];
        let pressure = ta.without_first(ta.map(bars, |bar| self.of(bar)), 1);
        let buying = ta.windows(pressure.clone(), self.period, |window| {
            window.iter().filter(|pressure| **pressure > 0.0).sum()
        });
        let all = ta.windows(pressure, self.period, |window| {
            window.iter().map(|pressure| pressure.abs()).sum()
        });
        ta.rows([&buying, &all], |[buying, all]| (100.0 * buying / all).clamp(0.0, 100.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_gap_counts_from_the_close_before_it() {
        let open = [10.0, 10.0, 11.0, 20.0, 8.0];
        let high = [10.0, 12.0, 11.0, 22.0, 9.0];
        let low = [10.0, 9.0, 9.0, 18.0, 7.0];
        let close = [10.0, 11.0, 10.0, 19.0, 8.0];
        let volume = [9.0, 3.0, 1.0, 2.0, 1.0];
        let inputs: [&[f64]; 5] = [&open, &high, &low, &close, &volume];
        let out = reals("td_pressure", "value", json!({ "period": 2 }), &inputs);
        // Pressures: 3, -1, (12 + 1) * 2 after the gap up, and -(12 + 1) after the gap down.
        let expected = [75.0, 100.0 * 26.0 / 27.0, 100.0 * 26.0 / 39.0];
        assert_eq!(out[2..], expected.map(Some));
    }
}
