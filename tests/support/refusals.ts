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

/** What a call says that may be refused, at once or later; `undefined` if it was not. */
export async function said(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(TaError);
    return (error as Error).message;
  }
}

/**
 * What a computation over files says that must be refused.
 *
 * @param list The names in its folder, of which none may be left of it.
 */
export async function refusedWork(
  list: () => readonly string[],
  work: () => Promise<unknown>,
): Promise<string> {
  const before = list();
  const message = await work().then(
    () => "it was not refused",
    (error) => String(error),
  );
  expect(list()).toEqual(before);
  expect(message).not.toContain("\n");
  return message;
}
