/** The package as npm packs it, in projects of its own. */

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, terminal } from "./child.js";
import { readPage } from "./pages.js";

export interface Packed {
  /** Path of the tarball. */
  readonly file: string;
  readonly files: readonly { readonly path: string }[];
  /** Bytes of the tarball. */
  readonly size: number;
  /** Bytes of what is in it. */
  readonly unpackedSize: number;
}

const { devDependencies } = JSON.parse(readPage("package.json")) as {
  devDependencies: Record<string, string>;
};

/** A package in the version that this repository is developed with. */
export const pinned = (name: string): string => `${name}@${devDependencies[name]}`;

/**
 * Runs commands in a folder; what they print, if they succeed.
 *
 * @param node The Node that runs what is written in JavaScript, npm included.
 */
export function shell(script: string, cwd: string, node = process.execPath): string {
  const env = { ...terminal(node), npm_config_prefer_offline: "true" };
  return execFileSync("bash", ["-c", `set -e\n${script}`], { cwd, encoding: "utf8", env });
}

/** A temporary folder with the package and with projects that use it. */
export class Projects {
  readonly path = mkdtempSync(join(tmpdir(), "ta-package-"));

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /**
   * Packs a copy of the package: while it is packed it holds files that it does not hold
   * otherwise, and other tests look at it.
   */
  pack(): Packed {
    for (const name of ["README.md", "LICENSE"]) cpSync(join(root, name), join(this.path, name));
    const plugin = join(this.path, "plugin");
    const needed = ["command.mjs", "data", "dist", "native", "package.json", "schema", "tools"];
    for (const name of needed) {
      cpSync(join(root, "plugin", name), join(plugin, name), {
        recursive: true,
        filter: (path) => !path.includes("node_modules"),
      });
    }
    const text = shell("npm pack --json --pack-destination ..", plugin);
    const [packed] = Object.values(JSON.parse(text.slice(text.search(/^[[{]/m)))) as [
      Packed & { filename: string },
    ];
    return { ...packed, file: join(this.path, packed.filename) };
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

/** Installs packages into a project. */
export function install(project: string, ...packages: string[]): void {
  const names = packages.map((name) => `"${name}"`).join(" ");
  shell(`npm install --no-audit --no-fund ${names}`, project);
}
