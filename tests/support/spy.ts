/** What the plugin asks of its addon and of polars. */

import { createRequire } from "node:module";
import { addon } from "../../plugin/dist/core/addon.js";

/** What an evaluation of the addon computes; see `crates/ta-node/src/plan.rs`. */
export interface Plan {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly partitions: number;
  readonly roundBytes: number;
  readonly tasks: readonly { readonly id: string }[];
}

/** The evaluations since the list was emptied. */
export const calls: Plan[] = [];

let watched = false;

/** Notes every evaluation from now on. */
export function watchAddon(): void {
  if (watched) return;
  watched = true;
  const { Evaluation } = addon;
  addon.Evaluation = class extends Evaluation {
    constructor(plan: string) {
      calls.push(JSON.parse(plan));
      super(plan);
    }
  };
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
