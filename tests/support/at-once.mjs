// Many evaluations at once, asynchronous ones with synchronous ones between them, and prints
// how each kind went and what was wrong.
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";
import { addon } from "../../plugin/dist/core/addon.js";
import { onEvaluation } from "../../plugin/dist/core/trace.js";

/** @type {Set<string>} */
const ways = new Set();
onEvaluation(({ inputs, results, rounds, groups }) => {
  ways.add([inputs, results, rounds > 1 ? "rounds" : "round", ...groups].join(" "));
});

/** @param {number} rows @param {number} seed */
const frame = (rows, seed) =>
  pl.DataFrame({
    open: Float64Array.from({ length: rows }, (_, row) => ((row + seed) * 7919) % 1013),
    close: Float64Array.from({ length: rows }, (_, row) => ((row + seed) * 31) % 997),
    run: Int32Array.from({ length: rows }, (_, row) => row >> 6),
    turn: Int32Array.from({ length: rows }, (_, row) => row % 5),
  });

const open = pl.col("open");
const before = open.shift(1);

/** Pairs of an indicator and what it is. */
const pairs = () => [
  [pl.col("close").ta.sma(1), pl.col("close")],
  [ta.add("open", "close"), open.add(pl.col("close"))],
  [open.ta.falling().over("run"), open.lt(before).over("run")],
  [open.ta.falling().over("turn"), open.lt(before).over("turn")],
  [open.ta.wma(1).ta.sma(1), open],
  ...Array.from({ length: 6 }, (_, k) => [open.add(k).ta.sma(1), open.add(k)]),
];
const indicators = pairs().map(([indicator], index) => indicator.alias(`${index}`));
const wanted = pairs().map(([, same], index) => same.alias(`${index}`));

const sizes = [0, 1, 200, 40_000, 200_000, 900_000];
const frames = sizes.flatMap((rows) => [1, 2, 3].map((seed) => frame(rows, seed)));
const expected = frames.map((df) => df.select(...wanted));

/** @type {string[]} */
const wrong = [];
/** @param {string} kind @param {number} index @param {pl.DataFrame} made */
function check(kind, index, made) {
  const same = expected[index];
  if (!same || !made.frameEqual(same, true)) wrong.push(`${kind} ${frames[index]?.height} rows`);
}

for (let round = 0; round < 2; round += 1) {
  const pending = frames.map((df, index) =>
    df
      .lazy()
      .select(...indicators)
      .collect()
      .then((made) => check("async", index, made)),
  );
  for (const [index, df] of frames.entries()) {
    check("sync", index, df.select(...indicators));
    const failing = df
      .lazy()
      .select(ta.add(pl.lit("text"), "open"))
      .collect();
    pending.push(
      failing.then(
        () => wrong.push("nothing was refused"),
        () => undefined,
      ),
    );
    // Between two synchronous ones the asynchronous ones go on.
    if (index % 4 === 0) await new Promise(setImmediate);
    const series = Float64Array.from({ length: 5000 }, (_, row) => row + index);
    const { value } = ta.compute("sma", { series }, { period: 1 });
    if (!value || series.some((each, row) => each !== value[row])) wrong.push("direct");
  }
  await Promise.all(pending);
}
console.log(JSON.stringify({ threads: addon.threads(), ways: [...ways].sort(), wrong }));
