// Measures what needs a fresh process: the time of imports, of the property `.ta`, and of small
// selects. Prints one line of JSON.
const [what = "", withPlugin = ""] = process.argv.slice(2);

const began = performance.now();
const { default: pl } = await import("nodejs-polars");
if (withPlugin === "plugin") await import("nodejs-polars-ta");
const importing = performance.now() - began;

/**
 * Medians in microseconds of calls that take turns.
 *
 * @param {Record<string, () => unknown>} calls
 * @param {number} rounds
 */
function inTurns(calls, rounds) {
  const samples = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  for (let round = -rounds; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(calls)) {
      const began = performance.now();
      call();
      if (round >= 0) samples[name].push(1000 * (performance.now() - began));
    }
    if (round % 20 === 0) globalThis.gc?.();
  }
  return Object.fromEntries(Object.entries(samples).map(([name, all]) => [name, middle(all)]));
}

/** @param {number[]} numbers */
const middle = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/**
 * Nanoseconds per access. Each property has its own loop, so that the compiler optimizes it
 * separately.
 */
function property() {
  const expr = pl.col("close");
  const count = 3e5;
  let held;
  const loops = {
    ta() {
      for (let time = 0; time < count; time += 1) held = expr.ta;
    },
    alias() {
      for (let time = 0; time < count; time += 1) held = expr.alias;
    },
    str() {
      for (let time = 0; time < count; time += 1) held = expr.str;
    },
  };
  const each = Object.entries(inTurns(loops, 7));
  const nanoseconds = each.map(([name, time]) => [name, (1000 * time) / count]);
  return { ...Object.fromEntries(nanoseconds), held: held === undefined };
}

function small() {
  const close = Float64Array.from({ length: 200 }, (_, row) => 100 + 10 * Math.sin(row / 7));
  const frame = pl.DataFrame({ close });
  const native = pl.col("close").rollingMean(20);
  const calls = {
    native: () => frame.select(pl.col("close").rollingMean(20)),
    nativeMade: () => frame.select(native),
  };
  if (withPlugin !== "plugin") return inTurns(calls, 100);
  const made = pl.col("close").ta.sma(20);
  const ours = {
    ours: () => frame.select(pl.col("close").ta.sma(20)),
    oursMade: () => frame.select(made),
  };
  return inTurns({ ...calls, ...ours }, 100);
}

const probes = { import: () => ({ importing }), property, small };
console.log(JSON.stringify(probes[what]()));
