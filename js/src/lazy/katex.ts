/** The chunk that sets formulas, as MathML: browsers draw it themselves, so no font is fetched. */

import katex from "katex";

export function toMathML(formula: string, display: boolean): string {
  return katex.renderToString(formula, {
    output: "mathml",
    displayMode: display,
    throwOnError: false,
    trust: false,
  });
}
