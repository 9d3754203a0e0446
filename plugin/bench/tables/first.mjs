// The first call of a process, and repeated calls, with and without turns of the event loop between
// them.
import { cpus } from "node:os";
import { say } from "../../tools/process.mjs";
import { median } from "../measure.mjs";
import { present, sides, startSide } from "../sides.mjs";
import { fifty, perSymbol, plainColumns, short, specOf } from "../specs.mjs";

export const title = "First calls in new processes, and repeated ones";

export const columns = [
  { key: "case", label: "case" },
  { key: "label", label: "what" },
  { key: "first", label: "first call, ms" },
  { key: "repeated", label: "repeated, ms" },
  { key: "loop", label: "in a loop, ms" },
  { key: "firstRatio", label: "first, ours / it" },
  { key: "repeatedRatio", label: "repeated, ours / it" },
  { key: "loopRatio", label: "in a loop, ours / it" },
  { key: "note", label: "why not" },
];

const kinds = /** @type {const} */ (["first", "repeated", "loop"]);

/** The number of calls after the first, and of calls in the loop. */
const calls = 4;

/** @param {import("../options.mjs").Options} options */
export const note = ({ repeat }) =>
  `${cpus()[0]?.model.trim() ?? process.arch}; medians of ${repeat} processes each. Between two *repeated* calls the event loop turns and garbage is collected; *in a loop* of ${calls} calls neither happens.`;

/** @param {import("../options.mjs").Options} options */
export async function measure(options) {
  const rows = options.quick ? 1e5 : 1e6;
  const shape = options.quick ? { rows: 1e5, groups: 100 } : { rows: 1e7, groups: 1000 };
  const sma = specOf({ rows }, [{ id: "sma", params: { period: 20 } }], { columns: ["close"] });
  const many = specOf({ rows }, fifty);
  const prices = { columns: ["high", "low", "close"], over: "symbol" };
  const symbols = specOf({ ...shape, order: "contiguous" }, perSymbol, prices);
  const plain = (/** @type {any} */ spec, /** @type {number} */ count) => {
    const label = `nodejs-polars ${count} × col("close").add(n)`;
    return { side: "native", label, spec: { ...spec, indicators: plainColumns(count) } };
  };
  const ours = (/** @type {any} */ spec) => ["ours", "tuned"].map((side) => ({ side, spec }));
  const table = {
    verdicts: [],
    note: note(options),
    parts: [{ columns, rows: /** @type {any[]} */ ([]) }],
  };
  for (const [name, contenders] of /** @type {const} */ ([
    [
      `sma(20), ${short(rows)} rows`,
      [
        ...ours(sma),
        { side: "native", label: "nodejs-polars rollingMean(20)", spec: sma },
        { side: "fast", spec: sma },
        { side: "talibPolars", spec: sma },
      ],
    ],
    [
      `50 features, ${short(rows)} rows`,
      [...ours(many), plain(many, 58), { side: "fast", spec: many }],
    ],
    [
      `rsi, ema, atr, macd over ${shape.groups.toLocaleString("en-US")} symbols, ${short(shape.rows)} rows`,
      [...ours(symbols), { side: "fast", spec: symbols }],
    ],
  ])) {
    say(name);
    const found = await inProcesses(contenders, options.repeat);
    table.parts[0].rows.push(...found.map((row) => ({ case: name, ...row })));
  }
  return table;
}

/**
 * Starts a process for each contender in every round.
 *
 * @param {readonly import("../measure.mjs").Contender[]} contenders the first of which is ours
 * @param {number} rounds
 */
export async function inProcesses(contenders, rounds) {
  const states = contenders
    .filter(({ side }) => present(side))
    .map((contender) => ({
      contender,
      samples: { first: [], repeated: [], loop: [] },
      note: undefined,
    }));
  for (let round = 0; round < rounds; round += 1) {
    for (const state of states) {
      if (state.note === undefined) await oneProcess(state);
    }
  }
  const medians = states.map(({ samples, note }) =>
    Object.fromEntries(
      kinds.map((kind) => [kind, note === undefined ? median(samples[kind]) : undefined]),
    ),
  );
  return states.map(({ contender, note }, index) => {
    const row = { label: contender.label ?? sides[contender.side].label, side: contender.side };
    if (note !== undefined) return { ...row, note };
    const ratios = kinds.map((kind) => [`${kind}Ratio`, medians[0][kind] / medians[index][kind]]);
    return { ...row, ...medians[index], ...(index > 0 ? Object.fromEntries(ratios) : {}) };
  });
}

/** @param {any} state */
async function oneProcess(state) {
  const { side, spec } = state.contender;
  const process = startSide(side);
  try {
    const ask = async (times = 1) => {
      const { milliseconds, error } = await process.ask("run", spec, { times });
      if (error !== undefined) throw new Error(error);
      return milliseconds;
    };
    const first = await ask();
    const repeated = [];
    for (let call = 0; call < calls; call += 1) repeated.push(await ask());
    const loop = await ask(calls);
    state.samples.first.push(first);
    state.samples.repeated.push(median(repeated));
    state.samples.loop.push(loop);
  } catch (error) {
    state.note = error instanceof Error ? error.message : String(error);
  } finally {
    await process.end();
  }
}
