"""TA-Lib C as the oracle, through its Python wheel."""

from __future__ import annotations

import numpy as np
import polars as pl
import talib
from talib import abstract

from .cases import Case
from .signatures import codes

ORACLE = f"TA-Lib {talib.__version__}"
C_VERSION = talib.__ta_version__.decode().split()[0]


def knows(function: str) -> bool:
    """Whether the C library has this function."""
    return function in talib.get_functions()


def expected(case: Case, frame: pl.DataFrame) -> tuple[list[np.ndarray], int]:
    """The outputs of TA-Lib C as float64, NaN where it has no value, and the lookback.

    The wrapper fills the lookback of float outputs with NaN but that of integer outputs with
    0, which is also a real answer, so it is overwritten here.
    """
    params = codes(case.params)
    inputs = [frame[name].to_numpy() for name in case.columns]
    result = getattr(talib, case.function)(*inputs, **params)
    outputs = result if isinstance(result, (tuple, list)) else [result]
    function = abstract.Function(case.function)
    if params:
        function.parameters = params
    lookback = min(function.lookback, frame.height)
    values = [np.array(output, dtype=np.float64) for output in outputs]
    for value, raw in zip(values, outputs, strict=True):
        if raw.dtype == np.float64:
            assert np.isnan(value[:lookback]).all(), f"{case.id}: a value inside the lookback"
        value[:lookback] = np.nan
    return values, lookback
