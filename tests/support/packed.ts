/** Projects that install the package as npm packs it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { Packed } from "./pack.js";
import { readPage } from "./pages.js";
import { shell } from "./shell.js";

/** What was packed for this run. */
export const packed: Packed = inject("packed");

const { devDependencies } = JSON.parse(readPage("package.json")) as {
  devDependencies: Record<string, string>;
};

/** This project's package, as the registry has it. */
export const PACKAGE = "nodejs-polars-ta";

/** A package in the version that this repository is developed with. */
export const pinned = (name: string): string => `${name}@${devDependencies[name]}`;

/** A temporary folder with projects. */
export class Projects {
  readonly path = mkdtempSync(join(tmpdir(), "ta-package-"));

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /** An empty project; its path. */
  project(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path);
    writeFileSync(join(path, "package.json"), JSON.stringify({ private: true, type: "module" }));
    return path;
  }
}

/** The path of the newest Node of an older major version, which npm fetches. */
export const oldNode = (major: number): string =>
  shell(`npm exec --yes --package=node@${major} -- node -p process.execPath`, tmpdir()).trim();

/** Runs a shell script whose npm finds this project's packages, in the registry that has them. */
export const shellWithRegistry = (script: string, cwd: string, node?: string): string =>
  // Another run has served other packages with the same version.
  shell(script, cwd, node, {
    npm_config_registry: packed.registry,
    npm_config_cache: join(packed.folder, "cache"),
  });

/** Installs packages into a project. */
export function install(project: string, ...packages: string[]): void {
  const names = packages.map((name) => `"${name}"`).join(" ");
  shellWithRegistry(`npm install --no-audit --no-fund ${names}`, project);
}
