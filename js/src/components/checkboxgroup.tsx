/** Several of several choices, all in view. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { Frame, groupName } from "../ui/frame";
import type { CheckboxGroupProps } from "../wire/generated/components";
import type { Choice } from "./choices";

export function CheckboxGroup({ block }: ViewProps) {
  const { choices, value, show_select_all, interactive } = propsOf<CheckboxGroupProps>(block);
  const ticked = value ?? [];
  const tick = (index: number, one: Choice, isTicked: boolean) => {
    block.edit({ value: isTicked ? [...ticked, one] : ticked.filter((other) => other !== one) });
    block.trigger("select", { index, value: one, selected: isTicked });
  };
  return (
    <Frame block={block}>
      <div {...groupName(block)} class="nb-options wrap" role="group">
        {show_select_all && (
          <SelectAll
            isAll={choices.length > 0 && choices.every(([, one]) => ticked.includes(one))}
            isNone={ticked.length === 0}
            isDisabled={!interactive}
            choose={(all) => block.edit({ value: all ? choices.map(([, one]) => one) : [] })}
          />
        )}
        {choices.map(([name, one], index) => (
          <label
            key={index}
            class={ticked.includes(one) ? "nb-check nb-option selected" : "nb-check nb-option"}
          >
            <input
              type="checkbox"
              name={String(one)}
              checked={ticked.includes(one)}
              disabled={!interactive}
              onChange={(event) => tick(index, one, event.currentTarget.checked)}
              onKeyDown={(event) => {
                if (event.key === "Enter") event.currentTarget.click();
              }}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </Frame>
  );
}

interface SelectAllProps {
  isAll: boolean;
  isNone: boolean;
  isDisabled: boolean;
  choose: (all: boolean) => void;
}

/** Ticks all, or none; half ticked while it is some. */
function SelectAll({ isAll, isNone, isDisabled, choose }: SelectAllProps) {
  const ref = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (ref.current) ref.current.indeterminate = !isAll && !isNone;
  });
  return (
    <label class="nb-check nb-option nb-select-all">
      <input
        ref={ref}
        type="checkbox"
        checked={isAll}
        disabled={isDisabled}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <span>{t("Select all")}</span>
    </label>
  );
}
