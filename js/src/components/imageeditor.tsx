/** A picture to draw on, in layers, to crop and to resize. */

import {
  Brush,
  Check,
  ChevronDown,
  ChevronUp,
  Crop,
  Eraser,
  Eye,
  EyeOff,
  Hand,
  Layers,
  Pipette,
  Plus,
  Redo2,
  Scaling,
  Share2,
  Trash2,
  Undo2,
  ZoomIn,
  ZoomOut,
} from "lucide";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { isLost } from "../files";
import { t } from "../i18n";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { useFileUrl } from "../ui/fileurl";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Icon } from "../ui/icon";
import { Tool } from "../ui/tool";
import type { BrushJSON, EditorJSON, EraserJSON, ImageEditorProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { type CropBox, CropFrame } from "./cropframe";
import { Drawing, fileOf, pictureAt, sizeOf } from "./drawing";
import { Glyph, GlyphTool } from "./glyphs";
import { pictureFromClipboard, toggleFullscreen } from "./pictures";
import { Placeholder } from "./placeholder";
import { canShare, share } from "./share";
import { suits, useDrop } from "./uploads";
import { Webcam } from "./webcam";

type Mode = "draw" | "erase" | "pan" | "crop" | "resize" | "pick";

const COMMIT_MS = 300;
const STAGE_PX = 420;
const AUTO_PART = 1 / 50;
const MOST_SCALE = 16;
const KEY_STEP = 10;

type Colour = string | [string, number];
const paint = (colour: Colour): [string, number] =>
  typeof colour === "string" ? [colour, 1] : [colour[0], colour[1]];

/** A CSS colour as a colour input takes it. */
function hexOf(colour: string): string {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return "#000000";
  context.fillStyle = colour;
  const made = String(context.fillStyle);
  if (made.startsWith("#")) return made;
  const parts = made.match(/[\d.]+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

export function ImageEditor({ block }: ViewProps) {
  const props = propsOf<ImageEditorProps>(block);
  return props.interactive ? <Editor block={block} /> : <Picture block={block} />;
}

/** Only shown: all of it as one. */
function Picture({ block }: ViewProps) {
  const props = propsOf<ImageEditorProps>(block);
  const value = props.value as EditorJSON | null;
  const file = (value?.composite ?? value?.background ?? null) as FileData | null;
  const url = useFileUrl(block, file);
  const stage = useRef<HTMLDivElement>(null);
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  return (
    <Frame
      block={block}
      toolbar={
        file &&
        url && (
          <>
            {shows("fullscreen") && (
              <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(stage.current)} />
            )}
            {shows("share") && canShare() && (
              <GlyphTool of={Share2} name="Share" run={() => void share(block, file)} />
            )}
            {shows("download") && (
              <Tool icon="download" name="Download" run={() => void block.app.download(file)} />
            )}
          </>
        )
      }
    >
      <div
        ref={stage}
        class="nb-image-stage"
        style={{ height: length(props.height), width: length(props.width) }}
      >
        {url ? (
          <img src={url} alt={labelOf(block)} />
        ) : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <Icon name="image" size={20} />
          </div>
        )}
      </div>
    </Frame>
  );
}

/** What the session has of a drawing, and at which versions: what did not change is not sent again. */
interface Sent {
  value: EditorJSON | null;
  background: number;
  layers: Map<number, { version: number; file: FileData }>;
}

function Editor({ block }: ViewProps) {
  const props = propsOf<ImageEditorProps>(block);
  const brush = props.brush as BrushJSON | false;
  const eraser = props.eraser as EraserJSON | false;
  const { layers: options, transforms, sources, fixed_canvas } = props;
  const canvasSize = props.canvas_size as [number, number];
  const [tick, setTick] = useState(0);
  const redraw = () => setTick((tick) => tick + 1);
  const [mode, setMode] = useState<Mode>(brush ? "draw" : "pan");
  const [colour, setColour] = useState<[string, number]>(
    brush ? paint(brush.default_color as Colour) : ["#000000", 1],
  );
  const [brushSize, setBrushSize] = useState<number | "auto">(brush ? brush.default_size : "auto");
  const [eraserSize, setEraserSize] = useState<number | "auto">(eraser ? eraser.default_size : "auto");
  const [zoom, setZoom] = useState(1);
  const [showsLayers, setShowsLayers] = useState(false);
  const [isFilming, setFilming] = useState(false);
  const [box, setBox] = useState<CropBox | null>(null);
  const [room, setRoom] = useState<[number, number]>([600, STAGE_PX]);
  const [pointer, setPointer] = useState<[number, number] | null>(null);
  const [isPenDown, setPenDown] = useState(false);
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLDivElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const sent = useRef<Sent>({ value: null, background: -1, layers: new Map() });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isDirty = useRef(false);
  const running = useRef<Promise<unknown> | undefined>(undefined);
  const pan = useRef<{ x: number; y: number; left: number; top: number } | null>(null);

  const drawing = useMemo(
    () =>
      new Drawing(canvasSize[0], canvasSize[1], options.layers, (isEdit) => {
        redraw();
        if (!isEdit) return;
        isDirty.current = true;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void commit(), COMMIT_MS);
      }),
    [block],
  );

  // --- to the session

  const send = async () => {
    isDirty.current = false;
    clearTimeout(timer.current);
    const before = sent.current;
    const upload = async (canvas: HTMLCanvasElement, name: string) =>
      block.app.upload(block, await fileOf(canvas, name), () => {});
    const versions = drawing.layers.map(({ id, version }) => [id, version] as const);
    const { backgroundVersion } = drawing;
    const composite = drawing.composite();
    const layers = drawing.layers.map(({ id, version, canvas }, at) => {
      const known = before.layers.get(id);
      return known?.version === version ? known.file : upload(canvas, `layer-${at + 1}.png`);
    });
    const background =
      before.background === backgroundVersion && before.value?.background
        ? (before.value.background as FileData)
        : upload(drawing.ground(), "background.png");
    try {
      const value: EditorJSON = {
        background: await background,
        layers: await Promise.all(layers),
        composite: await upload(composite, "composite.png"),
      };
      const files = value.layers as FileData[];
      sent.current = {
        value,
        background: backgroundVersion,
        layers: new Map(versions.map(([id, version], at) => [id, { version, file: files[at] as FileData }])),
      };
      running.current = undefined;
      block.edit({ value });
    } catch (error) {
      running.current = undefined;
      block.app.toast("error", "The drawing was not sent", (error as Error).message);
    }
  };
  const commit = (): Promise<unknown> | undefined => {
    if (!isDirty.current) return running.current;
    const after = running.current ?? Promise.resolve();
    const mine: Promise<unknown> = after.then(() => (isDirty.current ? send() : undefined));
    running.current = mine;
    void mine.finally(() => {
      if (running.current === mine) running.current = undefined;
    });
    return mine;
  };
  useEffect(() => {
    block.commit = () => {
      const doing = commit();
      if (!doing && block.props.peek().value === null) {
        // an untouched sheet is a drawing too, with nothing on it
        const value = { background: null, layers: [], composite: null };
        sent.current = { value, background: -1, layers: new Map() };
        block.edit({ value }, true);
      }
      return doing;
    };
    return () => {
      block.commit = null;
      clearTimeout(timer.current);
    };
  }, [block]);

  // --- from the session

  useEffect(() => {
    const value = props.value as EditorJSON | null;
    if (value === sent.current.value) return;
    let isCurrent = true;
    const open = async (file: FileData | null | undefined) =>
      file && !isLost(file) ? pictureAt(await block.app.fileUrl(file)) : null;
    const load = async () => {
      const pictures = await Promise.all((value?.layers ?? []).map((file) => open(file as FileData)));
      const layers = pictures.filter((picture) => picture !== null) as HTMLImageElement[];
      const ground = (value?.background ??
        (layers.length === 0 ? value?.composite : null)) as FileData | null;
      const background = await open(ground);
      if (!isCurrent) return;
      const given = background ?? layers[0];
      const size = given && !(fixed_canvas && background) ? sizeOf(given) : canvasSize;
      drawing.load(background, layers, size, options.layers);
      sent.current = {
        value,
        background: value?.background ? drawing.backgroundVersion : -1,
        layers: new Map(
          drawing.layers
            .slice(0, layers.length)
            .map(({ id, version }, at) => [id, { version, file: value?.layers?.[at] as FileData }]),
        ),
      };
      setZoom(1);
    };
    load().catch((error: Error) => block.app.toast("error", "The picture cannot be shown", error.message));
    return () => {
      isCurrent = false;
    };
  }, [props.value]);

  // --- the paper

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setRoom([element.clientWidth - 16, element.clientHeight - 16]);
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isFilming]);
  const fit = Math.min(room[0] / drawing.width, room[1] / drawing.height, 1);
  const scale = Math.max(fit, 0.02) * zoom;
  useEffect(() => {
    const seen = [
      drawing.background,
      ...drawing.layers.filter(({ isVisible }) => isVisible).map((l) => l.canvas),
    ];
    const canvases = seen.filter((canvas) => canvas !== null) as HTMLCanvasElement[];
    const place = paper.current?.querySelector(".nb-canvases");
    if (!place) return;
    const same = canvases.length === place.childNodes.length;
    if (!same || canvases.some((canvas, at) => place.childNodes[at] !== canvas)) {
      place.replaceChildren(...canvases);
    }
  });

  const auto = Math.max(1, Math.round(Math.min(drawing.width, drawing.height) * AUTO_PART));
  const radiusOf = (size: number | "auto") => (size === "auto" ? auto : size);
  const isPen = mode === "draw" || mode === "erase";
  const radius = radiusOf(mode === "erase" ? eraserSize : brushSize);
  const setSize = mode === "erase" ? setEraserSize : setBrushSize;
  const pen = () =>
    mode === "erase"
      ? { kind: "eraser" as const, radius, colour: "#000000", opacity: 1 }
      : { kind: "brush" as const, radius, colour: colour[0], opacity: colour[1] };
  const pointOf = (event: { clientX: number; clientY: number }): [number, number] => {
    const at = (paper.current as HTMLDivElement).getBoundingClientRect();
    return [
      ((event.clientX - at.left) / at.width) * drawing.width,
      ((event.clientY - at.top) / at.height) * drawing.height,
    ];
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || mode === "crop") return;
    const [x, y] = pointOf(event);
    if (mode === "pick") {
      if (x < 0 || y < 0 || x >= drawing.width || y >= drawing.height) return;
      setColour([drawing.colourAt(x, y), 1]);
      setMode("draw");
    } else if (isPen) {
      event.preventDefault();
      stage.current?.focus({ preventScroll: true });
      stage.current?.setPointerCapture(event.pointerId);
      setPenDown(true);
      drawing.begin(pen(), x, y);
    } else {
      const { scrollLeft, scrollTop } = stage.current as HTMLDivElement;
      pan.current = { x: event.clientX, y: event.clientY, left: scrollLeft, top: scrollTop };
      stage.current?.setPointerCapture(event.pointerId);
    }
  };
  const move = (event: PointerEvent) => {
    const from = pan.current;
    if (from && stage.current) {
      stage.current.scrollLeft = from.left - (event.clientX - from.x);
      stage.current.scrollTop = from.top - (event.clientY - from.y);
      return;
    }
    if (!isPen) return;
    setPointer(pointOf(event));
    if (!isPenDown) return;
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length > 0 ? steps : [event]) drawing.extend(...pointOf(step));
  };
  const up = (event: PointerEvent) => {
    const from = pan.current;
    pan.current = null;
    if (from && mode === "pan" && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 4) {
      const [x, y] = pointOf(event).map(Math.floor) as [number, number];
      if (x >= 0 && y >= 0 && x < drawing.width && y < drawing.height) {
        block.trigger("select", { index: [x, y], value: null });
      }
    }
    if (!isPenDown) return;
    setPenDown(false);
    drawing.end();
  };

  // --- by keyboard

  const undo = () => {
    drawing.undo();
    setSaid("Undone.");
  };
  const redo = () => {
    drawing.redo();
    setSaid("Done again.");
  };
  const zoomBy = (factor: number) => setZoom((now) => Math.min(MOST_SCALE, Math.max(0.2, now * factor)));
  const onKeyDown = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if ((event.target as HTMLElement).closest("input")) return;
    if (event.ctrlKey || event.metaKey) {
      if (key === "z" && !event.shiftKey) undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) redo();
      else return;
      event.preventDefault();
      return;
    }
    if (event.altKey || event.target !== stage.current) return;
    const step = event.shiftKey ? 1 : KEY_STEP;
    const move_by = {
      arrowleft: [-step, 0],
      arrowright: [step, 0],
      arrowup: [0, -step],
      arrowdown: [0, step],
    }[key];
    if (move_by && isPen) {
      const [x, y] = pointer ?? [drawing.width / 2, drawing.height / 2];
      const to: [number, number] = [
        Math.min(drawing.width, Math.max(0, x + (move_by[0] as number))),
        Math.min(drawing.height, Math.max(0, y + (move_by[1] as number))),
      ];
      setPointer(to);
      if (isPenDown) drawing.extend(...to);
      setSaid(`${Math.round(to[0])}, ${Math.round(to[1])}`);
      event.preventDefault();
      return;
    }
    const actions: Record<string, () => void> = {
      b: () => brush && setMode("draw"),
      e: () => eraser && setMode("erase"),
      h: () => setMode("pan"),
      "[": () => isPen && setSize(Math.max(1, radius - Math.ceil(radius / 10))),
      "]": () => isPen && setSize(Math.min(500, radius + Math.ceil(radius / 10))),
      "+": () => zoomBy(1.25),
      "=": () => zoomBy(1.25),
      "-": () => zoomBy(0.8),
      "0": () => setZoom(1),
      escape: () => {
        if (isPenDown) drawing.end();
        setPenDown(false);
      },
      " ": () => {
        if (!isPen) return;
        const at = pointer ?? ([drawing.width / 2, drawing.height / 2] as [number, number]);
        setPointer(at);
        if (isPenDown) drawing.end();
        else drawing.begin(pen(), ...at);
        setSaid(isPenDown ? t("Pen up.") : t("Pen down."));
        setPenDown(!isPenDown);
      },
    };
    const action = actions[key];
    if (!action || (key === "escape" && !isPenDown)) return;
    event.preventDefault();
    action();
  };

  // --- pictures into it

  const take = async (given: File[]) => {
    const [file] = given;
    if (!file) return;
    if (!suits(file, ["image"])) {
      block.app.toast("error", "Not a picture", `${file.name} is of type ${file.type || "unknown"}`);
      return;
    }
    setBusy(true);
    const url = URL.createObjectURL(file);
    try {
      drawing.place(await pictureAt(url), fixed_canvas);
      setZoom(1);
      await commit();
      block.trigger("upload");
    } catch (error) {
      block.app.toast("error", `${file.name} cannot be opened`, (error as Error).message);
    } finally {
      URL.revokeObjectURL(url);
      setBusy(false);
    }
  };
  const paste = async () => {
    try {
      await take([await pictureFromClipboard()]);
    } catch (error) {
      block.app.toast("error", "Nothing was pasted from the clipboard", (error as Error).message);
    }
  };
  const has = (source: "upload" | "webcam" | "clipboard") => sources.includes(source);
  const { isOver, handlers } = useDrop(has("upload") || has("clipboard"), (files) => void take(files));
  const clear = () => {
    drawing.clear(canvasSize, options.layers);
    isDirty.current = false;
    clearTimeout(timer.current);
    sent.current = { value: null, background: -1, layers: new Map() };
    block.edit({ value: null });
    block.trigger("clear");
    setZoom(1);
  };
  const apply = async () => {
    await commit();
    block.trigger("apply");
  };
  const downloadIt = async () => {
    const file = await fileOf(drawing.composite(), "image.png");
    const url = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = url;
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  const shareIt = async () => {
    await commit();
    const file = (block.props.peek().value as EditorJSON | null)?.composite;
    if (file) await share(block, file as FileData);
  };

  const choose = (next: Mode) => {
    setMode(next);
    const all = { x: 0, y: 0, width: drawing.width, height: drawing.height };
    setBox(next === "crop" || next === "resize" ? all : null);
  };
  const leave = () => choose(brush ? "draw" : "pan");
  const isBlank = !drawing.background && !drawing.canUndo && !props.value?.composite;
  const shows = (name: string) => props.buttons === null || props.buttons.includes(name);
  const can = (transform: "crop" | "resize") => transforms.includes(transform);

  if (isFilming) {
    return (
      <Frame block={block}>
        <div class="nb-image-stage">
          <Webcam
            options={props.webcam_options}
            stream_every={null}
            take={(picture) => take([picture])}
            close={() => setFilming(false)}
          />
        </div>
      </Frame>
    );
  }
  return (
    <Frame
      block={block}
      toolbar={
        <>
          {shows("fullscreen") && (
            <Tool icon="fullscreen" name="Fullscreen" run={() => void toggleFullscreen(whole.current)} />
          )}
          {shows("share") && canShare() && <GlyphTool of={Share2} name="Share" run={() => void shareIt()} />}
          {shows("download") && <Tool icon="download" name="Download" run={() => void downloadIt()} />}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are further ways to what its buttons do */}
      <div
        ref={whole}
        class={`nb-image-editor ${isOver ? "nb-over" : ""}`}
        style={{ width: length(props.width), "--nb-height": length(props.height) }}
        {...handlers}
        onKeyDown={onKeyDown}
      >
        <div class="nb-editor-bar" role="toolbar" aria-label={t("Tools")}>
          {has("upload") && (
            <>
              <Tool icon="upload" name="Upload a picture" run={() => picker.current?.click()} />
              <input
                ref={picker}
                id={controlId(block)}
                data-testid="file-upload"
                class="nb-file-input"
                type="file"
                accept="image/*"
                tabIndex={-1}
                aria-hidden="true"
                onChange={(event) => {
                  void take([...(event.currentTarget.files ?? [])]);
                  event.currentTarget.value = "";
                }}
              />
            </>
          )}
          {has("webcam") && <Tool icon="camera" name="Camera" run={() => setFilming(true)} />}
          {has("clipboard") && <Tool icon="paste" name="Paste" run={() => void paste()} />}
          <span class="nb-editor-gap" />
          {brush && (
            <GlyphTool
              of={Brush}
              name="Brush"
              shortcut="B"
              pressed={mode === "draw"}
              run={() => choose("draw")}
            />
          )}
          {eraser && (
            <GlyphTool
              of={Eraser}
              name="Eraser"
              shortcut="E"
              pressed={mode === "erase"}
              run={() => choose("erase")}
            />
          )}
          <GlyphTool
            of={Hand}
            name="Move the view"
            shortcut="H"
            pressed={mode === "pan"}
            run={() => choose("pan")}
          />
          {can("crop") && (
            <GlyphTool of={Crop} name="Crop" pressed={mode === "crop"} run={() => choose("crop")} />
          )}
          {can("resize") && (
            <GlyphTool of={Scaling} name="Resize" pressed={mode === "resize"} run={() => choose("resize")} />
          )}
          <span class="nb-editor-gap" />
          <GlyphTool of={Undo2} name="Undo" shortcut="Control+Z" disabled={!drawing.canUndo} run={undo} />
          <GlyphTool of={Redo2} name="Redo" shortcut="Control+Y" disabled={!drawing.canRedo} run={redo} />
          <span class="nb-editor-gap" />
          <GlyphTool of={ZoomOut} name="Zoom out" shortcut="-" run={() => zoomBy(0.8)} />
          <button type="button" class="nb-tool nb-tool-named" title="Fit (0)" onClick={() => setZoom(1)}>
            {Math.round(scale * 100)} %
          </button>
          <GlyphTool of={ZoomIn} name="Zoom in" shortcut="+" run={() => zoomBy(1.25)} />
          <span class="nb-editor-space" />
          {!options.disabled && (
            <GlyphTool
              of={Layers}
              name="Layers"
              expanded={showsLayers}
              run={() => setShowsLayers(!showsLayers)}
            />
          )}
          <GlyphTool of={Check} name="Apply" disabled={isBlank} run={() => void apply()} />
          <Tool icon="clear" name="Clear" run={clear} />
        </div>
        {isPen && (
          <div class="nb-editor-options">
            {mode === "draw" && brush && (
              <div class="nb-palette" role="group" aria-label={t("Colour")}>
                {brush.colors.map((one) => {
                  const [css, opacity] = paint(one as Colour);
                  return (
                    <button
                      key={`${css}-${opacity}`}
                      type="button"
                      class="nb-colour"
                      style={{ "--nb-colour": css, "--nb-opacity": opacity }}
                      aria-label={css}
                      aria-pressed={css === colour[0] && opacity === colour[1]}
                      title={css}
                      onClick={() => setColour([css, opacity])}
                    />
                  );
                })}
                {brush.color_mode === "defaults" && (
                  <>
                    <input
                      type="color"
                      aria-label={t("Another colour")}
                      title={t("Another colour")}
                      value={hexOf(colour[0])}
                      onInput={(event) => setColour([event.currentTarget.value, colour[1]])}
                    />
                    <GlyphTool
                      of={Pipette}
                      name="Take a colour from the picture"
                      run={() => setMode("pick")}
                    />
                  </>
                )}
              </div>
            )}
            <label class="nb-editor-field">
              {t("Size")}
              <input
                type="range"
                min={1}
                max={Math.max(100, auto * 4)}
                value={radius}
                onInput={(event) => setSize(event.currentTarget.valueAsNumber)}
              />
              <output>{radius}</output>
            </label>
            {mode === "draw" && brush && brush.color_mode === "defaults" && (
              <label class="nb-editor-field">
                {t("Opacity")}
                <input
                  type="range"
                  min={5}
                  max={100}
                  step={5}
                  value={Math.round(colour[1] * 100)}
                  onInput={(event) => setColour([colour[0], event.currentTarget.valueAsNumber / 100])}
                />
                <output>{Math.round(colour[1] * 100)} %</output>
              </label>
            )}
          </div>
        )}
        {box && (
          <SizeForm
            box={box}
            isCrop={mode === "crop"}
            most={[drawing.width, drawing.height]}
            change={setBox}
            apply={() => {
              if (mode === "crop") drawing.crop(box);
              else drawing.resize(box.width, box.height);
              setSaid(`It is now ${drawing.width} by ${drawing.height} pixels.`);
              leave();
            }}
            cancel={leave}
          />
        )}
        <div class="nb-editor-middle">
          <div
            ref={stage}
            class={`nb-editor-stage nb-mode-${mode}`}
            role="application"
            aria-label={`${labelOf(block)}: drawing of ${drawing.width} by ${drawing.height} pixels. Arrow keys move the pen, Space puts it down and up.`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing takes keys
            tabIndex={0}
            aria-busy={isBusy || undefined}
            onPointerDown={down}
            onPointerMove={move}
            onPointerUp={up}
            onPointerCancel={up}
            onPointerLeave={() => !isPenDown && setPointer(null)}
            onWheel={(event) => {
              if (!event.ctrlKey && !event.metaKey) return;
              event.preventDefault();
              zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15);
            }}
          >
            <div
              ref={paper}
              class="nb-paper"
              style={{ width: `${drawing.width * scale}px`, height: `${drawing.height * scale}px` }}
            >
              <div class="nb-canvases" />
              {isPen && pointer && (
                <div
                  class="nb-pen"
                  style={{
                    left: `${pointer[0] * scale}px`,
                    top: `${pointer[1] * scale}px`,
                    width: `${Math.max(4, radius * 2 * scale)}px`,
                    height: `${Math.max(4, radius * 2 * scale)}px`,
                  }}
                />
              )}
              {isBlank && (
                <div class="nb-editor-hint">
                  <Placeholder
                    block={block}
                    text={props.placeholder}
                    or={has("upload") ? t("Drop a picture here, or draw") : t("Draw here")}
                  />
                </div>
              )}
              {box && mode === "crop" && (
                <CropFrame box={box} scale={scale} most={[drawing.width, drawing.height]} change={setBox} />
              )}
            </div>
          </div>
          {showsLayers && !options.disabled && (
            <LayerList drawing={drawing} canAdd={options.allow_additional_layers} tick={tick} />
          )}
        </div>
        <div class="nb-unseen" role="status">
          {said}
        </div>
      </div>
    </Frame>
  );
}

interface SizeFormProps {
  box: CropBox;
  isCrop: boolean;
  most: [number, number];
  change: (box: CropBox) => void;
  apply: () => void;
  cancel: () => void;
}

/** Numbers of a crop or a new size, for the keyboard and for who knows them. */
function SizeForm({ box, isCrop, most, change, apply, cancel }: SizeFormProps) {
  const [isLocked, setLocked] = useState(!isCrop);
  const set = (name: keyof CropBox, value: number) => {
    if (!Number.isFinite(value)) return;
    const next = { ...box, [name]: Math.round(value) };
    if (isLocked && !isCrop) {
      if (name === "width") next.height = Math.max(1, Math.round((value * most[1]) / most[0]));
      if (name === "height") next.width = Math.max(1, Math.round((value * most[0]) / most[1]));
    }
    change(next);
  };
  const names: [keyof CropBox, string, number, number][] = [
    ...(isCrop
      ? ([
          ["x", "Left", 0, most[0] - 1],
          ["y", "Top", 0, most[1] - 1],
        ] as [keyof CropBox, string, number, number][])
      : []),
    ["width", "Width", 1, isCrop ? most[0] - box.x : 16384],
    ["height", "Height", 1, isCrop ? most[1] - box.y : 16384],
  ];
  return (
    <form
      class="nb-editor-options"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        cancel();
      }}
    >
      {names.map(([name, words, least, greatest]) => (
        <label key={name} class="nb-editor-field">
          {words}
          <input
            type="number"
            min={least}
            max={greatest}
            value={Math.round(box[name])}
            onInput={(event) => set(name, event.currentTarget.valueAsNumber)}
          />
        </label>
      ))}
      {!isCrop && (
        <label class="nb-editor-field">
          <input
            type="checkbox"
            checked={isLocked}
            onChange={(event) => setLocked(event.currentTarget.checked)}
          />
          {t("Keep proportions")}
        </label>
      )}
      <button type="submit" class="nb-button sm primary">
        {isCrop ? t("Crop") : t("Resize")}
      </button>
      <button type="button" class="nb-button sm" onClick={cancel}>
        {t("Cancel")}
      </button>
    </form>
  );
}

/** The layers of a drawing; `tick` is another with each of its changes, for the drawing itself stays the same object. */
function LayerList({ drawing, canAdd }: { drawing: Drawing; canAdd: boolean; tick: number }) {
  const count = drawing.layers.length;
  return (
    <div class="nb-layers" role="group" aria-label={t("Layers")}>
      {/* the uppermost stands first, as it lies */}
      {[...drawing.layers].reverse().map((layer, from_top) => {
        const at = count - 1 - from_top;
        return (
          <div key={layer.id} class={`nb-layer ${at === drawing.active ? "nb-current" : ""}`}>
            <button
              type="button"
              class="nb-layer-name"
              aria-pressed={at === drawing.active}
              onClick={() => drawing.select(at)}
            >
              {layer.name}
            </button>
            <GlyphTool
              of={layer.isVisible ? Eye : EyeOff}
              name={`${layer.isVisible ? t("Hide") : t("Show")} ${layer.name}`}
              run={() => drawing.setVisible(at, !layer.isVisible)}
            />
            <GlyphTool
              of={ChevronUp}
              name={`Move ${layer.name} up`}
              disabled={at === count - 1}
              run={() => drawing.moveLayer(at, at + 1)}
            />
            <GlyphTool
              of={ChevronDown}
              name={`Move ${layer.name} down`}
              disabled={at === 0}
              run={() => drawing.moveLayer(at, at - 1)}
            />
            <GlyphTool
              of={Trash2}
              name={`Take ${layer.name} away`}
              disabled={count === 1}
              run={() => drawing.removeLayer(at)}
            />
          </div>
        );
      })}
      {canAdd && (
        <button type="button" class="nb-button sm" onClick={() => drawing.addLayer()}>
          <Glyph of={Plus} />
          {t("Add a layer")}
        </button>
      )}
    </div>
  );
}
