/** Ranges of cells as text that spreadsheets copy and paste: tabs between cells, quotes round what holds any. */

import { textOf } from "./query";
import type { Row } from "./value";

export function toText(rows: Row[]): string {
  return rows.map((row) => row.map((value) => quoted(textOf(value))).join("\t")).join("\n");
}

const quoted = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

export function fromText(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const end = () => {
    (rows.at(-1) as string[]).push(cell);
    cell = "";
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === "") isQuoted = true;
    else if (char === "\t") end();
    else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[at + 1] === "\n") at += 1;
      end();
      rows.push([]);
    } else cell += char;
  }
  end();
  if (rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === "") rows.pop();
  return rows;
}
