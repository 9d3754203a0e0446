/** Makes the package compute in WebAssembly. To be imported before it. */

import { noWasm } from "./wasm.js";

if (!noWasm) process.env.TA_WASM = "1";
