"""Technical indicators as polars expressions.

>>> import polars as pl
>>> from polars_ta import ta
>>> df = pl.DataFrame({"close": [10.0, 11.0, 13.0, 12.0, 14.0]})
>>> df.with_columns(pl.col("close").ta.sma(3))["sma_3"].to_list()[2:]
[11.333333333333334, 12.0, 13.0]

``ta`` has a method for each indicator, as ``pl.col(...).ta`` has. ``pipeline`` reads the features of
a configuration.
"""

from polars_ta._errors import TaError
from polars_ta._namespaces import Ta, ta
from polars_ta._pipeline import Pipeline, pipeline

__all__ = ["Pipeline", "Ta", "TaError", "pipeline", "ta"]
