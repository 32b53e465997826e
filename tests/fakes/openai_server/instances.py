"""The smallest value of a JSON schema: what a model says that is held to one and knows nothing."""

from typing import Any

from .records import Payload

SIMPLE = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}


def instance_of(schema: Payload, root: Payload | None = None) -> Any:
    root = root or schema
    if "$ref" in schema:
        return instance_of(_pointed_at(schema["$ref"], root), root)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    choices = next((schema[key] for key in ("anyOf", "oneOf", "allOf") if key in schema), None)
    if choices:
        return instance_of(choices[0], root)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: instance_of(each, root) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [instance_of(schema.get("items", {}), root)]
    return SIMPLE[kind]


def _pointed_at(reference: str, root: Payload) -> Payload:
    found: Any = root
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)
