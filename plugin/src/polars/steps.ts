/**
 * Work written once, as a generator of steps, that can run synchronously (for eager frames) or
 * asynchronously, off the JavaScript thread (for `collect()`).
 */

import type { NativeFrame, NativeLazy } from "./native.js";

/** A step, with its synchronous and asynchronous form. */
export interface Step<T> {
  sync(): T;
  async(): Promise<T>;
}

// biome-ignore lint/suspicious/noExplicitAny: a step's result is typed where it is yielded, by `take`
export type Steps<T> = Generator<Step<any>, T, any>;

/** Yields a step and types its result. */
export function* take<T>(step: Step<T>): Steps<T> {
  return yield step;
}

/** Runs a plan of polars. */
export function collect(frame: NativeLazy, engine = "auto"): Steps<NativeFrame> {
  return take({ sync: () => frame.collectSync(engine), async: () => frame.collect() });
}

export function runSync<T>(steps: Steps<T>): T {
  let state = steps.next();
  while (!state.done) {
    let value: unknown;
    try {
      value = state.value.sync();
    } catch (error) {
      state = steps.throw(error);
      continue;
    }
    state = steps.next(value);
  }
  return state.value;
}

export async function runAsync<T>(steps: Steps<T>): Promise<T> {
  let state = steps.next();
  while (!state.done) {
    let value: unknown;
    try {
      value = await state.value.async();
    } catch (error) {
      state = steps.throw(error);
      continue;
    }
    state = steps.next(value);
  }
  return state.value;
}
