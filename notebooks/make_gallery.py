"""Writes the gallery: `notebooks/components/<name>.ipynb`, one notebook for each component with its states.

The states stand below, one line of Python each, under what they show; the notebooks are made from them and kept in step
by a test. `python notebooks/make_gallery.py` writes them again.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from textwrap import dedent, indent
from typing import NamedTuple

HERE = Path(__file__).parent / "components"


class Entry(NamedTuple):
    """One component: its states, and an app in which it does something."""

    states: str
    app: str
    setup: str = ""


#: Under `# …`, the code of one state; a blank line ends it.
GALLERY: dict[str, Entry] = {
    "Textbox": Entry(
        """
        # Empty, with a placeholder and a line of explanation
        gr.Textbox(label="Name", info="As on your card", placeholder="Ada Lovelace")

        # Several lines, which grow up to six
        gr.Textbox("One line\\nand another", lines=2, max_lines=6, label="Letter", interactive=True)

        # A password, and an address of mail
        with gr.Row():
            gr.Textbox("secret", type="password", label="Password", interactive=True)
            gr.Textbox(type="email", label="Mail", placeholder="ada@example.org")

        # Buttons inside of it
        gr.Textbox(label="Search", submit_btn="Go", stop_btn=True, placeholder="Press Enter")

        # Only to read, and to copy
        gr.Textbox("It cannot be changed", label="Fixed", interactive=False, buttons=["copy"])

        # Long, from right to left, and without a label
        gr.Textbox("word " * 60, label="Long", max_lines=3, interactive=False)
        gr.Textbox("שלום עולם", rtl=True, label="From right to left", interactive=True)
        gr.Textbox(label="Not shown", show_label=False, container=False, placeholder="Bare")
        """,
        """
        text = gr.Textbox(label="Text", placeholder="Type, and press Enter")
        out = gr.Textbox(label="In capitals", buttons=["copy"])
        text.submit(str.upper, text, out)
        """,
    ),
    "TextArea": Entry(
        """
        # Seven lines from the start
        gr.TextArea(label="Letter", placeholder="Dear …")

        # Only to read
        gr.TextArea("Line\\n" * 12, label="Read only", interactive=False, max_lines=8)
        """,
        """
        text = gr.TextArea(label="Text")
        count = gr.Number(label="Words")
        text.change(lambda text: len(text.split()), text, count, show_progress="hidden")
        """,
    ),
    "Number": Entry(
        """
        # Empty, filled, and with bounds
        with gr.Row():
            gr.Number(label="Empty", placeholder="42")
            gr.Number(3.5, label="Filled", interactive=True)
            gr.Number(5, minimum=0, maximum=10, step=1, precision=0, label="From 0 to 10", info="Whole", interactive=True)

        # Only to read
        gr.Number(1e21, label="Huge, fixed", interactive=False)
        """,
        """
        with gr.Row():
            a, b = gr.Number(1, label="a"), gr.Number(2, label="b")
            total = gr.Number(label="a + b")
        gr.on([a.change, b.change], lambda a, b: a + b, [a, b], total, show_progress="hidden")
        """,
    ),
    "Slider": Entry(
        """
        # At its least, in its middle, and in steps
        gr.Slider(label="Volume")
        gr.Slider(0, 1, 0.5, step=0.01, label="Share", info="In hundredths", interactive=True)
        gr.Slider(-10, 10, 0, step=5, label="From -10 to 10", interactive=True)

        # Fixed, and without a button to reset
        gr.Slider(0, 10, 7, label="Fixed", interactive=False)
        gr.Slider(0, 10, 7, label="Bare", buttons=[], show_label=False, container=False, interactive=True)
        """,
        """
        n = gr.Slider(1, 20, 5, step=1, label="How many")
        out = gr.Textbox(label="Stars")
        n.change(lambda n: "★" * n, n, out, show_progress="hidden")
        """,
    ),
    "Checkbox": Entry(
        """
        # Not ticked, ticked, fixed
        with gr.Row():
            gr.Checkbox(label="Not ticked")
            gr.Checkbox(True, label="Ticked", interactive=True)
            gr.Checkbox(True, label="Fixed", interactive=False)

        # With a line of explanation
        gr.Checkbox(label="I agree", info="To what stands above")
        """,
        """
        more = gr.Checkbox(label="Show more")
        details = gr.Textbox("Here it is", label="More", visible=False)
        more.change(lambda shown: gr.Textbox(visible=shown), more, details)
        """,
    ),
    "CheckboxGroup": Entry(
        """
        # Some are ticked; all can be at once
        gr.CheckboxGroup(["red", "green", "blue"], value=["red"], label="Colors", interactive=True)
        gr.CheckboxGroup(["one", "two", "three"], label="Numbers", info="As many as you like", show_select_all=True)

        # Many, long, and fixed
        gr.CheckboxGroup([f"choice {n}" for n in range(24)], label="Many")
        gr.CheckboxGroup(["a" * 80, "short"], label="Long")
        gr.CheckboxGroup(["a", "b"], value=["b"], label="Fixed", interactive=False)
        """,
        """
        chosen = gr.CheckboxGroup(["tea", "milk", "sugar"], label="With")
        out = gr.Textbox(label="Order")
        chosen.change(lambda chosen: " and ".join(chosen), chosen, out, show_progress="hidden")
        """,
    ),
    "Radio": Entry(
        """
        # One of some, none chosen yet, fixed
        gr.Radio(["small", "medium", "large"], value="medium", label="Size", interactive=True)
        gr.Radio([("One", 1), ("Two", 2)], label="Number", info="Choose one")
        gr.Radio(["yes", "no"], value="no", label="Fixed", interactive=False)

        # Long and many
        gr.Radio([f"choice number {n}" for n in range(16)], label="Many")
        """,
        """
        size = gr.Radio(["small", "large"], label="Size")
        price = gr.Number(label="Price")
        size.change({"small": 2, "large": 3}.get, size, price, show_progress="hidden")
        """,
    ),
    "Dropdown": Entry(
        """
        # One of some, with a line of explanation
        gr.Dropdown(["apple", "banana", "cherry"], label="Fruit", info="Type to search", interactive=True)

        # Several, at most two, or one's own
        gr.Dropdown(["red", "green", "blue"], value=["red"], multiselect=True, max_choices=2, label="Two", interactive=True)
        gr.Dropdown(["a", "b"], value=None, allow_custom_value=True, label="Or another", interactive=True)

        # Five thousand
        gr.Dropdown([f"number {n}" for n in range(5000)], value=None, label="Five thousand", interactive=True)

        # Fixed, and long
        gr.Dropdown(["fixed"], label="Fixed", interactive=False)
        gr.Dropdown(["a long choice " * 12], label="Long", interactive=True)
        """,
        """
        land = gr.Dropdown(["France", "Japan"], value=None, label="Land")
        town = gr.Dropdown([], label="Town")
        towns = {"France": ["Paris", "Lyon"], "Japan": ["Tokyo", "Kyoto"]}
        land.change(lambda land: gr.Dropdown(choices=towns[land], value=towns[land][0]), land, town)
        """,
    ),
    "ColorPicker": Entry(
        """
        # Empty, chosen, fixed
        with gr.Row():
            gr.ColorPicker(label="Empty")
            gr.ColorPicker("#1f5fd0", label="Chosen", info="For the title", interactive=True)
            gr.ColorPicker("#b3261e", label="Fixed", interactive=False)
        """,
        """
        color = gr.ColorPicker("#1f5fd0", label="Color")
        out = gr.HTML()
        color.change(lambda c: f'<p style="background: {c}; padding: 1em">{c}</p>', color, out)
        """,
    ),
    "DateTime": Entry(
        """
        # Empty, a day and a time, only a day, fixed
        with gr.Row():
            gr.DateTime(label="Empty")
            gr.DateTime("2026-05-17 09:30:00", label="A time", info="Or: now - 1d", interactive=True)
        with gr.Row():
            gr.DateTime("2026-05-17", include_time=False, label="A day", interactive=True)
            gr.DateTime("2026-05-17 09:30:00", label="Fixed", interactive=False)
        """,
        """
        when = gr.DateTime(type="datetime", label="When")
        out = gr.Textbox(label="Day of the week")
        when.submit(lambda when: when.strftime("%A"), when, out)
        """,
    ),
    "Button": Entry(
        """
        # Variants
        with gr.Row():
            gr.Button("Primary", variant="primary")
            gr.Button("Secondary")
            gr.Button("Stop", variant="stop")
            gr.Button("Hugging Face", variant="huggingface")

        # Sizes
        with gr.Row():
            gr.Button("Large", size="lg")
            gr.Button("Medium", size="md")
            gr.Button("Small", size="sm")

        # A link, with a picture, off, and long
        with gr.Row():
            gr.Button("A link", link="https://example.org")
            gr.Button("With a picture", icon=ICON)
            gr.Button("Off", interactive=False)
        gr.Button("A caption that is longer than there is room for on a narrow page, which goes on and on")
        """,
        """
        count = gr.State(0)
        button = gr.Button("Pressed 0 times", variant="primary")
        button.click(lambda n: (n + 1, f"Pressed {n + 1} times"), count, [count, button], show_progress="hidden")
        """,
        """
        import tempfile
        from pathlib import Path

        ICON = str(Path(tempfile.mkdtemp()) / "disc.svg")
        disc = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4" fill="#1f5fd0"/></svg>'
        Path(ICON).write_text(disc)
        """,
    ),
    "ClearButton": Entry(
        """
        # It empties what it is given
        box = gr.Textbox("Some text", label="Text", interactive=True)
        gr.ClearButton(box)
        """,
        """
        with gr.Row():
            a, b = gr.Textbox("a", label="a"), gr.Number(1, label="b")
        gr.ClearButton([a, b], value="Empty both")
        gr.Button("Read").click(lambda a, b: gr.Info(f"{a!r}, {b!r}"), [a, b], None)
        """,
    ),
    "Markdown": Entry(
        """
        # Text, lists, code, a table, a formula
        gr.Markdown(TEXT, header_links=True, buttons=["copy"])

        # Bounded in height, in a box
        gr.Markdown("A line.\\n\\n" * 12, height=120, container=True)

        # From right to left
        gr.Markdown("## שלום\\n\\nטקסט מימין לשמאל", rtl=True)
        """,
        """
        source = gr.Textbox("**bold**, *slanted*, $x^2$", lines=3, label="Markdown")
        shown = gr.Markdown("**bold**, *slanted*, $x^2$")
        source.change(lambda text: text, source, shown, show_progress="hidden")
        """,
        '''
        TEXT = """# Heading

        Text with **bold**, *slanted*, `code`, [a link](https://example.org) and $$e^{i\\\\pi} = -1.$$

        > A quotation

        | Fruit | Price |
        |---|---:|
        | apple | 2 |
        | banana | 1 |

        1. one
        2. two

        ```python
        def greet(name):
            return f"Hello {name}!"
        ```
        """
        ''',
    ),
    "HTML": Entry(
        """
        # HTML as it is, and in a box with a label
        gr.HTML("<p>Own <b>HTML</b> with a <mark>mark</mark></p>")
        gr.HTML("<p>In a box</p>", label="A label", show_label=True, container=True)

        # Bounded in height
        gr.HTML("<p>A line</p>" * 12, max_height=100)
        """,
        """
        n = gr.Slider(1, 5, 3, step=1, label="Stars")
        stars = gr.HTML("★★★")
        n.change(lambda n: "★" * n, n, stars, show_progress="hidden")
        """,
    ),
    "Code": Entry(
        """
        # To write in, in Python
        gr.Code("def greet(name):\\n    return f'Hello {name}!'", language="python", label="Python", interactive=True)

        # Other languages, only to read
        with gr.Row():
            gr.Code('{"a": [1, 2, {"b": null}]}', language="json", label="JSON", interactive=False)
            gr.Code("select name from fruit where price < 2;", language="sql", label="SQL", interactive=False)

        # Empty, and long
        gr.Code(label="Empty", lines=3)
        gr.Code("x = 1  # a line\\n" * 60, language="python", max_lines=8, label="Long", interactive=False)
        """,
        """
        code = gr.Code("1 + 1", language="python", label="An expression")
        out = gr.JSON(label="Parts")
        gr.Button("Parse").click(lambda text: [type(n).__name__ for n in ast.walk(ast.parse(text))], code, out)
        """,
        "import ast",
    ),
    "JSON": Entry(
        """
        # Some data, folded from the second level on
        gr.JSON({"name": "Ada", "born": 1815, "works": ["notes", {"year": 1843}], "alive": False, "no": None}, label="Ada")
        gr.JSON({"a": {"b": {"c": [1, 2, 3]}}}, open=True, show_indices=True, label="Unfolded, with indices")

        # Empty, long and bounded
        gr.JSON(label="Empty")
        gr.JSON([{"n": n, "square": n * n} for n in range(500)], label="Long", height=160)
        """,
        """
        text = gr.Textbox('{"a": [1, 2]}', label="JSON")
        data = gr.JSON(label="Data")
        text.submit(json.loads, text, data)
        """,
        "import json",
    ),
    "Label": Entry(
        """
        # Classes with their shares, a class alone, none
        gr.Label({"cat": 0.7, "dog": 0.2, "bird": 0.1}, label="Classes")
        gr.Label("cat", label="A class")
        gr.Label(label="Empty")

        # The three that are most likely, in color
        gr.Label({f"class {n}": 1 / (n + 2) for n in range(10)}, num_top_classes=3, color="#d6e4ff", label="Top three")
        """,
        """
        text = gr.Textbox(label="Text")
        out = gr.Label(label="Letters", num_top_classes=4)
        text.change(lambda t: {c: t.count(c) / len(t) for c in set(t)} or None, text, out, show_progress="hidden")
        """,
    ),
    "HighlightedText": Entry(
        """
        # Kinds of words, with a legend
        gr.HighlightedText(
            [("The", "DET"), ("cat", "NOUN"), ("sat", "VERB"), ("there.", None)],
            label="Words",
            show_legend=True,
            combine_adjacent=True,
            interactive=False,
        )

        # Scores from -1 to 1
        gr.HighlightedText([("bad", -0.9), ("so-so", 0.1), ("good", 0.8)], label="Scores", interactive=False)

        # To mark by hand
        gr.HighlightedText([("Mark", None), ("me", "ME")], label="Marked by hand", interactive=True)

        # Empty
        gr.HighlightedText(label="Empty", interactive=False)
        """,
        """
        text = gr.Textbox("one fish two fish", label="Text")
        out = gr.HighlightedText(label="Every fish")
        text.submit(lambda t: [(w + " ", "fish" if w == "fish" else None) for w in t.split()], text, out)
        """,
    ),
    "Image": Entry(
        """
        # To give one: from a file, the camera or the clipboard
        with gr.Row():
            gr.Image(label="Give one", height=200)
            gr.Image(label="Only a file", sources=["upload"], placeholder="Drop it", height=200)

        # Shown, with its tools
        with gr.Row():
            gr.Image(PICTURE, label="Shown", interactive=False, height=200)
            gr.Image(label="Empty", interactive=False, height=200)
        """,
        """
        with gr.Row():
            picture = gr.Image(PICTURE, label="Picture", height=240, interactive=True)
            out = gr.Image(label="Upside down", height=240)
        gr.Button("Turn").click(lambda picture: picture[::-1], picture, out)
        """,
        """
        import numpy as np

        x, y = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0, 1, 200))
        PICTURE = np.stack([x, y, 1 - x], axis=-1)
        """,
    ),
    "ImageSlider": Entry(
        """
        # Two pictures, one over the other
        gr.ImageSlider((PICTURE, PICTURE[::-1]), label="Before and after", height=240)

        # To give two
        gr.ImageSlider(label="Give two", height=200, interactive=True)
        """,
        """
        out = gr.ImageSlider(label="Brighter", height=240)
        gr.Button("Make").click(lambda: (PICTURE, PICTURE**0.5), None, out)
        """,
        """
        import numpy as np

        x, y = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0, 1, 200))
        PICTURE = np.stack([x, y, 1 - x], axis=-1)
        """,
    ),
    "ImageEditor": Entry(
        """
        # Layers, brushes, an eraser, a crop
        gr.ImageEditor(PICTURE, label="Edit", height=360, interactive=True)
        """,
        """
        edited = gr.ImageEditor(PICTURE, label="Edit", height=360)
        out = gr.Image(label="Result", height=200)
        edited.change(lambda edited: edited["composite"], edited, out, show_progress="hidden")
        """,
        """
        import numpy as np

        x, y = np.meshgrid(np.linspace(0, 255, 320), np.linspace(0, 255, 200))
        PICTURE = np.stack([x, y, 255 - x], axis=-1).astype(np.uint8)
        """,
    ),
    "AnnotatedImage": Entry(
        """
        # Boxes and masks, each with its color
        gr.AnnotatedImage((PICTURE, PARTS), label="Parts", height=240)

        # Colors of one's own, no legend, none at all
        gr.AnnotatedImage((PICTURE, PARTS), color_map={"box": "#b3261e"}, show_legend=False, label="Red box", height=200)
        gr.AnnotatedImage(label="Empty")
        """,
        """
        out = gr.AnnotatedImage(label="Found", height=240)
        picked = gr.Textbox(label="Picked")
        gr.Button("Find").click(lambda: (PICTURE, PARTS), None, out)

        def pick(event: gr.SelectData):
            return str(event.value)

        out.select(pick, None, picked)
        """,
        """
        import numpy as np

        x, y = np.meshgrid(np.linspace(0, 1, 320), np.linspace(0, 1, 200))
        PICTURE = np.stack([x, y, 1 - x], axis=-1)
        PARTS = [((40, 30, 140, 120), "box"), ((x - 0.7) ** 2 + (y - 0.5) ** 2 < 0.04, "disc")]
        """,
    ),
    "Gallery": Entry(
        """
        # Pictures with captions, in columns
        gr.Gallery([(p, f"Picture {n}") for n, p in enumerate(PICTURES)], columns=4, label="Pictures", interactive=False)

        # One chosen, and none
        gr.Gallery(PICTURES, selected_index=1, label="The second", height=300, interactive=False)
        gr.Gallery(label="Empty", interactive=False)

        # To give some
        gr.Gallery(label="Give some", interactive=True)
        """,
        """
        n = gr.Slider(1, 8, 4, step=1, label="How many")
        out = gr.Gallery(PICTURES[:4], label="Pictures", columns=4)
        n.release(lambda n: PICTURES[:n], n, out)
        """,
        """
        import numpy as np

        x, y = np.meshgrid(np.linspace(0, 1, 160), np.linspace(0, 1, 120))
        PICTURES = [np.stack([x, y, np.full_like(x, n / 7)], axis=-1) for n in range(8)]
        """,
    ),
    "Audio": Entry(
        """
        # A sound, with its waveform
        gr.Audio((8000, SOUND), label="A tone", interactive=False)

        # To give one, or to record; empty
        gr.Audio(label="Give one", interactive=True)
        gr.Audio(label="Empty", interactive=False)
        """,
        """
        pitch = gr.Slider(110, 880, 440, step=10, label="Pitch in Hz")
        out = gr.Audio(label="Tone")
        gr.Button("Play").click(lambda hz: (8000, np.sin(2 * np.pi * hz * TIME).astype(np.float32)), pitch, out)
        """,
        """
        import numpy as np

        TIME = np.arange(8000) / 8000
        SOUND = (np.sin(2 * np.pi * 440 * TIME) * np.hanning(8000)).astype(np.float32)
        """,
    ),
    "Video": Entry(
        """
        # A film
        gr.Video(gr.media.get_video("world.mp4"), label="A film", height=240, interactive=False)

        # To give one, or to record; empty
        with gr.Row():
            gr.Video(label="Give one", height=200, interactive=True)
            gr.Video(label="Empty", height=200, interactive=False)
        """,
        """
        film = gr.Video(label="A film", height=240)
        out = gr.Textbox(label="Its file")
        film.change(lambda path: path and path.split("/")[-1], film, out)
        """,
    ),
    "File": Entry(
        """
        # Some files to download
        gr.File([PATH, PATH], label="Two files", interactive=False)

        # To give one, several of a kind; empty
        with gr.Row():
            gr.File(label="Give one", interactive=True)
            gr.File(file_count="multiple", file_types=[".csv", "image"], label="Give several", interactive=True)
        gr.File(label="Empty", interactive=False)
        """,
        """
        file = gr.File(label="A text")
        out = gr.Number(label="Bytes")
        file.change(lambda path: Path(path).stat().st_size if path else None, file, out)
        """,
        """
        import tempfile
        from pathlib import Path

        PATH = str(Path(tempfile.mkdtemp()) / "poem.txt")
        Path(PATH).write_text("Roses are red\\n")
        """,
    ),
    "UploadButton": Entry(
        """
        # Variants
        with gr.Row():
            gr.UploadButton("Upload a file")
            gr.UploadButton("Upload pictures", file_count="multiple", file_types=["image"], variant="primary")
            gr.UploadButton("Off", interactive=False)
        """,
        """
        button = gr.UploadButton("Upload")
        out = gr.File(label="Given")
        button.upload(lambda path: path, button, out)
        """,
    ),
    "DownloadButton": Entry(
        """
        # Variants
        with gr.Row():
            gr.DownloadButton("Download", PATH)
            gr.DownloadButton("Download it", PATH, variant="primary")
            gr.DownloadButton("Off", interactive=False)
        """,
        """
        gr.DownloadButton("Download the poem", PATH)
        """,
        """
        import tempfile
        from pathlib import Path

        PATH = str(Path(tempfile.mkdtemp()) / "poem.txt")
        Path(PATH).write_text("Roses are red\\n")
        """,
    ),
    "FileExplorer": Entry(
        """
        # A folder, to choose files in
        gr.FileExplorer(root_dir=FOLDER, label="Files", height=200, interactive=True)
        gr.FileExplorer(root_dir=FOLDER, file_count="single", glob="*.txt", label="One text", interactive=True)
        """,
        """
        chosen = gr.FileExplorer(root_dir=FOLDER, label="Files")
        out = gr.JSON(label="Chosen")
        chosen.change(lambda paths: [Path(p).name for p in paths], chosen, out)
        """,
        """
        import tempfile
        from pathlib import Path

        FOLDER = tempfile.mkdtemp()
        (Path(FOLDER) / "notes").mkdir()
        for name in ("a.txt", "b.csv", "notes/c.txt"):
            (Path(FOLDER) / name).write_text(name)
        """,
    ),
    "Dataframe": Entry(
        """
        # A table to edit
        gr.Dataframe([["Ada", 36, True], ["Alan", 41, False]], headers=["name", "age", "likes tea"], interactive=True)

        # Long, and empty
        gr.Dataframe(pd.DataFrame({"n": range(10_000), "square": np.arange(10_000) ** 2}), label="Long", max_height=200)
        gr.Dataframe(headers=["a", "b"], label="Empty", interactive=False)
        """,
        """
        table = gr.Dataframe(pd.DataFrame({"a": [1, 2], "b": [3, 4]}), label="Numbers", interactive=True)
        total = gr.Number(label="Sum")
        table.change(lambda table: float(table.to_numpy().sum()), table, total, show_progress="hidden")
        """,
        "import numpy as np\nimport pandas as pd",
    ),
    "Plot": Entry(
        """
        # A figure, and none
        gr.Plot(FIGURE, label="A figure")
        gr.Plot(label="Empty")
        """,
        """
        n = gr.Slider(1, 8, 2, step=1, label="Waves")
        out = gr.Plot(label="A figure")

        def draw(n):
            figure, axes = plt.subplots(figsize=(6, 2))
            axes.plot(np.sin(np.linspace(0, 2 * np.pi * n, 400)))
            plt.close(figure)
            return figure

        n.release(draw, n, out)
        """,
        """
        import matplotlib.pyplot as plt
        import numpy as np

        FIGURE, axes = plt.subplots(figsize=(6, 2))
        axes.plot(np.sin(np.linspace(0, 12, 400)))
        plt.close(FIGURE)
        """,
    ),
    "LinePlot": Entry(
        """
        # Lines by color
        gr.LinePlot(DATA, x="hour", y="visits", color="page", title="Visits", height=240)

        # Empty
        gr.LinePlot(label="Empty")
        """,
        """
        page = gr.Radio(["home", "docs"], value="home", label="Page")
        out = gr.LinePlot(DATA[DATA.page == "home"], x="hour", y="visits", height=240)
        page.change(lambda page: DATA[DATA.page == page], page, out)
        """,
        """
        import numpy as np
        import pandas as pd

        hours = np.arange(24)
        parts = [(page, 10 + k + 5 * np.sin(hours / 24 * 6 + k)) for k, page in enumerate(("home", "docs"))]
        DATA = pd.concat([pd.DataFrame({"hour": hours, "visits": v, "page": p}) for p, v in parts])
        """,
    ),
    "BarPlot": Entry(
        """
        # Bars, stacked by color
        gr.BarPlot(DATA, x="fruit", y="sold", color="town", title="Sold", height=240)
        """,
        """
        town = gr.Radio(["Paris", "Lyon"], value="Paris", label="Town")
        out = gr.BarPlot(DATA[DATA.town == "Paris"], x="fruit", y="sold", height=240)
        town.change(lambda town: DATA[DATA.town == town], town, out)
        """,
        """
        import pandas as pd

        FRUIT = ["apple", "banana", "cherry"]
        DATA = pd.DataFrame({"fruit": FRUIT * 2, "sold": [3, 5, 2, 4, 1, 6], "town": ["Paris"] * 3 + ["Lyon"] * 3})
        """,
    ),
    "ScatterPlot": Entry(
        """
        # Points, by size and color
        gr.ScatterPlot(DATA, x="height", y="weight", color="kind", title="Animals", height=240)
        """,
        """
        kind = gr.Radio(["cat", "dog"], value="cat", label="Kind")
        out = gr.ScatterPlot(DATA[DATA.kind == "cat"], x="height", y="weight", height=240)
        kind.change(lambda kind: DATA[DATA.kind == kind], kind, out)
        """,
        """
        import numpy as np
        import pandas as pd

        rng = np.random.default_rng(0)
        height = rng.normal(30, 8, 60)
        DATA = pd.DataFrame({"height": height, "weight": height / 3 + rng.normal(0, 1, 60), "kind": ["cat", "dog"] * 30})
        """,
    ),
    "Chatbot": Entry(
        """
        # A conversation
        gr.Chatbot(TALK, label="Talk", height=300)

        # Empty, with words of welcome
        gr.Chatbot(placeholder="## Ask me anything", label="Empty", height=160)
        """,
        """
        chat = gr.Chatbot(label="Echo", height=260)
        text = gr.Textbox(label="Message", submit_btn=True)

        def answer(text, talk):
            return "", [*talk, {"role": "user", "content": text}, {"role": "assistant", "content": text[::-1]}]

        text.submit(answer, [text, chat], [text, chat])
        """,
        """
        TALK = [
            {"role": "user", "content": "What is `2 + 2`?"},
            {"role": "assistant", "content": "It is **4**.\\n\\n```python\\nassert 2 + 2 == 4\\n```"},
        ]
        """,
    ),
    "MultimodalTextbox": Entry(
        """
        # Text and files
        gr.MultimodalTextbox(label="Message", placeholder="Type, or drop files", interactive=True)

        # Only to read
        gr.MultimodalTextbox({"text": "Fixed", "files": []}, label="Fixed", interactive=False)
        """,
        """
        message = gr.MultimodalTextbox(label="Message")
        out = gr.JSON(label="Given")
        message.submit(lambda message: message, message, out)
        """,
    ),
    "Row": Entry(
        """
        # Side by side; the second is twice as wide
        with gr.Row():
            gr.Textbox(label="One", scale=1)
            gr.Textbox(label="Two", scale=2)

        # As high as the highest, and a panel
        with gr.Row(equal_height=True, variant="panel"):
            gr.Textbox(label="Low")
            gr.Textbox(label="High", lines=4)
        """,
        """
        with gr.Row():
            a = gr.Textbox(label="a")
            b = gr.Textbox(label="b")
        a.change(lambda a: a, a, b, show_progress="hidden")
        """,
    ),
    "Column": Entry(
        """
        # Below each other, in columns of their own widths
        with gr.Row():
            with gr.Column(scale=1, min_width=200):
                gr.Textbox(label="Narrow")
            with gr.Column(scale=3, variant="panel"):
                gr.Textbox(label="Wide, on a panel")
        """,
        """
        shown = gr.Checkbox(True, label="Show the column")
        with gr.Column() as column:
            gr.Textbox(label="Inside")
        shown.change(lambda shown: gr.Column(visible=shown), shown, column)
        """,
    ),
    "Group": Entry(
        """
        # Fields in one box
        with gr.Group():
            gr.Textbox(label="Name")
            with gr.Row():
                gr.Textbox(label="Street")
                gr.Textbox(label="Town")
            gr.Button("Send")
        """,
        """
        with gr.Group():
            name = gr.Textbox(label="Name")
            go = gr.Button("Greet")
        go.click(lambda name: gr.Info(f"Hello {name}!"), name, None)
        """,
    ),
    "Tabs": Entry(
        """
        # One page at a time
        with gr.Tabs():
            with gr.Tab("First"):
                gr.Textbox(label="On the first")
            with gr.Tab("Second"):
                gr.Textbox(label="On the second")
            with gr.Tab("Off", interactive=False):
                gr.Textbox(label="Never seen")

        # Many
        with gr.Tabs():
            for n in range(20):
                with gr.Tab(f"Page {n}"):
                    gr.Markdown(f"This is page {n}.")
        """,
        """
        with gr.Tabs() as tabs:
            with gr.Tab("One", id=1):
                go = gr.Button("To the second")
            with gr.Tab("Two", id=2):
                gr.Markdown("Here we are.")
        go.click(lambda: gr.Tabs(selected=2), None, tabs)
        """,
    ),
    "Accordion": Entry(
        """
        # Open, and folded
        with gr.Accordion("Open"):
            gr.Markdown("What is inside.")
        with gr.Accordion("Folded", open=False):
            gr.Markdown("What is inside.")
        """,
        """
        with gr.Accordion("More", open=False) as more:
            gr.Markdown("Here it is.")
        gr.Button("Unfold").click(lambda: gr.Accordion(open=True), None, more)
        """,
    ),
    "Walkthrough": Entry(
        """
        # Steps, one after the other
        with gr.Walkthrough(selected=1):
            with gr.Step("Name", id=1):
                gr.Textbox(label="Name")
            with gr.Step("Payment", id=2):
                gr.Textbox(label="Card")
        """,
        """
        with gr.Walkthrough(selected=1) as steps:
            with gr.Step("First", id=1):
                go = gr.Button("Next")
            with gr.Step("Second", id=2):
                gr.Markdown("Done.")
        go.click(lambda: gr.Walkthrough(selected=2), None, steps)
        """,
    ),
    "Dataset": Entry(
        """
        # Samples, to choose one
        gr.Dataset(components=["text", "number"], samples=[["one", 1], ["two", 2]], headers=["Word", "Number"])
        gr.Dataset(components=["text"], samples=[["a"], ["b"], ["c"]], layout="gallery", label="Words")
        """,
        """
        box = gr.Textbox(label="Word")
        samples = gr.Dataset(components=[box], samples=[["apple"], ["banana"]])
        samples.click(lambda sample: sample[0], samples, box)
        """,
    ),
    "ParamViewer": Entry(
        """
        # Parameters with their types and defaults
        gr.ParamViewer(
            {
                "size": {"type": "int | None", "description": "In pixels", "default": "3"},
                "name": {"type": "str", "description": "Of the file", "default": None},
            },
            header="Parameters",
        )
        """,
        """
        gr.ParamViewer({"size": {"type": "int", "description": "In *pixels*", "default": "3"}}, anchor_links=True)
        """,
    ),
    "Dialogue": Entry(
        """
        # Lines of speakers
        gr.Dialogue(LINES, speakers=["Ann", "Bob"], tags=["(laughs)"], label="A talk", interactive=True)

        # Only to read
        gr.Dialogue(LINES, speakers=["Ann", "Bob"], label="Said", interactive=False)
        """,
        """
        talk = gr.Dialogue(LINES, speakers=["Ann", "Bob"], label="A talk", submit_btn=True)
        out = gr.Textbox(label="As text")
        talk.submit(str, talk, out)
        """,
        'LINES = [{"speaker": "Ann", "text": "Hello"}, {"speaker": "Bob", "text": "Yes?"}]',
    ),
    "WorkflowCanvas": Entry(
        """
        # Nothing yet: add a node
        gr.WorkflowCanvas(label="Empty")

        # A graph to edit; nothing runs, for its page may call nothing
        gr.WorkflowCanvas(FLOW, label="A graph", show_label=True)

        # With a function to run, and nobody may edit it
        gr.WorkflowCanvas(FLOW, label="To run", server_functions=[run_node, get_write_access])
        """,
        """
        canvas = gr.WorkflowCanvas(FLOW, label="A graph", server_functions=[list_bound_fns, run_node])
        said = gr.Textbox(label="Its nodes", interactive=False)
        canvas.change(nodes_of, canvas, said)
        """,
        """
        import json

        TEXT = {"type": "text", "label": "Text"}
        BOTH = {"inputs": [{"id": "in", **TEXT}], "outputs": [{"id": "out", **TEXT}]}
        SHOUT = {
            "id": "shout",
            "label": "shout",
            "role": "operator",
            "kind": "fn",
            "fn": "shout",
            "inputs": [{"id": "x", "label": "text", "type": "text"}],
            "outputs": [{"id": "y", "label": "loud", "type": "text"}],
        }
        FLOW = json.dumps(
            {
                "name": "Loud",
                "references": [{"id": "a", "label": "Text", **BOTH, "data": {"out": "hello"}}],
                "operators": [SHOUT],
                "subjects": [{"id": "b", "label": "Result", **BOTH}],
                "edges": [
                    {"from_node_id": "a", "from_port_id": "out", "to_node_id": "shout", "to_port_id": "x"},
                    {"from_node_id": "shout", "from_port_id": "y", "to_node_id": "b", "to_port_id": "in"},
                ],
            }
        )


        def list_bound_fns():
            return json.dumps([SHOUT])


        def run_node(node, values):
            return {"y": values["x"].upper() + "!"}


        def get_write_access():
            return False


        def nodes_of(graph):
            told = json.loads(graph)
            return ", ".join(node["label"] for key in ("references", "operators", "subjects") for node in told[key])
        """,
    ),
    "Model3D": Entry(
        """
        # A model, to turn
        gr.Model3D(gr.media.get_model3d("Duck.glb"), label="A model", height=300, interactive=False)

        # To give one
        gr.Model3D(label="Give one", height=200, interactive=True)
        """,
        """
        model = gr.Model3D(label="A model", height=240)
        out = gr.Textbox(label="Its file")
        model.change(lambda path: path and path.split("/")[-1], model, out)
        """,
    ),
    "Timer": Entry(
        """
        # It shows nothing, and ticks
        gr.Timer(5)
        gr.Textbox(lambda: "A value that is asked for again every five seconds", every=5, label="Every five seconds")
        """,
        """
        timer = gr.Timer(1)
        seconds = gr.Number(0, label="Seconds")
        timer.tick(lambda n: n + 1, seconds, seconds, show_progress="hidden")
        """,
    ),
}


def _setup(code: str) -> str:
    """The imports, sorted, then what is made once."""
    lines = code.splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    rest = "\n".join(line for line in lines if line not in imports).strip()
    ours = "import nbblocks as gr"
    return "\n".join([*imports, *([""] if imports else []), ours, *(["", rest] if rest else [])])


def _captioned(states: str) -> list[tuple[str, str]]:
    """Each state's caption and its code."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"\n\n(?=# )", dedent(states).strip()):
        caption, _, code = part.partition("\n")
        found.append((caption.removeprefix("# "), code.strip("\n")))
    return found


def notebook_of(name: str) -> dict[str, object]:
    """The notebook of a component, without outputs."""
    entry = GALLERY[name]
    states = "\n\n".join(
        f'    gr.Markdown("**{caption}**")\n{indent(code, "    ")}' for caption, code in _captioned(entry.states)
    )
    cells = [
        ("markdown", f"# `gr.{name}`\n\nIts states, then an app in which it works. `help(gr.{name})` says the rest."),
        ("code", _setup(dedent(entry.setup).strip())),
        ("code", f"with gr.Blocks() as states:\n{states}\n\nstates.launch()"),
        ("markdown", "## In an app"),
        ("code", f"with gr.Blocks() as demo:\n{indent(dedent(entry.app).strip(), '    ')}\n\ndemo.launch()"),
    ]
    return {
        "cells": [_cell(number, kind, source) for number, (kind, source) in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(number: int, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def text_of(name: str) -> str:
    """The file of a component's notebook."""
    return json.dumps(notebook_of(name), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every notebook."""
    HERE.mkdir(exist_ok=True)
    for name in GALLERY:
        (HERE / f"{name.lower()}.ipynb").write_text(text_of(name), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
