// The command line of `npm run bench`.
import { Command, InvalidArgumentError } from "commander";

/**
 * @typedef {object} Options
 * @property {string[]} tables
 * @property {number} repeat
 * @property {boolean} quick
 * @property {boolean} full
 * @property {boolean} memory
 * @property {boolean} python
 * @property {boolean} rivals
 * @property {boolean} update
 * @property {string | true | undefined} json
 */

/**
 * @param {string[]} args
 * @param {string[]} names of all tables
 * @param {string[]} [usual] those of a run that names none
 * @returns {Options}
 */
export function readOptions(args, names, usual = names) {
  const program = new Command("npm run bench --")
    .description("Measures the plugin and its rivals, in turns, and prints tables.")
    .option("--only <tables>", `some tables, by comma: ${names.join(", ")}`, listOf(names), usual)
    .option("--repeat <n>", "rounds that count", positive)
    .option("--quick", "small sizes and few rounds", false)
    .option("--full", "10M rows in every table", false)
    .option("--json [file]", "the results as JSON, to stdout or a file")
    .option("--no-memory", "leave out peak memory")
    .option("--no-python", "leave out Python's rivals")
    .option("--no-rivals", "leave out all that has to be installed")
    .option("--update", "write the tables into docs/performance.md", false)
    .parse(args, { from: "user" });
  const { only, repeat, python, ...rest } = /** @type {any} */ (program.opts());
  return {
    ...rest,
    tables: only,
    repeat: repeat ?? (rest.quick ? 5 : 7),
    python: python && rest.rivals,
  };
}

/** @param {string[]} names */
function listOf(names) {
  return (/** @type {string} */ text) => {
    const wanted = text.split(",");
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(`There is no table "${unknown}".`);
    }
    return wanted;
  };
}

/** @param {string} text */
function positive(text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("A whole number from 1 up is needed.");
  }
  return number;
}
