/** The real bars of golden/data/stocks.csv, for tests that draw them. */

import type { DataFrame } from "nodejs-polars";
import { barsOf, stocks } from "../../plugin/tools/pictures/stocks.mjs";

export { barsOf, overStocks, stocks } from "../../plugin/tools/pictures/stocks.mjs";

/** The bars of one symbol. */
export const stock = (symbol = "IBM"): DataFrame => barsOf(stocks(), symbol);
