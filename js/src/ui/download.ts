/** Files that the page hands to the user. */

export function download(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

export function downloadText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  download(url, name);
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
