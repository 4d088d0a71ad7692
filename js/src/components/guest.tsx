/** Another widget. In a notebook it stands in the page itself, where its styles are, and is seen through a slot. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Guest, propsOf, type ViewProps } from "../model";
import { Frame } from "../ui/frame";
import type { WidgetProps } from "../wire/generated/components";
import { pageGuest } from "./pageguest";

let made = 0;

const isPlain = (value: unknown) => {
  try {
    return (
      value !== undefined &&
      JSON.stringify(value) !== undefined &&
      !(value as { model_id?: string })?.model_id
    );
  } catch {
    return false;
  }
};

export function GuestWidget({ block }: ViewProps) {
  const { value, trait, container, show_label, label, interactive } = propsOf<WidgetProps>(block);
  const place = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState("");
  const reference = value?.model;
  useEffect(() => {
    const element = place.current;
    if (!element || !reference) return;
    let isGone = false;
    const ends: (() => void)[] = [];
    const enter = async () => {
      const guest = await (block.app.guests?.(reference) ?? pageGuest(block, reference));
      if (isGone) return;
      const holder = document.createElement("div");
      const root = element.getRootNode();
      if (root instanceof ShadowRoot) {
        made += 1;
        holder.slot = `nb-guest-${made}`;
        const slot = document.createElement("slot");
        slot.name = holder.slot;
        element.replaceChildren(slot);
        root.host.append(holder);
      } else element.replaceChildren(holder);
      ends.push(() => holder.remove());
      if (guest.set) {
        // on a page the model is the page's own: it follows what the session says
        const obey = (props: WidgetProps) => {
          const data = props.value?.model === reference ? props.value.data : null;
          if (data !== null && JSON.stringify(data) !== JSON.stringify(guest.get(trait)))
            guest.set?.(trait, data);
        };
        ends.push(block.props.subscribe((props) => obey(props as unknown as WidgetProps)));
      }
      const leave = await guest.showIn(holder);
      ends.unshift(leave);
      ends.unshift(guest.watch(trait, () => follow(guest)));
      if (isGone) for (const end of ends) end();
      else setFailure("");
    };
    const follow = (guest: Guest) => {
      const now = guest.get(trait);
      const known = (block.props.peek().value as WidgetProps["value"])?.data;
      const data = isPlain(now) ? now : null;
      if (data === null || JSON.stringify(data) !== JSON.stringify(known)) {
        block.edit({ value: { model: reference, data } });
      }
    };
    enter().catch((error: Error) => setFailure(error.message));
    return () => {
      isGone = true;
      for (const end of ends) end();
      element.replaceChildren();
    };
  }, [reference, trait]);
  return (
    <Frame
      block={block}
      hasLabel={Boolean(label) && show_label !== false}
      kind={container ? "nb-padded" : ""}
    >
      <div ref={place} class="nb-guest" inert={!interactive} />
      {failure && (
        <div class="nb-nothing" role="note">
          {`This widget cannot be shown here: ${failure}`}
        </div>
      )}
    </Frame>
  );
}
