/**
 * Packs the packages once for all suites that install them, and serves them as npm's registry does:
 * vitest runs this before the long tests.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { copyPackage, packAll } from "../../plugin/tools/packages.mjs";
import { serve } from "./registry.js";

/** A package as npm packs it. */
export interface PackedPackage {
  readonly name: string;
  /** Bytes of the tarball. */
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

export interface Packed {
  /** The address of the registry that has the packages. */
  readonly registry: string;
  /** The folder with a copy of the project's package that was packed. */
  readonly folder: string;
  readonly main: PackedPackage;
  /** The package with the addon for this machine. */
  readonly platform: PackedPackage;
}

declare module "vitest" {
  export interface ProvidedContext {
    packed: Packed;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "ta-packed-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  // A copy: while it is packed it holds files that it does not hold otherwise, and other tests look
  // at it.
  const packed = await packAll(copyPackage(folder), tarballs);
  const [main, platform] = packed;
  if (main === undefined || platform === undefined) throw new Error("two packages were expected");
  const registry = await serve(packed.map(({ filename }) => join(tarballs, filename)));
  provide("packed", { registry: registry.url, folder, main, platform });
  return () => {
    registry.close();
    rmSync(folder, { recursive: true });
  };
}
