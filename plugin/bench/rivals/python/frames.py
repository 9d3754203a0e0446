"""Shared code of the polars plugins: frames from Parquet files, and expressions over them."""

import polars as pl
from catalog import reference


def open_input(path, columns, chunks):
    whole = pl.read_parquet(path, columns=list(columns)).rechunk()
    if chunks == 1:
        return whole
    rows = -(-whole.height // chunks)
    pieces = [whole.slice(start, rows) for start in range(0, whole.height, rows)]
    return pl.concat(pieces, rechunk=False)


def selection(spec, frame, expression):
    """A call that selects an expression for each indicator, by its place in the request."""

    def expressions():
        made = []
        for index, indicator in enumerate(spec["indicators"]):
            expr = expression(index)
            if spec.get("over"):
                expr = expr.over(spec["over"])
            made.append(expr.alias(indicator["name"]))
        return made

    if spec.get("build"):
        return lambda: frame.select(expressions())
    made = expressions()
    return lambda: frame.select(made)


def call_with(library):
    """Calls of a library whose functions take expressions and TA-Lib's parameters, and return an expression."""

    def call(spec, frame):
        functions = [reference(indicator) for indicator in spec["indicators"]]
        if not all(hasattr(library, function.lower()) for function, _, _ in functions):
            return None

        def expression(index):
            function, params, columns = functions[index]
            return getattr(library, function.lower())(*map(pl.col, columns), **params)

        return selection(spec, frame, expression)

    return call


def columns(frame):
    return [values for column in frame.get_columns() for values in flat(column)]


def flat(column):
    if column.dtype == pl.Struct:
        return [values for part in column.struct.unnest().get_columns() for values in flat(part)]
    return [column.cast(pl.Float64).fill_null(float("nan")).to_numpy()]


def size(frame):
    return frame.estimated_size()
