/** What an output shows while a handler runs: a line at its top edge, time, place in the queue, bars. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import type { Status } from "../model";
import type { ProgressBar } from "../wire/messages";

const TIME_AFTER_S = 1;

function fraction({ progress, index, length }: ProgressBar): number | null {
  if (progress !== null) return Math.min(1, Math.max(0, progress));
  if (index !== null && length) return Math.min(1, index / length);
  return null;
}

function words({ desc, index, length, unit, progress }: ProgressBar): string {
  const count = index !== null ? `${index}${length ? ` / ${length}` : ""}${unit ? ` ${unit}` : ""}` : "";
  const percent = index === null && progress !== null ? `${Math.round(progress * 100)} %` : "";
  return [desc, count || percent].filter(Boolean).join(" · ");
}

function place({ position, size, eta_s }: Status): string {
  const place = t("{n} of {all}", { n: position ?? 0, all: size ?? 0 });
  return eta_s
    ? `${place} · ${t("about {n} s", { n: eta_s < 1 ? eta_s.toFixed(1) : Math.round(eta_s) })}`
    : place;
}

/** Nothing moves: it lies over the block and takes no room. */
export function Progress({ status }: { status: Status }) {
  const [elapsed_s, setElapsed] = useState(0);
  useEffect(() => {
    const tick = setInterval(() => setElapsed((performance.now() - status.started_at) / 1000), 100);
    return () => clearInterval(tick);
  }, [status.started_at]);
  const isFull = status.detail === "full";
  const bars = isFull ? (status.bars ?? []) : [];
  const innermost = bars.at(-1);
  const done = innermost ? fraction(innermost) : null;
  return (
    <div class="nb-progress" role="status">
      {isFull && (
        <div class={`nb-progress-line ${done === null ? "nb-unknown" : ""}`}>
          <div style={done === null ? undefined : { transform: `scaleX(${done})` }} />
        </div>
      )}
      <div class="nb-progress-text">
        {isFull && status.state === "queued" && status.position !== undefined && <span>{place(status)}</span>}
        {bars.map((bar, index) => (
          <span key={index} class="nb-progress-bar">
            {words(bar)}
          </span>
        ))}
        {elapsed_s >= TIME_AFTER_S && <span class="nb-time">{elapsed_s.toFixed(1)} s</span>}
      </div>
    </div>
  );
}
