"""Writes the golden fixtures: inputs, expected values and the manifest. See README.md."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generator import cross_checks, formulas, talib_oracle  # noqa: E402
from generator.cases import Case, cases_of  # noqa: E402
from generator.inputs import build_inputs  # noqa: E402
from generator.signatures import load_signatures  # noqa: E402

TOLERANCE = {"rtol": 1e-9, "atol": 1e-9}


def main() -> None:
    """Regenerates everything below golden/inputs and golden/expected, and manifest.json."""
    frames = build_inputs(HERE / "data" / "stocks.csv")
    columns: dict[str, list[pl.Series]] = {name: [] for name in frames}
    entries: list[dict[str, Any]] = []
    for signature in load_signatures().values():
        for case in cases_of(signature) + formulas.extra_cases(signature):
            frame = frames[case.input]
            if formulas.judges(case):
                oracle, (values, lookback) = formulas.source(case), formulas.expected(case, frame)
            else:
                oracle, (values, lookback) = talib_oracle.ORACLE, talib_oracle.expected(case, frame)
            entry, series = record(case, oracle, values, lookback, signature.outputs)
            if formulas.judges(case):
                annotate(entry, cross_checks.confirmation(case.id, frame, values, TOLERANCE))
            entries.append(entry)
            columns[case.input] += series
    ids = [entry["id"] for entry in entries]
    assert len(ids) == len(set(ids)), "two cases share an id"
    assert_every_pattern_fires(entries, columns)
    write(frames, columns, entries)


def record(
    case: Case, oracle: str, values: list[np.ndarray], lookback: int, dtypes: list[str]
) -> tuple[dict[str, Any], list[pl.Series]]:
    """The manifest entry of one case, and its expected columns with null for "no value"."""
    series = []
    non_finite = False
    for index, (value, dtype) in enumerate(zip(values, dtypes, strict=True)):
        finite = np.isfinite(value)
        non_finite |= not finite[lookback:].all()
        column = pl.Series(f"{case.id}:{index}", [v if ok else None for v, ok in zip(value.tolist(), finite)],
                           dtype=pl.Float64)
        series.append(column.cast(pl.Float64 if dtype == "Float64" else pl.Int32))
    entry = {
        "id": case.id,
        "function": case.function,
        "oracle": oracle,
        "input": case.input,
        "columns": case.columns,
        "params": case.params,
        "outputs": [{"column": s.name, "dtype": dtype} for s, dtype in zip(series, dtypes, strict=True)],
    }
    if non_finite:
        entry["nonFinite"] = True
    return entry, series


def annotate(entry: dict[str, Any], confirmed_by: str | None) -> None:
    """Says in the manifest what else is known about a formula oracle."""
    if confirmed_by:
        entry["confirmedBy"] = confirmed_by
    if note := formulas.NOTES.get(entry["function"]):
        entry["note"] = note


def assert_every_pattern_fires(entries: list[dict[str, Any]], columns: dict[str, list[pl.Series]]) -> None:
    """A pattern that never fires is judged by nothing: an all-zero kernel would pass."""
    by_name = {series.name: series for group in columns.values() for series in group}
    fired = {entry["function"] for entry in entries if entry["function"].startswith("CDL")
             for output in entry["outputs"] if (by_name[output["column"]].fill_null(0) != 0).any()}
    patterns = {entry["function"] for entry in entries if entry["function"].startswith("CDL")}
    assert len(patterns) == 61 and fired == patterns, f"never fires: {sorted(patterns - fired)}"


def write(
    frames: dict[str, pl.DataFrame], columns: dict[str, list[pl.Series]], entries: list[dict[str, Any]]
) -> None:
    """Parquet files and the manifest, the same bytes on every run with the same libraries."""
    for folder in ("inputs", "expected"):
        (HERE / folder).mkdir(exist_ok=True)
    for name, frame in frames.items():
        frame.write_parquet(HERE / "inputs" / f"{name}.parquet", compression="zstd", compression_level=19)
        pl.DataFrame(columns[name]).write_parquet(
            HERE / "expected" / f"{name}.parquet", compression="zstd", compression_level=19, statistics=False)
    manifest = {
        "libraries": {"TA-Lib": version("TA-Lib"), "TA-Lib C": talib_oracle.C_VERSION,
                      **{name: version(name) for name in formulas.LIBRARIES}},
        "tolerance": TOLERANCE,
        "cases": entries,
        "unverified": formulas.UNVERIFIED,
    }
    (HERE / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{len(entries)} cases, {sum(len(group) for group in columns.values())} columns")


if __name__ == "__main__":
    main()
