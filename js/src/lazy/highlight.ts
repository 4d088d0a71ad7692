/** The chunk that colours code. */

import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

const languages = { bash, css, javascript, json, markdown, python, r, sql, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
hljs.registerAliases(["html", "svg"], { languageName: "xml" });

/** Colours an element's code in the language that its class names, when it is one that is known. */
export function highlight(code: HTMLElement): void {
  const name = /language-([\w+-]+)/.exec(code.className)?.[1] ?? "";
  if (!hljs.getLanguage(name)) return;
  code.innerHTML = hljs.highlight(code.textContent ?? "", { language: name }).value;
}
