// Measuring: contenders take turns, round by round, and their memory is looked at in processes of their own.
import { endSide, present, side, sides, startSide } from "./sides.mjs";

/**
 * Contenders of one side share a process unless they ask for one of their own by name.
 *
 * @typedef {{ side: string, process?: string, label?: string, spec: any }} Contender
 * @typedef {{ label: string, side: string, median?: number, minimum?: number, rounds?: number, note?: string }} Measured
 */

/**
 * Times of each contender in milliseconds. In every round each has its turn: what disturbs the machine for a while
 * disturbs all of them.
 *
 * @param {Contender[]} contenders
 * @param {{ repeat: number, warmUp?: number, least?: number }} options least: milliseconds that one sample takes
 * @returns {Promise<Measured[]>}
 */
export async function inTurns(contenders, { repeat, warmUp = 2, least = 0 }) {
  const states = contenders
    .filter((contender) => present(contender.side))
    .map((contender) => ({ contender, warmUp, times: 1, samples: [], note: undefined }));
  for (let round = -warmUp; round < repeat; round += 1) {
    for (const state of states) {
      if (!state.note) await oneTurn(state, round, least);
    }
  }
  return states.map(({ contender, samples, note }) => {
    const label = contender.label ?? sides[contender.side].label;
    if (note) return { label, side: contender.side, note };
    const minimum = Math.min(...samples);
    return { label, side: contender.side, median: median(samples), minimum, rounds: repeat };
  });
}

/**
 * @param {any} state
 * @param {number} round below 0: to warm up
 * @param {number} least
 */
async function oneTurn(state, round, least) {
  const { side: name, process, spec } = state.contender;
  const ask = () => side(name, process).ask("run", spec, { times: state.times });
  let answer = await ask();
  if (answer.error !== undefined && round > -state.warmUp) {
    // It worked before: some libraries never give memory back, and have a new process.
    await endSide(name, process);
    answer = await ask();
  }
  if (answer.error !== undefined) state.note = answer.error;
  else if (round >= 0) state.samples.push(answer.milliseconds);
  else state.times = Math.min(1e5, Math.max(1, Math.ceil(least / answer.milliseconds)));
}

/**
 * What a contender needs, in bytes, with only it in its process: `above` its inputs and outputs.
 *
 * @param {Contender} contender
 * @returns {Promise<{ input: number, output: number, above: number } | undefined>}
 */
export async function memoryOf({ side: name, spec }) {
  const alone = startSide(name);
  const { before, peak, input, output, error } = await alone.ask("memory", spec);
  await alone.end();
  if (error !== undefined) return undefined;
  return { input, output, above: Math.max(0, peak - before - output) };
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} numbers */
export function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}
