/** What a refused call must look like. */

import { TaError } from "nodejs-polars-ta";
import { expect } from "vitest";

/** The message of the {@link TaError} that `call` throws, checked to be one sentence without a stack. */
export function refusal(call: () => unknown): string {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) throw new Error(`not refused: ${call}`);
  expect(thrown).toBeInstanceOf(TaError);
  const { name, message } = thrown as TaError;
  expect(name).toBe("TaError");
  expect(message).not.toMatch(/[\r\n]|\bat .*:\d+|panic|unwrap|undefined is not|internal error/);
  return message;
}

/** The polars error that `call` throws. */
export function polarsError(call: () => unknown): Error {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(thrown).not.toBeInstanceOf(TaError);
  return thrown as Error;
}
