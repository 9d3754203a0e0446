/** Draws series as Vega-Lite layers: one function for each primitive of the catalog. */

import { onBars, onFloor } from "./events.js";
import { field, has, type Json, type Layer, type Style } from "./layer.js";
import { byGroup, type Pane, type Placed } from "./layout.js";
import { SIGNALS } from "./signals.js";
import type { BarStyle } from "./styles.js";

/** Half the width of a drawn bar, where 1 is the distance between bars. */
const HALF = 0.36;

const sides: Json = [
  { calculate: `datum.i - ${HALF}`, as: "x0" },
  { calculate: `datum.i + ${HALF}`, as: "x1" },
];

const across: Layer = { x: field("x0"), x2: { field: "x1" } };

/** The bars. */
export function priceLayers(style: BarStyle, { theme, shown, stroke, above }: Style): Layer[] {
  const opacity = shown(["price"], 1);
  if (style === "line" || style === "area") {
    const mark = { type: "line", clip: true, color: theme.text, strokeWidth: stroke, opacity };
    const line = { mark, encoding: { y: field("close") } };
    if (style === "line") return [line];
    const below = { type: "area", clip: true, color: theme.text, opacity: shown(["price"], 0.12) };
    const encoding = { y: field("close"), y2: { value: above(0) } };
    return [{ transform: [has("close")], mark: below, encoding }, line];
  }
  const color = {
    condition: { test: "datum.close >= datum.open", value: theme.up },
    value: theme.down,
  };
  const bars = { filter: "isValid(datum.high) && isValid(datum.low)" };
  const bodies = { filter: "isValid(datum.open) && isValid(datum.close)" };
  const range = {
    transform: [bars],
    mark: { type: "rule", clip: true, strokeWidth: style === "ohlc" ? stroke : 1, opacity },
    encoding: { y: field("low"), y2: { field: "high" }, color },
  };
  if (style === "ohlc") {
    // A tick to the left at the open, and one to the right at the close.
    const tick = (price: string, side: string): Layer => ({
      transform: [bodies, ...(sides as Json[])],
      mark: { type: "rule", clip: true, strokeWidth: stroke, opacity },
      encoding: { x: field("i"), x2: { field: side }, y: field(price), color },
    });
    return [range, tick("open", "x0"), tick("close", "x1")];
  }
  return [
    range,
    {
      transform: [bodies, ...(sides as Json[])],
      mark: { type: "rect", clip: true, strokeWidth: 0.8, opacity },
      encoding: { ...across, y: field("open"), y2: { field: "close" }, color, stroke: color },
    },
  ];
}

/** The last close, as a dashed line and a tag on the axis. */
export function lastLayers(close: number, label: string, upward: boolean, style: Style): Layer[] {
  const { theme } = style;
  const color = upward ? theme.up : theme.down;
  const y = { datum: close };
  const data = { values: [{}] };
  const line = { type: "rule", color, strokeDash: [2, 3], strokeWidth: 1, opacity: 0.8 };
  const wide = label.length * (label.endsWith("%") ? 7.2 : 6.5) + 9;
  // Where a front end zooms, Vega-Lite would cut off what is outside of the pane.
  const tag = {
    type: "rect",
    clip: false,
    color,
    height: 16,
    cornerRadius: 2,
    width: wide,
    xOffset: wide / 2 + 1,
  };
  const text = {
    type: "text",
    clip: false,
    align: "left",
    dx: 6,
    fontSize: 11,
    color: theme.background,
  };
  return [
    { data, mark: line, encoding: { x: { value: 0 }, x2: { value: "width" }, y } },
    { data, mark: tag, encoding: { x: { value: "width" }, y } },
    { data, mark: text, encoding: { x: { value: "width" }, y, text: { value: label } } },
  ];
}

export function volumeLayers({ theme, shown }: Style, candles: boolean): Layer[] {
  const upward = {
    condition: { test: "datum.close >= datum.open", value: theme.up },
    value: theme.down,
  };
  return [
    {
      transform: [has("volume"), ...(sides as Json[])],
      mark: { type: "rect", clip: true, opacity: shown(["volume"], 0.55) },
      encoding: {
        ...across,
        y: field("volume"),
        y2: { datum: 0 },
        color: candles ? upward : { value: theme.faint },
      },
    },
  ];
}

/** Dashed lines at the levels; if there are two, a tint between them. */
export function levelLayers({ levels }: Pane, { theme }: Style): Layer[] {
  const [low, high] = levels;
  const rules = levels.map((level) => ({
    data: { values: [{}] },
    mark: { type: "rule", clip: true, color: theme.faint, strokeDash: [4, 4], opacity: 0.7 },
    encoding: { x: { value: 0 }, x2: { value: "width" }, y: { datum: level } },
  }));
  if (levels.length !== 2 || low === undefined || high === undefined) return rules;
  const tint = {
    data: { values: [{}] },
    mark: { type: "rect", clip: true, color: theme.faint, opacity: 0.07 },
    encoding: { x: { value: 0 }, x2: { value: "width" }, y: { datum: low }, y2: { datum: high } },
  };
  return [tint, ...rules];
}

/** All marks of the series of a pane, in drawing order: fills, bars, lines, markers. */
export function seriesLayers(pane: Pane, style: Style): Layer[] {
  const there = pane.series.filter(({ key }) => style.has(key));
  const of = (...primitives: string[]) => there.filter((one) => primitives.includes(one.primitive));
  const markers = of("marker");
  return [
    ...fills(of("band_edge"), style),
    ...of("histogram").flatMap((one) => histogram(one, style)),
    ...of("band_edge").flatMap((one) => line(one, style)),
    ...of("line", "dots").flatMap((one) => line(one, style, direction(one, pane))),
    ...of("step").flatMap((one) => step(one, style)),
    ...markers.flatMap((one, slot) =>
      pane.kind === "price" ? onBars(one, slot, style) : onFloor(one, slot, markers.length, style),
    ),
  ];
}

/** The shape of a line: connected, or a dot for each value. */
const shape = ({ primitive, output }: Placed, stroke: number): Layer => {
  if (primitive === "dots") {
    return { type: "point", filled: true, shape: "circle", size: 8 * stroke, strokeWidth: 0 };
  }
  const edge = primitive === "band_edge";
  return {
    type: "line",
    strokeWidth: edge ? stroke * 0.75 : stroke,
    strokeCap: "square",
    ...(edge && output.role === "middle" && { strokeDash: [4, 3] }),
  };
};

/** The series that gives the direction of a line, if its indicator has one. */
function direction({ group, output }: Placed, pane: Pane): string | undefined {
  if (output.role !== "primary" || pane.kind !== "price") return undefined;
  return pane.directions.get(group);
}

function line(series: Placed, style: Style, way?: string): Layer[] {
  const { theme, shown, stroke } = style;
  const { key, color, output, primitive, compared } = series;
  const mark = {
    ...shape(series, stroke),
    clip: true,
    opacity: shown([key], primitive === "band_edge" ? 0.85 : 1),
  };
  // The line of a sparse output connects its values over the rows between them.
  const joined = output.sparse ? { transform: [has(key)] } : {};
  if (compared) {
    const scaled = { calculate: `datum.${key} * ${SIGNALS.factor(key)}`, as: `${key}_scaled` };
    const transform = [has(key), scaled];
    return [{ transform, mark: { ...mark, color }, encoding: { y: field(`${key}_scaled`) } }];
  }
  if (way === undefined) {
    return [{ ...joined, mark: { ...mark, color }, encoding: { y: field(key) } }];
  }
  const ways = [
    { sign: 1, test: "> 0", color: theme.up, part: `${key}_up` },
    { sign: -1, test: "< 0", color: theme.down, part: `${key}_down` },
  ] as const;
  const taken = ways.filter(({ sign }) => style.has(way, sign));
  return taken.map(({ test, color, part }) => ({
    transform: [{ calculate: `datum.${way} ${test} ? datum.${key} : null`, as: part }],
    mark: { ...mark, color },
    encoding: { y: field(part) },
  }));
}

function step({ key, color }: Placed, { shown, stroke }: Style): Layer[] {
  const mark = {
    type: "line",
    clip: true,
    interpolate: "step-after",
    color,
    strokeWidth: stroke,
    opacity: shown([key], 1),
  };
  return [{ mark, encoding: { y: field(key) } }];
}

function histogram({ key }: Placed, { theme, shown }: Style): Layer[] {
  return [
    {
      transform: [has(key), ...(sides as Json[])],
      mark: { type: "rect", clip: true, opacity: shown([key], 0.6) },
      encoding: {
        ...across,
        y: field(key),
        y2: { datum: 0 },
        color: {
          condition: { test: `datum.${key} >= 0`, value: theme.up },
          value: theme.down,
        },
      },
    },
  ];
}

/** The area between the edges of each band. */
function fills(edges: readonly Placed[], style: Style): Layer[] {
  return byGroup(edges).flatMap((band) => {
    const by = (role: string) => band.find(({ output }) => output.role === role);
    const [upper, lower] = [by("upper"), by("lower")];
    if (upper && lower) return [area(upper, lower, upper.color, [], style)];
    const [one, other, more] = band;
    if (one === undefined || other === undefined || more !== undefined) return [];
    // The edges may cross: the colour of the area shows which is above.
    const { up, down } = style.theme;
    return [
      area(one, other, up, [{ filter: `datum.${one.key} >= datum.${other.key}` }], style),
      area(one, other, down, [{ filter: `datum.${one.key} < datum.${other.key}` }], style),
    ];
  });
}

function area(
  upper: Placed,
  lower: Placed,
  color: string,
  only: readonly Layer[],
  { shown }: Style,
): Layer {
  const { key } = upper;
  if (only.length > 0) {
    // One rectangle per bar: an area would connect across the rows of the other colour.
    return {
      transform: [
        has(key),
        has(lower.key),
        ...only,
        { calculate: "datum.i - 0.5", as: "x0" },
        { calculate: "datum.i + 0.5", as: "x1" },
      ],
      mark: { type: "rect", clip: true, color, opacity: shown([key, lower.key], 0.16) },
      encoding: { ...across, y: field(key), y2: { field: lower.key } },
    };
  }
  return {
    transform: [has(key), has(lower.key)],
    mark: { type: "area", clip: true, color, line: false, opacity: shown([key, lower.key], 0.1) },
    encoding: { y: field(key), y2: { field: lower.key } },
  };
}
