/** A 3D model in or out. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import type { ThreeModule, Viewer, ViewOptions } from "../lazy/three";
import { propsOf, type ViewProps } from "../model";
import { length } from "../ui/css";
import { download } from "../ui/download";
import { controlId, Frame, labelOf } from "../ui/frame";
import { Tool } from "../ui/tool";
import type { Model3DProps } from "../wire/generated/components";
import type { FileData } from "../wire/messages";
import { Drop, give, Uploading, useFileUrl } from "./mediafile";
import { MediaIcon } from "./mediaicons";

const ACCEPT = ".glb,.gltf,.obj,.stl,.ply,.splat";
const TURN = Math.PI / 24;

export function Model3D({ block }: ViewProps) {
  const props = propsOf<Model3DProps>(block);
  const value = props.value as unknown as FileData | null;
  const url = useFileUrl(block, value);
  const viewer = useRef<Viewer | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const take = async (file: File) => {
    if (await give(block, file, setProgress)) block.trigger("upload");
  };
  const clear = () => {
    block.edit({ value: null });
    block.trigger("clear");
  };
  const name = value?.orig_name ?? url?.split("/").at(-1)?.split("?")[0] ?? "model.glb";
  return (
    <Frame
      block={block}
      control={!value && props.interactive ? controlId(block) : undefined}
      toolbar={
        url && (
          <>
            <Tool icon="reset" name="Reset the view" run={() => viewer.current?.reset()} />
            <Tool icon="download" name="Download" run={() => download(url, name)} />
            {props.interactive && <Tool icon="clear" name="Clear" run={clear} />}
          </>
        )
      }
    >
      <div
        class="nb-model-stage model3D"
        data-testid="model3d"
        style={{ height: length(props.height) ?? (value ? "400px" : undefined) }}
      >
        {value ? (
          url && <Stage key={url} block={block} url={url} name={name} viewer={viewer} />
        ) : props.interactive ? (
          progress === null && (
            <Drop
              block={block}
              accept={ACCEPT}
              words="Drop a 3D model here, or click to choose one"
              take={(file) => void take(file)}
            />
          )
        ) : (
          <div class="nb-empty" role="img" aria-label={`${labelOf(block)}: empty`}>
            <MediaIcon name="box" size={20} />
          </div>
        )}
        <Uploading progress={progress} />
      </div>
    </Frame>
  );
}

interface StageProps {
  block: ViewProps["block"];
  url: string;
  name: string;
  viewer: { current: Viewer | null };
}

function Stage({ block, url, name, viewer }: StageProps) {
  const props = propsOf<Model3DProps>(block);
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "shown" | string>("loading");
  const { display_mode, clear_color, camera_position, zoom_speed, pan_speed } = props;
  const options: ViewOptions = { display_mode, clear_color, camera_position, zoom_speed, pan_speed };

  useEffect(() => {
    let isGone = false;
    const make = async () => {
      const [three, bytes] = await Promise.all([
        block.app.chunk<ThreeModule>("three"),
        fetch(url).then((answer) => answer.arrayBuffer()),
      ]);
      if (isGone || !place.current) return;
      const suffix = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? "";
      const made = await three.create(place.current, { bytes, suffix }, options, moved);
      if (isGone) made.destroy();
      else {
        viewer.current = made;
        setState("shown");
      }
    };
    make().catch((error: Error) => {
      if (!isGone) setState(`The model cannot be shown: ${error.message}`);
    });
    return () => {
      isGone = true;
      viewer.current?.destroy();
      viewer.current = null;
    };
  }, [url]);
  useEffect(() => viewer.current?.setOptions(options), [JSON.stringify(options), state]);

  const moved = () => {
    if (block.props.peek().interactive) block.trigger("edit");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = viewer.current;
    if (!now) return;
    const step = event.shiftKey ? 0.1 : 0;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => (step ? now.pan(step, 0) : now.turn(TURN, 0)),
      ArrowRight: () => (step ? now.pan(-step, 0) : now.turn(-TURN, 0)),
      ArrowUp: () => (step ? now.pan(0, -step) : now.turn(0, TURN)),
      ArrowDown: () => (step ? now.pan(0, step) : now.turn(0, -TURN)),
      "+": () => now.zoom(0.9),
      "=": () => now.zoom(0.9),
      "-": () => now.zoom(1.1),
      Home: () => now.reset(),
      "0": () => now.reset(),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    place.current?.setAttribute(
      "data-camera",
      now
        .camera()
        .map((n) => n.toFixed(2))
        .join(" "),
    );
    moved();
  };
  const isProblem = state !== "loading" && state !== "shown";
  return (
    <>
      <div
        ref={place}
        class="nb-model"
        role="application"
        aria-roledescription="3D model"
        aria-label={`${labelOf(block)}: arrows turn, plus and minus zoom, Shift and arrows move, Home resets`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows turn the model, + and - zoom
        tabIndex={0}
        data-state={isProblem ? "failed" : state}
        hidden={isProblem}
        onKeyDown={onKeyDown}
      />
      {state === "loading" && (
        <div class="nb-model-note" role="status">
          {t("Loading the model")}
        </div>
      )}
      {isProblem && (
        <div class="nb-model-note nb-media-problem" role="alert">
          {state}
        </div>
      )}
    </>
  );
}
