/** An app in a cell's output: in a shadow root, with its keys kept to itself, in the notebook's colours. */

import { render } from "preact";
import { App } from "./app";
import { CommChannel, getModel, type WidgetModel } from "./host/comm";
import { headIn, speakIn, stylesOf } from "./look";
import type { Guests } from "./model";
import { documentOf, runLaunchJs } from "./script";
import { length } from "./ui/css";
import { BlockView, FamilyStyles, Root } from "./view";
import type { Template } from "./wire/messages";

interface RenderContext {
  model: WidgetModel;
  el: HTMLElement;
  signal?: AbortSignal;
}

interface Shown {
  app: App;
  views: number;
  /** Whether the author's JavaScript ran. */
  isStarted?: boolean;
  /** Ends what it hears of the page: else the page would keep it for ever. */
  hears: AbortController;
}

/** One app for each session of this page, however many views show it. */
const sessions = new Map<string, Promise<Shown>>();

const HOST_STYLE =
  "all: initial !important; display: block !important; position: relative !important; visibility: visible !important;" +
  "opacity: 1 !important; width: 100% !important; box-sizing: border-box !important;";

/** Whether the notebook is dark: it says so, or its background does. */
export function isDark(): boolean {
  const { body } = document;
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter) return jupyter === "false";
  if (body.classList.contains("vscode-dark") || body.classList.contains("vscode-high-contrast")) return true;
  if (body.classList.contains("vscode-light")) return false;
  if (document.documentElement.getAttribute("theme"))
    return document.documentElement.getAttribute("theme") === "dark";
  const background = /rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?/.exec(getComputedStyle(body).backgroundColor);
  if (background && background[4] !== "0") {
    const [red, green, blue] = background.slice(1, 4).map(Number) as [number, number, number];
    return 0.299 * red + 0.587 * green + 0.114 * blue < 110;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Follows the notebook's light and dark for as long as the view lives. */
function followTheme(root: HTMLElement, signal: AbortSignal): void {
  const apply = () => root.classList.toggle("dark", isDark());
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-light", "class", "style"],
  });
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["theme", "class", "style"],
  });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", apply);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    media.removeEventListener("change", apply);
  });
}

/** A shadow root that neither the notebook's styles nor its keys reach into. */
function shadowIn(
  el: HTMLElement,
  template: Template,
): { host: HTMLElement; root: HTMLElement; shadow: ShadowRoot } {
  const host = document.createElement("div");
  host.className = "nbblocks-host";
  host.dataset.lmSuppressShortcuts = "true";
  host.setAttribute("style", HOST_STYLE);
  for (const name of ["keydown", "keyup", "keypress"])
    host.addEventListener(name, (event) => event.stopPropagation());
  const shadow = host.attachShadow({ mode: "open" });
  const root = document.createElement("div");
  root.className = "gradio-container nb-inline";
  for (const css of stylesOf(template, true)) {
    const style = document.createElement("style");
    style.textContent = css;
    shadow.append(style);
  }
  const maxHeight = length(template.height);
  if (maxHeight) root.setAttribute("style", `max-height: ${maxHeight}; overflow: auto`);
  const width = length(template.width);
  if (width && width !== "100%")
    host.setAttribute("style", HOST_STYLE.replace("width: 100%", `width: ${width}`));
  shadow.append(root);
  el.append(host);
  return { host, root, shadow };
}

/** The other widgets of the page, by way of the manager that has this one. */
function guestsOf(session: WidgetModel): Guests {
  return async (reference) => {
    const model = await getModel(session, reference);
    return {
      get: (name) => model.get(name),
      watch: (name, changed) => {
        model.on(`change:${name}`, changed);
        return () => model.off(`change:${name}`, changed);
      },
      showIn: async (element) => {
        const view = await session.widget_manager?.create_view?.(model);
        if (!view) throw new Error("this host shows no widgets inside others");
        const widget = view.luminoWidget ?? view.pWidget;
        // as Lumino does it: without its messages many widgets never draw
        if (widget?.constructor.attach) widget.constructor.attach(widget, element);
        else element.append(view.el);
        return () => view.remove();
      },
    };
  };
}

async function open(model: WidgetModel, template: Template): Promise<Shown> {
  const app = new App(template, {
    isInline: true,
    theme: () => (isDark() ? "dark" : "light"),
    guests: guestsOf(model),
  });
  const hears = new AbortController();
  const { signal } = hears;
  const gone = () => {
    app.ended.value = "The kernel has stopped or restarted. Run the cell again to use this app.";
  };
  model.on("comm_live_update", gone);
  signal.addEventListener("abort", () => model.off("comm_live_update", gone));
  app.connect(await CommChannel.open(model));
  addEventListener("pagehide", () => app.leave(), { signal });
  addEventListener("pageshow", (event) => event.persisted && app.hello(), { signal });
  return { app, views: 0, hears };
}

interface Stage {
  shown: Shown;
  root: HTMLElement;
  shadow: ShadowRoot;
  /** Takes the view away; with the last one of its session on this page, the session is told. */
  end: () => void;
}

/** One more view of a session. */
async function enter(session: WidgetModel, { el, signal }: RenderContext): Promise<Stage> {
  const id = String(session.get("session"));
  let opened = sessions.get(id);
  if (!opened) {
    opened = open(session, session.get("template") as Template);
    sessions.set(id, opened);
  }
  const shown = await opened;
  shown.views += 1;
  const { host, root, shadow } = shadowIn(el, shown.app.template);
  const ended = new AbortController();
  followTheme(root, ended.signal);
  speakIn(root, shown.app);
  if (shown.views === 1) shown.app.document = documentOf(shadow, () => root);
  const end = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    render(null, root);
    host.remove();
    shown.views -= 1;
    if (shown.views > 0) return;
    sessions.delete(id);
    shown.hears.abort();
    shown.app.close();
  };
  signal?.addEventListener("abort", end);
  return { shown, root, shadow, end };
}

/** Shows a session's app; called for each view of its model. */
export async function renderInline(context: RenderContext): Promise<() => void> {
  const { shown, root, shadow, end } = await enter(context.model, context);
  const { app } = shown;
  app.document = documentOf(shadow, () => root);
  render(<Root app={app} />, root);
  if (app.template.head) headIn(shadow, app.template.head, !shown.isStarted);
  if (app.template.js && !shown.isStarted) runLaunchJs(app.template.js, app.document);
  shown.isStarted = true;
  app.loaded();
  return end;
}

/** Shows one component alone: `display(textbox)`. */
export async function renderBlock(context: RenderContext): Promise<() => void> {
  const session = await getModel(context.model, String(context.model.get("session")));
  const { shown, root, end } = await enter(session, context);
  const block = shown.app.child(Number(context.model.get("_block")));
  if (block)
    render(
      <>
        <FamilyStyles />
        <BlockView block={block} />
      </>,
      root,
    );
  return end;
}
