/** Loads the code of `ta.check` on first use. */

import { createRequire } from "node:module";
import type { CheckReport } from "./report.js";

const require = createRequire(import.meta.url);

type Check = typeof import("./index.js").check;

/** `ta.check` and `df.ta.check`; for a LazyFrame a promise. */
export const check = (frame: unknown, options?: unknown): CheckReport | Promise<CheckReport> =>
  (require("./index.js") as { check: Check }).check(frame, options);
