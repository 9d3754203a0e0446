/** Features of files: every format in and out, several files, and what is refused. */

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import pl, { type DataFrame } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles, type Progress } from "nodejs-polars-ta/files";
import { describe, expect, test } from "vitest";
import { expectFrame, readAny, stocks, temporaryFolder, writeAny } from "../support/files.js";
import { refusedWork } from "../support/refusals.js";

const { at, list } = temporaryFolder("files");
const bars = stocks();
const features = ["rsi(14)", "macd(12, 26, 9) as m", "close / sma(50) - 1 as trend"];
const pipeline = ta.pipeline({ over: "symbol", features });
const flat = ta.pipeline({ over: "symbol", features, unnest: true });
const FORMATS = ["csv", "parquet", "arrow"];

for (const format of FORMATS) writeAny(bars, at(`bars.${format}`));

const run = (inputs: string | string[], out: string, more: Partial<ComputeFilesOptions> = {}) =>
  computeFiles({ inputs, out: at(out), pipeline, ...more });

/** What a refused computation says; nothing may be left of it. */
const refusal = (work: () => Promise<unknown>) => refusedWork(list, work);

describe.each(FORMATS)("from %s", (from) => {
  test.each(FORMATS)("to %s", async (to) => {
    const out = `from-${from}.${to}`;
    const written = await run(at(`bars.${from}`), out);
    // A CSV file has no structs.
    const wanted = (to === "csv" ? flat : pipeline).apply(bars);
    expect(written).toEqual({
      out: at(out),
      rows: bars.height,
      columns: wanted.columns,
      batches: 1,
    });
    expectFrame(readAny(at(out)), wanted);
  });
});

describe("several files", () => {
  const symbols = ["AAPL", "IBM", "MSFT"];
  const of = (symbol: string): DataFrame => bars.filter(pl.col("symbol").eq(pl.lit(symbol)));
  mkdirSync(at("many"));
  for (const symbol of symbols) writeAny(of(symbol), at(`many/${symbol}.parquet`));
  const wanted = pipeline.apply(pl.concat(symbols.map(of)));

  test("by name and by pattern, each once, in the order of their names", async () => {
    for (const inputs of [
      [at("many/*.parquet")],
      symbols.map((symbol) => at(`many/${symbol}.parquet`)),
      [at("many/AAPL.parquet"), at("many/*.parquet")],
      [at("**/{AAPL,IBM,MSFT}.parquet")],
    ]) {
      await run(inputs, "many.parquet");
      expectFrame(readAny(at("many.parquet")), wanted);
    }
  });

  test("of several formats", async () => {
    writeAny(of("AAPL"), at("a.csv"));
    writeAny(of("IBM"), at("b.arrow"));
    writeAny(of("MSFT"), at("c.parquet"));
    const types = { volume: pl.Int64 };
    const same = (file: string) =>
      readAny(at(file)).withColumns(pl.col("volume").cast(types.volume));
    for (const file of ["b.arrow", "c.parquet"]) writeAny(same(file), at(file));
    const whole = ta.pipeline({ over: "symbol", features: ["rsi(14)"] });
    await run([at("a.csv"), at("b.arrow"), at("c.parquet")], "mixed.parquet", { pipeline: whole });
    expectFrame(readAny(at("mixed.parquet")), whole.apply(pl.concat(symbols.map(of))));
  });

  test("must have the same columns, of the same types", async () => {
    writeAny(of("IBM").drop("volume"), at("less.parquet"));
    writeAny(of("IBM").withColumns(pl.lit(1).alias("more")), at("more.parquet"));
    writeAny(of("IBM").withColumns(pl.col("close").cast(pl.Utf8)), at("text.parquet"));
    const say = (file: string) =>
      refusal(() => run([at("many/AAPL.parquet"), at(file)], "x.parquet"));
    const [first] = [at("many/AAPL.parquet")];
    expect(await say("less.parquet")).toBe(
      `TaError: "${at("less.parquet")}" has no column "volume", which "${first}" has`,
    );
    expect(await say("more.parquet")).toBe(
      `TaError: "${at("more.parquet")}" has a column "more", which "${first}" does not have`,
    );
    expect(await say("text.parquet")).toBe(
      `TaError: column "close" is String in "${at("text.parquet")}" and Float64 in "${first}"`,
    );
  });
});

describe("columns", () => {
  test("stay as asked", async () => {
    for (const keep of ["none", ["symbol", "date"]] as const) {
      await run(at("bars.parquet"), "kept.parquet", { keep });
      expectFrame(readAny(at("kept.parquet")), pipeline.apply(bars, { keep }));
    }
  });

  test("of numbers may have whole ones in their first rows", async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => (i < 11_000 ? i : i + 0.5));
    writeFileSync(at("whole.csv"), `close\n${rows.join("\n")}\n`);
    const sma = ta.pipeline({ features: ["sma(2)"] });
    await run(at("whole.csv"), "whole.parquet", { pipeline: sma });
    expectFrame(readAny(at("whole.parquet")), sma.apply(pl.DataFrame({ close: rows })));
  });
});

describe("columns of groups in a CSV file", () => {
  test("are names, also where they look like numbers", async () => {
    const names = ["000001", "600000"].flatMap((name) => Array<string>(11_000).fill(name));
    const all = [...names, "AAPL", "AAPL", "AAPL"];
    const rows = all.map((name, i) => `${name},${100 + (i % 9)}`);
    writeFileSync(at("names.csv"), `symbol,close\n${rows.join("\n")}\n`);
    const sma = ta.pipeline({ over: "symbol", features: ["sma(2)"] });
    await run(at("names.csv"), "names.parquet", { pipeline: sma });
    const frame = pl.DataFrame({ symbol: all, close: all.map((_, i) => 100 + (i % 9)) });
    expectFrame(readAny(at("names.parquet")), sma.apply(frame));
  });
});

describe("order", () => {
  const backwards = bars.reverse();
  writeAny(backwards, at("backwards.parquet"));

  test("is checked within groups, and the row is named", async () => {
    const message = await refusal(() => run(at("backwards.parquet"), "x.parquet"));
    expect(message).toBe(
      'TaError: compute: column "date" has the newest time first in every group; sort them with sort: true',
    );
    writeAny(pl.concat([bars.slice(1, 5), bars.head(1)]), at("disordered.parquet"));
    expect(await refusal(() => run(at("disordered.parquet"), "x.parquet"))).toBe(
      'TaError: compute: column "date" goes back within symbol AAPL from "2000-03-08" to "2000-03-01" in row 5; sort them with sort: true',
    );
  });

  test("can be made", async () => {
    await run(at("backwards.parquet"), "sorted.parquet", { sort: true });
    const wanted = pipeline.apply(bars.sort(["symbol", "date"]));
    expectFrame(readAny(at("sorted.parquet")), wanted);
  });

  test("is not checked without times, and that is said", async () => {
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    writeAny(backwards.drop("date"), at("timeless.parquet"));
    await run(at("timeless.parquet"), "timeless-out.parquet", { onNotice });
    expect(notices).toEqual(["the order of the bars is not checked: no column has times"]);
  });

  test("a time column must be one", async () => {
    const ask = (time: string) => refusal(() => run(at("bars.parquet"), "x.parquet", { time }));
    expect(await ask("when")).toMatch(/time is "when", which is no column/);
    expect(await ask("close")).toMatch(
      /column "close" has "\d+\.\d+", which is no time in a known form; say how/,
    );
  });
});

describe("what cannot be", () => {
  test.each([
    [["nothing.parquet"], /there is no file ".*nothing\.parquet"/],
    [["*.nothing"], /no file matches ".*\*\.nothing"/],
    [["many"], /"many" is not a file|".*many" is not a file/],
    [["bars.txt"], /there is no file/],
  ])("inputs %j", async (inputs, message) => {
    expect(await refusal(() => run(inputs.map(at), "x.parquet"))).toMatch(message);
  });

  test("files that are not what they are called", async () => {
    writeFileSync(at("no.parquet"), "not Parquet");
    writeFileSync(at("empty.csv"), "");
    writeFileSync(at("header.csv"), "symbol,close\n");
    writeFileSync(at("x.txt"), "a");
    const say = (file: string) => refusal(() => run(at(file), "x.parquet"));
    expect(await say("no.parquet")).toMatch(/^TaError: ".*no\.parquet" cannot be read: /);
    expect(await say("empty.csv")).toMatch(/^TaError: ".*empty\.csv" cannot be read: /);
    expect(await say("x.txt")).toMatch(/is of no known format; its name must end in \.csv, /);
    const rsi = ta.pipeline({ features: ["sma(2)"] });
    expect(await refusal(() => run(at("header.csv"), "x.parquet", { pipeline: rsi }))).toMatch(
      /no rows|has dtype/,
    );
  });

  test("text among numbers, with file, row and column", async () => {
    const lines = readFileSync(at("bars.csv"), "utf8").split("\n");
    const close = lines[0]?.split(",").indexOf("close") ?? 0;
    // Near the beginning, where the type is told, and far behind.
    for (const row of [7, lines.length - 5]) {
      const broken = lines.map((line, index) =>
        index === row ? line.split(",").with(close, "n/a").join(",") : line,
      );
      writeFileSync(at("broken.csv"), broken.join("\n"));
      expect(await refusal(() => run(at("broken.csv"), "x.parquet"))).toBe(
        `TaError: "${at("broken.csv")}" has "n/a" in row ${row} of column "close": a number is needed; if it stands for a missing one, say so with nullValue: "n/a"`,
      );
    }
  });

  test("columns that are not there, with the nearest", async () => {
    writeAny(bars.rename({ close: "closes" }), at("renamed.parquet"));
    expect(await refusal(() => run(at("renamed.parquet"), "x.parquet"))).toMatch(
      /reads "close", which is no column of the frame \(did you mean "closes"\?\)/,
    );
  });

  test("outputs", async () => {
    mkdirSync(at("folder.parquet"));
    const say = (out: string) => refusal(() => run(at("bars.parquet"), out));
    expect(await say("folder.parquet")).toMatch(/cannot be written: it is not a file/);
    expect(await say("missing/x.parquet")).toMatch(/cannot be written: there is no directory/);
    expect(await say("x.xlsx")).toMatch(/is of no known format/);
    await expect(run(at("bars.parquet"), "x.parquet", { memory: -1 })).rejects.toThrow(
      "compute: memory must be a number of bytes, got -1",
    );
  });
});

describe("the output", () => {
  test("may be an input", async () => {
    writeAny(bars, at("same.parquet"));
    await run(at("same.parquet"), "same.parquet");
    expectFrame(readAny(at("same.parquet")), pipeline.apply(bars));
  });

  test("is not an input because a pattern matches it", async () => {
    mkdirSync(at("again"));
    writeAny(bars, at("again/bars.parquet"));
    for (const _ of [1, 2]) await run(at("again/*.parquet"), "again/features.parquet");
    expectFrame(readAny(at("again/features.parquet")), pipeline.apply(bars));
  });

  test.skipIf(process.platform === "win32")("keeps a link and the rights of a file", async () => {
    writeFileSync(at("target.parquet"), "old", { mode: 0o600 });
    symlinkSync(at("target.parquet"), at("link.parquet"));
    await run(at("bars.parquet"), "link.parquet");
    expect(lstatSync(at("link.parquet")).isSymbolicLink()).toBe(true);
    expect(statSync(at("target.parquet")).mode & 0o777).toBe(0o600);
    expectFrame(readAny(at("target.parquet")), pipeline.apply(bars));
  });

  test("stays as it was when the computation fails or is stopped", async () => {
    await run(at("bars.parquet"), "old.parquet");
    const old = readFileSync(at("old.parquet"));
    await refusal(() => run(at("backwards.parquet"), "old.parquet"));
    const signal = AbortSignal.abort();
    expect(await refusal(() => run(at("bars.parquet"), "old.parquet", { signal }))).toMatch(
      /AbortError/,
    );
    expect(readFileSync(at("old.parquet")).equals(old)).toBe(true);
    expect(list().filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("of two runs at once is that of one of them", async () => {
    const others = ta.pipeline({ over: "symbol", features: ["sma(3)"] });
    await Promise.all([
      run(at("bars.parquet"), "both.parquet"),
      run(at("bars.parquet"), "both.parquet", { pipeline: others }),
    ]);
    const made = readAny(at("both.parquet")).columns;
    expect([pipeline.apply(bars).columns, others.apply(bars).columns]).toContainEqual(made);
  });
});

describe("pieces", () => {
  const groups = 40;
  const rows = 1_000;
  const many = pl.DataFrame({
    key: Array.from({ length: groups * rows }, (_, i) => `g${Math.floor(i / rows)}`),
    close: Array.from({ length: groups * rows }, (_, i) => 100 + Math.sin(i) * (1 + (i % 7))),
  });
  const ema = ta.pipeline({ over: "key", features: ["ema(10)", "bbands(5) as b"] });
  const little = { pipeline: ema, memory: 1 };
  for (const format of FORMATS) writeAny(many, at(`keys.${format}`));

  test.each(FORMATS)("of whole groups, from %s", async (from) => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    const { batches } = await run(at(`keys.${from}`), "pieces.parquet", { ...little, onProgress });
    expect(batches).toBe(4);
    expectFrame(readAny(at("pieces.parquet")), ema.apply(readAny(at(`keys.${from}`))));
    const computed = seen.filter(({ phase }) => phase === "compute");
    expect(computed.map(({ done }) => done)).toEqual([0, 1e4, 2e4, 3e4, 4e4]);
    expect(seen.at(-1)).toEqual({ phase: "join", done: 4e4, total: 4e4 });
    expect(seen.some(({ phase }) => phase === "convert")).toBe(from === "csv");
  });

  test("a group that is larger is one of its own", async () => {
    const sizes = [500, 25_000, 700, 9_000, 9_000];
    const keys = sizes.flatMap((size, group) => Array<string>(size).fill(`k${group}`));
    const frame = pl.DataFrame({ key: keys, close: keys.map((_, i) => 50 + Math.cos(i)) });
    writeAny(frame, at("sizes.parquet"));
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    const { batches } = await run(at("sizes.parquet"), "sizes-out.parquet", {
      ...little,
      onNotice,
    });
    expect(batches).toBe(4);
    expect(notices).toContain("a group of 25000 rows needs more memory than is allowed");
    expectFrame(readAny(at("sizes-out.parquet")), ema.apply(frame));
  });

  test("groups that do not stand together are refused, unless all fits or is sorted", async () => {
    const frame = pl.concat([many, many.head(10)]);
    writeAny(frame, at("apart.parquet"));
    expect(await refusal(() => run(at("apart.parquet"), "x.parquet", little))).toMatch(
      /^TaError: compute: the rows of key "g0" do not stand together, they begin again in row 40000; sort/,
    );
    await run(at("apart.parquet"), "apart-out.parquet", { pipeline: ema });
    expectFrame(readAny(at("apart-out.parquet")), ema.apply(frame));
    await run(at("apart.parquet"), "apart-out.parquet", { ...little, sort: true });
    expectFrame(readAny(at("apart-out.parquet")), ema.apply(frame.sort("key", false, false, true)));
  });

  test("without groups there are none", async () => {
    const notices: string[] = [];
    const onNotice = (notice: string) => notices.push(notice);
    const alone = ta.pipeline({ features: ["ema(10)"] });
    const { batches } = await run(at("keys.parquet"), "alone.parquet", {
      pipeline: alone,
      memory: 1,
      onNotice,
    });
    expect(batches).toBe(1);
    expect(notices).toContain("without groups, all 40000 rows are in memory at once");
    expectFrame(readAny(at("alone.parquet")), alone.apply(many));
  });

  test("are stopped between two of them", async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: Progress) => done >= 2e4 && stop.abort();
    const options = { ...little, onProgress, signal: stop.signal };
    expect(await refusal(() => run(at("keys.parquet"), "x.parquet", options))).toMatch(
      /AbortError/,
    );
  });
});

test("a directory that cannot be written to is refused", async () => {
  mkdirSync(at("closed"));
  chmodSync(at("closed"), 0o555);
  // Root may write everywhere.
  if (process.getuid?.() === 0) {
    await run(at("bars.parquet"), "closed/x.parquet");
    expectFrame(readAny(at("closed/x.parquet")), pipeline.apply(bars));
  } else {
    expect(await refusal(() => run(at("bars.parquet"), "closed/x.parquet"))).toMatch(/read-only/);
  }
  chmodSync(at("closed"), 0o755);
});
