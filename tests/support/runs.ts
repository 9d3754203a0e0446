/** How often property tests try. */

const { CI, TA_TESTS } = process.env;

/** `.ci/run` tries every property as often as it says; `TA_TESTS=full` does so elsewhere. */
const full = TA_TESTS === "full" || CI === "true";

/** Tries of a property: `count` of them, a quarter in a plain `npm test`. */
export const runs = (count: number): number => (full ? count : Math.ceil(count / 4));
