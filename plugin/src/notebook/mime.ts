/** What notebooks ask an object for. */

/** The method by which the Deno kernel, and others like it, ask an object how to show it. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** The method by which `console.log` asks an object how to show it. */
const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/** One thing in several media types; the front end takes the richest that it knows. */
export type Mime = Readonly<Record<string, unknown>>;

/** Something that notebooks show as a page and `console.log` as text. */
export abstract class Shown {
  /** As plain text. */
  abstract toString(): string;
  /** As Markdown. */
  abstract toMarkdown(): string;
  /** As HTML. */
  abstract toHTML(): string;

  /** What notebooks show. */
  [DISPLAY](): Mime {
    return {
      "text/html": this.toHTML(),
      "text/markdown": this.toMarkdown(),
      "text/plain": this.toString(),
    };
  }

  /** What `console.log` shows. */
  [INSPECT](): string {
    return this.toString();
  }
}
