/**
 * Sentences that each host says in its own words. What a caller can set is part of the
 * sentence as a {@link Setting}; a program reads it as an option of a call, a shell as a flag.
 */

/** An option of a call, with the value it is to have if there is one. */
export interface Setting {
  readonly setting: string;
  readonly value?: unknown;
}

/** What a program is told and what a shell is told, where the two have different means. */
export interface Words {
  readonly program: string;
  readonly shell: string;
}

/** A sentence in parts. */
export type Sentence = readonly (string | Setting | Words)[];

/** A sentence, or a part of one. */
export type Said = string | Setting | Words | Sentence;

/** An option in a sentence: `time`, or `symbol: "AAPL"` with a value; `--symbol AAPL` in a shell. */
export const setting = (name: string, ...value: readonly [] | readonly [unknown]): Setting =>
  value.length === 0 ? { setting: name } : { setting: name, value: value[0] };

/** What messages call the rows they are about. */
export const FRAME: Words = { program: "the frame", shell: "the files" };

/** The same before the columns or symbols that there are. */
export const FRAME_HAS: Words = { program: "the frame has", shell: "the files have" };

/** The same again. */
export const HAS: Words = { program: "it has", shell: "they have" };

/** A feature of a pipeline by its index; people count from 1. */
export const featureAt = (index: number): Words => ({
  program: `features[${index}]`,
  shell: `feature ${index + 1}`,
});

/** The column that a usual name stands for, as a caller says it. */
export const columnSaid = (name: string, column: string): Words => ({
  program: `{ ${name}: ${JSON.stringify(column)} }`,
  shell: `--columns ${name}=${/^[\w…]+$/.test(column) ? column : JSON.stringify(column)}`,
});

/** All names in quotes, as a list. */
export const inQuotes = (names: readonly unknown[], between = ", "): string =>
  names.map((name) => JSON.stringify(name)).join(between);

/** The columns that there are, in quotes; of very many, the first. */
export function columnList(names: readonly string[]): string {
  if (names.length === 0) return "no columns";
  const others = names.length - MOST_COLUMNS;
  const shown = inQuotes(names.slice(0, MOST_COLUMNS));
  return others > 0 ? `${shown} and ${others} others` : shown;
}

const MOST_COLUMNS = 40;

/** A sentence from a template, whose values may be settings and sentences themselves. */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (Said | number)[]
): Sentence {
  return texts.flatMap((text, index) => {
    const value = values[index];
    if (value === undefined) return [text];
    return [text, ...partsOf(typeof value === "number" ? String(value) : value)];
  });
}

const partsOf = (value: Said): Sentence =>
  Array.isArray(value) ? (value as Sentence) : [value as string | Setting | Words];

/** A sentence as a program is told it. */
export function inJavaScript(said: string | Sentence): string {
  if (typeof said === "string") return said;
  return said
    .map((part) => {
      if (typeof part === "string") return part;
      if ("program" in part) return part.program;
      const { setting: name, value } = part;
      return value === undefined ? name : `${name}: ${JSON.stringify(value)}`;
    })
    .join("");
}
