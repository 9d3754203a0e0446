//! TA-Lib's "Pattern Recognition": 61 candlestick patterns.
//!
//! A white candle closes at or above its open, a black candle below. Sizes are compared with means
//! over the bars before the candle, as in TA-Lib's defaults:
//!
//! - mean body of 10 bars: a long body is longer, a short body at most as long, in some patterns
//!   shorter;
//! - mean range of 10 bars: the body of a doji has at most 10 percent of it, a very short shadow
//!   less than 10 percent;
//! - mean range of 5 bars: "near" is within 20 percent of it, "far" beyond 60, "equal" within 5;
//! - mean of both shadows together over 10 bars: a short shadow has less than half of it.
//!
//! A long shadow is longer than the body of its candle, a very long shadow longer than twice the
//! body. A gap is between bodies, unless it is called full.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// A pattern that is only bullish.
const BULLISH: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "100 on the bar that completes the pattern (bullish), 0 on all others.",
};

/// A pattern that is only bearish.
const BEARISH: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "-100 on the bar that completes the pattern (bearish), 0 on all others.",
};

/// A pattern that is bullish or bearish.
const EITHER: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "On the bar that completes the pattern 100 (bullish) or -100 (bearish), 0 on \
        all others.",
};

/// A pattern that is bullish or bearish, in two strengths.
const GRADED: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "On the bar that completes the pattern 100 or 80 (bullish), -100 or -80 \
        (bearish), the 80 where an end of the two bodies coincides; 0 on all others.",
};

/// A candle whose sign is its colour.
const COLOUR: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "On a bar of this shape 100 if it closes at or above its open, -100 if below; 0 \
        on all others. No direction is meant.",
};

/// A pattern without a direction.
const UNSIGNED: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-100.0, 100.0)),
    description: "100 on a bar of this shape, 0 on all others. No direction is meant.",
};

/// A pattern that is bullish or bearish and can be confirmed later.
const CONFIRMED: Output = Output {
    name: "value",
    kind: OutputKind::Pattern,
    role: "primary",
    scale: Scale::Ratio,
    bounds: Some((-200.0, 200.0)),
    description: "100 (bullish) or -100 (bearish) on the bar that completes the pattern, 200 or \
        -200 on the bar that confirms it, 0 on all others.",
};

/// The candlestick patterns.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "CDL2CROWS",
        id: "cdl_2crows",
        display_name: "Two Crows",
        aliases: &["cdl2crows", "two_crows"],
        description: "Three candles: a long white one, a black one whose body gaps up, and a \
            black one that opens inside the second body and closes inside the first. Taken as a \
            bearish reversal: the gap could not be held. Gives -100 only; that an uptrend came \
            before is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDL3BLACKCROWS",
        id: "cdl_3blackcrows",
        display_name: "Three Black Crows",
        aliases: &["cdl3blackcrows", "three_black_crows"],
        description: "Four candles: a white one, then three black ones with falling closes, each \
            opening inside the body before it and closing near its low, the first of them below \
            the white candle's high. Taken as a bearish reversal after a rise. Gives -100 only; \
            the rise before is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDL3INSIDE",
        id: "cdl_3inside",
        display_name: "Three Inside Up/Down",
        aliases: &["cdl3inside", "three_inside_up_down", "three_inside"],
        description: "Three candles: a long body, a short body within it (a harami), and a \
            candle of the opposite colour to the first that closes beyond the first one's open. \
            Taken as a confirmed reversal. Gives 100 for three inside up (first candle black), \
            -100 for three inside down (first candle white).",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDL3LINESTRIKE",
        id: "cdl_3linestrike",
        display_name: "Three-Line Strike",
        aliases: &["cdl3linestrike", "three_line_strike"],
        description: "Four candles: three of one colour with closes moving on in that direction, \
            each opening in or near the body before it, then one of the opposite colour that \
            opens beyond the third close and closes beyond the first open. Traditionally taken \
            as a pause before the trend goes on, so the sign is that of the first three: 100 \
            after three white candles, -100 after three black ones. The fourth candle itself \
            points the other way.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDL3OUTSIDE",
        id: "cdl_3outside",
        display_name: "Three Outside Up/Down",
        aliases: &["cdl3outside", "three_outside_up_down", "three_outside"],
        description: "Three candles: a body, an opposite body that engulfs it at both ends, and \
            a candle that closes further in the direction of the engulfing one. Taken as a \
            confirmed reversal. Gives 100 when a white candle engulfs a black one and the next \
            close is higher, -100 when a black candle engulfs a white one and the next close is \
            lower.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDL3STARSINSOUTH",
        id: "cdl_3starsinsouth",
        display_name: "Three Stars In The South",
        aliases: &["cdl3starsinsouth", "three_stars_in_the_south"],
        description: "Three black candles of shrinking force: a long one with a lower shadow \
            longer than its body, a smaller one that opens higher and does not break the first \
            low, and a small one almost without shadows inside the second one's range. Taken as \
            a bullish reversal, since each push down is weaker. Gives 100 only; the downtrend it \
            needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDL3WHITESOLDIERS",
        id: "cdl_3whitesoldiers",
        display_name: "Three Advancing White Soldiers",
        aliases: &["cdl3whitesoldiers", "three_white_soldiers", "three_advancing_white_soldiers"],
        description: "Three white candles with rising closes and hardly any upper shadow, each \
            opening above the last open and not far above the last close, none much shorter than \
            the one before it. Taken as a bullish reversal after a fall. Gives 100 only; the \
            fall before is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLABANDONEDBABY",
        id: "cdl_abandonedbaby",
        display_name: "Abandoned Baby",
        aliases: &["cdlabandonedbaby", "abandoned_baby"],
        description: "Three candles: a long body, a doji separated from it by a full gap (the \
            shadows do not touch), and an opposite body that gaps back and closes well into the \
            first. Taken as a reversal. Gives 100 at a bottom (black, doji below, white) and \
            -100 at a top (white, doji above, black).",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the third candle must close, as a fraction of that \
                body (0.3 = 30 percent).",
        )],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLADVANCEBLOCK",
        id: "cdl_advanceblock",
        display_name: "Advance Block",
        aliases: &["cdladvanceblock", "advance_block"],
        description: "Three white candles with rising closes, the first long with a short upper \
            shadow, the later ones opening in or near the body before but losing force: \
            shrinking bodies or growing upper shadows. Taken as a bearish reversal, an advance \
            running into supply. Gives -100 only; the uptrend it needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLBELTHOLD",
        id: "cdl_belthold",
        display_name: "Belt-hold",
        aliases: &["cdlbelthold", "belt_hold"],
        description: "One candle with a long body that opens at or very near its extreme: no \
            lower shadow when white, no upper shadow when black. Taken as a push in the \
            direction of its colour, and as a reversal when it comes against the trend. Gives \
            100 for white, -100 for black; the trend is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLBREAKAWAY",
        id: "cdl_breakaway",
        display_name: "Breakaway",
        aliases: &["cdlbreakaway", "breakaway"],
        description: "Five candles: a long one, one of the same colour whose body gaps onward, \
            two more whose highs and lows go further (the fourth of the same colour), and an \
            opposite one that closes inside the gap. Taken as a reversal of a short overextended \
            run. Gives 100 when the run was down and the last candle is white, -100 when it was \
            up and the last is black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLCLOSINGMARUBOZU",
        id: "cdl_closingmarubozu",
        display_name: "Closing Marubozu",
        aliases: &["cdlclosingmarubozu", "closing_marubozu"],
        description: "One candle with a long body that closes at or very near its extreme: no \
            upper shadow when white, no lower shadow when black. Read as strength in the \
            direction of its colour rather than as a reversal. Gives 100 for white, -100 for \
            black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLCONCEALBABYSWALL",
        id: "cdl_concealbabyswall",
        display_name: "Concealing Baby Swallow",
        aliases: &["cdlconcealbabyswall", "concealing_baby_swallow"],
        description: "Four black candles: two with hardly any shadow, a third whose body gaps \
            down but whose upper shadow reaches back into the second body, and a fourth whose \
            range covers all of the third, shadows included. Taken as a bullish reversal at the \
            end of a fall. Gives 100 only; a very rare pattern.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLCOUNTERATTACK",
        id: "cdl_counterattack",
        display_name: "Counterattack",
        aliases: &["cdlcounterattack", "counterattack", "counterattack_lines"],
        description: "Two long candles of opposite colour that close at about the same price \
            (within 5 percent of the mean range of the 5 bars before). Taken as a reversal: the \
            second candle wins back all that its open had lost. Gives 100 when the second is \
            white, -100 when it is black; the trend before is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLDARKCLOUDCOVER",
        id: "cdl_darkcloudcover",
        display_name: "Dark Cloud Cover",
        aliases: &["cdldarkcloudcover", "dark_cloud_cover"],
        description: "Two candles: a long white one, then a black one that opens above the first \
            one's high and closes inside its body, deeper than the penetration asks for. Taken \
            as a bearish reversal after a rise, the mirror image of the piercing pattern. Gives \
            -100 only.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the second candle must close, as a fraction of that \
                body (0.5 = its middle).",
        )],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLDOJI",
        id: "cdl_doji",
        display_name: "Doji",
        aliases: &["cdldoji", "doji"],
        description: "One candle whose open and close are nearly equal: a body of at most a \
            tenth of the mean range of the 10 bars before it. Read as indecision. Gives 100 \
            wherever it occurs, never -100; the sign says nothing about direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLDOJISTAR",
        id: "cdl_dojistar",
        display_name: "Doji Star",
        aliases: &["cdldojistar", "doji_star"],
        description: "Two candles: a long body, then a doji whose body gaps away from it, upward \
            after white and downward after black. Taken as a warning of reversal. Gives 100 \
            after a black candle (gap down, bullish) and -100 after a white one (gap up, \
            bearish).",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLDRAGONFLYDOJI",
        id: "cdl_dragonflydoji",
        display_name: "Dragonfly Doji",
        aliases: &["cdldragonflydoji", "dragonfly_doji"],
        description: "One doji with open and close at the high: hardly any upper shadow and a \
            lower shadow that is not very short. Its meaning depends on the trend it appears in; \
            after a fall it is taken as a possible bottom. Gives 100 wherever it occurs, never \
            -100; the sign says nothing about direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLENGULFING",
        id: "cdl_engulfing",
        display_name: "Engulfing Pattern",
        aliases: &["cdlengulfing", "engulfing", "engulfing_pattern"],
        description: "Two candles of opposite colour, the second body covering the first. Taken \
            as a reversal in the direction of the second candle. Positive when white engulfs \
            black, negative when black engulfs white; 100 in strength when both ends go beyond \
            the first body, 80 when one end is exactly equal. The trend before is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[GRADED],
    },
    Overlay {
        function: "CDLEVENINGDOJISTAR",
        id: "cdl_eveningdojistar",
        display_name: "Evening Doji Star",
        aliases: &["cdleveningdojistar", "evening_doji_star"],
        description: "Three candles: a long white one, a doji whose body gaps up, and a black \
            one that is not short and closes well into the first body. Taken as a bearish \
            reversal at a top, the stricter form of the evening star. Gives -100 only.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the third candle must close, as a fraction of that \
                body (0.3 = 30 percent).",
        )],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLEVENINGSTAR",
        id: "cdl_eveningstar",
        display_name: "Evening Star",
        aliases: &["cdleveningstar", "evening_star"],
        description: "Three candles: a long white one, a short body that gaps up, and a black \
            one that is not short and closes well into the first body. Taken as a bearish \
            reversal at a top, the mirror image of the morning star. Gives -100 only; the \
            uptrend it needs is not checked.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the third candle must close, as a fraction of that \
                body (0.3 = 30 percent).",
        )],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLGAPSIDESIDEWHITE",
        id: "cdl_gapsidesidewhite",
        display_name: "Up/Down-gap Side-by-side White Lines",
        aliases: &[
            "cdlgapsidesidewhite",
            "gap_side_side_white",
            "side_by_side_white_lines",
            "up_down_gap_side_by_side_white_lines",
        ],
        description: "Three candles: any first one, then two white ones of about the same open \
            and size whose bodies both gap away from the first in the same direction. Taken as \
            continuation in the direction of the gap. Gives 100 after a gap up and -100 after a \
            gap down, although the two candles are white in both cases.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLGRAVESTONEDOJI",
        id: "cdl_gravestonedoji",
        display_name: "Gravestone Doji",
        aliases: &["cdlgravestonedoji", "gravestone_doji"],
        description: "One doji with open and close at the low: hardly any lower shadow and an \
            upper shadow that is not very short. Its meaning depends on the trend it appears in; \
            after a rise it is taken as a possible top. Gives 100 wherever it occurs, never \
            -100; the sign says nothing about direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLHAMMER",
        id: "cdl_hammer",
        display_name: "Hammer",
        aliases: &["cdlhammer", "hammer"],
        description: "One candle, read against the one before: a short body, a lower shadow \
            longer than the body, hardly any upper shadow, and a body that reaches down to or \
            near the previous low. Taken as a bullish reversal after a fall. Gives 100 only, for \
            either colour; a fall longer than the one bar is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLHANGINGMAN",
        id: "cdl_hangingman",
        display_name: "Hanging Man",
        aliases: &["cdlhangingman", "hanging_man"],
        description: "One candle, read against the one before: the shape of a hammer (a short \
            body, a lower shadow longer than it, hardly any upper shadow), but with its body at, \
            near or above the previous high. Taken as a bearish reversal after a rise. Gives \
            -100 only, for either colour.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLHARAMI",
        id: "cdl_harami",
        display_name: "Harami Pattern",
        aliases: &["cdlharami", "harami", "harami_pattern"],
        description: "Two candles: a long body, then a short body contained in it. Taken as a \
            reversal of the first candle's direction, whatever the colour of the second. \
            Positive when the first is black, negative when it is white; 100 in strength when \
            the second body lies strictly inside, 80 when the bodies share an end.",
        memory: Memory::Window,
        params: &[],
        outputs: &[GRADED],
    },
    Overlay {
        function: "CDLHARAMICROSS",
        id: "cdl_haramicross",
        display_name: "Harami Cross Pattern",
        aliases: &["cdlharamicross", "harami_cross", "harami_cross_pattern"],
        description: "Two candles: a long body, then a doji contained in it; the stricter form \
            of the harami. Taken as a reversal of the first candle's direction. Positive when \
            the first is black, negative when it is white; 100 in strength when the doji's body \
            lies strictly inside, 80 when the bodies share an end.",
        memory: Memory::Window,
        params: &[],
        outputs: &[GRADED],
    },
    Overlay {
        function: "CDLHIGHWAVE",
        id: "cdl_highwave",
        display_name: "High-Wave Candle",
        aliases: &["cdlhighwave", "high_wave", "high_wave_candle"],
        description: "One candle with a short body and two very long shadows, each more than \
            twice the body. Read as indecision, with a change of trend possible. Gives 100 when \
            the candle is white and -100 when it is black: the sign is its colour, not a \
            direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[COLOUR],
    },
    Overlay {
        function: "CDLHIKKAKE",
        id: "cdl_hikkake",
        display_name: "Hikkake Pattern",
        aliases: &["cdlhikkake", "hikkake", "hikkake_pattern"],
        description: "Three candles: an inside bar within the range of the one before, then a \
            bar whose high and low are both lower or both higher than the inside bar's. The \
            breakout is taken as false. Gives 100 (bullish) when the break was downward and -100 \
            (bearish) when it was upward; 200 or -200 on a later bar, at most three bars on, \
            that confirms it by closing beyond the inside bar's other end.",
        memory: Memory::Window,
        params: &[],
        outputs: &[CONFIRMED],
    },
    Overlay {
        function: "CDLHIKKAKEMOD",
        id: "cdl_hikkakemod",
        display_name: "Modified Hikkake Pattern",
        aliases: &["cdlhikkakemod", "hikkake_mod", "modified_hikkake", "modified_hikkake_pattern"],
        description: "Four candles: two inside bars, each within the range of the one before and \
            the first of them closing near its low (bullish) or its high (bearish), then a bar \
            whose high and low are both lower or both higher than the second one's. The breakout \
            is taken as false and as a reversal. Gives 100 when the break was downward and -100 \
            when it was upward; 200 or -200 on a bar at most three bars on that confirms it by \
            closing beyond the other end of the second inside bar.",
        memory: Memory::Window,
        params: &[],
        outputs: &[CONFIRMED],
    },
    Overlay {
        function: "CDLHOMINGPIGEON",
        id: "cdl_homingpigeon",
        display_name: "Homing Pigeon",
        aliases: &["cdlhomingpigeon", "homing_pigeon"],
        description: "Two black candles: a long one, then a short one whose body lies strictly \
            inside the first. Taken as a bullish reversal, selling that loses force. Gives 100 \
            only; the downtrend it needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLIDENTICAL3CROWS",
        id: "cdl_identical3crows",
        display_name: "Identical Three Crows",
        aliases: &["cdlidentical3crows", "identical_three_crows"],
        description: "Three black candles with falling closes and hardly any lower shadow, the \
            second and third each opening at about the close before (within 5 percent of the \
            mean range of the 5 bars before). Taken as a bearish reversal, a stricter relative \
            of three black crows. Gives -100 only.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLINNECK",
        id: "cdl_inneck",
        display_name: "In-Neck Pattern",
        aliases: &["cdlinneck", "in_neck", "in_neck_pattern"],
        description: "Two candles: a long black one, then a white one that opens below the first \
            one's low and closes at its close or only just above. Taken as bearish continuation: \
            the bounce is too weak to enter the body. Gives -100 only; the downtrend is not \
            checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLINVERTEDHAMMER",
        id: "cdl_invertedhammer",
        display_name: "Inverted Hammer",
        aliases: &["cdlinvertedhammer", "inverted_hammer"],
        description: "One candle, read against the one before: a short body that gaps down from \
            the previous body, an upper shadow longer than the body and hardly any lower shadow. \
            Taken as a bullish reversal after a fall. Gives 100 only, for either colour.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLKICKING",
        id: "cdl_kicking",
        display_name: "Kicking",
        aliases: &["cdlkicking", "kicking"],
        description: "Two marubozus (long bodies with hardly any shadow) of opposite colour with \
            a full gap between them: up from black to white, down from white to black. Taken as \
            a sharp change of direction. Gives 100 when the second is white, -100 when it is \
            black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLKICKINGBYLENGTH",
        id: "cdl_kickingbylength",
        display_name: "Kicking by Length",
        aliases: &["cdlkickingbylength", "kicking_by_length"],
        description: "The same two candles as kicking: marubozus of opposite colour with a full \
            gap between them. The sign comes from the longer of the two, not from the second: \
            100 when the longer body is white, -100 when it is black. With equal bodies the \
            first one decides.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLLADDERBOTTOM",
        id: "cdl_ladderbottom",
        display_name: "Ladder Bottom",
        aliases: &["cdlladderbottom", "ladder_bottom"],
        description: "Five candles: three black ones with falling opens and closes, a black one \
            with an upper shadow that is not very short, and a white one that opens above that \
            body and closes above its high. Taken as a bullish reversal at the end of a fall. \
            Gives 100 only.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLLONGLEGGEDDOJI",
        id: "cdl_longleggeddoji",
        display_name: "Long Legged Doji",
        aliases: &["cdllongleggeddoji", "long_legged_doji"],
        description: "One doji with at least one shadow longer than its body. Read as \
            indecision. Gives 100 wherever it occurs, never -100; the sign says nothing about \
            direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLLONGLINE",
        id: "cdl_longline",
        display_name: "Long Line Candle",
        aliases: &["cdllongline", "long_line", "long_line_candle"],
        description: "One candle with a body longer than the mean body of the 10 bars before it \
            and two short shadows. Read as strength in the direction of its colour, not as a \
            reversal or a continuation by itself. Gives 100 for white, -100 for black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLMARUBOZU",
        id: "cdl_marubozu",
        display_name: "Marubozu",
        aliases: &["cdlmarubozu", "marubozu"],
        description: "One candle with a long body and hardly any shadow at either end, so that \
            it opens and closes at its extremes. Read as strength in the direction of its \
            colour. Gives 100 for white, -100 for black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLMATCHINGLOW",
        id: "cdl_matchinglow",
        display_name: "Matching Low",
        aliases: &["cdlmatchinglow", "matching_low"],
        description: "Two black candles that close at about the same price (within 5 percent of \
            the mean range of the 5 bars before). Taken as a bullish reversal: the second close \
            found support at the first. Gives 100 only; the downtrend it needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLMATHOLD",
        id: "cdl_mathold",
        display_name: "Mat Hold",
        aliases: &["cdlmathold", "mat_hold"],
        description: "Five candles: a long white one, a small black one whose body gaps up, two \
            more small bodies that step down into the first body but not too deep, and a white \
            one that closes above the highs of all three. Taken as bullish continuation. Gives \
            100 only; a rare pattern.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far the third and fourth bodies may dip into the first body, as a fraction \
                of that body (0.5 = half).",
        )],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLMORNINGDOJISTAR",
        id: "cdl_morningdojistar",
        display_name: "Morning Doji Star",
        aliases: &["cdlmorningdojistar", "morning_doji_star"],
        description: "Three candles: a long black one, a doji whose body gaps down, and a white \
            one that is not short and closes well into the first body. Taken as a bullish \
            reversal at a bottom, the stricter form of the morning star. Gives 100 only.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the third candle must close, as a fraction of that \
                body (0.3 = 30 percent).",
        )],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLMORNINGSTAR",
        id: "cdl_morningstar",
        display_name: "Morning Star",
        aliases: &["cdlmorningstar", "morning_star"],
        description: "Three candles: a long black one, a short body that gaps down, and a white \
            one that is not short and closes well into the first body. Taken as a bullish \
            reversal at a bottom. Gives 100 only; the downtrend it needs is not checked.",
        memory: Memory::Window,
        params: &[(
            "penetration",
            "How far into the first body the third candle must close, as a fraction of that \
                body (0.3 = 30 percent).",
        )],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLONNECK",
        id: "cdl_onneck",
        display_name: "On-Neck Pattern",
        aliases: &["cdlonneck", "on_neck", "on_neck_pattern"],
        description: "Two candles: a long black one, then a white one that opens below the first \
            one's low and closes at about that low. Taken as bearish continuation: the bounce \
            does not even reach the body. Gives -100 only; the downtrend is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLPIERCING",
        id: "cdl_piercing",
        display_name: "Piercing Pattern",
        aliases: &["cdlpiercing", "piercing", "piercing_pattern", "piercing_line"],
        description: "Two long candles: a black one, then a white one that opens below the first \
            one's low and closes inside its body above the middle. Taken as a bullish reversal \
            after a fall, the mirror image of dark cloud cover. Gives 100 only; the depth is \
            fixed at one half.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLRICKSHAWMAN",
        id: "cdl_rickshawman",
        display_name: "Rickshaw Man",
        aliases: &["cdlrickshawman", "rickshaw_man"],
        description: "One doji with both shadows longer than its body and the body near the \
            middle of the range. Read as indecision. Gives 100 wherever it occurs, never -100; \
            the sign says nothing about direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLRISEFALL3METHODS",
        id: "cdl_risefall3methods",
        display_name: "Rising/Falling Three Methods",
        aliases: &[
            "cdlrisefall3methods",
            "rising_falling_three_methods",
            "rise_fall_three_methods",
        ],
        description: "Five candles: a long one, three small ones of the opposite colour that \
            drift against it and stay at least partly in its range, and a long one of the first \
            colour that closes beyond the first close. Taken as continuation after a rest. Gives \
            100 for rising methods (first candle white), -100 for falling ones (first candle \
            black).",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLSEPARATINGLINES",
        id: "cdl_separatinglines",
        display_name: "Separating Lines",
        aliases: &["cdlseparatinglines", "separating_lines"],
        description: "Two candles of opposite colour with about the same open, the second with a \
            long body and hardly any shadow at its open end. Taken as continuation in the \
            direction of the second candle, the first being a pause. Gives 100 when the second \
            is white, -100 when it is black.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLSHOOTINGSTAR",
        id: "cdl_shootingstar",
        display_name: "Shooting Star",
        aliases: &["cdlshootingstar", "shooting_star"],
        description: "One candle, read against the one before: a short body that gaps up from \
            the previous body, an upper shadow longer than the body and hardly any lower shadow. \
            Taken as a bearish reversal after a rise. Gives -100 only, for either colour.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLSHORTLINE",
        id: "cdl_shortline",
        display_name: "Short Line Candle",
        aliases: &["cdlshortline", "short_line", "short_line_candle"],
        description: "One candle with a short body and two short shadows. Read as a quiet bar \
            without a message of its own. Gives 100 when the candle is white and -100 when it is \
            black: the sign is its colour, not a direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[COLOUR],
    },
    Overlay {
        function: "CDLSPINNINGTOP",
        id: "cdl_spinningtop",
        display_name: "Spinning Top",
        aliases: &["cdlspinningtop", "spinning_top"],
        description: "One candle with a short body and two shadows that are both longer than the \
            body. Read as indecision. Gives 100 when the candle is white and -100 when it is \
            black: the sign is its colour, not a direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[COLOUR],
    },
    Overlay {
        function: "CDLSTALLEDPATTERN",
        id: "cdl_stalledpattern",
        display_name: "Stalled Pattern",
        aliases: &["cdlstalledpattern", "stalled", "stalled_pattern", "deliberation"],
        description: "Three white candles with rising closes: two long ones, the second with \
            hardly any upper shadow and opening in or near the first body, then a small one that \
            sits at the upper end of the second body or above it. Taken as a bearish reversal, \
            an advance that stalls. Gives -100 only; the uptrend it needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLSTICKSANDWICH",
        id: "cdl_sticksandwich",
        display_name: "Stick Sandwich",
        aliases: &["cdlsticksandwich", "stick_sandwich"],
        description: "Three candles: a black one, a white one that trades wholly above the first \
            close, and a black one that closes at about the first close again. Taken as a \
            bullish reversal: the same close has held twice. Gives 100 only; the downtrend it \
            needs is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLTAKURI",
        id: "cdl_takuri",
        display_name: "Takuri",
        aliases: &["cdltakuri", "takuri", "takuri_line"],
        description: "One doji with open and close at the high and a lower shadow more than \
            twice its body: a dragonfly doji with a very long lower shadow. After a fall it is \
            taken as a possible bottom, but the trend is not checked. Gives 100 wherever it \
            occurs, never -100; the sign says nothing about direction.",
        memory: Memory::Window,
        params: &[],
        outputs: &[UNSIGNED],
    },
    Overlay {
        function: "CDLTASUKIGAP",
        id: "cdl_tasukigap",
        display_name: "Tasuki Gap",
        aliases: &["cdltasukigap", "tasuki_gap"],
        description: "Three candles: the second gaps away from the first body in the direction \
            of its own colour, and the third, of opposite colour and about the same size, opens \
            inside the second body and closes in the gap without filling it. Taken as \
            continuation in the direction of the gap. Gives 100 for an upside gap, -100 for a \
            downside gap.",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLTHRUSTING",
        id: "cdl_thrusting",
        display_name: "Thrusting Pattern",
        aliases: &["cdlthrusting", "thrusting", "thrusting_pattern"],
        description: "Two candles: a long black one, then a white one that opens below the first \
            one's low and closes inside its body, clearly above the close but not above the \
            middle. Taken as bearish continuation: deeper than in-neck, yet short of a piercing \
            pattern. Gives -100 only; the downtrend is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLTRISTAR",
        id: "cdl_tristar",
        display_name: "Tristar Pattern",
        aliases: &["cdltristar", "tristar", "tristar_pattern"],
        description: "Three dojis in a row, the second with its body gapping away from the first \
            and the third not going beyond it. Taken as a reversal. Gives 100 when the middle \
            one lies below (a bottom), -100 when it lies above (a top).",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
    Overlay {
        function: "CDLUNIQUE3RIVER",
        id: "cdl_unique3river",
        display_name: "Unique 3 River",
        aliases: &["cdlunique3river", "unique_three_river", "unique_3_river"],
        description: "Three candles: a long black one, a black one whose body lies within the \
            first but whose low is lower, and a short white one that opens above that low. Taken \
            as a bullish reversal at the end of a fall. Gives 100 only; the downtrend it needs \
            is not checked.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BULLISH],
    },
    Overlay {
        function: "CDLUPSIDEGAP2CROWS",
        id: "cdl_upsidegap2crows",
        display_name: "Upside Gap Two Crows",
        aliases: &["cdlupsidegap2crows", "upside_gap_two_crows"],
        description: "Three candles: a long white one, a short black body that gaps up, and a \
            black body that engulfs the second but still closes above the first close. Taken as \
            a bearish reversal after a rise, although the gap is not filled yet. Gives -100 only.",
        memory: Memory::Window,
        params: &[],
        outputs: &[BEARISH],
    },
    Overlay {
        function: "CDLXSIDEGAP3METHODS",
        id: "cdl_xsidegap3methods",
        display_name: "Upside/Downside Gap Three Methods",
        aliases: &["cdlxsidegap3methods", "gap_three_methods", "upside_downside_gap_three_methods"],
        description: "Three candles: two of one colour with a gap between their bodies in that \
            direction, then one of the opposite colour that opens inside the second body and \
            closes inside the first, filling the gap. Taken as continuation of the first two. \
            Gives 100 when they are white (upside gap), -100 when they are black (downside gap).",
        memory: Memory::Window,
        params: &[],
        outputs: &[EITHER],
    },
];
