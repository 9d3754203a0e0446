/// <reference lib="dom" />
/**
 * The legends of a page: the name and value of each series. Its source is written into the page, so
 * it uses nothing from outside itself but its arguments.
 */

import type { PagePane, PageValue } from "./page-data.js";

/** The legends of all panes. */
export interface Legends {
  readonly legends: readonly HTMLElement[];
  /** The series that are hidden now. */
  readonly hidden: ReadonlySet<string>;
  /** Shows a text for each value. */
  readonly show: (textOf: (value: PageValue) => string) => void;
}

/** @param toggled is called with the series that a click hides or shows again */
export function legendsOf(
  stage: HTMLElement,
  panes: readonly PagePane[],
  toggled: (keys: readonly string[], on: boolean) => void,
): Legends {
  const make = (name: string, className: string, parent: HTMLElement, content = "") => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = content;
    parent.append(made);
    return made;
  };
  const hidden = new Set<string>();
  const places: { value: PageValue; place: HTMLElement }[] = [];
  const chips: { keys: readonly string[]; chip: HTMLElement }[] = [];
  const toggle = (keys: readonly string[]) => {
    const on = keys.every((key) => hidden.has(key));
    for (const key of keys) {
      if (on) hidden.delete(key);
      else hidden.add(key);
    }
    for (const { keys: own, chip } of chips) {
      const off = own.every((key) => hidden.has(key));
      chip.classList.toggle("off", off);
      chip.setAttribute("aria-pressed", String(!off));
    }
    toggled(keys, on);
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
  const legends = panes.map((pane) => {
    const legend = make("span", "legend", stage);
    for (const { title, values } of pane.entries) {
      const entry = make("span", "entry", legend);
      const keys = [...new Set(values.map(({ key }) => key))];
      const [only] = values;
      const name = button(entry, "name", keys, title);
      if (values.length === 1 && only) name.style.color = only.color;
      for (const value of values) {
        const { field, key, label, color } = value;
        const chip =
          keys.length > 1 ? button(entry, "value", [key], "") : make("span", "value", entry);
        chip.style.color = color;
        if (label !== "") make("i", "", chip, label);
        const place = make("b", "", chip);
        place.dataset.field = field;
        places.push({ value, place });
      }
    }
    return legend;
  });
  const show: Legends["show"] = (textOf) => {
    for (const { value, place } of places) place.textContent = textOf(value);
  };
  return { legends, hidden, show };
}
