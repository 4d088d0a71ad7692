"""The measured programs in libraries whose model is another: panel, solara, streamlit, itables.

What stands in capitals in a program, ROWS or STEPS, is filled in when it is served.
"""

from __future__ import annotations

from benchmarks import apps

_PANEL = """
import sys
import panel as pn
{source}
pn.extension({extensions})
pn.serve(page, port=int(sys.argv[1]), address="127.0.0.1", show=False)
"""


def _panel(source: str, extensions: str = "") -> str:
    return _PANEL.format(source=source, extensions=extensions)


#: By what is measured; panel's programs serve themselves, as ours do.
PANEL = {
    "page": _panel("""
def page():
    name, out, go = pn.widgets.TextInput(name="Name"), pn.widgets.TextInput(name="Out"), pn.widgets.Button(name="Go")
    go.on_click(lambda _: setattr(out, "value", f"Hello {name.value_input}"))
    return pn.Column(name, go, out)
"""),
    "typing": _panel("""
def page():
    name, out = pn.widgets.TextInput(name="Name"), pn.widgets.TextInput(name="Out")
    name.param.watch(lambda event: setattr(out, "value", f"Hello {event.new}"), "value_input")
    return pn.Column(name, out)
"""),
    "stream": apps.GROWTH
    + _panel("""
import asyncio

def page():
    out, go = pn.widgets.TextAreaInput(name="Out", max_length=100_000), pn.widgets.Button(name="Go")
    async def clicked(_):
        for said in grow():
            out.value = said
            await asyncio.sleep(0)
    go.on_click(clicked)
    return pn.Column(go, out)
"""),
    "conversation": apps.SAID
    + _panel("""
def page():
    return pn.chat.ChatFeed(*[pn.chat.ChatMessage(said["content"], user=said["role"]) for said in SAID], height=600)
"""),
    "picture": apps.SCENE
    + _panel("""
from PIL import Image

def page():
    out, go = pn.pane.Image(), pn.widgets.Button(name="Go")
    go.on_click(lambda _: setattr(out, "object", Image.fromarray(draw())))
    return pn.Column(go, out)
"""),
    "table": apps.FRAME
    + _panel(
        """
def page():
    shown, go = pn.Column(), pn.widgets.Button(name="Go")
    go.on_click(lambda _: shown.append(pn.widgets.Tabulator(FRAME, height=400, disabled=True)))
    return pn.Column(go, shown)
""",
        "'tabulator'",
    ),
    "table page": apps.FRAME
    + _panel(
        """
def page():
    return pn.widgets.Tabulator(FRAME, height=400, disabled=True)
""",
        "'tabulator'",
    ),
}

#: Without its table, which stays empty where the page cannot load from other servers.
SOLARA = {
    "page": """
import solara

@solara.component
def Page():
    name, out = solara.use_reactive(""), solara.use_reactive("")
    solara.InputText("Name", value=name, continuous_update=True)
    solara.Button("Go", on_click=lambda: out.set(f"Hello {name.value}"))
    solara.InputText("Out", value=out)
""",
    "typing": """
import solara

@solara.component
def Page():
    name = solara.use_reactive("")
    solara.InputText("Name", value=name, continuous_update=True)
    solara.InputText("Out", value=f"Hello {name.value}")
""",
    "stream": apps.GROWTH
    + """
import threading
import solara

@solara.component
def Page():
    out = solara.use_reactive("")
    def show():
        for said in grow():
            out.value = said
    solara.Button("Go", on_click=lambda: threading.Thread(target=show).start())
    solara.InputTextArea("Out", value=out)
""",
    "conversation": apps.SAID
    + """
import solara, solara.lab

@solara.component
def Page():
    with solara.lab.ChatBox():
        for said in SAID:
            with solara.lab.ChatMessage(user=said["role"] == "user"):
                solara.Markdown(said["content"])
""",
    "picture": apps.SCENE
    + """
import solara

@solara.component
def Page():
    shown, show = solara.use_state(None)
    solara.Button("Go", on_click=lambda: show(draw().copy()))
    if shown is not None:
        solara.Image(shown)
""",
}

#: A page's script runs again for each event: what it needs is made once.
_MADE = """
import streamlit as st

@st.cache_resource
def made():
    space = {{}}
    exec({source!r}, space)
    return space
"""

#: Its fields are heard when they are left, not while one types.
STREAMLIT = {
    "page": """
import streamlit as st

with st.form("form"):
    name = st.text_input("Name")
    is_clicked = st.form_submit_button("Go")
st.container(key="out").text(f"Hello {name}" if is_clicked else "")
""",
    "stream": _MADE.format(source=apps.GROWTH)
    + """
def words():
    before = ""
    for said in made()["grow"]():
        yield said[len(before):]
        before = said

out = st.container(key="out")
out.text("Out")
if st.button("Go"):
    out.write_stream(words)
""",
    "conversation": apps.SAID
    + """
import streamlit as st

for said in SAID:
    with st.chat_message(said["role"]):
        st.markdown(said["content"])
""",
    # without a width it sends a smaller picture
    "picture": _MADE.format(source=apps.SCENE)
    + """
if st.button("Go"):
    st.image(made()["draw"](), width=3840)
""",
    "table": _MADE.format(source=apps.FRAME)
    + """
shown = made()["FRAME"]
if st.button("Go"):
    st.dataframe(shown)
""",
    "table page": _MADE.format(source=apps.FRAME)
    + """
st.dataframe(made()["FRAME"])
""",
}

#: Tables that stand in their page: all that it does, as it has no server.
ITABLES = {
    "table page": apps.FRAME
    + """
import http.server, sys
from pathlib import Path
import itables
from itables.javascript import generate_init_offline_itables_html

init = generate_init_offline_itables_html(Path(itables.__file__).parent / "html" / "dt_bundle.js")
shown = itables.to_html_datatable(FRAME, connected=False, maxBytes=0)
PAGE = f"<!doctype html><meta charset=utf-8><body>{init}{shown}".encode()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)
    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(f"http://127.0.0.1:{sys.argv[1]}/", flush=True)
server.serve_forever()
""",
}
