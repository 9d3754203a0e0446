/** Puts the display of this package on frames and Series, with polars' own behind it. */

import type { DataFrame, Series } from "nodejs-polars";
import { frameBundle, seriesBundle } from "./frame.js";
import { DISPLAY, type Mime } from "./mime.js";

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
export const showFrame = (frame: DataFrame): void => show(frame, frameBundle);

/** Shows a Series in notebooks. */
export const showSeries = (series: Series): void => show(series, seriesBundle);
