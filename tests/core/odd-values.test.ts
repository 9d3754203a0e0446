/** Values that no option can have: each is refused in one short sentence, whatever it is. */

import pl from "nodejs-polars";
import { TaError, ta } from "nodejs-polars-ta";
import { type ComputeFilesOptions, computeFiles } from "nodejs-polars-ta/files";
import { expect, test } from "vitest";
import { stocks, temporaryFolder, writeAny } from "../support/files.js";

const { at } = temporaryFolder("odd");
const day = stocks().head(60);
writeAny(day, at("bars.csv"));

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
let deep: unknown = [];
for (let level = 0; level < 20_000; level++) deep = [deep];

/** By name, because some of them cannot be written. */
const ODD: Readonly<Record<string, unknown>> = {
  bigint: 1n,
  symbol: Symbol("x"),
  function: () => 1,
  cyclic,
  deep,
  long: "a".repeat(100_000),
  buffer: Buffer.from("x"),
  map: new Map([[1, 2]]),
  date: new Date(Number.NaN),
  expression: pl.col("close"),
  series: pl.Series("a", [1]),
  promise: Promise.resolve(1),
  "with a toJSON that throws": {
    toJSON() {
      throw new Error("not ours");
    },
  },
};

type Door = (value: never) => unknown;
const each = (names: string, call: (options: object) => unknown): [string, Door][] =>
  names.split(" ").map((name) => [name, (value) => call({ [name]: value })]);

const pipeline = ta.pipeline({ features: ["rsi(14)"] });
const DOORS: readonly [string, Door][] = [
  ...each("missing params inputs output", (options) =>
    ta.pipeline({ features: [{ id: "rsi", ...options } as never] }),
  ),
  ...each("features missing unnest keep", (options) =>
    ta.pipeline({ features: ["rsi"], ...options }),
  ),
  ...each("strict places ignore", (options) => ta.check(day, options)),
  ...each("last style theme width", (options) => day.ta.chart(options)),
  ...each("format outFormat separator nullValue decimalComma thousands header", (options) =>
    computeFiles({ ...base, ...options }),
  ),
  ...each("skipLines time sort memory", (options) => computeFiles({ ...base, ...options })),
  ["out", (out) => computeFiles({ ...base, out })],
  ["save", (path) => day.ta.chart({ symbol: "AAPL" }).save(path)],
];
const base: ComputeFilesOptions = { inputs: at("bars.csv"), pipeline, out: at("out.parquet") };

/** Where a value is no odd one. */
const FINE = new Set(["nullValue long"]);

test.each(DOORS)("%s", async (door, call) => {
  for (const [name, value] of Object.entries(ODD)) {
    const said = await Promise.resolve()
      .then(() => call(value as never))
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    const what = `${door} ${name}`;
    if (FINE.has(what)) continue;
    expect(said, what).toBeInstanceOf(TaError);
    expect((said as TaError).message.length, what).toBeLessThan(500);
    expect((said as TaError).message, what).not.toContain("\n");
  }
});
