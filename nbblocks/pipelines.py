"""Interfaces for pipelines of transformers and diffusers, by their task; neither library is imported."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .components import get_component_instance
from .exceptions import DeclarationError

__all__ = ["interface_of"]

Part = str | dict[str, Any]


@dataclass(frozen=True)
class _Task:
    """What goes into a task's pipeline, what comes out, and how its arguments and results are turned."""

    inputs: tuple[Part, ...]
    outputs: tuple[Part, ...]
    result: Callable[[Any], Any]
    arguments: Callable[..., tuple[tuple[Any, ...], dict[str, Any]]] = lambda *values: (values, {})


def _part(name: str, label: str, **more: Any) -> Part:
    return {"name": name, "label": label, **more}


def _first(value: Any) -> Any:
    while isinstance(value, (list, tuple)) and value and isinstance(value[0], (list, tuple)):
        value = value[0]
    return value


def _scores(found: Any) -> dict[str, float]:
    found = _first(found)
    listed = found if isinstance(found, list) else [found]
    return {str(one["label"]): float(one["score"]) for one in listed}


def _text(key: str) -> Callable[[Any], Any]:
    def read(found: Any) -> Any:
        one = found[0] if isinstance(found, list) else found
        text = one[key]
        return text[-1]["content"] if isinstance(text, list) else text  # a chat's messages

    return read


def _answer(found: Any) -> tuple[str, float]:
    one = found[0] if isinstance(found, list) else found
    return one["answer"], one["score"]


def _zero_shot(found: dict[str, Any]) -> dict[str, float]:
    return dict(zip(found["labels"], found["scores"], strict=True))


def _entities(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**one, "entity": one.get("entity") or one.get("entity_group"), "score": float(one["score"])} for one in found
    ]


def _boxes(found: list[dict[str, Any]]) -> list[tuple[tuple[int, int, int, int], str]]:
    boxes = [one["box"] for one in found]
    corners = [(int(b["xmin"]), int(b["ymin"]), int(b["xmax"]), int(b["ymax"])) for b in boxes]
    return [(corner, one["label"]) for corner, one in zip(corners, found, strict=True)]


def _masks(found: list[dict[str, Any]]) -> list[tuple[Any, str]]:
    import numpy as np

    return [((np.asarray(one["mask"]) > 0).astype(float), one["label"]) for one in found]


def _speech(found: Any) -> tuple[int, Any]:
    import numpy as np

    one = found[0] if isinstance(found, list) else found
    sound = np.asarray(one["audio"]).squeeze()
    return int(one["sampling_rate"]), sound.T if sound.ndim == 2 else sound


def _picture(found: Any) -> Any:
    return found.images[0]


_TEXT, _IMAGE = _part("textbox", "Input", lines=3), _part("image", "Input", type="pil")
_SOUND = _part("audio", "Input", type="filepath")
_CLASSES, _TEXT_OUT = _part("label", "Classification"), _part("textbox", "Output")
_ANSWER = (_part("textbox", "Answer"), _part("number", "Score"))
_OPTIONS = (_part("textbox", "Possible class names, with commas between"), _part("checkbox", "Several may be true"))


def _chosen(first: Any, names: str, several: bool) -> tuple[tuple[Any, ...], dict[str, Any]]:
    labels = [name.strip() for name in names.split(",") if name.strip()]
    return (first, labels), {"multi_label": several}


def _features(found: Any) -> Any:
    import numpy as np

    return np.asarray(_first(found))


TASKS: dict[str, _Task] = {
    "text-classification": _Task((_TEXT,), (_CLASSES,), _scores),
    "text-generation": _Task((_TEXT,), (_TEXT_OUT,), _text("generated_text")),
    "text2text-generation": _Task((_TEXT,), (_TEXT_OUT,), _text("generated_text")),
    "summarization": _Task((_TEXT,), (_part("textbox", "Summary"),), _text("summary_text")),
    "translation": _Task((_TEXT,), (_part("textbox", "Translation"),), _text("translation_text")),
    "fill-mask": _Task((_TEXT,), (_CLASSES,), lambda found: {o["token_str"]: o["score"] for o in _first(found)}),
    "feature-extraction": _Task((_TEXT,), (_part("dataframe", "Output"),), _features),
    "token-classification": _Task(
        (_TEXT,),
        (_part("highlightedtext", "Entities"),),
        _entities,
    ),
    "question-answering": _Task(
        (_part("textbox", "Context", lines=7), _part("textbox", "Question")),
        _ANSWER,
        _answer,
        lambda context, question: ((), {"context": context, "question": question}),
    ),
    "zero-shot-classification": _Task((_TEXT, *_OPTIONS), (_CLASSES,), _zero_shot, _chosen),
    "image-classification": _Task((_IMAGE,), (_CLASSES,), _scores),
    "zero-shot-image-classification": _Task(
        (_IMAGE, _OPTIONS[0]),
        (_CLASSES,),
        _scores,
        lambda image, names: ((image,), {"candidate_labels": _chosen(image, names, False)[0][1]}),
    ),
    "image-to-text": _Task((_IMAGE,), (_part("textbox", "Text"),), _text("generated_text")),
    "image-to-image": _Task((_IMAGE,), (_part("image", "Output"),), lambda found: found),
    "depth-estimation": _Task((_IMAGE,), (_part("image", "Depth"),), lambda found: found["depth"]),
    "object-detection": _Task((_IMAGE,), (_part("annotatedimage", "Objects"),), _boxes),
    "image-segmentation": _Task((_IMAGE,), (_part("annotatedimage", "Segments"),), _masks),
    "visual-question-answering": _Task(
        (_IMAGE, _part("textbox", "Question")),
        (_part("label", "Answer"),),
        lambda found: {one["answer"]: one["score"] for one in found},
    ),
    "document-question-answering": _Task((_IMAGE, _part("textbox", "Question")), _ANSWER, _answer),
    "automatic-speech-recognition": _Task((_SOUND,), (_part("textbox", "Output"),), lambda found: found["text"]),
    "audio-classification": _Task((_SOUND,), (_CLASSES,), _scores),
    "text-to-audio": _Task((_TEXT,), (_part("audio", "Output"),), _speech),
}
TASKS |= {
    "sentiment-analysis": TASKS["text-classification"],
    "ner": TASKS["token-classification"],
    "vqa": TASKS["visual-question-answering"],
    "text-to-speech": TASKS["text-to-audio"],
}
_WITH_IMAGE = ("object-detection", "image-segmentation")

#: Pipelines of diffusers have no task: what they are called with tells it.
_DIFFUSERS = {
    "inpaint": (_part("image", "Image", type="pil"), _part("image", "Mask", type="pil"), _part("textbox", "Prompt")),
    "img2img": (_part("image", "Image", type="pil"), _part("textbox", "Prompt")),
    "text2img": (_part("textbox", "Prompt"),),
}
_DIFFUSERS_NAMES = {
    "inpaint": ("image", "mask_image", "prompt"),
    "img2img": ("image", "prompt"),
    "text2img": ("prompt",),
}


def _task_of(pipeline: Any) -> tuple[str, _Task]:
    given = getattr(pipeline, "task", None)
    if isinstance(given, str):
        name = "translation" if given.startswith("translation_") else given
        if name in TASKS:
            return name, TASKS[name]
        raise DeclarationError(
            f"there is no interface for pipelines of the task {given!r}; there is for {', '.join(TASKS)}"
        )
    if any(base.__module__.startswith("diffusers") for base in type(pipeline).__mro__):
        name = type(pipeline).__name__.lower()
        kind = "inpaint" if "inpaint" in name else "img2img" if "img2img" in name else "text2img"
        names = _DIFFUSERS_NAMES[kind]
        task = _Task(
            _DIFFUSERS[kind],
            (_part("image", "Output"),),
            _picture,
            lambda *values: ((), dict(zip(names, values, strict=True))),
        )
        return kind, task
    raise DeclarationError(
        f"from_pipeline takes a pipeline of transformers or diffusers, got {type(pipeline).__name__}"
    )


def interface_of(pipeline: Any) -> dict[str, Any]:
    """What an `Interface` for a pipeline is made with: its function, components and title.

    Parameters
    ----------
    pipeline : Pipeline
        Has a `task` and can be called, as those of transformers; or is one of diffusers.

    Raises
    ------
    ValueError
        There is no interface for its kind.

    Examples
    --------
    >>> class Cheerful:
    ...     task = "sentiment-analysis"
    ...     def __call__(self, text):
    ...         return [{"label": "good", "score": 0.9}]
    >>> made = interface_of(Cheerful())
    >>> made["fn"]("fine"), made["title"]
    ({'good': 0.9}, 'Sentiment analysis')
    """
    name, task = _task_of(pipeline)

    def predict(*values: Any) -> Any:
        args, kwargs = task.arguments(*values)
        result = task.result(pipeline(*args, **kwargs))
        return (values[0], result) if name in _WITH_IMAGE else result

    model = getattr(getattr(pipeline, "model", None), "name_or_path", None)
    title = os.path.basename(str(model)) if model else name.replace("-", " ").replace("_", " ").capitalize()
    return {
        "fn": predict,
        "inputs": [get_component_instance(part) for part in task.inputs],
        "outputs": [get_component_instance(part) for part in task.outputs],
        "title": title,
    }
