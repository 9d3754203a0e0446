"""For each row, the latest bar that has `span` lower highs (higher lows) on each side, all of them seen."""

SOURCE = "formula: Skender, Fractal Chaos Bands"
INPUTS = {"high": "high", "low": "low"}
CASES = {"default": {"span": 2}, "narrow": {"span": 1}, "wide": {"span": 7}}


def expected(columns, params):
    span = params["span"]

    def band(values, best):
        out, latest = [None] * (2 * span), None
        for row in range(2 * span, len(values)):
            bar = row - span
            others = values[bar - span : bar] + values[bar + 1 : row + 1]
            if best(values[bar], best(others)) == values[bar] and values[bar] not in others:
                latest = values[bar]
            out.append(latest)
        return out

    return [band(columns["high"], max), band(columns["low"], min)]
