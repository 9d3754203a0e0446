/** The methods with which notebooks ask objects for their representations. */

/** The method that the Deno kernel, and others like it, call to show an object. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** The method that `console.log` calls to show an object. */
const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/**
 * Representations of one object by media type. The front end chooses the richest that it supports.
 */
export type Mime = Readonly<Record<string, unknown>>;

/** An object that notebooks show as a page and `console.log` as text. */
export abstract class Shown {
  /** As plain text. */
  abstract toString(): string;
  /** As Markdown. */
  abstract toMarkdown(): string;
  /** As HTML. */
  abstract toHTML(): string;

  /** For notebooks. */
  [DISPLAY](): Mime {
    return {
      "text/html": this.toHTML(),
      "text/markdown": this.toMarkdown(),
      "text/plain": this.toString(),
    };
  }

  /** For `console.log`. */
  [INSPECT](): string {
    return this.toString();
  }
}
