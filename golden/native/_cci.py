"""Lambert's index, each window by itself: what the oracles of its relatives share."""


def cci(columns, n):
    typical = [(h + l + c) / 3 for h, l, c in zip(columns["high"], columns["low"], columns["close"])]
    out = [None] * (n - 1)
    for i in range(n - 1, len(typical)):
        window = typical[i - n + 1 : i + 1]
        mean = sum(window) / n
        deviation = sum(abs(x - mean) for x in window) / n
        out.append((typical[i] - mean) / (0.015 * deviation) if deviation else 0.0)
    return out
