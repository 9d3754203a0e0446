/// <reference lib="dom" />
/**
 * The script of a page: zoom, readouts and toggles. Its source is written into the page, so it uses
 * nothing from outside itself but its arguments.
 */

import type { bordersOf } from "./borders.js";
import type { copyOf, rangesOf } from "./controls.js";
import type { scaleRange, shareHeight } from "./heights.js";
import type { legendsOf } from "./legends.js";
import type { movesOf } from "./moves.js";
import type { Look, PageData, PagePane, PageValue, Rows } from "./page-data.js";
import type {
  basesOf,
  constantOf,
  priceTicks,
  Scale,
  scaleOf,
  shareOf,
  valueAt,
} from "./scales.js";
import type { percentText, pickTicks, timeText, valueText } from "./ticks.js";

interface View {
  signal(name: string, value: unknown): View;
  width(pixels: number): View;
  /** Fits the canvas to the panes at the next run. */
  resize(): View;
  runAsync(): Promise<View>;
  data(name: string): Readonly<Record<string, number>>[];
}

interface VegaInPage {
  parse(spec: object): object;
  View: new (spec: object, options: object) => View;
}

export async function viewer(
  vega: VegaInPage,
  page: PageData,
  text: {
    pickTicks: typeof pickTicks;
    timeText: typeof timeText;
    valueText: typeof valueText;
    scaleRange: typeof scaleRange;
    shareHeight: typeof shareHeight;
    legendsOf: typeof legendsOf;
    bordersOf: typeof bordersOf;
    rangesOf: typeof rangesOf;
    copyOf: typeof copyOf;
    movesOf: typeof movesOf;
    scaleOf: typeof scaleOf;
    shareOf: typeof shareOf;
    valueAt: typeof valueAt;
    constantOf: typeof constantOf;
    priceTicks: typeof priceTicks;
    basesOf: typeof basesOf;
    percentText: typeof percentText;
  },
): Promise<void> {
  const { margin, gap, times } = page;
  const percent = page.compared.length > 0;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const look = (page.looks[dark.matches ? 1 : 0] ?? page.looks[0]) as Look;
  if (page.looks.length > 1) dark.addEventListener("change", () => location.reload());
  const { panes, spec } = look;
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const stage = byId("stage");
  const make = (className: string) => {
    const made = document.createElement("span");
    made.className = className;
    stage.append(made);
    return made;
  };
  const called = (index: number) => page.numbers[index] ?? "";
  const time = (index: number) => text.timeText(times[index], page.intraday, called(index));
  const { data } = spec as { data: { name: string; values?: Rows }[] };
  for (const set of data) if (set.name === "bars") set.values = page.rows;
  const view = new vega.View(vega.parse(spec), {
    renderer: "canvas",
    container: byId("view"),
    hover: false,
  });
  await view.runAsync();
  const rows = view.data("bars").slice();
  // Where the panes are. The reader may move the borders between them.
  let heights = panes.map(({ height }) => height);
  let moved = false;
  let tops: number[] = [];
  let ranges: [number, number][] = [];
  let bottom = 0;
  const place = () => {
    let top = margin.top;
    tops = heights.map((height) => {
      const own = top;
      top += height + gap;
      return own;
    });
    bottom = top - gap;
    ranges = panes.map(({ free }, index) => text.scaleRange(heights[index] ?? 0, free));
    for (const [index, [foot, head]] of ranges.entries()) {
      view.signal(panes[index]?.signal ?? "", heights[index]);
      view.signal(`foot_${index}`, foot).signal(`top_${index}`, head);
    }
    for (const [index, legend] of legends.entries())
      legend.style.top = `${(tops[index] ?? 0) + 2}px`;
    for (const [index, divider] of dividers.entries())
      divider.style.top = `${(tops[index + 1] ?? 0) - gap / 2 - 4}px`;
    view.resize();
    crosshair.style.top = `${margin.top}px`;
    crosshair.style.height = `${bottom - margin.top}px`;
    date.style.top = `${bottom + 3}px`;
  };

  const all = { from: -0.5, to: rows.length - 0.5 };
  const state = { from: Math.max(-0.5, all.to - page.seen), to: all.to, width: 0 };
  let log = page.log;
  // Changes in percent are counted from the first bar in sight.
  let bases = text.basesOf(rows, page.compared, state.from);
  let scales: Scale[] = panes.map(() => ({ low: 0, high: 1, log: false }));

  /** Fits the scale of a pane to its visible values. */
  const fit = ({ fields, levels }: PagePane, index: number): Scale => {
    const seen = fields.filter(({ key }) => !hidden.has(key)).map(({ field }) => field);
    const { factors } = bases;
    return text.scaleOf(rows, seen, { ...state, levels, factors, log: log && index === 0 });
  };

  const priceText = (value: number) =>
    percent ? text.percentText(value, bases.base) : text.valueText(value);

  const draw = () => {
    const most = Math.max(2, Math.floor(state.width / page.label));
    const { at, labels } = text.pickTicks(times, state.from, state.to, most, called);
    view.signal("from", state.from).signal("to", state.to);
    view.signal("labels", Object.fromEntries(at.map((bar, index) => [bar, labels[index]])));
    view.signal("ticks", at);
    bases = text.basesOf(rows, page.compared, state.from);
    if (percent) view.signal("base", bases.base);
    for (const key of page.compared) view.signal(`factor_${key}`, bases.factors[key]);
    scales = panes.map(fit);
    for (const [index, { low, high }] of scales.entries())
      view.signal(`low_${index}`, low).signal(`high_${index}`, high);
    const [prices] = scales as [Scale];
    const room = Math.max(1, Math.floor((heights[0] ?? 0) / 32));
    view.signal("constant", text.constantOf(prices));
    const ticks = () => text.priceTicks(prices, room, percent ? bases.base : undefined);
    view.signal("prices", log || percent ? ticks() : null);
    tagLast();
    pointAgain();
    return view.runAsync();
  };
  const last = make("tag price last");
  const tagLast = () => {
    const [scale, [foot, head] = [1, 0]] = [scales[0], ranges[0]];
    if (look.last === undefined || scale === undefined) return;
    const { close, color } = look.last;
    const y = foot - text.shareOf(close, scale) * (foot - head);
    last.hidden = y < 0 || y > foot;
    last.textContent = priceText(close);
    last.style.top = `${(tops[0] ?? 0) + y}px`;
    last.style.background = color;
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      void draw();
    });
  };

  const { move, barAt } = text.movesOf(stage, state, {
    all,
    seen: page.seen,
    left: margin.left,
    fewest: page.fewest,
    changed: later,
  });

  const toggled = (keys: readonly string[], on: boolean) => {
    for (const key of keys) view.signal(`on_${key}`, on);
    later();
  };
  const { legends, hidden, show: read } = text.legendsOf(stage, panes, toggled);

  const crosshair = make("crosshair");
  const level = make("level");
  const price = make("tag price");
  const date = make("tag date");
  const dividers = text.bordersOf(stage, panes.length, {
    least: page.least,
    heights: (index) => heights.slice(index, index + 2),
    resize: (index, both) => {
      heights.splice(index, 2, ...both);
      moved = true;
      place();
      later();
    },
  });
  const textOf = ({ field, percent }: PageValue, value: number | undefined) =>
    percent
      ? text.percentText(
          value === undefined ? value : value * (bases.factors[field] ?? 1),
          bases.base,
        )
      : text.valueText(value);
  const readBar = (index: number) => {
    read((value) => textOf(value, rows[index]?.[value.field]));
    byId("bar").textContent = time(index);
  };
  const readLast = () => {
    read((value) =>
      textOf(value, rows.findLast((row) => row[value.field] !== undefined)?.[value.field]),
    );
    byId("bar").textContent = time(rows.findLastIndex(({ close }) => close !== undefined));
  };

  const point = (event: MouseEvent) => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const show = (on: boolean) => stage.classList.toggle("pointed", on);
  // The pointer stays where it is while bars and scales move below it.
  let pointed: { x: number; y: number } | undefined;
  const pointAgain = () => {
    if (pointed) pointAt(pointed);
  };
  const hover = (event: PointerEvent) => {
    pointed = point(event);
    pointAt(pointed);
  };
  const pointAt = ({ x, y }: { x: number; y: number }) => {
    const index = Math.round(barAt(x));
    const inside =
      x >= margin.left && x <= margin.left + state.width && y >= margin.top && y <= bottom;
    if (!inside || index < 0 || index >= rows.length) return leave();
    show(true);
    const middle = margin.left + ((index - state.from) / (state.to - state.from)) * state.width;
    crosshair.style.left = `${middle}px`;
    date.style.left = `${middle}px`;
    date.textContent = time(index);
    level.style.top = `${y}px`;
    const over = panes.findIndex(
      (_, i) => y >= (tops[i] ?? 0) && y <= (tops[i] ?? 0) + (heights[i] ?? 0),
    );
    const scale = scales[over];
    price.hidden = scale === undefined;
    if (scale) {
      const [foot, head] = ranges[over] ?? [1, 0];
      const share = (foot - (y - (tops[over] ?? 0))) / (foot - head);
      const value = text.valueAt(share, scale);
      price.textContent = over === 0 ? priceText(value) : text.valueText(value);
      price.style.top = `${y}px`;
    }
    readBar(index);
  };
  const leave = () => {
    show(false);
    readLast();
  };

  stage.addEventListener("pointermove", hover);
  stage.addEventListener("pointerleave", () => {
    pointed = undefined;
    leave();
  });
  text.rangesOf(byId("ranges"), times, move);
  text.copyOf(byId("copy"), stage);
  const button = document.getElementById("logarithmic");
  const press = () => button?.setAttribute("aria-pressed", String(log));
  button?.addEventListener("click", () => {
    log = !log;
    press();
    later();
  });
  press();

  document.documentElement.style.setProperty("--axis", `${margin.right}px`);
  const resize = () => {
    state.width = Math.max(200, stage.clientWidth - margin.left - margin.right);
    view.width(state.width);
    if (page.fills) {
      const around = margin.top + margin.bottom + gap * (panes.length - 1);
      // Vega's picture has a border of a pixel or two.
      const room = window.innerHeight - stage.offsetTop - around - 4;
      const usual = moved ? heights : panes.map(({ height }) => height);
      heights = text.shareHeight(usual, room, { prices: moved ? 0 : 1 / 3, least: page.least });
    }
    place();
    later();
  };
  new ResizeObserver(resize).observe(stage);
  window.addEventListener("resize", resize);
  resize();
  readLast();
  await draw();
  document.documentElement.dataset.ready = "true";
}
