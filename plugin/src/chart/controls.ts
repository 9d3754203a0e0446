/// <reference lib="dom" />
/**
 * The buttons of a page: ranges of time, and a copy of what is seen. The source of these functions
 * is written into pages, so they use nothing from outside themselves.
 */

/** Adds a button for each usual range that is shorter than the bars. */
export function rangesOf(
  place: HTMLElement,
  times: readonly (number | null)[],
  move: (from: number, to: number) => void,
): void {
  const last = times.findLastIndex((time) => time !== null);
  const first = times.find((time) => time !== null);
  if (first == null) return;
  const end = new Date(times[last] as number);
  const [year, month, day] = [end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate()];
  // A month that is too short for the day begins at its own last day.
  const before = (months: number) =>
    Date.UTC(
      year,
      month - months,
      Math.min(day, new Date(Date.UTC(year, month - months + 1, 0)).getUTCDate()),
    );
  const ranges = [
    ["1M", before(1)],
    ["6M", before(6)],
    ["YTD", Date.UTC(year, 0)],
    ["1Y", before(12)],
  ] as const;
  for (const [name, start] of ranges) {
    if (start <= first) continue;
    const from = times.findIndex((time) => time !== null && time >= start);
    const button = document.createElement("button");
    button.textContent = name;
    button.addEventListener("click", () => move(from - 0.5, last + 0.5));
    place.append(button);
  }
}

/** Makes a button copy the chart as it is seen, with its readouts; where it may not, save it. */
export function copyOf(button: HTMLElement, stage: HTMLElement): void {
  const picture = () => {
    const canvas = stage.querySelector("canvas") as HTMLCanvasElement;
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const context = copy.getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(canvas, 0, 0);
    const scale = canvas.width / canvas.clientWidth;
    context.scale(scale, scale);
    context.textBaseline = "middle";
    const box = canvas.getBoundingClientRect();
    for (const one of stage.querySelectorAll(".name, .value i, .value b, .tag")) {
      const style = getComputedStyle(one);
      const { left, top, width, height } = one.getBoundingClientRect();
      if (width === 0 || style.visibility === "hidden") continue;
      const [x, y] = [left - box.left, top - box.top];
      context.globalAlpha = Number(style.opacity);
      if (one.classList.contains("tag")) {
        context.fillStyle = style.backgroundColor;
        context.fillRect(x, y, width, height);
      }
      context.fillStyle = style.color;
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      context.fillText(
        one.textContent ?? "",
        x + Number.parseFloat(style.paddingLeft),
        y + height / 2,
      );
    }
    return new Promise<Blob>((done, fail) => {
      copy.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  };
  const usual = button.textContent;
  button.addEventListener("click", async () => {
    const blob = await picture();
    try {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      button.textContent = "Copied";
    } catch {
      // A page may not write to the clipboard if its reader has not allowed it.
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${document.title}.png`;
      link.click();
      URL.revokeObjectURL(link.href);
      button.textContent = "Saved";
    }
    setTimeout(() => {
      button.textContent = usual;
    }, 1500);
  });
}
