/** Messages that float: errors, warnings, information. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { App, Toast } from "../app";
import { t } from "../i18n";
import { Icon } from "./icon";

/** HTML of a message, made harmless once the sanitiser is there; until then its text. */
function Message({ app, html }: { app: App; html: string }) {
  const [safe, setSafe] = useState<string | null>(null);
  useEffect(() => {
    if (!/[<&]/.test(html)) return;
    app.chunk<{ sanitize(html: string): string }>("markdown").then(({ sanitize }) => setSafe(sanitize(html)));
  }, [html]);
  if (safe === null) return <span>{html.replace(/<[^>]*>/g, "")}</span>;
  return <span dangerouslySetInnerHTML={{ __html: safe }} />;
}

function One({ app, toast }: { app: App; toast: Toast }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (toast.duration_s === null || isHeld) return;
    const timer = setTimeout(() => app.dismiss(toast.id), toast.duration_s * 1000);
    return () => clearTimeout(timer);
  }, [toast.id, isHeld]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer over a message keeps it, nothing more
    <div
      class={`nb-toast nb-toast-${toast.level} toast-body ${toast.level}`}
      role={toast.level === "error" ? "alert" : "status"}
      data-testid="toast-body"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <div class="nb-toast-text toast-text">
        <strong class="toast-title">{toast.title}</strong>
        <Message app={app} html={toast.message} />
      </div>
      <button
        type="button"
        class="nb-tool toast-close"
        aria-label={t("Close")}
        onClick={() => app.dismiss(toast.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

export function Toasts({ app }: { app: App }) {
  const layer = useRef<HTMLDivElement>(null);
  const toasts = app.toasts.value;
  const isEmpty = toasts.length === 0;
  // The top layer: neither a transform nor an overflow of the notebook's outputs moves or cuts it there, and it is in
  // sight however long the app is.
  useLayoutEffect(() => {
    if (isEmpty) layer.current?.hidePopover?.();
    else layer.current?.showPopover?.();
  }, [isEmpty]);
  return (
    <div ref={layer} class="nb-toasts toast-wrap" popover="manual" aria-live="polite">
      {toasts.map((toast) => (
        <One key={toast.id} app={app} toast={toast} />
      ))}
    </div>
  );
}
