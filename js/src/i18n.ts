/** Languages: our own texts, whose English is the key, and the author's (`gr.I18n`). */

import { signal } from "@preact/signals";

type Texts = Record<string, string>;

/** Ours in the browser's language; empty: English. */
const ours = signal<Texts>({});

/** Languages that `src/lang` has. */
const LANGUAGES = ["ar", "de", "es", "fr", "he", "it", "ja", "ko", "nl", "pl", "pt", "ru", "zh"];
const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;
const MARKED = /__i18n__(\{"__type__":\s*"translation_metadata",\s*"key":\s*("(?:[^"\\]|\\.)*")\})/g;

/** One of our texts in the browser's language; `{name}` in it stands for a value. */
export function t(text: string, values: Record<string, string | number> = {}): string {
  const said = ours.value[text] ?? text;
  return said.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** Takes our texts of a language; what it lacks stays English. */
export function speak(texts: Texts): void {
  ours.value = texts;
}

/** The language of ours that fits a browser's, if it is not English. */
export function languageOf(locale: string): string | null {
  const base = locale.toLowerCase().split(/[-_]/)[0] ?? "";
  return LANGUAGES.includes(base) ? base : null;
}

/** The author's texts in the language that is nearest to the browser's, else English. */
export function translationsFor(
  all: Record<string, Texts>,
  locale: string,
): { locale: string; texts: Texts } {
  const wanted = locale.toLowerCase().replaceAll("_", "-");
  const names = Object.keys(all);
  const named = (name: string) => names.find((one) => one.toLowerCase().replaceAll("_", "-") === name);
  const base = wanted.split("-")[0] as string;
  const found =
    named(wanted) ??
    named(base) ??
    names.find((one) => one.toLowerCase().replaceAll("_", "-").startsWith(`${base}-`)) ??
    named("en") ??
    names[0];
  const english = named("en");
  const texts = { ...(english ? all[english] : {}), ...(found ? all[found] : {}) };
  return { locale: found ?? "en", texts };
}

export const isRightToLeft = (locale: string) => RIGHT_TO_LEFT.test(locale);

/** A text with the author's marks replaced by what they stand for; a mark without a text gives its key. */
export function unmarked(text: string, texts: Texts): string {
  if (!text.includes("__i18n__")) return text;
  return text.replace(MARKED, (_all, _json, key: string) => {
    const name = JSON.parse(key) as string;
    return texts[name] ?? name;
  });
}

/** Kinds whose `value` is a choice: it is sent back as it came, only the names of the choices are translated. */
const CHOOSING = new Set(["dropdown", "radio", "checkboxgroup"]);

function walk(value: unknown, texts: Texts): unknown {
  if (typeof value === "string") return unmarked(value, texts);
  if (Array.isArray(value)) {
    const made = value.map((one) => walk(one, texts));
    return made.some((one, index) => one !== value[index]) ? made : value;
  }
  if (value && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value);
    const made = entries.map(([key, one]) => [key, walk(one, texts)] as const);
    return made.some(([, one], index) => one !== entries[index]?.[1]) ? Object.fromEntries(made) : value;
  }
  return value;
}

/** A block's props in the author's translation. */
export function translated<P extends Record<string, unknown>>(type: string, props: P, texts: Texts): P {
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    if (name === "value" && CHOOSING.has(type)) made[name] = value;
    else if (name === "choices" && Array.isArray(value))
      made[name] = value.map((one) => (Array.isArray(one) ? [walk(one[0], texts), ...one.slice(1)] : one));
    else made[name] = walk(value, texts);
  }
  return made as P;
}
