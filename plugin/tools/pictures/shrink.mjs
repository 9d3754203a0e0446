// Shrinks an SVG of Vega: removes what is invisible, and moves repeated attributes to a common
// parent.

/**
 * @typedef {{ name: string, attributes: Map<string, string>, children: (Element | string)[] }} Element
 */

/**
 * @param {string} svg as Vega writes it
 * @returns {string}
 */
export function shrink(svg) {
  const root = parse(svg);
  tidy(root);
  hoist(root);
  unwrap(root);
  return `${print(root)}\n`;
}

/** The outermost element. @param {string} svg @returns {Element} */
function parse(svg) {
  /** @type {Element} */
  const top = { name: "", attributes: new Map(), children: [] };
  const open = [top];
  for (const [token, close, name, inner, alone] of svg.matchAll(
    /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|[^<]+/g,
  )) {
    const parent = open[open.length - 1];
    if (name === undefined) parent.children.push(token);
    else if (close) open.pop();
    else {
      const pairs = [...inner.matchAll(/([\w:-]+)="([^"]*)"/g)];
      /** @type {Element} */
      const element = {
        name,
        attributes: new Map(pairs.map(([, key, value]) => [key, value])),
        children: [],
      };
      parent.children.push(element);
      if (!alone) open.push(element);
    }
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || typeof root !== "object") {
    throw new Error("not a picture that Vega wrote");
  }
  return root;
}

/**
 * Attributes without effect in a still picture: for screen readers and pointers, and clips, because
 * nothing reaches beyond its pane.
 */
const UNSEEN = /^(class|role|aria-.*|pointer-events|clip-path|version|xmlns:xlink)$/;

/** Default values of attributes; no group of Vega sets another one for its content. */
const USUAL = new Map([
  ["opacity", "1"],
  ["stroke-width", "1"],
  ["font-weight", "400"],
  ["transform", "translate(0,0)"],
  ["x2", "0"],
  ["y2", "0"],
]);

/** Attributes with positions and lengths. */
const PLACES = /^(d|transform|x2|y2|width|height|viewBox)$/;

/** @param {Element} element */
function tidy(element) {
  const { attributes } = element;
  for (const [name, value] of attributes) {
    const rounded = PLACES.test(name) ? value.replace(/-?\d*\.\d+(e-?\d+)?/g, round) : value;
    if (UNSEEN.test(name) || USUAL.get(name) === rounded) attributes.delete(name);
    else attributes.set(name, rounded);
  }
  element.children = element.children.flatMap((child) => {
    if (typeof child === "string") return [child];
    tidy(child);
    return isUnseen(child) ? [] : [child];
  });
}

/** Rounds to a tenth of a pixel. @param {string} number */
const round = (number) => String(Math.round(Number(number) * 10) / 10 + 0);

/** @param {Element} element whose children are tidy */
function isUnseen({ name, attributes, children }) {
  if (name === "g") return children.length === 0;
  if (name === "defs" || attributes.has("display")) return true;
  // The outermost group sets no fill and no stroke, so an element without its own is invisible.
  return name !== "text" && !attributes.has("fill") && !attributes.has("stroke");
}

const INHERITED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
];
const INHERITED_BY_TEXTS = ["font-family", "font-size", "font-weight", "text-anchor"];

/** Moves attributes that all children share to their parent. @param {Element} element */
function hoist(element) {
  const inner = element.children.filter((child) => typeof child === "object");
  for (const child of inner) hoist(child);
  const up = (/** @type {string} */ name, /** @type {Element[]} */ among) => {
    const values = new Set(among.map(({ attributes }) => attributes.get(name)));
    const [value] = values;
    const own = element.attributes.has(name);
    if (values.size !== 1 || value === undefined || own || element.name === "text") return;
    for (const { attributes } of among) attributes.delete(name);
    element.attributes.set(name, value);
  };
  for (const name of INHERITED) up(name, inner);
  for (const name of INHERITED_BY_TEXTS) up(name, inner.filter(hasText));
}

/** Removes groups without attributes. @param {Element} element */
function unwrap(element) {
  element.children = element.children.flatMap((child) => {
    if (typeof child === "string") return [child];
    unwrap(child);
    return child.name === "g" && child.attributes.size === 0 ? child.children : [child];
  });
}

/** @param {Element} element @returns {boolean} */
const hasText = ({ name, children }) =>
  name === "text" || children.some((child) => typeof child === "object" && hasText(child));

/** @param {Element | string} node @returns {string} */
function print(node) {
  if (typeof node === "string") return node;
  const { name, attributes, children } = node;
  const head = [name, ...[...attributes].map(([key, value]) => `${key}="${value}"`)].join(" ");
  if (children.length === 0) return `<${head}/>`;
  return `<${head}>${children.map(print).join("")}</${name}>`;
}
