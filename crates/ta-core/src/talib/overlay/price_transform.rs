//! TA-Lib's "Price Transform": one price, or one candle, from the prices of a bar.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// The price transforms.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "AVGDEV",
        id: "avgdev",
        display_name: "Average Deviation",
        aliases: &["average_deviation", "mean_absolute_deviation", "mean_deviation", "mad", "md"],
        description: "Mean absolute distance of the last period values from their own simple \
            mean. A measure of spread in the units of the input that gives outliers less weight \
            than a standard deviation does. Never negative; 0 when all values in the window are \
            equal.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Mean absolute deviation of the window.",
        }],
    },
    Overlay {
        function: "AVGPRICE",
        id: "avgprice",
        display_name: "Average Price",
        aliases: &["average_price", "ohlc4"],
        description: "Mean of a bar's open, high, low and close. One representative price per \
            bar, used in place of the close as the input of other studies. Looks at no other \
            bar, so there is no warm-up.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "(open + high + low + close) / 4.",
        }],
    },
    Overlay {
        function: "HA",
        id: "ha",
        display_name: "Heikin-Ashi Candles",
        aliases: &["heikin_ashi", "heikinashi", "heikin_ashi_candles"],
        description: "Candles averaged with their past. The close is the mean of the bar's four \
            prices, the open is the middle of the previous Heikin-Ashi open and close, and high \
            and low are widened to contain both. Runs of one colour last longer than on the raw \
            chart, and a missing shadow on the trailing side marks a strong trend. The first \
            open is the mean of the first bar's open and close, and its weight halves with each \
            bar; the prices are synthetic, so none of them need have traded.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[
            Output {
                name: "open",
                kind: OutputKind::Line,
                role: "open",
                scale: Scale::Price,
                bounds: None,
                description: "Middle of the previous Heikin-Ashi open and close.",
            },
            Output {
                name: "high",
                kind: OutputKind::Line,
                role: "high",
                scale: Scale::Price,
                bounds: None,
                description: "Highest of the bar's high and the Heikin-Ashi open and close.",
            },
            Output {
                name: "low",
                kind: OutputKind::Line,
                role: "low",
                scale: Scale::Price,
                bounds: None,
                description: "Lowest of the bar's low and the Heikin-Ashi open and close.",
            },
            Output {
                name: "close",
                kind: OutputKind::Line,
                role: "close",
                scale: Scale::Price,
                bounds: None,
                description: "Mean of the bar's open, high, low and close.",
            },
        ],
    },
    Overlay {
        function: "MEDPRICE",
        id: "medprice",
        display_name: "Median Price",
        aliases: &["median_price", "hl2"],
        description: "Middle of a bar's high and low. One representative price per bar that \
            ignores where it opened and closed. Not a rolling median: it looks at no other bar.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "(high + low) / 2.",
        }],
    },
    Overlay {
        function: "TYPPRICE",
        id: "typprice",
        display_name: "Typical Price",
        aliases: &["typical_price", "hlc3"],
        description: "Mean of a bar's high, low and close. The price that CCI, MFI and \
            volume-weighted averages are built on. Looks at no other bar, so there is no warm-up.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "(high + low + close) / 3.",
        }],
    },
    Overlay {
        function: "WCLPRICE",
        id: "wclprice",
        display_name: "Weighted Close Price",
        aliases: &["weighted_close_price", "weighted_close", "wcprice", "wcp", "hlcc4"],
        description: "Mean of a bar's high, low and close with the close counted twice. Closer \
            to the settling price than the typical price is. Looks at no other bar, so there is \
            no warm-up.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "(high + low + 2 * close) / 4.",
        }],
    },
];
