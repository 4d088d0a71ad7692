/** A conversation as it is shown: messages of the same side in one group, thoughts inside their parents. */

import type { FileData } from "../../wire/messages";

export interface TextPart {
  type: "text";
  text: string;
}
export interface FilePart {
  type: "file";
  file: FileData;
  alt_text: string | null;
}
export interface ComponentPart {
  type: "component";
  component: string;
  value: unknown;
  props: Record<string, unknown>;
  constructor_args: Record<string, unknown>;
}
export type Part = TextPart | FilePart | ComponentPart;

export interface Metadata {
  title?: string;
  id?: number | string;
  parent_id?: number | string;
  log?: string;
  duration?: number;
  status?: "pending" | "done";
}

export interface ChatOption {
  value: string;
  label?: string;
}

export interface Message {
  role: string;
  content: Part[];
  metadata: Metadata | null;
  options: ChatOption[] | null;
}

export interface Group {
  side: "user" | "bot";
  /** Index of its first message in the conversation. */
  first: number;
  /** How many messages of the assistant's stand before it. */
  answers: number;
  messages: Message[];
}

export const sideOf = ({ role }: Message): Group["side"] => (role === "user" ? "user" : "bot");

/** Groups of a conversation; those that are as before are the same objects, so that nothing draws them again. */
export function grouped(messages: Message[], together: boolean, before: Group[]): Group[] {
  const groups: Group[] = [];
  let answers = 0;
  messages.forEach((message, index) => {
    const side = sideOf(message);
    const last = groups.at(-1);
    if (together && last?.side === side) last.messages.push(message);
    else groups.push({ side, first: index, answers, messages: [message] });
    if (side === "bot") answers += 1;
  });
  return groups.map((group, index) => {
    const known = before[index];
    return known && same(known, group) ? known : group;
  });
}

/** Whether two JSON values are equal; parts that are the same object are not looked into. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && same((a as never)[key], (b as never)[key]));
}

/** A message, with the thoughts that stand inside it. */
export interface Node {
  message: Message;
  index: number;
  children: Node[];
}

/** The messages of a group as a tree: a thought whose `parent_id` is another's `id` stands inside that. */
export function treeOf({ messages, first }: Group): Node[] {
  const roots: Node[] = [];
  const byId = new Map<number | string, Node>();
  messages.forEach((message, at) => {
    const node: Node = { message, index: first + at, children: [] };
    const { id, parent_id, title } = message.metadata ?? {};
    const parent = title && parent_id !== undefined ? byId.get(parent_id) : undefined;
    if (parent) parent.children.push(node);
    else roots.push(node);
    if (id !== undefined && id !== parent_id) byId.set(id, node);
  });
  return roots;
}

/** The text of a message, for the clipboard and for events. */
export function textOf(message: Message): string {
  return message.content
    .map((part) => {
      if (part.type === "text") return part.text;
      if (part.type === "file") return part.file.url || part.file.orig_name || "file";
      return typeof part.value === "string" ? part.value : JSON.stringify(part.value);
    })
    .join("\n");
}

const KINDS = ["image", "audio", "video"];

/** What a file is shown as. */
export function kindOf({ mime_type, orig_name }: FileData): string {
  const [kind = ""] = (mime_type ?? "").split("/");
  if (KINDS.includes(kind)) return kind;
  const suffix = (orig_name ?? "").toLowerCase().split(".").at(-1) ?? "";
  if (/^(png|jpe?g|gif|webp|svg|avif|bmp)$/.test(suffix)) return "image";
  if (/^(mp3|wav|ogg|flac|m4a|aac|opus)$/.test(suffix)) return "audio";
  return /^(mp4|webm|mov|m4v|ogv)$/.test(suffix) ? "video" : "file";
}

/** The content of a message as events tell it: text of a single text, else what stands for its last part. */
export function told(message: Message): unknown {
  const part = message.content.at(-1);
  if (!part) return "";
  if (part.type === "text") return part.text;
  if (part.type === "component") return { ...part };
  const component = kindOf(part.file);
  const value = component === "file" ? [part.file] : part.file;
  return { component, value, alt_text: part.alt_text, constructor_args: {}, props: {} };
}
