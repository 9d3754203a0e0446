// Writes the tables of a run into docs/performance.md, between its markers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root } from "../tools/process.mjs";
import { environmentText, tableText } from "./report.mjs";

const path = join(root, "docs/performance.md");

/** @param {any} results */
export function updatePage(results) {
  writeFileSync(path, withTables(readFileSync(path, "utf8"), results));
}

/**
 * The page with these tables. Tables that were not measured stay unchanged.
 *
 * @param {string} page
 * @param {any} results
 */
export function withTables(page, { environment, tables }) {
  let changed = between(page, "environment", environmentText(environment));
  for (const table of tables) changed = between(changed, table.name, tableText(table));
  return changed;
}

/**
 * @param {string} page
 * @param {string} name
 * @param {string} text
 */
function between(page, name, text) {
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Failure(`docs/performance.md has no ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
