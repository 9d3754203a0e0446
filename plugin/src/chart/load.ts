/** Loads the code of charts on first use. */

import { createRequire } from "node:module";
import type { DataFrame, LazyDataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { arrowOf } from "../core/arrow-copy.js";
import { TaError } from "../core/errors.js";
import { importArrow } from "../core/peers.js";
import type { Frame } from "../lazy/frames.js";
import { isFrame, isLazy, native, wrappers } from "../polars/native.js";
import type { Chart } from "./chart.js";

const require = createRequire(import.meta.url);

const code = () => require("./chart.js") as typeof import("./chart.js");

/** `df.ta.chart` at once, `lazy.ta.chart` when the frame is collected. */
export function chart(frame: Frame, options: unknown): Chart | Promise<Chart> {
  const { chartOf, settingsOf } = code();
  if (!isLazy(frame)) return chartOf(frame as DataFrame, options);
  // Report wrong options before the frame is collected.
  settingsOf(options);
  return (frame as LazyDataFrame).collect().then((collected) => chartOf(collected, options));
}

/**
 * The shape of an apache-arrow table; no class, because there may be several copies of the package.
 */
interface ArrowTable {
  readonly schema: { readonly fields: readonly unknown[] };
  readonly numRows: number;
}

const isArrow = (value: unknown): value is ArrowTable => {
  const { schema, numRows } = (value ?? {}) as Partial<ArrowTable>;
  return Array.isArray(schema?.fields) && typeof numRows === "number";
};

/** `ta.chart`, for frames of both kinds and Arrow tables. */
export function topChart(table: unknown, options?: unknown): Chart | Promise<Chart> {
  if (isFrame(table) || isLazy(table)) return chart(table as unknown as Frame, options);
  const { chartOf, settingsOf } = code();
  if (isArrow(table)) {
    settingsOf(options);
    return fromArrow(table).then((frame) => chartOf(frame, options));
  }
  throw new TaError(
    `chart: the first argument must be a DataFrame, a LazyDataFrame or an Arrow table, got ${describe(table)}`,
  );
}

const NEEDS_ARROW = "chart: an Arrow table needs apache-arrow beside nodejs-polars-ta; install it";

async function fromArrow(table: ArrowTable): Promise<DataFrame> {
  const missing = () => NEEDS_ARROW;
  const { tableToIPC } = (await arrowOf(table, missing)) ?? (await importArrow(missing));
  const file = Buffer.from(tableToIPC(table as never, "file"));
  return wrappers.frame._DataFrame(native.readIpc(file, {})) as DataFrame;
}
