/// <reference lib="dom" />
/**
 * The borders between the panes of a page, which the reader can drag. Its source is written into the
 * page, so it uses nothing from outside itself but its arguments.
 */

/** The heights of the two panes at a border. */
export interface Sides {
  /** Least height of a pane. */
  readonly least: number;
  readonly heights: (border: number) => number[];
  readonly resize: (border: number, heights: readonly [above: number, below: number]) => void;
}

export function bordersOf(stage: HTMLElement, panes: number, sides: Sides): HTMLElement[] {
  const { least } = sides;
  return Array.from({ length: panes - 1 }, (_, index) => {
    const border = document.createElement("span");
    border.className = "divider";
    stage.append(border);
    border.addEventListener("pointerdown", (start) => {
      const [above = 0, below = 0] = sides.heights(index);
      const drag = (event: PointerEvent) => {
        const by = Math.max(least - above, Math.min(below - least, event.clientY - start.clientY));
        sides.resize(index, [above + by, below - by]);
      };
      border.setPointerCapture(start.pointerId);
      border.addEventListener("pointermove", drag);
      const end = () => border.removeEventListener("pointermove", drag);
      border.addEventListener("pointerup", end, { once: true });
      border.addEventListener("pointercancel", end, { once: true });
      start.stopPropagation();
    });
    return border;
  });
}
