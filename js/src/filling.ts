/**
 * Templates of `gr.HTML`: JavaScript's `${…}`, in which anything may stand, also further templates, and the
 * Handlebars forms `{{x}}`, `{{{x}}}`, `{{#if}}`, `{{#unless}}`, `{{#each}}`, `{{#with}}`, `{{else}}`.
 */

export type Values = Record<string, unknown>;

type Fill = (values: Values, scope: Scope) => string;

/** What `this`, `@index` and names mean at a place in a Handlebars template. */
interface Scope {
  here: unknown;
  above: Scope | null;
  special: Values;
}

interface Section {
  fills: Fill[];
  otherwise: Fill[] | null;
}

const TAG = /\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}/;
const NAME = /^[A-Za-z_$][\w$]*$/;
const BLOCKS = new Set(["if", "unless", "each", "with"]);

const known = new Map<string, Fill>();

/** A template with its values in place. Values stand as they are in `${…}`, escaped in `{{…}}`. */
export function filled(template: string, values: Values): string {
  let fill = known.get(template);
  if (!fill) {
    fill = compiled(template);
    known.set(template, fill);
  }
  return fill(values, { here: values, above: null, special: {} });
}

function compiled(template: string): Fill {
  const open: { kind: string; path: string; section: Section }[] = [];
  const root: Section = { fills: [], otherwise: null };
  const current = () => open.at(-1)?.section ?? root;
  const put = (fill: Fill) => (current().otherwise ?? current().fills).push(fill);
  let rest = template;
  while (rest !== "") {
    const tag = nextTag(rest);
    const text = tag ? rest.slice(0, tag.index) : rest;
    if (text !== "") put(literal(text));
    if (!tag) break;
    rest = rest.slice(tag.index + tag[0].length);
    const [raw, escaped] = [tag[1]?.trim(), tag[2]?.trim() ?? ""];
    const [, kind, path] = /^#(\w+)\s+(.+)$/.exec(escaped) ?? [];
    if (raw !== undefined) put((_, scope) => textOf(look(raw, scope)));
    else if (kind && path) {
      if (!BLOCKS.has(kind)) throw new Error(`a template knows no {{#${kind}}}`);
      open.push({ kind, path, section: { fills: [], otherwise: null } });
    } else if (escaped === "else") {
      current().otherwise = [];
    } else if (escaped.startsWith("/")) {
      const closed = open.pop();
      if (closed?.kind !== escaped.slice(1)) throw new Error(`{{${escaped}}} closes nothing`);
      put(block(closed.kind, closed.path, closed.section));
    } else if (!escaped.startsWith("!")) put((_, scope) => escapeHtml(textOf(look(escaped, scope))));
  }
  if (open.length > 0) throw new Error(`{{#${open.at(-1)?.kind}}} is not closed`);
  return (values, scope) => root.fills.map((fill) => fill(values, scope)).join("");
}

/** The next Handlebars tag that does not stand inside `${…}`. */
function nextTag(template: string): RegExpExecArray | null {
  let from = 0;
  for (;;) {
    const tag = TAG.exec(template.slice(from));
    if (!tag) return null;
    tag.index += from;
    const expression = expressions(template).find(([start, end]) => start < tag.index && tag.index < end);
    if (!expression) return tag;
    from = expression[1];
  }
}

function block(kind: string, path: string, { fills, otherwise }: Section): Fill {
  const all = (list: Fill[] | null, values: Values, scope: Scope) =>
    (list ?? []).map((fill) => fill(values, scope)).join("");
  return (values, scope) => {
    const found = look(path, scope);
    const isThere = isTruthy(found);
    if (kind === "if" || kind === "unless") {
      return all(isThere === (kind === "if") ? fills : otherwise, values, scope);
    }
    if (!isThere) return all(otherwise, values, scope);
    if (kind === "with") return all(fills, values, { here: found, above: scope, special: {} });
    const entries = Object.entries(found as object);
    return entries
      .map(([key, here], index) => {
        const special = { index, key, first: index === 0, last: index === entries.length - 1 };
        return all(fills, values, { here, above: scope, special });
      })
      .join("");
  };
}

function look(path: string, scope: Scope): unknown {
  if (path.startsWith("@")) return scope.special[path.slice(1)];
  if (path.startsWith("../")) return scope.above ? look(path.slice(3), scope.above) : undefined;
  if (path === "this" || path === ".") return scope.here;
  return path
    .replace(/^this[./]/, "")
    .replace(/\[["']?([^\]"']+)["']?\]/g, ".$1")
    .split(".")
    .reduce((value, key) => (isOwn(value, key) ? value[key] : undefined), scope.here);
}

/** Only what an object itself holds, so that a path reaches no constructor; `length` of a list or text counts as such. */
const isOwn = (value: unknown, key: string): value is Record<string, unknown> =>
  value !== null && value !== undefined && Object.hasOwn(Object(value) as object, key);

const isTruthy = (value: unknown) => Boolean(value) && !(Array.isArray(value) && value.length === 0);

const textOf = (value: unknown) => (value === null || value === undefined ? "" : String(value));

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Text with `${…}`: what stands in the braces is JavaScript, the rest stands as it is. */
function literal(template: string): Fill {
  const quoted = (text: string) => text.replace(/[\\`]/g, "\\$&").replaceAll("${", "\\${");
  let source = "";
  let at = 0;
  for (const [start, end] of expressions(template)) {
    source += quoted(template.slice(at, start)) + template.slice(start, end);
    at = end;
  }
  source += quoted(template.slice(at));
  const made = new Map<string, (...values: unknown[]) => string>();
  return (values) => {
    const names = Object.keys(values).filter((name) => NAME.test(name));
    const key = names.join();
    let fill = made.get(key);
    if (!fill) {
      fill = new Function(...names, `return \`${source}\``) as (...values: unknown[]) => string;
      made.set(key, fill);
    }
    return fill(...names.map((name) => values[name]));
  };
}

/** Where the outermost `${…}` of a template stand: from the dollar to behind the brace. */
function expressions(template: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (let start = template.indexOf("${"); start >= 0; start = template.indexOf("${", start)) {
    const end = endOfExpression(template, start + 2);
    if (end < 0) break;
    found.push([start, end]);
    start = end;
  }
  return found;
}

/** Behind the brace that ends the JavaScript at `from`; strings and templates in it may hold braces. */
function endOfExpression(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    const char = source[at];
    if (char === '"' || char === "'") at = endOfString(source, at);
    else if (char === "`") at = endOfTemplate(source, at);
    else if (char === "{") depth += 1;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    if (at < from) return -1;
  }
  return -1;
}

/** The quote that ends the string at `from`; -1: none does. */
function endOfString(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === source[from]) return at;
  }
  return -1;
}

/** The backtick that ends the template at `from`; -1: none does. */
function endOfTemplate(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "`") return at;
    else if (source[at] === "$" && source[at + 1] === "{") {
      const end = endOfExpression(source, at + 2);
      if (end < 0) return -1;
      at = end - 1;
    }
  }
  return -1;
}
