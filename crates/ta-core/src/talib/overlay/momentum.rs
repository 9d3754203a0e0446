//! TA-Lib's "Momentum Indicators": rates of change and oscillators.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "AC",
        id: "ac",
        display_name: "Accelerator/Decelerator Oscillator",
        aliases: &[
            "accelerator_oscillator",
            "accelerator_decelerator",
            "accelerator_decelerator_oscillator",
        ],
        description: "Bill Williams' second difference of momentum: the Awesome Oscillator \
            minus its own simple average over signal_period bars. Positive values say that \
            momentum is growing, negative values that it is fading, so the sign turns before the \
            oscillator's own does. The sign and the change from bar to bar are read, not the \
            level. Flat input gives 0.",
        memory: Memory::Window,
        params: &[
            ("fast_period", "Bars in the short average of the median price."),
            ("slow_period", "Bars in the long average of the median price."),
            ("signal_period", "Bars in the simple average subtracted from the oscillator."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Histogram,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Awesome Oscillator less its average, around 0.",
        }],
    },
    Overlay {
        function: "ADX",
        id: "adx",
        display_name: "Average Directional Movement Index",
        aliases: &["average_directional_movement_index", "average_directional_index"],
        description: "Strength of a trend, whichever way it goes: Wilder's smoothing of DX, \
            the gap between +DI and -DI as a percentage of their sum. Readings above 25 are \
            commonly taken as a trend and below 20 as none. The first value is the mean of the \
            first period DX values, 2 * period - 1 bars in. Bars without any directional \
            movement leave it where it was, and a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing of movement, of true range and of DX.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Trend strength, from 0 (none) to 100.",
        }],
    },
    Overlay {
        function: "ADXR",
        id: "adxr",
        display_name: "Average Directional Movement Index Rating",
        aliases: &[
            "average_directional_movement_index_rating",
            "average_directional_movement_rating",
        ],
        description: "Mean of the current ADX and the ADX of period - 1 bars earlier. It \
            moves more slowly than ADX and is read the same way: high values mean a trending \
            market, whichever the direction. Wilder used it to rank markets by how well they \
            suit trend following.",
        memory: Memory::Recursive,
        params: &[(
            "period",
            "Bars of the ADX; the two averaged values lie period - 1 bars apart.",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Averaged trend strength, from 0 to 100.",
        }],
    },
    Overlay {
        function: "AO",
        id: "ao",
        display_name: "Awesome Oscillator",
        aliases: &["awesome_oscillator"],
        description: "Bill Williams' momentum: a short minus a long simple average of the \
            median price (high + low) / 2. Above zero the recent bars lie higher than the longer \
            stretch, below zero lower. Zero crossings, twin peaks and the colour, that is the \
            sign of the change from the previous bar, are what is read.",
        memory: Memory::Window,
        params: &[
            ("fast_period", "Bars in the short average of the median price."),
            ("slow_period", "Bars in the long average of the median price."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Histogram,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Short less long average of the median price.",
        }],
    },
    Overlay {
        function: "APO",
        id: "apo",
        display_name: "Absolute Price Oscillator",
        aliases: &["absolute_price_oscillator"],
        description: "A fast minus a slow moving average of the same series, in units of \
            that series. Positive values mean that the fast average is on top. Each average is \
            seeded on its own, so even with exponential averages the early values differ from \
            the MACD line. Periods given in the wrong order are swapped.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars in the fast moving average."),
            ("slow_period", "Bars in the slow moving average."),
            ("ma_type", "Type of both moving averages."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Fast less slow moving average.",
        }],
    },
    Overlay {
        function: "AROON",
        id: "aroon",
        display_name: "Aroon",
        aliases: &["aroon_indicator"],
        description: "How recent the extremes of the last period + 1 bars are: 100 * (period \
            - bars since the extreme) / period, for the lowest low (down) and the highest high \
            (up). 100 means that the extreme is the current bar, 0 that it is period bars old. \
            Up above 70 with down below 30 is read as an uptrend, and the crossing of the two \
            lines as a change of trend. Among equal extremes the latest counts, so a flat series \
            gives 100 for both.",
        memory: Memory::Window,
        params: &[("period", "Bars looked back on; the window holds period + 1 bars.")],
        outputs: &[
            Output {
                name: "down",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "Recency of the lowest low, 100 on the bar that makes it.",
            },
            Output {
                name: "up",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "Recency of the highest high, 100 on the bar that makes it.",
            },
        ],
    },
    Overlay {
        function: "AROONOSC",
        id: "aroonosc",
        display_name: "Aroon Oscillator",
        aliases: &["aroon_oscillator", "aroon_osc"],
        description: "Aroon up minus Aroon down. Positive values mean that the highest high \
            of the last period + 1 bars is more recent than the lowest low, negative values the \
            reverse, and values near either end mark a strong trend. A flat series gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars looked back on; the window holds period + 1 bars.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 100.0)),
            description: "Aroon up less Aroon down.",
        }],
    },
    Overlay {
        function: "ASI",
        id: "asi",
        display_name: "Accumulative Swing Index",
        aliases: &["accumulative_swing_index", "accumulation_swing_index"],
        description: "Running total of Wilder's Swing Index, starting at 0 on the first bar. \
            The line is meant to trace the market's real swings, so trend lines and breakouts \
            are drawn on it as on a price chart, and a breakout that the price has not yet made \
            is the signal. Its level depends on where the series starts; only its shape carries \
            meaning.",
        memory: Memory::Cumulative,
        params: &[(
            "limit_move",
            "Largest move of one bar that the index is scaled by, in price units.",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Sum of the Swing Index since the first bar.",
        }],
    },
    Overlay {
        function: "BOP",
        id: "bop",
        display_name: "Balance of Power",
        aliases: &["balance_of_power"],
        description: "The body of each bar as a share of its range: (close - open) / (high - \
            low). Near 1 buyers carried the bar from its low to its high, near -1 sellers did \
            the opposite. There is no smoothing, so it is usually averaged before use. A bar \
            without range gives 0.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-1.0, 1.0)),
            description: "Body over range, from -1 to 1.",
        }],
    },
    Overlay {
        function: "CCI",
        id: "cci",
        display_name: "Commodity Channel Index",
        aliases: &["commodity_channel_index"],
        description: "Distance of the typical price (high + low + close) / 3 from its simple \
            average, divided by 0.015 times its mean absolute deviation. The constant keeps most \
            readings within -100 and 100; beyond them the price is commonly called overbought or \
            oversold, or breaking out. The range is open, and a flat window gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the average and in the mean deviation.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Distance from the average in units of 0.015 mean deviations.",
        }],
    },
    Overlay {
        function: "CG",
        id: "cg",
        display_name: "Center of Gravity Oscillator",
        aliases: &["center_of_gravity", "centre_of_gravity", "cog"],
        description: "Ehlers' balance point of the last period values: the sum of each value \
            times its position, counted back from the current bar as 1, over the sum of the \
            values, with the sign turned so that it rises with the price. For positive input it \
            lies between -period and -1, and a flat window gives -(period + 1) / 2. Turning \
            points and crossings with its own value of the previous bar are read.",
        memory: Memory::Window,
        params: &[("period", "Bars in the window.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Negated balance point, in bars back from the current one.",
        }],
    },
    Overlay {
        function: "CHOP",
        id: "chop",
        display_name: "Choppiness Index",
        aliases: &["choppiness_index", "choppiness"],
        description: "How much ground was covered inside a box: the sum of the true ranges \
            of the window over its highest high minus its lowest low, as a logarithm to base \
            period, times 100. A straight run reads near 0 and sideways overlap near 100; above \
            61.8 is commonly read as choppy and below 38.2 as trending, whichever way. A gap \
            before the window can carry it above 100, and a flat window gives 100.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sum of true ranges and in the box.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Choppiness: low in a trend, high in a sideways market.",
        }],
    },
    Overlay {
        function: "CHOPTR",
        id: "choptr",
        display_name: "Choppiness Index (True Range Box)",
        aliases: &["choppiness_index_true_range", "choppiness_true_range"],
        description: "The Choppiness Index with a box that spans the true highs and true \
            lows, so that it takes in the gap into the window as the true ranges do. That keeps \
            the reading within 0, a straight run, and 100, where every bar fills the box. It \
            says whether the market trends, not which way, and a flat window gives 100.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sum of true ranges and in the box.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Choppiness: 0 for a straight run, 100 for a sideways market.",
        }],
    },
    Overlay {
        function: "CMO",
        id: "cmo",
        display_name: "Chande Momentum Oscillator",
        aliases: &["chande_momentum_oscillator", "chande_momentum"],
        description: "Average gain minus average loss as a percentage of their sum, with the \
            averages smoothed as Wilder does in RSI, so that it equals 2 * RSI - 100 wherever \
            the series moves. That is TA-Lib's form and not Chande's own, which takes plain sums \
            of the window, as TradingView, Tulip and most others do: that one is `cmou`. Positive values mean net gains, beyond 50 or -50 is commonly read as \
            overbought or oversold, and a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars over which gains and losses are smoothed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 100.0)),
            description: "Net gains over total movement, in percent.",
        }],
    },
    Overlay {
        function: "CMOU",
        id: "cmou",
        display_name: "Chande Momentum Oscillator (Unsmoothed)",
        aliases: &["chande_momentum_oscillator_unsmoothed", "cmo_unsmoothed"],
        description: "Chande's own definition: the sum of the gains minus the sum of the \
            losses of the last period changes, as a percentage of the two together. It reacts \
            faster than CMO, whose sums fade instead of ending. Beyond 50 or -50 is commonly \
            read as overbought or oversold; a flat window gives 0.",
        memory: Memory::Window,
        params: &[("period", "One-bar changes in the sums.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 100.0)),
            description: "Net gains over total movement, in percent.",
        }],
    },
    Overlay {
        function: "COPPOCK",
        id: "coppock",
        display_name: "Coppock Curve",
        aliases: &["coppock_curve", "coppock_indicator"],
        description: "A weighted moving average of the sum of two rates of change. It was \
            made for monthly closes of stock indices, where a turn upward from below zero marks \
            a long-term buying opportunity; the original gives no sell signal. Values are in \
            percent, and the range is open.",
        memory: Memory::Window,
        params: &[
            ("wma_period", "Bars in the weighted average of the sum."),
            ("roc1_period", "Bars of the short rate of change."),
            ("roc2_period", "Bars of the long rate of change."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Smoothed sum of the two rates of change, in percent.",
        }],
    },
    Overlay {
        function: "CRSI",
        id: "crsi",
        display_name: "Connors RSI",
        aliases: &["connors_rsi", "connors_relative_strength_index"],
        description: "Mean of three readings from 0 to 100: the RSI of the series, the RSI \
            of its streak (the signed number of bars in a row that it rose or fell, 0 when \
            unchanged), and the percentage of the last rank_period one-bar returns that lie \
            below the current one. It is a short-term reading: above 90 is commonly called \
            overbought and below 10 oversold. A flat series gives a third of 100, as nothing \
            ranks below an equal return.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the RSI of the series."),
            ("streak_period", "Bars of the RSI of the streak."),
            ("rank_period", "Earlier one-bar returns that the current one is ranked among."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Mean of the three readings, from 0 to 100.",
        }],
    },
    Overlay {
        function: "CTI",
        id: "cti",
        display_name: "Correlation Trend Indicator",
        aliases: &["correlation_trend_indicator"],
        description: "Ehlers' correlation of the last period values with a straight rising \
            line. 1 is a perfectly straight uptrend, -1 a perfectly straight downtrend, and \
            values near 0 mean no linear trend. The slope plays no part, only how straight the \
            path is. A flat window gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars correlated with the line.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-1.0, 1.0)),
            description: "Correlation with a rising line.",
        }],
    },
    Overlay {
        function: "DOSC",
        id: "dosc",
        display_name: "Derivative Oscillator",
        aliases: &["derivative_oscillator"],
        description: "Constance Brown's oscillator: an RSI smoothed by two exponential \
            averages in a row, minus a simple average of the result. It is drawn as a histogram \
            in RSI points around zero, where crossings mark turns of the smoothed RSI and the \
            height says how far it has run. A flat series gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the RSI."),
            ("first_period", "Bars of the first exponential average, taken of the RSI."),
            ("second_period", "Bars of the second exponential average, taken of the first."),
            ("signal_period", "Bars of the simple average subtracted from the smoothed line."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Histogram,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 100.0)),
            description: "Smoothed RSI less its average, in RSI points.",
        }],
    },
    Overlay {
        function: "DPO",
        id: "dpo",
        display_name: "Detrended Price Oscillator",
        aliases: &["detrended_price_oscillator"],
        description: "The value of period / 2 + 1 bars ago minus the current simple average \
            over period bars, which is roughly centred on that bar. Taking the average away \
            leaves the swings shorter than period, so peaks and troughs measure the length of \
            the cycle, not the direction of the market. Nothing later than the current bar is \
            read; charts draw it period / 2 + 1 bars to the left.",
        memory: Memory::Window,
        params: &[("period", "Bars in the average that is taken away.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Earlier value less the average, in units of the series.",
        }],
    },
    Overlay {
        function: "DX",
        id: "dx",
        display_name: "Directional Movement Index",
        aliases: &["directional_movement_index", "directional_index"],
        description: "Absolute difference of +DI and -DI as a percentage of their sum. High \
            values mean that the movement goes one way, whichever, and low values that it \
            cancels out; ADX is its smoothed form. Where there is no movement at all the \
            previous value is repeated, and a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing of movement and of true range.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "One-sidedness of the movement, from 0 to 100.",
        }],
    },
    Overlay {
        function: "ER",
        id: "er",
        display_name: "Kaufman Efficiency Ratio",
        aliases: &["efficiency_ratio", "kaufman_efficiency_ratio", "ker"],
        description: "Net change over the last period bars divided by the sum of the \
            absolute one-bar changes on the way. 1 is a straight move in either direction, and \
            values near 0 are noise. KAMA sets its smoothing by this ratio. A window without any \
            movement gives 1, the convention KAMA uses.",
        memory: Memory::Window,
        params: &[("period", "One-bar changes in the path.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 1.0)),
            description: "Net change over path length, from 0 to 1.",
        }],
    },
    Overlay {
        function: "ERI",
        id: "eri",
        display_name: "Elder Ray Index",
        aliases: &["elder_ray", "elder_ray_index", "bull_bear_power"],
        description: "Elder's pair of distances from an exponential average of the close: \
            the high above it (bull power) and the low above it (bear power). Bull power is \
            usually positive and bear power negative; a bar wholly on one side of the average \
            gives both the same sign. In an uptrend, a bear power that is negative but rising is \
            the entry Elder looks for.",
        memory: Memory::Recursive,
        params: &[("period", "Bars in the exponential average of the close.")],
        outputs: &[
            Output {
                name: "bull_power",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "High less the average of the close.",
            },
            Output {
                name: "bear_power",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Price,
                bounds: None,
                description: "Low less the average of the close.",
            },
        ],
    },
    Overlay {
        function: "FISHER",
        id: "fisher",
        display_name: "Fisher Transform",
        aliases: &["fisher_transform", "ehlers_fisher_transform"],
        description: "Ehlers' reshaping of where the median price lies in its range over the \
            last period bars: the position, mapped to -1..1 and smoothed, goes through half the \
            logarithm of (1 + x) / (1 - x), and half of the previous result is added. Extremes \
            become rare and turns sharp. The position is cut off at 0.999, so values stay within \
            about 7.6 of zero; the line crossing its trigger is the signal, and a flat series \
            gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars in the range of the median price.")],
        outputs: &[
            Output {
                name: "fisher",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Transformed position, around 0.",
            },
            Output {
                name: "trigger",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "The fisher line of the previous bar.",
            },
        ],
    },
    Overlay {
        function: "FOSC",
        id: "fosc",
        display_name: "Forecast Oscillator",
        aliases: &["forecast_oscillator"],
        description: "Difference between the value and what a straight line through the \
            period bars before it forecast for this bar, as a percentage of the value. Positive \
            values mean that the series came in above its forecast. It hovers around zero; long \
            stays on one side mean that the trend outruns or lags its own line. A value of 0 in \
            the input gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the regression, ending one bar before the current one.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Deviation from the forecast, in percent of the value.",
        }],
    },
    Overlay {
        function: "FRACTAL",
        id: "fractal",
        display_name: "Williams Fractal",
        aliases: &["williams_fractal", "williams_fractals", "fractals"],
        description: "Flags swing points: a high strictly above the highs of left_bars bars \
            before it and right_bars bars after it, or a low strictly below the lows around it. \
            The flag is written when the pivot is complete, right_bars bars after it, so nothing \
            ahead is read and each flag speaks of the bar right_bars back. One bar can be both a \
            swing high and a swing low; equal extremes are neither.",
        memory: Memory::Window,
        params: &[
            ("left_bars", "Bars before the pivot that it must exceed."),
            (
                "right_bars",
                "Bars after the pivot that it must exceed; also the delay of the flag in bars.",
            ),
        ],
        outputs: &[
            Output {
                name: "swing_high",
                kind: OutputKind::Signal,
                role: "event",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "100 if the bar right_bars back is a swing high, else 0.",
            },
            Output {
                name: "swing_low",
                kind: OutputKind::Signal,
                role: "event",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "100 if the bar right_bars back is a swing low, else 0.",
            },
        ],
    },
    Overlay {
        function: "IBS",
        id: "ibs",
        display_name: "Internal Bar Strength",
        aliases: &["internal_bar_strength"],
        description: "Where the close lies in its own bar: (close - low) / (high - low). 0 \
            is a close at the low and 1 a close at the high. It is mostly read against the move: \
            low values for a rebound on the next bar, high values for a setback. A bar without \
            range gives 0.5.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 1.0)),
            description: "Position of the close in the bar, from 0 to 1.",
        }],
    },
    Overlay {
        function: "IMI",
        id: "imi",
        display_name: "Intraday Momentum Index",
        aliases: &["intraday_momentum_index"],
        description: "Sum of the rising bodies (close - open) of the window as a percentage \
            of the sum of all bodies without sign. It is built like RSI, but from open to close \
            of each bar instead of close to close, so gaps are left out. Above 70 is commonly \
            read as overbought and below 30 as oversold; a window without bodies gives 50.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sums of bodies.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Share of the rising bodies, in percent.",
        }],
    },
    Overlay {
        function: "KDJ",
        id: "kdj",
        display_name: "KDJ Stochastic",
        aliases: &["kdj_stochastic"],
        description: "The stochastic oscillator as drawn in Chinese charting software: k \
            smooths the raw position of the close in its range, d smooths k, and j = 3 * k - 2 * \
            d exaggerates the gap between them. With Wilder's average, the default, above 80 and \
            below 20 are read as overbought and oversold, j outside 0..100 marks the strongest \
            moves, and k crossing d is the signal. A flat range counts as 0.",
        memory: Memory::Recursive,
        params: &[
            ("fastk_period", "Bars in the range of highs and lows."),
            ("slowk_period", "Bars of the average that makes k."),
            ("slowk_ma_type", "Type of moving average that makes k."),
            ("slowd_period", "Bars of the average that makes d."),
            ("slowd_ma_type", "Type of moving average that makes d."),
        ],
        outputs: &[
            Output {
                name: "k",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Smoothed position of the close in its range, in percent.",
            },
            Output {
                name: "d",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Moving average of k.",
            },
            Output {
                name: "j",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Three times k less twice d; leaves 0..100 in strong moves.",
            },
        ],
    },
    Overlay {
        function: "KST",
        id: "kst",
        display_name: "Know Sure Thing",
        aliases: &["know_sure_thing"],
        description: "Pring's sum of four rates of change, each smoothed by a simple average \
            and weighted 1, 2, 3 and 4 from the shortest to the longest. The long legs hold it \
            to the main trend and the short ones make it turn early. It is read by its sign, its \
            turns and its crossings with the signal line; the range is open, so levels compare \
            only with the line's own past.",
        memory: Memory::Window,
        params: &[
            ("roc1_period", "Bars of the first rate of change."),
            ("roc2_period", "Bars of the second rate of change."),
            ("roc3_period", "Bars of the third rate of change."),
            ("roc4_period", "Bars of the fourth rate of change."),
            ("sma1_period", "Bars of the average of the first rate of change."),
            ("sma2_period", "Bars of the average of the second rate of change."),
            ("sma3_period", "Bars of the average of the third rate of change."),
            ("sma4_period", "Bars of the average of the fourth rate of change."),
            ("signal_period", "Bars of the simple average that makes the signal line."),
        ],
        outputs: &[
            Output {
                name: "kst",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Weighted sum of the smoothed rates of change, in percent.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Simple average of the kst line.",
            },
        ],
    },
    Overlay {
        function: "KSTEXT",
        id: "kstext",
        display_name: "Know Sure Thing (Extended)",
        aliases: &["know_sure_thing_extended", "kst_extended"],
        description: "Know Sure Thing with the moving averages to choose: one type smooths \
            the four rates of change, another makes the signal line. With simple averages, the \
            default, it equals KST; published variants use exponential ones. It is read the same \
            way, by its sign, its turns and its crossings with the signal line.",
        memory: Memory::Recursive,
        params: &[
            ("roc1_period", "Bars of the first rate of change."),
            ("roc2_period", "Bars of the second rate of change."),
            ("roc3_period", "Bars of the third rate of change."),
            ("roc4_period", "Bars of the fourth rate of change."),
            ("ma1_period", "Bars of the average of the first rate of change."),
            ("ma2_period", "Bars of the average of the second rate of change."),
            ("ma3_period", "Bars of the average of the third rate of change."),
            ("ma4_period", "Bars of the average of the fourth rate of change."),
            ("signal_period", "Bars of the average that makes the signal line."),
            ("roc_ma_type", "Type of moving average of the four rates of change."),
            ("signal_ma_type", "Type of moving average of the signal line."),
        ],
        outputs: &[
            Output {
                name: "kst",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Weighted sum of the smoothed rates of change, in percent.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Moving average of the kst line.",
            },
        ],
    },
    Overlay {
        function: "MACD",
        id: "macd",
        display_name: "Moving Average Convergence/Divergence",
        aliases: &["moving_average_convergence_divergence"],
        description: "A fast minus a slow exponential average of the series (macd), an \
            exponential average of that (signal), and the difference of the two (histogram), all \
            in units of the series. The macd line is read by its sign and by its crossings with \
            the signal line, which are the sign changes of the histogram. The fast average is \
            seeded on the bars right before the slow one's first value, so early values differ \
            from two independent averages. All three outputs start on the same bar, and periods \
            given in the wrong order are swapped.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of the fast exponential average."),
            ("slow_period", "Bars of the slow exponential average."),
            ("signal_period", "Bars of the exponential average that makes the signal line."),
        ],
        outputs: &[
            Output {
                name: "macd",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Fast less slow moving average.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Price,
                bounds: None,
                description: "Moving average of the macd line.",
            },
            Output {
                name: "histogram",
                kind: OutputKind::Histogram,
                role: "histogram",
                scale: Scale::Price,
                bounds: None,
                description: "The macd line less its signal line.",
            },
        ],
    },
    Overlay {
        function: "MACDEXT",
        id: "macdext",
        display_name: "MACD (Extended)",
        aliases: &["macd_ext", "macd_extended"],
        description: "MACD with a type of moving average to choose for each of its three \
            averages. With exponential averages throughout it equals MACD; the default is simple \
            averages. It is read the same way: by the sign of the macd line and by its crossings \
            with the signal line, which are the sign changes of the histogram.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of the fast average."),
            ("fast_ma_type", "Type of the fast average."),
            ("slow_period", "Bars of the slow average."),
            ("slow_ma_type", "Type of the slow average."),
            ("signal_period", "Bars of the average that makes the signal line."),
            ("signal_ma_type", "Type of the average that makes the signal line."),
        ],
        outputs: &[
            Output {
                name: "macd",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Fast less slow moving average.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Price,
                bounds: None,
                description: "Moving average of the macd line.",
            },
            Output {
                name: "histogram",
                kind: OutputKind::Histogram,
                role: "histogram",
                scale: Scale::Price,
                bounds: None,
                description: "The macd line less its signal line.",
            },
        ],
    },
    Overlay {
        function: "MACDFIX",
        id: "macdfix",
        display_name: "MACD (Fixed 12/26)",
        aliases: &["macd_fix", "macd_fixed"],
        description: "MACD with its averages fixed at 12 and 26 bars and with the rounded \
            smoothing factors of the original, 0.15 and 0.075, in place of 2 / 13 and 2 / 27. \
            Values therefore differ a little from MACD with the default periods. It is read the \
            same way, by its sign and by its crossings with the signal line.",
        memory: Memory::Recursive,
        params: &[("signal_period", "Bars of the exponential average that makes the signal line.")],
        outputs: &[
            Output {
                name: "macd",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Fast less slow moving average.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Price,
                bounds: None,
                description: "Moving average of the macd line.",
            },
            Output {
                name: "histogram",
                kind: OutputKind::Histogram,
                role: "histogram",
                scale: Scale::Price,
                bounds: None,
                description: "The macd line less its signal line.",
            },
        ],
    },
    Overlay {
        function: "MFI",
        id: "mfi",
        display_name: "Money Flow Index",
        aliases: &["money_flow_index"],
        description: "Share of the money flow, typical price times volume, that fell on bars \
            whose typical price rose, out of the flow of all bars on which it changed, in \
            percent over the last period bars. It is an RSI weighted by volume: above 80 is \
            commonly read as overbought and below 20 as oversold. A window without any flow \
            gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sums of money flow.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Share of the rising money flow, in percent.",
        }],
    },
    Overlay {
        function: "MINUS_DI",
        id: "minus_di",
        display_name: "Minus Directional Indicator",
        aliases: &["minus_directional_indicator"],
        description: "Wilder-smoothed downward movement as a percentage of the equally \
            smoothed true range. A bar's downward movement is how far its low falls below the \
            previous low, counted only where that exceeds the rise of the high. It is compared \
            with +DI: the greater of the two names the direction, and crossings mark changes. A \
            period of 1 takes single bars without smoothing; a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing; 1 for none.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Downward share of the true range, in percent.",
        }],
    },
    Overlay {
        function: "MINUS_DM",
        id: "minus_dm",
        display_name: "Minus Directional Movement",
        aliases: &["minus_directional_movement"],
        description: "Wilder-smoothed sum of the downward movement: how far each low falls \
            below the previous low, counted only where that exceeds the rise of the high. It is \
            a running sum of about period bars, not an average, in units of the price, and the \
            numerator of -DI. A period of 1 gives the movement of single bars.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing; 1 for none.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Smoothed sum of the downward movement, never negative.",
        }],
    },
    Overlay {
        function: "MOM",
        id: "mom",
        display_name: "Momentum",
        aliases: &["momentum"],
        description: "The value minus the value of period bars ago, in units of the series. \
            Positive means that it rose over the span, negative that it fell; zero crossings and \
            turns of the line are read. ROC is the same as a percentage.",
        memory: Memory::Window,
        params: &[("period", "Bars between the two values.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Change over period bars.",
        }],
    },
    Overlay {
        function: "PLUS_DI",
        id: "plus_di",
        display_name: "Plus Directional Indicator",
        aliases: &["plus_directional_indicator"],
        description: "Wilder-smoothed upward movement as a percentage of the equally \
            smoothed true range. A bar's upward movement is how far its high rises above the \
            previous high, counted only where that exceeds the fall of the low. It is compared \
            with -DI: the greater of the two names the direction, and crossings mark changes. A \
            period of 1 takes single bars without smoothing; a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing; 1 for none.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Upward share of the true range, in percent.",
        }],
    },
    Overlay {
        function: "PLUS_DM",
        id: "plus_dm",
        display_name: "Plus Directional Movement",
        aliases: &["plus_directional_movement"],
        description: "Wilder-smoothed sum of the upward movement: how far each high rises \
            above the previous high, counted only where that exceeds the fall of the low. It is \
            a running sum of about period bars, not an average, in units of the price, and the \
            numerator of +DI. A period of 1 gives the movement of single bars.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the Wilder smoothing; 1 for none.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Smoothed sum of the upward movement, never negative.",
        }],
    },
    Overlay {
        function: "PPO",
        id: "ppo",
        display_name: "Percentage Price Oscillator",
        aliases: &["percentage_price_oscillator"],
        description: "A fast minus a slow moving average, as a percentage of the slow one. \
            It is APO made comparable between instruments and over time: positive when the fast \
            average is on top, with the size as the gap in percent. Periods given in the wrong \
            order are swapped, and a slow average of 0 gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars in the fast moving average."),
            ("slow_period", "Bars in the slow moving average."),
            ("ma_type", "Type of both moving averages."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Gap of the averages in percent of the slow one.",
        }],
    },
    Overlay {
        function: "PSO",
        id: "pso",
        display_name: "Premier Stochastic Oscillator",
        aliases: &["premier_stochastic_oscillator", "premier_stochastic"],
        description: "Leibfarth's stochastic: the raw position of the close in its range, \
            centred on 0 and divided by 10, goes through two exponential averages and is \
            squashed into -1..1 by a hyperbolic tangent. Beyond 0.9 or -0.9 it is read as \
            extreme, and crossings of 0.2 and -0.2 on the way back as entries. A flat range \
            counts as the middle, so a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("fastk_period", "Bars in the range of highs and lows."),
            ("ema_period", "Bars of each of the two exponential averages."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-1.0, 1.0)),
            description: "Squashed and smoothed stochastic, from -1 to 1.",
        }],
    },
    Overlay {
        function: "QSTICK",
        id: "qstick",
        display_name: "Qstick",
        aliases: &["q_stick"],
        description: "Simple average of the candle bodies, close minus open, of the last \
            period bars. Above zero the bars closed up on balance, below zero down, whatever the \
            gaps between them did. Zero crossings are the signal.",
        memory: Memory::Window,
        params: &[("period", "Bars in the average of the bodies.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Average body, in units of the price.",
        }],
    },
    Overlay {
        function: "ROC",
        id: "roc",
        display_name: "Rate of Change",
        aliases: &["rate_of_change"],
        description: "Change against the value of period bars ago, in percent: (value / \
            earlier - 1) * 100. Positive means that the series rose over the span; zero \
            crossings and extremes against the line's own past are read. An earlier value of 0 \
            gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars between the two values.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Change over period bars, in percent.",
        }],
    },
    Overlay {
        function: "ROCP",
        id: "rocp",
        display_name: "Rate of Change (Fraction)",
        aliases: &["rate_of_change_fraction", "rate_of_change_percentage"],
        description: "Change against the value of period bars ago as a fraction: (value - \
            earlier) / earlier, a hundredth of ROC. 0.05 means that the series rose by five \
            percent. An earlier value of 0 gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars between the two values.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Change over period bars, as a fraction of the earlier value.",
        }],
    },
    Overlay {
        function: "ROCR",
        id: "rocr",
        display_name: "Rate of Change Ratio",
        aliases: &["rate_of_change_ratio"],
        description: "The value divided by the value of period bars ago. Above 1 the series \
            rose over the span, below 1 it fell; 1.05 means five percent up. An earlier value of \
            0 gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars between the two values.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Value over the earlier value, around 1.",
        }],
    },
    Overlay {
        function: "ROCR100",
        id: "rocr100",
        display_name: "Rate of Change Ratio (100 Scale)",
        aliases: &["rate_of_change_ratio_100"],
        description: "The value as a percentage of the value of period bars ago, a hundred \
            times ROCR. Above 100 the series rose over the span, below 100 it fell. An earlier \
            value of 0 gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars between the two values.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Value in percent of the earlier value, around 100.",
        }],
    },
    Overlay {
        function: "RSI",
        id: "rsi",
        display_name: "Relative Strength Index",
        aliases: &["relative_strength_index"],
        description: "Average gain as a share of average gain plus average loss, in percent, \
            with Wilder's smoothing seeded by the plain means of the first period changes. Above \
            70 is commonly read as overbought and below 30 as oversold, and 50 divides rising \
            from falling markets. A series that has never moved gives 50.",
        memory: Memory::Recursive,
        params: &[("period", "Bars over which gains and losses are smoothed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "RSI, from 0 (only losses) to 100 (only gains).",
        }],
    },
    Overlay {
        function: "SI",
        id: "si",
        display_name: "Swing Index",
        aliases: &["swing_index", "wilder_swing_index"],
        description: "Wilder's rating of one bar against the one before it. The change of \
            the close, half of the body and a quarter of the previous body are added up, divided \
            by the reach of the bar (at least its range) plus a quarter of the previous body, \
            and scaled by 50 times the larger distance of high or low from the previous close, \
            over the limit move. The sign is the direction of the swing; values stay within -100 \
            and 100 as long as no move exceeds the limit. A bar without any movement gives 0.",
        memory: Memory::Window,
        params: &[(
            "limit_move",
            "Largest move of one bar that the index is scaled by, in price units.",
        )],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Rating of the bar, signed by the direction of its swing.",
        }],
    },
    Overlay {
        function: "SMI",
        id: "smi",
        display_name: "Stochastic Momentum Index",
        aliases: &["stochastic_momentum_index"],
        description: "Blau's stochastic: the distance of the close from the middle of its \
            range and half of the range are each smoothed by two exponential averages in a row, \
            and the one is given as a percentage of the other. Above zero the close lies in the \
            upper half of its range; beyond 40 or -40 is commonly read as overbought or \
            oversold, and crossings of the signal line are the trigger. A flat series gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars in the range of highs and lows."),
            ("fast_period", "Bars of the second smoothing, taken of the first."),
            ("slow_period", "Bars of the first smoothing."),
            ("signal_period", "Bars of the exponential average that makes the signal line."),
        ],
        outputs: &[
            Output {
                name: "smi",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: Some((-100.0, 100.0)),
                description: "Smoothed distance from the middle of the range, in percent of \
                    half of it.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: Some((-100.0, 100.0)),
                description: "Exponential average of the smi line.",
            },
        ],
    },
    Overlay {
        function: "SQZMOM",
        id: "sqzmom",
        display_name: "Squeeze Momentum",
        aliases: &["squeeze", "squeeze_momentum", "ttm_squeeze", "lazybear_squeeze"],
        description: "The squeeze of Carter in LazyBear's form. Momentum is the end of a \
            regression line through the close less the mean of two centres, the middle of the \
            high-low range and the simple average. Squeeze tells how tightly the Bollinger Bands \
            sit inside Keltner channels of three widths around that average: 3, 2 or 1 if they \
            fit in the narrow, normal or wide one, -1 if they are outside the wide one, 0 in \
            between. A squeeze of 2 or more is the classic squeeze; its end, with the sign of \
            momentum, is the signal.",
        memory: Memory::Window,
        params: &[
            ("bb_period", "Bars of the Bollinger Bands."),
            ("nb_dev", "Width of the Bollinger Bands, in standard deviations."),
            ("kc_period", "Bars of the Keltner channels and of the momentum regression."),
            ("factor_wide", "Width of the wide Keltner channel, in average true ranges."),
            ("factor_normal", "Width of the normal Keltner channel, in average true ranges."),
            ("factor_narrow", "Width of the narrow Keltner channel, in average true ranges."),
        ],
        outputs: &[
            Output {
                name: "momentum",
                kind: OutputKind::Histogram,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "Regressed distance of the close from its centre.",
            },
            Output {
                name: "squeeze",
                kind: OutputKind::Signal,
                role: "event",
                scale: Scale::Ratio,
                bounds: Some((-1.0, 3.0)),
                description: "Compression: 3, 2 or 1 for the narrow, normal or wide channel, \
                    -1 released, else 0.",
            },
        ],
    },
    Overlay {
        function: "STC",
        id: "stc",
        display_name: "Schaff Trend Cycle",
        aliases: &["schaff_trend_cycle"],
        description: "A MACD line put through a stochastic twice, each time smoothed by \
            moving half of the way to the new value. It runs from 0 to 100 faster than MACD and \
            stays at the ends while a trend lasts: turning up through 25 is read as bullish and \
            turning down through 75 as bearish. A stage whose window has no range keeps its \
            previous position.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of the fast exponential average."),
            ("slow_period", "Bars of the slow exponential average."),
            ("cycle_period", "Bars in the window of both stochastic stages."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Position in the cycle, from 0 to 100.",
        }],
    },
    Overlay {
        function: "STOCH",
        id: "stoch",
        display_name: "Stochastic",
        aliases: &[
            "stochastic",
            "stochastic_oscillator",
            "stochastic_kd",
            "stoch_k",
            "stoch_d",
            "stochastic_slow",
            "slow_stochastic",
        ],
        description: "Where the close lies between the lowest low and the highest high of \
            fastk_period bars, in percent, smoothed once (slowk) and once more (slowd). Above 80 \
            is commonly read as overbought and below 20 as oversold, and slowk crossing slowd as \
            the trigger. A range of zero counts as 0, and both lines start on the same bar. \
            Averages that overshoot, such as DEMA, can leave 0..100.",
        memory: Memory::Recursive,
        params: &[
            ("fastk_period", "Bars in the range of highs and lows."),
            ("slowk_period", "Bars of the average that makes slowk."),
            ("slowk_ma_type", "Type of moving average that makes slowk."),
            ("slowd_period", "Bars of the average that makes slowd."),
            ("slowd_ma_type", "Type of moving average that makes slowd."),
        ],
        outputs: &[
            Output {
                name: "slowk",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Smoothed position of the close in its range, in percent.",
            },
            Output {
                name: "slowd",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Moving average of slowk.",
            },
        ],
    },
    Overlay {
        function: "STOCHF",
        id: "stochf",
        display_name: "Stochastic Fast",
        aliases: &["stochastic_fast", "fast_stochastic", "stoch_fast"],
        description: "Where the close lies between the lowest low and the highest high of \
            fastk_period bars, in percent and unsmoothed (fastk), and a moving average of that \
            (fastd). Above 80 is commonly read as overbought and below 20 as oversold, and fastk \
            crossing fastd as the trigger. A range of zero counts as 0, and both lines start on \
            the same bar.",
        memory: Memory::Recursive,
        params: &[
            ("fastk_period", "Bars in the range of highs and lows."),
            ("fastd_period", "Bars of the average that makes fastd."),
            ("fastd_ma_type", "Type of moving average that makes fastd."),
        ],
        outputs: &[
            Output {
                name: "fastk",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "Position of the close in its range, in percent.",
            },
            Output {
                name: "fastd",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Moving average of fastk.",
            },
        ],
    },
    Overlay {
        function: "STOCHRSI",
        id: "stochrsi",
        display_name: "Stochastic RSI",
        aliases: &["stochastic_rsi", "stoch_rsi", "stochastic_relative_strength_index"],
        description: "The fast stochastic of an RSI: where the RSI lies between its lowest \
            and highest value of fastk_period bars, in percent (fastk), and a moving average of \
            that (fastd). It swings from end to end far more often than RSI; above 80 and below \
            20 are read as overbought and oversold. Where the RSI does not move the position \
            counts as 0, even at an RSI of 100.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Bars of the RSI."),
            ("fastk_period", "Bars in the range of the RSI."),
            ("fastd_period", "Bars of the average that makes fastd."),
            ("fastd_ma_type", "Type of moving average that makes fastd."),
        ],
        outputs: &[
            Output {
                name: "fastk",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: Some((0.0, 100.0)),
                description: "Position of the RSI in its range, in percent.",
            },
            Output {
                name: "fastd",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Moving average of fastk.",
            },
        ],
    },
    Overlay {
        function: "TRIX",
        id: "trix",
        display_name: "TRIX",
        aliases: &["triple_exponential_average", "triple_exponential_oscillator"],
        description: "One-bar change, in percent, of a series smoothed by three exponential \
            averages in a row. Swings shorter than the period are filtered out, and the sign is \
            the direction of what is left. Zero crossings, the slope, and crossings with an \
            average of the line, which is left to the caller, are read.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of each of the three exponential averages.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "One-bar change of the triple average, in percent.",
        }],
    },
    Overlay {
        function: "TSI",
        id: "tsi",
        display_name: "True Strength Index",
        aliases: &["true_strength_index"],
        description: "Blau's ratio of the one-bar change to its absolute value, each \
            smoothed by two exponential averages in a row, in percent. Positive values mean that \
            the smoothed movement goes up; zero crossings are the trigger, and beyond 25 or -25 \
            is commonly read as overbought or oversold. A signal line is not included. A flat \
            series gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("first_period", "Bars of the first exponential average, taken of the changes."),
            ("second_period", "Bars of the second exponential average, taken of the first."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 100.0)),
            description: "Net over total smoothed movement, in percent.",
        }],
    },
    Overlay {
        function: "ULTOSC",
        id: "ultosc",
        display_name: "Ultimate Oscillator",
        aliases: &["ultimate_oscillator", "uo"],
        description: "Larry Williams' mean of three windows: in each, the sum of the buying \
            pressure (close less true low) over the sum of the true ranges. The shortest counts \
            four times, the middle one twice and the longest once; the order in which the \
            periods are given makes no difference. Above 70 is commonly read as overbought and \
            below 30 as oversold, mostly together with a divergence from the price. A flat \
            window counts as 0.",
        memory: Memory::Window,
        params: &[
            ("period1", "Bars of the first window."),
            ("period2", "Bars of the second window."),
            ("period3", "Bars of the third window."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 100.0)),
            description: "Weighted buying pressure, from 0 to 100.",
        }],
    },
    Overlay {
        function: "VHF",
        id: "vhf",
        display_name: "Vertical Horizontal Filter",
        aliases: &["vertical_horizontal_filter"],
        description: "White's test for a trend: the highest minus the lowest value of the \
            last period bars, over the sum of the absolute one-bar changes. Near 1 the series \
            went mostly one way, near 0 it ran back and forth. It tells trending from ranging \
            markets and says nothing about direction. A flat window gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the range and one-bar changes in the sum.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 1.0)),
            description: "Range over path length, from 0 to 1.",
        }],
    },
    Overlay {
        function: "VORTEX",
        id: "vortex",
        display_name: "Vortex Indicator",
        aliases: &["vortex_indicator"],
        description: "Two lines of Botes and Siepman: the sum of the distances from each \
            high to the previous low (plus_vi), and from each low to the previous high \
            (minus_vi), both over the sum of the true ranges. The line on top names the \
            direction of the trend, and crossings mark its change. Values hover around 1; a flat \
            window gives 0 for both.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sums.")],
        outputs: &[
            Output {
                name: "plus_vi",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Upward vortex movement over true range.",
            },
            Output {
                name: "minus_vi",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Downward vortex movement over true range.",
            },
        ],
    },
    Overlay {
        function: "WAD",
        id: "wad",
        display_name: "Williams Accumulation/Distribution",
        aliases: &["williams_accumulation_distribution", "williams_ad"],
        description: "Running total of moves measured on the true range: a higher close adds \
            its distance from the true low, a lower close takes off its distance from the true \
            high, an unchanged close adds nothing. No volume enters, in spite of the name. It is \
            read by divergence: a line that keeps rising while the price stalls points to \
            accumulation. It starts at 0, and only its shape carries meaning.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Running total since the first bar.",
        }],
    },
    Overlay {
        function: "WAVETREND",
        id: "wavetrend",
        display_name: "WaveTrend Oscillator",
        aliases: &["wavetrend_oscillator", "wave_trend", "wave_trend_oscillator"],
        description: "LazyBear's oscillator: the distance of the typical price from its \
            exponential average, over 0.015 times an exponential average of that distance \
            without sign, smoothed once more (wt1), and a short simple average of the result \
            (wt2). It is a CCI made of exponential averages. Crossings of the two lines count \
            beyond the levels 53 and 60, or -53 and -60; a flat series gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("channel_period", "Bars of the average of the price and of its distance."),
            ("average_period", "Bars of the exponential average that makes wt1."),
            ("signal_period", "Bars of the simple average that makes wt2."),
        ],
        outputs: &[
            Output {
                name: "wt1",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: None,
                description: "Smoothed, scaled distance from the average, around 0.",
            },
            Output {
                name: "wt2",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Ratio,
                bounds: None,
                description: "Simple average of wt1.",
            },
        ],
    },
    Overlay {
        function: "WILLR",
        id: "willr",
        display_name: "Williams %R",
        aliases: &["williams_r", "williams_percent_r", "percent_r"],
        description: "How far the close lies below the highest high, as a percentage of the \
            range of the last period bars, with a negative sign. 0 is a close at the top of the \
            range and -100 at the bottom: above -20 is commonly read as overbought and below -80 \
            as oversold. It is the raw stochastic minus 100. A range of zero gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the range of highs and lows.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-100.0, 0.0)),
            description: "Position in the range, from -100 (bottom) to 0 (top).",
        }],
    },
];
