/** One catalog in all its forms: Rust, TypeScript, snapshot, command line, schema, methods. */

import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { BAR } from "../../plugin/dist/core/bar.js";
import { root, runNode } from "../support/child.js";
import { camelCase, methods } from "../support/surface.js";

const json = (path: string) => JSON.parse(readFileSync(`${root}${path}`, "utf8"));

const snapshot = json("golden/indicator_catalog_v2.json");
const rust = JSON.parse(addon.catalog());

describe("the catalog of the addon is that of", () => {
  test("the snapshot, with the order of all keys", () => {
    expect(JSON.stringify(rust)).toBe(JSON.stringify(snapshot));
  });

  test("TypeScript", () => {
    expect(ta.catalog()).toEqual(rust.indicators);
  });

  test("the command line", async () => {
    const { code, stdout } = await runNode(["plugin/dist/cli/main.js", "catalog", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(rust);
  });

  test("this version of the package", () => {
    expect(rust.library_version).toBe(json("plugin/package.json").version);
  });
});

describe("the schema", () => {
  const schema = json("plugin/schema/indicator_catalog_v2.schema.json");
  const validate = new Ajv2020({ validateFormats: false, allErrors: true }).compile(schema);

  test("accepts the snapshot", () => {
    expect(validate(snapshot) ? [] : validate.errors).toEqual([]);
  });

  test.each<[string, (entry: Record<string, never>) => void]>([
    ["without an id", (entry) => Reflect.deleteProperty(entry, "id")],
    ["with a category of its own", (entry) => Object.assign(entry, { category: "magic" })],
    ["with a number for a name", (entry) => Object.assign(entry, { display_name: 7 })],
    ["with text for a default", (entry) => Object.assign(entry, { params: [{ kind: "int" }] })],
    ["with another dtype", (entry) => Object.assign(entry, { outputs: [{ dtype: "Utf8" }] })],
  ])("refuses an entry %s", (_, change) => {
    const broken = structuredClone(snapshot);
    change(broken.indicators[0]);
    expect(validate(broken)).toBe(false);
  });
});

describe("the generated methods", () => {
  const folder = `${root}plugin/src/generated/`;
  // The transforms of bars are named after what they make of a frame.
  const text = readdirSync(folder)
    .filter((name) => name !== "transforms.ts")
    .map((name) => readFileSync(folder + name, "utf8"))
    .join("");

  test("are the ids", () => {
    const declared = new Set([...text.matchAll(/^ {2}(\w+)\(/gm)].map(([, id]) => id));
    expect([...declared].sort()).toEqual(
      ta
        .catalog()
        .map(({ id }) => id)
        .sort(),
    );
  });

  test("take the parameters and their other names, in camelCase", () => {
    const interfaces = [
      ...text.matchAll(/\{@link \w+\.(\w+)\}\. \*\/\nexport interface \w+Params \{\n(.*?)^\}/gms),
    ];
    const declared = interfaces.map(([, id, body = ""]) => [
      id,
      [...body.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name),
    ]);
    const wanted = ta.catalog().flatMap(({ id, params, param_aliases, semantics }) => {
      const all = [...params.map(({ name }) => name), ...param_aliases.map(({ alias }) => alias)];
      const names = new Set(all.map(camelCase));
      const asks = semantics.lookahead_params ? ["allowLookahead"] : [];
      return names.size > 0 ? [[id, [...names, ...asks].sort()]] : [];
    });
    const sorted = declared.map(([id, names]) => [id, [...(names ?? [])].sort()]);
    expect(Object.fromEntries(sorted)).toEqual(Object.fromEntries(wanted));
  });

  test("are there to call", () => {
    for (const surface of [pl.col("close").ta, pl.Series([1]).ta, pl.DataFrame().ta, ta]) {
      const named = methods(surface);
      expect(() => ta.catalog().forEach(({ id }) => void named(id))).not.toThrow();
    }
  });
});

test("the numbers of a bar are the columns that inputs read by default", () => {
  const slots = ta.catalog().flatMap(({ semantics }) => semantics.input_slots);
  const usual = slots.flatMap((slot) => slot.default ?? []);
  expect([...new Set(usual)].sort()).toEqual([...BAR].sort());
});
