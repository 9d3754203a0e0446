/** What the catalog promises and the scope table asks for, for every entry of both. */

import { readFileSync } from "node:fs";
import pl from "nodejs-polars";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { bars, frameOf, usualInputs } from "../support/bars.js";
import { root } from "../support/child.js";
import { type Column, readColumns } from "../support/columns.js";
import { drawParams, type Given, numbers } from "../support/random.js";
import { decisions, scopeTable } from "../support/scope.js";

const catalog = ta.catalog();
const scope = scopeTable();
const decided = new Map(decisions().map((decision) => [decision.id, decision]));

describe("the scope table", () => {
  test("every name of laakhay is found, or a method of polars or df.ta does it", () => {
    const missing = scope.flatMap(({ id, laakhay_id, laakhay_aliases }) => {
      const names = [laakhay_id, ...laakhay_aliases.split("|")].filter((name) => name !== "");
      return names.filter((name) => !ta.find(name) && !decided.get(id)?.by);
    });
    expect(missing).toEqual([]);
  });

  test("decisions are about rows that no indicator answers, with a method or a reason", () => {
    for (const { id, status, by, reason } of decided.values()) {
      expect(scope.map((row) => row.id)).toContain(id);
      expect(ta.find(id), id).toBeUndefined();
      expect(["ported", "blocked"], id).toContain(status);
      expect(status === "ported" ? by : reason, id).not.toBe("");
    }
    expect(decided.size).toBe(decisions().length);
  });

  test.each([...decided.values()].filter((decision) => decision.status === "ported"))(
    "$by is there to call, for $id",
    ({ by }) => {
      const df = pl.DataFrame({ close: [1] });
      const path = by.split(".");
      const member = path.reduce<unknown>(
        (object, name) => (object as Record<string, unknown> | undefined)?.[name],
        { pl, df, DataFrame: df },
      );
      expect(member).toBeTypeOf("function");
    },
  );
});

describe("the porting matrix", () => {
  const page = readFileSync(`${root}docs/indicator_porting_matrix.md`, "utf8");
  const [table = ""] = page.split("\n## ");
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.slice(2, -2).split(/(?<!\\) \| /));
  const statuses = rows.map((cells) => cells[6] ?? "");

  test("has the rows of the scope table, each with its status", () => {
    const status = (id: string) =>
      ta.find(id) ? "ported" : (decided.get(id)?.status ?? "to_port");
    const wanted = scope.map((row) => [row.display_name.replaceAll("<", "&lt;"), status(row.id)]);
    expect(rows.map((cells) => [cells[0], cells[6]])).toEqual(wanted);
  });

  test("counts them at the top", () => {
    const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
    expect(page).toContain(
      `${scope.length} rows: ${count("ported")} ported, ${count("to_port")} to port, ${count("blocked")} blocked.`,
    );
  });

  test("nothing is left to port, and what is blocked says why", () => {
    const open = rows.filter((cells) => cells[6] === "to_port").map((cells) => cells[0]);
    expect(open).toEqual([]);
    const mute = rows.filter((cells) => cells[6] === "blocked" && (cells[9] ?? "").length < 30);
    expect(mute).toEqual([]);
  });

  test("names oracle and error of every indicator", () => {
    // The last section speaks of names, not of values.
    const [values = ""] = page.split("\n## laakhay's contract");
    const linked = values.split("\n").filter((line) => line.includes("](indicators/"));
    const silent = linked.filter(
      (line) => !/\| [^|]{6,} \| (exact|1e-?\d+) \|/.test(line.replaceAll("\\|", "")),
    );
    expect(silent).toEqual([]);
    const ids = new Set(linked.map((line) => /\]\(indicators\/(\w+)\.md\)/.exec(line)?.[1]));
    expect([...ids].sort()).toEqual(catalog.map((meta) => meta.id).sort());
  });
});

/** One call of an indicator, and the rows without values that the catalog announces for it. */
interface Call {
  readonly meta: IndicatorMeta;
  readonly params: Given;
  readonly lookback: number;
  readonly lookahead: number;
}

/** Checks parameters, and says what Rust has to say about them; throws if they are refused. */
const call = (meta: IndicatorMeta, params: Given): Call => {
  const { allowLookahead: _, ...own } = params;
  const { lookback, lookahead } = JSON.parse(addon.resolve(meta.id, JSON.stringify(own)));
  return { meta, params, lookback, lookahead };
};

/** What is wrong with the outputs of one call: names, types, and the first row with a value. */
function problems({ meta, params, lookback }: Call, columns: readonly Column[]): string[] {
  const where = `${meta.id} ${JSON.stringify(params)}`;
  const shape = (list: readonly { name: string; dtype: string }[]) =>
    list.map(({ name, dtype }) => (list.length > 1 ? `${name} ${dtype}` : dtype)).join(", ");
  if (shape(columns) !== shape(meta.outputs)) return [`${where}: ${shape(columns)}`];
  const firsts = columns.map(({ values }) => {
    const row = values.findIndex((value) => value !== null);
    return row < 0 ? Number.POSITIVE_INFINITY : row;
  });
  // Outputs that need something to happen first may begin later, but not earlier.
  const certain = firsts.filter((_, index) => !("sparse" in (meta.outputs[index] ?? {})));
  const first = certain.length > 0 ? Math.min(...certain, ...firsts) : lookback;
  const early = firsts.some((row) => row < lookback);
  return first === lookback && !early ? [] : [`${where}: first row ${first}, lookback ${lookback}`];
}

function wrong(calls: readonly Call[]): string[] {
  const rows = 40 + Math.max(...calls.map((c) => c.lookback + c.lookahead));
  const exprs = calls.map(({ meta, params }, index) =>
    ta.indicator(meta.id, params, usualInputs(meta)).alias(`${index}`),
  );
  const results = readColumns(frameOf(bars(rows)).select(...exprs));
  return calls.flatMap((each, index) => problems(each, results.get(`${index}`) ?? []));
}

describe("the first value, the fields and their types are those of the catalog", () => {
  test("with default parameters", () => {
    const calls = catalog.map((meta) => call(meta, {}));
    expect(wrong(calls)).toEqual([]);
    for (const { meta, lookback, lookahead } of calls) {
      const { default_lookback, lookahead: ahead } = meta.semantics;
      expect({ id: meta.id, lookback, lookahead }).toEqual({
        id: meta.id,
        lookback: default_lookback,
        lookahead: ahead,
      });
    }
  });

  test.each([1, 2, 3, 4, 5])("with random parameters, seed %i", (seed) => {
    const next = numbers(seed);
    const calls = catalog.map((meta) => {
      const names = meta.params.map((param) => param.name);
      return drawParams(meta, names, next, (params) => call(meta, params));
    });
    expect(wrong(calls)).toEqual([]);
  });

  test("only the lookback parameters move it", () => {
    const next = numbers(6);
    const moved = catalog.flatMap((meta) => {
      const { lookback_params: moving, default_lookback } = meta.semantics;
      const others = meta.params.map((p) => p.name).filter((name) => !moving.includes(name));
      const calls = [1, 2, 3, 4, 5].map(() =>
        drawParams(meta, others, next, (params) => call(meta, params)),
      );
      return calls.filter((c) => c.lookback !== default_lookback).map((c) => [meta.id, c.params]);
    });
    expect(moved).toEqual([]);
  });
});
