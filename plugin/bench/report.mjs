// Writes the results as Markdown, which is also readable in a terminal.

/** @param {any} results */
export function report({ environment, tables }) {
  return [environmentText(environment), ...tables.map(tableText)].join("\n\n");
}

/** @param {any} environment */
export function environmentText({ cpu, cores, memory, os, node, date, polarsThreads, versions }) {
  const lines = [
    `${cpu}, ${cores} cores, ${memory}; ${os}; Node ${node}; polars threads: ${polarsThreads}; ${date}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  ];
  return lines.filter(Boolean).join("\n\n");
}

/** @param {any} table */
export function tableText({ name, title, note, parts, verdicts }) {
  const lines = [`### ${title} (\`${name}\`)`, ...(note ? ["", note] : [])];
  for (const { columns, rows } of parts) lines.push("", ...markdown(columns, withoutRepeats(rows)));
  if (verdicts.length > 0) lines.push("", ...markdown(verdictColumns, verdicts.map(verdictRow)));
  return lines.join("\n");
}

const verdictColumns = [
  { key: "target", label: "target" },
  { key: "what", label: "what" },
  { key: "limit", label: "wanted" },
  { key: "value", label: "is" },
  { key: "met", label: "met" },
];

/** @param {any} verdict */
function verdictRow({ met, by, limit, ...rest }) {
  const away = limit.startsWith("at most") ? by : 1 / by;
  return { ...rest, limit, met: met ? "yes" : `no, by ${away.toFixed(2)} times` };
}

/** @param {any[]} rows */
function withoutRepeats(rows) {
  return rows.map((row, index) => ({
    ...row,
    case: row.case === rows[index - 1]?.case ? "" : row.case,
  }));
}

/**
 * @param {{ key: string, label: string }[]} columns
 * @param {any[]} rows
 */
function markdown(columns, rows) {
  const used = columns.filter(({ key }) => rows.some((row) => row[key] !== undefined));
  const cells = rows.map((row) => used.map(({ key }) => format(row[key])));
  const numeric = used.map(({ key }) => rows.some((row) => typeof row[key] === "number"));
  const widths = used.map(({ label }, column) =>
    Math.max(3, label.length, ...cells.map((line) => line[column].length)),
  );
  const line = (texts) =>
    `| ${texts.map((text, column) => pad(text, widths[column], numeric[column])).join(" | ")} |`;
  const rule = widths.map(
    (width, column) => `${"-".repeat(width - 1)}${numeric[column] ? ":" : "-"}`,
  );
  return [line(used.map(({ label }) => label)), `| ${rule.join(" | ")} |`, ...cells.map(line)];
}

/**
 * @param {string} text
 * @param {number} width
 * @param {boolean} right
 */
function pad(text, width, right) {
  return right ? text.padStart(width) : text.padEnd(width);
}

/** @param {unknown} value */
function format(value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.min(digits, 4) });
}
