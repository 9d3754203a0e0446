/** What Vega makes of a chart's specification. */

import * as vega from "vega";
import { type View as VegaView, Warn } from "vega";
import { compile } from "vega-lite";

type Json = Readonly<Record<string, unknown>>;

export interface Mark {
  readonly type: string;
  readonly pane: number;
  readonly from: string;
  readonly encode: string;
  /** Where on the pane its items are. */
  readonly items: readonly Json[];
}

export interface Drawn {
  readonly marks: readonly Mark[];
  readonly warnings: readonly string[];
  readonly svg: string;
}

/** Selections of a front end listen to a window, which is not here. */
const NO_WINDOW = "Can not resolve event source: window";

/** Compiles, parses and renders a specification of Vega-Lite, with what a front end configures. */
export async function drawn(spec: Json, config: object = {}): Promise<Drawn> {
  const warnings: string[] = [];
  const log = logger((message) => {
    if (message !== NO_WINDOW) warnings.push(message);
  });
  const compiled = compile(spec as never, { logger: log as never, config }).spec as unknown as Json;
  const options = { renderer: "none", logger: log, logLevel: Warn } as const;
  const view = new vega.View(vega.parse(compiled as never), options as never);
  try {
    const svg = await view.toSVG();
    return { marks: marksOf(compiled, view), warnings, svg };
  } finally {
    view.finalize();
  }
}

/** A specification as a front end has it, whose signals a test can set. */
export function viewOf(spec: Json): { view: VegaView; symbols: () => Json[] } {
  const silent = logger(() => {});
  const compiled = compile(spec as never, { logger: silent as never }).spec;
  const options = { renderer: "none", logger: silent } as const;
  const view = new vega.View(vega.parse(compiled as never), options as never);
  const symbols = (): Json[] => {
    const found: Json[] = [];
    const visit = (group: Group) => {
      if (group.marktype === "symbol") found.push(...group.items);
      for (const item of group.items) for (const inner of item.items ?? []) visit(inner);
    };
    visit((view.scenegraph() as unknown as { root: Group }).root);
    return found;
  };
  return { view, symbols };
}

function logger(hear: (message: string) => void) {
  const loud = (...args: unknown[]) => {
    hear(args.join(" "));
    return log;
  };
  const quiet = () => log;
  const log = { level: quiet, error: loud, warn: loud, info: quiet, debug: quiet };
  return log;
}

interface Group {
  readonly name?: string;
  readonly marktype: string;
  readonly items: readonly (Json & { readonly items?: readonly Group[] })[];
}

/** The marks of all panes, with where their data come from. */
function marksOf(compiled: Json, view: VegaView): Mark[] {
  const groups = new Map<string, Group>();
  const visit = (group: Group) => {
    if (group.name) groups.set(group.name, group);
    for (const item of group.items) for (const inner of item.items ?? []) visit(inner);
  };
  visit((view.scenegraph() as unknown as { root: Group }).root);
  const data = new Map((compiled.data as Json[]).map((one) => [one.name as string, one]));
  const chain = (name: unknown): string => {
    const one = data.get(name as string);
    return one ? JSON.stringify(one.transform ?? []) + chain(one.source) : "";
  };
  const marks: Mark[] = [];
  const walk = (mark: Json, pane: number) => {
    const name = mark.name as string;
    if (mark.type === "group") {
      for (const inner of (mark.marks ?? []) as Json[]) walk(inner, pane);
      if (mark.from === undefined) return;
    }
    const from = (mark.from ?? {}) as { data?: string; facet?: { data: string } };
    marks.push({
      type: mark.type as string,
      pane,
      from: chain(from.data ?? from.facet?.data),
      encode: JSON.stringify(mark.encode ?? {}),
      items: groups.get(name)?.items ?? [],
    });
  };
  for (const [pane, group] of (compiled.marks as Json[]).entries()) walk(group, pane);
  return marks;
}

/** Keys of the rows by what a tooltip calls them: `rsi_14`, `macd_12_26_9 signal`, `AAPL O`. */
export function fieldsOf(spec: Json): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { tooltip } = value as { tooltip?: { field: string; title: string }[] };
    for (const { field, title } of tooltip ?? []) found.set(title, field);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(spec.vconcat);
  return found;
}

/** The rows of a specification. */
export const rowsOf = (spec: Json): Readonly<Record<string, number | undefined>>[] =>
  (spec.data as { values: Record<string, number | undefined>[] }).values;
