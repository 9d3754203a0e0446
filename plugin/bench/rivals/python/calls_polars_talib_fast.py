"""polars-talib-fast: every TA-Lib function as an expression of a polars plugin."""

import polars_talib_fast
from frames import call_with, columns, open_input, size

call = call_with(polars_talib_fast)
packages = ["polars-talib-fast", "polars"]
