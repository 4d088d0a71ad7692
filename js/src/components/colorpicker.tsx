/** A colour: the browser's own picker, and its text. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame, labelOf } from "../ui/frame";
import type { ColorPickerProps } from "../wire/generated/components";

export function ColorPicker({ block }: ViewProps) {
  const { value, interactive } = propsOf<ColorPickerProps>(block);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (field.current && field.current.value !== (value ?? "")) field.current.value = value ?? "";
  }, [value]);
  const commit = (text: string) => block.edit({ value: text.trim() === "" ? null : text.trim() });
  const shared = {
    onFocus: () => block.trigger("focus"),
    onBlur: () => block.trigger("blur"),
  };
  return (
    <Frame block={block} control={controlId(block)}>
      <div class="nb-color">
        <input
          {...described(block)}
          {...shared}
          id={controlId(block)}
          class="nb-swatch"
          type="color"
          value={toHex(value ?? "") ?? "#000000"}
          disabled={!interactive}
          onInput={(event) => block.edit({ value: event.currentTarget.value })}
          // the browser's `change` comes once, when the picker is left
          onChange={() => block.trigger("release", block.value)}
        />
        <input
          {...shared}
          ref={field}
          class="nb-input nb-color-text"
          type="text"
          spellcheck={false}
          aria-label={`${labelOf(block)} as text`}
          placeholder="#rrggbb"
          readOnly={!interactive}
          onInput={(event) => toHex(event.currentTarget.value) && commit(event.currentTarget.value)}
          onChange={(event) => commit(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !interactive) return;
            commit(event.currentTarget.value);
            block.trigger("submit");
          }}
        />
      </div>
    </Frame>
  );
}

/** A colour as `#rrggbb`, which is all that the browser's picker takes; null when the text is none. */
export function toHex(text: string): string | null {
  const color = text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3,8})$/.exec(color)?.[1];
  if (hex && [3, 4, 6, 8].includes(hex.length)) {
    const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return `#${long.slice(0, 6)}`;
  }
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)\s*([,/].*)?\)$/.exec(color);
  if (!parts) return null;
  const byte = (part: string | undefined) =>
    Math.round(Math.min(255, Number(part)))
      .toString(16)
      .padStart(2, "0");
  return `#${byte(parts[1])}${byte(parts[2])}${byte(parts[3])}`;
}
