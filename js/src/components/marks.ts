/** Stretches of a text and their marks, as they are cut and joined. */

export type Mark = string | number | null;

export interface Token {
  token: string;
  class_or_confidence: Mark;
}

/** From, and up to but without, in characters of the whole text. */
export type Range = [number, number];

/** Where each stretch stands in the whole text. */
export function placesOf(tokens: Token[]): Range[] {
  let at = 0;
  return tokens.map(({ token }) => {
    const start = at;
    at += token.length;
    return [start, at];
  });
}

/** The stretches with one more mark, or, with null, with none there; it wins over what was marked before. */
export function marked(tokens: Token[], [start, end]: Range, mark: Mark): Token[] {
  const cut: Token[] = [];
  let chosen = "";
  const close = () => {
    if (chosen) cut.push({ token: chosen, class_or_confidence: mark });
    chosen = "";
  };
  let at = 0;
  for (const { token, class_or_confidence } of tokens) {
    const from = Math.min(token.length, Math.max(0, start - at));
    const to = Math.max(from, Math.min(token.length, end - at));
    if (from > 0) cut.push({ token: token.slice(0, from), class_or_confidence });
    chosen += token.slice(from, to);
    if (at + token.length >= end) close();
    if (to < token.length) cut.push({ token: token.slice(to), class_or_confidence });
    at += token.length;
  }
  close();
  return joined(cut);
}

/** Unmarked neighbours become one. */
function joined(tokens: Token[]): Token[] {
  const out: Token[] = [];
  for (const token of tokens) {
    const last = out.at(-1);
    if (last && last.class_or_confidence === null && token.class_or_confidence === null) {
      out[out.length - 1] = { ...last, token: last.token + token.token };
    } else out.push(token);
  }
  return out;
}

/** The first word that begins at or after a place. */
export function wordAfter(text: string, at: number): Range | null {
  const found = /[^\s\p{P}]+/u.exec(text.slice(at));
  return found ? [at + found.index, at + found.index + found[0].length] : null;
}

/** The last word that ends at or before a place. */
export function wordBefore(text: string, at: number): Range | null {
  const words = [...text.slice(0, at).matchAll(/[^\s\p{P}]+/gu)];
  const last = words.at(-1);
  return last ? [last.index, last.index + last[0].length] : null;
}
