/** Labels of pipelines: where they stand, when they are known, and that no feature reads the future. */

import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import pl, { type DataFrame } from "nodejs-polars";
import { type FeatureConfig, type PipelineConfig, ta } from "nodejs-polars-ta";
import { describe, expect, test } from "vitest";
import { expectSame } from "../support/contexts.js";
import { goldenPath } from "../support/golden.js";
import { refusal } from "../support/refusals.js";
import { runs } from "../support/runs.js";
import { message } from "../support/texts.js";

const stocks = pl.readCSV(goldenPath("data/stocks.csv"));
const dates = [...new Set(stocks.getColumn("date").toArray() as string[])].sort();

/** The label indicators, and the flag that each needs to stand in the row that it labels. */
const LABELS = ta.catalog().filter(({ category }) => category === "label");
const flagOf = (id: string): string => ta.find(id)?.semantics.lookahead_params?.[0] ?? "";

/** Indicators of every kind that need no other column. */
const FEATURES = ta
  .catalog()
  .filter(({ semantics }) => semantics.input_slots.every((slot) => slot.default !== undefined))
  .map(({ id }) => id);

const config = (features: readonly FeatureConfig[], more: object = {}): PipelineConfig => ({
  over: "symbol",
  features,
  labels: LABELS.map(({ id }) => ({ id, as: id })),
  ...more,
});

/** The rows with other prices on and after a date. */
function changedFrom(frame: DataFrame, date: string, factor: number): DataFrame {
  const later = pl.col("date").gtEq(pl.lit(date));
  const prices = ["open", "high", "low", "close"].map((name) =>
    pl.when(later).then(pl.col(name).mul(factor)).otherwise(pl.col(name)).alias(name),
  );
  return frame.withColumns(...prices);
}

type Column = readonly unknown[];
const columnsOf = (frame: DataFrame): Map<string, Column> =>
  new Map(frame.columns.map((name) => [name, frame.getColumn(name).toArray()]));

test("there are labels in the catalog, and each has one flag and says when it is known", () => {
  expect(LABELS.length).toBeGreaterThanOrEqual(3);
  for (const { id, outputs, semantics } of LABELS) {
    expect(semantics.lookahead_params).toHaveLength(1);
    expect(outputs.at(-1)).toMatchObject({ name: "known_after", dtype: "Int32" });
    expect(ta.explain(id, { [flagOf(id)]: false }).lookahead).toBeGreaterThan(0);
    expect(ta.explain(id).lookahead).toBe(0);
  }
});

describe("the future", () => {
  const pipeline = ta.pipeline(config(FEATURES, { unnest: true }));
  const plain = columnsOf(pipeline.apply(stocks, { labels: true }));
  const days = plain.get("date") as string[];
  const knownOns = pipeline.labels.filter((name) => name.endsWith("_known_on"));

  const day = fc.integer({ min: 1, max: dates.length - 1 }).map((at) => dates[at] as string);
  const factor = fc.constantFrom(0.5, 0.9, 1.1, 3);

  test("changes no feature before it, and no label that is known", () => {
    let changed = 0;
    fc.assert(
      fc.property(day, factor, (from, by) => {
        const other = columnsOf(pipeline.apply(changedFrom(stocks, from, by), { labels: true }));
        for (const name of pipeline.columns) {
          const [one, two] = [plain.get(name) as Column, other.get(name) as Column];
          const wrong = days.findIndex((at, row) => at < from && !Object.is(one[row], two[row]));
          expect(wrong < 0 ? "the same" : `${name} in row ${wrong}`).toBe("the same");
        }
        for (const knownOn of knownOns) {
          const label = knownOn.replace(/_known_on$/, "");
          const [known, then] = [plain.get(knownOn) as string[], other.get(knownOn) as string[]];
          const names = pipeline.labels.filter(
            (name) => name.startsWith(label) && !name.endsWith("_known_on"),
          );
          for (const name of names) {
            const [one, two] = [plain.get(name) as Column, other.get(name) as Column];
            for (const [row, on] of known.entries()) {
              const same = Object.is(one[row], two[row]) && Object.is(on, then[row]);
              if (on !== null && on < from)
                expect({ name, row, same }).toMatchObject({ same: true });
              else if (!same) changed++;
            }
          }
        }
      }),
      { numRuns: runs(12) },
    );
    // Labels do depend on it: the test could fail.
    expect(changed).toBeGreaterThan(100);
  });
});

describe.each(LABELS.map(({ id }) => id))("%s", (id) => {
  const delayed = flagOf(id);
  const outputs = ta.find(id)?.outputs.map(({ name }) => name) ?? [];
  const pipeline = ta.pipeline({ over: "symbol", features: ["close"], labels: [{ id, as: "x" }] });
  const made = pipeline.apply(stocks, { labels: true });
  const columns = outputs.filter((name) => name !== "known_after");
  const named = (output: string) => (columns.length === 1 ? "x" : `x_${output}`);

  test("is in the row that it labels what stands later where it is delayed", () => {
    const back = ta.explain(id).lookback - ta.explain(id, { [delayed]: false }).lookback;
    const late = ta.indicator(id).over("symbol").alias("late");
    const rows = stocks.withColumns(late);
    for (const output of columns) {
      const shifted = rows.select(
        pl.col("late").struct.field(output).shift(-back).over("symbol").alias(named(output)),
      );
      expectSame(made.select(named(output)), shifted);
    }
  });

  test("is known on the date of the row so many rows later in its group", () => {
    const after = ta
      .indicator(id, { [delayed]: false, allowLookahead: true })
      .over("symbol")
      .struct.field("known_after")
      .alias("after");
    const rows = made.withColumns(after).toRecords();
    const groups = Map.groupBy(rows, ({ symbol }) => symbol);
    const wanted = [...groups.values()].flatMap((group) =>
      group.map((row, at) => (row.after === null ? null : group[at + Number(row.after)]?.date)),
    );
    expect(made.getColumn("x_known_on").toArray()).toEqual(wanted);
    expect(wanted.filter((date) => date !== null).length).toBeGreaterThan(1000);
  });

  test("has no value where a bar of its span is missing, and is known as late as it says", () => {
    const gap = pl.col("date").eq(pl.lit(dates[200] as string));
    const holes = stocks.withColumns(
      ...["open", "high", "low", "close"].map((name) =>
        pl.when(gap).then(pl.lit(null)).otherwise(pl.col(name)).alias(name),
      ),
    );
    const rows = pipeline.apply(holes, { labels: true }).toRecords();
    const at = `${dates[200]}`;
    const spans = rows.filter(
      ({ date, x_known_on: on }) => on !== null && `${date}` <= at && `${on}` >= at,
    );
    expect(spans).toEqual([]);
    expect(rows.filter(({ x_known_on: on }) => on !== null).length).toBeGreaterThan(1000);
  });
});

describe("apply", () => {
  const pipeline = ta.pipeline(config(["rsi(14)"]));

  test("adds labels only where they are asked for", () => {
    expect(pipeline.columns).toEqual(["rsi_14"]);
    expect(pipeline.apply(stocks).columns).toEqual([...stocks.columns, "rsi_14"]);
    expect(pipeline.apply(stocks, { labels: false }).columns).toEqual([
      ...stocks.columns,
      "rsi_14",
    ]);
    const made = pipeline.apply(stocks, { labels: true });
    expect(made.columns).toEqual([...stocks.columns, "rsi_14", ...pipeline.labels]);
    expect(pipeline.lookahead).toBe(0);
    expect(pipeline.labels.length).toBeGreaterThan(2 * LABELS.length);
  });

  test("gives the same for lazy frames, tables, and the columns that are kept", async () => {
    const keep = ["symbol", "date"];
    const made = pipeline.apply(stocks, { labels: true, keep });
    expect(made.columns).toEqual([...keep, "rsi_14", ...pipeline.labels]);
    const all = pipeline.apply(stocks, { labels: true });
    expectSame(made, all.select(...made.columns));
    expectSame(await pipeline.apply(stocks.lazy(), { labels: true, keep }).collect(), made);
    const table = tableFromIPC(stocks.writeIPC());
    const added = await pipeline.apply(table, { labels: true, keep: "none" });
    expect(added.schema.fields.map(({ name }) => name)).toEqual(["rsi_14", ...pipeline.labels]);
    for (const name of pipeline.labels) {
      expect([...(added.getChild(name) ?? [])]).toEqual(made.getColumn(name).toArray());
    }
  });

  test("reads the columns of the frame, also where features replace them", () => {
    const replacing = ta.pipeline(config(["close * 2 - open as close", "high > 1 as symbol"]));
    const made = replacing.apply(stocks, { labels: true, keep: "none" });
    const plain = pipeline.apply(stocks, { labels: true, keep: "none" });
    expectSame(made.select(...pipeline.labels), plain.select(...pipeline.labels));
  });

  test("takes expressions of a label, under their names", () => {
    const [first] = LABELS.map(({ id, outputs }) => `${id}.${outputs[0]?.name} > 0 as up`);
    const { labels } = ta.pipeline({ features: ["close"], labels: [first as string] });
    expect(labels).toEqual(["up", "up_known_on"]);
  });

  test("a stream has the features only", () => {
    const bar = { symbol: "X", open: 1, high: 2, low: 1, close: 2 };
    expect(Object.keys(pipeline.stream().update(bar) ?? {})).toEqual(["rsi_14"]);
  });

  test("what a pipeline writes makes the same labels", () => {
    const again = ta.pipeline(JSON.parse(JSON.stringify(pipeline)));
    expect(again.labels).toEqual(pipeline.labels);
    expectSame(again.apply(stocks, { labels: true }), pipeline.apply(stocks, { labels: true }));
    expect(again.toJSON()).toEqual(pipeline.toJSON());
    for (const { id } of LABELS) expect(pipeline.explain()).toContain(`known on ${id}_known_on`);
  });
});

const ID = LABELS[0]?.id ?? "";
const OTHER = LABELS[1]?.id ?? "";
const LIST = LABELS.map(({ id }) => id)
  .join(", ")
  .replace(/, (\w+)$/, " or $1");

test.each<[object, string]>([
  [{ labels: [] }, "pipeline: labels must be a list with at least one label, got []"],
  [{ labels: [3] }, "labels[0] must be a string or an object, got 3"],
  [{ labels: ["rsi(14)"] }, `labels[0]: a label is made of ${LIST}; this has none of them`],
  [
    { labels: [`${ID}.known_after > ${OTHER}.known_after`] },
    "labels[0]: a label is made of one, this has ",
  ],
  [{ labels: [`sma(${ID}().known_after, 3)`] }, `labels[0]: sma reads ${ID}, which is a label`],
  [
    { labels: [`${ID}.known_after + ichimoku_cloud(shift_chikou=true).chikou_span`] },
    "labels[0]: ichimoku_cloud uses later rows; only the label itself may",
  ],
  [{ labels: [`${ID}() as rsi_14`] }, 'labels[0]: the name "rsi_14" is also that of a feature; '],
  [{ labels: [ID, ID] }, `" is also that of labels[0]; give one of them another with as`],
  [{ labels: [`${ID}(perod=3)`] }, `labels[0]: ${ID}: unknown parameter "perod"`],
  [{ features: [`${ID}(${flagOf(ID)}=false)`] }, `if that is wanted, allow it with allowLookahead`],
])("%j is refused", (more, sentence) => {
  expect(message(() => ta.pipeline({ features: ["rsi(14)"], ...more }))).toContain(sentence);
});

test("labels that cannot be added are refused", () => {
  const labels = [ID];
  const bare = ta.pipeline({ over: "symbol", features: ["rsi(14)"] });
  expect(refusal(() => bare.apply(stocks, { labels: true }))).toBe(
    "pipeline: labels is true, but the configuration has no labels",
  );
  const timeless = ta.pipeline({ over: "symbol", features: ["rsi(14)"], labels, time: false });
  expect(refusal(() => timeless.apply(stocks, { labels: true }))).toBe(
    "pipeline: labels need the column of times, because they say when they are known; name it with the option time",
  );
  expect(refusal(() => bare.apply(stocks, { labels: 1 as never }))).toBe(
    "pipeline: labels must be true or false, got 1",
  );
  expect(refusal(() => bare.tail(stocks, 1, { labels: true } as never))).toBe(
    'pipeline: unknown option "labels"; it takes keep',
  );
});
