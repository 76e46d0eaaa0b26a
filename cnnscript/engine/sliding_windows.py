"""How far a window gets that slides over height and width.

See layers.py for what a description holds.
"""

from __future__ import annotations

from cnnscript.engine.layers import Layer, Padding, Size, size_text, times, vector


def padding_text(padding: Padding) -> str:
    return "padding 'same'" if isinstance(padding, str) else "padding " + vector(padding)


def slid(
    layer: Layer,
    size: Size,
    window: tuple[int, int],
    stride: tuple[int, int],
    padding: Padding,
    dilation: tuple[int, int] = (1, 1),
) -> tuple[int, int]:
    """Height and width after a window slides over a padded input: MATLAB drops what does not fill a stride (floor)."""
    if isinstance(padding, str):  # 'same'
        return -(-size[0] // stride[0]), -(-size[1] // stride[1])
    top, bottom, left, right = padding
    reach = [(window[i] - 1) * dilation[i] + 1 for i in (0, 1)]
    padded = (size[0] + top + bottom, size[1] + left + right)
    if padded[0] < reach[0] or padded[1] < reach[1]:
        raise layer.misfit(
            "The input is smaller than the layer's window.",
            f"the input is {size_text(size)}, {times(*padded)} with its padding",
            f"the window is {times(*reach)}",
        )
    return (padded[0] - reach[0]) // stride[0] + 1, (padded[1] - reach[1]) // stride[1] + 1
