"""Several apps in tabs: their places and the names of their endpoints."""

from __future__ import annotations

import nbblocks as gr


def test_functions_without_a_name_are_called_as_gradios_clients_call_them():
    one, two = (gr.Interface(lambda name: f"Hello {name}", "text", "text") for _ in range(2))
    demo = gr.TabbedInterface([one, two, gr.ChatInterface(lambda message, history: message)])
    assert list(demo.get_api_info()["named_endpoints"]) == ["/lambda", "/lambda_2", "/lambda_2_1"]


def test_a_chat_in_a_tab_fills_the_page():
    demo = gr.TabbedInterface([gr.Interface(str, "text", "text"), gr.ChatInterface(lambda message, history: message)])
    scales = [block.scale for block in demo.blocks.values() if isinstance(block, gr.Tab)]
    assert (demo.fill_height, scales) == (True, [None, 1])
