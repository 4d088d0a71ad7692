// @vitest-environment jsdom

import { act } from "preact/test-utils";
import { beforeEach, expect, test } from "vitest";
import * as markdown from "../lazy/markdown";
import { type ShownAlone as Shown, showAlone as show } from "../testing";
import { install } from "../view";
import { views } from "../views/chat";

install("chat", { views });

const say = (role: string, ...content: unknown[]) => ({
  role,
  content: content.map((part) => (typeof part === "string" ? { type: "text", text: part } : part)),
  metadata: null,
  options: null as unknown,
});

const BASE = {
  value: [say("user", "Hello"), say("assistant", "**one**"), say("assistant", "two")],
  autoscroll: true,
  height: 400,
  resizable: false,
  editable: null,
  latex_delimiters: [{ left: "$$", right: "$$", display: true }],
  rtl: false,
  buttons: null,
  watermark: null,
  avatar_images: [null, null],
  sanitize_html: true,
  render_markdown: true,
  feedback_options: ["Like", "Dislike", "Spam"],
  feedback_value: null,
  line_breaks: true,
  layout: null,
  placeholder: null,
  examples: null,
  allow_file_downloads: true,
  group_consecutive_messages: true,
  allow_tags: true,
  like_user_message: false,
};

const chat = (props: Record<string, unknown> = {}, silent: string[] = []): Promise<Shown> =>
  show("chatbot", { ...BASE, ...props }, { markdown }, (event) => !silent.includes(event));

const named = (name: string) => `button[aria-label='${name}']`;

beforeEach(() => {
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async () => {} }, configurable: true });
});

test("each side has its messages, as Markdown", async () => {
  const shown = await chat();
  expect(shown.texts("[data-testid=user] .prose p")).toEqual(["Hello"]);
  expect(shown.texts("[data-testid=bot] .prose").map((text) => text.trim())).toEqual(["one", "two"]);
  expect(shown.find("[data-testid=bot] strong").textContent).toBe("one");
  expect(shown.find("[role=log]").getAttribute("aria-label")).toBe("chatbot conversation");
});

test("text that grows keeps what is drawn already", async () => {
  const shown = await chat({ value: [say("assistant", "first\n\nsec")] });
  const first = shown.find("[data-testid=bot] p");
  await shown.update({ value: [say("assistant", "first\n\nsecond\n\n- a")] });
  expect(shown.find("[data-testid=bot] p")).toBe(first);
  expect(shown.texts("[data-testid=bot] p, [data-testid=bot] li")).toEqual(["first", "second", "a"]);
});

test("scripts in messages do not come to the page", async () => {
  const shown = await chat({
    value: [say("assistant", "<img src=x onerror=alert(1)><script>alert(1)</script>ok")],
  });
  expect(shown.element.innerHTML).not.toContain("onerror");
  expect(shown.element.querySelector("script")).toBeNull();
});

test("tags that HTML does not know are text, or are left out", async () => {
  const text = "<thinking>deep</thinking> `<x>` <b>bold</b>";
  const shown = await chat({ value: [say("assistant", text)] });
  expect(shown.find("[data-testid=bot]").textContent).toContain("<thinking>deep</thinking> <x> bold");
  const without = await chat({ value: [say("assistant", text)], allow_tags: false });
  expect(without.find("[data-testid=bot]").textContent).toContain("deep <x> bold");
  expect(without.find("[data-testid=bot]").textContent).not.toContain("thinking");
});

test("plain text stays as it is written", async () => {
  const shown = await chat({ value: [say("assistant", "**x**")], render_markdown: false });
  expect(shown.find("[data-testid=bot]").textContent).toBe("**x**Select message");
});

test("feedback is told of a whole group, once more takes it back", async () => {
  const shown = await chat();
  await shown.click(named("Like"));
  expect(shown.find(named("Like")).getAttribute("aria-pressed")).toBe("true");
  await shown.click(named("Like"));
  await shown.click(named("Feedback"));
  await shown.click(".extra-feedback-option");
  const value = ["**one**", "two"];
  expect(shown.seen).toEqual([
    ["like", { index: 1, value, liked: true }],
    ["like", { index: 1, value, liked: "" }],
    ["like", { index: 1, value, liked: "Spam" }],
  ]);
});

test("what was said before of an answer is shown", async () => {
  const shown = await chat({ feedback_value: ["Dislike"] });
  expect(shown.find(named("Dislike")).getAttribute("aria-pressed")).toBe("true");
});

test("without listeners there is nothing to press", async () => {
  const shown = await chat({}, ["like", "retry", "undo", "select"]);
  expect(shown.all(".nb-chat-tools button").map((b) => b.getAttribute("aria-label"))).toEqual([
    "Copy message",
    "Copy message",
  ]);
});

test("retry and undo tell the last question", async () => {
  const shown = await chat();
  await shown.click(named("Retry"));
  await shown.click(named("Undo"));
  expect(shown.seen).toEqual([
    ["retry", { index: 0, value: "Hello" }],
    ["undo", { index: 0, value: "Hello" }],
  ]);
});

test("an edited message is an edit of the value, and is told with what it was", async () => {
  const shown = await chat({ editable: "user" });
  await shown.click(named("Edit"));
  const area = shown.find<HTMLTextAreaElement>("textarea");
  await act(() => {
    area.value = "Bye";
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await shown.press("textarea", "Enter");
  const [first] = shown.block.value as { content: unknown }[];
  expect(first?.content).toEqual([{ type: "text", text: "Bye" }]);
  expect(shown.seen[1]).toEqual(["edit", { index: 0, value: "Bye", previous_value: "Hello" }]);
  expect(shown.all("textarea")).toEqual([]);
});

test("Escape leaves a message as it was", async () => {
  const shown = await chat({ editable: "user" });
  await shown.click(named("Edit"));
  await shown.press("textarea", "Escape");
  expect(shown.seen).toEqual([]);
});

test("a message can be selected by pointer and by keyboard", async () => {
  const shown = await chat();
  await shown.click("[data-testid=user]");
  await shown.click("[data-testid=bot] .nb-chat-select");
  expect(shown.seen).toEqual([
    ["select", { index: 0, value: "Hello" }],
    ["select", { index: 1, value: "**one**" }],
  ]);
});

test("copying adds the watermark to what goes to the clipboard, not to what is told", async () => {
  const copied: string[] = [];
  Object.defineProperty(navigator, "clipboard", {
    value: { writeText: async (text: string) => void copied.push(text) },
    configurable: true,
  });
  const shown = await chat({ watermark: "by a model" });
  await shown.click(named("Copy message"));
  await act(async () => {});
  expect(copied).toEqual(["Hello\n\nby a model"]);
  expect(shown.seen).toEqual([["copy", { value: "Hello" }]]);
});

test("clearing empties the value", async () => {
  const shown = await chat();
  await shown.click(named("Clear"));
  expect(shown.seen).toEqual([
    ["edit", []],
    ["clear", null],
  ]);
});

test("options of the last answer can be pressed", async () => {
  const last = { ...say("assistant", "pick"), options: [{ value: "a" }, { value: "b", label: "Bee" }] };
  const shown = await chat({ value: [say("user", "x"), last] });
  expect(shown.texts(".option")).toEqual(["a", "Bee"]);
  await shown.click(".option:last-child");
  expect(shown.seen).toEqual([["option_select", { index: 1, value: "b" }]]);
});

test("examples stand there until the first message", async () => {
  const examples = [{ text: "one" }, { text: "two", display_text: "Second" }];
  const shown = await chat({ value: [], examples, placeholder: "# Hi" });
  expect(shown.find(".placeholder h1").textContent).toBe("Hi");
  await shown.click("button[aria-label='Select example 2: Second']");
  expect(shown.seen).toEqual([["example_select", { index: 1, value: { text: "two" } }]]);
  await shown.update({ value: [say("user", "x")] });
  expect(shown.all(".example")).toEqual([]);
});

test("a thought is open until it is done, unless its reader chose", async () => {
  const thought = (status: string | null) => ({
    ...say("assistant", "deep"),
    metadata: { title: "Thinking", ...(status ? { status } : {}), duration: 2.34, log: "3 hits" },
  });
  const shown = await chat({ value: [thought("pending")] });
  const details = () => shown.find<HTMLDetailsElement>("details");
  expect(details().open).toBe(true);
  expect(shown.find("summary").textContent).toBe("Thinking3 hits (2.3 s)");
  await shown.update({ value: [thought("done")] });
  expect(details().open).toBe(false);
  await shown.click("summary");
  expect(details().open).toBe(true);
});

test("files are shown as what they are", async () => {
  const file = (orig_name: string, mime_type: string) => ({
    type: "file",
    file: { path: null, url: `https://example.org/${orig_name}`, orig_name, mime_type },
    alt_text: null,
  });
  const parts = [
    file("a.png", "image/png"),
    file("a.mp3", "audio/mpeg"),
    file("a.mp4", "video/mp4"),
    file("a.txt", "text/plain"),
  ];
  const shown = await chat({ value: [say("assistant", ...parts)] });
  expect(shown.find("img").getAttribute("alt")).toBe("a.png");
  expect(shown.all("audio, video")).toHaveLength(2);
  expect(shown.find("a").getAttribute("download")).toBe("a.txt");
  const kept = await chat({ value: [say("assistant", ...parts)], allow_file_downloads: false });
  expect(kept.all("a")).toEqual([]);
});

test("a component inside a message shows its value, and follows it", async () => {
  const part = (value: string) => ({
    type: "component",
    component: "textbox",
    value,
    constructor_args: {},
    props: { label: "In", lines: 1, interactive: false, type: "text" },
  });
  const shown = await chat({ value: [say("assistant", part("a"))] });
  const field = shown.find<HTMLTextAreaElement>("[data-testid=bot] textarea");
  expect(field.value).toBe("a");
  await shown.update({ value: [say("assistant", part("b"))] });
  expect(shown.find<HTMLTextAreaElement>("[data-testid=bot] textarea").value).toBe("b");
  expect(shown.find("[data-testid=bot] textarea")).toBe(field);
});
