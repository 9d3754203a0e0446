/**
 * Importing `nodejs-polars-ta/notebook` makes notebooks show DataFrames and Series as the tables
 * of `ta.html`, for kernels that ask objects for `Symbol.for("Jupyter.display")`. In Deno's kernel
 * importing `nodejs-polars-ta` is enough. Only frames and Series made afterwards are shown so.
 *
 * @example
 * ```ts
 * import "nodejs-polars-ta/notebook";
 * ```
 *
 * @packageDocumentation
 */

import "./index.js";
import { showTables } from "./notebook/display.js";

showTables();
