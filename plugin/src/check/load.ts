/** The door to `ta.check`: its code is loaded when it is first asked for. */

import { createRequire } from "node:module";
import type { CheckReport } from "./report.js";

const require = createRequire(import.meta.url);

type Check = typeof import("./index.js").check;

/** `ta.check` and `df.ta.check`; of a LazyFrame a promise. */
export const check = (frame: unknown, options?: unknown): CheckReport | Promise<CheckReport> =>
  (require("./index.js") as { check: Check }).check(frame, options);
