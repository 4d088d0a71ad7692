/** A date, with the time of day or without: typed, or picked in the browser's own calendar. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { propsOf, type ViewProps } from "../model";
import { controlId, described, Frame } from "../ui/frame";
import { Tool } from "../ui/tool";
import type { DateTimeProps } from "../wire/generated/components";

export function DateTime({ block }: ViewProps) {
  const { value, include_time, interactive } = propsOf<DateTimeProps>(block);
  const field = useRef<HTMLInputElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  useLayoutEffect(() => {
    if (field.current) field.current.value = value ?? "";
    setWrong(false);
  }, [value]);

  /** Takes the text if it means a moment; says so otherwise, and leaves the last one. */
  const commit = (): boolean => {
    const input = field.current;
    if (!input || !interactive) return false;
    const text = input.value.trim();
    const read = text === "" ? null : normalized(text, include_time);
    setWrong(read === undefined);
    if (read === undefined) return false;
    input.value = read ?? "";
    block.edit({ value: read });
    return true;
  };
  const pick = () => {
    const input = picker.current;
    if (!input) return;
    input.value = forPicker(value, include_time);
    input.showPicker();
  };
  const { "aria-describedby": info, ...name } = described(block);
  const shape = include_time ? "2030-12-31 23:59:00" : "2030-12-31";
  const errorId = `nb-error-${block.id}`;
  return (
    <Frame block={block} control={controlId(block)}>
      <div class="nb-date">
        <input
          {...name}
          ref={field}
          id={controlId(block)}
          class="nb-input time"
          type="text"
          spellcheck={false}
          placeholder={include_time ? "YYYY-MM-DD HH:MM:SS" : "YYYY-MM-DD"}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? errorId : info}
          readOnly={!interactive}
          onInput={() => setWrong(false)}
          onChange={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter" && commit()) block.trigger("submit");
          }}
        />
        {interactive && (
          <>
            <Tool icon="calendar" name="Pick a date" run={pick} />
            <input
              ref={picker}
              class="nb-date-picker"
              type={include_time ? "datetime-local" : "date"}
              step={include_time ? 1 : undefined}
              tabIndex={-1}
              aria-hidden="true"
              onInput={(event) => {
                const picked = event.currentTarget.value;
                block.edit({ value: picked === "" ? null : (normalized(picked, include_time) ?? null) });
              }}
            />
          </>
        )}
      </div>
      {isWrong && (
        <div class="nb-message" id={errorId} role="alert">
          {`Write it as ${shape}, or as now - 5m.`}
        </div>
      )}
    </Frame>
  );
}

const RELATIVE = /^now\s*(-\s*\d+\s*[smhd])?$/;
const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;

/** A moment as the session reads it; undefined when the text means none. */
export function normalized(text: string, hasTime: boolean): string | undefined {
  if (RELATIVE.test(text)) return text;
  const parts = MOMENT.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > days || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const two = (number: number) => String(number).padStart(2, "0");
  const date = `${parts[1]}-${two(month)}-${two(day)}`;
  return hasTime ? `${date} ${two(hour)}:${two(minute)}:${two(second)}` : date;
}

/** The value as the browser's own field takes it; empty for one that is relative. */
function forPicker(value: string | null, hasTime: boolean): string {
  const read = value && !RELATIVE.test(value) ? normalized(value, hasTime) : undefined;
  return read?.replace(" ", "T") ?? "";
}
