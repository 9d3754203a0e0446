/** Other symbols that are drawn beside the bars, as changes in percent. */

import { native } from "../polars/native.js";
import type { Flat, Series } from "./rows.js";
import { type Other, TIME, toNumber, wrap } from "./source.js";

const ROW = "__ta_row";

/** Adds the closes of other symbols to the bars of the same times. */
export function withOthers(flat: Flat, others: readonly Other[]): Flat {
  if (others.length === 0) return flat;
  const keys = others.map((_, index) => `c${index}`);
  const frame = others.reduce((bars, { frame, time, close }, index) => {
    const closes = frame.select(
      wrap(time.expr).alias(TIME),
      wrap(toNumber(native.col(close))).alias(keys[index] as string),
    );
    return bars.join(closes, { on: TIME, how: "left" });
  }, flat.frame.withRowIndex(ROW));
  const compared = others.map(({ name }, index) => seriesOf(name, keys[index] as string));
  return { ...flat, frame: frame.sort(ROW).drop(ROW), series: [...compared, ...flat.series] };
}

const seriesOf = (name: string, key: string): Series => ({
  key,
  group: name,
  id: "",
  field: "",
  expr: native.col(key),
  output: {
    name,
    role: "secondary",
    dtype: "Float64",
    scale_group: "price",
    sparse: true,
    display_shift: 0,
  },
  primitive: "line",
  style: "line_1",
  pane: "price",
  compared: true,
});
