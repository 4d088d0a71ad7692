"""Files and pictures in a page and in a cell: given, shown, taken away, downloaded."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import PIL.Image
import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Standalone
from tests.browser.lab import LabPage


def picture(colour: str = "red", size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", size, colour).save(buffer, "png")
    return buffer.getvalue()


def payload(name: str, content: bytes = b"content", mime_type: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": mime_type, "buffer": content}


def png(name: str, colour: str = "red") -> FilePayload:
    return payload(name, picture(colour), "image/png")


FILES = """
import nbblocks as gr
from pathlib import Path

def names(files):
    return [] if files is None else [Path(f.name).name for f in (files if isinstance(files, list) else [files])]

with gr.Blocks() as demo:
    one = gr.File(label="One", file_types=[".txt", "image"])
    many = gr.File(label="Many", file_count="multiple", allow_reordering=True)
    up = gr.UploadButton("Give files", file_count="multiple")
    down = gr.DownloadButton("Get it", value=str(Path(gr.File().example_value())))
    said = gr.JSON(label="Said")
    event = gr.JSON(label="Event")
    for files in (one, many, up):
        files.upload(names, files, said)
    many.change(names, many, said)
    def told(e: gr.SelectData): return ["select", e.index, e.value]
    def deleted(e: gr.DeletedFileData): return ["delete", e.file.orig_name, Path(e.file.path).read_text()]
    def downloaded(e: gr.DownloadData): return ["download", e.file.orig_name]
    many.select(told, None, event)
    many.delete(deleted, None, event)
    many.download(downloaded, None, event)
    many.clear(lambda: ["clear"], None, event)
    down.click(lambda: ["click"], None, event)
demo.launch()
"""


def said(app: Page | Locator, label: str = "Said") -> Locator:
    return app.locator(".nb-json").filter(has_text=label)


def says(app: Page | Locator, *words: str, label: str = "Said") -> None:
    for word in words:
        expect(said(app, label)).to_contain_text(word)


def use_files(page: Page, app: Page | Locator) -> None:
    app.get_by_label("One").set_input_files(payload("a.txt"))
    says(app, "a.txt")
    app.get_by_label("Many").set_input_files([payload("b.txt", b"b"), payload("c.txt", b"c")])
    says(app, "b.txt", "c.txt")
    many = app.locator(".nb-block.nb-file").filter(has_text="Many")
    many.get_by_role("button", name="b.txt", exact=True).click()
    says(app, "select", "0", "b.txt", label="Event")
    grip = many.get_by_role("button", name="Move b.txt")
    grip.focus()
    page.keyboard.press("ArrowDown")
    expect(many.locator(".nb-file-name")).to_have_text(["c.txt", "b.txt"])
    with page.expect_download() as got:
        many.get_by_role("button", name="Download c.txt").click()
    assert (got.value.suggested_filename, Path(got.value.path()).read_bytes()) == ("c.txt", b"c")
    says(app, "download", "c.txt", label="Event")
    many.get_by_role("button", name="Take away c.txt").click()
    expect(many.locator(".nb-file-name")).to_have_text(["b.txt"])
    says(app, "delete", "c.txt", label="Event")
    many.get_by_role("button", name="Clear").click()
    says(app, "clear", label="Event")
    with page.expect_download() as got:
        app.get_by_role("button", name="Get it").click()
    assert Path(got.value.path()).read_bytes() == b"sample\n"
    says(app, "click", label="Event")
    with page.expect_file_chooser() as chooser:
        app.get_by_role("button", name="Give files").click()
    chooser.value.set_files([payload("d.txt"), payload("e.txt")])
    says(app, "d.txt", "e.txt")


def test_files_go_in_and_out_in_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(FILES).url)
    use_files(page, page)


def test_files_go_in_and_out_in_a_cell(lab: LabPage) -> None:
    lab.open([FILES])
    lab.run_all()
    use_files(lab.page, lab.app)


def test_file_of_a_wrong_kind_is_said_and_nothing_is_lost(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(FILES).url)
    one = page.get_by_label("One")
    one.set_input_files(payload("a.txt"))
    says(page, "a.txt")
    page.locator(".nb-block.nb-file").filter(has_text="One").get_by_role("button", name="Clear").click()
    page.get_by_label("One").set_input_files(payload("a.exe", mime_type="application/x-msdownload"))
    expect(page.get_by_role("alert").or_(page.locator(".nb-toast"))).to_contain_text("not taken")
    says(page, "a.txt")


NAMES = ["../../etc/passwd.txt", "🙂" * 60 + ".txt", "a" * 300 + ".txt", "con.txt", "<img src=x onerror=alert(1)>.txt"]


@pytest.mark.parametrize("name", NAMES, ids=["folders", "emoji", "long", "device", "markup"])
def test_strange_name_is_taken_as_one_that_a_file_can_have(page: Page, standalone: Standalone, name: str) -> None:
    page.goto(standalone(FILES).url)
    page.get_by_label("One").set_input_files(payload(name))
    says(page, ".txt")
    expect(page.locator(".nb-file-row")).to_have_count(1)
    expect(page.locator(".nb-file-row img")).to_have_count(0)


def test_event_waits_for_an_upload_that_it_needs(page: Page, standalone: Standalone, tmp_path: Path) -> None:
    app = """
import nbblocks as gr
with gr.Blocks() as demo:
    given, out = gr.File(label="Given", type="binary"), gr.Textbox(label="Out")
    gr.Button("Go").click(lambda b: str(b and len(b)), given, out)
demo.launch()
"""
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(30_000_000))
    page.goto(standalone(app).url)
    page.get_by_label("Given").set_input_files(path)
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_label("Out")).to_have_value("30000000", timeout=30_000)


EXPLORER = """
import nbblocks as gr, pathlib, tempfile
root = pathlib.Path(tempfile.mkdtemp())
(root / "inner" / "deep").mkdir(parents=True)
for name in ("a.py", "b.txt", "inner/c.py", "inner/deep/d.py"):
    (root / name).write_text("")
with gr.Blocks() as demo:
    tree = gr.FileExplorer("**/*.py", root_dir=root, label="Tree")
    said = gr.JSON(label="Said")
    tree.change(lambda paths: [str(pathlib.Path(p).relative_to(root)) for p in paths], tree, said)
demo.launch()
"""


def test_tree_is_opened_and_chosen_from_by_keyboard(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(EXPLORER).url)
    items = page.get_by_role("treeitem")
    expect(items).to_have_count(2)
    items.first.focus()
    page.keyboard.press("ArrowRight")
    expect(items).to_have_count(4)
    page.keyboard.press("End")
    page.keyboard.press("Space")
    says(page, "a.py")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    says(page, "inner/c.py", "inner/deep/d.py")
    expect(items.first).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Space")
    expect(said(page)).not_to_contain_text("inner/c.py")


GALLERY = """
import numpy as np, nbblocks as gr
def pic(i): return np.full((30, 40, 3), 20 * i, np.uint8)
with gr.Blocks() as demo:
    shown = gr.Gallery([(pic(i), f"Picture {i}") for i in range(4)], label="Shown", columns=2)
    given = gr.Gallery(label="Given", interactive=True)
    said = gr.JSON(label="Said")
    def told(e: gr.SelectData): return [e.index, e.value["caption"], e.value["image"]["orig_name"]]
    shown.select(told, None, said)
    shown.preview_open(lambda: ["opened"], None, said)
    shown.preview_close(lambda: ["closed"], None, said)
    given.change(lambda items: [[c, p.rsplit("/")[-1]] for p, c in items or []], given, said)
    def gone(e: gr.EventData): return ["deleted", e.file["orig_name"], e.index]
    given.delete(gone, None, said)
demo.launch()
"""


def use_gallery(page: Page, app: Page | Locator) -> None:
    shown = app.locator(".nb-block.nb-gallery").filter(has_text="Shown")
    shown.get_by_role("button", name="Picture 1", exact=True).click()
    says(app, "1", "Picture 1", "image.webp")
    preview = shown.locator(".nb-preview")
    expect(preview).to_be_visible()
    page.keyboard.press("ArrowRight")
    says(app, "Picture 2")
    page.keyboard.press("End")
    says(app, "Picture 3")
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    says(app, "closed")
    with page.expect_download() as got:
        shown.get_by_role("button", name="Download all").click()
    assert len(zipfile.ZipFile(got.value.path()).namelist()) == 4
    app.get_by_label("Given").set_input_files([png("a.png"), png("b.png", "blue")])
    says(app, "a.png", "b.png")
    given = app.locator(".nb-block.nb-gallery").filter(has_text="Given")
    given.get_by_role("button", name="Take away a.png").click()
    expect(given.locator(".nb-thumb")).to_have_count(1)
    says(app, "deleted", "a.png")


def test_gallery_in_a_page(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(GALLERY).url)
    use_gallery(page, page)


def test_gallery_in_a_cell(lab: LabPage) -> None:
    lab.open([GALLERY])
    lab.run_all()
    use_gallery(lab.page, lab.app)


MARKED = """
import numpy as np, nbblocks as gr
base = np.zeros((100, 200, 3), np.uint8)
with gr.Blocks() as demo:
    marked = gr.AnnotatedImage((base, [((0, 0, 50, 50), "cat"), ((100, 50, 200, 100), "dog")]), label="Marked")
    pair = gr.ImageSlider((base, base + 200), label="Pair")
    said = gr.JSON(label="Said")
    def told(e: gr.SelectData): return [e.index, e.value]
    marked.select(told, None, said)
    pair.select(told, None, said)
demo.launch()
"""


def test_marked_part_is_pressed_in_the_picture_and_in_the_legend(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(MARKED).url)
    image = page.locator(".nb-annotated > img")
    image.click(position={"x": 150, "y": 75})
    says(page, "1", "dog")
    page.get_by_role("button", name="cat").click()
    says(page, "0", "cat")
    page.get_by_role("button", name="dog").hover()
    expect(page.locator('.nb-part[data-label="cat"]')).to_have_css("opacity", "0")


def test_line_between_two_pictures_moves_by_mouse_and_by_keys(page: Page, standalone: Standalone) -> None:
    page.goto(standalone(MARKED).url)
    line = page.get_by_role("slider")
    expect(line).to_have_attribute("aria-valuenow", "50")
    line.focus()
    page.keyboard.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuenow", "52")
    page.keyboard.press("Home")
    expect(line).to_have_attribute("aria-valuenow", "0")
    place = page.locator(".nb-compare").bounding_box()
    grip = line.bounding_box()
    assert place is not None
    assert grip is not None
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.75, place["y"] + 20, steps=4)
    page.mouse.up()
    expect(line).to_have_attribute("aria-valuenow", re.compile("7[45]"))
