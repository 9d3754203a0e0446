/** Installations made up in temporary directories. */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { root, runNode } from "./child.js";

/** A directory for the test that runs, which removes it. */
export function tree(): Tree {
  const made = new Tree();
  onTestFinished(() => made.remove());
  return made;
}

const installed = join(root, "node_modules");
const plugin = join(root, "plugin");

/** A directory with packages and scripts, which can be run. */
export class Tree {
  readonly path = mkdtempSync(join(tmpdir(), "ta-tree-"));

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Links an installed package into `at`'s node_modules: it stays the one copy. */
  link(name: string, at = ""): this {
    const to = this.#place(at, name);
    symlinkSync(name === "nodejs-polars-ta" ? plugin : join(installed, name), to, "junction");
    return this;
  }

  /** Copies the JavaScript of nodejs-polars; its native part stays the installed one. */
  copyPolars(at = ""): this {
    cpSync(join(installed, "nodejs-polars"), this.#place(at, "nodejs-polars"), { recursive: true });
    for (const name of readdirSync(installed)) {
      if (name.startsWith("nodejs-polars-") && name !== "nodejs-polars-ta") this.link(name, at);
    }
    return this;
  }

  /** Copies the plugin as it would be installed from the registry. */
  copyPlugin(at = "", version?: string): this {
    const to = this.#place(at, "nodejs-polars-ta");
    for (const part of ["dist", "native", "wasm"]) {
      cpSync(join(plugin, part), join(to, part), { recursive: true });
    }
    const manifest = JSON.parse(readFileSync(join(plugin, "package.json"), "utf8"));
    const changed = { ...manifest, version: version ?? manifest.version };
    writeFileSync(join(to, "package.json"), JSON.stringify(changed));
    return this;
  }

  file(name: string, source: string): this {
    const to = join(this.path, name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, source);
    return this;
  }

  /** Runs a module in this directory and gives what it prints, or how it failed. */
  async run(source: string): Promise<{ ok: boolean; printed: string }> {
    this.file("main.mjs", source);
    const { code, stdout, stderr } = await runNode([join(this.path, "main.mjs")], {
      cwd: this.path,
    });
    return { ok: code === 0, printed: code === 0 ? stdout.trim() : stderr };
  }

  #place(at: string, name: string): string {
    const to = join(this.path, at, "node_modules", name);
    mkdirSync(dirname(to), { recursive: true });
    return to;
  }
}

/** The sentence of the TaError that a process died of. */
export function sentence(stderr: string): string {
  const line = stderr.split("\n").find((text) => text.startsWith("TaError"));
  return line ?? `no TaError in: ${stderr}`;
}

/** Source text that makes a small frame. */
export const FRAME = `pl.DataFrame({ close: [1, 2, 4, 3, 5, 8] })`;
/** The two-bar average of it. */
export const SMA = "null,1.5,3,3.5,4,6.5";
/** Prints an indicator that is computed in every way there is. */
export const USE = `
  const check = async (pl, ta) => {
    const df = ${FRAME};
    const lists = [
      df.select(pl.col("close").ta.sma(2)).toSeries(),
      df.lazy().select(ta.sma(2)).collectSync().toSeries(),
      (await df.lazy().select(ta.sma(2)).collect()).toSeries(),
      df.getColumn("close").ta.sma(2),
      df.ta.sma(2).getColumn("sma_2"),
    ].map((series) => series.toArray().map(String).join());
    return [...new Set(lists)].join(" and ");
  };
`;
