/** The runs that the browser has, to be looked at, put back and deleted. Values stand as text, files as media. */

import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import type { Block } from "../model";
import type { KeptValue, Opened } from "./recorder";
import { filesIn, forget, isFile, remove, runsOf, type StoredRun } from "./store";

const MAX_SHOWN = 20_000;

/** Opens the dialog; over when it is closed. */
export async function open({ scope, block, root, emptied }: Opened): Promise<void> {
  const runs = await runsOf(scope);
  const place = document.createElement("div");
  root.append(place);
  await new Promise<void>((closed) => {
    const clear = () => forget(scope).then(emptied);
    const drop = async (run: StoredRun, isLast: boolean) => {
      await remove([run.id]);
      if (isLast) emptied();
    };
    const back = (run: StoredRun) => putBack(run, block);
    render(<Runs runs={runs} drop={drop} clear={clear} back={back} closed={closed} />, place);
    if (runs.length === 0) emptied();
  });
  render(null, place);
  place.remove();
}

/** Gives a run's inputs to their components, as far as a person may edit them; how many that were. */
export async function putBack(run: StoredRun, block: Opened["block"]): Promise<number> {
  let count = 0;
  for (const kept of run.inputs) {
    const found = block(kept.block);
    const props = found?.props.peek();
    if (!found || found.type !== kept.type || kept.left_out) continue;
    if (props?.interactive !== true || props.visible === false) continue;
    const value = await renewed(kept.value, run, found);
    if (value === undefined) continue;
    found.edit({ value }, true);
    count += 1;
  }
  return count;
}

/** A value whose files this session has; undefined: their bytes were not kept. */
async function renewed(value: unknown, run: StoredRun, block: Block): Promise<unknown> {
  const sent = new Map<string, unknown>();
  for (const file of filesIn(value)) {
    const held = run.files[file.path];
    if (!held) return undefined;
    const again = new File([held.blob], held.name, { type: held.blob.type });
    if (!sent.has(file.path)) sent.set(file.path, await block.app.upload(block, again, () => {}));
  }
  const replaced = (part: unknown): unknown => {
    if (isFile(part)) return sent.get(part.path);
    if (Array.isArray(part)) return part.map(replaced);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, replaced(one)]));
  };
  return replaced(value);
}

interface RunsProps {
  runs: StoredRun[];
  drop: (run: StoredRun, isLast: boolean) => Promise<void>;
  clear: () => Promise<void>;
  back: (run: StoredRun) => Promise<number>;
  closed: () => void;
}

export function Runs({ runs: given, drop, clear, back, closed }: RunsProps) {
  const [runs, setRuns] = useState(given);
  const [said, say] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  /** What had the focus goes: it moves to the dialog's own close button. */
  const refocus = () => dialog.current?.querySelector<HTMLElement>(".nb-runs-close")?.focus();
  const dropOne = async (run: StoredRun) => {
    const left = runs.filter(({ id }) => id !== run.id);
    await drop(run, left.length === 0);
    setRuns(left);
    say(t("Deleted"));
    refocus();
  };
  const dropAll = async () => {
    await clear();
    setRuns([]);
    say(t("Deleted"));
    refocus();
  };
  const putIn = async (run: StoredRun) => {
    try {
      if ((await back(run)) > 0) return dialog.current?.close();
      say(t("Nothing of this run can be put back"));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <dialog ref={dialog} class="nb-runs" aria-labelledby="nb-runs-title" onClose={closed}>
      <header>
        <h2 id="nb-runs-title">{t("Runs")}</h2>
        <button type="button" class="nb-button nb-runs-close" onClick={() => dialog.current?.close()}>
          {t("Close")}
        </button>
      </header>
      <p>{t("They are kept in this browser, and nowhere else.")}</p>
      <p role="status">{said}</p>
      {runs.length === 0 ? (
        <p>{t("Nothing yet")}</p>
      ) : (
        <>
          <ul>
            {runs.map((run) => (
              <li key={run.id}>
                <One run={run} drop={dropOne} putIn={putIn} />
              </li>
            ))}
          </ul>
          <button type="button" class="nb-button" onClick={() => void dropAll()}>
            {t("Delete all")}
          </button>
        </>
      )}
    </dialog>
  );
}

const STATES = { done: "done", failed: "Error", cancelled: "cancelled" };

interface OneProps {
  run: StoredRun;
  drop: (run: StoredRun) => Promise<void>;
  putIn: (run: StoredRun) => Promise<void>;
}

function One({ run, drop, putIn }: OneProps) {
  const [isOpen, setOpen] = useState(false);
  const when = new Date(run.at_ms);
  return (
    <details onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>
        <strong>{run.name || t("Run")}</strong>{" "}
        <time dateTime={when.toISOString()}>{when.toLocaleString()}</time>{" "}
        <span>
          {t(STATES[run.status])}, {run.time_s.toFixed(1)} s
        </span>
      </summary>
      {isOpen && (
        <>
          {run.message && <p class="nb-runs-error">{run.message.replace(/<[^>]*>/g, "")}</p>}
          <Values title={t("Inputs")} values={run.inputs} files={run.files} />
          <Values title={t("Outputs")} values={run.outputs} files={run.files} />
          <div class="nb-runs-tools">
            <button type="button" class="nb-button" onClick={() => void putIn(run)}>
              {t("Put back")}
            </button>
            <button type="button" class="nb-button" onClick={() => void drop(run)}>
              {t("Delete")}
            </button>
          </div>
        </>
      )}
    </details>
  );
}

interface ValuesProps {
  title: string;
  values: KeptValue[];
  files: StoredRun["files"];
}

function Values({ title, values, files }: ValuesProps) {
  if (values.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {values.map((kept, index) => (
          <div key={index}>
            <dt>{kept.label}</dt>
            <dd>
              <Value kept={kept} files={files} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ kept: { value, left_out }, files }: { kept: KeptValue; files: StoredRun["files"] }) {
  if (left_out) return <em>{t(left_out === "secret" ? "A secret is not kept" : "Too large to be kept")}</em>;
  const named = filesIn(value);
  if (named.length === 0) return <Text value={value} />;
  return (
    <>
      {named.map((file, index) => {
        const held = files[file.path];
        const name = held?.name ?? String(file.orig_name ?? "file");
        return held ? <Media key={index} name={name} blob={held.blob} /> : <em key={index}>{name}</em>;
      })}
    </>
  );
}

function Text({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === "") return <em>{t("Empty")}</em>;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  return <pre tabIndex={0}>{text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}</pre>;
}

/** Kinds of files that a browser shows without running anything in them. */
const MEDIA = /^(image|audio|video)\//;

function Media({ name, blob }: { name: string; blob: Blob }) {
  const address = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  const kind = MEDIA.exec(blob.type)?.[1];
  if (kind === "image") return <img src={address} alt={name} />;
  // biome-ignore lint/a11y/useMediaCaption: what was made has none
  if (kind === "audio") return <audio src={address} controls aria-label={name} />;
  // biome-ignore lint/a11y/useMediaCaption: what was made has none
  if (kind === "video") return <video src={address} controls aria-label={name} />;
  return (
    <a href={address} download={name}>
      {name}
    </a>
  );
}
