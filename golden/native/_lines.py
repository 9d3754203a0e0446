"""The regression line of a window as its points: what the channels share."""

from statistics import linear_regression


def fitted(window):
    """The points of the least-squares line through the window."""
    line = linear_regression(range(len(window)), window)
    return [line.intercept + line.slope * row for row in range(len(window))]


def squared_residuals(window):
    return sum((value - point) ** 2 for value, point in zip(window, fitted(window)))
