"""Two viewers of one app, in any order of what they do: neither ever sees anything of the other's."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nbblocks as gr

VIEWERS = ("ada", "bob")
ACTIONS = ("echo", "keep", "toast", "progress", "batch", "stream", "file", "fail", "draw")


def _app(folder):
    """Each button does something with the viewer's own text, which every answer holds."""

    def keep(text, kept):
        kept.append(text)
        return kept, " ".join(kept)

    def batch(texts):
        return [[f"batch {t}" for t in texts]]

    def progress(text, bar=gr.Progress()):
        bar(0.5, desc=text)
        return f"progress {text}"

    def stream(text):
        for n in range(3):
            yield f"stream {text} {n}"

    def file(text):
        path = folder / f"{text}.txt"
        path.write_text(text, encoding="utf-8")
        return str(path)

    def fail(text):
        raise gr.Error(f"failed {text}", print_exception=False)

    def toast(text):
        gr.Info(f"toast {text}")

    with gr.Blocks() as demo:
        demo.text = gr.Textbox(label="text")
        out, held, files = gr.Textbox(label="out"), gr.State([]), gr.File(label="files")
        demo.buttons = {name: gr.Button(name) for name in ACTIONS}
        press = demo.buttons
        press["echo"].click(lambda t: f"echo {t}", demo.text, out, trigger_mode="multiple")
        press["keep"].click(keep, [demo.text, held], [held, out], trigger_mode="multiple")
        press["toast"].click(toast, demo.text, trigger_mode="multiple")
        press["progress"].click(progress, demo.text, out, trigger_mode="multiple")
        press["batch"].click(batch, demo.text, out, batch=True, max_batch_size=4, trigger_mode="multiple")
        press["stream"].click(stream, demo.text, out, trigger_mode="multiple", concurrency_limit=None)
        press["file"].click(file, demo.text, files, trigger_mode="multiple")
        press["fail"].click(fail, demo.text, trigger_mode="multiple")

        @gr.render(demo.text, triggers=[press["draw"].click])
        def draw(text):
            gr.Markdown(f"drawn {text}")

    return demo


steps = st.lists(st.tuples(st.sampled_from(VIEWERS), st.sampled_from(ACTIONS)), min_size=1, max_size=25)


@given(steps)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_viewers_stay_apart(open_page, tmp_path, script):
    demo = _app(tmp_path)
    pages = {who: open_page(demo) for who in VIEWERS}
    kept = {who: [] for who in VIEWERS}
    asked = dict.fromkeys(VIEWERS, 0)
    for n, (who, action) in enumerate(script):
        text = f"{who}-{n}"
        if action == "keep":
            kept[who].append(text)
        asked[who] += 1
        pages[who].fire(demo.buttons[action], edits={demo.text: text})
    for page in pages.values():
        page.settle()
    for who, page in pages.items():
        (other,) = set(VIEWERS) - {who}
        told = json.dumps(page.messages, default=str) + json.dumps(list(page.session.props.values()), default=str)
        assert f"{other}-" not in told
        ends = [m["job"] for m in page.of_kind("job") if m["status"] in ("done", "failed", "ignored")]
        assert len(set(ends)) == len(ends) == asked[who]
        (state,) = [b for b in demo.blocks.values() if isinstance(b, gr.State)]
        assert sorted(page.session.state_of(state)) == sorted(kept[who])
        toasts = {f"toast {who}-{n}" for n, step in enumerate(script) if step == (who, "toast")}
        assert {m for _, m in page.toasts} == toasts
