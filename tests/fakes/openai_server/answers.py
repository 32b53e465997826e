"""What comes instead of a reply: problems, pages of proxies, redirects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time

from .accepting import too_long
from .errors import Problem
from .records import Request

Answer = Callable[[Request], "Problem | Page"]

LOGIN = "<!doctype html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>"
NGINX = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"
FILTERED = {
    "code": "ResponsibleAIPolicyViolation",
    "content_filter_result": {"jailbreak": {"filtered": True, "detected": True}},
}


@dataclass(frozen=True)
class Page:
    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def page(status: int, body: str, content_type: str = "text/html; charset=utf-8") -> Answer:
    return lambda _: Page(status, body, {"Content-Type": content_type})


def problem(
    status: int,
    message: str,
    kind: str = "invalid_request_error",
    param: str | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    return lambda _: Problem(status, message, kind, param, code, headers or {})


def rate_limited(headers: Mapping[str, str] | None = None) -> Answer:
    message = "Rate limit reached for requests per minute. Please try again later."
    return problem(429, message, "requests", None, "rate_limit_exceeded", headers)


def rate_limited_until_a_date(request: Request) -> "Problem | Page":
    """Two seconds from now: a date has no fractions."""
    return rate_limited({"Retry-After": formatdate(time() + 2, usegmt=True)})(request)


def insufficient_quota(_: Request) -> "Problem | Page":
    message = "You exceeded your current quota, please check your plan and billing details."
    return Problem(429, message, "insufficient_quota", code="insufficient_quota")


def unknown_parameter(_: Request) -> "Problem | Page":
    return Problem(400, "Unrecognized request argument supplied: stream_options", param="stream_options")


def context_length_exceeded(_: Request) -> "Problem | Page":
    return too_long(4096, 9000, 9000)


def content_policy(_: Request) -> "Problem | Page":
    message = "The response was filtered due to the prompt triggering the content management policy."
    return Problem(400, message, param="prompt", code="content_filter", details={"innererror": FILTERED})


def redirect(status: int, where: str = "") -> Answer:
    """To the same address, unless told another; the next reply is for the request that follows."""
    return lambda request: Page(status, "", {"Location": where or f"{request.path}?again=1"})
