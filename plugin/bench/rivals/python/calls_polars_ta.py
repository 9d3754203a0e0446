"""Our Python package: the same indicators as expressions of a polars plugin."""

from frames import columns, open_input, selection, size
from polars_ta import ta

packages = ["polars-ta", "polars"]


def call(spec, frame):
    def expression(index):
        indicator = spec["indicators"][index]
        method = getattr(ta, indicator["id"])
        return method(**indicator.get("inputs", {}), **indicator.get("params", {}))

    return selection(spec, frame, expression)
