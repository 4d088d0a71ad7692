import { beforeEach, expect, test } from "vitest";
import { morph } from "./morph";

let element: HTMLElement;
beforeEach(() => {
  element = document.createElement("div");
});

test("makes the HTML", () => {
  morph(element, "<p>one</p><ul><li>a</li></ul>");
  expect(element.innerHTML).toBe("<p>one</p><ul><li>a</li></ul>");
});

test("keeps the nodes that are there already, also where a list grows", () => {
  morph(element, "<p>one</p><ul><li>a</li></ul>");
  const [p, li] = [element.querySelector("p"), element.querySelector("li")];
  const text = p?.firstChild;
  morph(element, "<p>one two</p><ul><li>a</li><li>b</li></ul>");
  expect(element.innerHTML).toBe("<p>one two</p><ul><li>a</li><li>b</li></ul>");
  expect(element.querySelector("p")).toBe(p);
  expect(p?.firstChild).toBe(text);
  expect(element.querySelector("li")).toBe(li);
});

test("replaces what is of another kind, and takes away what is no longer there", () => {
  morph(element, "<p>one</p><p>two</p><p>three</p>");
  morph(element, "<h2>one</h2>");
  expect(element.innerHTML).toBe("<h2>one</h2>");
});

test("leaves nothing of what was done to a node that changed", () => {
  morph(element, "<pre><code>a</code></pre>");
  element.querySelector("code")?.setAttribute("data-done", "true");
  morph(element, "<pre><code>ab</code></pre>");
  expect(element.innerHTML).toBe("<pre><code>ab</code></pre>");
});
