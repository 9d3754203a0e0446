/** Columns of days. */

import pl, { type Series } from "nodejs-polars";

/** Days since 1970 as a column of dates. */
export const days = (name: string, values: readonly (number | null)[]): Series =>
  pl.Series(name, [...values], pl.Int32).cast(pl.Date);
