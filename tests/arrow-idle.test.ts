/** Memory of results that waits for the next call is given back after a while, late ones too. */

import { vectorFromArray } from "apache-arrow";
import { ta } from "nodejs-polars-ta/arrow";
import { afterEach, expect, test, vi } from "vitest";
import { addon } from "../plugin/dist/addon.js";
import { tidy } from "./support/gc.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("five seconds after the last call, and again while some is on loan", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const release = vi.spyOn(addon, "release");
  const after = (milliseconds: number) => {
    vi.advanceTimersByTime(milliseconds);
    return release.mock.calls.length;
  };
  const close = vectorFromArray(new Float64Array(300_000).fill(1));
  let made: unknown = ta.sma(close, 3);
  expect(after(4_000)).toBe(0);
  ta.sma(close, 4);
  expect(after(4_000)).toBe(0);
  expect(after(1_001)).toBe(1);
  expect(made).toBeDefined();
  expect(after(5_001)).toBe(2);
  made = undefined;
  await tidy();
  expect(addon.lentBytes()).toBe(0);
  expect(after(5_001)).toBe(3);
  expect(after(60_000)).toBe(3);
});
