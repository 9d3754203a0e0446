"""The examples in docs/python.md: they print what the page says."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

PAGE = Path(__file__).parents[4] / "docs" / "python.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def test_the_examples() -> None:
    if tuple(map(int, pl.__version__.split(".")[:2])) < (2, 0):
        pytest.skip("the page shows how polars 2 prints frames")
    text = PAGE.read_text(encoding="utf-8")
    examples = EXAMPLE.findall(text)
    assert len(examples) == text.count("```python") > 2
    scope: dict[str, Any] = {}
    printed = []
    for code, _ in examples:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(compile(code, str(PAGE), "exec"), scope)
        printed.append(output.getvalue())
    if os.environ.get("TA_WRITE") == "1":
        filled = iter(printed)
        write = lambda found: f"```python\n{found[1]}```\n\n```text\n{next(filled)}```\n"
        PAGE.write_text(EXAMPLE.sub(write, text), encoding="utf-8")
    else:
        assert printed == [output for _, output in examples]
