/** Tests of the values of bars. */

import type { BarField } from "../core/bar.js";
import type { Steps } from "../polars/steps.js";
import { type Bars, col, count, lit, rawName } from "./columns.js";
import { faults, finding, type Test } from "./fault.js";
import { counted, type Found } from "./kinds.js";
import type { Settings } from "./options.js";
import { one, seen } from "./places.js";
import { textTest } from "./texts.js";

/** The relative difference that rounding may leave between equal prices. */
const ROUNDING = 1e-6;

/** Finds wrong values, which the order of the bars does not matter to. */
export const wrongValues = (bars: Bars, settings: Settings): Steps<Found[]> =>
  faults(bars, { ...perColumn(bars, settings), ...perBar(bars, settings) });

function perColumn(bars: Bars, { ignore, places: most }: Settings) {
  const { slots, time } = bars.columns;
  const tests: Record<string, Test> = {};
  for (const slot of Object.keys(slots) as BarField[]) {
    const [value, name] = [col(slot), slots[slot] as string];
    const isText = bars.texts.includes(slot);
    const raw = isText ? col(rawName(slot)) : value;
    if (isText && !ignore.includes("text")) tests[`text ${slot}`] = textTest(bars, slot, most);
    const kind = slot === "volume" ? "volume" : "prices";
    if (!ignore.includes(kind)) {
      const wrong = kind === "volume" ? value.lt(lit(0)) : value.ltEq(lit(0));
      const least = value.min();
      tests[`${kind} ${slot}`] = {
        rough: kind === "volume" ? least.lt(lit(0)) : least.ltEq(lit(0)),
        *find() {
          const says = (n: number) =>
            kind === "volume"
              ? `${name} is negative in ${counted(n, "row")}`
              : `${name} is zero or negative in ${counted(n, "row")}`;
          const advice =
            kind === "volume"
              ? "drop these rows, or set the volume to null"
              : "set these prices to null, or drop the rows; no ratio of prices means anything there";
          return finding(
            kind,
            name,
            yield* seen(bars, wrong, { [name]: value }, most),
            says,
            advice,
          );
        },
      };
    }
    if (ignore.includes("missing")) continue;
    const missing = raw.isNull().or(isText ? lit(false) : value.isFinite().not());
    tests[`missing ${slot}`] = {
      // A sum is finite only if all values are.
      rough: raw
        .nullCount()
        .gt(lit(0))
        .or(isText ? lit(false) : value.sum().isFinite().not()),
      *find() {
        const { nan, infinite } = yield* one(bars.plan, {
          nan: count(value.isNan()),
          infinite: count(value.isInfinite()),
        });
        const found = yield* seen(bars, missing, { [name]: value }, most);
        const kinds = [
          [found.count - (isText ? 0 : (nan ?? 0) + (infinite ?? 0)), "null"],
          [isText ? 0 : nan, "NaN"],
          [isText ? 0 : infinite, "infinite"],
        ] as const;
        const what = kinds
          .filter(([n]) => n)
          .map(([n, word]) => `${n?.toLocaleString("en-US")} ${word}`);
        const says = (n: number) =>
          `${name} is missing in ${counted(n, "row")} (${what.join(", ")})`;
        const advice =
          "indicators leave these rows out, and are null there; missing says what else they may do";
        return finding("missing", name, found, says, advice);
      },
    };
  }
  if (time !== undefined && !ignore.includes("missing")) {
    const missing = col("t").isNull();
    tests["missing time"] = {
      rough: col("t").nullCount().gt(lit(0)),
      *find() {
        const says = (n: number) => `${time} is null in ${counted(n, "row")}`;
        return finding(
          "missing",
          time,
          yield* seen(bars, missing, {}, most),
          says,
          "drop these rows; every bar needs a time",
        );
      },
    };
  }
  return tests;
}

function perBar(bars: Bars, { ignore, places: most }: Settings) {
  const { slots } = bars.columns;
  const tests: Record<string, Test> = {};
  const finite = (...names: BarField[]) =>
    names.map((name) => col(name).isFinite()).reduce((a, b) => a.and(b));
  const valuesOf = (names: readonly BarField[]) =>
    Object.fromEntries(names.map((name) => [slots[name] ?? name, col(name)]));
  const [low, high] = [col("low"), col("high")];
  const ranged = slots.high !== undefined && slots.low !== undefined;
  const below = high.lt(low.mul(lit(1 - ROUNDING)));
  if (ranged && !ignore.includes("range")) {
    tests.range = {
      rough: count(below),
      *find() {
        const column = `${slots.high}, ${slots.low}`;
        const found = yield* seen(
          bars,
          below.and(finite("high", "low")),
          valuesOf(["high", "low"]),
          most,
        );
        const says = (n: number) => `${slots.high} is below ${slots.low} in ${counted(n, "row")}`;
        return finding(
          "range",
          column,
          found,
          says,
          "check the source of these rows: two columns may be swapped",
        );
      },
    };
  }
  for (const name of ["open", "close"] as const) {
    if (slots[name] === undefined || ignore.includes("outside")) continue;
    const value = col(name);
    // The slack must be positive for negative prices too.
    const slack = value.abs().mul(lit(ROUNDING));
    const over = slots.high && value.sub(slack).gt(high).and(high.isFinite());
    const under = slots.low && value.add(slack).lt(low).and(low.isFinite());
    const outside = over && under ? over.or(under) : over || under;
    if (!outside) continue;
    // Faster without the slack, and nearly always zero.
    const above = slots.high && count(value.gt(high));
    const beneath = slots.low && count(value.lt(low));
    const names = (["low", name, "high"] as const).filter((one) => slots[one] !== undefined);
    const exact = outside.and(value.isFinite());
    tests[`outside ${name}`] = {
      rough: [above, beneath].flatMap((one) => one || []).reduce((a, b) => a.add(b)),
      *find() {
        // The test `range` already reports bars whose high is below their low.
        const only = ranged ? exact.and(below.fillNull(lit(false)).not()) : exact;
        const found = yield* seen(bars, only, valuesOf(names), most);
        const says = (n: number) =>
          `${slots[name]} is not between ${["low", "high"].flatMap((one) => slots[one as BarField] ?? []).join(" and ")} in ${counted(n, "row")}`;
        return finding(
          "outside",
          slots[name] as string,
          found,
          says,
          "check the source of these rows: a bar may have adjusted and unadjusted prices",
        );
      },
    };
  }
  return tests;
}
