/** Formats the numbers of a column, with the same number of decimals and about six digits. */

const DIGITS = 6;
const LARGEST = 1e15;

/**
 * Formats the numbers of a column. All get the same number of decimals: so many that the largest
 * has six digits, and no more than any number needs.
 */
export function formatNumbers(values: readonly number[]): string[] {
  const finite = values.filter((value) => Number.isFinite(value) && Math.abs(value) < LARGEST);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Digits before the point; negative if the first decimals are zero.
  const whole = largest > 0 ? Math.floor(Math.log10(largest)) + 1 : 0;
  const room = largest >= 1e-4 ? Math.max(0, DIGITS - whole) : 0;
  const decimals = Math.max(0, ...finite.map((value) => needed(value, room)));
  return values.map((value) => format(value, decimals));
}

/** The decimals that a number needs when it is rounded to `room` decimals. */
function needed(value: number, room: number): number {
  const [, fraction = ""] = value.toFixed(room).split(".");
  return fraction.replace(/0+$/, "").length;
}

function format(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return String(value).replace("Infinity", "inf");
  if (Math.abs(value) >= LARGEST) return value.toExponential(DIGITS - 1);
  const text = value.toFixed(decimals);
  // A small number must not look like zero.
  if (value !== 0 && Number(text) === 0) return value.toExponential(2);
  return Number(text) === 0 ? text.replace("-", "") : text;
}
