/** `ta.uniqueness`: how much of its span each label has for itself. */

import type { DataFrame, Series } from "nodejs-polars";
import { COLUMNS, checkOptions, type OptionTypes } from "../core/options.js";
import { columnOf, columnTypes, planOf } from "../lazy/frames.js";
import { pl } from "../polars/native.js";
import { runSync } from "../polars/steps.js";
import { LABEL_TIMES, type LabelTimes, labelledFrame, spansOf } from "./spans.js";

/** Options of {@link Ta.uniqueness}. */
export interface UniquenessOptions extends LabelTimes {
  /**
   * Columns of the groups, such as `"symbol"`; labels of different groups do not overlap. Default:
   * one group.
   */
  readonly over?: string | readonly string[];
}

const UNIQUENESS = "uniqueness";

const OPTIONS: OptionTypes<UniquenessOptions> = { ...LABEL_TIMES, over: COLUMNS };

/** See `ta.uniqueness`. */
export function uniqueness(given: unknown, options: unknown): Series {
  const frame = labelledFrame(UNIQUENESS, given);
  const asked = checkOptions(UNIQUENESS, options, OPTIONS, { required: ["knownOn"] });
  const schema = columnTypes(planOf(frame));
  const over = [asked.over ?? []].flat().map((name) => columnOf(UNIQUENESS, "over", name, schema));
  const { from, to } = runSync(spansOf(UNIQUENESS, frame, asked));
  const spans = grouped(frame, over)
    .withColumns(numbers("from", from), numbers("to", to))
    .withColumns(
      pl.when(pl.col("to").gt(0)).then(pl.col("to")).otherwise(pl.lit(null)).alias("to"),
    );
  return weights(spans, shares(spans));
}

const numbers = (name: string, values: Uint32Array): Series =>
  pl.Series(name, Array.from(values), pl.UInt32);

/** The rows, in their order, with the number of their group. */
function grouped(frame: DataFrame, over: readonly string[]): DataFrame {
  const rows = frame.select(pl.intRange(0, pl.len()).alias("row"));
  if (over.length === 0) return rows.withColumns(pl.lit(0).alias("group"));
  const keys = over.map((name, index) => frame.getColumn(name).alias(`key_${index}`));
  const keyed = rows.withColumns(...keys);
  return keyed
    .groupBy(keys.map(({ name }) => name))
    .agg(pl.col("row"))
    .withRowIndex("group")
    .select("group", "row")
    .explode("row")
    .sort("row");
}

/** At each time of a group, the sum of the shares of one label in all times until then. */
function shares(spans: DataFrame): DataFrame {
  const mark = (at: string, opened: number, closed: number) =>
    spans
      .filter(
        pl
          .col("to")
          .isNotNull()
          .or(pl.lit(opened + closed === 0)),
      )
      .select(
        pl.col("group"),
        pl.col(at).alias("time"),
        pl.lit(opened).cast(pl.Int32).alias("opened"),
        pl.lit(closed).cast(pl.Int32).alias("closed"),
      );
  const live = pl.col("opened").cumSum().sub(pl.col("closed").cumSum()).add(pl.col("closed"));
  const share = pl
    .when(pl.col("live").gt(0))
    .then(pl.lit(1).div(pl.col("live")))
    .otherwise(pl.lit(0));
  return pl
    .concat([mark("from", 1, 0), mark("to", 0, 1), mark("from", 0, 0)])
    .groupBy(["group", "time"])
    .agg(pl.col("opened").sum(), pl.col("closed").sum())
    .sort(["group", "time"])
    .withColumns(live.over("group").alias("live"))
    .withColumns(share.alias("share"))
    .withColumns(
      pl.col("share").cumSum().over("group").alias("shares"),
      pl.col("share").cumCount().over("group").alias("times"),
    );
}

/** The mean share of each label over the times of its span. */
function weights(spans: DataFrame, sums: DataFrame): Series {
  const before = sums.select(
    pl.col("group"),
    pl.col("time").alias("from"),
    pl.col("shares").sub(pl.col("share")).alias("shares_before"),
    pl.col("times").sub(1).alias("times_before"),
  );
  const after = sums.select("group", pl.col("time").alias("to"), "shares", "times");
  const mean = pl
    .col("shares")
    .sub(pl.col("shares_before"))
    .div(pl.col("times").sub(pl.col("times_before")));
  return spans
    .join(before, { on: ["group", "from"], how: "left" })
    .join(after, { on: ["group", "to"], how: "left" })
    .sort("row")
    .select(mean.alias(UNIQUENESS))
    .getColumn(UNIQUENESS);
}
