/** Pictures and films in a grid, each of them to be seen large. */

import { Archive, ChevronLeft, ChevronRight, Plus, Share2, ZoomIn, ZoomOut } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isLost } from "../files";
import { t } from "../i18n";
import { type Block, propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { download } from "../ui/download";
import { useFileUrl } from "../ui/fileurl";
import { controlId, Frame, groupName, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { GalleryItemJSON, GalleryProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { GlyphTool } from "./glyphs";
import { pictureFromClipboard, toggleFullscreen } from "./pictures";
import { canShare, share } from "./share";
import { accepted, suits, UploadBar, useDrop, useUploads } from "./uploads";
import { Webcam } from "./webcam";
import { useZoom } from "./zoom";

const fileOf = (item: GalleryItemJSON): FileData => (item.video ?? item.image) as FileData;
const isFilm = (item: GalleryItemJSON) => item.video != null;

function nameOf(item: GalleryItemJSON, index: number): string {
  return item.caption || fileOf(item).orig_name || `${isFilm(item) ? t("Film") : t("Picture")} ${index + 1}`;
}

/** Whether an element has come near the visible part of the page. */
function useSeen(element: { current: Element | null }): boolean {
  const [isSeen, setSeen] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (isSeen || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: "300px" },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return isSeen;
}

/** One of them, small, named by the button it stands in: fetched when it comes into sight. */
function Small({ block, item, fit }: { block: Block; item: GalleryItemJSON; fit?: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const url = useFileUrl(block, fileOf(item), useSeen(place));
  return (
    <span ref={place} class="nb-thumb-place">
      {url &&
        (isFilm(item) ? (
          <video src={url} muted preload="metadata" playsInline style={{ objectFit: fit }} />
        ) : (
          <img src={url} alt="" draggable={false} style={{ objectFit: fit }} />
        ))}
    </span>
  );
}

function Large({ block, item, index }: { block: Block; item: GalleryItemJSON; index: number }) {
  const url = useFileUrl(block, fileOf(item));
  const zoom = useZoom();
  if (!url) return <div class="nb-large" tabIndex={-1} />;
  if (isFilm(item)) {
    return (
      <div class="nb-large" tabIndex={-1}>
        {/* biome-ignore lint/a11y/useMediaCaption: its author gave none */}
        <video src={url} controls playsInline />
      </div>
    );
  }
  return (
    <div class="nb-large" tabIndex={-1} {...zoom.handlers}>
      <img src={url} alt={nameOf(item, index)} draggable={false} style={zoom.style} />
      <div class="nb-zoom-tools">
        <GlyphTool of={ZoomOut} name="Zoom out" run={zoom.away} disabled={zoom.scale === 1} />
        <GlyphTool of={ZoomIn} name="Zoom in" run={zoom.closer} />
      </div>
    </div>
  );
}

export function Gallery({ block }: ViewProps) {
  const props = propsOf<GalleryProps>(block);
  const { interactive, allow_preview, sources } = props;
  const items = (props.value ?? []) as GalleryItemJSON[];
  const stage = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const takesFocus = useRef(false);
  const [isFilming, setFilming] = useState(false);
  const [isPacking, setPacking] = useState(false);
  const { progress, send } = useUploads(block);
  const index =
    props.selected_index !== null && items.length > 0
      ? Math.min(Math.max(props.selected_index, 0), items.length - 1)
      : null;
  const shown = index === null ? undefined : items[index];
  const isOpen = allow_preview && shown !== undefined;
  const kinds = props.file_types ?? ["image", "video"];

  useEffect(() => {
    // it starts large when its author said so, and whenever other pictures come
    if (props.preview && allow_preview && block.props.peek().selected_index === null && items.length > 0) {
      block.edit({ selected_index: 0 });
    }
  }, [props.value, props.preview]);

  const choose = (at: number, opens = true) => {
    const item = items[at];
    if (!item) return;
    if (opens && allow_preview && !isOpen) {
      takesFocus.current = true;
      block.trigger("preview_open");
    }
    block.edit({ selected_index: at });
    block.trigger("select", { index: at, value: item, selected: true });
  };
  const close = () => {
    const before = index;
    block.edit({ selected_index: null });
    block.trigger("preview_close");
    requestAnimationFrame(() =>
      stage.current?.querySelectorAll<HTMLElement>(".nb-thumb")[before ?? 0]?.focus(),
    );
  };
  const take = (given: File[]) => {
    const files = given.filter((file) => suits(file, kinds));
    if (files.length < given.length) {
      block.app.toast("error", "That is not taken here", "Pictures and films are, of the right kind.");
    }
    void send(files, (made) => {
      const added = made.map((file) =>
        file.mime_type?.startsWith("video/")
          ? { video: file, caption: null }
          : { image: file, caption: null },
      );
      block.edit({ value: [...((block.props.peek().value as GalleryItemJSON[] | null) ?? []), ...added] });
      block.trigger("upload", block.props.peek().value);
    });
  };
  const remove = (at: number) => {
    const rest = items.filter((_, other) => other !== at);
    const next = rest.length === 0 || index === null ? null : Math.min(index, rest.length - 1);
    block.edit({ value: rest, selected_index: next });
    block.trigger("delete", { file: fileOf(items[at] as GalleryItemJSON), index: at });
  };
  const paste = async () => {
    try {
      take([await pictureFromClipboard()]);
    } catch (error) {
      block.app.toast("error", "Nothing was pasted from the clipboard", (error as Error).message);
    }
  };
  const downloadAll = async () => {
    setPacking(true);
    try {
      const { downloadZip } = await import("client-zip");
      const there = items.filter((item) => !isLost(fileOf(item)));
      const names = uniqueNames(there);
      const files = await Promise.all(
        there.map(async (item, at) => ({
          name: names[at] as string,
          input: await fetch(await block.app.fileUrl(fileOf(item))),
        })),
      );
      const url = URL.createObjectURL(await downloadZip(files).blob());
      download(url, "gallery.zip");
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      block.app.toast("error", "The pictures cannot be downloaded", (error as Error).message);
    } finally {
      setPacking(false);
    }
  };
  const canUpload = interactive && sources.includes("upload");
  const canPaste = interactive && sources.includes("clipboard");
  const canFilm = interactive && sources.includes("webcam");
  const { isOver, handlers } = useDrop(canUpload || canPaste, take);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen || index === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as HTMLElement).closest("video")) return;
    const to = {
      ArrowLeft: (index - 1 + items.length) % items.length,
      ArrowRight: (index + 1) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (to !== undefined) {
      takesFocus.current = (event.target as HTMLElement).closest(".nb-large") !== null;
      choose(to, false);
    } else if (event.key === "Escape" && !document.fullscreenElement) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** In the grid, arrows go from one to the next. */
  const onGridKey = (event: KeyboardEvent) => {
    const thumbs = [...(stage.current?.querySelectorAll<HTMLElement>(".nb-thumb") ?? [])];
    const here = thumbs.indexOf((event.target as HTMLElement).closest(".nb-thumb") as HTMLElement);
    if (here < 0) return;
    const across = columns;
    const to = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here - across,
      ArrowDown: here + across,
      Home: 0,
      End: thumbs.length - 1,
    }[event.key];
    if (to === undefined || !thumbs[to]) return;
    event.preventDefault();
    thumbs[to]?.focus();
  };
  useLayoutEffect(() => {
    // the one that is shown stands in the strip, and has the keys once it was opened: before the next key comes
    if (!isOpen) return;
    const strip = stage.current?.querySelector(".nb-strip");
    strip?.querySelector(".nb-current")?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
    const large = stage.current?.querySelector<HTMLElement>(".nb-large");
    if (takesFocus.current) large?.focus({ preventScroll: true });
    takesFocus.current = false;
  }, [isOpen, index]);

  const isThere = shown && !isLost(fileOf(shown));
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const columns = Math.max(
    1,
    props.fit_columns ? Math.min(props.columns ?? 2, items.length || 1) : (props.columns ?? 2),
  );
  const input = canUpload && (
    <input
      ref={picker}
      id={controlId(block)}
      data-testid="file-upload"
      class="nb-file-input"
      type="file"
      multiple
      accept={accepted(kinds)}
      aria-label={labelOf(block)}
      tabIndex={items.length > 0 ? -1 : undefined}
      onChange={(event) => {
        take([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = "";
      }}
    />
  );
  return (
    <Frame
      block={block}
      control={items.length === 0 && canUpload ? controlId(block) : undefined}
      toolbar={
        items.length > 0 && (
          <>
            {canUpload && <GlyphTool of={Plus} name="Add pictures" run={() => picker.current?.click()} />}
            {canFilm && <Tool icon="camera" name="Camera" run={() => setFilming(true)} />}
            {canPaste && <Tool icon="paste" name="Paste" run={() => void paste()} />}
            {isThere && shows("share") && canShare() && (
              <GlyphTool of={Share2} name="Share" run={() => void share(block, fileOf(shown))} />
            )}
            {isThere && shows("download") && (
              <Tool icon="download" name="Download" run={() => void block.app.download(fileOf(shown))} />
            )}
            {shows("download_all") && (
              <GlyphTool
                of={Archive}
                name="Download all"
                run={() => void downloadAll()}
                disabled={isPacking}
              />
            )}
            {shows("fullscreen") && (
              <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
            )}
            {interactive && isOpen && index !== null && (
              <Tool icon="clear" name="Take this one away" run={() => remove(index)} />
            )}
            {isOpen && <Tool icon="close" name="Close" run={close} />}
          </>
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping, pasting and arrows are further ways to what its buttons do */}
      <div
        ref={stage}
        class={`nb-gallery-stage ${props.height ? "nb-sized" : ""} ${isOver ? "nb-over" : ""} ${isOpen ? "nb-previewing" : ""}`}
        style={{
          "--nb-height": length(props.height),
          "--nb-columns": columns,
          "--nb-rows": props.rows ?? undefined,
          "--nb-fit": props.object_fit ?? undefined,
        }}
        data-rows={props.rows !== null && !props.height ? "" : undefined}
        {...handlers}
        onKeyDown={onKeyDown}
      >
        {isFilming ? (
          <Webcam
            options={{ mirror: true, constraints: null }}
            stream_every={null}
            take={async (picture) => take([picture])}
            close={() => setFilming(false)}
          />
        ) : items.length === 0 ? (
          <Empty
            label={labelOf(block)}
            input={input}
            id={controlId(block)}
            film={canFilm ? () => setFilming(true) : undefined}
            paste={canPaste ? () => void paste() : undefined}
          />
        ) : (
          <>
            {isOpen && index !== null && (
              <div
                class="nb-preview"
                role="group"
                aria-label={`${labelOf(block)}: ${index + 1} of ${items.length}`}
              >
                <div class="nb-preview-main">
                  <Large key={`${fileOf(shown).path}-${index}`} block={block} item={shown} index={index} />
                  {items.length > 1 && (
                    <>
                      <div class="nb-turn nb-before">
                        <GlyphTool
                          of={ChevronLeft}
                          name="Previous"
                          run={() => choose((index - 1 + items.length) % items.length, false)}
                        />
                      </div>
                      <div class="nb-turn nb-after">
                        <GlyphTool
                          of={ChevronRight}
                          name="Next"
                          run={() => choose((index + 1) % items.length, false)}
                        />
                      </div>
                    </>
                  )}
                </div>
                {shown.caption && <div class="nb-caption-large">{shown.caption}</div>}
                {items.length > 1 && (
                  <div class="nb-strip">
                    {items.map((item, at) => (
                      <button
                        key={`${fileOf(item).path}-${at}`}
                        type="button"
                        class={`nb-strip-item ${at === index ? "nb-current" : ""}`}
                        aria-label={nameOf(item, at)}
                        aria-current={at === index || undefined}
                        onClick={() => choose(at, false)}
                      >
                        <Small block={block} item={item} fit="cover" />
                      </button>
                    ))}
                  </div>
                )}
              </div>
            )}
            {!isOpen && (
              <ul class="nb-gallery-grid" {...groupName(block)} onKeyDown={onGridKey}>
                {items.map((item, at) => (
                  <li key={`${fileOf(item).path}-${at}`} class="nb-cell">
                    <button
                      type="button"
                      class={`nb-thumb thumbnail-item ${at === index ? "selected" : ""}`}
                      aria-label={nameOf(item, at)}
                      aria-pressed={allow_preview ? undefined : at === index}
                      onClick={() => choose(at)}
                    >
                      <Small block={block} item={item} fit={props.object_fit ?? undefined} />
                      {item.caption && <span class="nb-gallery-caption caption-label">{item.caption}</span>}
                    </button>
                    {interactive && (
                      <div class="nb-cell-tool">
                        <Tool icon="close" name={`Take away ${nameOf(item, at)}`} run={() => remove(at)} />
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            )}
            {input}
          </>
        )}
        <UploadBar progress={progress} />
      </div>
    </Frame>
  );
}

interface EmptyProps {
  label: string;
  id: string;
  input: preact.ComponentChildren;
  film?: () => void;
  paste?: () => void;
}

function Empty({ label, id, input, film, paste }: EmptyProps) {
  if (!input && !film && !paste) {
    return (
      <div class="nb-empty" role="img" aria-label={`${label}: empty`}>
        <Icon name="image" size={20} />
      </div>
    );
  }
  return (
    <>
      {input && (
        <label class="nb-drop" for={id}>
          <Icon name="upload" size={20} />
          <span>{t("Drop pictures or films here, or click to choose them")}</span>
          {input}
        </label>
      )}
      {(film || paste) && (
        <div class="nb-sources">
          {film && (
            <button type="button" class="nb-button sm" onClick={film}>
              <Icon name="camera" />
              {t("Camera")}
            </button>
          )}
          {paste && (
            <button type="button" class="nb-button sm" onClick={paste}>
              <Icon name="paste" />
              {t("Paste")}
            </button>
          )}
        </div>
      )}
    </>
  );
}

/** Names in an archive: two files of one name would be one. */
function uniqueNames(items: GalleryItemJSON[]): string[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const name = (fileOf(item).orig_name ?? `${index + 1}`).replace(/[\\/]/g, "_");
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const dot = name.lastIndexOf(".");
    if (count === 1) return name;
    return dot > 0 ? `${name.slice(0, dot)}-${count}${name.slice(dot)}` : `${name}-${count}`;
  });
}
