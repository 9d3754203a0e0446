/** Tests of how prices move: jumps, and stretches without change. */

import type { BarField } from "../core/bar.js";
import { sentence } from "../core/sentence.js";
import { DataType, type NativeExpr, native } from "../polars/native.js";
import type { Steps } from "../polars/steps.js";
import { type Bars, before, beside, col, count, lit, withPrices } from "./columns.js";
import { faults, finding, type Test } from "./fault.js";
import { counted, type Found, ignoring, type Kind } from "./kinds.js";
import type { Settings } from "./options.js";
import { one, placesOf, seen } from "./places.js";

/** Ratios of splits, in both directions. */
const SPLITS: readonly (readonly [number, string])[] = [
  [1.5, "3:2"],
  ...[2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50, 100, 1000].map((n) => [n, `${n}:1`] as const),
];
/** How near to a ratio an opening must be, as a share of it. */
const NEAR = 0.04;

/** Prices with a smaller ratio are no jump. */
const FAR = 1.4;

/** A price that opens this many times above or below the last close is a jump at any ratio. */
const BEYOND = 4.5;

/** Fewest successive bars without change that are a finding. */
const FLAT = 10;

/** Finds wrong moves in bars that are in order; `read` has them in the order of the frame. */
export function wrongMoves(
  bars: Bars,
  read: Bars,
  { ignore, places: most }: Settings,
): Steps<Found[]> {
  const tests: Record<string, Test> = {};
  const isAsked = (kind: Kind) => !ignore.includes(kind);
  if (bars.columns.slots.close !== undefined && isAsked("jumps"))
    tests.jumps = jumpTest(bars, most);
  if (bars.prices.length > 0 && isAsked("constant")) tests.constant = flatTest(bars, read, most);
  return faults(bars, tests);
}

/** Finds bars that open, or close if there is no open, as after a split. */
function jumpTest(bars: Bars, most: number): Test {
  const { slots } = bars.columns;
  const [now, last] = [col(slots.open === undefined ? "close" : "open"), before("close")];
  const positive = now
    .gt(lit(0))
    .and(last.gt(lit(0)))
    .and(now.isFinite())
    .and(last.isFinite());
  const up = now.trueDiv(last);
  const far = beside(bars, positive.and(up.gt(lit(FAR)).or(up.lt(lit(1 / FAR)))));
  const size = native
    .when(up.gt(lit(1)))
    .then(up)
    .otherwise(last.trueDiv(now));
  const near = ([ratio]: readonly [number, string]) =>
    size.gt(lit(ratio * (1 - NEAR))).and(size.lt(lit(ratio * (1 + NEAR))));
  const alike = SPLITS.filter(([ratio]) => ratio < BEYOND)
    .map(near)
    .reduce((a, b) => a.or(b));
  return {
    rough: count(beside(bars, up.gt(lit(FAR)).or(up.lt(lit(1 / FAR))))),
    *find() {
      const close = slots.close as string;
      const values = { [`${close} before`]: last, [slots.open ?? close]: now, ratio: up };
      const found = yield* seen(bars, far.and(alike.or(size.gtEq(lit(BEYOND)))), values, most);
      const places = found.places.map((place) => ({
        ...place,
        values: { ...place.values, ratio: ratioName(place.values.ratio as number) },
      }));
      const [first] = places;
      const says = (n: number) =>
        `prices jump as at a split in ${counted(n, "row")}, by ${first?.values.ratio} at first`;
      return finding(
        "jumps",
        close,
        { count: found.count, places },
        says,
        sentence`adjust the prices before each of them, or take adjusted ones; if they are right, ${ignoring("jumps")}`,
      );
    },
  };
}

/** A ratio as people write splits: 2:1 halves the price, 1:10 makes it ten times as high. */
function ratioName(up: number): string {
  const size = up > 1 ? up : 1 / up;
  const split = SPLITS.find(([ratio]) => Math.abs(size / ratio - 1) < NEAR)?.[1];
  if (split === undefined) return `×${up > 1 ? size.toFixed(1) : `1/${size.toFixed(1)}`}`;
  return up > 1 ? split.split(":").reverse().join(":") : split;
}

/** Whether `test` holds in this row and the `rows - 1` before. */
function inARow(test: NativeExpr, rows: number): NativeExpr {
  // Each step doubles the number of rows covered.
  let [all, held] = [test, 1];
  while (held < rows) {
    const more = Math.min(held, rows - held);
    all = all.and(all.shift(lit(more)));
    held += more;
  }
  return all;
}

/** Where a price is that of the row before. */
const still = (name: BarField): NativeExpr => col(name).eq(before(name));

/** Finds stretches in which no price changes. */
function flatTest(bars: Bars, read: Bars, most: number): Test {
  const { slots } = bars.columns;
  const same = beside(
    bars,
    bars.prices.map(still).reduce((a, b) => a.and(b)),
  ).fillNull(lit(false));
  const [first = "close"] = bars.prices;
  const columns = bars.prices.map((name) => slots[name]).join(", ");
  return {
    // One price is quicker, and seldom stands still when the others move.
    rough: count(inARow(still(bars.prices.includes("close") ? "close" : first), FLAT - 1)),
    *find() {
      const number = "number";
      const { plan } = yield* withPrices(bars, read);
      const heads = plan
        .withColumns([same.alias("same")])
        .withRowIndex(number, 0)
        .filter(col("same").not())
        .withColumns([
          col(number)
            .cast(DataType.Int64, true)
            .shift(lit(-1))
            .fillNull(lit(bars.height))
            .sub(col(number))
            .alias("value_bars"),
        ])
        .filter(col("value_bars").gtEq(lit(FLAT)));
      const { n, longest } = yield* one(heads, {
        n: native.len(),
        longest: col("value_bars").max(),
      });
      if (!n) return undefined;
      const places = yield* placesOf(bars, heads, ["bars"], most);
      const says = (all: number) =>
        `no price changes for ${FLAT} bars or more in ${counted(all, "stretch", "stretches")}, at most for ${longest?.toLocaleString("en-US")} bars`;
      return finding(
        "constant",
        columns,
        { count: n, places },
        says,
        sentence`these bars may be fillers for times without trades: drop them, or if they are right, ${ignoring("constant")}`,
      );
    },
  };
}
