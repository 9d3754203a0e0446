"""Writes the fixtures of native indicators from the oracles in golden/native, one file each.

An oracle is a module with
    SOURCE    where its definition comes from: "formula: ..." says what it is or who published it
    INPUTS    the column of the input frame for each input slot
    CASES     every parameter of each case, under our names; one is called "default"
    expected  (columns, params) -> one list for each output, None where there is no value
and, where it is not "stocks", INPUT, the frame in golden/inputs it runs on. Where another library has the same
definition it is asked as a witness (generator/native_witnesses.py); it is never the oracle.

    python generate_native.py              # all of them
    python generate_native.py rwi zscore   # these, and new ones; the others stay as they are
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
from generator import native_witnesses

HERE = Path(__file__).resolve().parent
TOLERANCE = {"rtol": 1e-9, "atol": 1e-9}
# Files that begin with an underscore are no oracles, but what several of them share.
sys.path.insert(0, str(HERE / "native"))
DTYPES = {"Float64": pl.Float64, "Int32": pl.Int32, "Boolean": pl.Boolean}


def load(path: Path) -> ModuleType:
    """An oracle by its file, so that adding one needs no list."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Kept:
    """The cases that are written already, of indicators that are not asked for."""

    def __init__(self, asked: list[str]) -> None:
        known = json.loads((HERE / "native_manifest.json").read_text())["cases"] if asked else []
        self.entries = [entry for entry in known if entry["indicator"] not in asked]
        inputs = {entry["input"] for entry in self.entries}
        self.frames = {name: pl.read_parquet(expected_file(name)) for name in inputs}

    def of(self, indicator: str) -> list[tuple[dict[str, Any], list[pl.Series]]]:
        """Each case of an indicator with its columns; none if they have to be computed."""
        entries = [entry for entry in self.entries if entry["indicator"] == indicator]
        return [(e, [self.frames[e["input"]][o["column"]] for o in e["outputs"]]) for e in entries]


def expected_file(name: str) -> Path:
    """Where the values over an input frame are."""
    return HERE / "expected" / f"native_{name}.parquet"


def main() -> None:
    """Writes golden/native_manifest.json and golden/expected/native_*.parquet."""
    asked = sys.argv[1:]
    paths = sorted((HERE / "native").glob("[!_]*.py"))
    if unknown := set(asked) - {path.stem for path in paths}:
        sys.exit(f"golden/native has no {', '.join(sorted(unknown))}")
    kept = Kept(asked)
    catalog = json.loads((HERE / "indicator_catalog_v2.json").read_text())["indicators"]
    outputs = {meta["id"]: meta["outputs"] for meta in catalog}
    frames: dict[str, pl.DataFrame] = {}
    columns: dict[str, list[pl.Series]] = {}
    entries: list[dict[str, Any]] = []
    for path in paths:
        if cases := kept.of(path.stem):
            for entry, series in cases:
                columns.setdefault(entry["input"], []).extend(series)
                entries.append(entry)
            continue
        oracle = load(path)
        name = getattr(oracle, "INPUT", "stocks")
        frame = frames.setdefault(name, pl.read_parquet(HERE / "inputs" / f"{name}.parquet"))
        bars = {column: frame[column].to_list() for column in frame.columns}
        for case, params in oracle.CASES.items():
            values = oracle.expected(bars, params)
            series = [
                pl.Series(f"{path.stem}/{case}:{index}", value, dtype=DTYPES[output["dtype"]], strict=False)
                for index, (value, output) in enumerate(zip(values, outputs[path.stem], strict=True))
            ]
            assert all(len(s) == frame.height for s in series), f"{path.stem}/{case}: length"
            columns.setdefault(name, []).extend(series)
            entry = {
                "id": f"{path.stem}/{case}", "indicator": path.stem, "oracle": oracle.SOURCE, "input": name,
                "inputs": oracle.INPUTS, "params": params,
                "outputs": [{"column": s.name, "dtype": o["dtype"]} for s, o in zip(series, outputs[path.stem])],
            }
            witness = native_witnesses.confirmation(path.stem, entry["id"], bars, params, values, TOLERANCE)
            entries.append(entry | ({"confirmedBy": witness} if witness else {}))
    for name, group in columns.items():
        pl.DataFrame(group).write_parquet(expected_file(name), compression="zstd", compression_level=19, statistics=False)
    manifest = {"tolerance": TOLERANCE, "cases": entries}
    (HERE / "native_manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{len(entries)} cases")


if __name__ == "__main__":
    main()
