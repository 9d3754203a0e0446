/** Only the catalog knows the indicators: no hand-written file outside ta-core names one. */

import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

const FOLDERS = [
  "plugin/src",
  "crates/ta-node",
  "crates/ta-arrow",
  "crates/ta-engine",
  "crates/ta-live/src",
  "crates/ta-bars/src",
  "crates/ta-memory",
  "crates/ta-polars/src",
  "crates/ta-polars/python/src",
  "crates/xtask",
];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|rs|py)$/.test(entry.name))
    .map((entry) => relative(root, `${entry.parentPath}/${entry.name}`))
    .filter((path) => !path.includes("/generated/") && !path.endsWith("/tests.rs")),
);

/** Code without comments, which may show examples; strings stay. */
function withoutComments(code: string): string {
  // Strings are matched too, so that a `//` inside one does not open a comment.
  const python = code.replace(/"""[\s\S]*?"""/g, " ").replace(/^\s*#.*$/gm, " ");
  const pattern = /"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return python.replace(pattern, (found) => (/^\/[/*]/.test(found) ? " " : found));
}

/** Words that code needs for something else; they count only as strings or methods. */
const ordinary = (word: string) =>
  word.length <= 3 ||
  word in Math ||
  [
    "cumsum",
    "enter",
    "exit",
    "shift",
    "positive",
    "negative",
    "degrees",
    "difference",
    "stderr",
    "mean",
  ].includes(word);

const categories = new Set<string>(ta.catalog().map((meta) => meta.category));

/** Ids, aliases and TA-Lib's names; what is a category's name too may be said. */
const names = ta
  .catalog()
  .flatMap(({ id, aliases, reference }) => [id, ...aliases, reference.function ?? id])
  .filter((name) => !categories.has(name));

const words = new Map(names.map((name) => [name.toLowerCase(), name]));

/** Words in quotes that are those of Node, of our own functions, or of an option. */
const OTHERS =
  /\bprocess\.once\("exit"|\brequired: \[[^\]]*\]|\bPRICE_SCALES = \[[^\]]*\]|\btype PriceScale = [^;]*/g;

/** The indicators that a piece of code names. Unit tests of Rust, at the end of a file, need some. */
function named(code: string): string[] {
  const text = withoutComments(code.split("#[cfg(test)]")[0] ?? "").replace(OTHERS, "");
  const quoted = text.matchAll(/["'`]([A-Za-z0-9_]+)["'`]/g);
  const methods = text.matchAll(/\bta\s*\??\.\s*([A-Za-z0-9_]+)\s*\(/g);
  const tokens = text.matchAll(/[A-Za-z0-9_]+/g);
  return [
    ...[...quoted, ...methods].map(([, word = ""]) => word),
    ...[...tokens].map(([word]) => word).filter((word) => !ordinary(word.toLowerCase())),
  ].filter((word) => words.has(word.toLowerCase()));
}

describe("no indicator is named in", () => {
  test.each(sources)("%s", (path) => {
    expect(named(readFileSync(`${root}${path}`, "utf8"))).toEqual([]);
  });
});

describe("the scan", () => {
  test("reads all the folders", () => {
    for (const folder of FOLDERS) {
      expect(sources.filter((path) => path.startsWith(folder)).length, folder).toBeGreaterThan(1);
    }
  });

  test("finds every name in code, and none in comments", () => {
    for (const name of names) {
      for (const code of [`x = "${name}";`, `ta.${name}(14)`, `col.ta?.${name}()`]) {
        expect(named(code), code).toContain(name);
      }
      const bare = ordinary(name.toLowerCase()) ? [] : [name];
      expect(named(`"https://x"; let ${name} = 1; // ${name}`)).toEqual(bare);
      expect(named(`/** \`col.ta.${name}(14)\` */ // "${name}"`)).toEqual([]);
    }
  });
});
