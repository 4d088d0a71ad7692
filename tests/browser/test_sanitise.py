"""Nothing that a value holds runs in the page: in a notebook it would own the kernel."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Standalone

HOSTILE = """
import nbblocks as gr

CORPUS = [
    "<img src=x onerror='window.hit=1'>",
    "<svg onload='window.hit=1'><script>window.hit=1</script></svg>",
    "<script>window.hit=1</script>",
    "[x](javascript:window.hit=1)",
    "<a href='java\\tscript:window.hit=1'>x</a>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.hit=1&gt;'>",
    "<form action='javascript:window.hit=1'><button id=send>x</button></form>",
    "<details open ontoggle='window.hit=1'>x</details>",
    "<style>* { display: none }</style>",
    "$$<img src=x onerror='window.hit=1'>$$",
    "```html\\n<img src=x onerror='window.hit=1'>\\n```",
    "</script><script>window.hit=1</script>",
]
with gr.Blocks(title="</title><script>window.hit=1</script>") as demo:
    for text in CORPUS:
        gr.Markdown(text)
        gr.Textbox(text, label=text, info=text, placeholder=text)
        gr.Button(text)
        gr.Checkbox(label=text)
        with gr.Tab(text):
            gr.Markdown("in")
        with gr.Accordion(text):
            gr.Markdown("in")
    def fail():
        raise gr.Error("".join(CORPUS), title=CORPUS[0])
    gr.Button("Fail").click(fail)
    gr.Button("Unsafe", link="javascript:window.hit=1")
    gr.Markdown("the end")
demo.launch(prevent_thread_lock=False)
"""


def test_values_labels_and_errors_run_nothing(page: Page, standalone: Standalone) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    url = standalone(HOSTILE).url
    page.goto(url)
    expect(page.get_by_text("the end")).to_be_visible()
    page.get_by_role("button", name="Fail").click()
    expect(page.get_by_test_id("toast-body")).to_be_visible()
    page.get_by_role("button", name="Unsafe").click()
    for link in page.locator(".prose a").all():
        assert not (link.get_attribute("href") or "").lower().replace("\t", "").startswith("javascript")
    page.wait_for_function("() => document.querySelectorAll('.nb-waiting').length === 0")
    assert page.evaluate("() => window.hit") is None
    assert page.locator(".prose script, .prose iframe, .prose form, .prose style").count() == 0
    assert all(r.startswith((url, "data:", "blob:")) for r in requests), "a request to someone else"
