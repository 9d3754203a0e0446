//! TA-Lib's "Volume Indicators": studies that read the volume.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "AD",
        id: "ad",
        display_name: "Chaikin A/D Line",
        aliases: &[
            "accumulation_distribution",
            "accumulation_distribution_line",
            "chaikin_ad",
            "chaikin_ad_line",
            "adl",
        ],
        description: "Running total of the volume, each bar's weighted by where the close \
            lies in the bar: all of it counts for a close at the high, all of it against for a \
            close at the low, nothing in the middle. A rising line means accumulation, a falling \
            one distribution, and a divergence from the price a trend without support. A bar \
            without range adds nothing. It starts at 0 before the first bar, and only its shape \
            carries meaning.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Volume,
            bounds: None,
            description: "Running total of the weighted volume.",
        }],
    },
    Overlay {
        function: "ADOSC",
        id: "adosc",
        display_name: "Chaikin A/D Oscillator",
        aliases: &[
            "chaikin_oscillator",
            "chaikin_ad_oscillator",
            "accumulation_distribution_oscillator",
        ],
        description: "A fast minus a slow exponential average of the Chaikin A/D line, which \
            shows the momentum of accumulation. Positive values mean that the line has been \
            rising lately, and zero crossings mark turns. Both averages start from the line's \
            first value instead of a mean of several.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of the fast exponential average of the line."),
            ("slow_period", "Bars of the slow exponential average of the line."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Volume,
            bounds: None,
            description: "Fast less slow average of the A/D line.",
        }],
    },
    Overlay {
        function: "CMF",
        id: "cmf",
        display_name: "Chaikin Money Flow",
        aliases: &["chaikin_money_flow"],
        description: "Volume weighted by where each close lies in its bar (1 at the high, -1 \
            at the low), summed over the last period bars and divided by the volume of those \
            bars. Above zero the volume traded mostly on closes near the high, which is read as \
            accumulation; below zero as distribution. Beyond 0.25 or -0.25 is commonly called \
            strong. A window without volume gives 0.",
        memory: Memory::Window,
        params: &[("period", "Bars in the sums.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-1.0, 1.0)),
            description: "Weighted share of the volume, from -1 to 1.",
        }],
    },
    Overlay {
        function: "EFI",
        id: "efi",
        display_name: "Elder's Force Index",
        aliases: &["elder_force_index", "elders_force_index", "force_index"],
        description: "Exponential average of the change of the close times the volume. The \
            sign is the direction of the move, the size says how far it went on how much volume. \
            Short periods mark setbacks within a trend, longer ones its strength; zero crossings \
            and divergences are read. Its scale is that of the instrument, so levels do not \
            compare across markets.",
        memory: Memory::Recursive,
        params: &[("period", "Bars of the exponential average; 1 for none.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::PriceVolume,
            bounds: None,
            description: "Smoothed change times volume.",
        }],
    },
    Overlay {
        function: "EMV",
        id: "emv",
        display_name: "Ease of Movement",
        aliases: &["eom", "ease_of_movement", "arms_ease_of_movement"],
        description: "Arms' measure of how easily the price moves: the change of the median \
            price over the box ratio, which is the volume (divided by volume_divisor) per unit \
            of range, averaged over the last period bars. Large positive values mean that the \
            price rose on little volume, large negative ones that it fell so, values near zero \
            that moving took much volume. A bar without range or volume counts as 0. Levels \
            compare only within one instrument and one divisor.",
        memory: Memory::Window,
        params: &[
            ("period", "Bars in the simple average; 1 for none."),
            (
                "volume_divisor",
                "Number that the volume is divided by, to keep the values readable.",
            ),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Other,
            bounds: None,
            description: "Average movement per unit of box ratio.",
        }],
    },
    Overlay {
        function: "KVO",
        id: "kvo",
        display_name: "Klinger Volume Oscillator",
        aliases: &["klinger", "klinger_volume_oscillator", "klinger_oscillator"],
        description: "A fast minus a slow exponential average of Klinger's volume force, and \
            an exponential average of that as signal. The force is the volume, signed by whether \
            high + low + close rose or fell, times 100 times |2 * (range / sum of ranges in this \
            run) - 1|, where a run lasts while the sign does. It is read by its sign and, \
            earlier, by its crossings with the signal line. All three averages start from a \
            single value. TradingView and pandas-ta average the plain volume with the sign of \
            the change of the typical price instead of Klinger's force, so neither size nor \
            sign is comparable with theirs.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars of the fast exponential average of the force."),
            ("slow_period", "Bars of the slow exponential average of the force."),
            ("signal_period", "Bars of the exponential average that makes the signal line."),
        ],
        outputs: &[
            Output {
                name: "kvo",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Volume,
                bounds: None,
                description: "Fast less slow average of the volume force.",
            },
            Output {
                name: "signal",
                kind: OutputKind::Line,
                role: "signal",
                scale: Scale::Volume,
                bounds: None,
                description: "Exponential average of the kvo line.",
            },
        ],
    },
    Overlay {
        function: "MARKETFI",
        id: "marketfi",
        display_name: "Market Facilitation Index",
        aliases: &["market_facilitation_index", "bw_mfi"],
        description: "Range of the bar over its volume: how far the price moved for each \
            unit traded, as Bill Williams defined it. It is read together with the change in \
            volume: both rising means that the market moves on interest, rising alone that it \
            moves without. Its level depends on the units of both. A bar without volume gives 0.",
        memory: Memory::Window,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Other,
            bounds: None,
            description: "Range per unit of volume.",
        }],
    },
    Overlay {
        function: "NVI",
        id: "nvi",
        display_name: "Negative Volume Index",
        aliases: &["negative_volume_index"],
        description: "An index that starts at 1000 and follows the percentage change of the \
            close only on bars whose volume is below that of the bar before. Quiet bars are \
            taken for the work of informed traders, so the index above its long average is read \
            as bullish. Its level depends on where the series starts.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Index, 1000 on the first bar.",
        }],
    },
    Overlay {
        function: "OBV",
        id: "obv",
        display_name: "On Balance Volume",
        aliases: &["on_balance_volume"],
        description: "Running total of the volume, added on bars where the series rises, \
            taken off where it falls and left alone where it is unchanged. It starts at the \
            first bar's volume. Only the direction and divergences from the price are read; the \
            level depends on where the series starts.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Volume,
            bounds: None,
            description: "Running total of the signed volume.",
        }],
    },
    Overlay {
        function: "PVI",
        id: "pvi",
        display_name: "Positive Volume Index",
        aliases: &["positive_volume_index"],
        description: "An index that starts at 1000 and follows the percentage change of the \
            close only on bars whose volume is above that of the bar before. Busy bars are taken \
            for the work of the crowd, so the index is read against its own long average and \
            against NVI. Its level depends on where the series starts.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Index, 1000 on the first bar.",
        }],
    },
    Overlay {
        function: "PVO",
        id: "pvo",
        display_name: "Percentage Volume Oscillator",
        aliases: &["percentage_volume_oscillator"],
        description: "A fast minus a slow moving average of the volume, as a percentage of \
            the slow one. Positive values mean that trading is busier than usual, negative that \
            it is quieter; it confirms moves and says nothing about their direction. Periods \
            given in the wrong order are swapped, and a slow average of 0 gives 0.",
        memory: Memory::Recursive,
        params: &[
            ("fast_period", "Bars in the fast moving average of the volume."),
            ("slow_period", "Bars in the slow moving average of the volume."),
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
        function: "PVT",
        id: "pvt",
        display_name: "Price Volume Trend",
        aliases: &["price_volume_trend", "volume_price_trend", "vpt"],
        description: "Running total of the volume times the fractional change of the close. \
            It is On Balance Volume with the size of the move taken into account: a bar that \
            rises by one percent adds a hundredth of its volume. The slope and divergences from \
            the price are read; the line starts at 0 and its level means nothing.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Volume,
            bounds: None,
            description: "Running total of volume times fractional change.",
        }],
    },
    Overlay {
        function: "RVOL",
        id: "rvol",
        display_name: "Relative Volume",
        aliases: &["relative_volume"],
        description: "Volume of the bar over the average volume of the period bars before \
            it. 1 is a usual bar, 2 one with twice the usual trading; the bar itself is left out \
            of the average, so a spike shows in full. It confirms a move without saying which \
            way. There is no value to give where none of those bars traded.",
        memory: Memory::Window,
        params: &[("period", "Bars in the average, ending one bar before the current one.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: None,
            description: "Volume over its recent average, never negative.",
        }],
    },
    Overlay {
        function: "VWAP",
        id: "vwap",
        display_name: "Volume Weighted Average Price",
        aliases: &["volume_weighted_average_price"],
        description: "Average of the typical prices (high + low + close) / 3 of all bars \
            since the first, each weighted by its volume. Price above the line is read as buyers \
            paying more than the average so far, below it as less. It never resets: there is no \
            session and no window, so every bar counts for good and the line grows slower as the \
            series grows longer. The line of trading platforms begins anew each day, which \
            `session_vwap` does. Before anything has traded it is 0.",
        memory: Memory::Cumulative,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "Average price paid since the first bar.",
        }],
    },
];
