/** That docs/command_line.md names every option of every command. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runNode } from "../support/child.js";
import { readPage } from "../support/pages.js";

const page = readPage("docs/command_line.md");

async function help(...words: string[]): Promise<string> {
  const { stdout } = await runNode([join(root, "plugin/command.mjs"), ...words, "--help"]);
  return stdout;
}

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name).filter((name) => name !== "help");

test("the page of the command line names every option of every command", async () => {
  const commands = namesIn(await help(), /^ {2}(\w+) /gm);
  expect(commands).toContain("compute");
  const words = commands.flatMap((name) =>
    name === "pipeline" ? [[name], [name, "check"]] : [[name]],
  );
  const texts = await Promise.all(words.map((list) => help(...list)));
  const options = new Set(texts.flatMap((text) => namesIn(text, /^ +(?:-\w, )?--([\w-]+)/gm)));
  expect(options.size).toBeGreaterThan(30);
  const missing = [...options].filter((name) => !new RegExp(`\`--${name}[ \`]`).test(page));
  expect(missing).toEqual([]);
});
