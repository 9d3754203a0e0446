//! TA-Lib's "Statistic Functions": spread, rank, correlation and regression over a window.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// The statistic functions.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "BETA",
        id: "beta",
        display_name: "Beta",
        aliases: &["beta_coefficient", "rolling_beta"],
        description: "Slope of a least-squares line of one series' one-bar returns on another's \
            over the last period returns, that is covariance divided by variance. The first \
            series (series) is the market or index, the second (other) the asset that is \
            measured. 1 means that the asset moves as the market does, above 1 more, below 0 \
            against it. Gives 0 when the market's returns do not vary.",
        memory: Memory::Window,
        params: &[("period", "Returns in the window; it spans one bar more.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Slope of the returns of other on those of series.",
        }],
    },
    Overlay {
        function: "CORREL",
        id: "correl",
        display_name: "Pearson's Correlation Coefficient (r)",
        aliases: &[
            "correlation",
            "correlation_coefficient",
            "pearson",
            "pearson_correlation",
            "rolling_corr",
        ],
        description: "Pearson's coefficient of the last period pairs of values: how closely the \
            two series follow one straight line. 1 is a perfect rising relation, -1 a perfect \
            falling one, near 0 none that is linear. Works on the values as given, so two \
            trending prices correlate by their trends alone. Gives 0 when either series does not \
            vary in the window.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-1.0, 1.0)),
            description: "Correlation, from -1 to 1.",
        }],
    },
    Overlay {
        function: "KURTOSIS",
        id: "kurtosis",
        display_name: "Rolling Excess Kurtosis",
        aliases: &["kurt", "excess_kurtosis", "rolling_kurtosis", "rolling_excess_kurtosis"],
        description: "Weight of the tails of the last period values: the fourth standardised \
            moment less 3, with the usual correction for a small sample. A normal distribution \
            reads 0; above 0 extremes are more common than in a normal one of the same variance, \
            below 0 rarer. Undefined (NaN) in a window whose values are all equal.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Excess kurtosis of the window; 0 for a normal distribution.",
        }],
    },
    Overlay {
        function: "LINEARREG",
        id: "linearreg",
        display_name: "Linear Regression",
        aliases: &["linear_regression", "linreg"],
        description: "Value, at the current bar, of the straight line fitted by least squares to \
            the last period values. Follows a trend with less lag than a simple average of the \
            same length. The end points of successive lines are joined, so the curve itself is \
            not straight.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Fitted value at the current bar.",
        }],
    },
    Overlay {
        function: "LINEARREG_ANGLE",
        id: "linearreg_angle",
        display_name: "Linear Regression Angle",
        aliases: &["linear_regression_angle", "linregangle"],
        description: "Slope of the least-squares line through the last period values, given as \
            an angle in degrees (the arc tangent of the slope). Positive while the fit rises, \
            negative while it falls, 45 at one price unit per bar. It depends on the units of \
            the input, so angles of instruments at different prices are not comparable.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Other,
            bounds: Some((-90.0, 90.0)),
            description: "Angle of the fitted line in degrees.",
        }],
    },
    Overlay {
        function: "LINEARREG_INTERCEPT",
        id: "linearreg_intercept",
        display_name: "Linear Regression Intercept",
        aliases: &["linear_regression_intercept", "linregintercept"],
        description: "Intercept of the least-squares line through the last period values, with x \
            counted from 0 at the oldest bar. It is therefore the fitted value period - 1 bars \
            ago, where the line begins, and not at the current bar. With the slope it determines \
            the whole line.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Fitted value at the window's oldest bar.",
        }],
    },
    Overlay {
        function: "LINEARREG_SLOPE",
        id: "linearreg_slope",
        display_name: "Linear Regression Slope",
        aliases: &["linear_regression_slope", "linregslope"],
        description: "Slope of the least-squares line through the last period values, in units \
            of the input per bar. Its sign is the direction of the trend and its size the speed; \
            crossings of 0 mark turns. Less sensitive to single bars than the plain difference \
            of two prices.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Rise of the fitted line per bar.",
        }],
    },
    Overlay {
        function: "MEDIAN",
        id: "median",
        display_name: "Rolling Median",
        aliases: &["rolling_median", "moving_median", "med"],
        description: "Middle value of the last period values once sorted; with an even period, \
            the mean of the two middle ones. A single spike, however large, moves it by at most \
            one rank, so it filters outliers that an average would carry along.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Median of the window.",
        }],
    },
    Overlay {
        function: "PERCENTILE",
        id: "percentile",
        display_name: "Percentile (Nearest Rank)",
        aliases: &["quantile", "rolling_percentile", "rolling_quantile"],
        description: "Value that stands at a given percentage of the last period values once \
            sorted. The rank is rounded up and nothing is interpolated, so the result is always \
            a value that occurred: 0 gives the lowest, 100 the highest, and 50 with an odd \
            period the median. Useful for levels that adapt, such as the 90th percentile of a \
            volatility.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the window."),
            (
                "percentile",
                "Position within the sorted window, in percent: 0 for the lowest, 100 for the \
                    highest.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Value at that rank of the window.",
        }],
    },
    Overlay {
        function: "PERCENTRANK",
        id: "percentrank",
        display_name: "Percent Rank",
        aliases: &["percent_rank", "pct_rank"],
        description: "Share of the period values before the current one that lie strictly below \
            it, in percent. 0 means that the value exceeds none of them, 100 that it exceeds \
            all. It counts predecessors and ignores how far apart they are, so it compares \
            across instruments. The current value is not part of its own sample and ties do not \
            count.",
        memory: Memory::Window,
        params: &[("period", "Earlier values that the current one is ranked against.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Percentage of the earlier values that lie below the current one.",
        }],
    },
    Overlay {
        function: "STDDEV",
        id: "stddev",
        display_name: "Standard Deviation",
        aliases: &["standard_deviation", "stdev", "std", "rolling_std"],
        description: "Standard deviation of the last period values about their mean, times \
            nb_dev. The divisor is the number of values (population form), not one less, so it \
            is slightly smaller than what pandas and polars give by default. In the units of the \
            input; 0 when all values in the window are equal.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the window."),
            ("nb_dev", "Number of standard deviations to give; multiplies the result."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "nb_dev standard deviations of the window.",
        }],
    },
    Overlay {
        function: "TSF",
        id: "tsf",
        display_name: "Time Series Forecast",
        aliases: &["time_series_forecast"],
        description: "Straight line fitted by least squares to the last period values and \
            extended one bar ahead: the linear regression value plus its slope. It is drawn at \
            the bar it was computed on, so a comparison with the next bar tells how good the \
            forecast was. Price above the forecast made one bar earlier shows acceleration.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Fitted line extended to the next bar.",
        }],
    },
    Overlay {
        function: "VAR",
        id: "var",
        display_name: "Variance",
        aliases: &["variance", "rolling_var", "rolling_variance"],
        description: "Mean squared distance of the last period values from their mean: the \
            square of the standard deviation. The divisor is the number of values (population \
            form). In squared units of the input; never negative, and 0 when all values in the \
            window are equal. TA-Lib accepts nb_dev here but does not use it.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the window."),
            (
                "nb_dev",
                "Accepted for the sake of TA-Lib's signature, in standard deviations; has no \
                    effect.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::PriceSquared,
            bounds: None,
            description: "Population variance of the window.",
        }],
    },
];
