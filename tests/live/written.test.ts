/** Functions that a stream writes for its names, and hosts that forbid them. */

import { ta } from "nodejs-polars-ta";
import { expect, test } from "vitest";
import { childScript, runNode } from "../support/child.js";

/** Names of features that would mean something else in a program's text. */
const NAMES = ["__proto__", 'a"b', "a\\", "a\nb", "constructor", "1", "\u2028", "};throw 1;"];

const script = `
import { ta } from "nodejs-polars-ta";
const names = ${JSON.stringify(NAMES)};
const features = [
  ...names.map((as, index) => ({ expr: "close * " + (index + 2), as })),
  "macd", "close > open as rising", "kind as kind", "sma(session == 1, 1) as first", "session",
];
const live = ta.stream({ features });
for (let row = 0; row < 40; row += 1) {
  const close = row % 7 === 3 ? null : 10 + row * (row % 3);
  const kind = row % 5 === 0 ? row : "text " + row;
  const values = live.update({ open: 20, close, kind, session: row % 2 });
  console.log(JSON.stringify([Object.entries(values), Object.getPrototypeOf(values) === Object.prototype]));
}
`;

test("a host that forbids programs of texts gets the same rows", async () => {
  const free = await runNode(childScript(script));
  const strict = await runNode(["--disallow-code-generation-from-strings", ...childScript(script)]);
  expect([free.stderr, free.code, strict.stderr, strict.code]).toEqual(["", 0, "", 0]);
  expect(free.stdout.split("\n").length).toBe(41);
  expect(strict.stdout).toBe(free.stdout);
});

test("names of features are names only", () => {
  const live = ta.stream({ features: NAMES.map((as) => ({ expr: "close * 2", as })) });
  for (const close of [1, 2, 3]) {
    const row = live.update({ close });
    expect(Object.keys(row).toSorted()).toEqual([...NAMES].toSorted());
    expect(Object.values(row)).toEqual(NAMES.map(() => 2 * close));
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  }
});

test("fields may have any names, and a bar may be of any kind at any time", () => {
  const names = ["a b", 'q"', "x-y", "class"];
  const [first, ...others] = names.map((name) => `\`${name}\``);
  const features = [
    { expr: [first, ...others].join(" + "), as: "sum" },
    { expr: `${others[2]} > 3`, as: "over" },
  ];
  const live = ta.stream({ features });
  const bar = (values: unknown[]) =>
    Object.fromEntries(names.map((name, at) => [name, values[at]]));
  for (const [values, expected] of [
    [[1, 2, 3, 4], { sum: 10, over: true }],
    [[1, 2, 3, 5], { sum: 11, over: true }],
    [[1, 2, null, 2], { sum: null, over: false }],
    [[1n, 2, 3, 4], { sum: 10, over: true }],
    [[Number.NaN, 2, 3, 4], { sum: Number.NaN, over: true }],
    [[1, 2, 3, true], { sum: 7, over: false }],
    [[1, 2, 3, 4], { sum: 10, over: true }],
  ] as const) {
    expect(live.update(bar([...values]))).toEqual(expected);
  }
  expect(() => live.update(bar([1, 2, 3, "4"]))).toThrow("class must be a number");
  expect(live.update(bar([1, 2, 3, 6]))).toEqual({ sum: 12, over: true });
});
