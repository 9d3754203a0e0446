import type { IndicatorMeta } from "../generated/contract.js";
import { ids } from "../generated/ids.js";
import { addon } from "./addon.js";
import { asTaError } from "./errors.js";

export type * from "../generated/contract.js";

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}

const entries = new Map<string, IndicatorMeta>();

/** The catalog entry of an id. Parsed on first use, because a program needs few entries. */
export function entry(id: string): IndicatorMeta {
  const known = entries.get(id);
  if (known) return known;
  const made = freeze(JSON.parse(addon.entry(id) as string) as IndicatorMeta);
  entries.set(id, made);
  return made;
}

let all: readonly IndicatorMeta[] | undefined;

/** Every indicator, ordered by category and id. */
export function catalog(): readonly IndicatorMeta[] {
  all ??= Object.freeze(ids.map(entry));
  return all;
}

/** The indicator behind an id or alias, or `undefined`. */
export function find(name: string): IndicatorMeta | undefined {
  const id = addon.find(String(name));
  return id === null ? undefined : entry(id);
}

/**
 * The indicator behind an id or alias.
 *
 * @throws TaError with the nearest names, if there is none.
 */
export function indicatorNamed(name: string): IndicatorMeta {
  // For an unknown name, `resolve` throws an error that suggests the nearest names.
  return find(name) ?? entry(asTaError(() => JSON.parse(addon.resolve(String(name), "{}")).id));
}
