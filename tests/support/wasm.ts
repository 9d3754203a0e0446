/** Whether the WebAssembly module is there. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./child.js";

/** The module. */
export const wasmFile = join(root, "plugin/wasm/ta.wasm");

/** Whether tests have to be skipped. */
export const noWasm = !existsSync(wasmFile);

/** A part of a title: why they are skipped. */
export const whyNot = noWasm ? ", not built: this machine's Rust lacks the target" : "";
