// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the templates under test

import { describe, expect, it } from "vitest";
import { filled } from "./filling";

describe("filled", () => {
  it.each([
    ["<p>${value}</p>", { value: "a" }, "<p>a</p>"],
    [
      "${[1, 2].map((n) => `<i class='${n > 1 ? 'on' : \"off\"}'>${n}</i>`).join('')}",
      {},
      "<i class='off'>1</i><i class='on'>2</i>",
    ],
    ["a ` b \\n ${value}", { value: 1 }, "a ` b \\n 1"],
    ["${Object.keys({ a: { b: '}' } }).join()}", {}, "a"],
    ["costs ${", {}, "costs ${"],
    ["{{name}}: {{{name}}}", { name: "<b>" }, "&#60;b&#62;: <b>"],
    ["{{#if on}}yes ${value}{{else}}no{{/if}}", { on: true, value: 2 }, "yes 2"],
    ["{{#if on}}yes{{else}}no{{/if}}", { on: [] }, "no"],
    ["{{#unless on}}no{{/unless}}", { on: 0 }, "no"],
    [
      "{{#each rows}}{{@index}}{{this.name}}{{#unless @last}}, {{/unless}}{{/each}}",
      { rows: [{ name: "a" }, { name: "b" }] },
      "0a, 1b",
    ],
    ["{{#each rows}}{{this}}{{../unit}} {{else}}none{{/each}}", { rows: [1, 2], unit: "m" }, "1m 2m "],
    ["{{#with who}}{{name}}{{/with}}{{! a note }}", { who: { name: "Ann" } }, "Ann"],
    ["{{missing}}{{a.b.c}}|", {}, "|"],
  ])("fills %s", (template, values, expected) => {
    expect(filled(template, values)).toBe(expected);
  });

  it("does not read a value as a template", () => {
    expect(filled("${value} {{value}}", { value: "${1 + 1} {{secret}}", secret: "s" })).toBe(
      "${1 + 1} {{secret}} ${1 + 1} {{secret}}",
    );
  });

  it("reaches nothing that an object does not hold itself", () => {
    expect(filled("{{constructor.constructor}}{{rows.length}}", { rows: [1] })).toBe("1");
  });

  it.each(["{{#if a}}", "{{/if}}", "{{#loop a}}{{/loop}}"])("refuses %s", (template) => {
    expect(() => filled(template, {})).toThrow();
  });
});
