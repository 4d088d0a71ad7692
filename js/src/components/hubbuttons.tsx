/** Buttons of what is round an app: who is logged in, a link to its present state. */

import { useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { placed } from "../ui/frame";
import { useIcon, writeClipboard } from "../ui/tool";
import type { DeepLinkButtonProps, LoginButtonProps } from "../wire/generated/components";
import { Button } from "./button";

const COPIED_MS = 2000;

/** Copies a link under which the app has the values of now. */
export function DeepLinkButton({ block }: ViewProps) {
  const { value, copied_value, variant, size, interactive, link } = propsOf<DeepLinkButtonProps>(block);
  const [isCopied, setCopied] = useState(false);
  const source = useIcon(block);
  const copy = async () => {
    block.trigger("click");
    try {
      const address = new URL(location.href);
      address.searchParams.set("deep_link", String(await block.app.call(block, "deep_link", [])));
      await writeClipboard(address.href);
      setCopied(true);
      setTimeout(() => setCopied(false), COPIED_MS);
    } catch (error) {
      block.app.toast("error", "No link was copied", error instanceof Error ? error.message : String(error));
    }
  };
  if (link) return <Button block={block} />;
  const why = block.app.isInline ? "Only an app with a page of its own has a link" : undefined;
  return (
    <button
      {...placed(block, `nb-button ${variant} ${size}`)}
      type="button"
      disabled={!interactive || block.app.isInline}
      title={why}
      onClick={() => void copy()}
    >
      {source && <img class="nb-button-icon" src={source} alt="" />}
      <span aria-live="polite">{isCopied ? copied_value : value}</span>
    </button>
  );
}

/** Logs out who is logged in; says why nobody else can be. */
export function LoginButton({ block }: ViewProps) {
  const { value, logout_value, variant, size, interactive, link } = propsOf<LoginButtonProps>(block);
  const source = useIcon(block);
  const user = block.app.user;
  const press = () => {
    block.trigger("click");
    if (user) location.href = "logout";
    else
      block.app.toast(
        "info",
        "No sign-in",
        "This app asks nobody to sign in; its author can ask with launch(auth=…).",
      );
  };
  if (link) return <Button block={block} />;
  return (
    <button
      {...placed(block, `nb-button ${variant} ${size}`)}
      type="button"
      disabled={!interactive}
      onClick={press}
    >
      {source && <img class="nb-button-icon" src={source} alt="" />}
      <span>{user ? logout_value.replace("{}", user) : value}</span>
    </button>
  );
}
