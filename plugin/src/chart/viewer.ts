/// <reference lib="dom" />
/**
 * The script of a page: zoom, readouts and toggles. Its source is written into the page, so it uses
 * nothing from outside itself but its arguments.
 */

import type { bordersOf } from "./borders.js";
import type { copyOf, rangesOf } from "./controls.js";
import type { scaleRange, shareHeight } from "./heights.js";
import type { legendsOf } from "./legends.js";
import type { Look, PageData, PagePane, Rows } from "./page-data.js";
import type { pickTicks, timeText, valueText } from "./ticks.js";

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
  },
): Promise<void> {
  const { margin, gap, times } = page;
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
  const scales = panes.map(() => ({ low: 0, high: 1 }));

  /** Fits the scale of a pane to its visible values. */
  const fit = (index: number) => {
    const pane = panes[index] as PagePane;
    let [low, high] = [Infinity, -Infinity];
    const take = (value: number | undefined) => {
      if (value === undefined) return;
      if (value < low) low = value;
      if (value > high) high = value;
    };
    const fields = pane.fields.filter(({ key }) => !hidden.has(key)).map(({ field }) => field);
    const end = Math.min(rows.length - 1, Math.ceil(state.to));
    for (let i = Math.max(0, Math.floor(state.from)); i <= end; i++) {
      for (const field of fields) take(rows[i]?.[field]);
    }
    for (const level of pane.levels) take(level);
    if (low > high) [low, high] = [0, 1];
    if (low === high)
      [low, high] = [low - (Math.abs(low) || 1) / 10, high + (Math.abs(high) || 1) / 10];
    scales[index] = { low, high };
  };

  const draw = () => {
    const most = Math.max(2, Math.floor(state.width / page.label));
    const { at, labels } = text.pickTicks(times, state.from, state.to, most, called);
    view.signal("from", state.from).signal("to", state.to);
    view.signal("labels", Object.fromEntries(at.map((bar, index) => [bar, labels[index]])));
    view.signal("ticks", at);
    for (const [index] of panes.entries()) {
      fit(index);
      view.signal(`low_${index}`, scales[index]?.low).signal(`high_${index}`, scales[index]?.high);
    }
    tagLast();
    pointAgain();
    return view.runAsync();
  };
  const last = make("tag price last");
  const tagLast = () => {
    const [scale, [foot, head] = [1, 0]] = [scales[0], ranges[0]];
    if (look.last === undefined || scale === undefined) return;
    const { close, color } = look.last;
    const y = foot - ((close - scale.low) / (scale.high - scale.low)) * (foot - head);
    last.hidden = y < 0 || y > foot;
    last.textContent = text.valueText(close);
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

  const move = (from: number, to: number) => {
    const span = Math.min(all.to - all.from, Math.max(8, to - from));
    const middle = (from + to) / 2;
    // The chart can be moved past its end by half its width, not out of sight.
    const start = Math.min(all.to - span / 2, Math.max(all.from - span / 2, middle - span / 2));
    Object.assign(state, { from: start, to: start + span });
    later();
  };

  const toggled = (keys: readonly string[], on: boolean) => {
    for (const key of keys) view.signal(`on_${key}`, on);
    later();
  };
  const { legends, hidden, show: read } = text.legendsOf(stage, panes, text.valueText, toggled);

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
  const readBar = (index: number) => {
    read((field) => rows[index]?.[field]);
    byId("bar").textContent = time(index);
  };
  const readLast = () => {
    read((field) => rows.findLast((row) => row[field] !== undefined)?.[field]);
    byId("bar").textContent = time(rows.findLastIndex(({ close }) => close !== undefined));
  };

  const barAt = (x: number) =>
    state.from + ((x - margin.left) / state.width) * (state.to - state.from);
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
      price.textContent = text.valueText(scale.low + share * (scale.high - scale.low));
      price.style.top = `${y}px`;
    }
    readBar(index);
  };
  const leave = () => {
    show(false);
    readLast();
  };

  let drag: { x: number; from: number; to: number } | undefined;
  stage.addEventListener("pointermove", (event) => {
    if (drag) {
      const moved = ((event.clientX - drag.x) / state.width) * (drag.to - drag.from);
      move(drag.from - moved, drag.to - moved);
    }
    hover(event);
  });
  stage.addEventListener("pointerleave", () => {
    pointed = undefined;
    leave();
  });
  stage.addEventListener("pointerdown", (event) => {
    if ((event.target as HTMLElement).closest("button")) return;
    drag = { x: event.clientX, from: state.from, to: state.to };
    stage.setPointerCapture(event.pointerId);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => {
      drag = undefined;
    });
  }
  stage.addEventListener(
    "wheel",
    (event) => {
      const { x } = point(event);
      // Over the axis, the wheel scrolls the page.
      if (x > margin.left + state.width) return;
      event.preventDefault();
      const span = state.to - state.from;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        const moved = (event.deltaX / state.width) * span;
        return move(state.from + moved, state.to + moved);
      }
      const center = barAt(x);
      const factor = Math.exp(Math.max(-100, Math.min(100, event.deltaY)) * 0.0025);
      move(center - (center - state.from) * factor, center + (state.to - center) * factor);
    },
    { passive: false },
  );
  const zoom = (factor: number) => {
    const [middle, half] = [(state.from + state.to) / 2, ((state.to - state.from) / 2) * factor];
    move(middle - half, middle + half);
  };
  const slide = (share: number) => {
    const moved = (state.to - state.from) * share;
    move(state.from + moved, state.to + moved);
  };
  const whole = () => move(all.from, all.to);
  const latest = () => move(Math.max(all.from, all.to - page.seen), all.to);
  stage.addEventListener("dblclick", whole);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => slide(-0.1),
    ArrowRight: () => slide(0.1),
    "+": () => zoom(0.8),
    "-": () => zoom(1.25),
    "0": whole,
  };
  document.addEventListener("keydown", (event) => keys[event.key]?.());
  text.rangesOf(byId("ranges"), times, move);
  text.copyOf(byId("copy"), stage);
  byId("all").addEventListener("click", whole);
  byId("latest").addEventListener("click", latest);
  byId("zoom-in").addEventListener("click", () => zoom(0.7));
  byId("zoom-out").addEventListener("click", () => zoom(1.4));

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
