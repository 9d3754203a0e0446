/** Values that depend on later rows are given to nobody who has not asked for them. */

import pl, { type Expr } from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { ta as arrow } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { arrowMethod, tableOf } from "../support/arrow.js";
import { bars, frameOf, ROWS, usualInputs } from "../support/bars.js";
import { arraysOf, inputsFrom } from "../support/direct.js";
import { camelCase, methods } from "../support/surface.js";
import { lookingAhead, message } from "../support/texts.js";

const frame = frameOf(bars(ROWS));
const arrays = arraysOf(frame);
const table = tableOf(frame);

type Given = Record<string, unknown>;

/** Every way to have an indicator computed with parameters by name. */
const doors = (id: string): Record<string, (given: Given) => unknown> => {
  const meta = ta.find(id);
  if (!meta) throw new Error(`there is no ${id}`);
  const [primary] = [meta.semantics.primary_input];
  const column = meta.semantics.input_slots.find(({ name }) => name === primary)?.default ?? "";
  const inputs = usualInputs(meta);
  return {
    "an expression": (given) => methods(pl.col(column).ta)(id)(given),
    "a Series": (given) => {
      const { [primary]: _, ...others } = inputs;
      const series = Object.entries(others).map(([slot, name]) => [slot, frame.getColumn(name)]);
      return methods(frame.getColumn(column).ta)(id)({ ...given, ...Object.fromEntries(series) });
    },
    "a DataFrame": (given) => methods(frame.ta)(id)(given),
    "a LazyFrame": (given) => methods(frame.lazy().ta)(id)(given),
    ta: (given) => methods(ta)(id)(given),
    "ta.indicator": (given) => ta.indicator(id, given),
    "ta.compute": (given) => ta.compute(id, inputsFrom(meta, arrays), given),
    "a method over Arrow": (given) => arrowMethod(id)(table, given),
    "compute over Arrow": (given) => arrow.compute(table, [{ id, params: given }]),
  };
};

describe.each(lookingAhead)("$text", ({ id, flag, usual }) => {
  const rows = (given: Given) => ta.explain(id, given).lookahead;
  const refusal = (given: Given) => {
    const [ahead, name] = [rows(given), camelCase(flag)];
    const later = ahead === 1 ? "1 later row" : `${ahead} later rows`;
    return `TaError: ${id} needs ${later}; if that is wanted, allow it with allowLookahead: true, else leave ${name} at ${usual}`;
  };

  test.each(Object.entries(doors(id)))("%s asks for it to be allowed", (_, call) => {
    const given = { [flag]: !usual };
    expect(message(() => call(given))).toBe(refusal(given));
    expect(message(() => call({ ...given, allowLookahead: false }))).toBe(refusal(given));
    expect(message(() => call({ ...given, allowLookahead: true }))).toBe("nothing was thrown");
    expect(message(() => call({}))).toBe("nothing was thrown");
    expect(message(() => call({ allowLookahead: true }))).toBe("nothing was thrown");
    expect(message(() => call({ allowLookahead: "yes" }))).toBe(
      `TaError: ${id}: allowLookahead must be true or false, got "yes"`,
    );
  });

  test("a text over Arrow says how else", () => {
    const text = `${id}(${flag}=${!usual})`;
    expect(message(() => arrow.compute(table, [text]))).toContain(
      `allow it with { id: "${id}", params: { allowLookahead: true } } in the place of the text, else leave ${camelCase(flag)} at ${usual}`,
    );
  });

  test("explaining it is allowed, and the values have the rows that it says", () => {
    const given = { [flag]: !usual };
    const ahead = rows(given);
    expect(ahead).toBeGreaterThan(0);
    const made = ta.indicator(
      id,
      { ...given, allowLookahead: true },
      usualInputs(ta.find(id) as never),
    );
    const [output] = ta.find(id)?.outputs ?? [];
    const single = (ta.find(id)?.outputs.length ?? 0) > 1;
    const column: Expr = single ? made.struct.field(output?.name as never) : made;
    const values = frame.select(column.alias("x")).getColumn("x").toArray();
    expect(values.slice(-ahead).every((value) => value === null)).toBe(true);
    expect(values.at(-ahead - 1)).not.toBeNull();
  });
});

test("what is chosen may not change what an earlier call was allowed", () => {
  const inputs = { high: arrays.high as Float64Array };
  const given = { confirmed: false };
  expect(message(() => ta.compute("swing_highs", inputs, { ...given, allowLookahead: true }))).toBe(
    "nothing was thrown",
  );
  expect(message(() => ta.compute("swing_highs", inputs, given))).toContain("needs 2 later rows");
});

test("what cannot look ahead has no such option", () => {
  expect(message(() => pl.col("close").ta.rsi({ allowLookahead: true } as never))).toContain(
    'rsi: unknown parameter "allowLookahead"',
  );
  expect(
    message(() => ta.compute("rsi", { series: [1, 2, 3] }, { allowLookahead: true } as never)),
  ).toContain('rsi: unknown parameter "allowLookahead"');
});
