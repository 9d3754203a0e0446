/** Finds what computes in Node, Deno and Bun: the native addon, else the WebAssembly module. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Addon } from "../addon.js";
import { TaError } from "../errors.js";
import { addonOver } from "../wasm/addon.js";
import { moduleOf } from "../wasm/module.js";

const require = createRequire(import.meta.url);
const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * What @napi-rs/cli writes: it loads the file that NAPI_RS_NATIVE_LIBRARY_PATH names, else the addon
 * that is built here, else that of the package for this platform.
 */
const LOADER = "../../../native/index.cjs";

/** The path of the addon, which is also the library of polars' plugin expressions. */
export function addonPath(): string {
  const { catalog } = require(LOADER) as Addon;
  const loaded = Object.values(require.cache).find(
    (module) => module?.filename.endsWith(".node") && module.exports.catalog === catalog,
  );
  return loaded?.filename ?? "";
}

/** The addon. `TA_WASM=1` takes the WebAssembly module in any case, `TA_WASM=0` never. */
export function load(): Addon {
  const forced = process.env.TA_WASM;
  if (forced === "1") return inWasm("TA_WASM is 1");
  try {
    const addon = require(LOADER) as Addon;
    return { ...addon, isNative: true, requireFrames: () => undefined };
  } catch (error) {
    const cause = reasons(error).join("; ");
    if (forced === "0") throw missing(cause);
    return inWasm(`there is no usable one for ${PLATFORM} (${cause})`, cause);
  }
}

/** Why the loader found no addon: what is wrong with the files that are there, or that there are none. */
function reasons(error: unknown): readonly string[] {
  const all: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) all.push(one.message);
  // The first is the loader's own, which only says that it has tried all files.
  const found = all.slice(1).filter((message) => !message.startsWith("Cannot find module"));
  if (found.length > 0) return found.map((message) => message.split("\n")[0] ?? "");
  return ["npm has installed no package with the addon for it"];
}

function inWasm(reason: string, cause?: string): Addon {
  try {
    const bytes = readFileSync(new URL("../../../wasm/ta.wasm", import.meta.url));
    return addonOver(moduleOf(bytes), reason);
  } catch (error) {
    throw missing(cause ?? reason, error);
  }
}

const missing = (reason: string, cause?: unknown): TaError =>
  new TaError(`nodejs-polars-ta has no usable native addon for ${PLATFORM}: ${reason}`, { cause });
