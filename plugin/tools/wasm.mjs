// Builds the WebAssembly module, if this machine's Rust can.
import { join } from "node:path";
import { root, say } from "./process.mjs";
import { hasTarget } from "./rust-target.mjs";
import { cargoBuild, replace } from "./setup.mjs";

const TARGET = "wasm32-unknown-unknown";

/** The module, where the plugin loads it from. */
const wasmFile = join(root, "plugin/wasm/ta.wasm");

/** Builds the module, unless this machine's Rust cannot. */
export async function buildWasm() {
  if (!(await hasTarget(TARGET))) {
    say(
      `going on without WebAssembly: this Rust has no ${TARGET}, and there is no rustup that can add it`,
    );
    return;
  }
  const args = ["--profile", "wasm", "--target", TARGET, "-p", "ta-wasm"];
  const what = "the WebAssembly module, which takes a few minutes";
  replace(wasmFile, await cargoBuild(args, what, /\.wasm$/));
}
