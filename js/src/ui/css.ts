/** Lengths and sizes as CSS. */

/** A number is pixels; a text is any CSS length. */
export function length(value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  return typeof value === "number" || /^\d+(\.\d+)?$/.test(String(value)) ? `${value}px` : String(value);
}

/** Height, and how far it may grow. */
export function heights(props: { height?: unknown; min_height?: unknown; max_height?: unknown }) {
  return {
    height: length(props.height),
    minHeight: length(props.min_height),
    maxHeight: length(props.max_height),
  };
}

/** Attributes of what may scroll; it can be reached by keyboard when its height is bounded. */
export function scrolls(props: { height?: unknown; min_height?: unknown; max_height?: unknown }) {
  const style = heights(props);
  return { style, tabIndex: style.height || style.maxHeight ? 0 : undefined };
}

/**
 * CSS that its author wrote for a page, made to fit a shadow root: variables of the page are the host's there, and the
 * rest of what is said of it is the app's.
 */
export function scoped(css: string, isInline: boolean): string {
  if (!isInline) return css;
  return css
    .replace(/(^|[\s,{}>+~;/])(?:html|body|gradio-app)(?=[\s,{.:#[>+~])/g, "$1.gradio-container")
    .replace(/\.dark\s+(?=\.gradio-container)/g, ".dark")
    .replace(/(\.gradio-container)(?:\s*>?\s*\.gradio-container)+/g, "$1")
    .replace(/:root(?![\w-])/g, ":host");
}
