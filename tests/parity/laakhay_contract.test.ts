/** laakhay's names, parameters, defaults and outputs, called through the public API. */

import { readFileSync } from "node:fs";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { root } from "../support/child.js";
import { camelCase } from "../support/surface.js";

interface Entry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly param_aliases: Readonly<Record<string, string>>;
  readonly params: readonly { name: string; default: string | null }[];
  readonly outputs: readonly string[];
}

const read = (name: string) => readFileSync(`${root}golden/${name}`, "utf8");

const { indicators }: { indicators: Entry[] } = JSON.parse(read("laakhay_contract.json"));

/** Rows of `id,what,name,by,...`; reasons, which may have commas, come last. */
const decisions = read("laakhay_decisions.csv")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [id = "", what = "", name = "", by = ""] = line.split(",");
    return { id, what, name, by };
  });

const decided = (id: string, what: string, name: string): string | undefined =>
  decisions.find((one) => one.id === id && one.what === what && one.name === name)?.by;

const known = (name: string) => {
  const meta = ta.find(name);
  if (!meta) throw new Error(`there is no ${name}`);
  return meta;
};

/** The parameters that laakhay's and ours share, with laakhay's defaults. */
const given = ({ id, params }: Entry): Record<string, unknown> =>
  Object.fromEntries(
    params.flatMap(({ name, default: text }) =>
      text === null || decided(id, "param", name) !== undefined ? [] : [[name, JSON.parse(text)]],
    ),
  );

describe.each(indicators)("$id", (entry) => {
  const { id, aliases, outputs } = entry;

  test("is found by all of its names", () => {
    for (const name of aliases) {
      expect(known(name).id, name).toBe(decided(id, "alias", name) ?? known(id).id);
    }
  });

  test("takes the parameters by their names, in both spellings", () => {
    const wanted = given(entry);
    const explained = ta.explain(id, wanted);
    const values = Object.values(explained.params);
    for (const value of Object.values(wanted)) expect(values).toContain(value);
    const camel = Object.entries(wanted).map(([name, value]) => [camelCase(name), value]);
    expect(ta.explain(id, Object.fromEntries(camel)).params).toEqual(explained.params);
    for (const [alias, name] of Object.entries(entry.param_aliases)) {
      const { [name]: value, ...others } = wanted;
      expect(ta.explain(id, { ...others, [alias]: value }).params).toEqual(explained.params);
    }
  });

  test("has their defaults, or a decision that gives them", () => {
    const defaults = ta.explain(id).params;
    for (const [name, value] of Object.entries(given(entry))) {
      const changed = ta.explain(id, { [name]: value }).params;
      const same = JSON.stringify(changed) === JSON.stringify(defaults);
      expect([id, name, same]).toEqual([id, name, decided(id, "default", name) === undefined]);
    }
  });

  test("has the outputs, or a decision where they are", () => {
    const own = known(id).outputs.map(({ name }) => name);
    if (own.length === 1 && outputs.length === 1) return;
    for (const name of outputs) {
      const [other, field] = (decided(id, "output", name) ?? name).split(".");
      const owner = field === undefined ? own : known(other ?? "").outputs.map((o) => o.name);
      expect(owner, name).toContain(field ?? other);
    }
  });
});

test("an alias for both deviations sets both, and not one of them twice", () => {
  const both = { nb_dev_up: 1.5, nb_dev_dn: 1.5 };
  expect(ta.explain("bbands", { stdDev: 1.5 }).params).toMatchObject(both);
  for (const id of ["bbands", "bbw", "percentb"]) {
    expect(ta.explain(id, { std: 1.5 }).params).toMatchObject(both);
    expect(ta.explain(id, { std_dev: 1.5 }).params).toMatchObject(both);
  }
  expect(() => ta.explain("bbands", { std_dev: 1.5, nbDevUp: 2 })).toThrow(
    "bbands: nbDevUp is given twice",
  );
  expect(() => ta.explain("bbands", { stdDev: "wide" })).toThrow(
    /bbands: nbDevUp must be a number/,
  );
});

test("what is blocked has a reason, an owner and a date", () => {
  const [header = "", ...rows] = read("scope_decisions.csv").trim().split("\n");
  expect(header).toBe("id,status,by,reason,owner,until");
  const blocked = rows.filter((row) => row.split(",")[1] === "blocked");
  for (const row of blocked) expect(row).toMatch(/,[^,]+,\d{4}-\d{2}-\d{2}$/);
});
