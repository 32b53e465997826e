"""How a request is refused, and the shape in which each server says so.

Refused    the request gets a Problem instead of a reply
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .records import Payload


@dataclass(frozen=True)
class Problem:
    status: int
    message: str
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    details: Payload = field(default_factory=dict)
    """What some servers add; each shape shows those it knows."""


Shape = Callable[[Problem], Payload]


class Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse(message: str, param: str | None = None, code: str | None = None, status: int = 400) -> Refused:
    return Refused(Problem(status, message, param=param, code=code))


def openai(problem: Problem) -> Payload:
    known = {"message": problem.message, "type": problem.type, "param": problem.param, "code": problem.code}
    return {"error": known | _details(problem, "innererror")}


def azure(problem: Problem) -> Payload:
    if problem.status == 401:
        message = "Access denied due to invalid subscription key or wrong API endpoint."
        return {"error": {"code": "401", "message": message}}
    if problem.code == "model_not_found":
        message = "The API deployment for this resource does not exist."
        return {"error": {"code": "DeploymentNotFound", "message": message}}
    return openai(problem)


def ollama(problem: Problem) -> Payload:
    kind = {400: "invalid_request_error", 404: "not_found_error"}.get(problem.status, "api_error")
    return {"error": {"message": problem.message, "type": kind, "param": None, "code": None}}


def vllm(problem: Problem) -> Payload:
    if problem.status == 401:
        return {"error": "Unauthorized"}
    kind = {400: "BadRequestError", 404: "NotFoundError"}.get(problem.status, "InternalServerError")
    known = {"message": problem.message, "type": kind, "param": problem.param, "code": problem.status}
    return {"error": known}


def llamacpp(problem: Problem) -> Payload:
    details = _details(problem, "n_prompt_tokens", "n_ctx")
    kind = "exceed_context_size_error" if details else problem.type
    return {"error": {"code": problem.status, "message": problem.message, "type": kind} | details}


def deepseek(problem: Problem) -> Payload:
    known = {"message": problem.message, "type": problem.type, "param": None, "code": "invalid_request_error"}
    return {"error": known}


def dashscope(problem: Problem) -> Payload:
    code = problem.code if problem.status != 400 else "invalid_parameter_error"
    known = {"message": problem.message, "type": problem.type, "param": None, "code": code}
    return {"error": known, "request_id": "00000000-fake"}


def moonshot(problem: Problem) -> Payload:
    kind = "invalid_authentication_error" if problem.status == 401 else problem.type
    return {"error": {"message": problem.message, "type": kind}}


def _details(problem: Problem, *names: str) -> Payload:
    return {name: problem.details[name] for name in names if name in problem.details}
