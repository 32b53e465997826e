"""The fields of the two requests, and what each may hold.

Source: OpenAI's API reference, as the `openai` client types it; a test compares the names.
"""

from typing import Any

from .checks import (
    Check,
    Problems,
    anything,
    array_of,
    bad,
    boolean,
    by_type,
    decimal,
    integer,
    mapping,
    matching,
    nullable,
    object_of,
    one_of,
    tagged,
    text,
)

NAME = matching(r"[a-zA-Z0-9_-]{1,64}")

CACHED: dict[str, Check] = {"prompt_cache_breakpoint": mapping}
TEXT_PARTS = tagged("type", {"text": ({"text": text}, CACHED)})
USER_PARTS = tagged(
    "type",
    {
        "text": ({"text": text}, CACHED),
        "image_url": ({"image_url": mapping}, CACHED),
        "input_audio": ({"input_audio": mapping}, CACHED),
        "file": ({"file": mapping}, CACHED),
    },
)
ASSISTANT_PARTS = tagged("type", {"text": ({"text": text}, CACHED), "refusal": ({"refusal": text}, {})})
TOOL_CALL = tagged(
    "type",
    {
        "function": ({"id": text, "function": object_of({"name": NAME, "arguments": text})}, {}),
        "custom": ({"id": text, "custom": mapping}, {}),
    },
)


def content(parts: Check) -> Check:
    return by_type("a string or an array of parts", {str: text, list: array_of(parts, least=1)})


MESSAGE = tagged(
    "role",
    {
        "developer": ({"content": content(TEXT_PARTS)}, {"name": text}),
        "system": ({"content": content(TEXT_PARTS)}, {"name": text}),
        "user": ({"content": content(USER_PARTS)}, {"name": text}),
        "assistant": (
            {},
            {
                "content": nullable(content(ASSISTANT_PARTS)),
                "name": text,
                "refusal": nullable(text),
                "tool_calls": array_of(TOOL_CALL, least=1),
                "audio": nullable(mapping),
                "function_call": nullable(mapping),
            },
        ),
        "tool": ({"content": content(TEXT_PARTS), "tool_call_id": text}, {}),
        "function": ({"content": nullable(text), "name": text}, {}),
    },
)

FUNCTION = object_of({"name": NAME}, {"description": text, "parameters": mapping, "strict": nullable(boolean)})
TOOL = tagged("type", {"function": ({"function": FUNCTION}, {}), "custom": ({"custom": mapping}, {})})
TOOL_CHOICE = by_type(
    "a string or an object",
    {
        str: one_of("none", "auto", "required"),
        dict: tagged(
            "type",
            {
                "function": ({"function": object_of({"name": NAME})}, {}),
                "custom": ({"custom": mapping}, {}),
                "allowed_tools": ({"allowed_tools": mapping}, {}),
            },
        ),
    },
)


def strict_schema(name: str, value: Any) -> Problems:
    """strict: true asks for an object that is closed, with every property required."""
    yield from object_of({"name": NAME}, {"description": text, "schema": mapping, "strict": nullable(boolean)})(
        name, value
    )
    schema = value.get("schema") if isinstance(value, dict) and value.get("strict") else None
    if isinstance(schema, dict) and "$ref" not in schema:
        where = f"Invalid schema for response_format '{value.get('name')}': "
        if schema.get("type") != "object":
            yield bad(f"{where}schema must be a JSON Schema of 'type: \"object\"'.", "response_format", None)
        elif schema.get("additionalProperties") is not False:
            problem = "In context=(), 'additionalProperties' is required to be supplied and to be false."
            yield bad(where + problem, "response_format", None)
        elif set(schema.get("required", [])) != set(schema.get("properties", {})):
            problem = "In context=(), 'required' must include every key in properties."
            yield bad(where + problem, "response_format", None)


RESPONSE_FORMAT = tagged(
    "type", {"text": ({}, {}), "json_object": ({}, {}), "json_schema": ({"json_schema": strict_schema}, {})}
)

CHAT_OPTIONS: dict[str, Check] = {
    "audio": mapping,
    "frequency_penalty": decimal(-2, 2),
    "function_call": anything,
    "functions": array_of(FUNCTION, least=1, most=128),
    "logit_bias": mapping,
    "logprobs": boolean,
    "max_completion_tokens": integer(1),
    "max_tokens": integer(1),
    "metadata": mapping,
    "modalities": array_of(one_of("text", "audio")),
    "moderation": mapping,
    "n": integer(1, 1),
    "parallel_tool_calls": boolean,
    "prediction": mapping,
    "presence_penalty": decimal(-2, 2),
    "prompt_cache_key": text,
    "prompt_cache_options": mapping,
    "prompt_cache_retention": one_of("in_memory", "24h"),
    "reasoning_effort": one_of("none", "minimal", "low", "medium", "high", "xhigh", "max"),
    "response_format": RESPONSE_FORMAT,
    "safety_identifier": text,
    "seed": integer(-(2**63), 2**63 - 1),
    "service_tier": one_of("auto", "default", "flex", "scale", "priority", "fast"),
    "stop": by_type("a string or an array of strings", {str: text, list: array_of(text, most=4)}),
    "store": boolean,
    "stream": boolean,
    "stream_options": object_of({}, {"include_usage": boolean, "include_obfuscation": boolean}),
    "temperature": decimal(0, 2),
    "tool_choice": TOOL_CHOICE,
    "tools": array_of(TOOL, least=1, most=128),
    "top_logprobs": integer(0, 20),
    "top_p": decimal(0, 1),
    "user": text,
    "verbosity": one_of("low", "medium", "high"),
    "web_search_options": mapping,
}
CHAT = object_of(
    {"model": text, "messages": array_of(MESSAGE, least=1)},
    {name: nullable(check) for name, check in CHAT_OPTIONS.items()},
)

TOKEN_IDS = array_of(integer(0), least=1)
INPUTS = by_type("a string or an array of strings or token ids", {str: text, int: integer(0), list: TOKEN_IDS})
EMBEDDING_OPTIONS: dict[str, Check] = {
    "dimensions": integer(1),
    "encoding_format": one_of("float", "base64"),
    "user": text,
}
EMBEDDING = object_of(
    {"model": text, "input": by_type("a string or an array", {str: text, list: array_of(INPUTS)})},
    {name: nullable(check) for name, check in EMBEDDING_OPTIONS.items()},
)
