/** Packs the package once for all suites that install it: vitest runs this before the long tests. */

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { root } from "./child.js";
import { shell } from "./shell.js";
import { noWasm } from "./wasm.js";

export interface Packed {
  /** Path of the tarball. */
  readonly file: string;
  /** The folder it was packed in, with a copy of the package below it. */
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** Bytes of the tarball. */
  readonly size: number;
}

declare module "vitest" {
  export interface ProvidedContext {
    packed: Packed;
  }
}

/**
 * Packs a copy of the package: while it is packed it holds files that it does not hold
 * otherwise, and other tests look at it.
 */
function pack(folder: string): Packed {
  for (const name of ["README.md", "LICENSE"]) cpSync(join(root, name), join(folder, name));
  const plugin = join(folder, "plugin");
  const parts = ["command.mjs", "data", "dist", "native", "package.json", "schema", "tools"];
  const needed = noWasm ? parts : [...parts, "wasm"];
  for (const name of needed) {
    cpSync(join(root, "plugin", name), join(plugin, name), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  }
  const text = shell("npm pack --json --pack-destination ..", plugin);
  const [{ filename, files, size }] = Object.values(
    JSON.parse(text.slice(text.search(/^[[{]/m))),
  ) as [Packed & { filename: string }];
  return { file: join(folder, filename), folder, files, size };
}

export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "ta-packed-"));
  provide("packed", pack(folder));
  return () => rmSync(folder, { recursive: true });
}
