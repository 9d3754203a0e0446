/** Tests columns of text that should be numbers. */

import type { BarField } from "../core/bar.js";
import { type Sentence, sentence, type Words } from "../core/sentence.js";
import { inWords, readAsNumber, readingOf } from "../core/written.js";
import { native } from "../polars/native.js";
import { type Bars, col, rawName } from "./columns.js";
import { finding, type Test } from "./fault.js";
import { counted } from "./kinds.js";
import { seen } from "./places.js";

/** A column of text, which no indicator can read: finds the values that are no numbers, or all. */
export function textTest(bars: Bars, slot: BarField, most: number): Test {
  const name = bars.columns.slots[slot] as string;
  const raw = col(rawName(slot));
  const unlike = raw.isNotNull().and(col(slot).isNull());
  return {
    rough: native.len().gt(native.lit(0)),
    *find() {
      const wrong = yield* seen(bars, unlike, { [name]: raw }, most);
      if (wrong.count === 0) {
        const all = yield* seen(bars, raw.isNotNull(), { [name]: raw }, most);
        return finding(
          "text",
          name,
          all,
          () => `${name} is text, although all values are numbers`,
          [{ program: `cast it, ${cast(name)}`, shell: PLAIN }],
        );
      }
      const example = String(wrong.places[0]?.values[name]);
      const says = (n: number) =>
        `${name} is text, and ${JSON.stringify(example)} or the like is no number in ${counted(n, "row")}`;
      return finding("text", name, wrong, says, [asNumbers(name, example)]);
    },
  };
}

const PLAIN = "write the file with plain numbers";

/** How to read a column with this text in it as numbers. */
function asNumbers(column: string, text: string): Words {
  const said = readAsNumber(text, {});
  const shell = said.flatMap((one, index): Sentence => (index === 0 ? one : sentence`; ${one}`));
  return { program: castOf(column, text), shell: said.length === 0 ? PLAIN : shell };
}

/**
 * The expression that makes numbers of a column of texts, after the given changes of the texts. It fails
 * at a text that is still none, where polars by itself would make null of it.
 */
const cast = (column: string, ...changes: readonly string[]): string =>
  `pl.col(${JSON.stringify(column)})${changes.map((change) => `.str.${change}`).join("")}.cast(pl.Float64, true)`;

const without = (character: string): string => `replaceAll(${JSON.stringify(character)}, "", true)`;

/**
 * The same for a program. A character is only ever removed if the example shows that it stands between
 * thousands: a removed decimal point would make another number.
 */
function castOf(column: string, text: string): string {
  const { digits, between, comma } = readingOf(text);
  if (!digits) {
    return `if it stands for a missing one, cast it to null, pl.col(${JSON.stringify(column)}).cast(pl.Float64, false)`;
  }
  const ways: string[] = [];
  if (comma) {
    const points = between === "." ? [without(".")] : [];
    const made = cast(column, ...points, 'replace(",", ".", true)');
    ways.push(`if that comma is a decimal point, use ${made}`);
  }
  // A point between thousands is only known by the decimal comma behind it.
  if (between !== undefined && between !== ".") {
    const made = cast(column, without(between));
    ways.push(`if ${inWords(between)} stands between thousands, use ${made}`);
  }
  if (ways.length > 0) return ways.join("; ");
  return `remove what belongs to no number, then cast it, ${cast(column)}`;
}
