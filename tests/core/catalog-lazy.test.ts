/** The catalog is read entry by entry, when one is asked for; what was read stays, and cannot be changed. */

import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { childScript, runNode } from "../support/child.js";

const ids = ta.catalog().map(({ id }) => id);

describe("in a process of its own", () => {
  /** The entries that are read by the import and by each of some steps, in their order. */
  async function readBy(...steps: string[]): Promise<string[][]> {
    const source = `
      import pl from "nodejs-polars";
      import { addon } from "./plugin/dist/core/addon.js";
      let read = [];
      const { entry, catalog } = addon;
      addon.entry = (id) => { read.push(id); return entry(id); };
      addon.catalog = () => { read.push("all"); return catalog(); };
      const { ta } = await import("nodejs-polars-ta");
      const df = pl.DataFrame({ close: [1, 2, 4, 3, 5, 8], high: [2, 3, 5, 4, 6, 9], low: [0, 1, 3, 2, 4, 7] });
      const taken = () => read.splice(0);
      const all = [taken()];
      ${steps.map((step) => `${step}; all.push(taken());`).join("\n")}
      console.log(JSON.stringify(all));
    `;
    const { code, stdout, stderr } = await runNode(childScript(source));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout);
  }

  test("importing reads none, nor does touching a namespace", async () => {
    const steps = ['pl.col("close").ta', "df.ta", 'df.getColumn("close").ta', "Object.keys(ta)"];
    expect(await readBy(...steps)).toEqual([[], [], [], [], []]);
  });

  test("a call reads what it calls, once", async () => {
    const [, ...read] = await readBy(
      'pl.col("close").ta.sma(2)',
      "ta.sma(3)",
      "df.ta.sma(2)",
      "df.select(ta.atr(2), ta.sma(2))",
      'ta.indicator("average_true_range")',
      'ta.compute("rsi", { series: [1, 2, 3] })',
      'ta.compute("rsi", { series: [1, 2, 3] }, { period: 2 })',
      'ta.find("rsi")',
      'ta.find("nonsense")',
    );
    expect(read).toEqual([["sma"], [], [], ["atr"], [], ["rsi"], [], [], []]);
  });

  test("a call that is refused for its name reads none", async () => {
    const refused = 'try { ta.indicator("nonsense"); } catch {}';
    const [, ...read] = await readBy(refused, refused.replace("indicator", "compute"));
    expect(read).toEqual([[], []]);
  });

  test("the whole catalog reads those that are left, once", async () => {
    const read = await readBy("ta.find('ema')", "ta.catalog()", "ta.catalog()");
    expect(read.flat().toSorted()).toEqual(ids.toSorted());
    expect(read.slice(1).map((each) => each.length > 1)).toEqual([false, true, false]);
  });
});

describe("an entry", () => {
  test("is the same, whoever asks", () => {
    expect(ta.catalog()).toBe(ta.catalog());
    for (const meta of ta.catalog()) {
      expect(ta.find(meta.id)).toBe(meta);
      expect(ta.catalog().find(({ id }) => id === meta.id)).toBe(meta);
      for (const alias of meta.aliases) expect(ta.find(alias)).toBe(meta);
    }
    for (const name of ["nonsense", "", "constructor", "__proto__"]) {
      expect(ta.find(name)).toBeUndefined();
    }
  });

  test("is what the addon's whole document says", () => {
    const { indicators } = JSON.parse(addon.catalog());
    expect(ta.catalog()).toEqual(indicators);
  });

  test("is frozen, with all that is in it", () => {
    const thawed: string[] = [];
    const check = (value: unknown, path: string) => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [key, inner] of Object.entries(value)) check(inner, `${path}.${key}`);
    };
    check(ta.catalog(), "catalog");
    expect(thawed).toEqual([]);
    const [first] = ta.catalog() as [IndicatorMeta];
    expect(() => {
      (first as { id: string }).id = "other";
    }).toThrow(TypeError);
    expect(() => (first.aliases as string[]).push("other")).toThrow(TypeError);
    expect(() => (ta.catalog() as unknown[]).pop()).toThrow(TypeError);
  });
});
