import { expect, test } from "vitest";
import { grouped, type Message, told, treeOf } from "./groups";

const say = (role: string, text: string, metadata: Message["metadata"] = null): Message => ({
  role,
  content: [{ type: "text", text }],
  metadata,
  options: null,
});

test("messages of the same side stand together, with the place of the first", () => {
  const groups = grouped(
    [say("user", "a"), say("assistant", "b"), say("assistant", "c"), say("user", "d")],
    true,
    [],
  );
  expect(groups.map(({ side, first, answers, messages }) => [side, first, answers, messages.length])).toEqual(
    [
      ["user", 0, 0, 1],
      ["bot", 1, 0, 2],
      ["user", 3, 2, 1],
    ],
  );
});

test("each message stands alone when they are not to be grouped", () => {
  expect(grouped([say("assistant", "a"), say("assistant", "b")], false, [])).toHaveLength(2);
});

test("a group that is as before is the same object", () => {
  const before = grouped([say("user", "a"), say("assistant", "b")], true, []);
  const after = grouped([say("user", "a"), say("assistant", "b more")], true, before);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test("a thought stands inside the one that its parent_id names", () => {
  const [group] = grouped(
    [
      say("assistant", "out", { title: "Out", id: 1 }),
      say("assistant", "in", { title: "In", parent_id: 1 }),
      say("assistant", "x"),
    ],
    true,
    [],
  );
  const tree = treeOf(group as never);
  expect(tree.map(({ index, children }) => [index, children.map((c) => c.index)])).toEqual([
    [0, [1]],
    [2, []],
  ]);
});

test("a thought that names itself as its parent is still shown", () => {
  const [group] = grouped([say("assistant", "x", { title: "X", id: 1, parent_id: 1 })], true, []);
  expect(treeOf(group as never)).toHaveLength(1);
});

test("events tell text as it is, and of a file what stands for it", () => {
  expect(told(say("user", "hello"))).toBe("hello");
  const file = { path: "t", url: null, orig_name: "a.png", mime_type: "image/png" } as never;
  const message: Message = { ...say("user", ""), content: [{ type: "file", file, alt_text: null }] };
  expect(told(message)).toEqual({
    component: "image",
    value: file,
    alt_text: null,
    constructor_args: {},
    props: {},
  });
});
