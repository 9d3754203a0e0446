/** Pipelines for Python: configurations, frames, and what Node gives or refuses, as files. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type PipelineConfig, ta } from "nodejs-polars-ta";
import { frameOfBars, playOf } from "./live.js";
import { config, lenient, operators } from "./live-texts.js";
import { stocks } from "./stocks.js";

/** The bars of all symbols, with dates as text. */
const AS_TEXT = stocks().withColumns(pl.col("date").cast(pl.Utf8));

/** A configuration over a frame. */
interface Case {
  readonly frame: string;
  readonly config: unknown;
}

const LITTLE = pl.DataFrame({
  day: pl.Series("day", [1, 2, 3, 4, 5, 6], pl.Int64),
  Close: [10, 12, 11, 13.5, 13, 14],
  HIGH: [11, 13, 12, 14, 14, 15],
  low: [9, 11, 10, 12, 12, 13],
  volume: pl.Series("volume", [100, 250, 0, 75, 80, 3], pl.Int64),
  small: pl.Series("small", [1, -2, 3, 7, 5, 6], pl.Int32),
  single: pl.Series("single", [0.1, 0.2, 0.3, 1.5, 2, 3], pl.Float32),
  word: ["A", "B", "A", "B", "A", "B"],
  flag: [true, false, null, true, true, false],
});

/** Texts over the little frame: types that mix, constants, usual columns in any case. */
const TEXTS = [
  ...["volume % 2", "-volume", "volume + 1", "volume / 2", "volume ** 2", "small ** volume"],
  ...["small * small", "single + 1", "single * single", "-single", "-small", "small + volume"],
  ...["small % small", "small / small", "single / single", "volume % 0", "-2 ** 2", "7", "-0"],
  ...["true", "'text'", "1 < 2", "not flag", "flag and volume > 80", "flag == true"],
  ...["word == 'A'", "word < 'B' or flag", "volume > 1 and small != 3", "atr(2)", "sma(2)"],
  ...["sum(volume > 80, 2)", "sma(word == 'A', 2)", "macd(2, 3, 2)", "macd(2, 3, 2).signal"],
  ...["shift(Close, 1) / HIGH - 1", "crossup(ema(2), 12)", "bbands(2).upper - low", "obv"],
];

const stock = (given: object): Case => ({ frame: "stocks", config: given });

/** Configurations that are right. */
const RIGHT: readonly Case[] = [
  { frame: "little", config: { features: TEXTS } },
  { frame: "little", config: { features: TEXTS, over: "word", time: false } },
  { frame: "little", config: { features: ["sma(2)"], keep: "none", unnest: true } },
  stock({ over: "symbol", features: ["rsi(14)", "macd", "close / sma(20) - 1 as trend"] }),
  stock({ over: ["symbol"], time: "date", timeFormat: "%Y-%m-%d", features: ["atr(7)"] }),
  stock({ over: "symbol", unnest: true, keep: ["date", "symbol"], features: ["macd", "kc"] }),
  stock({
    over: "symbol",
    inputs: { close: "(high + low) / 2", spread: "high - low" },
    missing: "propagate",
    features: [
      "sma(spread, 3)",
      { expr: "ema(5) > ema(20)", as: "up" },
      { id: "ma", params: { period: [5, 10], ma_type: ["sma", "ema"] }, as: "{ma_type} {period}" },
      { id: "macd", inputs: { series: "open" }, output: "signal", missing: "skip" },
    ],
  }),
  stock({
    over: "symbol",
    features: ["swing_points(right=5, confirmed=false)"],
    allowLookahead: ["swing_points"],
  }),
  stock({
    over: "symbol",
    inputs: { close: "(high + low) / 2" },
    features: ["rsi(14)"],
    labels: [
      "forward_return(10)",
      { id: "triple_barrier", params: { period: [5, 10] }, as: "tb{period}" },
      "trend_scanning.label > 0 as up",
    ],
  }),
];

const rsi = { features: ["rsi(14)"] };

/** Configurations that are refused, or that do not fit the frame. */
const WRONG: readonly Case[] = [
  ...[{}, [], { feature: ["rsi"] }, { features: [] }, { features: "rsi" }, { features: [3] }],
  ...[{ features: [{}] }, { features: [{ id: "rsi", expr: "rsi" }] }, { ...rsi, over: [] }],
  ...[{ features: ["rsi", { id: "ema", param: { period: 3 } }] }, { ...rsi, time: true }],
  ...[{ features: [{ id: "ema", params: { period: [] } }] }, { ...rsi, timeFormat: "iso" }],
  ...[
    { ...rsi, unnest: "yes" },
    { ...rsi, missing: "drop" },
    { ...rsi, keep: "some" },
  ],
  ...[{ ...rsi, inputs: ["close"] }, { ...rsi, allowLookahead: true }, { features: ["rsj(14)"] }],
  ...[{ features: [{ id: "rsi", params: { perid: 3 } }] }, { features: ["rsi(14) <"] }],
  ...[{ features: ["sma(3)", "sma(open, 3)"] }, { ...rsi, inputs: { clsoe: "other" } }],
  ...[{ features: ["swing_points(confirmed=false)"] }, { features: ["macd + 1"] }],
  ...[
    { ...rsi, labels: [] },
    { ...rsi, labels: ["rsi(14)"] },
    { ...rsi, labels: "rsi" },
  ],
  ...[
    { ...rsi, time: false, labels: ["forward_return"] },
    { ...rsi, labels: ["forward_retrn()"] },
  ],
  ...[
    { ...rsi, writtenBy: 3 },
    { ...rsi, writtenBy: { library: "other" } },
  ],
  // The frame lacks a column.
  ...[{ features: ["sma(clse, 3)"] }, { features: ["rsi > 30"] }, { ...rsi, over: "symbl" }],
  ...[
    { ...rsi, time: "dat" },
    { ...rsi, over: "symbol", keep: ["symbl"] },
  ],
  // Its rows are not in order.
  ...[rsi, { ...rsi, time: "date" }, { ...rsi, over: "symbol", timeFormat: "%d.%m.%Y" }],
].map(stock);

/** Columns of times over which nothing is in order, by the name of their frame. */
function disordered(): Record<string, DataFrame> {
  const times = stocks()
    .filter(pl.col("symbol").eq(pl.lit("IBM")))
    .head(40);
  const some = times.withColumns(pl.col("date").cast(pl.Utf8));
  const row = pl.col("row");
  return {
    newest_first: some.sort("date", true),
    dates_newest_first: times.sort("date", true),
    repeated: pl.concat([some.head(3), some.head(2)]),
    back: times.withRowIndex("row").sort(row.modulo(7)).drop("row"),
    unknown_column: pl
      .concat([some.drop("symbol"), some.drop("symbol")])
      .withColumns(pl.lit("x").alias("kind")),
    no_time: some.withColumns(pl.lit("soon").alias("date")),
    time_of_day: some.withColumns(pl.lit("09:30").alias("date")),
    two_times: times.withColumns(pl.col("date").alias("when")).rename({ date: "then" }),
    swapped: some.withColumns(pl.lit("03/04/2013").alias("date")),
    seconds: some.withRowIndex("row").withColumns(row.mul(-60).add(1.7e9).alias("date")),
    digits: some.withRowIndex("row").withColumns(row.mul(-1).add(20240131).alias("date")),
    short_dates: some.withColumns(pl.lit(130301).alias("date")),
    missing: times.withColumns(pl.lit(null).cast(pl.Date).alias("date")),
  };
}

/** What Node says about a case: its result as a frame, or its refusal. */
function outcome(frame: DataFrame, { config: given }: Case) {
  try {
    const pipeline = ta.pipeline(given as PipelineConfig);
    const { columns, inputs, over, lookback, lookahead } = pipeline;
    const stableAfter = Number.isFinite(pipeline.stableAfter) ? pipeline.stableAfter : null;
    const explained = pipeline.explain();
    const { labels } = pipeline;
    const about = { columns, labels, inputs, over, lookback, stableAfter, lookahead, explained };
    const made = pipeline.apply(frame, { labels: labels.length > 0 });
    return { made, about: { ...about, written: pipeline.toJSON() } };
  } catch (error) {
    const { name, message } = error as Error;
    // What a run refuses is an error of polars in Python, with other words.
    const isOurs = name === "TaError" && !message.includes("has a missing value in row");
    return { refused: isOurs ? message : undefined };
  }
}

/** Random pipelines, each over a frame of its own. */
function random(frames: Record<string, DataFrame>): Case[] {
  const drawn = [
    ...fc.sample(config, { numRuns: 40, seed: 11 }),
    ...fc.sample(lenient, { numRuns: 40, seed: 12 }),
    ...fc.sample(operators, { numRuns: 30, seed: 13 }),
  ];
  return drawn.map((given, seed) => {
    const rows = 2 + ((seed * 37) % 300);
    const play = playOf({ config: given, seed, rows, keys: 1 + (seed % 3), gaps: seed % 2 === 0 });
    const frame = `random_${seed}`;
    frames[frame] = frameOfBars(play.bars);
    return { frame, config: play.config };
  });
}

/** Writes `pipelines.json`, and the frames and results that it names, to a folder. */
export function writePipelines(folder: string): void {
  const frames: Record<string, DataFrame> = { stocks: AS_TEXT, little: LITTLE, ...disordered() };
  const unordered = Object.keys(disordered()).map((frame) => ({ frame, config: rsi }));
  const cases = [...RIGHT, ...WRONG, ...unordered, ...random(frames)];
  const written = cases.flatMap((one, index): object[] => {
    const { made, about, refused } = outcome(frames[one.frame] as DataFrame, one);
    if (made === undefined) return refused === undefined ? [] : [{ ...one, refused }];
    const result = `pipeline_${index}.wanted.parquet`;
    made.writeParquet(join(folder, result));
    return [{ ...one, result, ...about }];
  });
  for (const [name, frame] of Object.entries(frames)) {
    frame.writeParquet(join(folder, `${name}.frame.parquet`));
  }
  writeFileSync(join(folder, "pipelines.json"), JSON.stringify(written));
}
