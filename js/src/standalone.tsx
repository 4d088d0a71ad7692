/** An app as a page of its own, in the light DOM. */

import { render } from "preact";
import { App } from "./app";
import type { Channel } from "./host/channel";
import { SocketChannel } from "./host/socket";
import { speakIn, stylesOf } from "./look";
import type { RunsConfig } from "./runs/recorder";
import { runLaunchJs } from "./script";
import { Root } from "./view";
import type { Changes, Template } from "./wire/messages";

interface Boot {
  template: Template;
  models: Changes;
  session: string;
  seq: number;
  socket: string;
  user?: string | null;
  runs?: RunsConfig;
}

function addStyle(css: string): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}

/** The theme of the address (`?__theme=dark`), else the system's, live. */
function followTheme(root: HTMLElement): () => "light" | "dark" {
  const asked = new URLSearchParams(location.search).get("__theme");
  const media = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (asked === "dark" || asked === "light" ? asked === "dark" : media.matches);
  const apply = () => {
    root.classList.toggle("dark", isDark());
    document.body.classList.toggle("dark", isDark());
    document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  };
  apply();
  media.addEventListener("change", apply);
  return () => (isDark() ? "dark" : "light");
}

/** Shows an app; `frozen` is a session that lies in the page, in place of the server's. */
export function mountStandalone(root: HTMLElement, boot: Boot, frozen?: Channel): App {
  addStyle("body { margin: 0; background: var(--body-background-fill) }");
  stylesOf(boot.template, false).forEach(addStyle);
  root.classList.add("nb-standalone");
  const theme = followTheme(root);
  const app = new App(boot.template, {
    isInline: false,
    models: boot.models,
    seq: boot.seq,
    theme,
    user: boot.user,
    runs: frozen ? null : boot.runs,
  });
  speakIn(root, app);
  if (app.locale) document.documentElement.lang = app.locale;
  document.title = app.say(document.title);
  render(<Root app={app} />, root);
  app.connect(frozen ?? socketOf(app, boot));
  addEventListener("pagehide", () => app.leave());
  if (!frozen) addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (boot.template.js) runLaunchJs(boot.template.js, document);
  app.loaded();
  return app;
}

function socketOf(app: App, boot: Boot): SocketChannel {
  const socket = new URL(`${boot.socket}?session=${encodeURIComponent(boot.session)}`, location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  return new SocketChannel(socket.href, {
    assets: import.meta.url,
    files: new URL(`file/${encodeURIComponent(boot.session)}/`, location.href).href,
    lost: lostAfter(app),
    gone: () => location.reload(),
  });
}

/** A connection that is lost for less than a second is nobody's concern. */
function lostAfter(app: App): (isLost: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (isLost) => {
    clearTimeout(timer);
    if (!isLost) app.isLost.value = false;
    else
      timer = setTimeout(() => {
        app.isLost.value = true;
      }, 1000);
  };
}
