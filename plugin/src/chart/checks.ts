/** Checks that the bars have what the options need. */

import type { DataFrame } from "nodejs-polars";
import { PRICES } from "../core/bar.js";
import { TaError } from "../core/errors.js";
import { FRAME_HAS, inQuotes, type Said, sentence, setting } from "../core/sentence.js";
import { pl } from "../polars/native.js";
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
  for (const name of PRICES) {
    if (prices[name] === undefined) continue;
    const wrong = notPositive(cut, name);
    if (wrong === undefined) continue;
    throw new TaError(
      sentence`${CHART}: ${needs} needs prices above 0, but column "${prices[name]}" has ${wrong}; leave it out, or choose other bars`,
    );
  }
}

/** Checks that each symbol that is compared has closes from which a change in percent can be told. */
function checkOthers({ cut, series }: Cut): void {
  for (const { key, group } of series.filter(({ compared }) => compared)) {
    if (withNumbers(cut, key).height === 0) {
      throw new TaError(
        sentence`${CHART}: ${setting("compare")} has ${inQuotes([group])}, which has no bar at a time that is drawn`,
      );
    }
    const wrong = notPositive(cut, key);
    if (wrong === undefined) continue;
    throw new TaError(
      sentence`${CHART}: ${setting("compare")} needs prices above 0, but ${inQuotes([group])} has a close of ${wrong}`,
    );
  }
}

/** The rows with a number in a column. */
const withNumbers = (frame: DataFrame, name: string): DataFrame =>
  frame.filter(pl.col(name).isFinite());

/** The first number in a column that is not above 0. */
function notPositive(frame: DataFrame, name: string): string | undefined {
  const wrong = withNumbers(frame, name).filter(pl.col(name).ltEq(0)).getColumn(name);
  if (wrong.length === 0) return undefined;
  return String(Number(Number(wrong.get(0)).toPrecision(8)));
}
