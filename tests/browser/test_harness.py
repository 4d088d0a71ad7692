"""The fixtures of this directory drive what they claim to drive; no app of ours takes part."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone, Voila
from tests.browser.lab import CellError, LabPage, NotebookState

BUTTON_AND_LABEL = """
import ipywidgets
button, label = ipywidgets.Button(description="Greet"), ipywidgets.Label("nothing yet")
button.on_click(lambda _: setattr(label, "value", "hello from the kernel"))
ipywidgets.VBox([button, label])
"""

COUNTER_IN_SHADOW_ROOT = """
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    presses = traitlets.Int(0).tag(sync=True)
    _esm = '''
    export default { render({ model, el }) {
        const host = document.createElement("div");
        host.setAttribute("data-lm-suppress-shortcuts", "true");
        el.append(host);
        host.attachShadow({ mode: "open" }).innerHTML =
            `<button>count</button><output></output>`;
        const [button, output] = host.shadowRoot.children;
        const show = () => { output.textContent = `pressed ${model.get("presses")}`; };
        button.onclick = () => {
            model.set("presses", model.get("presses") + 1);
            model.save_changes();
        };
        model.on("change:presses", show);
        show();
    } };
    '''
counter = Counter()
counter
"""

PAGE_OF_ITS_OWN = """
import http.server, os
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<h1>on its own</h1>")
server = http.server.HTTPServer(("127.0.0.1", int(os.environ["GRADIO_SERVER_PORT"])), Page)
print(f"* Running on local URL:  http://127.0.0.1:{server.server_port}")
try:
    server.serve_forever()
except KeyboardInterrupt:
    print("ended as asked")
"""


def test_click_reaches_the_kernel_and_its_answer_the_page(frontend: LabPage) -> None:
    frontend.open([BUTTON_AND_LABEL])
    frontend.run_all()
    output = frontend.output(0)
    output.get_by_role("button", name="Greet").click()
    expect(output.get_by_text("hello from the kernel")).to_be_visible()
    assert frontend.kernel_exec("print(label.value)") == "hello from the kernel\n"


def test_shadow_root_is_driven_by_mouse_keyboard_and_kernel(lab: LabPage) -> None:
    lab.open([COUNTER_IN_SHADOW_ROOT])
    lab.run_cell(0)
    button = lab.output(0).get_by_role("button", name="count")
    button.click()
    expect(lab.output(0).get_by_text("pressed 1")).to_be_visible()
    button.press("Enter")
    expect(lab.output(0).get_by_text("pressed 2")).to_be_visible()
    # the press comes to the kernel on a subshell of its own, which may be after what is run there next
    assert any(lab.kernel_exec("print(counter.presses)") == "2\n" for _ in range(100))
    lab.kernel_exec("counter.presses = 7")
    expect(lab.output(0).get_by_text("pressed 7")).to_be_visible()


def test_state_tells_what_a_key_did_to_the_notebook(lab: LabPage) -> None:
    lab.open(["1 + 1", "2 + 2"])
    lab.run_cell(1)
    assert lab.state() == NotebookState(cells=2, active=1, execution_counts=(None, 1), mode="command")
    lab.cell(1).locator(".jp-InputPrompt").click()
    lab.page.keyboard.press("b")
    assert lab.state() == NotebookState(cells=3, active=2, execution_counts=(None, 1, None), mode="command")


def test_reload_keeps_the_kernel(lab: LabPage) -> None:
    lab.open(["kept = 'as before'"])
    lab.run_all()
    lab.reload()
    assert lab.kernel_exec("print(kept)") == "as before\n"


def test_error_in_a_cell_fails_the_test_with_its_traceback(lab: LabPage) -> None:
    lab.open(["1 / 0"])
    with pytest.raises(CellError, match="ZeroDivisionError"):
        lab.run_all()


def test_error_in_code_sent_to_the_kernel_fails_the_test(lab: LabPage) -> None:
    lab.open([""])
    with pytest.raises(CellError, match="NameError"):
        lab.kernel_exec("nowhere")


def test_theme_changes_and_the_next_page_is_light_again(frontend: LabPage) -> None:
    frontend.open([""])
    frontend.toggle_theme(dark=True)
    expect(frontend.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    frontend.close()
    expect(frontend.page.locator("body")).to_have_attribute("data-jp-theme-light", "true")


def test_voila_shows_live_widgets_without_the_code(voila: Voila, page: Page) -> None:
    page.goto(voila([BUTTON_AND_LABEL]).url)
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_text("hello from the kernel")).to_be_visible()
    expect(page.get_by_text("import ipywidgets")).to_have_count(0)


def test_script_serves_a_page_and_ends_on_interrupt(standalone: Standalone, page: Page) -> None:
    app = standalone(PAGE_OF_ITS_OWN)
    page.goto(app.url)
    expect(page.get_by_role("heading", name="on its own")).to_be_visible()
    assert app.end() == 0
    assert app.lines[-1] == "ended as asked\n"


def test_script_that_fails_shows_its_output(standalone: Standalone) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)ended with status 1.*KeyError: 'lost'"):
        standalone("print({}['lost'])")
