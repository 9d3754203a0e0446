/** The command line, as a process of its own: what there is, what matches, what is refused. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type IndicatorMeta, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { goldenPath } from "../support/golden.js";

const cli = (...args: string[]) => runNode([join(root, "plugin/command.mjs"), ...args]);

/** The output of a command that must succeed. */
async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** The first words of the lines below the heading of a table. */
const idsIn = (table: string) =>
  table
    .trimEnd()
    .split("\n")
    .slice(1)
    // Cells that are too wide go on in lines that begin with a space.
    .filter((line) => !line.startsWith(" "))
    .map((line) => line.split(" ")[0]);

const catalog = ta.catalog();

/** The entry with the most to print. */
const richest = catalog.reduce((most, meta) => {
  const size = ({ params, outputs, aliases }: IndicatorMeta) =>
    aliases.length > 0 ? params.length + outputs.length : 0;
  return size(meta) > size(most) ? meta : most;
});

test("npm knows the command", () => {
  const name = process.platform === "win32" ? "nodejs-polars-ta.cmd" : "nodejs-polars-ta";
  expect(existsSync(join(root, "node_modules/.bin", name))).toBe(true);
});

describe("catalog", () => {
  test("is a table of all indicators in their order", async () => {
    const text = await output("catalog");
    expect(text).toMatch(/^id +category +parameters +outputs +name\n/);
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
    const words = new Set(text.split(/\s+/));
    for (const { params, outputs } of catalog) {
      for (const { name, default: value } of params) expect(words).toContain(`${name}=${value}`);
      for (const { name } of outputs) expect(words).toContain(name);
    }
    expect(idsIn(text)).toEqual(catalog.map((meta) => meta.id));
    expect(text).not.toMatch(/undefined|\[object/);
  });

  test("--json is the snapshot", async () => {
    const snapshot = JSON.parse(readFileSync(goldenPath("indicator_catalog_v2.json"), "utf8"));
    expect(JSON.parse(await output("catalog", "--json"))).toEqual(snapshot);
  });

  test("with an id or alias prints all there is to know about one", async () => {
    const text = await output("catalog", richest.id);
    const { display_name, category, aliases, description, params, outputs } = richest;
    for (const word of [display_name, category, description, ...aliases]) {
      expect(text).toContain(word);
    }
    for (const { name, description: meaning } of [...params, ...outputs]) {
      expect(text).toMatch(new RegExp(`^ +${name} +.*`, "m"));
      for (const word of meaning.split(" ")) expect(text).toContain(word);
    }
    expect(await output("catalog", aliases[0] ?? "")).toBe(text);
  });

  test("with an id and --json prints its entry", async () => {
    expect(JSON.parse(await output("catalog", richest.id, "--json"))).toEqual(richest);
    expect(JSON.parse(await output("catalog", "--json", richest.id))).toEqual(richest);
  });

  test("with an unknown id says which names are near, in one sentence", async () => {
    const { code, stdout, stderr } = await cli("catalog", `${richest.id}x`);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`"${richest.id}x"`);
    expect(stderr).toMatch(new RegExp(`did you mean .*"${richest.id}"`));
    expect(stderr).not.toMatch(/Error|\bat .*:\d+/);
  });
});

describe("find", () => {
  test("finds names, aliases and descriptions, names first", async () => {
    const [, ...found] = [undefined, ...idsIn(await output("find", "bollinger"))];
    const has = (id: string | undefined, text: (meta: IndicatorMeta) => string) =>
      text(ta.find(id ?? "") as IndicatorMeta)
        .toLowerCase()
        .includes("bollinger");
    const byName = (id: string | undefined) =>
      has(id, ({ id, aliases, display_name }) => [id, ...aliases, display_name].join(" "));
    const inText = (id: string | undefined) => has(id, ({ description }) => description);
    const wanted = catalog.map((meta) => meta.id).filter((id) => byName(id) || inText(id));
    expect(found.toSorted()).toEqual(wanted.toSorted());
    expect(found.length).toBeGreaterThan(1);
    expect(byName(found[0])).toBe(true);
    expect(found.map(byName)).toEqual(found.map(byName).toSorted((a, b) => Number(b) - Number(a)));
  });

  test("takes several words, in any case, quoted or not", async () => {
    const words = richest.display_name.toUpperCase().split(" ");
    const text = await output("find", ...words);
    expect(idsIn(text)).toContain(richest.id);
    expect(await output("find", words.join(" "))).toBe(text);
  });

  test("takes whole words of descriptions: no answer is better than another one", async () => {
    // Some are read as overbought.
    expect(catalog.some(({ description }) => /\boverbough\w/i.test(description))).toBe(true);
    expect(await cli("find", "overbough")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'no indicator matches "overbough"\n',
    });
    const found = idsIn(await output("find", "rsi"));
    expect(found[0]).toBe("rsi");
    expect(found).toEqual(expect.arrayContaining(["rsi", "stochrsi"]));
    // "starsin" has these letters, and nothing to do with them.
    expect(found).not.toContain("cdl_3starsinsouth");
  });

  test("names what is spelled nearly so", async () => {
    const { code, stderr } = await cli("find", "rssi");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^no indicator matches "rssi" \(did you mean "rsi"/);
  });

  test("without a match says so, in one sentence", async () => {
    const { code, stdout, stderr } = await cli("find", "flux", "capacitor");
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: "",
      stderr: 'no indicator matches "flux capacitor"\n',
    });
  });
});

describe("anything else", () => {
  test("--version is that of the package", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8"));
    expect(await output("--version")).toBe(`${version}\n`);
  });

  test("--help names the commands", async () => {
    const text = await output("--help");
    expect(text).toMatch(/^ +catalog .*\[id\]/m);
    expect(text).toMatch(/^ +find .*<text...>/m);
  });

  test.each([["no-such-command"], ["catalog", "--xml"], ["find"]])(
    "%s %s is refused",
    async (...args) => {
      const { code, stderr } = await cli(...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: /);
      expect(stderr).not.toMatch(/\bat .*:\d+/);
    },
  );
});
