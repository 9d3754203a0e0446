/// <reference lib="dom" />
/**
 * How the reader of a page moves and zooms: wheel, dragging, keys and buttons. Its source is written
 * into the page, so it uses nothing from outside itself but its arguments.
 */

/** The bars in sight, and the pixels that they have. */
export interface Sight {
  from: number;
  to: number;
  width: number;
}

export interface Moves {
  /** Shows the bars from one place to another, as far as there are any. */
  readonly move: (from: number, to: number) => void;
  /** The place of the bar at a pixel. */
  readonly barAt: (x: number) => number;
}

export function movesOf(
  stage: HTMLElement,
  sight: Sight,
  about: {
    /** All bars. */
    readonly all: { readonly from: number; readonly to: number };
    /** How many bars are in sight at first. */
    readonly seen: number;
    /** Pixels to the left of the bars. */
    readonly left: number;
    /** Fewest bars in sight. */
    readonly fewest: number;
    readonly changed: () => void;
  },
): Moves {
  const { all, seen, left, fewest, changed } = about;
  const byId = (id: string) => document.getElementById(id) as HTMLElement;
  /** @param beyond how many bars of empty room may be in sight */
  const within = (from: number, to: number, beyond: number) => {
    const span = Math.min(all.to - all.from, Math.max(fewest, to - from));
    const middle = (from + to) / 2;
    const last = Math.max(all.from, all.to - span + beyond);
    const start = Math.min(last, Math.max(all.from - beyond, middle - span / 2));
    Object.assign(sight, { from: start, to: start + span });
    changed();
  };
  const move = (from: number, to: number) => within(from, to, 0);
  // The chart can be dragged past its ends by half its width, not out of sight.
  const slideTo = (from: number) => {
    const span = sight.to - sight.from;
    within(from, from + span, span / 2);
  };
  /** Zooms around a place. What is in sight beyond the ends may stay, but not grow. */
  const zoomAt = (center: number, factor: number) => {
    const beyond = Math.max(0, all.from - sight.from, sight.to - all.to);
    const from = center - (center - sight.from) * factor;
    within(from, center + (sight.to - center) * factor, factor < 1 ? beyond : 0);
  };
  const barAt = (x: number) => sight.from + ((x - left) / sight.width) * (sight.to - sight.from);

  let drag: { x: number; from: number } | undefined;
  stage.addEventListener("pointermove", (event) => {
    if (!drag) return;
    slideTo(drag.from - ((event.clientX - drag.x) / sight.width) * (sight.to - sight.from));
  });
  stage.addEventListener("pointerdown", (event) => {
    if ((event.target as HTMLElement).closest("button")) return;
    drag = { x: event.clientX, from: sight.from };
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
      const x = event.clientX - stage.getBoundingClientRect().left;
      // Over the axis, the wheel scrolls the page.
      if (x > left + sight.width) return;
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        return slideTo(sight.from + (event.deltaX / sight.width) * (sight.to - sight.from));
      }
      zoomAt(barAt(x), Math.exp(Math.max(-100, Math.min(100, event.deltaY)) * 0.0025));
    },
    { passive: false },
  );
  const zoom = (factor: number) => zoomAt((sight.from + sight.to) / 2, factor);
  const slide = (share: number) => slideTo(sight.from + (sight.to - sight.from) * share);
  const whole = () => move(all.from, all.to);
  const latest = () => move(Math.max(all.from, all.to - seen), all.to);
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
  return { move, barAt };
}
