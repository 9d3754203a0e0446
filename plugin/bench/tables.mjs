// The tables of the benchmark, in order.
import * as arrow from "./tables/arrow.mjs";
import * as check from "./tables/check.mjs";
import * as direct from "./tables/direct.mjs";
import * as features from "./tables/features.mjs";
import * as first from "./tables/first.mjs";
import * as groups from "./tables/groups.mjs";
import * as growth from "./tables/growth.mjs";
import * as live from "./tables/live.mjs";
import * as loop from "./tables/loop.mjs";
import * as native from "./tables/native.mjs";
import * as parts from "./tables/parts.mjs";
import * as single from "./tables/single.mjs";
import * as size from "./tables/size.mjs";
import * as spark from "./tables/spark.mjs";
import * as startup from "./tables/startup.mjs";

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {(options: import("./options.mjs").Options) => Promise<import("./rows.mjs").Measurements>} measure
 */

/** @type {Record<string, Table>} */
export const tables = {
  single,
  first,
  features,
  groups,
  native,
  check,
  parts,
  direct,
  arrow,
  live,
  growth,
  loop,
  startup,
  size,
  spark,
};

/** The tables of a run that names none: the others need a host or Java, and much time. */
export const usual = Object.keys(tables).filter((name) => !["native", "spark"].includes(name));

/**
 * @param {string} name
 * @param {import("./options.mjs").Options} options
 */
export async function measureTable(name, options) {
  const { title, measure } = tables[name];
  return { name, title, ...(await measure(options)) };
}
