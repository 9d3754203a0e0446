"""Which parameters, on which input, each function is judged with."""

from __future__ import annotations

from dataclasses import dataclass

from .signatures import MA_TYPES, Signature, Value


@dataclass(frozen=True)
class Case:
    """One call: a function, its input columns, and every one of its parameters."""

    id: str
    function: str
    input: str
    columns: list[str]
    params: dict[str, Value]


Changes = dict[str, dict[str, Value]]


def bands(period: str = "timeperiod") -> Changes:
    """Bollinger-like: short, asymmetric, negative deviation, another average."""
    return {
        "period_2": {period: 2},
        "asymmetric": {period: 5, "nbdevup": 1.0, "nbdevdn": 3.0},
        "negative": {period: 9, "nbdevup": -1.5, "nbdevdn": 0.0},
        "ema": {period: 10, "matype": "ema"},
        "t3": {period: 4, "matype": "t3"},
    }


#: Extra parameter sets, chosen for edges: shortest periods, even and odd ones, fast slower
#: than slow (which TA-Lib swaps), factors of zero. Functions whose only integer parameter is
#: `timeperiod` are served by `period_changes` instead.
EXTRA: dict[str, Changes] = {
    "AC": {"shortest": {"fastperiod": 2, "slowperiod": 3, "signalperiod": 2},
           "swapped": {"fastperiod": 20, "slowperiod": 6, "signalperiod": 4}},
    "ADOSC": {"shortest": {"fastperiod": 2, "slowperiod": 3},
              "swapped": {"fastperiod": 12, "slowperiod": 5}},
    "ALMA": {"period_1": {"timeperiod": 1}, "centred": {"timeperiod": 20, "sigma": 3.0, "offset": 0.5},
             "newest": {"timeperiod": 7, "offset": 1.0}, "oldest": {"timeperiod": 4, "sigma": 0.5, "offset": 0.0}},
    "AO": {"shortest": {"fastperiod": 2, "slowperiod": 3},
           "swapped": {"fastperiod": 20, "slowperiod": 6}},
    "APO": {"sma": {"fastperiod": 5, "slowperiod": 10, "matype": "sma"},
            "swapped": {"fastperiod": 20, "slowperiod": 7, "matype": "ema"},
            "shortest_dema": {"fastperiod": 2, "slowperiod": 3, "matype": "dema"}},
    "ASI": {"tight": {"limitmove": 0.5}, "wide": {"limitmove": 12.5}},
    "BBANDS": bands(),
    "BBW": bands(),
    "CKSP": {"book": {"timeperiod": 10, "multiplier": 3.0, "stopperiod": 20},
             "chandelier": {"timeperiod": 22, "multiplier": 3.0, "stopperiod": 1},
             "shortest": {"timeperiod": 2, "multiplier": 0.0, "stopperiod": 3}},
    "COPPOCK": {"shortest": {"wmaperiod": 1, "roc1period": 1, "roc2period": 2},
                "swapped": {"wmaperiod": 6, "roc1period": 20, "roc2period": 9}},
    "CRSI": {"shortest": {"timeperiod": 2, "streakperiod": 2, "rankperiod": 2},
             "streak_longest": {"timeperiod": 9, "streakperiod": 30, "rankperiod": 20}},
    "CVI": {"shortest": {"timeperiod": 2, "rocperiod": 1},
            "uneven": {"timeperiod": 5, "rocperiod": 21}},
    "DOSC": {"shortest": {"timeperiod": 2, "firstperiod": 2, "secondperiod": 2, "signalperiod": 2},
             "slow": {"timeperiod": 21, "firstperiod": 8, "secondperiod": 13, "signalperiod": 5}},
    "EMV": {"unsmoothed": {"timeperiod": 1}, "undivided": {"timeperiod": 9, "volumedivisor": 1.0},
            "large": {"timeperiod": 20, "volumedivisor": 1e8}},
    "FRACTAL": {"shortest": {"leftbars": 1, "rightbars": 1},
                "left_heavy": {"leftbars": 5, "rightbars": 1},
                "right_heavy": {"leftbars": 1, "rightbars": 4}},
    "FRAMA": {"shortest": {"timeperiod": 2}, "period_10": {"timeperiod": 10}, "period_30": {"timeperiod": 30}},
    "ICHIMOKU": {"crypto": {"tenkanperiod": 20, "kijunperiod": 60, "senkoubperiod": 120},
                 "unordered": {"tenkanperiod": 30, "kijunperiod": 5, "senkoubperiod": 2}},
    "KC": {"shortest": {"timeperiod": 2, "atrperiod": 1, "nbdev": 1.5},
           "long_atr": {"timeperiod": 5, "atrperiod": 20, "nbdev": 1.0},
           "negative": {"timeperiod": 11, "atrperiod": 4, "nbdev": -2.0}},
    "KDJ": {"sma": {"fastk_period": 5, "slowk_matype": "sma", "slowd_matype": "sma"},
            "mixed": {"fastk_period": 14, "slowk_period": 4, "slowk_matype": "ema",
                      "slowd_period": 5, "slowd_matype": "wma"},
            "shortest": {"fastk_period": 1, "slowk_period": 1, "slowd_period": 1}},
    "KST": {"unordered": {"roc1period": 20, "roc2period": 5, "roc3period": 1, "roc4period": 9, "sma1period": 1,
                          "sma2period": 8, "sma3period": 3, "sma4period": 12, "signalperiod": 1},
            "weekly": {"roc1period": 4, "roc2period": 5, "roc3period": 8, "roc4period": 13, "sma1period": 4,
                       "sma2period": 5, "sma3period": 8, "sma4period": 13, "signalperiod": 10}},
    "KSTEXT": {"ema": {"rocmatype": "ema", "signalmatype": "ema"},
               "mixed": {"roc1period": 4, "roc2period": 9, "roc3period": 2, "roc4period": 13, "ma1period": 6,
                         "ma2period": 3, "ma3period": 11, "ma4period": 5, "signalperiod": 4, "rocmatype": "dema",
                         "signalmatype": "wma"},
               "rma_t3": {"rocmatype": "rma", "signalperiod": 3, "signalmatype": "t3"}},
    "KVO": {"short": {"fastperiod": 5, "slowperiod": 12, "signalperiod": 4},
            "swapped": {"fastperiod": 20, "slowperiod": 6, "signalperiod": 30},
            "shortest": {"fastperiod": 2, "slowperiod": 3, "signalperiod": 2}},
    # "default" stands for another type, so the catalog leaves it out; "vidya" and "alma" are formulas' cases.
    "MA": {f"type_{kind}": {"timeperiod": 10, "matype": kind} for kind in MA_TYPES[:14] if kind != "default"}
    | {f"{kind}_1": {"timeperiod": 1, "matype": kind} for kind in ("ema", "t3", "mama")}
    | {"trima_odd": {"timeperiod": 7, "matype": "trima"},
       "hma_odd": {"timeperiod": 7, "matype": "hma"}},
    "MACD": {"fast": {"fastperiod": 5, "slowperiod": 10, "signalperiod": 4},
             "swapped": {"fastperiod": 20, "slowperiod": 8, "signalperiod": 5},
             "shortest": {"fastperiod": 2, "slowperiod": 3, "signalperiod": 1}},
    "MACDEXT": {"ema": {"fastmatype": "ema", "slowmatype": "ema", "signalmatype": "ema"},
                "mixed": {"fastperiod": 6, "fastmatype": "wma", "slowperiod": 13,
                          "slowmatype": "kama", "signalperiod": 5, "signalmatype": "tema"},
                "swapped": {"fastperiod": 15, "fastmatype": "trima", "slowperiod": 6,
                            "slowmatype": "dema", "signalperiod": 3, "signalmatype": "rma"}},
    "MACDFIX": {"signal_1": {"signalperiod": 1}, "signal_14": {"signalperiod": 14}},
    "MAMA": {"fast": {"fastlimit": 0.8, "slowlimit": 0.2},
             "limits_swapped": {"fastlimit": 0.05, "slowlimit": 0.5},
             "slowest": {"fastlimit": 0.01, "slowlimit": 0.01}},
    "MASSI": {"shortest": {"fastperiod": 2, "slowperiod": 2},
              "even": {"fastperiod": 6, "slowperiod": 10}},
    "MAVP": {"ema": {"matype": "ema"}, "wide": {"minperiod": 1, "maxperiod": 50},
             "rma": {"minperiod": 3, "maxperiod": 12, "matype": "rma"},
             "fixed": {"minperiod": 10, "maxperiod": 10, "matype": "wma"},
             "kama": {"minperiod": 5, "maxperiod": 20, "matype": "kama"}},
    "PERCENTB": bands(),
    "PERCENTILE": {"default_of_c": {"timeperiod": 30}, "lowest": {"timeperiod": 2, "percentile": 0.0},
                   "highest": {"timeperiod": 9, "percentile": 100.0},
                   "even": {"timeperiod": 20, "percentile": 25.0},
                   "fraction": {"timeperiod": 33, "percentile": 66.6}},
    "PPO": {"sma": {"fastperiod": 5, "slowperiod": 10, "matype": "sma"},
            "swapped": {"fastperiod": 20, "slowperiod": 7, "matype": "ema"},
            "shortest_hma": {"fastperiod": 2, "slowperiod": 3, "matype": "hma"}},
    "PSO": {"unsmoothed": {"fastk_period": 14, "emaperiod": 1}, "one_bar": {"fastk_period": 1, "emaperiod": 4},
            "slow": {"fastk_period": 20, "emaperiod": 9}},
    "PVO": {"sma": {"fastperiod": 5, "slowperiod": 10, "matype": "sma"},
            "swapped": {"fastperiod": 20, "slowperiod": 7, "matype": "ema"},
            "shortest_zlema": {"fastperiod": 2, "slowperiod": 3, "matype": "zlema"}},
    "ROGERSSATCHELL": {"one_bar": {"timeperiod": 1, "annualization": 1.0},
                       "weekly": {"timeperiod": 21, "annualization": 52.0},
                       "zero": {"timeperiod": 5, "annualization": 0.0}},
    "RVI": {"shortest": {"timeperiod": 1, "stddevperiod": 2},
            "odd": {"timeperiod": 7, "stddevperiod": 5}},
    "RVIR": {"shortest": {"timeperiod": 1, "stddevperiod": 2},
             "odd": {"timeperiod": 7, "stddevperiod": 5}},
    "SAR": {"fast": {"acceleration": 0.1, "maximum": 0.5},
            "above_maximum": {"acceleration": 0.3, "maximum": 0.2},
            "still": {"acceleration": 0.0, "maximum": 0.0}},
    "SAREXT": {"start_long": {"startvalue": 90.0}, "start_short": {"startvalue": -110.0},
               "offset": {"offsetonreverse": 0.01, "accelerationinitlong": 0.03,
                          "accelerationlong": 0.04, "accelerationmaxlong": 0.3},
               "asymmetric": {"accelerationinitshort": 0.05, "accelerationshort": 0.1,
                              "accelerationmaxshort": 0.4, "accelerationmaxlong": 0.01}},
    "SMI": {"shortest": {"timeperiod": 2, "fastperiod": 2, "slowperiod": 2, "signalperiod": 2},
            "fast_above_slow": {"timeperiod": 8, "fastperiod": 10, "slowperiod": 4, "signalperiod": 3}},
    "SI": {"tight": {"limitmove": 0.5}, "wide": {"limitmove": 12.5}},
    "SQZMOM": {"classic": {"factorwide": 1.5, "factornormal": 1.5, "factornarrow": 1.0},
               "uneven": {"bbperiod": 7, "nbdev": 1.0, "kcperiod": 12, "factorwide": 1.2, "factornormal": 0.8,
                          "factornarrow": 0.4},
               "shortest": {"bbperiod": 2, "kcperiod": 2},
               "long_bands": {"bbperiod": 50, "nbdev": 2.5, "kcperiod": 5}},
    "STC": {"short": {"fastperiod": 5, "slowperiod": 12, "cycleperiod": 4},
            "swapped": {"fastperiod": 30, "slowperiod": 10, "cycleperiod": 9},
            "shortest": {"fastperiod": 2, "slowperiod": 3, "cycleperiod": 2}},
    "STDDEV": {"period_2": {"timeperiod": 2, "nbdev": 1.0}, "scaled": {"timeperiod": 20, "nbdev": 2.5},
               "negative": {"timeperiod": 9, "nbdev": -1.0}, "zero": {"timeperiod": 9, "nbdev": 0.0}},
    "STOCH": {"shortest": {"fastk_period": 1, "slowk_period": 1, "slowd_period": 1},
              "ema": {"fastk_period": 14, "slowk_matype": "ema", "slowd_matype": "ema"},
              "mixed": {"fastk_period": 10, "slowk_period": 4, "slowk_matype": "wma",
                        "slowd_period": 6, "slowd_matype": "rma"}},
    "STOCHF": {"shortest": {"fastk_period": 1, "fastd_period": 1},
               "dema": {"fastk_period": 14, "fastd_period": 4, "fastd_matype": "dema"}},
    "STOCHRSI": {"shortest": {"timeperiod": 2, "fastk_period": 2, "fastd_period": 1},
                 "classic": {"timeperiod": 14, "fastk_period": 14, "fastd_period": 3},
                 "ema": {"timeperiod": 9, "fastk_period": 6, "fastd_period": 4, "fastd_matype": "ema"}},
    "SUPERTREND": {"shortest": {"timeperiod": 2, "multiplier": 1.0},
                   "tight": {"timeperiod": 7, "multiplier": 0.5},
                   "no_band": {"timeperiod": 10, "multiplier": 0.0}},
    "SWAK_BP": {"narrow": {"timeperiod": 30, "delta": 0.05}, "widest": {"timeperiod": 5, "delta": 0.5},
                "short": {"timeperiod": 9, "delta": 0.2}},
    "T3": {"period_1": {"timeperiod": 1}, "plain": {"timeperiod": 8, "vfactor": 0.0},
           "full": {"timeperiod": 5, "vfactor": 1.0}},
    "TSI": {"shortest": {"firstperiod": 2, "secondperiod": 2},
            "swapped": {"firstperiod": 7, "secondperiod": 20}},
    "ULTOSC": {"shortest": {"timeperiod1": 1, "timeperiod2": 2, "timeperiod3": 3},
               "unordered": {"timeperiod1": 20, "timeperiod2": 5, "timeperiod3": 11}},
    "VIDYA": {"identity": {"timeperiod": 1, "cmoperiod": 9}, "shortest": {"timeperiod": 2, "cmoperiod": 2},
              "slow": {"timeperiod": 30, "cmoperiod": 20}},
    "WAVETREND": {"shortest": {"channelperiod": 2, "averageperiod": 1, "signalperiod": 1},
                  "short": {"channelperiod": 9, "averageperiod": 12, "signalperiod": 3},
                  "slow": {"channelperiod": 20, "averageperiod": 5, "signalperiod": 9}},
    "ZIGZAG": {"sensitive": {"sensitivity": 1.0}, "every_bar": {"sensitivity": 0.0},
               "patient": {"sensitivity": 3.0, "mintrendlength": 10},
               "never": {"sensitivity": 100.0, "mintrendlength": 3}},
    "VAR": {"period_1": {"timeperiod": 1}, "scaled": {"timeperiod": 20, "nbdev": 2.5}},
}

#: Penetrations of the seven patterns that have one, besides the default.
PENETRATIONS = {"touch": 0.0, "deep": 0.8}

#: Inputs outside the domain of a logarithm or an inverse cosine: TA-Lib answers NaN or -inf.
OTHER_COLUMNS: dict[str, dict[str, list[str]]] = {
    "ACOS": {"out_of_domain": ["close"]},
    "ASIN": {"out_of_domain": ["close"]},
    "EXP": {"prices": ["close"]},
    "COS": {"prices": ["close"]},
    "SIN": {"prices": ["close"]},
    "TAN": {"prices": ["close"]},
    "LN": {"nonpositive": ["unit"]},
    "LOG10": {"nonpositive": ["unit"]},
    "SQRT": {"negative": ["unit"]},
    "CEIL": {"signed": ["unit"]},
    "FLOOR": {"signed": ["unit"]},
    "DIV": {"signed": ["unit", "close"]},
    "ROC": {"signed": ["unit"]},
    "TRIX": {"signed": ["unit"]},
    "RSI": {"signed": ["unit"]},
    "CMO": {"signed": ["unit"]},
}


def cases_of(signature: Signature) -> list[Case]:
    """Every case of one function, the defaults first."""
    name = signature.name
    if name.startswith("CDL"):
        return pattern_cases(signature)
    cases = [Case(f"{name}/default", name, "stocks", signature.columns, signature.params())]
    changes = EXTRA.get(name) or period_changes(signature)
    cases += [Case(f"{name}/{label}", name, "stocks", signature.columns, signature.params(**change))
              for label, change in changes.items()]
    cases += [Case(f"{name}/{label}", name, "stocks", columns, signature.params())
              for label, columns in OTHER_COLUMNS.get(name, {}).items()]
    cases.append(Case(f"{name}/degenerate", name, "degenerate", signature.columns, signature.params()))
    return cases


def pattern_cases(signature: Signature) -> list[Case]:
    """A candlestick pattern, on every input where something can fire."""
    name = signature.name
    cases = [Case(f"{name}/default", name, "patterns", signature.columns, signature.params())]
    cases += [Case(f"{name}/{source}", name, source, signature.columns, signature.params())
              for source in ("rare_patterns", "stocks", "degenerate")]
    if "penetration" in signature.defaults:
        for label, value in PENETRATIONS.items():
            for source, suffix in (("patterns", ""), ("rare_patterns", "_rare")):
                cases.append(Case(f"{name}/{label}{suffix}", name, source, signature.columns,
                                  signature.params(penetration=value)))
    return cases


def period_changes(signature: Signature) -> Changes:
    """The shortest period allowed, an odd one and an even one, for single-period functions."""
    if not signature.defaults:
        return {}
    assert list(signature.defaults) == ["timeperiod"], signature.name
    shortest = signature.minimums["timeperiod"]
    return {f"period_{p}": {"timeperiod": p} for p in dict.fromkeys((shortest, 2, 7, 20))
            if p >= shortest and p != signature.defaults["timeperiod"]}
