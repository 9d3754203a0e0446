//! Facts about TA-Lib's functions for charts: usual reference lines, functions that are not prices,
//! those that are drawn as dots, and prices that are drawn with them.

use crate::meta::{Joined, PriceHint};

/// Functions that the registry marks as overlays although their values are not prices.
pub const NOT_ON_PRICES: &[&str] = &["AVGDEV"];

/// Rows of a function, its output, and the values of the reference lines in ascending order.
const LEVELS: &[(&str, &str, &[f64])] = &[
    ("ADOSC", "value", &[0.0]),
    ("ADX", "value", &[25.0]),
    ("ADXR", "value", &[25.0]),
    ("APO", "value", &[0.0]),
    ("AROON", "up", &[30.0, 70.0]),
    ("AROONOSC", "value", &[0.0]),
    ("BOP", "value", &[0.0]),
    ("CCI", "value", &[-100.0, 100.0]),
    ("CHOP", "value", &[38.2, 61.8]),
    ("CHOPTR", "value", &[38.2, 61.8]),
    ("CMF", "value", &[0.0]),
    ("CMO", "value", &[-50.0, 50.0]),
    ("CMOU", "value", &[-50.0, 50.0]),
    ("COPPOCK", "value", &[0.0]),
    ("CORREL", "value", &[0.0]),
    ("CRSI", "value", &[10.0, 90.0]),
    ("CTI", "value", &[-0.5, 0.5]),
    ("DPO", "value", &[0.0]),
    ("DX", "value", &[25.0]),
    ("EFI", "value", &[0.0]),
    ("EMV", "value", &[0.0]),
    ("ERI", "bull_power", &[0.0]),
    ("FISHER", "fisher", &[0.0]),
    ("FOSC", "value", &[0.0]),
    ("HT_SINE", "sine", &[0.0]),
    ("IBS", "value", &[0.2, 0.8]),
    ("IMI", "value", &[30.0, 70.0]),
    ("KDJ", "k", &[20.0, 80.0]),
    ("KST", "kst", &[0.0]),
    ("KSTEXT", "kst", &[0.0]),
    ("KVO", "kvo", &[0.0]),
    ("LINEARREG_ANGLE", "value", &[0.0]),
    ("LINEARREG_SLOPE", "value", &[0.0]),
    ("MACD", "macd", &[0.0]),
    ("MACDEXT", "macd", &[0.0]),
    ("MACDFIX", "macd", &[0.0]),
    ("MASSI", "value", &[26.5, 27.0]),
    ("MFI", "value", &[20.0, 80.0]),
    ("MOM", "value", &[0.0]),
    ("PERCENTB", "value", &[0.0, 1.0]),
    ("PPO", "value", &[0.0]),
    ("PSO", "value", &[0.0]),
    ("PVO", "value", &[0.0]),
    ("QSTICK", "value", &[0.0]),
    ("ROC", "value", &[0.0]),
    ("ROCP", "value", &[0.0]),
    ("ROCR", "value", &[1.0]),
    ("ROCR100", "value", &[100.0]),
    ("RSI", "value", &[30.0, 70.0]),
    ("RVI", "value", &[50.0]),
    ("RVIR", "value", &[50.0]),
    ("RVOL", "value", &[1.0]),
    ("SMI", "smi", &[-40.0, 40.0]),
    ("STC", "value", &[25.0, 75.0]),
    ("STOCH", "slowk", &[20.0, 80.0]),
    ("STOCHF", "fastk", &[20.0, 80.0]),
    ("STOCHRSI", "fastk", &[20.0, 80.0]),
    ("TRIX", "value", &[0.0]),
    ("TSI", "value", &[-25.0, 25.0]),
    ("ULTOSC", "value", &[30.0, 70.0]),
    ("VORTEX", "plus_vi", &[1.0]),
    ("WAVETREND", "wt1", &[-60.0, 60.0]),
    ("WILLR", "value", &[-80.0, -20.0]),
];

/// The reference lines of an output.
pub fn levels(function: &str, output: &str) -> &'static [f64] {
    let found = LEVELS.iter().find(|(f, o, _)| (*f, *o) == (function, output));
    found.map_or(&[], |(_, _, levels)| levels)
}

/// Functions that draw a dot for each value.
const DOTS: &[&str] = &["SAR"];

/// How the values of the lines of a function are joined.
pub fn joined(function: &str) -> Joined {
    if DOTS.contains(&function) {
        Joined::Dots
    } else {
        Joined::Straight
    }
}

/// Rows of a function, and the prices that are drawn with its outputs.
const PRICES: &[(&str, &[PriceHint])] = &[(
    "ICHIMOKU",
    &[PriceHint { name: "chikou_span", price: "close", display_shift: -26, style_slot: "line_3" }],
)];

/// The prices that are drawn with the outputs of a function.
pub fn prices(function: &str) -> &'static [PriceHint] {
    PRICES.iter().find(|(name, _)| *name == function).map_or(&[], |(_, prices)| prices)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{LEVELS, NOT_ON_PRICES, PRICES};
    use crate::talib::overlay;

    #[test]
    fn levels_belong_to_outputs_and_are_within_their_bounds() {
        let mut seen = HashSet::new();
        for (function, output, levels) in LEVELS {
            let words = overlay::all().find(|o| o.function == *function);
            let words = words.unwrap_or_else(|| panic!("{function}"));
            let output = words.outputs.iter().find(|o| o.name == *output);
            let output = output.unwrap_or_else(|| panic!("{function}"));
            assert!(seen.insert((function, output.name)), "{function} is here twice");
            assert!(!levels.is_empty() && levels.is_sorted(), "{function}");
            if let Some((low, high)) = output.bounds {
                assert!(levels.iter().all(|l| (low..=high).contains(l)), "{function}");
            }
        }
    }

    #[test]
    fn prices_are_drawn_with_functions_that_have_no_output_of_that_name() {
        for (function, prices) in PRICES {
            let words = overlay::all().find(|o| o.function == *function);
            let words = words.unwrap_or_else(|| panic!("{function}"));
            for hint in *prices {
                assert!(words.outputs.iter().all(|o| o.name != hint.name), "{function}");
                assert!(["open", "high", "low", "close"].contains(&hint.price), "{function}");
            }
        }
    }

    #[test]
    fn functions_that_are_not_prices_are_functions_of_ta_lib() {
        let known = |name: &&str| overlay::all().any(|o| o.function == *name);
        assert!(NOT_ON_PRICES.iter().all(known));
    }
}
