/// <reference lib="dom" />
/**
 * The script of a page: zoom, readouts and toggles. Its source is written into the page, so it uses
 * nothing from outside itself but its arguments.
 */

import type { Free, scaleRange, shareHeight } from "./heights.js";
import type { Theme } from "./theme.js";
import type { pickTicks, timeText, valueText } from "./ticks.js";

/** The data of a page. */
export interface PageData {
  readonly rows: Rows;
  /** The chart in its theme; if there are two, the second is for systems with a dark one. */
  readonly looks: readonly Look[];
  /** Whether the panes fill the window. */
  readonly fills: boolean;
  readonly times: readonly (number | null)[];
  readonly intraday: boolean;
  /** The names of bars without times. */
  readonly numbers: readonly string[];
  /** How many bars the page shows at first. */
  readonly seen: number;
  readonly margin: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  readonly gap: number;
  readonly label: number;
}

export type Rows = readonly Readonly<Record<string, number>>[];

/** A chart in one theme. */
export interface Look {
  /** The Vega specification. Its data set "bars" gets the rows. */
  readonly spec: object;
  readonly theme: Theme;
  /** The last close, which is shown as a tag on the axis. */
  readonly last?: { readonly close: number; readonly color: string };
  readonly panes: readonly PagePane[];
}

export interface PagePane {
  /** Its usual height. */
  readonly height: number;
  readonly free: Free;
  /** Values that are always visible. */
  readonly levels: readonly number[];
  /** The fields that its scale must include, and the series of each. */
  readonly fields: readonly { readonly field: string; readonly key: string }[];
  readonly entries: readonly {
    readonly title: string;
    readonly values: readonly {
      readonly field: string;
      readonly key: string;
      readonly label: string;
      readonly color: string;
    }[];
  }[];
}

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
  },
): Promise<void> {
  const { margin, gap, times } = page;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const look = (page.looks[dark.matches ? 1 : 0] ?? page.looks[0]) as Look;
  if (page.looks.length > 1) dark.addEventListener("change", () => location.reload());
  const { panes, spec } = look;
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  const stage = byId("stage");
  const make = (name: string, className: string, parent: HTMLElement, content = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = content;
    parent.append(made);
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
  const heightSignal = (index: number) =>
    panes.length === 1 ? "childHeight" : `pane_${index}_height`;
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
      view.signal(heightSignal(index), heights[index]);
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

  const hidden = new Set<string>();
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
  const last = make("span", "tag price last", stage);
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

  // Readouts: the name and value of each series. A click hides the series.
  const readouts: { field: string; place: HTMLElement }[] = [];
  const chips: { keys: readonly string[]; chip: HTMLElement }[] = [];
  const toggle = (keys: readonly string[]) => {
    const hide = keys.some((key) => !hidden.has(key));
    for (const key of keys) {
      if (hide) hidden.add(key);
      else hidden.delete(key);
      view.signal(`on_${key}`, !hide);
    }
    for (const { keys: own, chip } of chips) {
      const off = own.every((key) => hidden.has(key));
      chip.classList.toggle("off", off);
      chip.setAttribute("aria-pressed", String(!off));
    }
    later();
  };
  const button = (
    parent: HTMLElement,
    className: string,
    keys: readonly string[],
    content: string,
  ) => {
    const chip = make("button", className, parent, content);
    chip.title = "Click to hide or show";
    chip.dataset.series = keys.join(" ");
    chip.setAttribute("aria-pressed", "true");
    chip.addEventListener("click", () => toggle(keys));
    chips.push({ keys, chip });
    return chip;
  };
  const legends: HTMLElement[] = [];
  for (const pane of panes) {
    const legend = make("span", "legend", stage);
    legends.push(legend);
    for (const { title, values } of pane.entries) {
      const entry = make("span", "entry", legend);
      const keys = [...new Set(values.map(({ key }) => key))];
      const [only] = values;
      const name = button(entry, "name", keys, title);
      if (values.length === 1 && only) name.style.color = only.color;
      for (const { field, key, label, color } of values) {
        const chip =
          keys.length > 1 ? button(entry, "value", [key], "") : make("span", "value", entry);
        chip.style.color = color;
        if (label !== "") make("i", "", chip, label);
        const place = make("b", "", chip);
        place.dataset.field = field;
        readouts.push({ field, place });
      }
    }
  }

  const crosshair = make("span", "crosshair", stage);
  const level = make("span", "level", stage);
  const price = make("span", "tag price", stage);
  const date = make("span", "tag date", stage);
  const dividers = panes.slice(1).map((_, index) => {
    const divider = make("span", "divider", stage);
    divider.addEventListener("pointerdown", (start) => {
      const [above = 0, below = 0] = heights.slice(index, index + 2);
      const resize = (event: PointerEvent) => {
        const least = 24;
        const by = Math.max(least - above, Math.min(below - least, event.clientY - start.clientY));
        heights.splice(index, 2, above + by, below - by);
        moved = true;
        place();
        later();
      };
      divider.setPointerCapture(start.pointerId);
      divider.addEventListener("pointermove", resize);
      const end = () => divider.removeEventListener("pointermove", resize);
      divider.addEventListener("pointerup", end, { once: true });
      divider.addEventListener("pointercancel", end, { once: true });
      start.stopPropagation();
    });
    return divider;
  });
  const read = (index: number) => {
    for (const { field, place } of readouts)
      place.textContent = text.valueText(rows[index]?.[field]);
    byId("bar").textContent = time(index);
  };
  const readLast = () => {
    for (const { field, place } of readouts) {
      place.textContent = text.valueText(rows.findLast((row) => row[field] !== undefined)?.[field]);
    }
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
    read(index);
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
      heights = text.shareHeight(usual, room, moved ? 0 : 1 / 3);
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
