/** Short documents that are shown as Markdown, HTML and plain text. */

import { table } from "../core/text-table.js";
import { escapeHtml } from "./html.js";
import { Shown } from "./mime.js";

/** A table. The first row has the headings. */
export type Table = readonly (readonly string[])[];

/** One part of a document. */
export type Block =
  | { readonly heading: string }
  /** A paragraph. */
  | { readonly text: string }
  /** Pairs of a label and a text. */
  | { readonly facts: readonly (readonly [string, string])[] }
  | { readonly table: Table };

/** A document: a title and its parts. */
export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** An object that is shown as a document. */
export abstract class Page extends Shown {
  /** @internal The document to show. */
  protected abstract document(): Document;

  /** The page as plain text. */
  override toString(): string {
    return toText(this.document());
  }

  /** The page as Markdown. */
  override toMarkdown(): string {
    return toMarkdown(this.document());
  }

  /** The page as HTML. */
  override toHTML(): string {
    return toHtml(this.document());
  }
}

/** The document as Markdown. */
function toMarkdown({ title, blocks }: Document): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |\n`;
  const block = (piece: Block): string => {
    if ("heading" in piece) return `## ${piece.heading}\n`;
    if ("text" in piece) return `${cell(piece.text)}\n`;
    if ("facts" in piece) {
      return piece.facts.map(([label, text]) => `- **${label}**: ${cell(text)}\n`).join("");
    }
    const [head = [], ...body] = piece.table;
    return row(head) + row(head.map(() => "---")) + body.map(row).join("");
  };
  return [`# ${title}\n`, ...blocks.map(block)].join("\n");
}

/** The document as HTML. */
function toHtml({ title, blocks }: Document): string {
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag} style="text-align:left">${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const block = (piece: Block): string => {
    if ("heading" in piece) return `<h4>${escapeHtml(piece.heading)}</h4>`;
    if ("text" in piece) return `<p>${escapeHtml(piece.text)}</p>`;
    if ("facts" in piece) {
      const items = piece.facts.map(
        ([label, text]) => `<li><b>${escapeHtml(label)}</b>: ${escapeHtml(text)}</li>`,
      );
      return `<ul>${items.join("")}</ul>`;
    }
    const [head = [], ...body] = piece.table;
    const rows = body.map((cells) => row("td", cells)).join("");
    return `<table><thead>${row("th", head)}</thead><tbody>${rows}</tbody></table>`;
  };
  return `<div><h3>${escapeHtml(title)}</h3>${blocks.map(block).join("")}</div>`;
}

const WIDTH = 88;

/** The document as plain text, at most 88 characters wide except for tables. */
function toText({ title, blocks }: Document): string {
  const block = (piece: Block): string => {
    if ("heading" in piece) return piece.heading;
    if ("text" in piece) return wrap(piece.text, WIDTH).join("\n");
    if ("facts" in piece) {
      const width = Math.max(...piece.facts.map(([label]) => label.length)) + 2;
      return piece.facts
        .map(([label, text]) => {
          const lines = wrap(text, WIDTH - width).join(`\n${" ".repeat(width)}`);
          return `${`${label}:`.padEnd(width)}${lines}`;
        })
        .join("\n");
    }
    // The empty cell indents the table.
    return table(piece.table.map((row) => ["", ...row]));
  };
  return [title, ...blocks.map(block)].join("\n\n");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
