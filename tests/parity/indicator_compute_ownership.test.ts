/** All arithmetic is in the addon: it computes every indicator, and JavaScript never sees a value. */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { bars, frameOf, ROWS, usualInputs } from "../support/bars.js";
import { root } from "../support/child.js";

const ids = ta
  .catalog()
  .map((meta) => meta.id)
  .sort();

const everything = () =>
  ta.catalog().map((meta) => ta.indicator(meta.id, {}, usualInputs(meta)).alias(meta.id));

afterEach(() => vi.restoreAllMocks());

/** Lets `plan` see what is to be computed, before the addon does. */
function watch(plan: (json: string) => void): void {
  const { Evaluation } = addon;
  vi.spyOn(addon, "Evaluation").mockImplementation(
    class extends Evaluation {
      constructor(json: string) {
        plan(json);
        super(json);
      }
    },
  );
}

describe("the addon", () => {
  test("is asked for every indicator, once, in one plan", () => {
    const plans: { tasks: { id: string }[] }[] = [];
    watch((json) => plans.push(JSON.parse(json)));
    const result = frameOf(bars(ROWS)).select(...everything());
    expect(plans.map(({ tasks }) => tasks.map((task) => task.id).sort())).toEqual([ids]);
    expect(result.columns.toSorted()).toEqual(ids);
  });

  test("is the only one that could answer", { timeout: 120_000 }, async () => {
    watch(() => {
      throw new Error("closed today");
    });
    const frame = frameOf(bars(ROWS));
    for (const expr of everything()) expect(() => frame.select(expr)).toThrow("closed today");
    await expect(
      frame
        .lazy()
        .select(...everything())
        .collect(),
    ).rejects.toThrow("closed today");
  });
});

describe("values", () => {
  const native = createRequire(createRequire(import.meta.url).resolve("nodejs-polars"))(
    "./native-polars.js",
  );

  /** The ways in which polars hands values to JavaScript. */
  const READS =
    /^(toArray|toTypedArray|toJs|toObjects|toRow|toRows|toRowObj|getIdx|getList|getFmt|seriesGet.*)$/;

  /** What is read while `work` runs. */
  async function readDuring(work: () => unknown): Promise<string[]> {
    const read: string[] = [];
    for (const owner of [native, native.JsSeries.prototype, native.JsDataFrame.prototype]) {
      for (const name of Object.getOwnPropertyNames(owner).filter((n) => READS.test(n))) {
        const original = owner[name];
        vi.spyOn(owner, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
          read.push(name);
          return original.apply(this, args);
        });
      }
    }
    await work();
    vi.restoreAllMocks();
    return read;
  }

  const frame = frameOf(bars(ROWS));

  test("never reach JavaScript but as whole arrays, whichever way an indicator is called", async () => {
    const work = async () => {
      frame.select(...everything());
      await frame
        .lazy()
        .select(...everything().map((expr) => expr.over(pl.col("volume").gt(5000))))
        .collect();
      frame.getColumn("close").ta.rsi(14);
      frame.ta.macd({ unnest: true });
    };
    // That nothing looks into those is what `opaque_arrays.test.ts` shows.
    expect(new Set(await readDuring(work))).toEqual(new Set(["toTypedArray"]));
  });

  test("that are read would be noticed", async () => {
    expect(await readDuring(() => frame.getColumn("close").toArray())).not.toEqual([]);
    expect(await readDuring(() => [...frame.getColumn("close")])).not.toEqual([]);
    expect(await readDuring(() => frame.getColumn("close").get(0))).not.toEqual([]);
    expect(await readDuring(() => frame.toRecords())).not.toEqual([]);
    expect(await readDuring(() => frame.rows())).not.toEqual([]);
  });
});

/** What code that computes with values of a series would need. */
const ARITHMETIC: Readonly<Record<string, RegExp>> = {
  // One record is what a message about a row is made of; a series is more.
  "reads values":
    /\.(?:toArray|toTypedArray|toJSON|toObject|toRecords(?!\(\)\[0\])|rows|row|getIdx)\b\s*\(/,
  "holds values":
    /\b(?:Float|Int|Uint|BigInt|BigUint)(?:8|16|32|64)(?:Clamped)?Array\b|\bDataView\b/,
  // Comparing two of something, such as lengths, is not computing, nor is a number of bytes.
  computes: /\bMath\.(?!(?:max|min|abs)\b|ceil\(bytes\b)\w+|(?<!\b\d+ )\*\*|\*\*(?! \d)/,
  // The latest of the times so far (`cumMax` in the alignment of bars) is not computed from values.
  "lets polars compute":
    /\.(?:rolling[A-Z]\w*|ewm[A-Z]\w*|cum(?!Max\b)[A-Z]\w*|pctChange|interpolate)\s*\(/,
};

/** Code without comments. */
const withoutComments = (code: string) =>
  code.replace(/"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith("/") ? " " : found,
  );

/** Files that hand arrays on as a whole: `opaque_arrays.test.ts` shows that they do no more. */
const HANDS_ON: Readonly<Record<string, RegExp>> = {
  "core/addon.ts": /\b(?:Float64|Uint32|Uint8)Array\b/g,
  "arrays/compute.ts": /\bFloat64Array\b|\bDataView\b/g,
  "exchange/groups.ts": /\.toTypedArray\(|\bUint32Array\b/g,
  "exchange/inputs.ts": /\.toTypedArray\(|\bFloat64Array\b/g,
  "arrow/evaluate.ts": /\bUint8Array\b/g,
  "arrow/results.ts": /\bUint8Array\b/g,
  "arrow/chunks.ts": /"Uint8Array"|\bMath\.ceil\(\(offset \+ length\) \/ 8\)/g,
  "arrow/storage.ts":
    /"(?:Float|Int|Uint|BigInt|BigUint)\d+Array"|\bMath\.ceil\(\(offset \+ rows\) \/ 8\)/g,
  "core/memory.ts": /\b(?:Float64|Uint8)Array\b/g,
  "core/wasm/direct.ts": /\bFloat64Array\b/g,
  "core/wasm/evaluation.ts": /\bUint8Array\b|\bMath\.ceil\(\(this\.bytes\b/g,
  "core/wasm/module.ts": /\b(?:Float64|Uint8)Array\b/g,
  "core/streams.ts": /\b(?:Float64|Uint32|Uint8)Array\b/g,
  "core/types.ts": /\bFloat64Array\b/g,
  "files/streams.ts": /\bUint8Array\b/g,
  "polars/native.ts": /\bUint(?:8|32)Array\b/g,
};

/** Arrays that the addon shares: a bar is written into them, and a row is read from them. */
const SHARED = /\b(?:Float64|Uint32|Uint8)Array\b/g;

/**
 * Streams and bars from ticks write the fields of a bar for the addon and read the values of a row from it. The values
 * are those of the addon: `batch.test.ts` and `ticks.test.ts` compare them.
 */
const STREAMS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [
      ...["fields", "index", "many", "order", "rows", "session"].map((file) => `live/${file}.ts`),
      ...["bars", "fields", "load", "made", "read", "shape", "times"].map(
        (file) => `live/ticks/${file}.ts`,
      ),
      ...["start", "state"].map((file) => `cli/live/${file}.ts`),
    ].map((file) => [file, SHARED]),
  ),
  // The numbers of the outputs' types.
  "live/frame.ts": /\bUint8Array\b/g,
  "live/columns.ts": /\b(?:Float64|Uint8)Array\b|\bDataView\b/g,
  "live/history.ts":
    /\b(?:Float64|Uint32|Uint8)Array\b|\.toTypedArray\(|(?<=_DataFrame\(frame\))\.toRecords\(|(?<=_Series\(series\)|\bvector)\.toArray\(/g,
  "live/stream.ts": /\b(?:Float64|Uint32|Uint8)Array\b|\bMath\.round\(bytes\b/g,
  "live/ticks/zone.ts": /\bFloat64Array\b|\bMath\.floor\(\(low\b/g,
};

/** What reads serialized expressions, which are JSON. */
const READS_EXPRESSIONS: Readonly<Record<string, RegExp>> = {
  "lazy/placeholder.ts": /\bUint8Array\b/g,
  "polars/tree.ts": /\bUint8Array\b/g,
};

/** The check of bars compares times and lengths of steps that polars has made; it computes no indicator. */
const JUDGES: Readonly<Record<string, RegExp>> = {
  "check/elsewhere.ts": /\b(?:Float64|Uint32)Array\b/g,
  "check/gaps.ts": /\bFloat64Array\b/g,
  "check/order.ts": /(?<=\bcol\(BEGINS\))\.cumSum\(/g,
  "check/judge.ts": /\bFloat64Array\b|\bMath\.(?:floor|round)\(/g,
  "check/lengths.ts": /\bMath\.round\(length\b/g,
  "check/numbers.ts": /\bFloat64Array\b|\.toTypedArray\(/g,
  "check/places.ts": /\bas DataFrame\)\.toRecords\(\)/g,
};

/**
 * Charts count pixels and calendar units, place values on scales, and read the few values that they draw, and a picture
 * is bytes. Values are shown as they are, or in percent of the first: `chart.test.ts` and `compare.test.ts` compare them
 * with the frame, and `show.test.ts` what tables say of them.
 */
const DRAWS: Readonly<Record<string, RegExp>> = {
  "chart/axes.ts": /\bMath\.floor\((?:plotWidth\b|height \/ APART\))/g,
  "chart/rows.ts": /\bMath\.ceil\(cut\.height\b|\bframe\.toRecords\(\)/g,
  "chart/chart.ts": /\bMath\.floor\(plotWidth\b|\bUint8Array\b/g,
  "chart/heights.ts": /\bMath\.floor\((?:heightOf|rest)\b/g,
  "chart/layout.ts": /\bMath\.round\(\(free\b/g,
  "chart/moves.ts": /\bMath\.exp\(/g,
  "chart/render.ts": /\bUint8Array\b/g,
  "chart/scales.ts":
    /\bMath\.(?:floor|ceil|log|log10)\(|\b10 \*\* Math\b|\(high \/ low\) \*\* (?:share|\(1 \/ count\))/g,
  "chart/source.ts": /\bgetColumn\((?:by|name)\)\.toArray\(\)/g,
  "chart/ticks.ts": /\bMath\.(?:floor|ceil|log10)\(|\b10 \*\* Math\b/g,
  "chart/viewer.ts": /\bMath\.(?:floor|ceil|round)\(/g,
  "notebook/frame.ts": /\bMath\.ceil\((?:rows|most) \/ 2\)/g,
  "notebook/leaves.ts": /\bseries(?:\.cast\(DataType\.Utf8 as never\))?\s*\.toArray\(\)/g,
  "notebook/numbers.ts": /\bMath\.floor\(Math\.log10\(/g,
};

/** What deals with files counts rows and bytes, and reads the keys of groups; never a column that is computed from. */
const COUNTS: Readonly<Record<string, RegExp>> = {
  "cli/progress.ts": /\bMath\.(?:round|floor)\((?:share\b|\(performance\.now\(\) - began\))/g,
  "files/batches.ts": /\bas DataFrame\)\.rows\(\)/g,
  "files/memory.ts": /\bMath\.(?:ceil\(FEWEST_VALUES|floor\(free)\b/g,
};

/**
 * Labels and splits count: which row of its group is meant, which spans of times overlap, and how many do. The times
 * are numbered by polars, and no value of an indicator is read.
 */
const SPANS: Readonly<Record<string, RegExp>> = {
  "bars/folds.ts": /\bUint32Array\b|\bMath\.floor\(\(block\b/g,
  "bars/spans.ts": /\bUint32Array\b|\.toTypedArray\(/g,
  "bars/split.ts": /\bUint32Array\b/g,
  "bars/uniqueness.ts":
    /\bUint32Array\b|(?<=\bcol\("(?:opened|closed|share)"\))\.cum(?:Sum|Count)\(/g,
  "pipeline/labels.ts": /(?<=\bcol\(time\))\.cumCount\(/g,
};

/** The language has words for what polars computes, and pages have marks and digits. */
const WRITES: Readonly<Record<string, RegExp>> = {
  "explain/explanation.ts": /\bone\.toJSON\(\)/g,
  "language/meaning.ts": /"\*\*"/g,
  "pipeline/compile.ts": /"\*\*"/g,
  "pipeline/pipeline.ts": /\bthis\.toJSON\(\)/g,
  "pipeline/tail.ts": /\.cum(?:Count|Sum)\(true\)/g,
  "notebook/document.ts": /\*\*\$\{label\}\*\*/g,
};

const LEFT_OUT = {
  ...HANDS_ON,
  ...STREAMS,
  ...READS_EXPRESSIONS,
  ...JUDGES,
  ...DRAWS,
  ...COUNTS,
  ...SPANS,
  ...WRITES,
};

const arithmetic = (code: string, handsOn = /$^/g) =>
  Object.entries(ARITHMETIC).flatMap(([what, pattern]) => {
    const found = pattern.exec(withoutComments(code).replaceAll(handsOn, ""));
    return found ? [`${what}: ${found[0]}`] : [];
  });

describe("no arithmetic on series is in", () => {
  const sources = readdirSync(`${root}plugin/src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort();

  test.each(sources)("plugin/src/%s", (name) => {
    const code = readFileSync(`${root}plugin/src/${name}`, "utf8");
    expect(arithmetic(code, LEFT_OUT[name])).toEqual([]);
  });

  test.each(Object.entries(LEFT_OUT))("but %s hands arrays on, or draws", (name, pattern) => {
    expect(withoutComments(readFileSync(`${root}plugin/src/${name}`, "utf8"))).toMatch(pattern);
  });

  test("the tree that was scanned, and the scan finds what it looks for", () => {
    expect(sources.length).toBeGreaterThan(20);
    for (const code of [
      "for (const v of series.toArray()) sum += v;",
      "const out = new Float64Array(n);",
      "x = Math.sqrt(v) / 2 ** n",
      "x = v ** 2",
      "x = Math.ceil(v)",
      "frame.rows().map((row) => row[0])",
      'pl.col("close").rollingMean(14)',
    ]) {
      expect(arithmetic(code), code).not.toEqual([]);
    }
    for (const code of ["/** df.rows() */ // Math.sqrt(2)", "const KEPT_BYTES = 64 * 2 ** 20;"]) {
      expect(arithmetic(code), code).toEqual([]);
    }
  });
});
