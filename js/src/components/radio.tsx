/** One of several choices, all in view. */

import { propsOf, type ViewProps } from "../model";
import { Frame, groupName } from "../ui/frame";
import type { RadioProps } from "../wire/generated/components";

export function Radio({ block }: ViewProps) {
  const { choices, value, rtl, interactive } = propsOf<RadioProps>(block);
  return (
    <Frame block={block}>
      <div
        {...groupName(block)}
        class="nb-options wrap"
        role="radiogroup"
        aria-disabled={!interactive || undefined}
        dir={rtl ? "rtl" : undefined}
      >
        {choices.map(([name, one], index) => (
          <label
            key={index}
            class={one === value ? "nb-check nb-option selected" : "nb-check nb-option"}
            data-testid={`${name}-radio-label`}
          >
            <input
              type="radio"
              name={`nb-radio-${block.id}`}
              value={String(one)}
              checked={one === value}
              disabled={!interactive}
              onChange={() => {
                block.edit({ value: one });
                block.trigger("select", { index, value: one, selected: true });
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </Frame>
  );
}
