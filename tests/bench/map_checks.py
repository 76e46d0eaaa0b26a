"""Checks that make maps anew, against their floor: the maps that they need times one bare compiled pass of the kind.
SqueezeNet at 227×227, one image; the built-ins as scripts call them, with ranks, similarities and new weights.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from cnnscript.builtins.networks.network_objects import NetworkObject
from cnnscript.engine.zoo import Zoo
from cnnscript.explain import randomization
from cnnscript.session import Session
from tests.bench.gradient_maps import GOAL, bare_passes, verdict
from tests.bench.ratios import alternating, print_table


def main(names: list[str]) -> None:
    network = Zoo(folders=[Path(tempfile.mkdtemp())], offline=True).network("squeezenet")
    session = Session(out=io.StringIO(), err=io.StringIO(), figures="words")
    session["net"] = NetworkObject(network)
    session.run("X = imresize(imread('coffee.png'),[227 227]);")
    bare = bare_passes(network)
    layers = len(randomization.learned_layers(network, network.number("prob")))
    tasks = {
        "stability(net,X,'saliency',968);": ("to the image", 19),
        "stability(net,X,'gradCAM',968);": ("to the features", 19),
        "sanityCheck(net,X,968,Method='saliency',Plot=false);": ("to the image", layers + 1),
        "sanityCheck(net,X,968,Method='gradCAM',Plot=false);": ("to the features", layers + 1),
        "whyNot(net,X,505,Plot=false);": ("forward", 54),
    }
    rows = []
    for code, (kind, passes) in tasks.items():

        def ours(code: str = code) -> None:
            session.run(code)

        ours()
        found = alternating({"bare": bare[kind], "ours": ours}, 5)
        floor = passes * found["bare"]
        ratio = found["ours"] / floor
        rows.append(
            (code, passes, found["bare"] * 1000, floor * 1000, found["ours"] * 1000, ratio, verdict(ratio <= GOAL))
        )
    header = ("checks of maps (SqueezeNet, 227×227)", "maps", "one pass ms", "floor ms", "ours ms", "ratio", "<= 1.3")
    print_table("checks of maps against their floor", header, rows)


if __name__ == "__main__":
    main([])
