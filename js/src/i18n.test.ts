/// <reference types="vite/client" />
import { afterEach, expect, it } from "vitest";
import { isRightToLeft, languageOf, speak, t, translated, translationsFor, unmarked } from "./i18n";

const mark = (key: string) => `__i18n__{"__type__": "translation_metadata", "key": ${JSON.stringify(key)}}`;
const LANGUAGES = import.meta.glob<{ default: Record<string, string> }>("./lang/*.json", { eager: true });

afterEach(() => speak({}));

it("shows our texts in the language that was loaded, and English where it lacks one", () => {
  speak({ Copy: "Kopieren", "{n} of {all}": "{n} von {all}" });
  expect([t("Copy"), t("{n} of {all}", { n: 2, all: 5 }), t("Undo")]).toEqual([
    "Kopieren",
    "2 von 5",
    "Undo",
  ]);
});

it("chooses the language, then a relative of it, then English", () => {
  const all = { en: { a: "one", b: "two" }, de: { a: "eins" }, "pt-BR": { a: "um" } };
  expect(translationsFor(all, "de-AT")).toEqual({ locale: "de", texts: { a: "eins", b: "two" } });
  expect(translationsFor(all, "pt-PT").locale).toBe("pt-BR");
  expect(translationsFor(all, "fi").locale).toBe("en");
});

it("replaces marks inside a text, and gives the key where there is no translation", () => {
  expect(unmarked(`# ${mark("greet")} & ${mark('say "hi"')}`, { greet: "Hallo" })).toBe('# Hallo & say "hi"');
});

it("leaves the values of choices alone, for they are sent back", () => {
  const props = { label: mark("l"), value: mark("a"), choices: [[mark("a"), mark("a")]] };
  expect(translated("dropdown", props, { l: "L", a: "A" })).toEqual({
    label: "L",
    value: mark("a"),
    choices: [["A", mark("a")]],
  });
  expect(translated("markdown", { value: mark("a") }, { a: "A" })).toEqual({ value: "A" });
});

it("has every language that it promises, each with the same holes", () => {
  const keys = Object.keys(LANGUAGES["./lang/de.json"]?.default ?? {});
  expect(keys.length).toBeGreaterThan(50);
  for (const [file, { default: said }] of Object.entries(LANGUAGES)) {
    expect(languageOf(file.slice("./lang/".length, -".json".length))).not.toBeNull();
    expect(Object.keys(said)).toEqual(keys);
    for (const [key, text] of Object.entries(said))
      expect((text.match(/\{\w+\}/g) ?? []).sort()).toEqual((key.match(/\{\w+\}/g) ?? []).sort());
  }
  expect([languageOf("de-CH"), languageOf("zh_TW"), languageOf("en-GB")]).toEqual(["de", "zh", null]);
});

it("knows which are written from right to left", () => {
  expect(["he", "ar-EG", "fa", "de", "hr"].map(isRightToLeft)).toEqual([true, true, true, false, false]);
});
