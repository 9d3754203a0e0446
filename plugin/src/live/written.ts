/**
 * Functions that are written for the names of one stream. The engine compiles them as if the names
 * stood in the program: a loop over names takes several times as long.
 */

/**
 * The function of a text; undefined where the host forbids programs to make others, as pages with a
 * content security policy do.
 */
export function written<F>(parameters: readonly string[], body: string): F | undefined {
  try {
    return new Function(...parameters, `"use strict";\n${body}`) as F;
  } catch {
    return undefined;
  }
}

/** An object in such a text, of names and the texts of their values. */
export const objectText = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([name, value]) => `${nameText(name)}: ${value}`).join(", ")}}`;

/** Only in brackets is `__proto__` a name like others. */
const nameText = (name: string): string =>
  name === "__proto__" ? `["${name}"]` : JSON.stringify(name);
