"""What stands inside what."""

import nbblocks as gr


def test_tabs_without_a_tabs_share_one():
    with gr.Blocks() as demo:
        with gr.Tab("One"):
            gr.Textbox()
        gr.State()
        with gr.Tab("Two"):
            gr.Textbox()
        gr.Markdown("between")
        with gr.Tab("Three"):
            gr.Textbox()
    kinds = [[type(b).__name__, [c.label for c in getattr(b, "children", [])]] for b in demo.children]
    assert kinds == [["Tabs", ["One", "Two"]], ["State", []], ["Markdown", []], ["Tabs", ["Three"]]]
    assert all(b._id in demo.blocks for b in demo.walk())


def test_a_tabs_given_is_kept():
    with gr.Blocks() as demo, gr.Tabs() as tabs, gr.Tab("One"):
        gr.Textbox()
    assert demo.children == [tabs]
    assert [t.label for t in tabs.children] == ["One"]


def test_every_makes_a_timer_whose_ticks_renew_the_value():
    with gr.Blocks() as demo:
        clock = gr.Textbox(lambda: "now", every=2)
    (renewal,) = demo.fns.values()
    assert [(type(t.block).__name__, t.event) for t in renewal.targets] == [("NoneType", "load"), ("Timer", "tick")]
    assert renewal.targets[1].block.value == 2
    assert renewal.outputs == [clock]
