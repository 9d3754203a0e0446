/** Puts the display of this package on frames and Series, with polars' own behind it. */

import { createRequire } from "node:module";
import type { DataFrame, Series } from "nodejs-polars";
import { DISPLAY, type Mime } from "./mime.js";

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

/** Shows a DataFrame in notebooks. */
export const showFrame = (frame: DataFrame): void => show(frame, (it) => tables().frameBundle(it));

/** Shows a Series in notebooks. */
export const showSeries = (series: Series): void => show(series, (it) => tables().seriesBundle(it));
