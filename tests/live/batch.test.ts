/** Rows of a stream have the bits of the batch, however its bars come. */

import { ta } from "nodejs-polars-ta";
import { expect, test } from "vitest";
import { usualInputs } from "../support/bars.js";
import { batch, differing, holds, outcome, type Play, playOf, streamFor } from "../support/live.js";
import { drawnCall, operators } from "../support/live-texts.js";

const SLOW = { timeout: 240_000 };

/** What is wrong with the rows of updates. */
function byBar(play: Play): string[] {
  const wanted = outcome(() => batch(play));
  const live = outcome(() => streamFor(play));
  if ("refused" in live) {
    return "refused" in wanted ? [] : [`refused, but not by the batch: ${live.refused}`];
  }
  const rows = play.bars.map((bar) => outcome(() => live.value.update(bar)));
  const refused = rows.find((row) => "refused" in row);
  if ("value" in wanted) {
    if (refused && "refused" in refused) return [refused.refused];
    return differing(
      rows.map((row) => ("value" in row ? row.value : undefined)),
      wanted.value,
    );
  }
  if (refused === undefined) return [`not refused, but by the batch: ${wanted.refused}`];
  // What was refused left no trace.
  const kept = play.bars.filter((_, row) => "value" in (rows[row] as object));
  return differing(
    rows.flatMap((row) => ("value" in row ? [row.value] : [])),
    batch({ ...play, bars: kept }),
  );
}

test.each(["its defaults", "random parameters"])("each indicator with %s", SLOW, (what) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const texts = ta
    .catalog()
    .map((meta) => drawnCall(meta, usualInputs(meta), what === "its defaults" ? undefined : seed));
  const wrong: string[] = [];
  for (let at = 0; at < texts.length; at += 40) {
    const features = texts.slice(at, at + 40).map((expr, index) => ({ expr, as: `f${index}` }));
    const play = playOf({ config: { features }, seed, rows: 600, keys: 2, gaps: true });
    const live = streamFor(play);
    const found = differing(
      play.bars.map((bar) => live.update(bar)),
      batch(play),
    );
    const feature = /f(\d+)/.exec(found[0] ?? "")?.[1];
    wrong.push(...found.map((each) => `seed ${seed}: ${texts[at + Number(feature)]}: ${each}`));
  }
  expect(wrong).toEqual([]);
});

test("bar by bar", SLOW, () => holds(240, 400, byBar));

test("operators, over numbers of every size", SLOW, () => holds(120, 60, byBar, operators));
