"""polars-talib: TA-Lib functions as expressions of a polars plugin."""

import polars_talib
from frames import call_with, columns, open_input, size

call = call_with(polars_talib)
packages = ["polars-talib", "polars"]
