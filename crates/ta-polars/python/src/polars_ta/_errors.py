"""The error of this package."""


class TaError(ValueError):
    """Why a call was refused, in one sentence: what is wrong, the value, and what is allowed."""
