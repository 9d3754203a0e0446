"""Where the formula oracles register themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .series import Series

#: Input columns by name, and a case's parameters by name.
Bars = dict[str, list[float]]
Params = dict[str, Any]
Formula = Callable[[Bars, Params], list[Series]]

FORMULAS: dict[str, tuple[Formula, str]] = {}


def formula(function: str, source: str) -> Callable[[Formula], Formula]:
    """Registers an oracle for a TA-Lib function, with where its definition comes from."""

    def register(oracle: Formula) -> Formula:
        assert function not in FORMULAS
        FORMULAS[function] = (oracle, source)
        return oracle

    return register
