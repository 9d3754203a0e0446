/** Finds what computes in Node, Deno and Bun: the native addon, else the WebAssembly module. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Addon } from "../addon.js";
import { TaError } from "../errors.js";
import { addonOver } from "../wasm/addon.js";
import { moduleOf } from "../wasm/module.js";

const require = createRequire(import.meta.url);
const PLATFORM = `${process.platform}-${process.arch}`;
const FILE = `../../../native/ta-node.${PLATFORM}.node`;

/** The path of the addon, which is also the library of polars' plugin expressions. */
export const addonPath = (): string => require.resolve(FILE);

/** The addon. `TA_WASM=1` takes the WebAssembly module in any case, `TA_WASM=0` never. */
export function load(): Addon {
  const forced = process.env.TA_WASM;
  if (forced === "1") return inWasm("TA_WASM is 1");
  try {
    const addon = require(FILE) as Addon;
    return { ...addon, isNative: true, requireFrames: () => undefined };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    if (forced === "0") throw missing(cause);
    return inWasm(`there is no usable one for ${PLATFORM} (${cause.split("\n")[0]})`, cause);
  }
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
