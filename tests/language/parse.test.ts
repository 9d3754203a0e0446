/** Texts that are no expressions, and the sentences that refuse them. The trees of texts are tested in `crates/ta-language`. */

import fc from "fast-check";
import { ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { message } from "../support/texts.js";

/** Most characters of a text. */
const MAX_LENGTH = 10_000;

describe("what is no expression is refused with its place", () => {
  test.each([
    ["", ["the text ends where a value is expected, at character 1", "", "^"]],
    [
      "rsi(14 < 30",
      [
        'the text ends where an operator, "," or ")" is expected, at character 12',
        "rsi(14 < 30",
        "           ^",
      ],
    ],
    [
      "rsi(14 30)",
      [
        '"30" stands where an operator, "," or ")" is expected, at character 8',
        "rsi(14 30)",
        "       ^^",
      ],
    ],
    [
      "rsi(14))",
      [
        '")" stands where an operator, as or the end is expected, at character 8',
        "rsi(14))",
        "       ^",
      ],
    ],
    [
      "close > ",
      ["the text ends where a value is expected, at character 9", "close >", "        ^"],
    ],
    [
      "close\n  + $ 1",
      ['"$" stands where a value is expected, at line 2, character 5', "  + $ 1", "    ^"],
    ],
    [
      "a < b < c",
      ["comparisons do not chain: join them with and, at character 7", "a < b < c", "      ^"],
    ],
    ["a = 3", ['"=" is written ==, to compare, at character 3', "a = 3", "  ^"]],
    ["a && b", ['"&&" is written and, at character 3', "a && b", "  ^^"]],
    ["a | b", ['"|" is written or, at character 3', "a | b", "  ^"]],
    ["!a", ['"!" is written not, at character 1', "!a", "^"]],
    ["a AND b", ["AND is written and, at character 3", "a AND b", "  ^^^"]],
    ["a ^ 2", ['"^" is written **, at character 3', "a ^ 2", "  ^"]],
    ["a // 2", ['there is no "//", at character 3', "a // 2", "  ^^"]],
    ["a <> 2", ['"<>" is written !=, at character 3', "a <> 2", "  ^^"]],
    ["1e999", ["1e999 is too large for a number, at character 1", "1e999", "^^^^^"]],
    ["14d", ['"14d" stands where a value is expected, at character 1', "14d", "^^^"]],
    [
      "(a as b)",
      ['"as" stands where an operator or ")" is expected, at character 4', "(a as b)", "   ^^"],
    ],
    ["😀 + a", ['"😀" stands where a value is expected, at character 1', "😀 + a", "^"]],
    ["`😀` + $", ['"$" stands where a value is expected, at character 7', "`😀` + $", "      ^"]],
  ])("%j", (text, [said, line, carets]) => {
    const refused = `TaError: ${said}\n  ${line}\n  ${carets}`;
    expect(message(() => ta.expr(text))).toBe(refused);
  });

  test("also what is no text, or far too much of it", () => {
    expect(message(() => ta.expr(14 as unknown as string))).toBe(
      "TaError: an expression must be a string, got 14",
    );
    expect(message(() => ta.expr("a".repeat(MAX_LENGTH + 1)))).toBe(
      `TaError: an expression has at most ${MAX_LENGTH} characters, this one has ${MAX_LENGTH + 1}`,
    );
  });

  test.each([
    ["parentheses", "(".repeat(MAX_LENGTH), "levels of nesting"],
    ["calls", "f(".repeat(MAX_LENGTH / 2), "levels of nesting"],
    ["minus signs", `${"-".repeat(MAX_LENGTH - 1)}a`, "levels of nesting"],
    ["not", `${"not ".repeat(MAX_LENGTH / 4 - 1)}a`, "levels of nesting"],
    ["powers", `${"a**".repeat(MAX_LENGTH / 3 - 1)}a`, "levels of nesting"],
    ["sums", `${"a+".repeat(MAX_LENGTH / 2 - 1)}a`, "operators in a row"],
    ["fields", `a${".b".repeat(MAX_LENGTH / 2 - 1)}`, "fields in a row"],
  ])("%s without end do not exhaust the stack", (_, text, what) => {
    expect(message(() => ta.expr(text))).toContain(`TaError: more than 50 ${what}, at`);
  });
});

test("any characters are an expression, or are refused with one sentence, the line and carets", () => {
  const word = fc.constantFrom(
    "rsi",
    "(",
    ")",
    ",",
    ".",
    "+",
    "-",
    "**",
    "<",
    "and",
    "not",
    "as",
    "14",
    "'a'",
    "`b`",
    "=",
    " ",
    "\n",
    "é",
    "\\",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join("")),
  );
  fc.assert(
    fc.property(text, (input) => {
      const outcome = message(() => ta.expr(input));
      if (outcome === "nothing was thrown") return;
      expect(outcome).toMatch(
        /^TaError: (.+, at (line \d+, )?character \d+\n {2}.*\n {2}\s*\^+|\w+ needs \d+ later rows?;.*)$/,
      );
    }),
    { numRuns: 2000 },
  );
});
