/** Blocks as elements: which view shows which kind. */

import type { ComponentType } from "preact";
import type { App } from "./app";
import { Accordion } from "./components/accordion";
import { Button } from "./components/button";
import { Checkbox } from "./components/checkbox";
import { CheckboxGroup } from "./components/checkboxgroup";
import { Code } from "./components/code";
import { ColorPicker } from "./components/colorpicker";
import { Column } from "./components/column";
import { DateTime } from "./components/datetime";
import { Dropdown } from "./components/dropdown";
import { Group } from "./components/group";
import { HighlightedText } from "./components/highlightedtext";
import { FreeHTML } from "./components/html";
import { Image } from "./components/image";
import { JSONTree } from "./components/json";
import { Label } from "./components/label";
import { Markdown } from "./components/markdown";
import { NumberField } from "./components/number";
import { Radio } from "./components/radio";
import { Row } from "./components/row";
import { Slider } from "./components/slider";
import { Tabs } from "./components/tabs";
import { Textbox } from "./components/textbox";
import { Timer } from "./components/timer";
import type { Block, ViewProps } from "./model";
import { isVisible, placed } from "./ui/frame";
import { Toasts } from "./ui/toasts";

const Nothing = () => null;

const VIEWS: Record<string, ComponentType<ViewProps>> = {
  accordion: Accordion,
  blocks: Column,
  browserstate: Nothing,
  button: Button,
  checkbox: Checkbox,
  checkboxgroup: CheckboxGroup,
  clearbutton: Button,
  colorpicker: ColorPicker,
  code: Code,
  column: Column,
  datetime: DateTime,
  dropdown: Dropdown,
  group: Group,
  highlightedtext: HighlightedText,
  html: FreeHTML,
  image: Image,
  json: JSONTree,
  label: Label,
  markdown: Markdown,
  number: NumberField,
  radio: Radio,
  row: Row,
  slider: Slider,
  state: Nothing,
  tabs: Tabs,
  textbox: Textbox,
  timer: Timer,
};

/** Registers the view of a kind of block; lazy parts do so when they come. */
export function register(type: string, view: ComponentType<ViewProps>): void {
  VIEWS[type] = view;
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
  const View = VIEWS[block.type] ?? Unknown;
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
      <summary>Log</summary>
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
  const classes = `nb-app ${fill_height ? "nb-fill-height" : ""} ${fill_width ? "nb-fill-width" : ""} nb-mode-${mode}`;
  return (
    <>
      <main class={classes}>
        {app.isLost.value && (
          <div class="nb-lost" role="status">
            Reconnecting…
          </div>
        )}
        <div class="nb-column nb-top">{root && <Children block={root} />}</div>
        {app.isInline && <Log app={app} />}
        {!app.isInline && <Footer app={app} />}
      </main>
      <Toasts app={app} />
    </>
  );
}

function Footer({ app }: { app: App }) {
  const links = (app.template.footer_links ?? []).filter((link) => typeof link === "object");
  if (links.length === 0) return null;
  return (
    <footer class="nb-footer">
      {links.map(({ label, url }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          {label}
        </a>
      ))}
    </footer>
  );
}

export type { Block };
