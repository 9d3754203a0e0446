// Measures how long work blocks the event loop.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";

/**
 * The longest delay in milliseconds, by perf_hooks and by a timer of 1 ms.
 *
 * @param {() => Promise<unknown>} work
 */
export async function longestDelay(work) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  const gaps = { longest: 0, last: performance.now() };
  const timer = setInterval(() => {
    const now = performance.now();
    gaps.longest = Math.max(gaps.longest, now - gaps.last);
    gaps.last = now;
  }, 1);
  histogram.enable();
  // Now both are running; earlier delays do not count.
  await setTimeout(20);
  histogram.reset();
  gaps.longest = 0;
  const began = performance.now();
  const result = await work();
  const milliseconds = performance.now() - began;
  // A tick that was due during the work comes after it.
  await setTimeout(5);
  histogram.disable();
  clearInterval(timer);
  const nothing = result === undefined;
  return { histogram: histogram.max / 1e6, timer: gaps.longest, milliseconds, nothing };
}
