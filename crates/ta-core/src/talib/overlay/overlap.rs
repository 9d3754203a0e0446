//! TA-Lib's "Overlap Studies": lines on the price scale.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// One entry per function.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "ACCBANDS",
        id: "accbands",
        display_name: "Acceleration Bands",
        aliases: &["acceleration_bands"],
        description: "Price Headley's bands, whose width follows the bars' own relative range. \
            Each high is raised and each low lowered by the factor 4 * (high - low) / (high + \
            low), and the bands are simple averages of the two; the middle line is the simple \
            average of the close. Closes beyond a band are read as price accelerating that way, a \
            return inside as the end of the push. A bar with high + low = 0 enters with its raw \
            high and low.",
        memory: Memory::Window,
        params: &[("period", "Bars in the three simple averages.")],
        outputs: &[
            Output {
                name: "upper",
                kind: OutputKind::Band,
                role: "upper",
                scale: Scale::Price,
                bounds: None,
                description: "Average of the highs, each raised by its bar's relative range.",
            },
            Output {
                name: "middle",
                kind: OutputKind::Band,
                role: "middle",
                scale: Scale::Price,
                bounds: None,
                description: "Simple average of the close.",
            },
            Output {
                name: "lower",
                kind: OutputKind::Band,
                role: "lower",
                scale: Scale::Price,
                bounds: None,
                description: "Average of the lows, each lowered by its bar's relative range.",
            },
        ],
    },
    Overlay {
        function: "ALMA",
        id: "alma",
        display_name: "Arnaud Legoux Moving Average",
        aliases: &["arnaud_legoux_moving_average"],
        description: "A weighted average whose weights follow a bell curve placed anywhere in the \
            window, usually near its recent end. offset moves the peak, from 0 at the oldest bar \
            to 1 at the newest, and the curve's standard deviation is period / sigma bars. An \
            offset near 1 gives little lag, one near 0.5 the smoothest line. The weights are \
            positive and sum to one, so the line never leaves the range of its window. The peak \
            is floored to a whole bar, floor(offset * (period - 1)), as in Tulip; TradingView's \
            default and pandas-ta leave it between two bars, so their lines differ a little.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the window."),
            (
                "sigma",
                "Divides the period to give the bell curve's width in bars; larger is narrower.",
            ),
            ("offset", "Place of the largest weight, from 0 (oldest bar) to 1 (newest bar)."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Bell-weighted mean of the last period values.",
        }],
    },
    Overlay {
        function: "BBANDS",
        id: "bbands",
        display_name: "Bollinger Bands",
        aliases: &["bb", "bb_upper", "bb_lower", "bollinger_bands", "bollinger"],
        description: "A moving average with an envelope of standard deviations above and below \
            it. Narrow bands show a quiet market and wide ones a volatile market; values near a \
            band are high or low relative to the recent past, which is not by itself a signal. \
            The deviation is the population one (division by period) and is always taken around \
            the simple mean, whatever ma_type draws the middle line. On a flat series the three \
            lines coincide.",
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
        outputs: &[
            Output {
                name: "upper",
                kind: OutputKind::Band,
                role: "upper",
                scale: Scale::Price,
                bounds: None,
                description: "Middle plus nb_dev_up standard deviations.",
            },
            Output {
                name: "middle",
                kind: OutputKind::Band,
                role: "middle",
                scale: Scale::Price,
                bounds: None,
                description: "Moving average of the series.",
            },
            Output {
                name: "lower",
                kind: OutputKind::Band,
                role: "lower",
                scale: Scale::Price,
                bounds: None,
                description: "Middle minus nb_dev_dn standard deviations.",
            },
        ],
    },
    Overlay {
        function: "CKSP",
        id: "cksp",
        display_name: "Chande Kroll Stop",
        aliases: &["chande_kroll_stop"],
        description: "Two trailing stops of Tushar Chande and Stanley Kroll. A first stop lies \
            multiplier average true ranges below the highest high of period bars, and its \
            counterpart as far above the lowest low; the stops shown are the highest of the \
            former and the lowest of the latter over stop_period bars. Price above both lines is \
            read as an uptrend and price below both as a downtrend. The average true range is \
            Wilder's, so early values still depend on where the data begins.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the highest high and lowest low, and of the average true range."),
            (
                "multiplier",
                "Distance of the first stops from their extremes, in average true ranges.",
            ),
            ("stop_period", "Bars over which the extreme of the first stops is taken."),
        ],
        outputs: &[
            Output {
                name: "high_stop",
                kind: OutputKind::Line,
                role: "short",
                scale: Scale::Price,
                bounds: None,
                description: "Stop hung from the highs, usually used for short positions.",
            },
            Output {
                name: "low_stop",
                kind: OutputKind::Line,
                role: "long",
                scale: Scale::Price,
                bounds: None,
                description: "Stop raised from the lows, usually used for long positions.",
            },
        ],
    },
    Overlay {
        function: "DEMA",
        id: "dema",
        display_name: "Double Exponential Moving Average",
        aliases: &["double_exponential_moving_average"],
        description: "Patrick Mulloy's average 2 * EMA - EMA(EMA), which takes most of an \
            exponential average's lag away. It follows a trend more closely than an EMA of the \
            same period and overshoots after sharp turns. Both averages are seeded with simple \
            means, the second on the first one's values, so the warm-up is twice that of an EMA.",
        memory: Memory::Recursive,
        params: &[(
            "period",
            "Bars of both exponential averages, with smoothing factor 2 / (period + 1).",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Twice the exponential average minus its own exponential average.",
        }],
    },
    Overlay {
        function: "DONCHIAN",
        id: "donchian",
        display_name: "Donchian Channels",
        aliases: &["donchian_channels", "donchian_channel"],
        description: "The highest high and the lowest low of the last period bars, with the \
            midpoint between them. The current bar counts, so price touches a band when it makes \
            a new extreme but never closes beyond it; test breakouts against the previous bar's \
            band. The distance between the bands is a plain measure of volatility.",
        memory: Memory::Window,
        params: &[("period", "Bars over which the extremes are taken, the current one included.")],
        outputs: &[
            Output {
                name: "upper",
                kind: OutputKind::Band,
                role: "upper",
                scale: Scale::Price,
                bounds: None,
                description: "Highest high of the window.",
            },
            Output {
                name: "middle",
                kind: OutputKind::Band,
                role: "middle",
                scale: Scale::Price,
                bounds: None,
                description: "Mean of the upper and lower band.",
            },
            Output {
                name: "lower",
                kind: OutputKind::Band,
                role: "lower",
                scale: Scale::Price,
                bounds: None,
                description: "Lowest low of the window.",
            },
        ],
    },
    Overlay {
        function: "EMA",
        id: "ema",
        display_name: "Exponential Moving Average",
        aliases: &["exponential_moving_average", "rolling_ema"],
        description: "A moving average in which each bar closes the fraction 2 / (period + 1) of \
            the gap between the line and the value, so weights fade geometrically with age. It \
            turns sooner than a simple average of the same period; price above a rising line is \
            read as an uptrend. The first value is the simple mean of the first period values, \
            and its influence fades with each bar.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the seed mean; the smoothing factor is 2 / (period + 1).")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Exponentially weighted mean of the series.",
        }],
    },
    Overlay {
        function: "FRAMA",
        id: "frama",
        display_name: "Fractal Adaptive Moving Average",
        aliases: &["fractal_adaptive_moving_average"],
        description: "John Ehlers' exponential average of the bar midpoint (high + low) / 2, \
            which adapts to the fractal dimension D of the window. D compares the high-low ranges \
            of the window's two halves with the range of the whole; the smoothing factor is \
            exp(-4.6 * (D - 1)). A straight run (D near 1) makes the line follow the price, \
            congestion (D near 2) almost stops it. The window must be an even number of bars, and \
            the line is seeded with a bar midpoint.",
        memory: Memory::Recursive,
        params: &[("period", "Bars in the window; must be even, as it is split into two halves.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Adaptive average of the bar midpoints.",
        }],
    },
    Overlay {
        function: "HMA",
        id: "hma",
        display_name: "Hull Moving Average",
        aliases: &["hull_moving_average", "hull"],
        description: "Alan Hull's low-lag average, built from three weighted averages. It takes 2 \
            * WMA(period / 2) - WMA(period), which points ahead of the price by about the lag, \
            and smooths that with a WMA over the square root of period; both derived periods are \
            rounded down. Its slope is read for the trend, and it may overshoot after sharp \
            turns.",
        memory: Memory::Window,
        params: &[(
            "period",
            "Bars of the longest weighted average; half of it and its square root give the \
                    others.",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Hull average of the series.",
        }],
    },
    Overlay {
        function: "HT_TRENDLINE",
        id: "ht_trendline",
        display_name: "Hilbert Transform - Instantaneous Trendline",
        aliases: &["hilbert_transform_instantaneous_trendline"],
        description: "John Ehlers' trend line, which averages the series over one measured \
            dominant cycle so that the cycle cancels out, and smooths the result with weights 4, \
            3, 2, 1. The window therefore changes from bar to bar with the cycle found by the \
            Hilbert transform, between 6 and 50 bars. Price above the line is read as an uptrend, \
            and price that keeps crossing it as a market in cycle mode. A flat series gives \
            itself.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "The series with its dominant cycle averaged out.",
        }],
    },
    Overlay {
        function: "ICHIMOKU",
        id: "ichimoku",
        display_name: "Ichimoku Kinko Hyo",
        aliases: &["ichimoku_kinko_hyo"],
        description: "Goichi Hosoda's chart of window midpoints, each the mean of a highest high \
            and a lowest low. The conversion line crossing the base line is read as a signal, and \
            the cloud between the two leading spans as support below price and resistance above \
            it. Charts draw the spans kijun_period bars ahead; the values here stay on the bar \
            that computed them and need shifting when drawn. The lagging span is the close \
            shifted back: charts draw it, and it is not an output.",
        memory: Memory::Window,
        params: &[
            ("tenkan_period", "Bars of the conversion line's midpoint."),
            (
                "kijun_period",
                "Bars of the base line's midpoint, and how far ahead charts draw the spans.",
            ),
            ("senkou_b_period", "Bars of the second leading span's midpoint."),
        ],
        outputs: &[
            Output {
                name: "tenkan_sen",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Conversion line, the midpoint of the shortest window.",
            },
            Output {
                name: "kijun_sen",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Price,
                bounds: None,
                description: "Base line, the midpoint of the middle window.",
            },
            Output {
                name: "senkou_span_a",
                kind: OutputKind::Band,
                role: "secondary",
                scale: Scale::Price,
                bounds: None,
                description: "First edge of the cloud, the mean of conversion and base line, \
                    unshifted.",
            },
            Output {
                name: "senkou_span_b",
                kind: OutputKind::Band,
                role: "secondary",
                scale: Scale::Price,
                bounds: None,
                description: "Second edge of the cloud, the midpoint of the longest window, \
                    unshifted.",
            },
        ],
    },
    Overlay {
        function: "KAMA",
        id: "kama",
        display_name: "Kaufman Adaptive Moving Average",
        aliases: &["kaufman_adaptive_moving_average"],
        description: "Perry Kaufman's exponential average, whose speed follows the efficiency \
            ratio: the net change over period bars divided by the sum of the absolute one-bar \
            changes. The smoothing factor is the square of a number that runs from 2/31 at ratio \
            0 to 2/3 at ratio 1. The line hugs price in a clean trend and goes flat in a choppy \
            market. It is seeded with the value before the first output, and a window without any \
            change counts as ratio 1.",
        memory: Memory::Recursive,
        params: &[("period", "Bars over which the efficiency ratio is measured.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Adaptive average of the series.",
        }],
    },
    Overlay {
        function: "KC",
        id: "kc",
        display_name: "Keltner Channels",
        aliases: &["keltner", "keltner_channels", "keltner_channel"],
        description: "An exponential average of the typical price (high + low + close) / 3 with \
            bands a multiple of the average true range above and below it. The bands widen and \
            narrow with volatility but more steadily than Bollinger Bands, because gaps and \
            ranges enter through an average. Closes beyond a band are read as strength or \
            weakness. Charting sites such as TradingView, and pandas-ta, average the close \
            instead: `center` set to close does that. The true range uses Wilder's smoothing and \
            each average has its own seed.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the exponential average of the typical price."),
            ("atr_period", "Bars of the average true range that sets the width."),
            ("nb_dev", "Distance of the bands from the middle, in average true ranges."),
        ],
        outputs: &[
            Output {
                name: "upper",
                kind: OutputKind::Band,
                role: "upper",
                scale: Scale::Price,
                bounds: None,
                description: "Middle plus nb_dev average true ranges.",
            },
            Output {
                name: "middle",
                kind: OutputKind::Band,
                role: "middle",
                scale: Scale::Price,
                bounds: None,
                description: "Exponential average of the typical price.",
            },
            Output {
                name: "lower",
                kind: OutputKind::Band,
                role: "lower",
                scale: Scale::Price,
                bounds: None,
                description: "Middle minus nb_dev average true ranges.",
            },
        ],
    },
    Overlay {
        function: "MA",
        id: "ma",
        display_name: "Moving Average",
        aliases: &["moving_average"],
        description: "Any of the library's moving averages behind one name, chosen by ma_type and \
            with that average's own warm-up and seeding. Apart from period the chosen average \
            runs with its default settings; vidya takes a momentum window of three quarters of \
            period. A period of 1 copies the input.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the average chosen."),
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
            scale: Scale::Price,
            bounds: None,
            description: "The chosen average of the series.",
        }],
    },
    Overlay {
        function: "MAMA",
        id: "mama",
        display_name: "MESA Adaptive Moving Average",
        aliases: &["mesa_adaptive_moving_average"],
        description: "John Ehlers' exponential average driven by the phase of the dominant cycle: \
            the smoothing factor is fast_limit divided by the phase change per bar in degrees, \
            kept between slow_limit and fast_limit. A second line follows the first with half its \
            factor. The first crossing above the second is read as bullish, the opposite crossing \
            as bearish. Both lines start at zero inside the warm-up, so the earliest values of \
            the slower one may still lie off the price.",
        memory: Memory::Recursive,
        params: &[
            ("fast_limit", "Largest smoothing factor, reached when the phase moves slowly."),
            ("slow_limit", "Smallest smoothing factor."),
        ],
        outputs: &[
            Output {
                name: "mama",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "The adaptive average.",
            },
            Output {
                name: "fama",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Price,
                bounds: None,
                description: "The following average, with half the smoothing factor of the first.",
            },
        ],
    },
    Overlay {
        function: "MAVP",
        id: "mavp",
        display_name: "Moving Average with Variable Period",
        aliases: &["moving_average_with_variable_period", "variable_period_moving_average"],
        description: "A moving average whose period is read, bar by bar, from a second series, \
            for instance a measured cycle length. Each requested period is cut to a whole number \
            and held between min_period and max_period. Every average starts at the first bar \
            that max_period allows, whatever period is requested there; min_period above \
            max_period is an error.",
        memory: Memory::Recursive,
        params: &[
            ("min_period", "Smallest period used, in bars; smaller requests are raised to it."),
            ("max_period", "Largest period used, in bars; larger requests are lowered to it."),
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
            scale: Scale::Price,
            bounds: None,
            description: "Average of the series over the period requested on that bar.",
        }],
    },
    Overlay {
        function: "MCGD",
        id: "mcgd",
        display_name: "McGinley Dynamic",
        aliases: &["mcginley", "mcginley_dynamic"],
        description: "John McGinley's self-adjusting average: each bar closes the fraction 1 / \
            (period * (price / line)^4) of the gap to the price. The line thus moves faster when \
            price is below it than above it, so it falls quickly and rises cautiously. McGinley \
            suggested a period of about 60 percent of the simple average to be replaced. It is \
            seeded with a single price, and a step that is not finite, as with a zero price, \
            keeps the previous value. A price that falls to less than half of the line, as an \
            unadjusted split does, can throw it far below zero, from where it hardly comes back.",
        memory: Memory::Recursive,
        params: &[("period", "Bars N in the step's denominator; larger is slower.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "McGinley's dynamic line.",
        }],
    },
    Overlay {
        function: "MIDPOINT",
        id: "midpoint",
        display_name: "Midpoint over Period",
        aliases: &["midpoint_over_period"],
        description: "The mean of the highest and the lowest value of one series over the last \
            period bars. It moves only when a new extreme enters the window or an old one leaves \
            it, so it runs in steps and is flat inside a range. MIDPRICE does the same with the \
            highs and lows of bars.",
        memory: Memory::Window,
        params: &[("period", "Bars over which the extremes are taken.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Half the sum of the window's largest and smallest value.",
        }],
    },
    Overlay {
        function: "MIDPRICE",
        id: "midprice",
        display_name: "Midpoint Price over Period",
        aliases: &["midpoint_price_over_period"],
        description: "The mean of the highest high and the lowest low of the last period bars, \
            the middle line of a Donchian channel and the building block of Ichimoku. Price above \
            it trades in the upper half of its recent range, price below it in the lower half.",
        memory: Memory::Window,
        params: &[("period", "Bars over which the extremes are taken.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Half the sum of the window's highest high and lowest low.",
        }],
    },
    Overlay {
        function: "RMA",
        id: "rma",
        display_name: "Wilder's Smoothed Moving Average",
        aliases: &[
            "wilders",
            "smma",
            "smoothed_moving_average",
            "wilders_moving_average",
            "wilders_smoothed_moving_average",
            "rolling_rma",
        ],
        description: "Welles Wilder's exponential average with smoothing factor 1 / period, the \
            one inside RSI, ATR and ADX. It is as slow as an EMA of 2 * period - 1 bars, so its \
            slope says more than its crossings. The first value is the simple mean of the first \
            period values.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the seed mean; the smoothing factor is 1 / period.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Wilder-smoothed mean of the series.",
        }],
    },
    Overlay {
        function: "SAR",
        id: "sar",
        display_name: "Parabolic SAR",
        aliases: &["parabolic_sar"],
        description: "Welles Wilder's stop-and-reverse level, which trails price and closes in \
            faster with every new extreme. Each bar moves it towards the extreme of the trade by \
            the acceleration factor, which grows by acceleration at each new extreme up to \
            maximum. Dots below price mean long, above price short; a bar that touches the stop \
            reverses the direction and restarts from the old extreme. The stop never enters the \
            range of the last two bars, and the first direction comes from the first two bars. \
            `psar` gives the direction as well.",
        memory: Memory::Recursive,
        params: &[
            (
                "acceleration",
                "Start of the acceleration factor, and its increase at each new extreme.",
            ),
            ("maximum", "Largest acceleration factor."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Stop level: below price while long, above price while short.",
        }],
    },
    Overlay {
        function: "SAREXT",
        id: "sarext",
        display_name: "Parabolic SAR - Extended",
        aliases: &["parabolic_sar_extended", "psar_extended"],
        description: "The parabolic stop-and-reverse with its own acceleration settings for long \
            and for short, a chosen start and an optional gap at reversals. Unlike SAR it reports \
            the stop as a negative number while short, so the sign is the direction and the \
            absolute value the level. A start_value of 0 takes the first direction from the first \
            two bars; a positive one starts long at that level, a negative one short at its \
            absolute value.",
        memory: Memory::Recursive,
        params: &[
            (
                "start_value",
                "First stop in units of price: 0 for automatic, positive to start long, negative \
                    to start short.",
            ),
            (
                "offset_on_reverse",
                "Fraction of the price by which the stop is moved away on a reversal.",
            ),
            ("acceleration_init_long", "Acceleration factor at the start of a long leg."),
            ("acceleration_long", "Increase of the factor at each new high of a long leg."),
            ("acceleration_max_long", "Largest factor of a long leg."),
            ("acceleration_init_short", "Acceleration factor at the start of a short leg."),
            ("acceleration_short", "Increase of the factor at each new low of a short leg."),
            ("acceleration_max_short", "Largest factor of a short leg."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Stop level, positive while long and negative while short.",
        }],
    },
    Overlay {
        function: "SMA",
        id: "sma",
        display_name: "Simple Moving Average",
        aliases: &["simple_moving_average", "rolling_mean", "mean", "average", "avg"],
        description: "The plain mean of the last period values, each with the same weight. It \
            lags by (period - 1) / 2 bars and reacts twice to a spike, when it enters the window \
            and when it leaves. Price above a rising line is read as an uptrend, and crossings of \
            a short and a long average as trend changes.",
        memory: Memory::Window,
        params: &[("period", "Bars in the mean.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Mean of the last period values.",
        }],
    },
    Overlay {
        function: "SUPERTREND",
        id: "supertrend",
        display_name: "SuperTrend",
        aliases: &["super_trend"],
        description: "A trailing stop at multiplier average true ranges from the bar midpoint \
            (high + low) / 2, attributed to Olivier Seban. While the trend is up it rides the \
            lower band, which never falls; a close below flips it to the upper band, which never \
            rises until a close above flips it back. The first bar is taken as an uptrend by \
            convention, which stays visible until the first flip. The average true range is \
            Wilder's.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the average true range."),
            ("multiplier", "Distance of the bands from the bar midpoint, in average true ranges."),
        ],
        outputs: &[
            Output {
                name: "supertrend",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "The band in force: below price in an uptrend, above it in a \
                    downtrend.",
            },
            Output {
                name: "trend",
                kind: OutputKind::Signal,
                role: "direction",
                scale: Scale::Ratio,
                bounds: Some((-1.0, 1.0)),
                description: "1 in an uptrend, -1 in a downtrend.",
            },
        ],
    },
    Overlay {
        function: "SWAK_BUTTER",
        id: "swak_butter",
        display_name: "Swiss Army Knife - Butterworth Filter",
        aliases: &["swiss_army_knife_butterworth", "swiss_army_knife_butterworth_filter"],
        description: "The two-pole Butterworth smoother of John Ehlers' Swiss Army Knife \
            indicator. Cycles shorter than the cutoff are suppressed, longer ones pass, and a \
            value that alternates from bar to bar is removed entirely; it cuts fast motion harder \
            than the Gaussian row and lags about one bar more. It starts as if the first value \
            had always been there, so there is no warm-up and a flat series gives itself. Ehlers \
            feeds it the bar midpoint (high + low) / 2.",
        memory: Memory::Recursive,
        params: &[("period", "Cutoff, in bars: shorter cycles are suppressed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Low-pass filtered series.",
        }],
    },
    Overlay {
        function: "SWAK_GAUSS",
        id: "swak_gauss",
        display_name: "Swiss Army Knife - Gaussian Filter",
        aliases: &["swiss_army_knife_gaussian", "swiss_army_knife_gaussian_filter"],
        description: "The two-pole Gaussian smoother of John Ehlers' Swiss Army Knife indicator: \
            two equal exponential averages in a row, with the factor derived from a cutoff period \
            instead of 2 / (period + 1). It lags little and does not overshoot after a turn. It \
            starts as if the first value had always been there, so there is no warm-up and a flat \
            series gives itself. Ehlers feeds it the bar midpoint (high + low) / 2.",
        memory: Memory::Recursive,
        params: &[("period", "Cutoff, in bars: shorter cycles are suppressed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Low-pass filtered series.",
        }],
    },
    Overlay {
        function: "T3",
        id: "t3",
        display_name: "Triple Exponential Moving Average (T3)",
        aliases: &["tillson_t3", "triple_exponential_moving_average_t3"],
        description: "Tim Tillson's average: the step (1 + v) * EMA - v * EMA(EMA) applied three \
            times over, which takes six chained exponential averages. v_factor sets the \
            sharpening: 0 leaves a plain triple-smoothed EMA, 1 makes each step a DEMA, which \
            lags less and overshoots more. Each stage is seeded with a simple mean of the one \
            before it. It is not TEMA.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of each of the six exponential averages."),
            ("v_factor", "Sharpening of each step, from 0 (smooth) to 1 (fast)."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Tillson's T3 average of the series.",
        }],
    },
    Overlay {
        function: "TEMA",
        id: "tema",
        display_name: "Triple Exponential Moving Average",
        aliases: &["triple_exponential_moving_average"],
        description: "Patrick Mulloy's average 3 * EMA - 3 * EMA(EMA) + EMA(EMA(EMA)), which \
            cancels still more of the lag than DEMA. It stays close to price in a trend and \
            overshoots after sharp turns. Each of the three averages is seeded with a simple mean \
            on the values of the one before it, so the warm-up is three times that of an EMA.",
        memory: Memory::Recursive,
        params: &[(
            "period",
            "Bars of the three exponential averages, with smoothing factor 2 / (period + 1).",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Triple exponential average of the series.",
        }],
    },
    Overlay {
        function: "TRIMA",
        id: "trima",
        display_name: "Triangular Moving Average",
        aliases: &["triangular_moving_average", "tma", "swma", "symmetric_weighted_moving_average"],
        description: "A weighted average whose weights rise to the middle of the window and fall \
            again, equal to a simple average of a simple average. For an odd period both have \
            (period + 1) / 2 bars, for an even one period / 2 and period / 2 + 1. It is very \
            smooth, and lags like a simple average of the same period.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Triangle-weighted mean of the last period values.",
        }],
    },
    Overlay {
        function: "VIDYA",
        id: "vidya",
        display_name: "Variable Index Dynamic Average",
        aliases: &["variable_index_dynamic_average"],
        description: "Tushar Chande's exponential average, whose factor 2 / (period + 1) is \
            multiplied on every bar by the absolute value of his momentum oscillator (as a \
            fraction from 0 to 1, unsmoothed form). In a one-way move it acts as a plain EMA; \
            where gains and losses balance it stands still. It is seeded with the first value and \
            moves through the warm-up with the changes seen so far.",
        memory: Memory::Recursive,
        params: &[
            (
                "period",
                "Bars of the exponential average at full speed, with smoothing factor 2 / (period \
                    + 1).",
            ),
            ("cmo_period", "Bars of the momentum oscillator that scales the factor."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Adaptive average of the series.",
        }],
    },
    Overlay {
        function: "VWMA",
        id: "vwma",
        display_name: "Volume Weighted Moving Average",
        aliases: &["volume_weighted_moving_average"],
        description: "The mean of the last period values, each weighted by its bar's volume. \
            Compared with a simple average of the same period it lies nearer to the prices at \
            which most was traded, so the side on which it lies shows where the volume was. A \
            window with no volume at all has no defined value.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Volume-weighted mean of the last period values.",
        }],
    },
    Overlay {
        function: "WMA",
        id: "wma",
        display_name: "Weighted Moving Average",
        aliases: &[
            "weighted_moving_average",
            "linear_weighted_moving_average",
            "lwma",
            "rolling_wma",
        ],
        description: "A moving average with weights falling in a straight line, from period on \
            the newest value down to 1 on the oldest. It lags by (period - 1) / 3 bars, less than \
            a simple average, and still forgets a value completely once it leaves the window.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window, and the weight of the newest value.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Linearly weighted mean of the last period values.",
        }],
    },
    Overlay {
        function: "ZIGZAG",
        id: "zigzag",
        display_name: "Zig Zag",
        aliases: &["zig_zag"],
        description: "Tracks price swings and ignores moves smaller than sensitivity percent: a \
            leg follows its extreme until price has come back that far from it, at least \
            min_trend_length bars after the extreme. Each row holds what was known on that bar \
            (the extreme so far, the direction and the extreme's position) and is never revised. \
            The line of a zigzag chart repaints: its last leg keeps moving to each new extreme \
            and is final only at the reversal, so a pivot is confirmed on the bar where trend \
            changes, and is the previous row's zigzag and pivot_index. The first leg is taken as \
            a down leg by convention.",
        memory: Memory::Cumulative,
        params: &[
            ("sensitivity", "Move away from the extreme that reverses the leg, in percent."),
            (
                "min_trend_length",
                "Least number of bars from a pivot to the reversal that confirms it.",
            ),
        ],
        outputs: &[
            Output {
                name: "zigzag",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Price of the current leg's extreme so far.",
            },
            Output {
                name: "trend",
                kind: OutputKind::Signal,
                role: "direction",
                scale: Scale::Ratio,
                bounds: Some((-1.0, 1.0)),
                description: "1 while the leg is up, -1 while it is down.",
            },
            Output {
                name: "pivot_index",
                kind: OutputKind::Signal,
                role: "position",
                scale: Scale::Bars,
                bounds: None,
                description: "Row number of that extreme, counted from the start of the data.",
            },
        ],
    },
    Overlay {
        function: "ZLEMA",
        id: "zlema",
        display_name: "Zero-Lag Exponential Moving Average",
        aliases: &["zlma", "zero_lag_ema", "zero_lag_exponential_moving_average"],
        description: "An exponential average fed with 2 * x - x[lag], where lag is (period - 1) / \
            2 bars rounded down, so that the average's own lag cancels on a straight move. It \
            turns earlier than an EMA of the same period and overshoots for a few bars after a \
            reversal or a spike. The first value is a simple mean of the corrected series.",
        memory: Memory::Recursive,
        params: &[(
            "period",
            "Bars of the exponential average, with smoothing factor 2 / (period + 1).",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Exponential average of the lag-corrected series.",
        }],
    },
];
