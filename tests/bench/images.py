"""imresize against skimage.transform.resize; a montage as one image against one matplotlib axes a channel."""

from __future__ import annotations

import io
import sys
import tempfile

import numpy as np

from tests.bench.ratios import alternating, print_table


def main(names: list[str]) -> None:
    from skimage.transform import resize as skimage_resize

    from cnnscript.pictures.images.resize import imresize

    random = np.random.default_rng(0)
    rows = []
    for shape, size in (((55, 55), (227, 227)), ((14, 14, 64), (48, 48)), ((400, 600, 3), (227, 227))):
        picture = random.random(shape)
        times = alternating(
            {
                "ours": lambda picture=picture, size=size: imresize(picture, size),
                "skimage": lambda picture=picture, size=size: skimage_resize(
                    picture, size, order=3, anti_aliasing=True
                ),
            }
        )
        ratio = times["ours"] / times["skimage"]
        rows.append((f"{shape} to {size}", times["ours"], times["skimage"], ratio, "ok" if ratio < 1 else "MISSED"))
    print_table("imresize (seconds)", ("picture", "ours", "skimage", "ratio", "< 1"), rows)

    maps = random.random((55, 55, 1, 96))
    to_png(maps)
    times = alternating({"one image": lambda: one_image(maps), "96 axes": lambda: many_axes(maps)}, 3)
    ratio = times["one image"] / times["96 axes"]
    print_table(
        "montage of 96 channels to PNG (seconds)",
        ("way", "median", "ratio", "goal", ""),
        [
            ("96 matplotlib axes", times["96 axes"], None, None, ""),
            ("montage", times["one image"], ratio, 0.2, "ok" if ratio <= 0.2 else "MISSED"),
        ],
    )


def to_png(maps: np.ndarray) -> None:
    """From an array of 96 channels to a PNG file: the language's ways against pyplot.imsave of the same tiled array."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    from cnnscript.pictures.images.tile import tile
    from cnnscript.session import Session

    tiled = tile([maps[:, :, 0, k] for k in range(maps.shape[3])], [8, 12])
    with tempfile.TemporaryDirectory() as folder:
        session = Session(out=io.StringIO(), err=io.StringIO(), figures=folder)
        session["a"] = maps
        show = "montage(a, 'Size', [8 12]);"
        ways = {
            "pyplot.imsave": lambda: plt.imsave(f"{folder}/imsave.png", tiled, cmap="gray"),
            "montage, as a headless script leaves it": lambda: session.run(show + "drawnow; close all"),
            "montage, saveas": lambda: session.run(f"{show} saveas(gcf, '{folder}/saveas.png'); close all"),
            "imtile, imwrite": lambda: session.run(f"imwrite(imtile(a, 'GridSize', [8 12]), '{folder}/imtile.png');"),
        }
        times = alternating(ways)
    base = times["pyplot.imsave"]
    print_table(
        "96 channels from array to PNG (seconds)",
        ("way", "median", "ratio", "<= 1.5"),
        [(way, time, time / base, "ok" if time / base <= 1.5 else "MISSED") for way, time in times.items()],
    )


def one_image(maps: np.ndarray) -> None:
    """The language's own montage, from array to PNG bytes."""
    from cnnscript.session import Session

    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    session["a"] = maps
    session.run("montage(a, 'Size', [8 12]); saveas(gcf, [tempname '.png'])")


def many_axes(maps: np.ndarray) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    for k in range(maps.shape[3]):
        axes = figure.add_subplot(8, 12, k + 1)
        axes.imshow(maps[:, :, 0, k], cmap="gray")
        axes.axis("off")
    figure.savefig(io.BytesIO(), format="png")


if __name__ == "__main__":
    main(sys.argv[1:])
