"""A strict fake of OpenAI's API and of the servers that imitate it: the real clients run against it over real sockets.

Use
    with running("deepseek", concepts=[["churn", "流失"]]) as server:  # a thread and loop of its own
        server.reply(Reply("STATUS: insuff", fault="reset_mid_reply"), "STATUS: insufficient")
        server.when(lambda request: "弃约" in request.user, honest)     # a function of the request, for ever
        server.fail("rate_limited_for_1_s", times=2, on="embeddings")
        ask(server.url, server.key, model="fake-chat", embedder="fake-embedding")
        assert server.last.body["stream"] and server.requests[0].disconnected
        assert not server.complaints

To a request that is accepted, rules answer first, then the queue, then the model (`honest`, unless told otherwise).
`async with serving()` runs the server in the caller's own loop. `python -m tests.fakes.openai_server` starts one by
hand. `asking` has the real clients, pointed here.

Parts
    running         running, serving;  server: Server: what tests say to it and ask of it
    records         Request, as received; Reply, ToolCall, Pace: what to say, how fast;  cutting: every_byte, split_at
    models          honest, repeater, scripted: functions from a request to a reply;  instances: what a schema is due
    profiles        a table of the servers: openai, azure, ollama, vllm, llamacpp, deepseek, dashscope, moonshot
    faults          a table of everything that can go wrong, by name;  answers, damage: what its rows are made of
    vectors         embeddings by shared words and shared concepts, no model
    accepting, limits, fields, checks, errors      strictness;  tokens: counts, and prompts cut to a context
    endpoints, messages, wire                      HTTP, bodies and streams, bytes

Modelled
    Keys (Bearer, and api-key on Azure), unknown models, addresses and methods; every field of the two requests with its
    type and range, messages by role, tools and their answers, response formats, fields that need one another; each
    server's own refusals, error shape, limits and way of streaming; max tokens; contexts refused or cut silently;
    usage; embeddings with dimensions, base64, batch and length limits. A fault that cannot befall a request, and a
    model that raises, are complaints and a 500. A hang-up of the client is `Request.disconnected`.

Recorded
    requests: method, path, headers, raw and parsed body, endpoint, what was answered, its fault, when it was finished
    or the client hung up; and complaints.

Assumptions (nobody asked the real servers): see profiles; and
    - tokens are counted by characters; usage covers the texts of messages alone;
    - OpenAI and Azure refuse max_tokens, as they do for models that reason;
    - token ids as input are embedded as unknown words: accepted, and near to no text;
    - a truncating server drops the oldest messages, then the beginning of the last one.

Not modelled
    Responses, audio, images, files, moderation, n > 1, logprobs, stop sequences, seeds, rate limits of its own,
    schemas held to scripted replies, obfuscation, organisations and projects, HTTP/2, TLS.
"""

from .faults import FAULTS
from .models import honest, passages, repeater, scripted
from .profiles import PROFILES, Profile
from .records import Model, Pace, Reply, Request, ToolCall
from .running import running, serving
from .server import Server

__all__ = [
    "FAULTS",
    "PROFILES",
    "Model",
    "Pace",
    "Profile",
    "Reply",
    "Request",
    "Server",
    "ToolCall",
    "honest",
    "passages",
    "repeater",
    "running",
    "scripted",
    "serving",
]
