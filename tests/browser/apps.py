"""Apps that tests show in more than one host; each is a script that ends in a launch."""

SEED_A = """
import nbblocks as gr

def combine(a, b):
    return f"{a} and {b}", f"{b} and {a}"

with gr.Blocks() as demo:
    gr.Markdown("# Two *boxes*")
    with gr.Row():
        left = gr.Textbox(label="Left")
        right = gr.Textbox(label="Right")
    button = gr.Button("Run")
    button.click(combine, [left, right], [right, left])

demo.launch()
"""

SEED_B = """
import nbblocks as gr

def reverse(text):
    return text[::-1]

demo = gr.Blocks()
with demo:
    button = gr.Button(value="Reverse")
    button.click(reverse, gr.Textbox(), gr.Textbox())

demo.launch(share=True, auth=("username", "password"))
"""

SEED_C = """
import numpy as np
import nbblocks as gr

def picture(text):
    image = np.zeros((30, 60, 3), np.uint8)
    image[:, : len(text)] = (255, 0, 0)
    return image

with gr.Blocks() as demo:
    words = gr.Textbox()
    shown = gr.Image()
    button = gr.Button(label="Generate Image")
    button.click(picture, words, shown)
demo.queue(max_size=10)
demo.launch()
"""

SEED_D = """
import nbblocks as gr

with gr.Blocks() as demo:
    gr.Markdown("# When you close the tab, hello will be printed to the console")
    demo.unload(lambda: print("hello"))
demo.launch()
"""

#: What an app with a widget of its author's own starts with.
COUNTER_WIDGET = """
import anywidget, ipywidgets, traitlets, nbblocks as gr

class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const button = document.createElement("button");
        button.className = "counter";
        const show = () => { button.textContent = "count " + model.get("count") };
        button.onclick = () => { model.set("count", model.get("count") + 1); model.save_changes() };
        model.on("change:count", show); show(); el.append(button);
    } }'''
    _css = ".counter { color: rgb(1, 2, 3) }"
    count = traitlets.Int(0).tag(sync=True)
"""
