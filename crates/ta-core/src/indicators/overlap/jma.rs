//! An adaptive average that is slower when the price is quiet.

use ta_saved::Saved;

use crate::prelude::*;

/// Bars of the mean of the volatility, and of the mean of those means.
const SHORT: usize = 10;
const LONG: usize = 65;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "jma",
        display_name: "Jurik Moving Average",
        category: Category::Overlap,
        description: "Mark Jurik's adaptive moving average, which smooths a quiet price strongly \
            and follows a sudden move almost at once: the price's distance from two decaying \
            bands, compared with its own average, sets the speed of three smoothing stages. \
            Jurik's own code is secret; this is the public reconstruction of trading platforms, \
            and its values are not those of the commercial product. pandas-ta's differ by up to \
            2 in 1,000, as it averages the volatility over 66 bars instead of 65. The first \
            period - 1 rows are warm-up.",
        aliases: &["jurik", "jurik_moving_average", "jurik_ma"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The smoothed series."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Reconstruction of Jurik's average in 'Jurik' (Forex-TSD, \
            c.mql5.com/forextsd/forum/164/jurik_1.pdf)",
    }
    .indicator::<Jma>()
}

#[derive(Clone, Parameters)]
struct Jma {
    /// Bars that set the amount of smoothing.
    #[param(default = 7, min = 1)]
    period: usize,
    /// Negative lags and smooths, positive overshoots.
    #[param(default = 0.0, min = -100.0, max = 100.0)]
    phase: f64,
}

/// The constants, which are costly to compute for each row.
#[derive(Clone)]
struct Filter {
    speed: Speed,
    phase_ratio: f64,
}

/// The bands, the three stages and the value after the last row.
#[derive(Clone, Copy, Saved)]
struct Last {
    upper: f64,
    lower: f64,
    first: f64,
    error: f64,
    change: f64,
    smooth: f64,
}

impl Last {
    fn first(price: f64) -> Self {
        let (upper, lower, first, smooth) = (price, price, price, price);
        Self { upper, lower, first, error: 0.0, change: 0.0, smooth }
    }

    /// How far the price is from the farther band; 0 in the middle between them.
    fn volatility(&self, price: f64) -> f64 {
        let [above, below] = [price - self.upper, price - self.lower].map(f64::abs);
        if above == below {
            0.0
        } else {
            above.max(below)
        }
    }
}

impl Filter {
    /// Follows the price, with its volatility and the usual one, and gives the value.
    fn follow(&self, last: &mut Last, price: f64, volatility: f64, usual: f64) -> f64 {
        let Self { speed, phase_ratio } = self;
        let relative = if usual == 0.0 { 0.0 } else { volatility / usual };
        let power = speed.power(relative);

        let (above, below) = (price - last.upper, price - last.lower);
        let decay = speed.band.powf(power.sqrt());
        last.upper = if above > 0.0 { price } else { price - decay * above };
        last.lower = if below < 0.0 { price } else { price - decay * below };

        let alpha = speed.beta.powf(power);
        last.first = (1.0 - alpha) * price + alpha * last.first;
        last.error = (1.0 - speed.beta) * (price - last.first) + speed.beta * last.error;
        let second = last.first + phase_ratio * last.error;
        let pull = (1.0 - alpha) * (1.0 - alpha);
        last.change = pull * (second - last.smooth) + alpha * alpha * last.change;
        last.smooth += last.change;
        last.smooth
    }
}

/// The last volatilities, their last means, and the rest; none before the first price.
#[derive(Clone, State)]
struct Filtered {
    filter: Fixed<Filter>,
    volatility: Window,
    means: Window,
    last: Option<Last>,
}

impl Recursive<1> for Jma {
    type Out = f64;
    type State = Filtered;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn start(&self) -> Filtered {
        let speed = Speed::new(self.period);
        let filter = Fixed(Filter { speed, phase_ratio: 1.5 + self.phase / 100.0 });
        let (volatility, means) = (Window::new(SHORT), Window::new(LONG));
        Filtered { filter, volatility, means, last: None }
    }

    fn next(&self, state: &mut Filtered, [price]: [f64; 1]) -> f64 {
        let Filtered { filter: Fixed(filter), volatility, means, last } = state;
        let Some(last) = last else {
            *last = Some(Last::first(price));
            volatility.push(0.0);
            means.push(0.0);
            return price;
        };
        let newest = last.volatility(price);
        volatility.push(newest);
        means.push(volatility.iter().sum::<f64>() / SHORT as f64);
        let usual = means.iter().sum::<f64>() / means.values().len() as f64;
        filter.follow(last, price, newest, usual)
    }
}

/// The constants that follow from the period.
#[derive(Clone)]
struct Speed {
    exponent: f64,
    most: f64,
    band: f64,
    beta: f64,
}

impl Speed {
    fn new(period: usize) -> Self {
        let length = 0.5 * (period - 1) as f64;
        // The logarithm for a period of 1 is minus infinity; the maximum makes it 0.
        let log = (length.sqrt().log2() + 2.0).max(0.0);
        let exponent = (log - 2.0).max(0.5);
        let root = log * length.sqrt();
        let reach = 0.45 * (period - 1) as f64;
        Self {
            exponent,
            most: log.powf(1.0 / exponent),
            band: root / (root + 1.0),
            beta: reach / (reach + 2.0),
        }
    }

    /// The power of the smoothing factor for a volatility relative to its mean.
    fn power(&self, relative: f64) -> f64 {
        self.most.min(relative).max(1.0).powf(self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    fn jma(series: &[f64], period: usize) -> Vec<Option<f64>> {
        run("jma", json!({ "period": period }), &[series])[0].as_f64().unwrap().to_vec()
    }

    #[test]
    fn a_period_of_one_bar_gives_the_series_itself() {
        let series = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0];
        assert_eq!(jma(&series, 1), series.map(Some));
    }

    #[test]
    fn a_flat_series_does_not_change_and_a_jump_after_noise_is_followed_fast() {
        assert!(jma(&[7.0; 40], 7).into_iter().skip(6).all(|v| v == Some(7.0)));
        let noise = |i: usize| [0.0, 0.1, -0.1, 0.05][i % 4];
        let series: Vec<f64> =
            (0..120).map(|i| noise(i) + if i < 100 { 10.0 } else { 20.0 }).collect();
        let smooth = jma(&series, 20);
        assert!((smooth[99].unwrap() - 10.0).abs() < 0.1);
        assert!(smooth[104].unwrap() > 18.0, "{:?}", smooth[104]);
    }
}
