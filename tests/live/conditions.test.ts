/** Conditions in arithmetic: a stream computes what the batch computes, and refuses what it refuses. */

import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { outcome, type Stream } from "../support/live.js";
import { refusal } from "../support/refusals.js";
import { message } from "../support/texts.js";

const bars = [
  { flag: true, other: true, close: 1.5 },
  { flag: false, other: true, close: 2 },
  { flag: true, other: false, close: -3 },
  { flag: null, other: false, close: 4 },
  { flag: false, other: false, close: 0 },
  { flag: true, other: true, close: null },
  { flag: true, other: false, close: Number.POSITIVE_INFINITY },
];

const frame = pl.DataFrame([
  pl.Series("flag", bars.map(({ flag }) => flag) as boolean[], pl.Bool),
  pl.Series(
    "other",
    bars.map(({ other }) => other),
    pl.Bool,
  ),
  pl.Series("close", bars.map(({ close }) => close) as number[], pl.Float64),
]);

/** Operands of each type that polars computes with. */
const OPERANDS = {
  condition: "flag",
  "another condition": "other",
  "whole number": "sign(close)",
  "sum of whole numbers": "(sign(close) + sign(close))",
  "sum of conditions": "(flag + other)",
  "other sum of conditions": "(other + other + flag)",
  "sum of both": "(sign(close) - (flag + other))",
  number: "close",
  constant: "3",
  "negated condition": "-other",
  mean: "sma(flag, 2)",
};

/** The values that the batch gives for a text, and their type, or why it refuses it. */
const ofBatch = (features: { expr: string; as: string }[]) =>
  outcome(() => {
    const made = ta.pipeline({ features }).apply(frame, { keep: "none" });
    const values = [...made.getColumn("x").toArray()].map((value) =>
      typeof value === "bigint" ? Number(value) : value,
    );
    return { values, type: made.schema.x };
  });

describe.each(["+", "-", "*", "/", "%", "**", "<", "=="])("%s", (op) => {
  test.each(Object.keys(OPERANDS))("after a %s", (left) => {
    for (const right of Object.values(OPERANDS)) {
      const expr = `${OPERANDS[left as keyof typeof OPERANDS]} ${op} ${right}`;
      const features = [{ expr, as: "x" }];
      const batch = ofBatch(features);
      const live = ta.stream({ features });
      const rows = bars.map((bar) => outcome(() => live.update(bar).x));
      if ("value" in batch) {
        const values = rows.map((row) => ("value" in row ? row.value : row.refused));
        expect({ expr, values, type: live.toFrame().schema.x }).toEqual({ expr, ...batch.value });
        continue;
      }
      // A null tells nothing about its type.
      const wrong = rows.filter((row) => "value" in row && row.value !== null);
      expect({ expr, wrong, refused: batch.refused }).toMatchObject({ wrong: [] });
      expect(batch.refused).toContain("not supported for dtype `bool`");
      expect(rows.some((row) => "refused" in row)).toBe(true);
    }
  });
});

describe("conditions that are refused", () => {
  const opened = (amend: number): Stream => {
    const live = ta.stream({ over: "symbol", features: ["(flag * close) as x", "sma(2)"], amend });
    live.warm([
      { symbol: "A", flag: true, close: 2 },
      { symbol: "A", flag: false, close: 4 },
    ]);
    return live;
  };
  const wrong = { symbol: "A", flag: true, close: true };
  const CALLS: Readonly<Record<string, (live: Stream) => unknown>> = {
    update: (live) => live.update(wrong),
    peek: (live) => live.peek(wrong),
    replace: (live) => live.replace(wrong),
    amend: (live) => live.replace(wrong, { back: 1 }),
    warm: (live) => live.warm([{ ...wrong, symbol: "B" }]),
    updateMany: (live) => live.updateMany(["A"], { flag: [true], close: [true] }),
    peekMany: (live) => live.peekMany(["B"], { flag: [true], close: [true] }),
  };

  test.each(Object.keys(CALLS))("by %s change nothing", (name) => {
    const live = opened(1);
    const before = live.snapshot();
    expect(refusal(() => CALLS[name]?.(live))).toContain('"*" takes no two conditions');
    expect(Buffer.compare(before, live.snapshot())).toBe(0);
    expect(live.keys).toEqual(["A"]);
    expect(live.update({ symbol: "A", flag: true, close: 6 })).toEqual({ x: 6, sma_2: 5 });
  });
});

test("a comparison in arithmetic is refused when the stream is opened, as by the pipeline", () => {
  const features = ["(close > open) * volume"];
  const said = message(() => ta.pipeline({ features }));
  expect(said).toContain('"*" needs a number; this is a condition');
  expect(message(() => ta.stream({ features }))).toBe(said);
});
