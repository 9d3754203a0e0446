//! TA-Lib's "Volatility Indicators": measures of range and dispersion.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// One entry per function.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "ADR",
        id: "adr",
        display_name: "Average Day Range",
        aliases: &["average_day_range", "average_daily_range"],
        description: "The simple mean of high minus low over the last period bars, in units of \
            price. It says how far price usually travels inside a bar and serves to judge stops \
            and targets. Gaps between bars do not count, so it is smaller than the average true \
            range on a market that gaps.",
        memory: Memory::Window,
        params: &[("period", "Bar ranges in the mean.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Mean of high minus low.",
        }],
    },
    Overlay {
        function: "ATR",
        id: "atr",
        display_name: "Average True Range",
        aliases: &["average_true_range"],
        description: "Welles Wilder's average of the true range: the bar's range, extended to the \
            previous close when there is a gap. It measures how much price moves, not where to, \
            in units of price, and is used to size stops and positions. The first value is the \
            simple mean of the first period true ranges (the first bar has none); later ones are \
            smoothed with factor 1 / period. A flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the smoothing.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Smoothed true range, zero or more.",
        }],
    },
    Overlay {
        function: "BBW",
        id: "bbw",
        display_name: "Bollinger BandWidth",
        aliases: &["bbwidth", "bollinger_bandwidth", "bollinger_band_width"],
        description: "The distance between the upper and lower Bollinger Bands, in percent of the \
            middle band. A value that is low against its own history marks a quiet market (the \
            squeeze, often followed by a large move), a high one a market already in motion. A \
            flat series, or a middle band of zero, gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars in the moving average and in the standard deviation."),
            ("nb_dev_up", "Distance of the upper band from the middle, in standard deviations."),
            ("nb_dev_dn", "Distance of the lower band from the middle, in standard deviations."),
            (
                "ma_type",
                "Kind of moving average: sma, ema, wma and so on; mama ignores the period and \
                    disabled copies the input.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Width of the bands, in percent of the middle band.",
        }],
    },
    Overlay {
        function: "CVI",
        id: "cvi",
        display_name: "Chaikin's Volatility",
        aliases: &["chaikin_volatility", "chaikins_volatility"],
        description: "The percentage by which an exponential average of high minus low has \
            changed over roc_period bars. Positive values mean that bar ranges are widening, \
            negative ones that they are narrowing; direction does not enter. Marc Chaikin \
            associated a sharp rise with the panic of a bottom and a slow decline with a maturing \
            top. An earlier average of zero gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the exponential average of the bar range."),
            ("roc_period", "Bars back to which the average is compared."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Change of the smoothed bar range, in percent.",
        }],
    },
    Overlay {
        function: "MASSI",
        id: "massi",
        display_name: "Mass Index",
        aliases: &["mass_index", "mass"],
        description: "Donald Dorsey's sum, over slow_period bars, of an exponential average of \
            high minus low divided by its own exponential average. It rises while bar ranges \
            widen and hovers around slow_period while they are steady, and has no direction. His \
            reversal bulge, at the default periods, is a rise above 27 followed by a fall below \
            26.5. A market without ranges gives exactly slow_period.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of both exponential averages of the bar range."),
            ("slow_period", "Ratios in the sum, in bars."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Sum of the ratios, near slow_period in steady conditions.",
        }],
    },
    Overlay {
        function: "NATR",
        id: "natr",
        display_name: "Normalized Average True Range",
        aliases: &["normalized_average_true_range", "normalized_atr"],
        description: "The average true range in percent of the close, which makes volatility \
            comparable between instruments and between distant dates. Smoothing and seeding are \
            those of ATR. A close of zero gives 0, and a period of 1 gives the plain true range \
            in units of price, not a percentage.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the smoothing; 1 leaves the true range unnormalized.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Average true range, in percent of the close.",
        }],
    },
    Overlay {
        function: "PERCENTB",
        id: "percentb",
        display_name: "Bollinger Bands %B",
        aliases: &["percent_b", "bollinger_percent_b", "bollinger_bands_percent_b"],
        description: "Where a value lies between its Bollinger Bands: 0 on the lower band, 1 on \
            the upper one. Values outside 0..1 lie outside the bands, and 0.5 is the middle when \
            both distances are equal. A flat series, whose bands coincide, gives 0.5.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars in the moving average and in the standard deviation."),
            ("nb_dev_up", "Distance of the upper band from the middle, in standard deviations."),
            ("nb_dev_dn", "Distance of the lower band from the middle, in standard deviations."),
            (
                "ma_type",
                "Kind of moving average: sma, ema, wma and so on; mama ignores the period and \
                    disabled copies the input.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Place between the bands, 0 at the lower and 1 at the upper.",
        }],
    },
    Overlay {
        function: "ROGERSSATCHELL",
        id: "rogerssatchell",
        display_name: "Rogers-Satchell Volatility",
        aliases: &["rogers_satchell", "rogers_satchell_volatility"],
        description: "A volatility estimate from open, high, low and close that a drift does not \
            bias. Each bar contributes ln(H/C) * ln(H/O) + ln(L/C) * ln(L/O); the result is the \
            root of their mean over period bars, times the root of annualization. It is a \
            fraction in log-return units (0.2 is about 20 percent per year at the default of 252 \
            daily bars). Gaps between bars do not count, a bar with a price of zero or less \
            contributes nothing, and a straight run from low to high reads as zero.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the mean."),
            (
                "annualization",
                "Bars per year, under whose root the result is scaled; 1 leaves it per bar.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Estimated volatility as a fraction, zero or more.",
        }],
    },
    Overlay {
        function: "RVI",
        id: "rvi",
        display_name: "Relative Volatility Index",
        aliases: &["relative_volatility_index"],
        description: "Donald Dorsey's 1993 oscillator, built like RSI but with the standard \
            deviation of the last stddev_period values in place of the size of the change. A bar \
            that rose adds its deviation to the up side, one that fell to the down side; both are \
            smoothed Wilder's way and the up share is shown. Above 50 volatility comes with \
            rising values, below 50 with falling ones; it is meant to confirm other signals. A \
            flat series gives 50.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of Wilder's smoothing of both sides."),
            ("stddev_period", "Bars in the standard deviation."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Up share of volatility, from 0 (only falling) to 100 (only rising).",
        }],
    },
    Overlay {
        function: "RVIR",
        id: "rvir",
        display_name: "Relative Volatility Index (Refined)",
        aliases: &["relative_volatility_index_refined", "refined_relative_volatility_index"],
        description: "Donald Dorsey's 1995 revision of the Relative Volatility Index: the mean of \
            the index of the highs and the index of the lows. It is read like the original, above \
            50 as volatility on the rise and below 50 as volatility on the fall, and takes a \
            bar's range into account where the original sees only one value. A flat market gives \
            50.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of Wilder's smoothing of both sides of both indices."),
            ("stddev_period", "Bars in each standard deviation."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Mean of the two indices, from 0 to 100.",
        }],
    },
    Overlay {
        function: "TRANGE",
        id: "trange",
        display_name: "True Range",
        aliases: &["true_range", "tr"],
        description: "The largest of high minus low and the distances of high and low from the \
            previous close, that is the bar's range with any gap before it included. It is in \
            units of price and never negative. The first bar, which has no previous close, has no \
            value.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "True range of the bar.",
        }],
    },
];
