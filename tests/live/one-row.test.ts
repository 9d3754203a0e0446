/** A frame of a single row: what polars computes in another way there, and what a stream does. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { expect, test } from "vitest";
import { readColumns } from "../support/columns.js";

const VALUES = [
  0,
  -0,
  1,
  -1,
  3,
  -7,
  0.5,
  -2.5,
  1e-9,
  2 ** 40,
  1e200,
  Infinity,
  -Infinity,
  Number.NaN,
];
const CONSTANTS = ["0", "-0", "1", "2", "3", "-1", "0.5", "7", "0.1", "10", "1e-3"];
const OPERATORS = ["+", "-", "*", "/", "%", "**"];

const features = [
  ...OPERATORS.flatMap((op) => [
    `x ${op} y`,
    ...CONSTANTS.flatMap((constant) => [`x ${op} ${constant}`, `${constant} ${op} x`]),
  ]),
  ...["<", "<=", "==", "!="].flatMap((op) => [`x ${op} y`, `x ${op} 0`, `3 ${op} x`]),
  "-x",
  "sma(x, 1)",
].map((expr, index) => ({ expr, as: `f${index}` }));

/** The operations that docs/live.md names. */
const OTHERWISE = [
  /^x \/ [\d.e-]+$/,
  /^x % [\d.e-]+$/,
  /^x [+-] -?0$/,
  /^-?0 [+-] x$/,
  /^x \*\* y$/,
];

const pipeline = ta.pipeline({ features });

/** The first row of a frame with so many equal rows. */
function first(x: number, y: number, rows: number): unknown[] {
  const column = (name: string, value: number) =>
    pl.Series(name, new Array<number>(rows).fill(value), pl.Float64);
  const made = pipeline.apply(pl.DataFrame([column("x", x), column("y", y)]), { keep: "none" });
  return [...readColumns(made)].map(([, [output]]) => output?.values[0] ?? null);
}

test("a first bar is the first row of a longer frame, and differs from a single row as documented", () => {
  const differs = new Set<string>();
  for (const x of VALUES) {
    for (const y of [0.5, 2, -3, 1e200]) {
      const row = Object.values(ta.stream({ features }).update({ x, y }));
      const [single, longer] = [first(x, y, 1), first(x, y, 2)];
      row.forEach((value, index) => {
        const expr = features[index]?.expr as string;
        expect({ expr, x, y, value }).toEqual({ expr, x, y, value: longer[index] });
        if (!Object.is(value, single[index])) differs.add(expr);
      });
    }
  }
  const undocumented = [...differs].filter((expr) => !OTHERWISE.some((form) => form.test(expr)));
  expect(undocumented).toEqual([]);
  // The page names nothing that is not so.
  for (const form of OTHERWISE) expect([...differs].some((expr) => form.test(expr))).toBe(true);
});
