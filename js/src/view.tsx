/** Blocks as elements: which view shows which kind. */

import { type Signal, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { App } from "./app";
import { Accordion } from "./components/accordion";
import { Button } from "./components/button";
import { Checkbox } from "./components/checkbox";
import { CheckboxGroup } from "./components/checkboxgroup";
import { Code } from "./components/code";
import { Column } from "./components/column";
import { Dropdown } from "./components/dropdown";
import { Group } from "./components/group";
import { HighlightedText } from "./components/highlightedtext";
import { FreeHTML } from "./components/html";
import { JSONTree } from "./components/json";
import { Label } from "./components/label";
import { Markdown } from "./components/markdown";
import { Navbar } from "./components/navbar";
import { NumberField } from "./components/number";
import { Radio } from "./components/radio";
import { Row } from "./components/row";
import { Slider } from "./components/slider";
import { Tabs } from "./components/tabs";
import { Textbox } from "./components/textbox";
import { Timer } from "./components/timer";
import { t } from "./i18n";
import type { Block, ViewProps } from "./model";
import { isVisible, placed } from "./ui/frame";
import { Toasts } from "./ui/toasts";
import { FAMILIES } from "./wire/generated/components";

const Nothing = () => null;

const VIEWS: Record<string, ComponentType<ViewProps>> = {
  accordion: Accordion,
  blocks: Column,
  browserstate: Nothing,
  button: Button,
  checkbox: Checkbox,
  checkboxgroup: CheckboxGroup,
  clearbutton: Button,
  code: Code,
  column: Column,
  dropdown: Dropdown,
  group: Group,
  highlightedtext: HighlightedText,
  html: FreeHTML,
  json: JSONTree,
  label: Label,
  markdown: Markdown,
  navbar: Nothing,
  number: NumberField,
  radio: Radio,
  row: Row,
  slider: Slider,
  state: Nothing,
  tabs: Tabs,
  textbox: Textbox,
  timer: Timer,
};

/** Views that come together, in a lazy part of the build: a module of `src/views`. */
export interface Family {
  views: Record<string, ComponentType<ViewProps>>;
  css?: string;
}

/** Styles of the families that this page has, by name. */
const familyStyles: Signal<Record<string, string>> = signal({});

/** Makes a family's views known; blocks that wait for them are drawn. */
export function install(name: string, { views, css = "" }: Family): void {
  Object.assign(VIEWS, views);
  familyStyles.value = { ...familyStyles.peek(), [name]: css };
}

/** The styles of lazy views, inside the root that shows them. */
export function FamilyStyles() {
  return (
    <>{Object.entries(familyStyles.value).map(([name, css]) => css && <style key={name}>{css}</style>)}</>
  );
}

/** A view whose family is on its way. */
function Awaited({ block }: ViewProps) {
  const family = FAMILIES[block.type] as string;
  const [error, setError] = useState("");
  useEffect(() => {
    block.app.family(family).catch((reason: Error) => setError(reason.message));
  }, [block, family]);
  if (family in familyStyles.value) {
    const View = VIEWS[block.type] ?? Unknown;
    return <View block={block} />;
  }
  return (
    <div {...placed(block, "nb-block block nb-awaited")} aria-busy={!error}>
      {error && `The ${block.type} cannot be loaded: ${error}`}
    </div>
  );
}

/** A kind that this version cannot show says so, and the rest of the page goes on. */
function Unknown({ block }: ViewProps) {
  return (
    <div {...placed(block, "nb-block block nb-unknown-kind")} role="note">
      {`This page cannot show a ${block.type} yet.`}
    </div>
  );
}

export function BlockView({ block }: ViewProps) {
  if (!isVisible(block)) return null;
  // one element for a lazy view before and after it came: another would be drawn anew, and lose what it does
  const View = block.type in FAMILIES ? Awaited : (VIEWS[block.type] ?? Unknown);
  return <View block={block} />;
}

export function Children({ block }: ViewProps) {
  return (
    <>
      {block.children.value.map((id) => {
        const child = block.app.child(id);
        return child && <BlockView key={id} block={child} />;
      })}
    </>
  );
}

/** What the handlers printed, under an app in a notebook. */
function Log({ app }: { app: App }) {
  const lines = app.log.value;
  if (lines.length === 0) return null;
  return (
    <details class="nb-log" open={lines.some(({ stream }) => stream === "stderr")}>
      <summary>{t("Log")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {lines.map(({ stream, text }, index) => (
          <span key={index} class={stream === "stderr" ? "nb-stderr" : undefined}>
            {text}
          </span>
        ))}
      </pre>
    </details>
  );
}

/** The whole app. */
export function Root({ app }: { app: App }) {
  const root = app.child(app.root.value);
  const { fill_height, fill_width, mode } = app.template;
  const classes = `nb-app app ${fill_height ? "nb-fill-height" : ""} ${fill_width ? "nb-fill-width" : ""} nb-mode-${mode}`;
  // a notebook's page has a main landmark of its own
  const Main = app.isInline ? "div" : "main";
  return (
    <>
      <FamilyStyles />
      <Main class={classes}>
        {app.ended.value && (
          <div class="nb-lost nb-ended" role="status">
            {app.ended.value}
          </div>
        )}
        {app.isUnheard.value && (
          <div class="nb-lost" role="status">
            {app.isInline ? t("The kernel is busy…") : t("Busy")}
          </div>
        )}
        {app.isLost.value && (
          <div class="nb-lost" role="status">
            {t("Reconnecting…")}
          </div>
        )}
        <Navbar app={app} />
        <div class="nb-column nb-top">{root && <Children block={root} />}</div>
        {app.isInline && <Log app={app} />}
        {!app.isInline && <Footer app={app} />}
      </Main>
      <Toasts app={app} />
    </>
  );
}

function Footer({ app }: { app: App }) {
  const shown = app.template.footer_links ?? [];
  const links = shown.filter((link) => typeof link === "object");
  const hasRuns = shown.includes("runs") && app.runs?.hasRuns.value;
  if (links.length === 0 && !hasRuns) return null;
  return (
    <footer class="nb-footer">
      {hasRuns && (
        <button type="button" class="nb-link" onClick={() => void app.runs?.open(app.document.body)}>
          {t("Runs")}
        </button>
      )}
      {links.map(({ label, url }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          {label}
        </a>
      ))}
    </footer>
  );
}

export type { Block };
