/** What the plugin asks of its addon and of polars. */

import { createRequire } from "node:module";
import { type Addon, addon, type Exchange } from "../../plugin/dist/addon.js";

/** What an addon call computes; see `crates/ta-node/src/plan.rs`. */
export interface Plan {
  readonly columns: readonly string[];
  readonly partitions: number;
  readonly tasks: readonly { readonly id: string }[];
}

/** The addon calls since the list was emptied. */
export const calls: Plan[] = [];

let watched = false;

/** Notes every addon call from now on. */
export function watchAddon(): void {
  if (watched) return;
  watched = true;
  const { Exchange: Real } = addon;
  class Watched {
    readonly #real: Exchange;

    constructor(backing?: string) {
      this.#real = backing === undefined ? new Real() : new Real(backing);
    }

    get inputPath(): string {
      return this.#real.inputPath;
    }

    computeSync(plan: string): string {
      calls.push(JSON.parse(plan));
      return this.#real.computeSync(plan);
    }

    compute(plan: string): Promise<string> {
      calls.push(JSON.parse(plan));
      return this.#real.compute(plan);
    }

    close(): void {
      this.#real.close();
    }
  }
  (addon as { Exchange: Addon["Exchange"] }).Exchange = Watched;
}

interface Native {
  default: { JsLazyFrame: { prototype: { collectSync(engine: string): unknown } } };
}

/** How often polars runs a plan in `work`. */
export function watchCollects(work: () => unknown): number {
  const require = createRequire(import.meta.url);
  const native = require("nodejs-polars/bin/internals/polars_internal") as Native;
  const { prototype } = native.default.JsLazyFrame;
  const { collectSync } = prototype;
  let count = 0;
  prototype.collectSync = function (engine) {
    count++;
    return collectSync.call(this, engine);
  };
  try {
    work();
  } finally {
    prototype.collectSync = collectSync;
  }
  return count;
}
