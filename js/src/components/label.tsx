/** The likeliest classes, a bar each. */

import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { Frame } from "../ui/frame";
import type { LabelProps } from "../wire/generated/components";

export function Label({ block }: ViewProps) {
  const { value, color, show_heading } = propsOf<LabelProps>(block);
  const label = value?.label ?? null;
  const classes = value?.confidences ?? [];
  const hasHeading = label !== null && (show_heading || classes.length === 0);
  return (
    <Frame block={block}>
      <div class="nb-classes" data-testid="label">
        {hasHeading && (
          <div
            class={`nb-class-heading output-class ${color ? "nb-coloured" : ""}`}
            style={color ? { "--nb-mark": color } : undefined}
            data-testid="label-output-value"
          >
            {String(label)}
          </div>
        )}
        {label === null && <div class="nb-nothing">{t("Nothing yet")}</div>}
        {classes.map(({ label: name, confidence }, index) => (
          <button
            key={index}
            type="button"
            class="nb-class confidence-set group"
            data-testid={`${name}-confidence-set`}
            onClick={() => block.trigger("select", { index, value: name })}
          >
            <span class="nb-class-name label">{String(name)}</span>
            <span class="nb-class-percent confidence">{percent(confidence)}</span>
            <span class="nb-bar bar">
              <span style={{ width: `${100 * Math.min(1, Math.max(0, confidence ?? 0))}%` }} />
            </span>
          </button>
        ))}
      </div>
    </Frame>
  );
}

/** What is there but less than half a percent is not called nothing. */
function percent(confidence: number | null): string {
  if (confidence === null) return "–";
  if (confidence > 0 && confidence < 0.005) return "<1%";
  return `${Math.round(confidence * 100)}%`;
}
