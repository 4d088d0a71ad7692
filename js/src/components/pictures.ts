/** What views of pictures share. */

/** A point of a shown picture in its own pixels; null beside it, as the picture may not fill its element. */
export function pointIn(image: HTMLImageElement, event: MouseEvent): [number, number] | null {
  if (!image.naturalWidth) return null;
  const box = image.getBoundingClientRect();
  const fit = getComputedStyle(image).objectFit;
  const [across, down] = [box.width / image.naturalWidth, box.height / image.naturalHeight];
  const [x_scale, y_scale] =
    fit === "contain" || fit === "scale-down"
      ? [Math.min(across, down), Math.min(across, down)]
      : fit === "cover"
        ? [Math.max(across, down), Math.max(across, down)]
        : [across, down];
  const left = box.left + (box.width - image.naturalWidth * x_scale) / 2;
  const top = box.top + (box.height - image.naturalHeight * y_scale) / 2;
  const x = Math.floor((event.clientX - left) / x_scale);
  const y = Math.floor((event.clientY - top) / y_scale);
  return x < 0 || y < 0 || x >= image.naturalWidth || y >= image.naturalHeight ? null : [x, y];
}

export async function toggleFullscreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await element?.requestFullscreen?.();
}

/** A picture from the clipboard, by a button rather than by keys. */
export async function pictureFromClipboard(): Promise<File> {
  const items = await navigator.clipboard.read();
  const item = items.find(({ types }) => types.some((type) => type.startsWith("image/")));
  const type = item?.types.find((name) => name.startsWith("image/"));
  if (!item || !type) throw new Error("there is no picture in it");
  return new File([await item.getType(type)], `pasted.${type.slice(6)}`, { type });
}
