/** What every component stands in: its place, label, info, toolbar, progress and error. */

import type { ComponentChildren } from "preact";
import { t } from "../i18n";
import type { Block } from "../model";
import { Progress } from "./progress";
import { OwnTool } from "./tool";

export interface FrameProps {
  block: Block;
  children: ComponentChildren;
  /** Classes of the kind of component. */
  kind?: string;
  /** Id of the control that the label names; without one the label names the group. */
  control?: string;
  /** False: the component shows its label itself. */
  hasLabel?: boolean;
  toolbar?: ComponentChildren;
}

interface CommonProps {
  visible?: boolean | "hidden";
  elem_id?: string | null;
  elem_classes?: string[];
  scale?: number | null;
  min_width?: number | null;
  label?: string | null;
  info?: string | null;
  show_label?: boolean | null;
  container?: boolean;
}

const NAMES: Record<string, string> = {
  annotatedimage: "Annotated Image",
  checkboxgroup: "Checkbox Group",
  colorpicker: "Color Picker",
  highlightedtext: "Highlighted Text",
  json: "JSON",
  dataset: "Examples",
  datetime: "Date",
  fileexplorer: "FileExplorer",
  imageeditor: "Image",
  imageslider: "Image",
  model3d: "3D Model",
  multimodaltextbox: "MultimodalTextbox",
  radio: "Radio",
};

/** Kinds whose label a theme counts among those of outputs (`block_label_…`), the others being `block_title_…`. */
const OUTPUT_LABELS = new Set(
  (
    "annotatedimage audio barplot chatbot code file gallery highlightedtext image imageeditor imageslider json label " +
    "lineplot model3d plot scatterplot simpleimage video"
  ).split(" "),
);

/** The label that is shown: its author's, or the kind's name. */
export function labelOf(block: Block): string {
  const { label } = block.props.value as CommonProps;
  if (label !== null && label !== undefined) return label;
  return t(NAMES[block.type] ?? block.type.charAt(0).toUpperCase() + block.type.slice(1));
}

export function hasVisibleLabel(block: Block): boolean {
  const { show_label, container } = block.props.value as CommonProps;
  // a widget stands bare unless it is told otherwise, and its label is only there if it was given
  return show_label !== false && (container !== false || block.type === "widget");
}

/** Attributes of a block's outermost element, shared by components and layouts. */
export function placed(block: Block, classes: string) {
  const { visible, elem_id, elem_classes, scale, min_width } = block.props.value as CommonProps;
  return {
    id: elem_id || `component-${block.id}`,
    "data-block": block.id,
    class: `${classes} ${(elem_classes ?? []).join(" ")}`.trim(),
    style: {
      display: visible === "hidden" ? "none" : undefined,
      flexGrow: scale ?? undefined,
      minWidth: min_width ? `min(${min_width}px, 100%)` : undefined,
    },
  };
}

export const isVisible = (block: Block) => block.props.value.visible !== false;

/** The id of a block's main control, for its label. */
export const controlId = (block: Block) => `nb-control-${block.id}`;

/** The buttons of its author's own that stand in a component's corner, named by `#id`. */
function ownButtons(block: Block): Block[] {
  const names = (block.props.value.buttons ?? []) as string[];
  return names
    .filter((name) => name.startsWith("#"))
    .map((name) => block.app.child(Number(name.slice(1))))
    .filter((button) => button !== undefined && isVisible(button)) as Block[];
}

export function Frame({ block, children, kind = "", control, hasLabel = true, toolbar }: FrameProps) {
  const { info, container } = block.props.value as CommonProps;
  const status = block.status.value;
  const isBusy = status !== null && status.state !== "failed";
  const label = hasLabel && hasVisibleLabel(block) && labelOf(block);
  const own = ownButtons(block);
  const attributes = placed(
    block,
    `nb-block block nb-${block.type} ${kind} ${container === false ? "nb-bare" : ""}`,
  );
  return (
    <div {...attributes} aria-busy={isBusy || undefined}>
      {label && (
        <label
          class={OUTPUT_LABELS.has(block.type) ? "nb-label nb-label-output" : "nb-label"}
          for={control}
          data-testid={OUTPUT_LABELS.has(block.type) ? "block-label" : "block-info"}
          id={`nb-label-${block.id}`}
        >
          {label}
        </label>
      )}
      {info && (
        <div class="nb-info" id={`nb-info-${block.id}`}>
          {info}
        </div>
      )}
      {(toolbar || own.length > 0) && (
        <div class={own.length > 0 ? "nb-toolbar nb-has-own" : "nb-toolbar"}>
          {toolbar}
          {own.map((button) => (
            <OwnTool key={button.id} block={button} />
          ))}
        </div>
      )}
      {children}
      {isBusy && <Progress status={status} />}
      {status?.isInvalid && (
        <div class="nb-invalid" role="alert" id={`nb-invalid-${block.id}`}>
          {status.message || "This is not valid."}
        </div>
      )}
      {status?.state === "failed" && !status.isInvalid && (
        <div class="nb-failed" role="note" title={status.message?.replace(/<[^>]*>/g, "")}>
          {t("Error")}
        </div>
      )}
    </div>
  );
}

/** How far the jobs are that make what stands in a layout. */
export function LayoutProgress({ block }: { block: Block }) {
  const status = block.status.value;
  if (!status || !block.props.value.show_progress) return null;
  if (status.state !== "failed") return <Progress status={status} />;
  return (
    <div class="nb-failed" role="note" title={status.message?.replace(/<[^>]*>/g, "")}>
      {t("Error")}
    </div>
  );
}

/** What describes a control: its info, and what is wrong with its value. */
function descriptionOf(block: Block): string | undefined {
  const ids = [
    block.props.value.info && `nb-info-${block.id}`,
    block.status.value?.isInvalid && `nb-invalid-${block.id}`,
  ];
  return ids.filter(Boolean).join(" ") || undefined;
}

/** `aria-` attributes of a control: its name where no label is shown, its info. */
export function described(block: Block, hasLabel = true) {
  return {
    "aria-label": hasLabel && hasVisibleLabel(block) ? undefined : labelOf(block),
    "aria-describedby": descriptionOf(block),
    "aria-invalid": block.status.value?.isInvalid || undefined,
  };
}

/** `aria-` attributes of a group of controls: a label cannot point at a group, so the group points at its label. */
export function groupName(block: Block) {
  const { "aria-label": name, ...more } = described(block);
  return name ? { "aria-label": name, ...more } : { "aria-labelledby": `nb-label-${block.id}`, ...more };
}
