/** Checks that bars are in the order of their times, within groups. */

import { changes } from "../polars/functions.js";
import { type NativeExpr, type NativeFrame, type NativeLazy, native } from "../polars/native.js";
import { collect, type Steps } from "../polars/steps.js";
import { diagnose } from "./diagnosis.js";
import { keyName, type Order, ownColumns, ROW, TIME } from "./rows.js";
import { count, record } from "./values.js";

const CHANGED = "__ta_changed";

/**
 * Throws unless rows are in the order of their times within each group.
 *
 * @throws TaError that says what to do about forgotten groups, a reversed order, or repeated times.
 */
export function* checkOrder(rows: NativeLazy, order: Order): Steps<void> {
  const frame = yield* collect(rows.select(ownColumns(order)));
  if (frame.height === 0 || (yield* inOrder(frame, order))) return;
  throw yield* diagnose(order.whole?.() ?? rows, order);
}

/** Collects a frame once. Throws unless its times go forward in every group. */
export function* collectInOrder(
  plan: NativeLazy,
  order: Order,
  scope: { readonly describeOnly: boolean },
): Steps<NativeLazy> {
  if (scope.describeOnly) return plan;
  const kept = (yield* collect(plan)).lazy();
  yield* checkOrder(kept, order);
  return kept;
}

function* inOrder(frame: NativeFrame, { keys, repeats }: Order): Steps<boolean> {
  const time = native.col(TIME);
  const columns = keys.map((_, index) => native.col(keyName(index)));
  const wrong = (before: NativeExpr) =>
    repeats === "refused" ? time.ltEq(before) : time.lt(before);
  const before = time.shift(native.lit(1));
  const missing = count(time.isNull()).alias("missing");
  const rows = frame.lazy();
  if (keys.length === 0) {
    const found = yield* record(rows.select([missing, count(wrong(before)).alias("wrong")]));
    return Number(found?.missing) === 0 && Number(found?.wrong) === 0;
  }
  // If the rows of each group follow each other, comparing neighbours is enough.
  const changed = columns.map(changes).reduce((any, each) => any.or(each));
  const marked = rows
    .withRowIndex(ROW, 0)
    .withColumns([changed.or(native.col(ROW).eq(native.lit(0))).alias(CHANGED)]);
  const mark = native.col(CHANGED);
  const found = yield* record(
    marked.select([
      missing,
      count(mark).alias("runs"),
      count(wrong(before).and(mark.not())).alias("wrong"),
    ]),
  );
  if (Number(found?.missing) > 0 || Number(found?.wrong) > 0) return false;
  if (Number(found?.runs) * 2 <= frame.height && (yield* eachOnce(marked.filter(mark), columns))) {
    return true;
  }
  const apart = yield* record(rows.select([count(wrong(before.over(columns))).alias("wrong")]));
  return Number(apart?.wrong) === 0;
}

/** Whether each key occurs in only one run. */
function* eachOnce(runs: NativeLazy, columns: NativeExpr[]): Steps<boolean> {
  const row = native.col(ROW);
  const again = count(row.first().over(columns).neq(row)).alias("again");
  return Number((yield* record(runs.select([again])))?.again) === 0;
}
