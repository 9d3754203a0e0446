/**
 * Arrow data that no library makes: each call gives right values, or one sentence that names
 * the column and what is wrong with it. `TA_FUZZ=100000` makes more calls, `TA_SEED=7`
 * begins elsewhere.
 */

import * as arrow from "apache-arrow";
import { TaError, ta } from "nodejs-polars-ta/arrow";
import { describe, expect, test } from "vitest";
import { difference } from "../support/arrow.js";
import {
  KINDS,
  type Loose,
  MUTATIONS,
  pick,
  rowsOf,
  type Standing,
  TABLE_MUTATIONS,
  Unreadable,
  VECTOR_MUTATIONS,
  vectorOf,
} from "../support/arrow-malformed.js";
import { numbers } from "../support/random.js";
import { runs } from "../support/runs.js";

const CALLS = Number(process.env.TA_FUZZ ?? runs(6_000));
const SEED = Number(process.env.TA_SEED ?? 1);
const ROWS = 13;

type Next = () => number;

/** A call that reads a damaged column, and the same of what stands there. */
interface Attempt {
  readonly what: string;
  readonly column: () => Standing;
  readonly use: "number" | "group";
  readonly rows: () => number;
  readonly call: () => arrow.Vector;
  readonly clean: (rows: (string | null)[]) => arrow.Vector;
}

const ofNumbers = (rows: readonly (string | null)[]): arrow.Vector =>
  arrow.vectorFromArray(
    rows.map((value) => (value === null ? null : Number(value))),
    new arrow.Float64(),
  );

/** Groups by the rows of a column; null is a group like any other. */
const byRows = (values: arrow.Vector, rows: readonly (string | null)[]): arrow.Vector => {
  const over = arrow.vectorFromArray([...rows], new arrow.Utf8());
  return ta.sma(values as arrow.Vector<arrow.Float64>, 3, { over });
};

const mean = (given: unknown, options: object = {}): arrow.Vector =>
  ta.sma(given as arrow.Vector<arrow.Float64>, 3, options);

const damaged = (next: Next, vector: arrow.Vector): string => {
  const changes = 1 + Math.floor(next() * 2);
  const done: string[] = [];
  for (let change = 0; change < changes; change++) {
    const inVector = next() < 0.2;
    const name = pick(next, Object.keys(inVector ? VECTOR_MUTATIONS : MUTATIONS));
    const { data } = vector as { data: unknown };
    const target = inVector ? vector : Array.isArray(data) ? pick(next, data) : undefined;
    if (typeof target !== "object" || target === null) continue;
    (inVector ? VECTOR_MUTATIONS : MUTATIONS)[name]?.(target as unknown as Loose, next);
    done.push(name);
  }
  return done.join(" ");
};

const damagedTable = (next: Next, table: arrow.Table, index: number): string => {
  if (next() < 0.3) {
    const name = pick(next, Object.keys(TABLE_MUTATIONS));
    TABLE_MUTATIONS[name]?.(table as unknown as Loose, index, next);
    return `table ${name}`;
  }
  const name = pick(next, Object.keys(MUTATIONS));
  const child = pick(next, table.batches).data.children[index];
  MUTATIONS[name]?.(child as unknown as Loose, next);
  return `column ${name}`;
};

/** A column of a table, where it stands. */
function inTable(table: arrow.Table, name: string): Standing {
  const { schema, batches } = table as { schema: unknown; batches: unknown };
  const { fields } = (schema ?? {}) as { fields?: unknown };
  if (!Array.isArray(fields) || !Array.isArray(batches)) throw new Unreadable("a table");
  const index = fields.findIndex((field) => field?.name === name);
  if (index < 0) throw new Unreadable("no such column");
  let length = 0;
  const data = batches.flatMap((batch) => {
    const child = batch?.data?.children?.[index];
    if (child === undefined || child?.length !== batch.data.length) throw new Unreadable("a batch");
    length += batch.data.length;
    return arrow.Vector.isVector(child) ? child.data : child;
  });
  return { type: fields[index].type, data, length };
}

function attempt(seed: number): Attempt {
  const next = numbers(seed * 7_919);
  for (let warm = 0; warm < 5; warm++) next();
  const use = next() < 0.5 ? "number" : "group";
  const numeric = ["Float64", "Float64", "Float32", "Int8", "Int32", "Int64", "Uint16", "Bool"];
  const kind = pick(next, use === "number" ? numeric : Object.keys(KINDS));
  const odd = vectorOf(kind, next, ROWS);
  const values = vectorOf("Float64", next, ROWS);
  if (next() < 0.5) {
    const what = `${kind} vector as ${use}: ${damaged(next, odd)}`;
    const column = () => odd as Standing;
    const given =
      next() < 0.3 &&
      Array.isArray(odd.data) &&
      odd.data.length === 1 &&
      arrow.Data.isData(odd.data[0]);
    const one = given ? odd.data[0] : odd;
    return use === "number"
      ? {
          what,
          use,
          column: () => (given ? ({ ...pieceAsColumn(one) } as Standing) : column()),
          rows: () => (one as { length: number }).length,
          call: () => mean(one),
          clean: (rows) => mean(ofNumbers(rows)),
        }
      : {
          what,
          use,
          column,
          rows: () => ROWS,
          call: () => mean(values, { over: odd }),
          clean: (rows) => byRows(values, rows),
        };
  }
  // Over two columns at least, cut into batches where either of them is.
  const table = new arrow.Table({ close: values, key: odd });
  const what = `${kind} column as ${use}: ${damagedTable(next, table, 1)}`;
  const column = () => inTable(table, "key");
  const rows = () => {
    const standing = inTable(table, use === "number" ? "key" : "close");
    return standing.length as number;
  };
  const asked = next() < 0.5;
  return use === "number"
    ? {
        what,
        use,
        column,
        rows,
        call: () =>
          asked
            ? child(ta.compute(table, ["sma(key, 3)"]))
            : ta.sma(table, 3, { series: "key" } as never),
        clean: (found) => mean(ofNumbers(found)),
      }
    : {
        what,
        use,
        column,
        rows,
        call: () =>
          asked
            ? child(ta.compute(table, ["sma(close, 3)"], { over: "key" }))
            : ta.sma(table, 3, { over: "key" }),
        clean: (found) => byRows(ofNumbers(rowsOf(inTable(table, "close"), "number")), found),
      };
}

const pieceAsColumn = (data: unknown): Standing => {
  const { type, length } = data as Standing;
  return { type, data: [data], length };
};

const child = (table: arrow.Table): arrow.Vector => table.getChildAt(0) as arrow.Vector;

/** What stands in the damaged column, if that is certain. */
function certain({ column, use, rows }: Attempt): (string | null)[] | undefined {
  try {
    const found = rowsOf(column(), use);
    return found.length === rows() ? found : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** What is wrong about how a call ended, or nothing; and how it ended. */
function judge(seed: number): { fault?: string; ended: "values" | "refused" } {
  const given = attempt(seed);
  const known = certain(given);
  let result: arrow.Vector;
  try {
    result = given.call();
  } catch (error) {
    return { ended: "refused", ...faultOf(error, given.what) };
  }
  if (known === undefined)
    return { ended: "values", fault: `${given.what}: values of what is broken` };
  const differs = difference(result, given.clean(known));
  return { ended: "values", ...(differs && { fault: `${given.what}: ${differs}` }) };
}

function faultOf(error: unknown, what: string): { fault?: string } {
  const text = `${what}: ${(error as Error)?.stack ?? error}`;
  if (!(error instanceof TaError)) return { fault: text };
  const { message } = error;
  const isSentence = message.length < 400 && !/[\r\n]/.test(message);
  const names = /column "(series|over|key|close)" |^(sma|compute)[: ]/.test(message);
  // The last resort is not what these faults end in.
  return isSentence && names && !message.includes("cannot be read") ? {} : { fault: text };
}

describe("malformed data", () => {
  test(`${CALLS} calls from seed ${SEED}: right values, or a sentence`, () => {
    const ended = { values: 0, refused: 0 };
    const faults: string[] = [];
    for (let seed = SEED; seed < SEED + CALLS; seed++) {
      const judged = judge(seed);
      ended[judged.ended] += 1;
      if (judged.fault !== undefined) faults.push(`seed ${seed}: ${judged.fault}`);
    }
    expect(faults.slice(0, 20)).toEqual([]);
    // Both ends are met often, or the damage would prove nothing.
    expect(ended.values).toBeGreaterThan(CALLS / 20);
    expect(ended.refused).toBeGreaterThan(CALLS / 5);
  }, 600_000);
});

const close = (): arrow.Vector<arrow.Float64> =>
  arrow.vectorFromArray(
    Array.from({ length: ROWS }, (_, row) => row),
    new arrow.Float64(),
  );

/** The sentence that `work` is refused with. */
function sentenceOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(TaError);
    return (error as TaError).message;
  }
  throw new Error("it was not refused");
}

const broken = (change: (data: Loose) => void): arrow.Vector<arrow.Float64> => {
  const vector = arrow.vectorFromArray([1, null, 3, 4, 5, 6, 7, 8, 9], new arrow.Float64());
  change(vector.data[0] as unknown as Loose);
  return vector;
};

describe("the sentence", () => {
  test.each<[string, (data: Loose) => void, string]>([
    [
      "bits that are too short",
      (data) => {
        data._nullCount = -1;
        data.nullBitmap = new Uint8Array(1);
      },
      "has a buffer of 1 bytes where its rows need 2; was it transferred elsewhere?",
    ],
    [
      "bits that are no array",
      (data) => {
        data._nullCount = -1;
        data.nullBitmap = [1, 2];
      },
      "has a list, no array, of validity where its type needs a Uint8Array",
    ],
    [
      "bits that are gone",
      (data) => {
        data.nullBitmap = undefined;
      },
      "has 1 nulls, but no bits that say which",
    ],
    [
      "more nulls than rows",
      (data) => {
        data._nullCount = 99;
      },
      "has 9 rows, but 99 nulls",
    ],
    [
      "values of another width",
      (data) => {
        data.values = new Float32Array(9);
      },
      "has a Float32Array of values where its type needs a Float64Array",
    ],
    [
      "a length below 0",
      (data) => {
        data.length = -1;
      },
      "has data whose length is -1",
    ],
    [
      "data of another type",
      (data) => {
        data.type = new arrow.Int32();
      },
      "has data of dtype Int32 where the dtype is Float64",
    ],
  ])("%s", (_, change, wanted) => {
    expect(sentenceOf(() => ta.sma(broken(change), 3))).toBe(`column "series" ${wanted}`);
  });

  test("a dictionary that is its own", () => {
    const words = arrow.vectorFromArray(
      Array(ROWS).fill("a"),
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    );
    (words.data[0] as unknown as Loose).dictionary = words;
    expect(sentenceOf(() => ta.sma(close(), 3, { over: words }))).toBe(
      'column "over" has a dictionary of another dtype than Utf8',
    );
  });

  test("a table of fewer rows in one column", () => {
    const table = new arrow.Table({ close: close() });
    (table.batches[0]?.data.children[0] as unknown as Loose).length = 5;
    expect(sentenceOf(() => ta.sma(table, 3))).toBe(
      `column "close" has 5 rows in a batch of ${ROWS}`,
    );
  });

  test("a field that throws when it is read", () => {
    const vector = broken((data) => {
      Object.defineProperty(data, "values", {
        get() {
          throw new RangeError("not today");
        },
      });
    });
    expect(sentenceOf(() => ta.sma(vector, 3))).toBe('column "series" cannot be read: not today');
  });
});

describe("odd arguments", () => {
  const self: unknown[] = [];
  self.push(self);
  const cycle: Loose = { id: "sma" };
  cycle.inputs = { series: cycle };
  const odd: unknown[] = [
    null,
    0,
    "",
    "nothing",
    [],
    [null],
    [[]],
    self,
    {},
    new Map(),
    Symbol.iterator,
    4n,
  ];

  test.each(odd.map((value, index) => [index, value]))("%i as over", (_, over) => {
    expect(sentenceOf(() => ta.sma(close(), 3, { over } as never))).toMatch(/^sma: /);
    const table = new arrow.Table({ close: close() });
    expect(sentenceOf(() => ta.compute(table, ["sma(3)"], { over } as never))).toMatch(
      /^compute: /,
    );
  });

  test.each([...odd, cycle].map((value, index) => [index, value]))("%i to compute", (_, value) => {
    const table = new arrow.Table({ close: close() });
    expect(sentenceOf(() => ta.compute(table, [value] as never))).toMatch(/^.{10}/);
    expect(sentenceOf(() => ta.compute(value as never, ["sma(3)"]))).toMatch(/^compute/);
  });

  test("indicators inside each other: computed to a hundred levels, refused beyond", () => {
    const table = new arrow.Table({ close: close() });
    const nested = (levels: number): Loose => {
      let inner: unknown = "close";
      for (let level = 0; level < levels; level++) {
        inner = { id: "add", inputs: { series: inner, other: inner } };
      }
      return inner as Loose;
    };
    const doubled = ta.compute(table, [{ ...nested(40), as: "x" } as never]).getChild("x");
    expect([...(doubled ?? [])]).toEqual([...close()].map((value) => (value as number) * 2 ** 40));
    for (const levels of [101, 5_000]) {
      expect(sentenceOf(() => ta.compute(table, [nested(levels)] as never))).toBe(
        "compute: more than 100 indicators are inside each other; compute a part of them first",
      );
    }
  });

  test("texts of indicators inside each other", () => {
    const table = new arrow.Table({ close: close() });
    let text = "close";
    for (let level = 0; level < 40; level++) text = `sma(${text}, 1)`;
    const result = ta.compute(table, [`${text} as x`]).getChild("x");
    expect([...(result ?? [])]).toEqual([...close()]);
  });
});
