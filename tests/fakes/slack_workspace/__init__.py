"""A strict fake Slack workspace. See running.running."""

from .app import App, Timing
from .people import Impossible, Person
from .rates import Rates, Window
from .reading import shown
from .records import Call, Delivery, Link, Message, Ping, View
from .running import running, serving
from .workspace import Workspace

__all__ = [
    "App",
    "Call",
    "Delivery",
    "Impossible",
    "Link",
    "Message",
    "Person",
    "Ping",
    "Rates",
    "Timing",
    "View",
    "Window",
    "Workspace",
    "running",
    "serving",
    "shown",
]
