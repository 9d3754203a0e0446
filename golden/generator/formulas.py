"""The oracles for what the TA-Lib C wheel cannot judge: formulas written out plainly."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from . import formulas_average, formulas_index, formulas_oscillator  # noqa: F401  (they register themselves)
from .cases import Case
from .registry import FORMULAS
from .series import first_of
from .signatures import Signature

#: Libraries of CHECKS, and those the oracles themselves are computed with, for the manifest.
LIBRARIES = ["numpy", "pandas", "pandas-ta-classic", "tulipy"]

#: Functions nothing independent can judge. Empty: every function of the crate has an oracle.
UNVERIFIED: list[dict[str, str]] = []

#: What a reader of the manifest should know about an oracle.
NOTES = {
    "MAXINDEX": "TA-Lib C 0.8.1 may name another of several equal bars; the crate has TA-Lib's later fix (#503).",
    "MININDEX": "TA-Lib C 0.8.1 may name another of several equal bars; the crate has TA-Lib's later fix (#503).",
    "MINMAXINDEX": "TA-Lib C 0.8.1 may name another of several equal bars; the crate has TA-Lib's later fix (#503).",
    "KSTEXT": "Pring does not say where a recursive average starts; all legs start together, as in TA-Lib C's MACDEXT.",
    "STC": "Schaff starts both averages on the first bar of the data; here they are those of TA-Lib C's MACD.",
    "ZIGZAG": "No other library gives this state bar by bar; the definition is TA-Lib's own documentation.",
    "WAVETREND": "The published script does not fix the seeding; these averages are seeded as TA-Lib C's EMA.",
    "KVO": "The signal line's seeding has no second source; the oscillator is confirmed by Tulip Indicators.",
}


def extra_cases(signature: Signature) -> list[Case]:
    """Cases of the moving-average types that only the crate has."""
    newer = {
        "MA": [{"timeperiod": 10, "matype": "vidya"}, {"timeperiod": 10, "matype": "alma"}],
        "BBW": [{"timeperiod": 8, "matype": "vidya"}],
        "PERCENTB": [{"timeperiod": 9, "matype": "alma"}],
        "KSTEXT": [{"rocmatype": "alma", "signalmatype": "vidya"}],
    }
    label = {"MA": "type_{matype}", "KSTEXT": "alma_vidya"}.get(signature.name, "{matype}")
    return [
        Case(f"{signature.name}/{label.format(**change)}", signature.name, "stocks", signature.columns,
             signature.params(**change))
        for change in newer.get(signature.name, [])
    ]


def judges(case: Case) -> bool:
    """Whether a formula, not TA-Lib C, says what this case must give."""
    if case.function == "MA":
        return case.params["matype"] in ("vidya", "alma")
    return case.function in FORMULAS


def source(case: Case) -> str:
    """The manifest's name for the oracle."""
    return "formula: " + FORMULAS[case.function][1]


def expected(case: Case, frame: pl.DataFrame) -> tuple[list[np.ndarray], int]:
    """The formula's outputs, NaN where it has no value, and the number of leading rows without one."""
    oracle, _ = FORMULAS[case.function]
    outputs = oracle({name: frame[name].to_list() for name in frame.columns}, case.params)
    lookback = min(first_of(series) for series in outputs)
    return [np.array([math.nan if value is None else value for value in series]) for series in outputs], lookback
