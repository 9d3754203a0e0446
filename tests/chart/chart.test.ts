/** Which bars and columns a chart draws, and what it says when it cannot. */

import { tableFromArrays } from "apache-arrow";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { drawn, fieldsOf, rowsOf } from "../support/drawn.js";
import { refusal } from "../support/refusals.js";
import { stock, stocks } from "../support/stocks.js";

type Frame = ReturnType<typeof stock>;
const ibm = stock();
const few = () => ibm.tail(60);

const indicators = (frame: Frame, options: object = {}) => frame.ta.chart(options).indicators;

test("its line says the first and the last bar, however many are drawn as one", () => {
  const days = Array.from({ length: 5000 }, (_, day) => new Date(Date.UTC(2001, 0, 1 + day)));
  const frame = pl.DataFrame({ date: days, close: days.map((_, day) => 100 + (day % 7)) });
  const last = (days.at(-1) as Date).toISOString().slice(0, 10);
  const text = ta(frame).chart().toString();
  expect(text).toBe(`Chart: 5,000 bars from 2001-01-01 to ${last}`);
});

describe("indicators of a frame", () => {
  test("are found by the names that .ta gives, and nothing else is", () => {
    const frame = few()
      .ta.rsi(14)
      .ta.macd()
      .ta.bbands({ period: 10, maType: "ema" })
      .ta.obv()
      .ta.stoch({ unnest: true })
      .withColumns(
        pl.col("close").alias("rsi"),
        pl.col("close").alias("max"),
        pl.lit("x").alias("sma_3"),
      );
    expect(indicators(frame)).toEqual([
      "rsi_14",
      "macd_12_26_9",
      "bbands_10_2_2_ema",
      "obv",
      "stoch_5_3_3",
    ]);
  });

  test("every default name of the catalog is found", () => {
    const one = ta
      .catalog()
      .filter((meta) => meta.semantics.input_slots.every((slot) => slot.default));
    const frame = ibm.head(3).withColumns(...one.map((meta) => ta.indicator(meta.id)));
    const names = frame.columns.slice(ibm.columns.length);
    expect(frame.ta.chart().indicators).toEqual(names);
  });

  test("structs under an id, and fields beside each other under one", () => {
    const frame = few().withColumns(pl.col("close").ta.macd().alias("macd"));
    expect(indicators(frame)).toEqual(["macd"]);
    const flat = few().ta.macd({ as: "macd", unnest: true }).rename({ macd_macd: "macd" });
    expect(indicators(flat)).toEqual(["macd"]);
    expect([...fieldsOf(flat.ta.chart().spec).keys()]).toEqual(
      expect.arrayContaining(["macd macd", "macd signal", "macd histogram"]),
    );
  });

  test("are what a caller says", () => {
    const frame = few()
      .ta.rsi(14)
      .ta.rsi({ period: 7, as: "mine" })
      .ta.bbands({ as: "bb", unnest: true });
    const told = [
      "macd",
      { column: "mine", id: "rsi" },
      { column: "bb", id: "bollinger_bands" },
      { column: "bb_upper", id: "bbands", output: "upper" },
      pl.col("close").ta.ema(5),
      pl.col("close").ta.macd().struct.field("signal").alias("s"),
      ta.sma(3, { series: pl.col("close").ta.rsi(5) }),
      { column: "close", pane: "own" },
    ];
    const chart = frame.ta.chart({ indicators: told });
    expect(chart.indicators).toEqual([
      "macd_12_26_9",
      "mine",
      "bb",
      "bb_upper",
      "ema_5",
      "s",
      "sma_3",
      "close",
    ]);
    expect(indicators(frame, { indicators: [] })).toEqual([]);
    expect(indicators(frame, { indicators: ["rsi_14"] })).toEqual(["rsi_14"]);
  });

  test("may be texts; conditions are marks at the bars", () => {
    const texts = [
      "rsi(7)",
      "macd(5, 20, 4).signal",
      "rsi(7) - 50 as centred",
      "close > sma(20) as above",
    ];
    const { spec, indicators } = ibm.ta.chart({ indicators: texts, last: 50 });
    expect(indicators).toEqual(["rsi_7", "macd_5_20_4_signal", "centred", "above"]);
    expect(() => ibm.ta.chart({ indicators: ["rsi(14"] })).toThrow(
      /^chart: "rsi\(14" is no column, and /,
    );
    const fields = fieldsOf(spec);
    const price = JSON.stringify((spec.vconcat as unknown[])[0]);
    expect(price).toContain(`datum.${fields.get("above")} > 0`);
    expect(price).toContain('"shape":"diamond"');
    expect(new Set(rowsOf(spec).map((row) => row[fields.get("above") as string]))).toEqual(
      new Set([0, 1]),
    );
  });

  test("computed in the chart have the values that the frame has", () => {
    const { spec } = ibm.ta.chart({ indicators: ["rsi"], last: 40 });
    const key = fieldsOf(spec).get("rsi_14") as string;
    const expected = ibm.ta.rsi(14).getColumn("rsi_14").tail(40).toArray() as number[];
    rowsOf(spec).forEach((row, index) => {
      expect(row[key]).toBeCloseTo(expected[index] as number, 4);
    });
  });
});

describe("panes", () => {
  const panes = (...names: unknown[]) => {
    const { spec } = ibm.ta.chart({ indicators: names as string[], last: 100 });
    const keys = [...fieldsOf(spec)].map(([title, key]) => [title.split(" ")[0], key] as const);
    return (spec.vconcat as { layer: { encoding?: { tooltip?: unknown } }[] }[]).map(
      ({ layer }) => {
        const text = JSON.stringify(layer.filter(({ encoding }) => !encoding?.tooltip));
        return [
          ...new Set(keys.filter(([, key]) => text.includes(`"${key}`)).map(([title]) => title)),
        ];
      },
    );
  };

  test("are shared by one indicator, and by those with the same bounds and levels", () => {
    const shared = panes(
      "rsi",
      pl.col("close").ta.rsi(5),
      "plus_di",
      "minus_di",
      "mfi",
      "atr",
      "macd",
    );
    expect(shared.slice(2)).toEqual([
      ["rsi_14", "rsi_5"],
      ["plus_di_14", "minus_di_14"],
      ["mfi_14"],
      ["atr_14"],
      ["macd_12_26_9"],
    ]);
  });

  test("outputs of other scales have panes of their own", () => {
    const [price, , state] = panes("supertrend");
    expect(price).toContain("supertrend_10_3");
    expect(state).toEqual(["supertrend_10_3"]);
  });

  test.each(["light", "dark"] as const)("give each series a colour of its own: %s", (theme) => {
    const lines = [5, 10, 20, 50, 100].map((period) => pl.col("close").ta.sma(period));
    const { spec } = ibm.ta.chart({ indicators: [...lines, "donchian"], theme });
    const text = JSON.stringify((spec.vconcat as unknown[])[0]);
    const found = [...fieldsOf(spec)].filter(([title]) => /sma|upper/.test(title));
    const colors = found.map(([, key]) => {
      const layer = new RegExp(`"color":"(#\\w+)"[^{}]*\\},"encoding":\\{"y":\\{"field":"${key}"`);
      return layer.exec(text)?.[1];
    });
    expect(colors).not.toContain(undefined);
    expect(new Set(colors).size).toBe(6);
  });

  test("can be named", () => {
    const named = [
      { column: pl.col("close").ta.rsi(9), pane: "mine" },
      { column: pl.col("close").ta.roc(9), pane: "mine" },
      { column: pl.col("volume").ta.sma(20).alias("mean"), pane: "volume" },
    ];
    expect(panes(...named).slice(1)).toEqual(
      [["mean", "Volume"].toSorted().reverse(), ["rsi_9", "roc_9"]].map((one) =>
        expect.arrayContaining(one.filter((name) => name !== "Volume")),
      ),
    );
  });
});

describe("bars", () => {
  const first = (frame: Frame, options: object) => rowsOf(frame.ta.chart(options).spec)[0];

  test("of one symbol, computed within it", () => {
    const { spec } = stocks().ta.chart({
      symbol: "AAPL",
      indicators: ["sma"],
      last: 10_000,
      maxBars: 10_000,
    });
    const rows = rowsOf(spec);
    const key = fieldsOf(spec).get("sma_30") as string;
    expect(rows.length).toBe(stock("AAPL").height);
    expect(rows.findIndex((row) => row[key] !== undefined)).toBe(29);
    expect(
      stocks().rename({ symbol: "who" }).ta.chart({ by: "who", symbol: "FB" }).toString(),
    ).toContain("of FB");
  });

  test("from, to and last", () => {
    const between = { from: "2012-03", to: "2012-04" };
    expect(ibm.ta.chart(between).toString()).toMatch(/42 bars from 2012-03-01 to 2012-04-30/);
    expect(ibm.ta.chart({ ...between, last: 5 }).toString()).toMatch(
      /5 bars from 2012-04-24 to 2012-04-30/,
    );
    // The lines that ichimoku draws ahead have no bars, and merged bars have the time of their first.
    const ahead = { ...between, indicators: ["ichimoku"], maxBars: 10 };
    expect(ibm.ta.chart(ahead).toString()).toMatch(/42 bars from 2012-03-01 to 2012-04-30/);
    expect(ibm.ta.chart({ from: new Date("2013-02-27") }).toString()).toMatch(/3 bars/);
    const [, second] = ibm.getColumn("date").toArray() as unknown as Date[];
    expect(ibm.ta.chart({ to: second as Date }).toString()).toMatch(/2 bars/);
    const numbered = ibm.drop("date");
    expect(first(numbered, { from: 100, to: 109 })?.close).toBe(ibm.getColumn("close").get(100));
    expect(numbered.ta.chart({ from: 100, to: 109 }).toString()).toMatch(/10 bars/);
  });

  test("without highs and lows are a line", () => {
    const line = few().select("date", "close").ta.chart();
    expect(JSON.stringify(line.spec)).not.toContain("triangle");
    expect((line.spec.vconcat as unknown[]).length).toBe(1);
    expect(few().ta.chart({ volume: false }).spec.vconcat).toHaveLength(1);
  });

  test("with nulls and NaN leave gaps", () => {
    const close = [1, null, Number.NaN, 4, Number.POSITIVE_INFINITY, 6];
    const rows = rowsOf(pl.DataFrame({ close }).ta.chart().spec);
    expect(rows.map((row) => row.close)).toEqual([1, undefined, undefined, 4, undefined, 6]);
  });

  test("are drawn ahead or behind by the catalog's shift, also at the edges of a range", () => {
    const shifted = ta
      .catalog()
      .filter((meta) => meta.outputs.some((output) => output.display_shift));
    expect(shifted.length).toBeGreaterThan(3);
    for (const meta of shifted) {
      const chart = ibm.ta.chart({ indicators: [meta.id], last: 80 });
      const rows = rowsOf(chart.spec);
      const [name] = chart.indicators;
      const plain = ibm.select(ta.indicator(meta.id).alias("x"));
      for (const { name: field, display_shift: shift } of meta.outputs) {
        const multiple = meta.outputs.length > 1;
        const values = (
          multiple ? plain.unnest("x").getColumn(field) : plain.getColumn("x")
        ).toArray() as (number | null)[];
        const key = fieldsOf(chart.spec).get(multiple ? `${name} ${field}` : `${name}`) as string;
        const start = ibm.height - 80 - shift;
        rows.forEach((row, index) => {
          const value = values[start + index] ?? undefined;
          if (value === undefined) expect(row[key]).toBeUndefined();
          else expect(row[key]).toBeCloseTo(value, 3);
        });
      }
      const ahead = Math.max(0, ...meta.outputs.map((output) => output.display_shift));
      expect(rows.length).toBe(80 + ahead);
    }
  });

  test("have the prices that the catalog draws with an indicator, moved as it says", () => {
    const metas = ta.catalog().filter(({ visual }) => visual.prices);
    expect(metas.length).toBeGreaterThan(0);
    for (const meta of metas) {
      // Also from a column, and of columns with other names.
      const frames = [
        ibm.ta.chart({ indicators: [meta.id], last: 80 }),
        ibm.withColumns(ta.indicator(meta.id)).ta.chart({ last: 80 }),
        ibm.rename({ close: "Adj Close" }).ta.chart({
          indicators: [meta.id],
          close: "Adj Close",
          last: 80,
        }),
      ];
      for (const chart of frames) {
        const [name] = chart.indicators;
        for (const { name: field, price, display_shift: shift } of meta.visual.prices ?? []) {
          const values = ibm.getColumn(price).toArray() as number[];
          const key = fieldsOf(chart.spec).get(`${name} ${field}`) as string;
          for (const [index, row] of rowsOf(chart.spec).entries()) {
            expect(row[key]).toBe(values[ibm.height - 80 - shift + index]);
          }
        }
      }
      const [{ name: line } = { name: "" }] = meta.visual.prices ?? [];
      const one = { column: ta.indicator(meta.id).struct.field(meta.outputs[0]?.name ?? "") };
      const titles = [...fieldsOf(ibm.ta.chart({ indicators: [one], last: 80 }).spec).keys()];
      expect(titles.filter((title) => title.includes(line))).toEqual([]);
    }
  });

  test("100,000 become few enough, with all highs, lows and volume", () => {
    const size = 100_000;
    const close = Array.from(
      { length: size },
      (_, i) => 100 + Math.sin(i / 900) * 20 + (i % 7) / 10,
    );
    const frame = pl.DataFrame({
      time: close.map((_, i) => new Date(1.6e12 + i * 60_000)),
      open: close.map((x) => x - 0.1),
      high: close.map((x, i) => x + (i === 77_777 ? 50 : 1)),
      low: close.map((x) => x - 1),
      close,
      volume: close.map((_, i) => i % 10),
    });
    const events = close.map((_, i) => i % 1000 === 123);
    const chart = frame.withColumn(pl.Series("mine", events)).ta.chart({
      indicators: [{ column: "mine", id: "crossup", pane: "price" }],
    });
    const rows = rowsOf(chart.spec);
    const each = Math.ceil(size / 1500);
    expect(rows.length).toBe(Math.ceil(size / each));
    expect(JSON.stringify(chart.spec).length).toBeLessThan(1e6);
    expect(JSON.stringify(chart.spec)).toContain(`(${each} bars each)`);
    expect(Math.max(...rows.map((row) => row.high as number))).toBeCloseTo(
      50 + (close[77_777] as number),
      4,
    );
    expect(rows.reduce((sum, row) => sum + (row.volume as number), 0)).toBe(450_000);
    expect(rows[0]).toMatchObject({
      open: (close[0] as number) - 0.1,
      close: Number(close[each - 1]?.toPrecision(8)),
    });
    const key = fieldsOf(chart.spec).get("mine") as string;
    expect(rows.filter((row) => row[key] === 1).length).toBe(100);
  });
});

describe("the axis of times", () => {
  const labels = (frame: Frame, options: object = {}) => {
    const { params } = frame.ta.chart({ width: 400, ...options }).spec as {
      params: { value: object }[];
    };
    return Object.entries(params[0]?.value ?? {}) as [string, string][];
  };

  /** The labels of a picture that has room for about fifty. */
  const pictured = async (frame: Frame, options: object = {}) => {
    const svg = await frame.ta.chart({ width: 3900, ...options }).toSVG();
    const texts = svg.matchAll(/<text text-anchor="middle"[^>]*opacity="1"[^>]*>([^<]+)</g);
    return [...texts].map(([, text = ""]) => text);
  };

  test("has no gaps: bars stand beside each other whatever the days", () => {
    expect(rowsOf(few().ta.chart().spec).map((row) => row.i)).toEqual([...Array(60).keys()]);
  });

  test("names years, months and days by how much is drawn", async () => {
    expect(await pictured(ibm)).toEqual(expect.arrayContaining(["2001", "2012"]));
    const days = await pictured(ibm, { last: 30 });
    expect(days).toContain("Feb 2013");
    expect(days).toContain("20");
  });

  test("says once of which year days and months are", async () => {
    const shown = (options: object) => pictured(ibm, options);
    const year = (label: string) => /\b2012\b/.test(label);
    for (const range of [
      { from: "2012-03", to: "2012-10" }, // months
      { from: "2012-03-20", to: "2012-04-20" }, // days and the first of a month
      { from: "2012-03-05", to: "2012-03-20" }, // days
      { from: "2011-11", to: "2012-02" }, // a year begins
    ]) {
      expect((await shown(range)).filter(year), range.from).toHaveLength(1);
    }
    expect((await shown({ from: "2012-03-05", to: "2012-03-20" }))[0]).toMatch(/^\d+ Mar 2012$/);
    expect(await shown({ from: "2012-03-20", to: "2012-04-20" })).toContain("Apr 2012");
  });

  test("shows times of day as the clocks of the zone do", async () => {
    const time = Array.from({ length: 50 }, (_, i) => new Date(Date.UTC(2024, 6, 1, 13, 30 + i)));
    const frame = pl.DataFrame({ time, close: time.map((_, i) => i) });
    expect(await pictured(frame)).toContain("14:00");
    const zoned = frame.withColumn(
      pl.col("time").cast(pl.Datetime("ms")).cast(pl.Datetime("ms", "America/New_York")),
    );
    expect(await pictured(zoned)).toContain("10:00");
  });

  test("numbers bars without times, as they are numbered in the frame", () => {
    const numbered = labels(ibm.drop("date"), { from: 100, to: 199 });
    expect(numbered).toEqual(expect.arrayContaining([["20", "120"]]));
  });

  test("reads text", () => {
    const text = pl.DataFrame({ date: ["2024-01-02", "2024-01-03"], close: [1, 2] });
    expect(text.ta.chart().toString()).toMatch(/from 2024-01-02 to 2024-01-03/);
  });
});

describe("refuses in one sentence", () => {
  test.each<[string, (frame: Frame) => unknown, RegExp]>([
    [
      "several symbols",
      () => stocks().ta.chart(),
      /4 symbols, "AAPL", "FB", "IBM", "MSFT"; say whose with symbol: "AAPL"/,
    ],
    [
      "an unknown symbol",
      () => stocks().ta.chart({ symbol: "X" }),
      /no symbol "X"; the frame has "AAPL"/,
    ],
    [
      "a symbol without symbols",
      (f) => f.drop("symbol").ta.chart({ symbol: "X" }),
      /no column "symbol"/,
    ],
    [
      "an unknown option",
      (f) => f.ta.chart({ indicator: [] } as never),
      /unknown option "indicator" \(did you mean "indicators"\?\); it takes indicators/,
    ],
    [
      "an unknown indicator",
      (f) => f.ta.chart({ indicators: ["rsii"] }),
      /"rsii" is no column, and unknown indicator "rsii" \(did you mean "rsi"/,
    ],
    [
      "an unknown id",
      (f) => f.ta.chart({ indicators: [{ column: "close", id: "smaa" }] }),
      /did you mean "sma"/,
    ],
    [
      "an unknown output",
      (f) => f.ta.chart({ indicators: [{ column: "close", id: "macd", output: "x" }] }),
      /no output "x"; it has macd, signal, histogram/,
    ],
    [
      "an unknown column",
      (f) => f.ta.chart({ indicators: [{ column: "x", id: "rsi" }] }),
      /no column "x"; the frame has/,
    ],
    [
      "a column that says nothing",
      (f) => f.ta.chart({ indicators: ["close"] }),
      /"close" is not named after an indicator; say what it is/,
    ],
    [
      "a column without fields",
      (f) => f.ta.chart({ indicators: [{ column: "close", id: "macd" }] }),
      /lacks the fields of macd/,
    ],
    [
      "a text as an indicator",
      (f) => f.ta.chart({ indicators: [{ column: "symbol", id: "rsi" }] }),
      /"symbol" is String/,
    ],
    ["no closes", (f) => f.drop("close").ta.chart(), /no column "close"/],
    ["closes of text", (f) => f.ta.chart({ close: "symbol" }), /close must be numbers/],
    [
      "candles without prices",
      (f) => f.drop("high").ta.chart({ style: "candles" }),
      /style: "candles" needs open, high, low/,
    ],
    ["no rows", (f) => f.head(0).ta.chart(), /no rows/],
    ["an empty range", (f) => f.ta.chart({ from: "2030-01-01" }), /no bars from 2030-01-01/],
    ["a limit that is no time", (f) => f.ta.chart({ from: "soon" }), /from must be a time such as/],
    [
      "a time without times",
      (f) => f.drop("date").ta.chart({ from: "2012-01-01" }),
      /bars are numbered/,
    ],
    [
      "times that go back",
      (f) => f.sort("date", true).ta.chart(),
      /"date" has the newest time first; sort the frame first/,
    ],
    ["last of nothing", (f) => f.ta.chart({ last: 0 }), /last must be a whole number from 1/],
    [
      "an unknown theme",
      (f) => f.ta.chart({ theme: "blue" as never }),
      /theme must be "auto", "light" or "dark"/,
    ],
    [
      "indicators that are no array",
      (f) => f.ta.chart({ indicators: "rsi" as never }),
      /indicators must be an array/,
    ],
    [
      "something else than a frame",
      () => ta.chart([1, 2]),
      /must be a DataFrame, a LazyDataFrame or an Arrow table/,
    ],
  ])("%s", (_, call, says) => {
    expect(refusal(() => call(few()))).toMatch(says);
  });
});

describe("a small picture", () => {
  const options = {
    symbol: "AAPL",
    width: 480,
    height: 230,
    volume: false,
    style: "line",
  } as const;

  test("has the marks of its lowest and highest bars inside of the pane", async () => {
    const marked = ["close > 0 as first", "close > 1 as second", "close > 2 as third"];
    const { marks } = await drawn(stocks().ta.chart({ ...options, indicators: marked }).spec);
    const symbols = marks.filter(({ type }) => type === "symbol").flatMap(({ items }) => items);
    // Three series, one mark in eight pixels at least.
    expect(symbols.length).toBeGreaterThan(3 * 25);
    const places = symbols.map(({ y }) => y as number);
    expect(Math.max(...places)).toBeLessThan(230 - 8 - 28 - 3);
  });

  test.each(["2012-10-01", "2013-01-15", "2013-03-01"])(
    "has no label under the tag on %s",
    async (to) => {
      const svg = await stocks()
        .ta.chart({ ...options, to, last: 100 })
        .toSVG();
      const labels = [...svg.matchAll(/translate\(6,([\d.]+)\)"[^>]*>[\d.]+</g)].map(([, y]) =>
        Number(y),
      );
      const [, tag] = /translate\(410,([\d.]+)\)"[^>]*>[\d.]+</.exec(svg) ?? [];
      expect(labels.length).toBeGreaterThan(2);
      expect(labels.filter((y) => Math.abs(y - Number(tag)) < 12)).toEqual([]);
    },
  );
});

test("the name of an indicator stands on one line with its only value", async () => {
  for (let letters = 1; letters < 45; letters++) {
    const name = "x".repeat(letters);
    const indicators = [{ column: pl.col("close").alias(name), pane: "price" }];
    const svg = await few().ta.chart({ width: 480, indicators, style: "line" }).toSVG();
    const [, top] = new RegExp(`,([\\d.]+)\\)"[^>]*>${name}<`).exec(svg) ?? [];
    const after = svg.slice(svg.indexOf(`>${name}<`));
    const [, below] = /,([\d.]+)\)"[^>]*>[\d.]+</.exec(after) ?? [];
    expect(top, name).toBeDefined();
    expect(below, name).toBe(top);
  }
});

describe("of other tables", () => {
  test("a LazyFrame: a promise", async () => {
    const chart = await stocks().lazy().ta.rsi(14, { over: "symbol" }).ta.chart({ symbol: "FB" });
    expect(chart.indicators).toEqual(["rsi_14"]);
    expect(refusal(() => stocks().lazy().ta.chart({ last: -1 }))).toMatch(/last/);
    expect((await ta.chart(few().lazy())).toString()).toMatch(/60 bars/);
  });

  test("an Arrow table", async () => {
    const table = tableFromArrays({ close: Float64Array.of(1, 2, 3, 2) });
    const chart = await ta.chart(table, { indicators: [ta.sma(2)] });
    expect(chart.toString()).toBe("Chart: 4 bars, sma_2");
  });
});
