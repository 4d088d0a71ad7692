"""`ChatInterface`: a chat from one function."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, ClassVar, Literal, cast

from .blocks import Blocks, spare_name
from .blocks.options import env
from .components import (
    JSON,
    BrowserState,
    Button,
    Chatbot,
    Component,
    Dataset,
    Markdown,
    MultimodalTextbox,
    State,
    Textbox,
    get_component_instance,
)
from .components.chatbot import shown_examples
from .conversations import as_input, as_messages, kept, plain, restored, title_of, without_last_question
from .declare import KW_ONLY, UNSET, Declared, param
from .events import Dependency, EditData, LikeData, SelectData
from .examples import Examples, ExamplesHelper
from .exceptions import DeclarationError, Error, NbblocksWarning
from .flagging import ChatCSVLogger
from .layouts import Accordion, Column, Row
from .session import Request
from .session.call import kind_of, skip, special_parameters, update
from .wire.payloads import dumped

__all__ = ["ChatInterface"]


class _Fn(Declared):
    """What comes first: listed as the last base, its parameters are the first.

    Parameters
    ----------
    fn : callable
        Answers a message: gets the message, the conversation before it as a list of messages, and a value for each
        of `additional_inputs`. Returns text, a message, a component, or a list of those; a generator's values each
        replace the answer.
    """

    fn: Callable[..., Any] = param(default=UNSET, wire=None)


class ChatInterface(Blocks, _Fn):
    """A chat from one function: the conversation, a field to say something, and all that belongs to them.

    The conversation comes to the function in OpenAI's form, where each message's content is a list of parts:
    `[{"role": "user", "content": [{"type": "text", "text": "Hello"}]}, …]`.

    Parameters
    ----------
    multimodal : bool
        Whether messages have files: the function gets `{"text", "files"}`.
    chatbot : Chatbot, optional
        The conversation; None: one is made.
    textbox : Textbox or MultimodalTextbox, optional
        The field; None: one is made.
    additional_inputs : str, component, or list of them, optional
        Further arguments of the function, folded away below.
    additional_inputs_accordion : str or Accordion, optional
        What they are folded into, or its label.
    additional_outputs : component or list of them, optional
        Further results of the function, which then returns a tuple, the answer first.
    editable : bool
        Whether people can edit their messages, and have them answered anew.
    examples : list of str, dict, or list, optional
        Messages to start with; with `additional_inputs`, lists of a message and their values.
    examples_label : str
        Label of the examples, where they stand in a table.
    example_labels : list of str, optional
        Shown in place of each example.
    example_icons : list of str, optional
        A picture for each example: a file or a URL.
    run_examples_on_click : bool
        Whether a press on an example sends it; False: it is put into the field.
    cache_examples : bool, optional
        Whether the answers to the examples are kept; None: what `GRADIO_CACHE_EXAMPLES` says, else no.
    cache_mode : {"eager", "lazy"}, optional
        When they are made: at the launch, or at the first press.
    title : str, optional
        Above it, and of the page.
    description : str, optional
        Below the title; Markdown and HTML.
    flagging_mode : {"never", "manual"}, optional
        "manual": what people think of answers is kept in a file. None: what `GRADIO_CHAT_FLAGGING_MODE` says, else
        "never".
    flagging_options : list of str, optional
        What people can say of an answer; "Like" and "Dislike" are thumbs.
    flagging_dir : str
        Folder of that file.
    autofocus : bool
        Whether the field takes the keyboard when the page opens.
    autoscroll : bool
        Whether the conversation follows new text, as long as the reader is at its end.
    submit_btn : str or bool, optional
        The button in the field that sends: its caption, or whether there is one.
    stop_btn : str or bool, optional
        The button in its place while an answer comes, which ends it: its caption, or whether there is one.
    concurrency_limit : int, None or "default"
        Most answers at the same time; None: no limit; "default": the queue's.
    show_progress : {"full", "hidden", "minimal"}
        As of every listener.
    api_name : str, optional
        Of its endpoint; None: the function's.
    api_description : str or False, optional
        Of its endpoint; None: the function's docstring; False: none.
    api_visibility : {"public", "undocumented", "private"}
        Of its endpoint: "undocumented": can be called, is not listed; "private": neither.
    save_history : bool
        Whether the browser keeps conversations, in a list at the side.
    validator : callable, optional
        Gets the message before it is sent; returns `gr.validate(ok, message)`.

    Examples
    --------
    >>> import nbblocks as gr
    >>> def echo(message, history):
    ...     return f"You said: {message}"
    >>> demo = gr.ChatInterface(echo, title="Echo")
    >>> [d.api_name for d in demo.fns.values() if d.api_visibility == "public"]
    ['echo']
    """

    is_template: ClassVar[bool] = True  # to a page it is a Blocks
    _deprecated_names: ClassVar[dict[str, str]] = {"retry_btn": "", "undo_btn": "", "clear_btn": ""}

    _: KW_ONLY
    multimodal: bool = param(default=False, wire=None)
    chatbot: Chatbot | None = param(default=None, wire=None)
    textbox: Textbox | MultimodalTextbox | None = param(default=None, wire=None)
    additional_inputs: Any = param(default=None, wire=None)
    additional_inputs_accordion: str | Accordion | None = param(default=None, wire=None)
    additional_outputs: Any = param(default=None, wire=None)
    editable: bool = param(default=False, wire=None)
    examples: list[Any] | None = param(default=None, wire=None)
    examples_label: str | None = param(default="Examples", wire=None)
    example_labels: list[str] | None = param(default=None, wire=None)
    example_icons: list[str | None] | None = param(default=None, wire=None)
    run_examples_on_click: bool = param(default=True, wire=None)
    cache_examples: bool | None = param(default=None, wire=None)
    cache_mode: Literal["eager", "lazy"] | None = param(default=None, wire=None)
    title: str | None = param(default=None, wire=None)  # type: ignore[assignment]
    description: str | None = param(default=None, wire=None)
    flagging_mode: Literal["never", "manual"] | None = param(default=None, wire=None)
    flagging_options: list[str] | tuple[str, ...] | None = param(default=("Like", "Dislike"), wire=None)
    flagging_dir: str = param(default=".gradio/flagged", wire=None)
    analytics_enabled: bool | None = param(default=None, wire=None)
    autofocus: bool = param(default=True, wire=None)
    autoscroll: bool = param(default=True, wire=None)
    submit_btn: str | bool | None = param(default=True, wire=None)
    stop_btn: str | bool | None = param(default=True, wire=None)
    concurrency_limit: int | Literal["default"] | None = param(default="default", wire=None)
    delete_cache: tuple[int, int] | None = param(default=None, wire=None)
    show_progress: Literal["full", "hidden", "minimal"] = param(default="minimal", wire=None)
    fill_height: bool = param(default=True, wire=None)
    fill_width: bool = param(default=False, wire=None)
    api_name: str | None = param(default=None, wire=None)
    api_description: str | Literal[False] | None = param(default=None, wire=None)
    api_visibility: Literal["public", "private", "undocumented"] = param(default="public", wire=None)
    save_history: bool = param(default=False, wire=None)
    validator: Callable[..., Any] | None = param(default=None, wire=None)
    mode: str = param(default="chat_interface", wire=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.pop("type", "messages") not in ("messages", None):
            raise DeclarationError(
                "ChatInterface(type='tuples'): the conversation is a list of messages now, each "
                "{'role': 'user' or 'assistant', 'content': …}; write the function for that"
            )
        super().__init__(*args, **kwargs)
        self._decide()
        with self:
            self._build()

    # --- what it is

    def _decide(self) -> None:
        """Turn what was given into components and options, or refuse it."""
        if not callable(self.fn):
            raise TypeError(f"ChatInterface: fn must be a function, got {self.fn!r}")
        if isinstance(self.textbox, MultimodalTextbox):
            self.multimodal = True
        elif isinstance(self.textbox, Textbox):
            self.multimodal = False
        self.additional_inputs = _components(self.additional_inputs)
        self.additional_outputs = [] if self.additional_outputs is None else _listed(self.additional_outputs)
        for output in self.additional_outputs:
            if not isinstance(output, Component):
                raise DeclarationError(f"ChatInterface: additional_outputs are components, got {output!r}")
        folded = self.additional_inputs_accordion
        if not (folded is None or isinstance(folded, (str, Accordion))):
            raise DeclarationError(
                f"ChatInterface: additional_inputs_accordion is a text or an Accordion, got {type(folded).__name__}"
            )
        mode = self.flagging_mode if self.flagging_mode is not None else env("CHAT_FLAGGING_MODE") or "never"
        if mode not in ("never", "manual"):
            raise DeclarationError(f"ChatInterface: flagging_mode is 'manual' or 'never', got {mode!r}")
        self.flagging_mode = cast("Any", mode)
        self._decide_examples()
        specials = {s.position for s in special_parameters(self.fn)}
        places = [at for at in range(2 + len(specials)) if at not in specials]
        self._message_at, self._history_at = places[:2]
        self.is_generator = kind_of(self.fn)[1]

    def _decide_examples(self) -> None:
        given: Any = self.examples
        if given is not None and not isinstance(given, (list, tuple)):
            raise FileNotFoundError(f"ChatInterface: examples are a list of messages, got {given!r}")
        if given and self.additional_inputs and not all(isinstance(e, (list, tuple)) for e in given):
            raise DeclarationError(
                "ChatInterface: with additional_inputs, examples are lists: a message and a value for each of them"
            )
        most = 1 + len(cast("list[Any]", self.additional_inputs))
        self._samples = [list(e)[:most] if isinstance(e, (list, tuple)) else [e] for e in given or ()]
        for sample in self._samples:
            if not sample or not isinstance(sample[0], (str, dict)):
                raise DeclarationError(f"ChatInterface: an example starts with a message, got {sample!r}")
            sample[0] = self._as_field(sample[0])

    def _as_field(self, message: Any) -> Any:
        """A message as the field holds it."""
        text = message if isinstance(message, str) else message.get("text") or ""
        files = [] if isinstance(message, str) else list(message.get("files") or ())
        return {"text": text, "files": files} if self.multimodal else text

    def _example_messages(self) -> list[dict[str, Any]]:
        """The examples as the conversation shows them while it is empty."""
        shown = []
        for at, (first, *_) in enumerate(self._samples):
            one: dict[str, Any] = dict(first) if isinstance(first, dict) else {"text": first}
            if self.example_labels and at < len(self.example_labels):
                one["display_text"] = self.example_labels[at]
            if self.example_icons and at < len(self.example_icons):
                one["icon"] = self.example_icons[at]
            shown.append(one)
        return shown

    @property
    def examples_messages(self) -> list[dict[str, Any]]:
        """The examples as the conversation shows them, with files as JSON."""
        return cast("list[dict[str, Any]]", dumped(shown_examples(cast("Any", self._example_messages())) or []))

    # --- its parts

    def _build(self) -> None:
        key = self._storage_key()
        self.saved_conversations = BrowserState([], storage_key=key, secret=key, render=self.save_history)
        self.conversation_id = State(None)
        self.saved_input = State(None)
        self.null_component = State(None)
        with Column():
            if self.title:
                Markdown(f"<h1 style='text-align: center; margin-bottom: 1rem'>{self.title}</h1>")
            if self.description:
                Markdown(self.description)
            if self.save_history:
                with Row(scale=1, equal_height=True):
                    self._build_side()
                    with Column(scale=6):
                        self._build_chat()
            else:
                self._build_chat()
        self._listen()

    def _storage_key(self) -> str:
        """Where the browser keeps conversations: of this function in this program, so that they outlive it."""
        program = os.environ.get("JPY_SESSION_NAME") or sys.argv[0]
        name = getattr(self.fn, "__qualname__", type(self.fn).__qualname__)
        digest = hashlib.sha256(f"{program} {name} {self.title}".encode()).hexdigest()[:16]
        return f"_saved_conversations_{digest}"

    def _build_side(self) -> None:
        with Column(scale=1, min_width=140):
            self.new_chat_button = Button("New chat", variant="primary", size="md")
            self.chat_history_dataset = Dataset(
                components=[Textbox(visible=False)], samples=[], show_label=False, layout="table", type="index",
                label="Conversations", samples_per_page=20,
            )  # fmt: skip

    def _build_chat(self) -> None:
        examples = self._example_messages()
        shown = None if self.additional_inputs else examples
        if self.chatbot is None:
            self.chatbot = Chatbot(
                label="Chatbot", scale=1, height=400, autoscroll=self.autoscroll,
                editable="user" if self.editable else None, examples=cast("Any", shown),
            )  # fmt: skip
        else:
            _move(self.chatbot)
            if self.chatbot.examples is None and shown:
                self.chatbot.examples = cast("Any", shown)
            if self.editable and self.chatbot.editable is None:
                self.chatbot.editable = "user"
        with Row():
            self._build_field()
        if self.flagging_mode == "manual":
            self.chatbot.feedback_options = list(self.flagging_options or ())
        self.fake_api_btn = Button("API", visible=False)
        self.api_response = JSON(label="Response", visible=False)
        first = self.chatbot.__dict__.get("value")
        first = [] if first is None or callable(first) else self._history(self.chatbot.postprocess(first))
        self.chatbot_state = State(first)
        self.chatbot_value = State(first)
        self.examples_handler: ExamplesHelper | None = self._build_examples() if self._samples else None
        accordion = self.additional_inputs_accordion
        rest = [c for c in self.additional_inputs if not c.is_rendered]
        if rest:
            if isinstance(accordion, Accordion):
                _move(accordion)
            else:
                accordion = Accordion(accordion or "Additional Inputs", open=False)
            with accordion:
                for component in rest:
                    component.render()

    def _history(self, payload: Any) -> list[dict[str, Any]]:
        return cast("Chatbot", self.chatbot).preprocess(payload)

    def _build_field(self) -> None:
        if self.textbox is None:
            cls: Any = MultimodalTextbox if self.multimodal else Textbox
            self.textbox = cls(
                label="Message", show_label=False, placeholder="Type a message...", scale=7, autofocus=self.autofocus,
                submit_btn=self.submit_btn, stop_btn=False,
            )  # fmt: skip
        else:
            self._tell_ignored(self.textbox)
            _move(self.textbox)
        self.original_submit_btn = self.textbox.submit_btn
        self.original_stop_btn = self.stop_btn
        self.original_placeholder = self.textbox.placeholder

    def _tell_ignored(self, textbox: Any) -> None:
        """Say which buttons were given here while the field, which was given too, has others."""
        given = {n: self.given[n] for n in ("submit_btn", "stop_btn") if n in self.given}
        ignored = [n for n, value in given.items() if value is not True and value != getattr(textbox, n)]
        if ignored:
            names = ", ".join(ignored)
            warnings.warn(
                f"ChatInterface: {names} will be ignored, for there is a textbox= of your own; give it {names}",
                NbblocksWarning,
                stacklevel=5,
            )

    def _build_examples(self) -> ExamplesHelper:
        return Examples(
            examples=self._samples,
            inputs=[cast("Component", self.textbox), *self.additional_inputs],
            outputs=self.chatbot,
            fn=self._example_fn,
            cache_examples=self.cache_examples,
            cache_mode=self.cache_mode,
            label=self.examples_label,
            example_labels=self.example_labels,
            visible=bool(self.additional_inputs),
            preload=False,
        )

    # --- what it does

    def _listen(self) -> None:
        chatbot, textbox = cast("Chatbot", self.chatbot), cast("Textbox", self.textbox)
        self._answers: list[Dependency] = []
        quiet: dict[str, Any] = {"queue": False, "api_visibility": "undocumented", "show_progress": "hidden"}
        asked = textbox.submit(
            self._take, textbox, [textbox, self.saved_input], validator=self.validator, **quiet
        ).success(self._ask, [self.saved_input, chatbot], chatbot, **quiet)
        self._answer_after(asked)
        spare_name("lambda")
        spare_name("lambda")
        self.fake_api_btn.click(
            self._api_fn(), [textbox, self.chatbot_state, *self.additional_inputs],
            [self.api_response, self.chatbot_state, *self.additional_outputs],
            api_name=self.api_name, api_description=self.api_description, api_visibility=self.api_visibility,
            concurrency_limit=self.concurrency_limit, postprocess=False,  # an answer of text is no JSON text
        )  # fmt: skip
        if self._samples and not self.additional_inputs:
            self._listen_to_examples(quiet)
        self._answer_after(
            chatbot.retry(self._retry, chatbot, [chatbot, self.chatbot_state, self.saved_input, textbox], **quiet)
        )
        chatbot.undo(self._undo, chatbot, [chatbot, textbox], **quiet).then(**self._settled, **quiet)
        self._answer_after(
            chatbot.option_select(
                self._choose, chatbot, [chatbot, self.chatbot_state, self.saved_input, textbox], **quiet
            )
        )
        chatbot.clear(self._clear, self._saved, [self.chatbot_state, self.chatbot_value, *self._saved], **quiet)
        if chatbot.editable is not None:
            self._answer_after(
                chatbot.edit(self._edit, chatbot, [chatbot, self.chatbot_state, self.saved_input, textbox], **quiet)
            )
        if self.original_stop_btn:
            # at once: a function that waits for something ends only when it goes on
            textbox.stop(**self._settled, cancels=self._answers, **{**quiet, "api_visibility": "private"})
        if self.save_history:
            self._listen_to_side(quiet)
        if self.flagging_mode == "manual":
            self._listen_to_feedback()
        self.chatbot_value.change(lambda value: value, self.chatbot_value, chatbot, **quiet).then(
            lambda value: value, chatbot, self.chatbot_state, **quiet
        )

    def _answer_after(self, asked: Dependency) -> None:
        """Answer what was asked, and settle down afterwards, whatever came of it."""
        answer = asked.success(
            self._answer_fn(), [self.saved_input, self.chatbot_state, *self.additional_inputs],
            [self.null_component, cast("Chatbot", self.chatbot), *self.additional_outputs],
            concurrency_limit=self.concurrency_limit, show_progress=self.show_progress,
            api_name="_submit_fn", api_visibility="undocumented",
        )  # fmt: skip
        self._answers.append(answer)
        answer.then(**self._settled, queue=False, api_visibility="undocumented", show_progress="hidden")

    @property
    def _settled(self) -> dict[str, Any]:
        """What follows each change of the conversation: the field is free again, and the conversation kept."""
        saved = self._saved
        return {
            "fn": self._settle,
            "inputs": [cast("Chatbot", self.chatbot), *saved],
            "outputs": [cast("Textbox", self.textbox), self.chatbot_state, *saved],
        }

    @property
    def _saved(self) -> list[Component]:
        """Which conversation of those that the browser keeps this is, and those; nothing where it keeps none."""
        return [self.conversation_id, self.saved_conversations] if self.save_history else []

    def _busy(self, **more: Any) -> dict[str, Any]:
        """The field while an answer comes."""
        stop = self.original_stop_btn if self.original_stop_btn is not None else False
        return update(**more, interactive=False, submit_btn=False if stop else self.original_submit_btn, stop_btn=stop)

    def _take(self, message: Any) -> tuple[Any, Any]:
        empty = message is None or (isinstance(message, dict) and not message["text"] and not message["files"])
        if empty and self.multimodal:
            raise Error("There is nothing to send.", visible=False, print_exception=False)
        return self._busy(value=""), message

    def _ask(self, message: Any, history: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [*history, *as_messages("" if message is None else message, "user")]

    def _settle(self, history: list[dict[str, Any]], *saved: Any) -> tuple[Any, ...]:
        free = update(interactive=True, submit_btn=self.original_submit_btn, stop_btn=False)
        said = _without_instances(history)
        if not saved:
            return free, said
        number, known = saved[0], saved[1] if isinstance(saved[1], list) else []
        if not history:
            return free, [], number, skip()
        if not isinstance(number, int) or not 0 <= number < len(known):
            return free, said, 0, [kept(history), *known]
        return free, said, number, [*known[:number], kept(history), *known[number + 1 :]]

    def _asked_again(self, history: list[dict[str, Any]], question: dict[str, Any]) -> tuple[Any, ...]:
        """The conversation with a question at its end, which is answered next."""
        before = _without_instances(history)
        return [*history, question], before, as_input(question, self.multimodal), self._busy()

    def _retry(self, history: list[dict[str, Any]]) -> tuple[Any, ...]:
        before, question = without_last_question(history)
        if question is None:
            raise Error("There is no question to answer again.", print_exception=False)
        return self._asked_again(before, question)

    def _undo(self, history: list[dict[str, Any]]) -> tuple[Any, Any]:
        before, question = without_last_question(history)
        return before, skip() if question is None else as_input(question, self.multimodal)

    def _choose(self, history: list[dict[str, Any]], chosen: SelectData) -> tuple[Any, ...]:
        return self._asked_again(history, {"role": "user", "content": [{"type": "text", "text": str(chosen.value)}]})

    def _edit(self, history: list[dict[str, Any]], edited: EditData) -> tuple[Any, ...]:
        at = edited.index
        if not isinstance(at, int) or not 0 <= at < len(history):
            raise Error("There is no such message.", print_exception=False)
        if history[at]["role"] != "user":  # an answer, where all can be edited: it stays as it is now
            raise Error("Only the text was changed.", visible=False, print_exception=False)
        return self._asked_again(history[:at], history[at])

    def _clear(self, *saved: Any) -> tuple[Any, ...]:
        if not saved:
            return [], []
        number, known = saved
        if not isinstance(number, int) or not isinstance(known, list):
            return [], [], None, skip()
        return [], [], None, [*known[:number], *known[number + 1 :]]

    # --- the function

    def _call(self, args: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[dict[str, Any]]]:
        """The function's arguments, and the conversation with the message that it is to answer."""
        message = args[self._message_at]
        history = list(args[self._history_at] or ())
        said = [*history, *as_messages("" if message is None else message, "user")]
        given = list(args)
        given[self._history_at] = history
        return tuple(given), said

    def _split(self, returned: Any) -> tuple[Any, list[Any]]:
        """The answer, and the additional outputs."""
        if not self.additional_outputs:
            return returned, []
        if not isinstance(returned, (tuple, list)) or len(returned) < 1 + len(self.additional_outputs):
            raise Error(
                f"The function must return the answer and {len(self.additional_outputs)} more for "
                f"additional_outputs, as a tuple; got {type(returned).__name__}."
            )
        answer, *more = returned
        return answer, more

    def _steps(self, use: Callable[[tuple[Any, ...], list[dict[str, Any]], Any], Any]) -> Callable[..., Any]:
        """The function as a handler that gives what `use` makes of its arguments, the conversation and its result."""
        fn = self.fn
        is_async, is_generator = kind_of(fn)

        async def async_answer(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            args, said = self._call(args)
            if not is_generator:
                yield use(args, said, await fn(*args, **kwargs))
                return
            is_empty = True
            async for returned in fn(*args, **kwargs):
                is_empty = False
                yield use(args, said, returned)
            if is_empty:
                yield self._unanswered(said)

        def answer(*args: Any, **kwargs: Any) -> Iterator[Any]:
            args, said = self._call(args)
            if not is_generator:
                yield use(args, said, fn(*args, **kwargs))
                return
            steps = fn(*args, **kwargs)
            is_empty = True
            try:
                for returned in steps:
                    is_empty = False
                    yield use(args, said, returned)
                if is_empty:
                    yield self._unanswered(said)
            finally:
                steps.close()

        return functools.wraps(fn)(async_answer if is_async else answer)

    def _unanswered(self, said: list[dict[str, Any]]) -> tuple[Any, ...]:
        """What a generator stands for that yields nothing: the message stays, without an answer."""
        return (None, said, *(skip() for _ in self.additional_outputs or ()))

    def _answer_fn(self) -> Callable[..., Any]:
        """Shows each answer in the conversation."""

        def shown(args: tuple[Any, ...], said: list[dict[str, Any]], returned: Any) -> Any:
            answer, more = self._split(returned)
            return (None, [*said, *as_messages(answer, "assistant")], *more)

        if not hasattr(self, "_answering"):
            self._answering = self._steps(shown)
        return self._answering

    def _api_fn(self) -> Callable[..., Any]:
        """Gives each answer as it is, and keeps the conversation of the client."""

        def given(args: tuple[Any, ...], said: list[dict[str, Any]], returned: Any) -> Any:
            answer, more = self._split(returned)
            return (plain(answer), [*said, *as_messages(answer, "assistant")], *more)

        return self._steps(given)

    @property
    def _example_fn(self) -> Callable[..., Any]:
        """Answers an example: gives the whole conversation."""
        fn = self.fn

        def shown(args: tuple[Any, ...], said: list[dict[str, Any]], returned: Any) -> Any:
            return [*said, *as_messages(self._split(returned)[0], "assistant")]

        steps = self._steps(shown)

        async def async_example(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            async for conversation in steps(*self._with_history(args), **kwargs):
                yield conversation

        def example(*args: Any, **kwargs: Any) -> Iterator[Any]:
            yield from steps(*self._with_history(args), **kwargs)

        made: Any = async_example if kind_of(fn)[0] else example
        made.__name__ = getattr(fn, "__name__", "example")
        return cast("Callable[..., Any]", made)

    def _with_history(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        return (*args[:1], [], *args[1:])

    # --- examples

    def _listen_to_examples(self, quiet: dict[str, Any]) -> None:
        chatbot, textbox = cast("Chatbot", self.chatbot), cast("Textbox", self.textbox)
        if not self.run_examples_on_click:
            chatbot.example_select(self._fill, None, textbox, api_name="example_populated", **quiet)
            return
        asked = chatbot.example_select(
            self._example, None, [chatbot, self.chatbot_state, self.saved_input, textbox], api_name="example_clicked",
            **{**quiet, "queue": True},
        )  # fmt: skip
        if self._is_cached:
            asked.then(**self._settled, **quiet)
        else:
            self._answer_after(asked)

    @property
    def _is_cached(self) -> bool:
        return self.examples_handler is not None and bool(self.examples_handler.cache_examples)

    def _sample(self, chosen: SelectData) -> Any:
        at = chosen.index
        if not isinstance(at, int) or not 0 <= at < len(self._samples):
            raise Error("There is no such example.", print_exception=False)
        return self._samples[at][0]

    def _fill(self, chosen: SelectData) -> Any:
        return self._sample(chosen)

    def _example(self, chosen: SelectData) -> Iterator[tuple[Any, ...]]:
        """Sends an example; one whose answer is kept gets that."""
        message = self._sample(chosen)
        asked = as_messages(message, "user")
        yield asked, [], message, self._busy()
        if self._is_cached and self.examples_handler is not None:
            (payload,) = self.examples_handler.load_from_cache(cast("int", chosen.index))
            yield self._history(payload), skip(), skip(), skip()

    # --- conversations that the browser keeps

    def _listen_to_side(self, quiet: dict[str, Any]) -> None:
        chatbot = cast("Chatbot", self.chatbot)
        saved = self.saved_conversations
        states = [self.conversation_id, self.chatbot_state]
        self.new_chat_button.click(lambda: (None, [], []), None, [*states, chatbot], **quiet)
        for shown in (self.load, saved.change):
            shown(self._titles, saved, self.chat_history_dataset, **quiet)
        self.chat_history_dataset.click(
            self._open_conversation, [self.chat_history_dataset, saved], [self.conversation_id, chatbot], **quiet
        ).then(lambda value: value, chatbot, self.chatbot_state, **quiet)

    def _titles(self, conversations: Any) -> dict[str, Any]:
        known = conversations if isinstance(conversations, list) else []
        return update(samples=[[title_of(restored(c))] for c in known])

    def _open_conversation(self, index: Any, conversations: Any) -> tuple[Any, Any]:
        known = conversations if isinstance(conversations, list) else []
        if not isinstance(index, int) or not 0 <= index < len(known):
            raise Error("This conversation is no longer there.", print_exception=False)
        return index, restored(known[index])

    # --- what people think

    def _listen_to_feedback(self) -> None:
        chatbot = cast("Chatbot", self.chatbot)
        logger = ChatCSVLogger()
        logger.setup(self.flagging_dir)

        def flag(feedback: LikeData, messages: list[dict[str, Any]], request: Request) -> None:
            """Keep what a person thinks of an answer."""
            liked = feedback.liked
            option = {True: "Like", False: "Dislike"}.get(cast("bool", liked), str(liked))
            logger.flag(_without_instances(messages), feedback, option, request.username)

        chatbot.like(flag, chatbot, None, api_name="flag", show_progress="hidden")


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _components(given: Any) -> list[Component]:
    """Components as they were given, or by their names; those that stand elsewhere already stay there."""
    return [] if given is None else [get_component_instance(one) for one in _listed(given)]


def _move(block: Any) -> None:
    """Place a block here, wherever it stood."""
    if block.is_rendered:
        block.unrender()
    block._render()


def _without_instances(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A conversation that can be copied: of components, only what they were made of."""
    return [
        {
            **message,
            "content": [{k: v for k, v in p.items() if k != "instance"} for p in message["content"]]
            if isinstance(message["content"], list)
            else message["content"],
        }
        for message in history
    ]
