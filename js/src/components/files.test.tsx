import { describe, expect, it } from "vitest";
import { press, show, showAlone } from "../testing";
import { install } from "../view";
import * as files from "../views/files";
import { nameParts } from "./file";
import { accepted, kindsInWords, sizeInWords, suits } from "./uploads";

install("views-files", files);
install("files", files);

const file = (name: string, size = 1234) => ({
  path: `hash-${name}`,
  url: `/file/${name}`,
  size,
  orig_name: name,
  mime_type: null,
  is_stream: false,
  meta: { _type: "gradio.FileData" },
});

describe("kinds of files", () => {
  it("are what a picker accepts", () => {
    expect(accepted(["image", ".pdf", "text/csv"])).toBe("image/*,.pdf,text/csv");
    expect(accepted(["file", ".pdf"])).toBeUndefined();
    expect(kindsInWords(["image", ".pdf"])).toBe("pictures, PDF");
  });

  it("suit by ending or by type, and what the browser does not know the session decides", () => {
    const png = new File([], "a.PNG", { type: "image/png" });
    expect([suits(png, ["image"]), suits(png, [".png"]), suits(png, ["video", ".jpg"])]).toEqual([
      true,
      true,
      false,
    ]);
    expect(suits(new File([], "a.xyz"), ["text"])).toBe(true);
  });
});

describe("a file in words", () => {
  it("keeps its ending and has a size", () => {
    expect(nameParts("a long name.tar.gz")).toEqual(["a long name.tar", ".gz"]);
    expect(nameParts(".profile")).toEqual([".profile", ""]);
    expect([0, 999, 1234, 45_600_000].map(sizeInWords)).toEqual(["0 B", "999 B", "1.2 kB", "45.6 MB"]);
  });
});

describe("File", () => {
  const shown = (props = {}) =>
    show({
      2: [
        "file",
        {
          label: "Files",
          value: [file("a.txt"), file("b.txt")],
          file_count: "multiple",
          file_types: null,
          height: null,
          allow_reordering: true,
          buttons: null,
          interactive: true,
          ...props,
        },
      ],
    });

  it("takes one away and tells which", async () => {
    const page = await shown();
    await page.settle(() => page.find('[aria-label="Take away a.txt"]').click());
    expect(page.block(2).value).toEqual([file("b.txt")]);
    expect(page.fired.find(([event]) => event === "delete")).toEqual(["delete", file("a.txt")]);
  });

  it("moves one by the arrow keys, and says where it is", async () => {
    const page = await shown();
    await page.settle(() => void press(page.find(".nb-file-grip"), "ArrowDown"));
    expect((page.block(2).value as { orig_name: string }[]).map((f) => f.orig_name)).toEqual([
      "b.txt",
      "a.txt",
    ]);
    expect(page.find(".nb-unseen").textContent).toBe("a.txt is now 2 of 2.");
  });

  it("only shows what is not to be changed", async () => {
    const page = await shown({ interactive: false });
    expect(page.all("input, .nb-file-grip, [aria-label^='Take away']")).toEqual([]);
    expect(page.all(".nb-file-get")).toHaveLength(2);
  });

  it("tells which one was chosen", async () => {
    const page = await shown();
    await page.settle(() => page.find('.nb-file-name[aria-label="b.txt"]').click());
    expect(page.fired).toEqual([["select", { index: 1, value: "b.txt", selected: true }]]);
  });
});

describe("Gallery", () => {
  const items = ["a.png", "b.png", "c.png"].map((name) => ({ image: file(name), caption: name }));
  const shown = (props = {}) =>
    show({
      2: [
        "gallery",
        {
          label: "Pictures",
          value: items,
          columns: 2,
          rows: null,
          height: null,
          allow_preview: true,
          preview: null,
          selected_index: null,
          object_fit: null,
          buttons: null,
          fit_columns: true,
          sources: ["upload"],
          file_types: null,
          interactive: false,
          ...props,
        },
      ],
    });

  it("opens one large and goes on by keys, until Escape", async () => {
    const page = await shown();
    await page.settle(() => page.find('[aria-label="b.png"]').click());
    expect(page.fired.map(([event]) => event)).toEqual(["preview_open", "select"]);
    await page.settle(() => void press(page.find(".nb-preview"), "ArrowRight"));
    expect(page.block(2).props.peek().selected_index).toBe(2);
    await page.settle(() => void press(page.find(".nb-preview"), "ArrowRight"));
    expect(page.block(2).props.peek().selected_index).toBe(0);
    await page.settle(() => void press(page.find(".nb-preview"), "Escape"));
    expect(page.block(2).props.peek().selected_index).toBe(null);
    expect(page.fired.at(-1)?.[0]).toBe("preview_close");
  });

  it("only marks one where none is shown large", async () => {
    const page = await shown({ allow_preview: false });
    await page.settle(() => page.find('[aria-label="b.png"]').click());
    expect(page.all(".nb-preview")).toEqual([]);
    expect(page.find('[aria-label="b.png"]').getAttribute("aria-pressed")).toBe("true");
    expect(page.fired).toEqual([["select", { index: 1, value: items[1], selected: true }]]);
  });

  it("starts large when its author says so", async () => {
    const page = await shown({ preview: true });
    expect(page.block(2).props.peek().selected_index).toBe(0);
  });
});

describe("FileExplorer", () => {
  it("lists anew what its app changed: the folder, or what is shown of it", async () => {
    const { seen, update } = await showAlone("fileexplorer", {
      value: null,
      file_count: "multiple",
      root_dir: "a",
      glob: "**/*",
      ignore_glob: null,
    });
    const asked = () => seen.filter(([, title]) => title === "The folder cannot be read").length;
    expect(asked()).toBe(1);
    await update({ root_dir: "b" });
    await update({ glob: "*.py" });
    await update({});
    expect(asked()).toBe(3);
    await update({ value: [["x"]] });
    await update({});
    expect(asked()).toBe(3);
  });
});
