/**
 * A drawing in layers: a background, canvases above it, and what can be done and undone to them.
 * It knows no page: views put its canvases into theirs and hear of changes by `changed`.
 */

/** Steps that can be undone, and the bytes that they may hold. */
const MOST_STEPS = 60;
const MOST_BYTES = 256 << 20;

export interface Layer {
  id: number;
  name: string;
  canvas: HTMLCanvasElement;
  isVisible: boolean;
  /** Counts its changes: what was sent of it before is still right while it stands. */
  version: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Step {
  undo(): void;
  redo(): void;
  bytes: number;
}

/** All that a step of the whole drawing changes. */
interface State {
  width: number;
  height: number;
  background: HTMLCanvasElement | null;
  layers: Layer[];
  active: number;
}

export interface Pen {
  kind: "brush" | "eraser";
  /** Radius, in pixels of the drawing. */
  radius: number;
  colour: string;
  /** From 0 to 1. */
  opacity: number;
}

export function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return canvas;
}

const contextOf = (canvas: HTMLCanvasElement) =>
  canvas.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;

export class Drawing {
  width: number;
  height: number;
  background: HTMLCanvasElement | null = null;
  layers: Layer[] = [];
  active = 0;
  /** Counts changes of the background. */
  backgroundVersion = 0;
  /** Where a stroke is drawn until it ends, so that one that crosses itself is not darker there. */
  readonly strokeCanvas: HTMLCanvasElement;

  private readonly done: Step[] = [];
  private readonly undone: Step[] = [];
  private made = 0;
  private stroke: { pen: Pen; points: [number, number][]; before: HTMLCanvasElement } | null = null;

  constructor(
    width: number,
    height: number,
    names: string[],
    /** Something is other than it was; `isEdit`: by the user, and to be sent. */
    private readonly changed: (isEdit: boolean) => void,
  ) {
    this.width = width;
    this.height = height;
    this.strokeCanvas = canvasOf(width, height);
    this.layers = names.map((name) => this.newLayer(name));
  }

  get current(): Layer {
    return this.layers[this.active] as Layer;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  private newLayer(name: string, canvas = canvasOf(this.width, this.height)): Layer {
    this.made += 1;
    return { id: this.made, name, canvas, isVisible: true, version: 0 };
  }

  /** Everything anew, as the session says: nothing of it can be undone. */
  load(
    background: CanvasImageSource | null,
    layers: CanvasImageSource[],
    size: [number, number],
    names: string[],
  ) {
    this.done.length = this.undone.length = 0;
    this.stroke = null;
    this.resizeTo(size);
    this.background = background && this.fitted(background);
    this.backgroundVersion += 1;
    const count = Math.max(layers.length, names.length);
    this.layers = Array.from({ length: count }, (_, at) => {
      const layer = this.newLayer(names[at] ?? `Layer ${at + 1}`);
      const picture = layers[at];
      if (picture) contextOf(layer.canvas).drawImage(picture, 0, 0, this.width, this.height);
      return layer;
    });
    this.active = Math.min(this.active, this.layers.length - 1);
    this.changed(false);
  }

  private resizeTo([width, height]: [number, number]): void {
    this.width = Math.max(1, Math.round(width));
    this.height = Math.max(1, Math.round(height));
    this.strokeCanvas.width = this.width;
    this.strokeCanvas.height = this.height;
  }

  /** A picture as large as fits, in the middle. */
  private fitted(picture: CanvasImageSource): HTMLCanvasElement {
    const canvas = canvasOf(this.width, this.height);
    const [width, height] = sizeOf(picture);
    const scale = Math.min(this.width / width, this.height / height);
    const [w, h] = [width * scale, height * scale];
    const context = contextOf(canvas);
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, (this.width - w) / 2, (this.height - h) / 2, w, h);
    return canvas;
  }

  // --- strokes

  begin(pen: Pen, x: number, y: number): void {
    const before = canvasOf(this.width, this.height);
    contextOf(before).drawImage(this.current.canvas, 0, 0);
    this.stroke = { pen, points: [[x, y]], before };
    this.redraw();
  }

  extend(x: number, y: number): void {
    if (!this.stroke) return;
    this.stroke.points.push([x, y]);
    this.redraw();
  }

  /** The stroke as it is now: what was there, and it above. */
  private redraw(): void {
    const { pen, points, before } = this.stroke as NonNullable<typeof this.stroke>;
    const line = contextOf(this.strokeCanvas);
    line.lineCap = line.lineJoin = "round";
    line.lineWidth = pen.radius * 2;
    line.strokeStyle = line.fillStyle = pen.kind === "eraser" ? "#000" : pen.colour;
    const [x, y] = points.at(-1) as [number, number];
    const previous = points.at(-2);
    line.beginPath();
    if (previous) {
      line.moveTo(...previous);
      line.lineTo(x, y);
      line.stroke();
    } else {
      line.arc(x, y, pen.radius, 0, Math.PI * 2);
      line.fill();
    }
    const from = previous ?? [x, y];
    const reach = pen.radius + 2;
    const box = this.clipped({
      x: Math.min(x, from[0]) - reach,
      y: Math.min(y, from[1]) - reach,
      width: Math.abs(x - from[0]) + 2 * reach,
      height: Math.abs(y - from[1]) + 2 * reach,
    });
    if (!box) return;
    const { x: left, y: top, width, height } = box;
    const layer = contextOf(this.current.canvas);
    layer.clearRect(left, top, width, height);
    layer.drawImage(before, left, top, width, height, left, top, width, height);
    layer.globalAlpha = pen.opacity;
    layer.globalCompositeOperation = pen.kind === "eraser" ? "destination-out" : "source-over";
    layer.drawImage(this.strokeCanvas, left, top, width, height, left, top, width, height);
    layer.globalAlpha = 1;
    layer.globalCompositeOperation = "source-over";
  }

  end(): void {
    const stroke = this.stroke;
    if (!stroke) return;
    this.stroke = null;
    contextOf(this.strokeCanvas).clearRect(0, 0, this.width, this.height);
    const reach = stroke.pen.radius + 2;
    const xs = stroke.points.map(([x]) => x);
    const ys = stroke.points.map(([, y]) => y);
    const [left, top] = [Math.min(...xs) - reach, Math.min(...ys) - reach];
    const box = this.clipped({
      x: left,
      y: top,
      width: Math.max(...xs) + reach - left,
      height: Math.max(...ys) + reach - top,
    });
    if (!box) return;
    const { x, y, width, height } = box;
    const layer = this.current;
    const before = contextOf(stroke.before).getImageData(x, y, width, height);
    const after = contextOf(layer.canvas).getImageData(x, y, width, height);
    layer.version += 1;
    const put = (pixels: ImageData) => {
      contextOf(layer.canvas).putImageData(pixels, x, y);
      const now = this.layers.find(({ id }) => id === layer.id);
      if (now) now.version += 1;
    };
    this.remember({ undo: () => put(before), redo: () => put(after), bytes: width * height * 8 });
  }

  /** Whole pixels of a box that lie in the drawing. */
  private clipped(box: Box): Box | null {
    const x = Math.max(0, Math.floor(box.x));
    const y = Math.max(0, Math.floor(box.y));
    const width = Math.min(this.width, Math.ceil(box.x + box.width)) - x;
    const height = Math.min(this.height, Math.ceil(box.y + box.height)) - y;
    return width > 0 && height > 0 ? { x, y, width, height } : null;
  }

  // --- the whole

  /** A picture under the layers; the drawing takes its size unless that is fixed. */
  place(picture: CanvasImageSource, isFixed: boolean): void {
    this.whole(() => {
      if (!isFixed) this.scaleLayersTo(sizeOf(picture), false);
      this.background = this.fitted(picture);
    });
  }

  crop(box: Box): void {
    const clipped = this.clipped({
      x: Math.round(box.x),
      y: Math.round(box.y),
      width: Math.round(box.width),
      height: Math.round(box.height),
    });
    if (!clipped) return;
    this.whole(() => {
      const cut = (from: HTMLCanvasElement) => {
        const canvas = canvasOf(clipped.width, clipped.height);
        contextOf(canvas).drawImage(from, -clipped.x, -clipped.y);
        return canvas;
      };
      this.resizeTo([clipped.width, clipped.height]);
      this.background = this.background && cut(this.background);
      this.layers = this.layers.map((layer) => ({
        ...layer,
        canvas: cut(layer.canvas),
        version: layer.version + 1,
      }));
    });
  }

  resize(width: number, height: number): void {
    this.whole(() => this.scaleLayersTo([width, height], true));
  }

  private scaleLayersTo(size: [number, number], withContent: boolean): void {
    this.resizeTo(size);
    const scaled = (from: HTMLCanvasElement) => {
      const canvas = canvasOf(this.width, this.height);
      const context = contextOf(canvas);
      context.imageSmoothingQuality = "high";
      if (withContent) context.drawImage(from, 0, 0, this.width, this.height);
      else context.drawImage(from, 0, 0);
      return canvas;
    };
    this.background = this.background && scaled(this.background);
    this.layers = this.layers.map((layer) => ({
      ...layer,
      canvas: scaled(layer.canvas),
      version: layer.version + 1,
    }));
  }

  addLayer(): void {
    const taken = new Set(this.layers.map(({ name }) => name));
    let number = this.layers.length + 1;
    while (taken.has(`Layer ${number}`)) number += 1;
    this.whole(() => {
      this.layers = [...this.layers, this.newLayer(`Layer ${number}`)];
      this.active = this.layers.length - 1;
    });
  }

  removeLayer(index: number): void {
    if (this.layers.length < 2) return;
    this.whole(() => {
      this.layers = this.layers.filter((_, at) => at !== index);
      this.active = Math.min(this.active, this.layers.length - 1);
    });
  }

  moveLayer(from: number, to: number): void {
    if (to < 0 || to >= this.layers.length) return;
    this.whole(() => {
      const layers = [...this.layers];
      layers.splice(to, 0, ...layers.splice(from, 1));
      this.layers = layers;
      this.active = to;
    });
  }

  select(index: number): void {
    this.active = index;
    this.changed(false);
  }

  setVisible(index: number, isVisible: boolean): void {
    this.layers = this.layers.map((layer, at) => (at === index ? { ...layer, isVisible } : layer));
    this.changed(true);
  }

  clear(size: [number, number], names: string[]): void {
    this.whole(() => {
      this.resizeTo(size);
      this.background = null;
      this.layers = names.map((name) => this.newLayer(name));
      this.active = 0;
    });
  }

  /** A step that replaces canvases rather than changing them: the old ones are what undoing needs. */
  private whole(change: () => void): void {
    const before = this.state();
    change();
    this.backgroundVersion += 1;
    const after = this.state();
    this.remember({
      undo: () => this.restore(before),
      redo: () => this.restore(after),
      bytes: before.width * before.height * 4 * (before.layers.length + 1),
    });
  }

  private state(): State {
    const { width, height, background, layers, active } = this;
    return { width, height, background, layers, active };
  }

  private restore(state: State): void {
    this.resizeTo([state.width, state.height]);
    this.background = state.background;
    this.layers = state.layers;
    this.active = state.active;
    this.backgroundVersion += 1;
    for (const layer of this.layers) layer.version += 1;
  }

  // --- undoing

  private remember(step: Step): void {
    this.done.push(step);
    this.undone.length = 0;
    let bytes = this.done.reduce((sum, one) => sum + one.bytes, 0);
    while (this.done.length > 1 && (this.done.length > MOST_STEPS || bytes > MOST_BYTES)) {
      bytes -= this.done.shift()?.bytes ?? 0;
    }
    this.changed(true);
  }

  undo(): void {
    const step = this.done.pop();
    if (!step) return;
    step.undo();
    this.undone.push(step);
    this.changed(true);
  }

  redo(): void {
    const step = this.undone.pop();
    if (!step) return;
    step.redo();
    this.done.push(step);
    this.changed(true);
  }

  // --- out

  /** What is under the layers: white paper where there is no picture. */
  ground(): HTMLCanvasElement {
    if (this.background) return this.background;
    const canvas = canvasOf(this.width, this.height);
    const context = contextOf(canvas);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, this.width, this.height);
    return canvas;
  }

  /** All that is seen, as one. */
  composite(): HTMLCanvasElement {
    const canvas = canvasOf(this.width, this.height);
    const context = contextOf(canvas);
    context.drawImage(this.ground(), 0, 0);
    for (const layer of this.layers) if (layer.isVisible) context.drawImage(layer.canvas, 0, 0);
    return canvas;
  }

  colourAt(x: number, y: number): string {
    const [red = 0, green = 0, blue = 0] = contextOf(this.composite()).getImageData(
      Math.floor(x),
      Math.floor(y),
      1,
      1,
    ).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  }
}

export function sizeOf(picture: CanvasImageSource): [number, number] {
  if (picture instanceof HTMLImageElement) return [picture.naturalWidth, picture.naturalHeight];
  const { width, height } = picture as HTMLCanvasElement;
  return [width, height];
}

/** A canvas as a file: PNG, as nothing may be lost between a page and its session. */
export async function fileOf(canvas: HTMLCanvasElement, name: string): Promise<File> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the drawing is too large for this browser");
  return new File([blob], name, { type: "image/png" });
}

export async function pictureAt(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new Error("the file is not a picture that this browser can show");
  }
  return image;
}
