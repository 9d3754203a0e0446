//! TA-Lib's "Cycle Indicators": dominant cycles, phases and the filters that isolate them.

use super::{Output, Overlay};
use crate::meta::{Memory, OutputKind, Scale};

/// One entry per function.
pub static TABLE: &[Overlay] = &[
    Overlay {
        function: "HT_DCPERIOD",
        id: "ht_dcperiod",
        display_name: "Hilbert Transform - Dominant Cycle Period",
        aliases: &["hilbert_transform_dominant_cycle_period", "dominant_cycle_period"],
        description: "John Ehlers' estimate of the length, in bars, of the cycle that currently \
            dominates the series. The smoothed and detrended series is split into in-phase and \
            quadrature parts, and the turn of their phase from bar to bar gives the period, which \
            is held between 6 and 50 bars and smoothed. It is used to set the windows of other \
            indicators. In a trend, or on a flat series, the number says little.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Bars,
            bounds: Some((0.0, 50.0)),
            description: "Length of the dominant cycle, in bars.",
        }],
    },
    Overlay {
        function: "HT_DCPHASE",
        id: "ht_dcphase",
        display_name: "Hilbert Transform - Dominant Cycle Phase",
        aliases: &["hilbert_transform_dominant_cycle_phase", "dominant_cycle_phase"],
        description: "Where the series stands in its dominant cycle, as an angle in degrees from \
            -45 to 315. The smoothed series is correlated with a sine and a cosine of the \
            measured cycle length over one cycle, and the lag of the smoothing is compensated. \
            The angle grows steadily while the market cycles and wraps around once per cycle; it \
            stalls in a trend.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((-45.0, 315.0)),
            description: "Phase of the dominant cycle, in degrees.",
        }],
    },
    Overlay {
        function: "HT_PHASOR",
        id: "ht_phasor",
        display_name: "Hilbert Transform - Phasor Components",
        aliases: &["hilbert_transform_phasor_components"],
        description: "The two components of the detrended series seen as a rotating arrow: in \
            phase, and a quarter of a cycle apart from it. Their ratio gives the phase of the \
            dominant cycle and their length its amplitude. They are raw material for cycle \
            studies rather than a signal, are in units of the input and lie around zero.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[
            Output {
                name: "in_phase",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Price,
                bounds: None,
                description: "In-phase component, the detrended series delayed by three bars.",
            },
            Output {
                name: "quadrature",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Price,
                bounds: None,
                description: "Component a quarter of a cycle apart from the first.",
            },
        ],
    },
    Overlay {
        function: "HT_SINE",
        id: "ht_sine",
        display_name: "Hilbert Transform - SineWave",
        aliases: &["hilbert_transform_sine_wave", "hilbert_transform_sinewave"],
        description: "The sine of the dominant cycle's phase, and the same sine 45 degrees ahead. \
            In a cycling market the two curves cross shortly before the turning points: the \
            leading one crossing above is read as a coming low, crossing below as a coming high. \
            In a trend the phase stalls and the curves run side by side without crossing.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[
            Output {
                name: "sine",
                kind: OutputKind::Line,
                role: "primary",
                scale: Scale::Ratio,
                bounds: Some((-1.0, 1.0)),
                description: "Sine of the dominant cycle's phase.",
            },
            Output {
                name: "lead_sine",
                kind: OutputKind::Line,
                role: "secondary",
                scale: Scale::Ratio,
                bounds: Some((-1.0, 1.0)),
                description: "Sine of the phase advanced by 45 degrees.",
            },
        ],
    },
    Overlay {
        function: "HT_TRENDMODE",
        id: "ht_trendmode",
        display_name: "Hilbert Transform - Trend vs Cycle Mode",
        aliases: &["hilbert_transform_trend_vs_cycle_mode", "ht_trend_mode"],
        description: "Tells whether the market trends (1) or cycles (0), by John Ehlers' rules. \
            Trend is assumed; a bar counts as cycle for half a cycle after the sine and lead sine \
            cross, or while the phase advances at about the rate of the measured cycle (0.67 to \
            1.5 times). A smoothed price 1.5 percent or more away from the instantaneous \
            trendline is always trend.",
        memory: Memory::Recursive,
        params: &[],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Signal,
            role: "primary",
            scale: Scale::Ratio,
            bounds: Some((0.0, 1.0)),
            description: "1 in trend mode, 0 in cycle mode.",
        }],
    },
    Overlay {
        function: "SWAK_2PHP",
        id: "swak_2php",
        display_name: "Swiss Army Knife - Two-Pole High-Pass Filter",
        aliases: &[
            "swiss_army_knife_two_pole_high_pass",
            "swiss_army_knife_two_pole_high_pass_filter",
        ],
        description: "The two-pole high-pass filter of John Ehlers' Swiss Army Knife indicator, \
            which removes the level and everything slower than the cutoff and keeps the faster \
            motion. It separates the two more sharply than the one-pole row, and a steady trend \
            fades to zero. Read it as an oscillator around zero in units of the input. It starts \
            at 0, and a flat series stays there.",
        memory: Memory::Recursive,
        params: &[("period", "Cutoff, in bars: longer cycles are removed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "High-pass filtered series, around zero.",
        }],
    },
    Overlay {
        function: "SWAK_BP",
        id: "swak_bp",
        display_name: "Swiss Army Knife - Band-Pass Filter",
        aliases: &["swiss_army_knife_band_pass", "swiss_army_knife_band_pass_filter"],
        description: "The band-pass filter of John Ehlers' Swiss Army Knife indicator, which \
            keeps cycles of about period bars and removes slower and faster ones. A pure sine of \
            that period passes unchanged and without lag; at period * (1 - delta) and period * (1 \
            + delta) about half the power is left. Read it as an oscillator around zero in units \
            of the input. A narrow band takes long to settle after its start at 0.",
        memory: Memory::Recursive,
        params: &[
            ("period", "Centre of the band, in bars."),
            ("delta", "Half-width of the band, as a fraction of the period."),
        ],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "The cycle of about period bars, around zero.",
        }],
    },
    Overlay {
        function: "SWAK_HP",
        id: "swak_hp",
        display_name: "Swiss Army Knife - High-Pass Filter",
        aliases: &["swiss_army_knife_high_pass", "swiss_army_knife_high_pass_filter"],
        description: "The one-pole high-pass filter of John Ehlers' Swiss Army Knife indicator, \
            which removes the level and most of what is slower than the cutoff and keeps the \
            faster motion. A steady trend leaves a constant offset with the trend's sign. Read it \
            as an oscillator around zero in units of the input. It starts at 0, and a flat series \
            stays there.",
        memory: Memory::Recursive,
        params: &[("period", "Cutoff, in bars: longer cycles are removed.")],
        outputs: &[Output {
            name: "value",
            kind: OutputKind::Line,
            role: "primary",
            scale: Scale::Price,
            bounds: None,
            description: "High-pass filtered series, around zero.",
        }],
    },
];
