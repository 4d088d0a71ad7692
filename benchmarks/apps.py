"""The programs that are measured: the same app for nbblocks and gradio, and the floors.

What stands in capitals in a program, ROWS or STEPS, is filled in when it is served.
"""

#: A frame of twenty columns whose first cell is found on a page.
FRAME = """
import numpy as np, pandas as pd

rng = np.random.default_rng(0)
FRAME = pd.DataFrame({
    f"column {i}": rng.normal(size=ROWS).round(3) if i % 2 else rng.integers(0, 10**6, ROWS) for i in range(20)
})
FRAME.iloc[0, 0] = 4242424
"""

#: A picture as a photograph is: smooth, with a little noise; another each time, also after lossy encoding.
SCENE = """
import itertools
import numpy as np

y, x = np.mgrid[0:2160, 0:3840]
SCENE = np.stack([np.sin(x / 200) * 100 + 128, np.cos(y / 150) * 100 + 128, (x + y) / 40], -1).astype(np.uint8)
SCENE += np.random.default_rng(0).integers(0, 6, SCENE.shape, dtype=np.uint8)
NUMBERS = itertools.count(1)

def draw():
    SCENE[:200, :200] = next(NUMBERS) * 40 % 255
    return SCENE
"""

#: A text that grows word by word, and ends otherwise each time: where nothing changes, nothing is seen.
GROWTH = """
import itertools
NUMBERS = itertools.count()

def grow():
    said = ""
    for i in range(STEPS):
        said += f"word{i} "
        yield said
    yield f"{said}end{next(NUMBERS)}"
"""

SAID = """
SAID = [
    {"role": "user" if i % 2 == 0 else "assistant", "content": f"Message {i}, **bold**\\n\\n- a\\n- b"}
    for i in range(1000)
]
"""

PAGE = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Go").click(lambda n: f"Hello {{n}}", name, out)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

#: Each letter typed is answered.
TYPING = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    name.input(lambda n: f"Hello {{n}}", name, out)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

#: A handler that computes for some milliseconds, as fast as its processes can.
COMPUTING = """
import sys
import nbblocks as gr

def greet(name):
    for _ in range({loops}):
        pass
    return f"Hello {{name}}"

with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Go").click(greet, name, out, concurrency_limit=None)
if __name__ == "__main__":
    demo.launch(server_port=int(sys.argv[1]), num_workers={workers})
"""

ECHO = """
import asyncio, sys
from tornado import web, websocket

class Page(web.RequestHandler):
    def get(self):
        self.finish('''<!doctype html><label>Name<input aria-label=Name></label><button>Go</button>
<input aria-label=Out id=out><script>
const ws = new WebSocket(location.href.replace("http", "ws") + "ws");
const opened = new Promise((resolve) => { ws.onopen = resolve; });
document.querySelector("button").onclick = async () => {
    await opened;
    ws.send(document.querySelector("input").value);
};
ws.onmessage = (e) => { document.querySelector("#out").value = e.data; };
</script>''')

class Echo(websocket.WebSocketHandler):
    def open(self):
        self.set_nodelay(True)
    def on_message(self, text):
        self.write_message("Hello " + text)

async def main():
    web.Application([("/", Page), ("/ws", Echo)]).listen(int(sys.argv[1]), "127.0.0.1")
    print("http://127.0.0.1:" + sys.argv[1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""

HUNDRED_OURS = """
import nbblocks as gr
with gr.Blocks() as demo:
    for i in range(100):
        gr.Textbox(label=f"Box {i}")
demo.launch()
"""

HUNDRED_WIDGETS = """
import ipywidgets
from IPython.display import display
display(ipywidgets.VBox([ipywidgets.Text(description=f"Box {i}") for i in range(100)]))
"""

CLICK_OURS = """
import nbblocks as gr
with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Go").click(lambda n: f"Hello {n}", name, out)
demo.launch()
"""

CLICK_WIDGETS = """
import ipywidgets
from IPython.display import display
name, out, go = ipywidgets.Text(), ipywidgets.Text(), ipywidgets.Button(description="Go")
count = 0
def clicked(_):
    global count
    count += 1
    out.value = f"Hello {name.value} {count}"
go.on_click(clicked)
display(ipywidgets.VBox([name, go, out]))
"""

COUNT_OURS = """
import nbblocks as gr
count = 0
def counted():
    global count
    count += 1
    return f"Hello {count}"
with gr.Blocks() as demo:
    name, out = gr.Textbox(label="Name"), gr.Textbox(label="Out")
    gr.Button("Go").click(counted, None, out)
demo.launch()
"""

CHAT = """
import sys, time
import {module} as gr

STEPS = [f"word{{i}} " + ("\\n\\n" if i % 60 == 59 else "") for i in range(500)]

def answer(message, history):
    said = ""
    for step in STEPS:
        said += step
        yield said
        if message == "slow":
            time.sleep(0.01)

demo = gr.ChatInterface(answer)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

TABLE = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    out = gr.Dataframe(label="Out")
    gr.Button("Go").click(lambda: FRAME, None, out)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

#: The table stands in the page from the start.
TABLE_PAGE = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    gr.Dataframe(FRAME, label="Out", interactive=False)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

PICTURE = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    out = gr.Image(label="Out", {format})
    gr.Button("Go").click(draw, None, out)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

GROWING = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    out = gr.Textbox(label="Out", lines=8)
    gr.Button("Go").click(grow, None, out)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""

LONG_CHAT = """
import sys
import {module} as gr

with gr.Blocks() as demo:
    gr.Chatbot(SAID)
demo.launch(server_port=int(sys.argv[1]), prevent_thread_lock=True)
import threading
threading.Event().wait()
"""
