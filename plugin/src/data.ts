/**
 * Real bars to try things with: `nodejs-polars-ta/data`.
 *
 * @packageDocumentation
 */

import { fileURLToPath } from "node:url";

/**
 * The path of a CSV file with the daily bars of AAPL, FB, IBM and MSFT from March 2000 to March
 * 2013, in the public domain: 10,006 rows of `symbol`, `date`, `open`, `high`, `low`, `close`
 * and `volume`, ordered by symbol and date.
 *
 * @example
 * ```ts
 * import pl from "nodejs-polars";
 * import { stocks } from "nodejs-polars-ta/data";
 *
 * const bars = pl.readCSV(stocks);
 * ```
 */
export const stocks: string = fileURLToPath(new URL("../data/stocks.csv", import.meta.url));
