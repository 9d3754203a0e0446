"""Our Python package: the same indicators as expressions of a polars plugin."""

from frames import columns, open_input, size
from polars_ta import ta

packages = ["polars-ta", "polars"]


def call(spec, frame):
    def expressions():
        made = []
        for indicator in spec["indicators"]:
            method = getattr(ta, indicator["id"])
            expr = method(**indicator.get("inputs", {}), **indicator.get("params", {}))
            if spec.get("over"):
                expr = expr.over(spec["over"])
            made.append(expr.alias(indicator["name"]))
        return made

    if spec.get("build"):
        return lambda: frame.select(expressions())
    made = expressions()
    return lambda: frame.select(made)
