from __future__ import annotations

from typing import Literal, TypedDict

import pytest

from nbblocks.components import Image, Number, Textbox
from nbblocks.components.codegen import classes, main
from nbblocks.wire.schema import json_schema, props_of, props_schema, ts_type, typescript


class Point(TypedDict):
    """A point."""

    x: float


@pytest.mark.parametrize(
    ("wire", "schema", "ts"),
    [
        (bool, {"type": "boolean"}, "boolean"),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "number | null"),
        (Literal["a", "b"], {"enum": ["a", "b"]}, '"a" | "b"'),
        (list[str], {"type": "array", "items": {"type": "string"}}, "Array<string>"),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}, "Record<string, number>"),
        (
            Point,
            {
                "type": "object",
                "properties": {"x": {"type": "number"}},
                "additionalProperties": False,
                "required": ["x"],
            },
            "Point",
        ),
    ],
)
def test_wire_type_has_a_schema_and_a_typescript_type(wire, schema, ts):
    assert (json_schema(wire), ts_type(wire)) == (schema, ts)


def test_parameters_that_stay_in_python_are_not_in_the_props():
    assert not {"every", "inputs", "render", "key", "preserved_by_key"} & props_of(Number).keys()


def test_interactive_is_decided_when_it_reaches_the_page():
    assert props_of(Textbox)["interactive"] is bool


def test_schema_requires_every_prop():
    schema = props_schema(Number)
    assert (schema["title"], schema["required"]) == ("Number", list(schema["properties"]))


def test_types_are_the_same_in_whatever_order_classes_come():
    assert typescript([Number, Image, Textbox]) == typescript([Textbox, Number, Image])


def test_interface_names_props_as_in_python():
    text = typescript([Image])
    assert "export interface ImageProps {" in text
    assert "  value: FileJSON | null;\n" in text
    assert "export interface FileJSON {" in text
    assert "  image: ImageProps;\n" in text


def test_every_class_with_a_browser_half_is_in_the_maps():
    text = typescript(classes())
    assert all(f"  {cls.get_block_name()}: {cls.__name__}Props;\n" in text for cls in classes())


def test_command_writes_the_file(tmp_path):
    path = tmp_path / "generated" / "components.ts"
    assert main([str(path)]) == 0
    assert path.read_text() == typescript(classes())
