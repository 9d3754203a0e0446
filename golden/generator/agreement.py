"""Whether another library's answer is an oracle's, where both have a value."""

from __future__ import annotations

import numpy as np


def assert_agree(own: np.ndarray, other: object, least: int, tolerance: dict[str, float], message: str) -> None:
    """Raises where they differ, or have values in fewer than `least` common rows. A shorter answer lacks its first rows."""
    other = np.asarray(other, dtype=np.float64)
    other = np.concatenate([np.full(own.size - other.size, np.nan), other])
    both = np.isfinite(own) & np.isfinite(other)
    assert both.sum() >= least, f"{message}: nothing to compare"
    np.testing.assert_allclose(other[both], own[both], **tolerance, err_msg=f"{message}: disagrees")
