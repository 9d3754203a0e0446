//! The angle of an average, in classes.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "chop_zone",
        display_name: "Chop Zone",
        category: Category::Momentum,
        description: "The angle at which an exponential average of the close rises on a chart \
            whose height is the range of the last bars, from TradingView. The zone has its class, \
            from 4 (at least 5 degrees up) over 3, 2, 1 (at least 3.57, 2.14 and 0.71) and 0 \
            (choppy) to -4, of the angle in whole degrees. Classes far from 0 show a trend. Null \
            where the range is 0; the zone is 0 there.",
        aliases: &["chopzone"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            line("angle", "primary", Scale::Ratio, "Angle of the average in degrees.")
                .with_levels(&[0.0])
                .within(-90.0, 90.0),
            signal("zone", "direction", Scale::Ratio, "Class of the angle, from -4 to 4.")
                .within(-4.0, 4.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "TradingView, Chop Zone: EMA(close, 34), range of 30 bars",
    }
    .indicator::<ChopZone>()
}

#[derive(Clone, Parameters)]
struct ChopZone {
    /// Bars of the exponential average.
    #[param(default = 34, min = 1)]
    period: usize,
    /// Bars of the range that is the height of the chart.
    #[param(default = 30, min = 1)]
    range_period: usize,
}

/// The least angles of the classes from 1 on, in degrees.
const CLASSES: [f64; 4] = [0.71, 2.14, 3.57, 5.0];

/// The class of an angle; 0 where there is none.
fn zone(angle: f64) -> i32 {
    let degrees = angle.round();
    let class = CLASSES.iter().filter(|least| degrees.abs() >= **least).count() as i32;
    if degrees < 0.0 {
        -class
    } else {
        class
    }
}

impl Composed<3> for ChopZone {
    type Out = (f64, i32);

    fn lookback(&self) -> usize {
        self.period.max(self.range_period - 1)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let (top, bottom) =
            (ta.highest(&high, self.range_period), ta.lowest(&low, self.range_period));
        let typical =
            ta.map([&high, &low, &close], |[high, low, close]| (high + low + close) / 3.0);
        let average = ta.ema(&close, self.period);
        let before = ta.shift(&average, 1);
        let lines = [&average, &before, &typical, &top, &bottom];
        ta.rows(lines, |[average, before, typical, top, bottom]| {
            let span = 25.0 / (top - bottom) * bottom;
            let angle = ((average - before) / typical * span).atan().to_degrees();
            (angle, zone(angle))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_class_follows_the_angle() {
        let close = [50.0, 51.0, 51.0, 50.0];
        let (high, low) = ([52.0; 4], [50.0; 4]);
        let params = json!({ "period": 1, "range_period": 1 });
        let out = run("chop_zone", params, &[&high, &low, &close]);
        let angle = out[0].as_f64().unwrap();
        // A rise of 1 in 51, on a chart that is 25 / 2 * 50 high.
        assert!((angle[1].unwrap() - (625f64 / 51.0).atan().to_degrees()).abs() < 1e-9);
        assert_eq!((angle[0], angle[2]), (None, Some(0.0)));
        let crate::kernel::Computed::I32(zones) = &out[1] else { panic!("zones are whole") };
        assert_eq!(zones[1..], [Some(4), Some(0), Some(-4)]);
    }
}
