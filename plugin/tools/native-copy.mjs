// Makes a copy of the project whose nodejs-polars can run plugin expressions, so that the tests run
// in native mode. The project's own node_modules stay as they are.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.mjs";

/** The file of a nodejs-polars with plugin expressions, or the reason why there is none. */
export const host = {
  file: process.env.TA_PLUGIN_HOST ?? "",
  missing: process.env.TA_PLUGIN_HOST
    ? existsSync(process.env.TA_PLUGIN_HOST)
      ? ""
      : "TA_PLUGIN_HOST names no file"
    : "TA_PLUGIN_HOST names no nodejs-polars that can run plugin expressions",
};

/** What the tests read, besides node_modules and the plugin. */
const READ = ["tests", "golden", "package.json", "vitest.config.ts", "tsconfig.json", "docs"];

/**
 * Makes the copy.
 *
 * @param {string} copy the folder; what is there is removed
 */
export async function makeNativeCopy(copy) {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, "node_modules"), { recursive: true });
  for (const name of READ) cpSync(join(root, name), join(copy, name), { recursive: true });
  copyPlugin(copy);
  const modules = join(root, "node_modules");
  for (const name of readdirSync(modules)) {
    if (name === "nodejs-polars" || name === "nodejs-polars-ta") continue;
    symlinkSync(join(modules, name), join(copy, "node_modules", name));
  }
  symlinkSync(join(copy, "plugin"), join(copy, "node_modules/nodejs-polars-ta"));
  cpSync(join(modules, "nodejs-polars"), join(copy, "node_modules/nodejs-polars"), {
    recursive: true,
  });
  const binary = `nodejs-polars.${process.platform}-${process.arch}-gnu.node`;
  symlinkSync(host.file, join(copy, "node_modules/nodejs-polars/bin", binary));
}

/** @param {string} copy */
function copyPlugin(copy) {
  const skipped = ["node_modules", "bench"].map((name) => join(root, "plugin", name));
  cpSync(join(root, "plugin"), join(copy, "plugin"), {
    recursive: true,
    filter: (source) => !skipped.includes(source),
  });
}
