"""The servers that speak this protocol, and what each does differently: one row a server.

Read in documentation, issues and sources, not measured; where those differ, a row holds the worst. The sources:
Ollama openai/openai.go (errors, `reasoning`, max_tokens alone, roles); vLLM #27755 (`reasoning`), protocol.py;
llama.cpp #19051 (schemas fail open), server errors; DeepSeek llm-exe#662 (json_schema), cc-switch#3330 (developer);
DashScope's embedding page (10 inputs, 8192 tokens); Moonshot oh-my-pi#1077 (forced tools), AstrBot#6614 (usage in the
choice), GenericAgent#30 (temperature); Azure semantic-kernel#3650 (a first chunk without choices), vscode-copilot#8483.
Assumed: Ollama ignores tool_choice, DashScope ignores json_schema and max_completion_tokens.
"""

from dataclasses import dataclass
from typing import Literal

from . import errors

Treatment = Literal["honour", "ignore", "reject"]


@dataclass(frozen=True)
class Profile:
    """`honour` does what is asked, `ignore` answers as if it had not been asked, `reject` answers 400."""

    name: str
    shape: errors.Shape = errors.openai
    prefixes: tuple[str, ...] = ("/v1",)
    """Where the API may be found; `{model}` stands for a deployment's name. The first one is the server's URL."""
    asks_key: bool = True
    takes_api_key_header: bool = False
    knows_models: bool = True
    """An unknown model is an error; otherwise every name gets the one model there is."""
    unknown_fields: Treatment = "ignore"
    context: int = 128_000
    """Tokens of the prompt and of what is to be generated."""
    context_overflow: Literal["reject", "truncate"] = "reject"

    max_tokens: Treatment = "honour"
    max_completion_tokens: Treatment = "honour"
    json_object: Treatment = "honour"
    json_schema: Treatment = "honour"
    forced_tool: Treatment = "honour"
    developer_role: Treatment = "honour"
    temperature: float | None = None
    """The only temperature it takes."""
    lone_stream_options: Treatment = "ignore"
    """stream_options in a request that is not streamed."""

    stream_usage: Literal["chunk", "choice"] = "chunk"
    """Usage comes in a last chunk without choices, if asked for; or, asked for or not, inside the last choice."""
    reasoning: Literal["", "reasoning", "reasoning_content"] = ""
    """The field of the reasoning; hidden when empty."""
    keep_alive_comments: bool = False
    filter_results_first: bool = False
    role_in_every_chunk: bool = False
    whole_tool_arguments: bool = False

    embeddings: bool = True
    embedding_inputs: int | None = None
    embedding_tokens: int = 8192
    """For each input."""
    embedding_tokens_in_all: int | None = None
    embedding_overflow: Literal["reject", "truncate", "crash"] = "reject"
    empty_input: Treatment = "honour"
    token_ids: Treatment = "honour"
    dimensions: Treatment = "honour"
    base64: Treatment = "honour"


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "openai",
            unknown_fields="reject",
            max_tokens="reject",
            lone_stream_options="reject",
            embedding_inputs=2048,
            embedding_tokens_in_all=300_000,
            empty_input="reject",
        ),
        Profile(
            "azure",
            errors.azure,
            prefixes=("/openai/v1", "/openai/deployments/{model}"),
            takes_api_key_header=True,
            unknown_fields="reject",
            max_tokens="reject",
            lone_stream_options="reject",
            filter_results_first=True,
            embedding_inputs=2048,
            embedding_tokens_in_all=300_000,
            empty_input="reject",
        ),
        Profile(
            "ollama",
            errors.ollama,
            asks_key=False,
            context=4096,
            context_overflow="truncate",
            max_completion_tokens="ignore",
            json_schema="ignore",
            forced_tool="ignore",
            reasoning="reasoning",
            role_in_every_chunk=True,
            whole_tool_arguments=True,
            embedding_overflow="truncate",
            token_ids="reject",
        ),
        Profile(
            "vllm",
            errors.vllm,
            context=32_768,
            developer_role="reject",
            lone_stream_options="reject",
            reasoning="reasoning",
            dimensions="reject",
        ),
        Profile(
            "llamacpp",
            errors.llamacpp,
            prefixes=("/v1", ""),
            knows_models=False,
            context=8192,
            json_schema="ignore",
            reasoning="reasoning_content",
            embedding_tokens=512,
            embedding_overflow="crash",
            dimensions="ignore",
        ),
        Profile(
            "deepseek",
            errors.deepseek,
            prefixes=("/v1", ""),
            max_completion_tokens="ignore",
            json_schema="reject",
            developer_role="reject",
            lone_stream_options="reject",
            reasoning="reasoning_content",
            keep_alive_comments=True,
            embeddings=False,
        ),
        Profile(
            "dashscope",
            errors.dashscope,
            prefixes=("/compatible-mode/v1",),
            context=131_072,
            max_completion_tokens="ignore",
            json_schema="ignore",
            developer_role="reject",
            reasoning="reasoning_content",
            embedding_inputs=10,
            empty_input="reject",
            token_ids="reject",
            base64="ignore",
        ),
        Profile(
            "moonshot",
            errors.moonshot,
            context=262_144,
            forced_tool="reject",
            developer_role="reject",
            temperature=1.0,
            stream_usage="choice",
            reasoning="reasoning_content",
            embeddings=False,
        ),
    )
}
