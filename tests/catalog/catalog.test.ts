/** The catalog as a whole: names, ranges, words, and the names of other libraries. */

import { readFileSync } from "node:fs";
import { type IndicatorMeta, type IndicatorParamMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { goldenPath } from "../support/golden.js";
import { EXCEPTIONS, foreignNames, idOfRow, LIBRARIES } from "../support/scope.js";

const catalog = ta.catalog();

const repeats = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);

/** The messages of every entry. */
const ofEach = (check: (meta: IndicatorMeta) => (string | false | undefined)[]) =>
  catalog.flatMap((meta) =>
    check(meta)
      .filter(Boolean)
      .map((problem) => `${meta.id}: ${problem}`),
  );

describe("names", () => {
  test("ids and aliases are unique, together", () => {
    expect(repeats(catalog.flatMap((meta) => [meta.id, ...meta.aliases]))).toEqual([]);
  });

  test("names within an indicator are unique: parameters with their aliases and inputs, outputs", () => {
    const found = ofEach(({ params, param_aliases, semantics, outputs }) => [
      ...repeats([
        ...params.map((p) => p.name),
        // An alias may set several parameters.
        ...new Set(param_aliases.map((p) => p.alias)),
        ...semantics.input_slots.map((slot) => slot.name),
      ]),
      ...repeats(outputs.map((output) => output.name)),
      ...repeats(param_aliases.map(({ alias, name }) => `${alias} ${name}`)),
      ...param_aliases
        .map((p) => p.name)
        .filter((name) => params.every((param) => param.name !== name)),
    ]);
    expect(found).toEqual([]);
  });

  test("every name is snake_case", () => {
    const found = ofEach((meta) =>
      [
        meta.id,
        meta.category,
        ...meta.aliases,
        ...[meta.params, meta.outputs, meta.semantics.input_slots].flat().map((x) => x.name),
        ...meta.param_aliases.map((p) => p.alias),
        ...meta.params.flatMap((p) => p.enum_values ?? []),
      ].filter((name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)),
    );
    expect(found).toEqual([]);
  });

  test("find knows every id and alias in any case, and nothing else", () => {
    for (const meta of catalog) {
      for (const name of [meta.id, ...meta.aliases]) {
        const mixed = name.replace(/^./, (c) => c.toUpperCase());
        for (const written of [name, name.toUpperCase(), mixed]) {
          expect(ta.find(written), written).toBe(meta);
        }
      }
    }
    for (const name of ["", " ", "no_such_thing", "toString", "__proto__"]) {
      expect(ta.find(name), name).toBeUndefined();
    }
  });
});

describe("parameters", () => {
  const wrong = ({ kind, default: value, min, max, enum_values }: IndicatorParamMeta) => {
    if (kind === "enum") return !enum_values?.includes(String(value));
    if (kind === "bool") return typeof value !== "boolean";
    if (typeof value !== "number" || min === undefined || max === undefined) return true;
    return (
      !(min < max && value >= min && value <= max) || (kind === "int" && !Number.isInteger(value))
    );
  };

  test("have defaults of their kind, in their range or list", () => {
    expect(ofEach((meta) => meta.params.filter(wrong).map((p) => p.name))).toEqual([]);
    expect(ofEach((meta) => meta.params.flatMap((p) => repeats(p.enum_values ?? [])))).toEqual([]);
  });

  test("that the lookback depends on, and inputs that are required, are those of the indicator", () => {
    const found = ofEach(({ params, semantics }) => {
      const slots = semantics.input_slots.map((slot) => slot.name);
      const known = [...params.map((p) => p.name)];
      return [
        ...semantics.lookback_params.filter((name) => !known.includes(name)),
        ...[...semantics.required_fields, semantics.primary_input].filter(
          (n) => !slots.includes(n),
        ),
      ];
    });
    expect(found).toEqual([]);
  });
});

describe("words", () => {
  test("every description is a paragraph, not the title again", () => {
    const found = ofEach(({ description, display_name }) => [
      description.length < 80 && "short",
      !/^[A-Z`][^\n]*\.$/.test(description) && "not a paragraph of sentences",
      description.toLowerCase().replace(/\.$/, "") === display_name.toLowerCase() && "the title",
      display_name.length < 2 && "no title",
    ]);
    expect(found).toEqual([]);
    expect(repeats(catalog.map((meta) => meta.description))).toEqual([]);
    expect(repeats(catalog.map((meta) => meta.display_name))).toEqual([]);
  });

  test("parameters and outputs are described", () => {
    const found = ofEach(({ params, outputs }) =>
      [...params, ...outputs]
        .filter(
          ({ description: text, name }) => text.length < 15 || !text.endsWith(".") || text === name,
        )
        .map((x) => x.name),
    );
    expect(found).toEqual([]);
  });
});

describe("the list", () => {
  test("is the snapshot, in its order", () => {
    const snapshot = JSON.parse(readFileSync(goldenPath("indicator_catalog_v2.json"), "utf8"));
    expect(catalog).toEqual(snapshot.indicators);
    expect(ta.catalog()).toBe(catalog);
  });

  test("is ordered by category and id", () => {
    const keys = catalog.map((meta) => `${meta.category} ${meta.id}`);
    expect(keys).toEqual(keys.toSorted());
  });

  test("cannot be changed", () => {
    const thawed: string[] = [];
    const visit = (value: unknown, path: string) => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    };
    visit(catalog, "catalog");
    expect(thawed).toEqual([]);
  });
});

describe("names in other libraries", () => {
  const names = foreignNames((row) => idOfRow(row) ?? ta.find(row.id)?.id);

  test.each(LIBRARIES)("%s", (wanted) => {
    const wrong = names.flatMap(({ library, name, ids }) => {
      if (library !== wanted) return [];
      const found = ta.find(name)?.id ?? null;
      const exception = EXCEPTIONS[`${library} ${name}`];
      // A family's name may stand for one of its members, or for none.
      const right: (string | null)[] = ids.length === 1 ? [...ids] : [...ids, null];
      // An exception that is right after all should go.
      const ok =
        exception === undefined
          ? right.includes(found)
          : found === exception && !ids.includes(`${found}`);
      return ok ? [] : `${name} is ${found}, not ${right.join(" or ")}`;
    });
    expect(wrong).toEqual([]);
  });

  test("no exception is left over", () => {
    const known = new Set(names.map(({ library, name }) => `${library} ${name}`));
    expect(Object.keys(EXCEPTIONS).filter((key) => !known.has(key))).toEqual([]);
    expect(names.length).toBeGreaterThan(500);
  });
});
