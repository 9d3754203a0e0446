/** Checks that the bars have what the options need. */

import type { DataFrame } from "nodejs-polars";
import { TaError } from "../core/errors.js";
import { FRAME_HAS, inQuotes, type Said, sentence, setting } from "../core/sentence.js";
import { BAR_PRICES } from "./drawing.js";
import { CHART, type Settings } from "./options.js";
import type { Cut } from "./rows.js";
import type { Source } from "./source.js";
import { type BarStyle, LOG } from "./styles.js";

export const hasCandles = ({ open, high, low }: Source["prices"]): boolean =>
  open !== undefined && high !== undefined && low !== undefined;

/** Whether a style draws open, high and low. */
export const isCandles = (style: BarStyle): boolean => style !== "line" && style !== "area";

export function checkStyle({ prices }: Source, { style }: Settings): void {
  if (style === undefined || !isCandles(style) || hasCandles(prices)) return;
  const names = Object.keys(prices).join(", ");
  throw new TaError(
    sentence`${CHART}: ${setting("style", style)} needs open, high, low and close; ${FRAME_HAS} only ${names}`,
  );
}

/** Checks the prices that are drawn. */
export function checkPrices(cut: Cut, source: Source, { scale, compare = [] }: Settings): void {
  if (compare.length > 0) {
    checkPositive(cut, source, setting("compare"));
    checkOthers(cut);
  } else if (scale === LOG) checkPositive(cut, source, setting("scale", LOG));
}

function checkPositive({ cut }: Cut, { prices }: Source, needs: Said): void {
  for (const name of BAR_PRICES) {
    if (prices[name] === undefined) continue;
    const wrong = numbersIn(cut, name).find((value) => value <= 0);
    if (wrong === undefined) continue;
    throw new TaError(
      sentence`${CHART}: ${needs} needs prices above 0, but column "${prices[name]}" has ${rounded(wrong)}; leave it out, or choose other bars`,
    );
  }
}

/** Checks that each symbol that is compared has closes from which a change in percent can be told. */
function checkOthers({ cut, series }: Cut): void {
  for (const { key, group } of series.filter(({ compared }) => compared)) {
    const closes = numbersIn(cut, key);
    if (closes.length === 0) {
      throw new TaError(
        sentence`${CHART}: ${setting("compare")} has ${inQuotes([group])}, which has no bar at a time that is drawn`,
      );
    }
    const wrong = closes.find((close) => close <= 0);
    if (wrong === undefined) continue;
    throw new TaError(
      sentence`${CHART}: ${setting("compare")} needs prices above 0, but ${inQuotes([group])} has a close of ${rounded(wrong)}`,
    );
  }
}

/** The numbers in a column that are finite. */
const numbersIn = (frame: DataFrame, name: string): number[] =>
  (frame.getColumn(name).toArray() as (number | null)[]).filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );

const rounded = (value: number): string => String(Number(value.toPrecision(8)));
