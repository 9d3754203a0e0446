/** Which field of a tick is what. */

import { BAR, PRICES } from "../../core/bar.js";
import { TaError } from "../../core/errors.js";
import { inQuotes, sentence } from "../../core/sentence.js";
import { unknownColumn } from "../../core/unknown.js";
import { findUsual } from "../../core/usual.js";
import type { ColumnType } from "../../lazy/frames.js";
import { candidates, isNumeric, isTimeNumber, isUsualTime } from "../../times/choose.js";
import type { Asked } from "./options.js";
import { readTime } from "./times.js";

/** The fields of a tick. A trade has its price in all four fields of `prices`. */
export interface Fields {
  readonly keys: readonly string[];
  readonly time: string;
  readonly prices: readonly [open: string, high: string, low: string, close: string];
  readonly volume: string | null;
}

/** What a tick has. */
export type Tick = Readonly<Record<string, unknown>>;

/** Names of bars' own fields, which no key and no time may have. */
const OWN = [...BAR, "ticks"] as const;

/** Finds the fields from the first tick. Messages have no "bars:" before them. */
export function findFields(tick: Tick, asked: Asked): Fields {
  const names = Object.keys(tick);
  const { over, options } = asked;
  for (const key of over) present("over", key, names);
  const time = timeField(tick, asked);
  const clash = [...over, time].find((name) => (OWN as readonly string[]).includes(name));
  if (clash !== undefined) {
    throw new TaError(`the field "${clash}" is a key or the time, and bars have one of that name`);
  }
  if (over.includes(time)) throw new TaError(`the field "${time}" is a key and the time`);
  const volume = field("volume", options.volume, names);
  if (volume === undefined && typeof asked.every === "object" && "volume" in asked.every) {
    throw none("volume", names);
  }
  return { keys: over, time, prices: priceFields(names, asked), volume: volume ?? null };
}

function priceFields(names: readonly string[], { options }: Asked): Fields["prices"] {
  const price = field("price", options.price, names);
  const isBar = PRICES.some((name) => options[name] !== undefined);
  if (price !== undefined && !isBar) return [price, price, price, price];
  const found = PRICES.map((name) => field(name, options[name], names));
  if (!isBar && found.every((name) => name === undefined)) throw none("price", names);
  const [open, high, low, close] = found.map((name, at) => {
    if (name !== undefined) return name;
    throw none(PRICES[at] ?? "", names);
  }) as [string, string, string, string];
  return [open, high, low, close];
}

/** The field that an option names, or of its usual name; undefined if there is none. */
function field(name: string, asked: string | undefined, names: readonly string[]) {
  if (asked !== undefined) return present(name, asked, names);
  const remedy = (column: string) => remedyOf(name, column);
  return findUsual(name, names, { where: "a tick", remedy });
}

function present(option: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const wrong = `${option} is "${name}", and a tick has no such field`;
  throw new TaError(unknownColumn(wrong, name, names, { has: "it has" }));
}

const remedyOf = (name: string, column: string): string =>
  `say which field it is with { ${name}: ${JSON.stringify(column)} }`;

const none = (name: string, names: readonly string[]): TaError => {
  const remedy = (nearest: string) => remedyOf(name, nearest);
  const wrong = `a tick has no field "${name}"`;
  return new TaError(unknownColumn(wrong, name, names, { has: "it has", remedy }));
};

/** The field of the time, as pipelines find the column of times. */
function timeField(tick: Tick, { over, options }: Asked): string {
  const names = Object.keys(tick);
  if (options.time !== undefined) return present("time", options.time, names);
  const types = new Map(names.map((name) => [name, typeOf(tick[name])]));
  const likely = candidates(types, over).filter(
    (name) => isUsualTime(name) || mayBeTime(tick[name]),
  );
  const written = likely.filter((name) => isUsualTime(name) || !isNumeric(tick[name]));
  const found = written.length > 0 ? written : likely;
  const [first] = found;
  if (first === undefined) throw none("time", names);
  if (found.length === 1) return first;
  throw new TaError(
    sentence`several fields may hold the time, ${inQuotes(found)}; ${remedyOf("time", first)}`,
  );
}

/** The type of column that a value would be in. */
function typeOf(value: unknown): ColumnType {
  if (value instanceof Date) return { variant: "Datetime" };
  if (typeof value === "string") return { variant: "String" };
  if (typeof value === "bigint") return { variant: "Int64" };
  return { variant: typeof value === "number" ? "Float64" : "Null" };
}

/** Whether a value in a field without a usual name may be the time. */
function mayBeTime(value: unknown): boolean {
  if (typeof value === "string") return isTime(value);
  return !isNumeric(value) || isTimeNumber(Number(value));
}

function isTime(value: unknown): boolean {
  try {
    readTime("time", value, false, new Float64Array(2), 0);
    return true;
  } catch {
    return false;
  }
}
