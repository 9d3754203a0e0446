"""What each of the crate's 237 functions takes: inputs, parameters with defaults, outputs.

signatures.json was written from the abstract API of crate `ta-lib` 0.8.3. Defaults are the
crate's, not the C library's: they have changed between versions (PERCENTILE's period is 100
in the crate and 30 in C 0.8.1), so a fixture always says every parameter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

Value = int | float | str
MA_TYPES = ["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3", "hma",
            "disabled", "default", "zlema", "rma", "vidya", "alma"]


@dataclass(frozen=True)
class Signature:
    """One function: the input columns it reads by default, its parameters, its output dtypes."""

    name: str
    columns: list[str]
    defaults: dict[str, Value]
    minimums: dict[str, int]
    outputs: list[str]

    def params(self, **changed: Value) -> dict[str, Value]:
        """Every parameter, the defaults with `changed` on top, in the crate's order."""
        unknown = changed.keys() - self.defaults.keys()
        assert not unknown, f"{self.name} has no parameter {sorted(unknown)}"
        return self.defaults | changed


def load_signatures() -> dict[str, Signature]:
    """Signatures by function name, in alphabetical order."""
    raw = json.loads((Path(__file__).parent / "signatures.json").read_text())
    return {
        name: Signature(
            name,
            entry["columns"],
            {key: param["default"] for key, param in entry["params"].items()},
            {key: param["min"] for key, param in entry["params"].items() if "min" in param},
            entry["outputs"],
        )
        for name, entry in sorted(raw.items())
    }


def codes(params: dict[str, Value]) -> dict[str, int | float]:
    """The parameters with moving-average names as TA-Lib's numbers."""
    return {k: MA_TYPES.index(v) if isinstance(v, str) else v for k, v in params.items()}
