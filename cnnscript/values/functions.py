"""Function handles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Function:
    """A function handle.

    call      `call(nargout, *args)`; the result is one value, a tuple of nargout values above one, None for no output
    text      how it was written: '@(x)x.^2+1' for an anonymous function, the bare name 'sin' for a named one
    captured  variables an anonymous function took with it, by name
    inputs    number of inputs (negative as MATLAB's nargin gives it), None when unknown
    """

    __slots__ = ("call", "text", "captured", "inputs", "outputs", "origin")
    class_name = "function_handle"

    def __init__(
        self,
        call: Callable[..., Any],
        text: str,
        captured: dict[str, Any] | None = None,
        inputs: int | None = None,
        outputs: int | None = None,
        origin: str = "",
    ):
        self.call = call
        self.text = text
        self.captured = captured
        self.inputs = inputs
        self.outputs = outputs
        self.origin = origin

    @property
    def anonymous(self) -> bool:
        return self.text.startswith("@")

    def size(self) -> tuple[int, ...]:
        return (1, 1)
