/** Loads what computes in browsers: the WebAssembly module. */

import type { Addon } from "../addon.js";
import { addonOver } from "../wasm/addon.js";
import { loadModule } from "../wasm/module.js";

// Bundlers copy the file when they see it named in this way.
const response = await fetch(new URL("../../../wasm/ta.wasm", import.meta.url));
const module = await loadModule(await response.arrayBuffer());

export const load = (): Addon => addonOver(module, "a browser cannot load it");

export const addonPath = (): string => "";
