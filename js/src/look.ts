/** The stylesheets of an app, in the order in which one overrules the other. */

import type { App } from "./app";
import { isRightToLeft } from "./i18n";
import inline from "./inline.css";
import styles from "./styles.css";
import tokens from "./tokens.css";
import { scoped } from "./ui/css";
import theme from "./wire/generated/theme.css";
import type { Template } from "./wire/messages";

/** Ours, the theme's, then its author's. */
export function stylesOf(template: Template, isInline: boolean): string[] {
  const ours = theme + tokens + (isInline ? inline : "") + styles;
  return [ours, template.theme, template.css && scoped(template.css, isInline)].filter(Boolean) as string[];
}

/** The language and direction of the app's root, where its author translated it. */
export function speakIn(root: HTMLElement, app: App): void {
  if (app.locale === null) return;
  root.lang = app.locale;
  root.dir = isRightToLeft(app.locale) ? "rtl" : "ltr";
}

/** What an author put into a page's head, in a notebook: styles stay inside the app, scripts run in the page, once. */
export function headIn(shadow: ShadowRoot, head: string, runs: boolean): void {
  const parts = document.createElement("template");
  parts.innerHTML = head;
  for (const part of parts.content.querySelectorAll("style, link[rel~='stylesheet'], script")) {
    if (part instanceof HTMLScriptElement) {
      if (!runs) continue;
      const script = document.createElement("script");
      for (const { name, value } of part.attributes) script.setAttribute(name, value);
      script.async = part.async;
      script.textContent = part.textContent;
      document.head.append(script);
    } else {
      const style = part.cloneNode(true) as HTMLElement;
      if (style instanceof HTMLStyleElement) style.textContent = scoped(style.textContent ?? "", true);
      shadow.append(style);
    }
  }
}
