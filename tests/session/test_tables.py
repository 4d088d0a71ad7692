"""Tables between a page and a handler."""

from __future__ import annotations

import pandas as pd

import nbblocks as gr
from tests.session.driver import Page, launched

FRAME = pd.DataFrame({"day": pd.to_datetime(["2024-01-01", "2024-01-02"]), "n": [1, 2]})


def demo(**given):
    got = []
    with gr.Blocks() as blocks:
        table = gr.Dataframe(FRAME, label="Table", interactive=True, **given)
        gr.Button("Go").click(got.append, table, None)
        gr.Button("Large").click(lambda: pd.DataFrame({"n": range(50_000)}), None, table)
    return blocks, got


def edit(page, *ops, since=0):
    return {"table": page.value("Table")["table"], "since": since, "ops": list(ops)}


def test_handler_gets_the_users_edits_in_the_types_of_the_columns():
    blocks, got = demo()
    page = Page(launched(blocks))
    page.fire("Go", Table=edit(page, ["cells", [[0, 0, "2025-05-05"], [1, 1, "7"]]]))
    assert got[0]["day"].tolist() == [pd.Timestamp("2025-05-05"), pd.Timestamp("2024-01-02")]
    assert (got[0]["n"].tolist(), str(got[0]["n"].dtype)) == ([1, 7], "int64")


def test_page_that_edits_a_table_that_is_gone_gets_the_present_one():
    blocks, got = demo()
    page = Page(launched(blocks))
    stale = edit(page, ["cells", [[0, 1, "9"]]])
    page.fire("Large")
    page.messages.clear()
    page.fire("Go", Table=stale)
    assert len(got[0]) == 50_000
    told = [m["models"] for m in page.of_kind("state")]
    assert told[-1][str(page.block("Table")._id)]["value"]["rows"] == 50_000


def test_edit_that_is_not_allowed_is_refused_and_taken_back():
    blocks, got = demo(static_columns=[1])
    page = Page(launched(blocks))
    page.say("changes", changes=page.edit(Table=edit(page, ["cells", [[0, 1, "9"]]])))
    page.settle()
    assert page.of_kind("toast")[0]["title"] == "Refused"
    page.fire("Go")
    assert got[0]["n"].tolist() == [1, 2]


def test_page_asks_for_windows_of_a_large_table():
    blocks, _ = demo()
    page = Page(launched(blocks))
    page.fire("Large")
    page.say(
        "call", call="1", block=page.block("Table")._id, function="window",
        data={"start": 40_000, "stop": 40_002, "query": {"sort": [[0, "desc"]]}},
    )  # fmt: skip
    page.until(lambda: page.of_kind("result"))
    assert page.of_kind("result")[0]["value"]["data"] == [[9_999], [9_998]]


def test_downloaded_file_is_one_of_this_sessions():
    blocks, _ = demo()
    page = Page(launched(blocks))
    page.say("call", call="1", block=page.block("Table")._id, function="download", data={"format": "csv"})
    page.until(lambda: page.of_kind("result"))
    file = page.of_kind("result")[0]["value"]
    assert page.session.files.path_of(file["path"]).read_text().splitlines()[1].startswith("2024-01-01")


def test_same_table_given_again_is_no_change():
    changes = []
    with gr.Blocks() as blocks:
        table = gr.Dataframe(FRAME, label="Table")
        table.change(lambda: changes.append(1), None, None)
        gr.Button("Same").click(FRAME.copy, None, table)
        gr.Button("Other").click(lambda: FRAME.head(1), None, table)
    page = Page(launched(blocks))
    page.fire("Same")
    assert changes == []
    page.fire("Other")
    page.settle()
    assert changes == [1]


def test_handler_is_told_of_a_chosen_cell():
    got = []

    def chosen(event: gr.SelectData):
        got.append((event.index, event.value, event.row_value, event.col_value))

    with gr.Blocks() as blocks:
        table = gr.Dataframe(FRAME, label="Table")
        table.select(chosen, None, None)
    page = Page(launched(blocks))
    page.fire("Table", "select", payload={"index": [1, 1], "value": 2, "row_value": None, "col_value": None})
    assert got == [([1, 1], 2, ["2024-01-02 00:00:00", 2], [1, 2])]


def test_value_that_a_pages_own_code_made_is_a_table():
    blocks, got = demo()
    page = Page(launched(blocks))
    page.fire("Go", Table={"headers": ["x"], "data": [["1"], ["2"]], "metadata": None})
    assert got[0].to_dict("list") == {"x": ["1", "2"]}
