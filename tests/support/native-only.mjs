// Runs in native mode: what only polars itself can compute, against one piece at a time.
import assert from "node:assert/strict";
import pl from "nodejs-polars";
import { ta } from "nodejs-polars-ta";

const rows = 40;
const df = pl.DataFrame({
  i: pl.Series(
    "i",
    Array.from({ length: rows }, (_, i) => i),
    pl.Int64,
  ),
  symbol: Array.from({ length: rows }, (_, i) => "ABC"[(i * i + (i >> 2)) % 3]),
  close: Float64Array.from({ length: rows }, (_, i) => 100 + 10 * Math.sin(i * 1.7) + (i % 7)),
});
const close = pl.col("close");
const values = (frame, name) => frame.getColumn(name).toArray();
const alone = (bars, expr) => values(bars.select(expr.alias("x")), "x");
const plain = (lists) => lists.map((list) => [...list]);

let checks = 0;
for (const meta of ta.catalog()) {
  // Those of one series that reads prices; the others need inputs that lists do not have.
  if (meta.semantics.input_slots.length > 1 || meta.outputs.length > 1) continue;
  if (meta.outputs[0].dtype !== "Float64" || meta.semantics.primary_input !== "series") continue;
  const params = Object.fromEntries(
    meta.params
      .filter((p) => p.kind === "int" && p.max >= 3)
      .map((p) => [p.name, Math.max(p.min, 3)]),
  );
  let make;
  try {
    df.select(close.ta[meta.id](params));
    make = (expr) => expr.ta[meta.id](params);
  } catch {
    // The parameters do not go together.
    make = (expr) => expr.ta[meta.id]();
  }

  const groups = df.groupBy("symbol", true).agg(close);
  const bySymbol = values(groups, "symbol").map((symbol) =>
    alone(df.filter(pl.col("symbol").eq(pl.lit(symbol))), make(close)),
  );
  const lists = groups.select(close.lst.eval(make(pl.element())).alias("x"));
  assert.deepEqual(plain(values(lists, "x")), bySymbol, `${meta.id}: list.eval`);

  const windows = df.groupByDynamic({ indexColumn: "i", every: "20i" }).agg(make(close).alias("x"));
  const byWindow = [0, 20].map((offset) => alone(df.slice({ offset, length: 20 }), make(close)));
  assert.deepEqual(plain(values(windows, "x")), byWindow, `${meta.id}: groupByDynamic`);

  const rolling = df
    .groupByRolling({ indexColumn: "i", period: "9i" })
    .agg(make(close).last().alias("x"));
  const byRow = Array.from({ length: rows }, (_, i) => {
    const offset = Math.max(0, i - 8);
    return alone(df.slice({ offset, length: i - offset + 1 }), make(close)).at(-1);
  });
  assert.deepEqual(values(rolling, "x"), byRow, `${meta.id}: groupByRolling`);
  checks += 3;
}

const lazy = df.lazy().select(close.ta.sma(3));
const stored = lazy.serialize("json");
assert.deepEqual(
  values(pl.LazyDataFrame.deserialize(stored, "json").collectSync(), "sma_3"),
  values(lazy.collectSync(), "sma_3"),
);
assert.match(lazy.describeOptimizedPlan(), /PROJECT\["close"\] 1\/3|PROJECT 1\/3/);
assert.throws(() => df.select(pl.col("symbol").ta.sma(2)), {
  name: "TaError",
  message:
    'column "symbol" has dtype String; indicators take numeric columns; a text of numbers is cast with .cast(pl.Float64)',
});
console.log(checks);
