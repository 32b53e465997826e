"""A run as one self-contained page, and as Markdown; its JSON is `Summary.as_json`."""

from evals.report.markdown import markdown
from evals.report.page import page

__all__ = ["markdown", "page"]
