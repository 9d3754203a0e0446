"""TA-Lib's own Python package: the C library on numpy arrays."""

import numpy
import polars as pl
import talib
from catalog import reference

packages = ["TA-Lib", "numpy"]


def open_input(path, columns, chunks):
    frame = pl.read_parquet(path, columns=list(columns))
    return {name: frame[name].to_numpy().copy() for name in columns}


def call(spec, arrays):
    if spec.get("over"):
        return None
    functions = [reference(indicator) for indicator in spec["indicators"]]
    if not all(hasattr(talib, function) for function, _, _ in functions):
        return None
    calls = [
        (getattr(talib, function), [arrays[name] for name in columns], params)
        for function, params, columns in functions
    ]
    return lambda: [function(*inputs, **params) for function, inputs, params in calls]


def columns(results):
    return [array for result in results for array in arrays_in(result)]


def arrays_in(result):
    return result if isinstance(result, (tuple, list)) else [result]


def size(value):
    parts = value.values() if isinstance(value, dict) else [a for r in value for a in arrays_in(r)]
    return sum(part.nbytes for part in parts if isinstance(part, numpy.ndarray))
