/** A button that runs something; ClearButton and the like are the same to a page. */

import { propsOf, type ViewProps } from "../model";
import { placed } from "../ui/frame";
import { useIcon } from "../ui/tool";
import type { ButtonProps } from "../wire/generated/components";

/** Addresses that a click may open: no scripts. */
function safeLink(link: string | null): string | undefined {
  if (!link) return undefined;
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(link)?.[1]?.toLowerCase();
  return scheme === undefined || ["http", "https", "mailto", "tel"].includes(scheme) ? link : undefined;
}

export function Button({ block }: ViewProps) {
  const { value, variant, size, link, link_target, interactive } = propsOf<ButtonProps>(block);
  const source = useIcon(block);
  const attributes = {
    ...placed(block, `nb-button ${variant} ${size}`),
    "aria-busy": undefined,
    children: [
      source && <img key="icon" class="nb-button-icon" src={source} alt="" />,
      <span key="caption">{value}</span>,
    ],
  };
  const href = safeLink(link);
  if (href && interactive) {
    return (
      <a
        {...attributes}
        href={href}
        target={link_target}
        rel="noopener noreferrer"
        onClick={() => block.trigger("click")}
      />
    );
  }
  return (
    <button {...attributes} type="button" disabled={!interactive} onClick={() => block.trigger("click")} />
  );
}
