"""Tables as a person uses them, small and large, on a page and in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from playwright.sync_api import Locator, Page, expect

import nbblocks as gr
from tests.browser.lab import LabPage
from tests.browser.test_accessibility import AXE

PEOPLE = pd.DataFrame(
    {
        "name": ["Ada", "Grace", "Linus"],
        "born": pd.to_datetime(["1815-12-10", "1906-12-09", "1969-12-28"]),
        "score": [1.5, 2.25, None],
        "ok": [True, False, True],
        "note": ["**bold** and $$x^2$$", "<img src=x alt='' onerror='window.ran = true'>", "plain"],
    }
)
KINDS: Any = ["str", "date", "number", "bool", "markdown"]
ROWS = 1_000_000
LARGE = pl.DataFrame({"n": np.arange(ROWS), "half": np.arange(ROWS) / 2, "odd": np.arange(ROWS) % 2 == 1})


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


def shown(page: Page, demo: gr.Blocks, query: str = "") -> None:
    demo.launch(prevent_thread_lock=True, quiet=True, inline=False)
    page.goto(f"{demo.local_url}{query}")
    page.wait_for_selector("[role=gridcell]")


def cell(within: Page | Locator, row: int, column: int) -> Locator:
    return within.get_by_test_id(f"cell-{row}-{column}")


def people() -> gr.Blocks:
    with gr.Blocks() as demo:
        table = gr.Dataframe(PEOPLE, datatype=KINDS, label="People", interactive=True, show_search="filter")
        said = gr.Textbox(label="Said")
        gr.Button("Say").click(lambda t: f"{t.dtypes.astype(str).tolist()} {t.values.tolist()}", table, said)
    return demo


def test_cells_are_edited_by_keyboard_and_come_to_the_handler_in_their_types(page: Page) -> None:
    shown(page, people())
    cell(page, 0, 0).click()
    page.keyboard.type("Eve")
    page.keyboard.press("Tab")
    page.keyboard.type("2000-01-02")
    page.keyboard.press("Tab")
    page.keyboard.press("F2")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(cell(page, 0, 2)).to_have_text("7")
    page.get_by_role("button", name="Say").click()
    said = page.get_by_label("Said")
    expect(said).to_have_value(
        "['str', 'datetime64[us]', 'float64', 'bool', 'str'] "
        "[['Eve', Timestamp('2000-01-02 00:00:00'), 7.0, True, '**bold** and $$x^2$$'], "
        "['Grace', Timestamp('1906-12-09 00:00:00'), 2.25, False, \"<img src=x alt='' onerror='window.ran = true'>\"], "
        "['Linus', Timestamp('1969-12-28 00:00:00'), nan, True, 'plain']]"
    )
    assert page.evaluate("window.ran") is None


def test_edits_are_undone_and_done_again(page: Page) -> None:
    shown(page, people())
    cell(page, 1, 0).click()
    page.keyboard.press("Delete")
    expect(cell(page, 1, 0)).to_have_text("")
    page.keyboard.press("ControlOrMeta+z")
    expect(cell(page, 1, 0)).to_have_text("Grace")
    page.keyboard.press("ControlOrMeta+y")
    expect(cell(page, 1, 0)).to_have_text("")


def test_ranges_go_through_the_clipboard(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown(page, people())
    cell(page, 0, 0).click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("ControlOrMeta+c")
    assert page.evaluate("navigator.clipboard.readText()") == "Ada\nGrace"
    page.evaluate("navigator.clipboard.writeText('x\\ty\\nz\\tw')")
    cell(page, 2, 0).click()
    page.keyboard.press("ControlOrMeta+v")
    expect(cell(page, 3, 0)).to_have_text("z")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "5")


def test_rows_are_ordered_filtered_and_found(page: Page) -> None:
    shown(page, people())
    page.get_by_role("columnheader", name="name").click()
    page.get_by_role("columnheader", name="name").click()
    expect(page.get_by_test_id("cell-0-0")).to_have_text("Linus")
    page.get_by_label("Search").fill("gr")
    expect(page.get_by_test_id("cell-0-0")).to_have_text("Grace")
    expect(page.get_by_role("status").filter(has_text="rows")).to_have_text("1 of 3 rows")
    page.get_by_label("Search").fill("")
    page.get_by_role("button", name="Menu of column score").click(force=True)
    page.get_by_label("Test").select_option("less")
    page.get_by_label("Text or number").fill("2")
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(cell(page, 0, 0)).to_have_text("Ada")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "2")


def test_columns_move_hide_pin_and_grow(page: Page) -> None:
    shown(page, people())
    grid = page.get_by_role("grid")

    def names() -> list[str]:
        found: list[str] = grid.get_by_role("columnheader").evaluate_all("cells => cells.map(c => c.title)")
        return found

    def choose(column: str, item: str) -> None:
        page.get_by_role("button", name=f"Menu of column {column}").click(force=True)
        page.get_by_role("menuitem", name=item).click()

    choose("score", "Pin column")
    assert names() == ["score", "name", "born", "ok", "note"]
    choose("born", "Hide column")
    assert names() == ["score", "name", "ok", "note"]
    choose("ok", "Move left")
    assert names() == ["score", "ok", "name", "note"]
    choose("ok", "Show all columns")
    assert len(names()) == 5
    header = page.get_by_role("columnheader", name="name")
    before = header.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + before["width"] - 1, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] + 59, before["y"] + 10)
    page.mouse.up()
    after = header.bounding_box()
    assert after is not None
    assert abs(after["width"] - before["width"] - 60) < 2


def test_a_million_rows_are_reached_ordered_and_chosen(page: Page) -> None:
    chosen: list[Any] = []

    def choose(event: gr.SelectData) -> str:
        chosen.append((event.index, event.value, event.row_value, len(event.col_value or [])))
        return str(event.index)

    with gr.Blocks() as demo:
        table = gr.Dataframe(LARGE, label="Large", interactive=False)
        said = gr.Textbox(label="Said")
        table.select(choose, None, said, trigger_mode="multiple")  # else one that still runs takes no other
    shown(page, demo)
    assert page.locator(".nb-tbody [role=row]").count() < 60
    cell(page, 0, 0).click()
    page.keyboard.press("ControlOrMeta+End")
    expect(cell(page, ROWS - 1, 0)).to_have_text(str(ROWS - 1))
    page.get_by_role("columnheader", name="half").click()
    page.get_by_role("columnheader", name="half").click()
    page.keyboard.press("ControlOrMeta+Home")
    expect(cell(page, 0, 0)).to_have_text(str(ROWS - 1))
    cell(page, 1, 0).click()
    expect(page.get_by_label("Said")).to_have_value(f"[{ROWS - 2}, 0]")
    assert chosen[-1] == ([ROWS - 2, 0], ROWS - 2, [ROWS - 2, (ROWS - 2) / 2, False], ROWS)


def test_scrolling_through_a_million_rows_makes_no_long_task(page: Page) -> None:
    with gr.Blocks() as demo:
        gr.Dataframe(LARGE, label="Large", interactive=False)
    shown(page, demo)
    page.evaluate(
        "window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries().map(e => e.duration)))"
        ".observe({ entryTypes: ['longtask'] })"
    )
    page.get_by_role("grid").hover()
    for _ in range(30):
        page.mouse.wheel(0, 400)
        page.wait_for_function("document.querySelectorAll('.nb-pending').length < 400")
    assert max(page.evaluate("window.tasks"), default=0) < 400  # 100 on a machine that does nothing else


def test_an_edit_of_a_large_table_comes_to_the_handler(page: Page) -> None:
    with gr.Blocks() as demo:
        table = gr.Dataframe(LARGE, label="Large", interactive=True, type="polars")
        said = gr.Textbox(label="Said")
        gr.Button("Say").click(lambda t: f"{t.height} {t[3, 'n']} {t['n'].dtype}", table, said)
    shown(page, demo)
    cell(page, 3, 0).click()
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Say").click()
    expect(page.get_by_label("Said")).to_have_value(f"{ROWS} 42 Int64")
    cell(page, 0, 0).click(button="right")
    page.get_by_role("menuitem", name="Delete row").click()
    expect(cell(page, 2, 0)).to_have_text("42")
    page.get_by_role("button", name="Say").click()
    expect(page.get_by_label("Said")).to_have_value(f"{ROWS - 1} 4 Int64")


def test_a_table_is_downloaded_without_formulas(page: Page) -> None:
    with gr.Blocks() as demo:
        gr.Dataframe([["=1+1", 2]], headers=["a", "b"], label="T", interactive=False)
    shown(page, demo)
    page.get_by_role("grid").hover()
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV").click()
    with open(str(download.value.path()), newline="") as f:
        assert f.read().splitlines() == ["a,b", "'=1+1,2"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_tables_are_accessible(page: Page, theme: str) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install, in js/")
    with gr.Blocks(title="Tables") as demo:
        gr.Markdown("# Tables")
        gr.Dataframe(
            PEOPLE, datatype=KINDS, label="People", interactive=True, show_search="filter", show_row_numbers=True
        )
        gr.Dataframe(LARGE, label="Large", interactive=False, pinned_columns=1)
        gr.Dataframe(label="Empty", interactive=False)
        gr.Dataframe(label="Begin", interactive=True, elem_id="begin")
    shown(page, demo, f"?__theme={theme}")
    cell(page.locator("#begin"), 0, 0).click()
    page.keyboard.type("x")
    page.get_by_role("button", name="Menu of column score").click(force=True)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    told = [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"]]
    assert not told, "\n".join(told)


NOTEBOOK = """
import pandas as pd
import nbblocks as gr

with gr.Blocks() as demo:
    small = gr.Dataframe(pd.DataFrame({"n": [2, 1], "s": ["a", "b"]}), label="Small", interactive=True, elem_id="small")
    large = gr.Dataframe(pd.DataFrame({"n": range(200_000)}), label="Large", interactive=False, elem_id="large")
    said = gr.Textbox(label="Said")
    gr.Button("Say").click(lambda s, l: f"{s.values.tolist()} {len(l)}", [small, large], said)
demo.launch()
"""


def test_tables_work_in_a_notebook(lab: LabPage) -> None:
    lab.open([NOTEBOOK])
    lab.run_all()
    out = lab.output(0)
    small, large = out.locator("#small"), out.locator("#large")
    cell(small, 0, 0).click()
    lab.page.keyboard.type("5")
    lab.page.keyboard.press("Enter")
    expect(cell(small, 0, 0)).to_have_text("5")
    cell(large, 0, 0).click()
    lab.page.keyboard.press("ControlOrMeta+End")
    expect(cell(large, 199_999, 0)).to_have_text("199999")
    out.get_by_role("button", name="Say").click()
    expect(out.get_by_label("Said")).to_have_value("[[5, 'a'], [1, 'b']] 200000")
