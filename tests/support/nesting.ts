/** For the tests of nested indicators. */

import pl, { type DataFrame } from "nodejs-polars";
import { TaError } from "nodejs-polars-ta";
import { expect } from "vitest";
import { numbers } from "./random.js";

/** The sentence that `work` is refused with. */
export function sentenceOf(work: () => unknown): string {
  let refusal: unknown;
  try {
    work();
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(TaError);
  const { message } = refusal as TaError;
  expect(message).not.toMatch(/[\r\n]/);
  expect(message.length).toBeLessThan(400);
  return message;
}

/** Bars of three symbols, 200 rows of each. */
export function stocks(): DataFrame {
  const next = numbers(18);
  const rows = 600;
  const close = Array.from({ length: rows }, () => 100 + 10 * next());
  return pl.DataFrame({
    symbol: close.map((_, row) => "abc"[Math.floor(row / 200)] as string),
    open: close.map((price) => price + next() - 0.5),
    high: close.map((price) => price + 1 + next()),
    low: close.map((price) => price - 1 - next()),
    close,
  });
}
