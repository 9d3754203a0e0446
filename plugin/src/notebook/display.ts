/**
 * Puts the display of this package on frames and Series, with polars' own behind it: in Deno's
 * kernel, and where a program imports `nodejs-polars-ta/notebook`. Elsewhere they are left alone.
 */

import { createRequire } from "node:module";
import type { DataFrame, Series } from "nodejs-polars";
import { native } from "../polars/native.js";
import { DISPLAY, type Mime } from "./mime.js";

/** Set on polars' native module, which all copies of this package share. */
const SHOWN = Symbol.for("nodejs-polars-ta/notebook");
const shared = native as unknown as { [SHOWN]?: boolean };

/** Whether this is a cell of Deno's kernel. Everywhere else the property is missing or throws. */
function inKernel(): boolean {
  try {
    return (globalThis as { Deno?: { jupyter?: object } }).Deno?.jupyter !== undefined;
  } catch {
    return false;
  }
}

/** From now on, frames and Series have the display of this package. */
export function showTables(): void {
  shared[SHOWN] = true;
}

if (inKernel()) showTables();

/** What draws tables, loaded when the first one is shown. */
export const tables = (): typeof import("./frame.js") =>
  createRequire(import.meta.url)("./frame.js");

type Display = (this: unknown) => Mime;

/** Shows an object by `bundle`, or as polars does where that fails. */
function show<T extends object>(object: T, bundle: (object: T) => Mime): void {
  const own = Reflect.get(object, DISPLAY) as Display | undefined;
  const value = (): Mime => {
    try {
      return bundle(object);
    } catch {
      return own?.call(object) ?? { "text/plain": String(object) };
    }
  };
  Object.defineProperty(object, DISPLAY, { configurable: true, enumerable: false, value });
}

/** Gives a DataFrame the display of this package, where that is switched on. */
export function showFrame(frame: DataFrame): void {
  if (shared[SHOWN]) show(frame, (it) => tables().frameBundle(it));
}

/** Gives a Series the display of this package, where that is switched on. */
export function showSeries(series: Series): void {
  if (shared[SHOWN]) show(series, (it) => tables().seriesBundle(it));
}
