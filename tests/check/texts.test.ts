/** Numbers as text: the report says how to read them, and what it says gives the right numbers. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { expect, test } from "vitest";

const frame = (texts: readonly string[]) =>
  pl.DataFrame({ date: texts.map((_, day) => `2013-01-0${day + 1}`), close: texts });

const advice = (texts: readonly string[]): string => {
  const found = ta.check(frame(texts)).findings.find(({ kind }) => kind === "text");
  return found?.advice ?? "";
};

/** The numbers that an expression in an advice makes. */
const numbers = (texts: readonly string[], code: string) =>
  frame(texts)
    .select(new Function("pl", `return ${code}`)(pl))
    .getColumn("close")
    .toArray();

const codes = (said: string): string[] => said.match(/pl\.col\("close"\)[^;]*\)/g) ?? [];

test.each([
  [
    ["9,854.25", "99.5", "-1,234,567"],
    [9854.25, 99.5, -1234567],
  ],
  [
    ["9'854.25", "99.5", "1'234'567"],
    [9854.25, 99.5, 1234567],
  ],
  [
    ["9 854.25", "99.5", "1 234 567"],
    [9854.25, 99.5, 1234567],
  ],
  [
    ["98,54", "99,5", "100"],
    [98.54, 99.5, 100],
  ],
  [
    ["9.854,25", "99,5", "1.234.567,5"],
    [9854.25, 99.5, 1234567.5],
  ],
  [
    ["9854", "n/a", "99.5"],
    [9854, null, 99.5],
  ],
  [
    ["9854", "1"],
    [9854, 1],
  ],
])("%j are numbers after the one expression that is advised", (texts, wanted) => {
  const [code = "", ...more] = codes(advice(texts));
  expect(more).toEqual([]);
  expect(numbers(texts, code)).toEqual(wanted);
});

test("a comma before three digits may be either, and both are said", () => {
  const texts = ["98,540", "1,250"];
  const said = advice(texts);
  expect(said).toMatch(
    /^if that comma is a decimal point, use .*; if "," stands between thousands/,
  );
  const [point = "", thousands = ""] = codes(said);
  expect(numbers(texts, point)).toEqual([98.54, 1.25]);
  expect(numbers(texts, thousands)).toEqual([98540, 1250]);
});

test("what is no number in any way is not made one", () => {
  const texts = ["98.5%", "99.5%"];
  expect(() => numbers(texts, codes(advice(texts))[0] ?? "")).toThrow();
});
