/** Texts of the expression language: what they parse to, how they print, and what refuses them. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BinaryOperator, Feature, Node } from "../../plugin/dist/language/ast.js";
import { MAX_DEPTH, MAX_LENGTH, parse, parseList } from "../../plugin/dist/language/parse.js";
import { print, printFeature } from "../../plugin/dist/language/print.js";

const at = { start: 0, end: 0 };

/** A tree without its places. */
const bare = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner) => (key === "at" ? undefined : inner)));

const canonical = (text: string): string => printFeature(parse(text));

describe("what a text means", () => {
  test.each([
    ["a or b and not c", "a or (b and (not c))"],
    ["not a == b", "not (a == b)"],
    ["a < b and c >= d", "(a < b) and (c >= d)"],
    ["a - b - c", "(a - b) - c"],
    ["a / b * c % d", "((a / b) * c) % d"],
    ["a + b * c", "a + (b * c)"],
    ["a ** b ** c", "a ** (b ** c)"],
    ["-a ** b", "-(a ** b)"],
    ["a ** -b", "a ** (-b)"],
    ["-a * b", "(-a) * b"],
    ["-f(x).y", "-((f(x)).y)"],
    ["a - -b", "a - (-b)"],
  ])("%s is %s", (text, grouped) => {
    expect(bare(parse(text))).toEqual(bare(parse(grouped)));
    expect(canonical(grouped)).toBe(text);
  });

  test.each([
    ["  rsi( 14 )<30\n  and close>sma(200) ", "rsi(14) < 30 and close > sma(200)"],
    ["bbands(20,2, ) as bb", "bbands(20, 2) as bb"],
    ["bbands(20, maType: 'ema')", 'bbands(20, maType="ema")'],
    ["bbands(20, ma_type=ema)", "bbands(20, ma_type=ema)"],
    ["((macd)).histogram", "macd.histogram"],
    ["col('Adj Close') / `Adj Close`", "`Adj Close` / `Adj Close`"],
    ['col("a\\nb")', 'col("a\\nb")'],
    ["`a``b` + col", "`a``b` + col"],
    [".5 + 1e3 - 2.50e-2", "0.5 + 1000 - 0.025"],
    ["close as `my column`", "close as `my column`"],
    ['close as "and"', "close as `and`"],
    ["價格 / größe_2", "價格 / größe_2"],
    ["nota + android + order", "nota + android + order"],
    ["f(a == b, c = d)", "f(a == b, c=d)"],
  ])("%s is written %s", (text, printed) => {
    expect(canonical(text)).toBe(printed);
    expect(bare(parse(printed))).toEqual(bare(parse(text)));
  });

  test("a list is features with commas between them", () => {
    expect(parseList("rsi(14), macd,bbands(20, 2) as bb, ").map(printFeature)).toEqual([
      "rsi(14)",
      "macd",
      "bbands(20, 2) as bb",
    ]);
  });

  test("every part knows where it stands", () => {
    const text = "rsi(14) < `x y`.z + -3";
    const found: string[] = [];
    const visit = (node: Node): void => {
      found.push(text.slice(node.at.start, node.at.end));
      if (node.kind === "binary") [node.left, node.right].map(visit);
      if (node.kind === "call") node.args.map(({ value }) => visit(value));
      if (node.kind === "field" || node.kind === "unary") visit(node.of);
    };
    visit(parse(text).expr);
    expect(found).toEqual([text, "rsi(14)", "14", "`x y`.z + -3", "`x y`.z", "`x y`", "-3", "3"]);
  });
});

describe("what is no expression is refused with its place", () => {
  const sentence = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      return String(error);
    }
    return "nothing was thrown";
  };

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
  ])("%j", (text, [message, line, carets]) => {
    expect(sentence(() => parse(text))).toBe(`TaError: ${message}\n  ${line}\n  ${carets}`);
  });

  test("also what is no text, or far too much of it", () => {
    expect(sentence(() => parse(14 as unknown as string))).toBe(
      "TaError: an expression must be a string, got 14",
    );
    expect(sentence(() => parse("a".repeat(MAX_LENGTH + 1)))).toBe(
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
    expect(sentence(() => parse(text))).toContain(`TaError: more than ${MAX_DEPTH} ${what}, at`);
  });
});

const NAME = fc.constantFrom("a", "close", "adj_close", "col", "true_range", "größe");
const ODD = fc.string({ minLength: 1, unit: "binary" });
const BINARY: readonly BinaryOperator[] = [
  ...(["or", "and", "<", "<=", ">", ">=", "==", "!="] as const),
  ...(["+", "-", "*", "/", "%", "**"] as const),
];

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthIdentifier: "node" },
    fc.record({ kind: fc.constant("name" as const), name: NAME, at: fc.constant(at) }),
    fc.record({ kind: fc.constant("column" as const), name: ODD, at: fc.constant(at) }),
    fc.record({
      kind: fc.constant("number" as const),
      value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
      at: fc.constant(at),
    }),
    fc.record({ kind: fc.constant("string" as const), value: ODD, at: fc.constant(at) }),
    fc.record({ kind: fc.constant("boolean" as const), value: fc.boolean(), at: fc.constant(at) }),
    fc.record({
      kind: fc.constant("call" as const),
      name: NAME.filter((name) => name !== "col"),
      args: fc.array(
        fc.record(
          { name: NAME, value: tie("node"), at: fc.constant(at) },
          { requiredKeys: ["value", "at"] },
        ),
        { maxLength: 3 },
      ),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant("field" as const),
      of: tie("node"),
      name: fc.oneof(NAME, fc.constant("odd `name`")),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant("unary" as const),
      op: fc.constantFrom("-" as const, "not" as const),
      of: tie("node"),
      at: fc.constant(at),
    }),
    fc.record({
      kind: fc.constant("binary" as const),
      op: fc.constantFrom(...BINARY),
      left: tie("node"),
      right: tie("node"),
      at: fc.constant(at),
    }),
  ) as fc.Arbitrary<Node>,
}));

describe("any expression", () => {
  test("comes back from its canonical text", () => {
    fc.assert(
      fc.property(node, fc.option(ODD, { nil: undefined }), (expr, as) => {
        const feature: Feature = { expr, ...(as !== undefined && { as }), at };
        expect(bare(parse(printFeature(feature)))).toEqual(bare(feature));
      }),
      { numRuns: 500 },
    );
  });

  test("of any characters is parsed or refused with one sentence, the line and carets", () => {
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
        try {
          const feature = parse(input);
          expect(bare(parse(printFeature(feature)))).toEqual(bare(feature));
        } catch (error) {
          expect(String(error)).toMatch(
            /^TaError: .+, at (line \d+, )?character \d+\n {2}.*\n {2}\s*\^+$/,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("needs no more parentheses than it prints", () => {
    fc.assert(
      fc.property(node, (expr) => {
        const text = print(expr);
        for (const [index, char] of [...text].entries()) {
          if (char !== "(" || /["`'\\]/.test(text)) continue;
          const close = matching(text, index);
          if (/[\p{L}\p{N}_]/u.test(text[index - 1] ?? "")) continue;
          const without =
            text.slice(0, index) + text.slice(index + 1, close) + text.slice(close + 1);
          let other: unknown;
          try {
            other = bare(parse(without));
          } catch {}
          expect(other).not.toEqual(bare(parse(text)));
        }
      }),
    );
  });
});

function matching(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === "(") depth += 1;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return -1;
}
