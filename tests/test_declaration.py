"""The contract of every component and layout: what is declared, described, sent and compatible."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest

import nbblocks as gr
from nbblocks import components
from nbblocks.docs import described, own_parameters
from nbblocks.session.files import Files
from nbblocks.wire.check import checked
from nbblocks.wire.schema import json_schema, props_of, wire_type

#: Names, defaults, positional order, events and API schemas of Gradio 6.31, by introspection.
FACTS = json.loads((Path(__file__).parent / "data" / "surface.json").read_text())
CLASSES = {cls.__name__: cls for cls in [*gr.utils.core_gradio_components(), gr.Widget]}
#: What all components or fields have, here also those that lack it there.
SHARED = {
    *("container", "elem_classes", "elem_id", "every", "inputs", "key", "min_width", "preserved_by_key", "scale"),
    *("visible", "render", "bind"),
}
#: Classes that others are derived from; their facts are those of what is.
BASES = ("Fallback", "Form", "FormComponent")
each_class = pytest.mark.parametrize("cls", CLASSES.values(), ids=CLASSES)
each_fact = pytest.mark.parametrize("name", [n for n in FACTS if n in CLASSES])


def as_fact(default):
    """A default as the facts file writes it."""
    if type(default).__name__ == "DefaultValue":
        return {"type": "DefaultValue"}
    if isinstance(default, str) and "/components/icons/" in default:
        return {"packaged": default.rpartition(".")[2]}
    return {"tuple": list(default)} if isinstance(default, tuple) else default


def test_every_class_has_facts():
    assert CLASSES.keys() - FACTS.keys() == {"Widget", *BASES}  # which Gradio has not, or only to derive from


@each_class
def test_every_default_fits_its_wire_type(cls):
    block = cls()
    for param in cls.synced():
        is_value = param.name == "value" and isinstance(block, components.Component)
        sent = block.first_value() if is_value else block.wire_props([param.name])[param.name]
        checked(Files().to_wire(sent), wire_type(param), f"{cls.__name__}.{param.name}")


@each_class
def test_every_synced_parameter_has_a_schema(cls):
    for param in cls.synced():
        json_schema(wire_type(param))


@each_class
def test_what_a_page_may_set_has_a_wire_type(cls):
    assert set(cls.user_props) <= props_of(cls).keys()


@each_class
def test_every_parameter_is_described_once(cls):
    listed = [line.partition(" : ")[0] for line in inspect.cleandoc(cls.__doc__).splitlines() if " : " in line]
    assert described(cls).keys() >= cls.params.keys()
    assert sorted(name for name in listed if name in cls.params) == sorted(cls.params)


@each_class
def test_nothing_is_described_that_is_no_parameter(cls):
    assert own_parameters(cls._own_doc).keys() <= cls.params.keys()


@each_class
def test_every_event_says_when_it_fires(cls):
    assert all(getattr(cls, name).__doc__ for name in cls.events)


@each_fact
def test_parameters_have_the_names_and_defaults_of_gradio(name):
    params = CLASSES[name].params
    wanted = FACTS[name]["defaults"]
    found = {n: as_fact(params[n].default) if n in params else "missing" for n in wanted}
    assert found == wanted
    assert {n: type(v) for n, v in found.items() if v is not None} == {
        n: type(v) for n, v in wanted.items() if v is not None
    }


@each_fact
def test_positional_parameters_come_in_the_order_of_gradio(name):
    positional = [
        p.name
        for p in inspect.signature(CLASSES[name]).parameters.values()
        if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    assert positional == FACTS[name]["positional"] == list(CLASSES[name]._positional)


@each_fact
def test_events_are_those_of_gradio(name):
    assert sorted(CLASSES[name].events) == FACTS[name]["events"]


@pytest.mark.parametrize("name", [n for n in FACTS if "api_info" in FACTS[n]])
def test_api_schema_has_the_types_of_gradio(name):
    def bare(schema):
        return {k: v for k, v in schema.items() if k not in ("title", "description")}

    assert bare(CLASSES[name]().api_info()) == bare(FACTS[name]["api_info"])


@each_fact
def test_no_parameter_is_our_own(name):
    rest = {"HTML": {"props"}}  # keywords of any name
    ours = CLASSES[name].params.keys() - FACTS[name]["defaults"].keys() - SHARED
    assert ours <= rest.get(name, set())


@each_class
def test_constructor_shows_the_same_signature_as_its_class(cls):
    of_init = list(inspect.signature(cls.__init__).parameters.values())
    assert of_init[0].name == "self"
    assert of_init[1:] == list(inspect.signature(cls).parameters.values())
