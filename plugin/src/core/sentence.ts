/**
 * Error sentences that a program and a shell show differently. An option in a sentence is a {@link
 * Setting}: a program shows it as an option of a call, a shell as a flag.
 */

/** An option of a call, and the value to give it, if any. */
export interface Setting {
  readonly setting: string;
  readonly value?: unknown;
}

/** The words for a program and the words for a shell. */
export interface Words {
  readonly program: string;
  /** May have settings, which are flags. */
  readonly shell: string | Sentence;
}

/** A sentence in parts. */
export type Sentence = readonly (string | Setting | Words)[];

/** A sentence, or a part of one. */
export type Said = string | Setting | Words | Sentence;

/** An option in a sentence: `time`, or `symbol: "AAPL"` with a value; `--symbol AAPL` in a shell. */
export const setting = (name: string, ...value: readonly [] | readonly [unknown]): Setting =>
  value.length === 0 ? { setting: name } : { setting: name, value: value[0] };

/** The rows that a message is about. */
export const FRAME: Words = { program: "the frame", shell: "the files" };

/** The same, before a list of columns or symbols. */
export const FRAME_HAS: Words = { program: "the frame has", shell: "the files have" };

/** The same as a pronoun. */
export const HAS: Words = { program: "it has", shell: "they have" };

/** A feature of a pipeline by its index. In a shell the first has number 1. */
export const featureAt = (index: number): Words => ({
  program: `features[${index}]`,
  shell: `feature ${index + 1}`,
});

/** How the caller says which column a usual name stands for. */
export const columnSaid = (name: string, column: string): Words => ({
  program: `{ ${name}: ${JSON.stringify(column)} }`,
  shell: `--columns ${name}=${/^[\w…]+$/.test(column) ? column : JSON.stringify(column)}`,
});

/** All names in quotes, as a list. */
export const inQuotes = (names: readonly unknown[], between = ", "): string =>
  names.map((name) => JSON.stringify(name)).join(between);

/** The names of columns in quotes; at most the first 40. */
export function columnList(names: readonly string[]): string {
  if (names.length === 0) return "no columns";
  const others = names.length - MOST_COLUMNS;
  const shown = inQuotes(names.slice(0, MOST_COLUMNS));
  return others > 0 ? `${shown} and ${others} others` : shown;
}

const MOST_COLUMNS = 40;

/** A sentence from a template; the values may be settings or sentences. */
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

/** The text of a sentence for a program. */
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
