/** `catalog` and `find`: lists and searches the indicators. */

import type { Command } from "commander";
import { addon } from "../../core/addon.js";
import { catalog, find, type IndicatorMeta, indicatorNamed } from "../../core/catalog.js";
import { table, USUAL_WIDTH } from "../../core/text-table.js";
import { nothingFor, search } from "../search.js";
import { asUsage } from "../text.js";

function list(entries: readonly IndicatorMeta[]): string {
  const rows = entries.map((meta) => [
    meta.id,
    meta.category,
    meta.params.map((p) => `${p.name}=${p.default}`).join(" "),
    meta.outputs.map((o) => o.name).join(" "),
    meta.display_name,
  ]);
  return table([["id", "category", "parameters", "outputs", "name"], ...rows], USUAL_WIDTH);
}

/** The catalog entry of an indicator as text. */
export function describeIndicator(meta: IndicatorMeta): string {
  const params = meta.params.map((p) => {
    const range = p.enum_values?.join("|") ?? (p.min === undefined ? "" : `${p.min} to ${p.max}`);
    return ["", p.name, `default ${p.default}`, range, p.description];
  });
  const outputs = meta.outputs.map((o) => ["", o.name, o.dtype, o.description]);
  return [
    `${meta.id}: ${meta.display_name} (${meta.category})`,
    ...(meta.aliases.length > 0 ? [`aliases: ${meta.aliases.join(", ")}`] : []),
    meta.description,
    `inputs: ${meta.semantics.input_slots.map((slot) => slot.name).join(", ")}`,
    ...(params.length > 0 ? ["parameters:", table(params, USUAL_WIDTH)] : []),
    "outputs:",
    table(outputs, USUAL_WIDTH),
  ].join("\n");
}

/** The indicator whose id or alias the text is, if there is one. */
export const known = (text: string): IndicatorMeta | undefined => find(text.trim());

/** The indicator behind a name. Throws the addon's error if there is none. */
function named(name: string): IndicatorMeta {
  return asUsage(() => indicatorNamed(name));
}

/** Adds the commands. */
export function addCatalog(program: Command): void {
  program
    .command("catalog")
    .description("print every indicator, or one")
    .argument("[id]", "an id or alias")
    .option("--json", "canonical JSON instead of text")
    .action((id: string | undefined, { json }: { json?: boolean }) => {
      if (id === undefined) {
        console.log(json ? JSON.stringify(JSON.parse(addon.catalog()), null, 2) : list(catalog()));
        return;
      }
      const meta = named(id);
      console.log(json ? JSON.stringify(meta, null, 2) : describeIndicator(meta));
    });
  program
    .command("find")
    .description("search names, aliases and descriptions")
    .argument("<text...>")
    .action((text: string[]) => {
      const found = search(text.join(" "));
      if (found.length === 0) throw nothingFor(text.join(" "));
      console.log(list(found));
    });
}
