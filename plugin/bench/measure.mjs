// Measures times and memory. Contenders take turns in every round; memory is measured in a separate
// process per contender.
import { endSide, present, side, sides, startSide } from "./sides.mjs";

/**
 * Contenders of one side share a process, unless `process` names another one.
 *
 * @typedef {{ side: string, process?: string, label?: string, spec: any }} Contender
 * @typedef {{ label: string, side: string, median?: number, minimum?: number, rounds?: number, note?: string }} Measured
 */

/**
 * Times of each contender in milliseconds. Each has a turn in every round, so that a disturbance of
 * the machine affects all.
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
 * @param {number} round negative while warming up
 * @param {number} least
 */
async function oneTurn(state, round, least) {
  const { side: name, process, spec } = state.contender;
  const ask = () => side(name, process).ask("run", spec, { times: state.times });
  let answer = await ask();
  if (answer.error !== undefined && round > -state.warmUp) {
    // It worked before, so it may be out of memory: some libraries never free any. Try again in a
    // new process.
    await endSide(name, process);
    answer = await ask();
  }
  if (answer.error !== undefined) state.note = answer.error;
  else if (round >= 0) state.samples.push(answer.milliseconds);
  else state.times = Math.min(1e5, Math.max(1, Math.ceil(least / answer.milliseconds)));
}

/**
 * The bytes that a contender needs, alone in a process. `above` is without inputs and outputs.
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
