"""MATLAB's names of layers against those that Caffe, Keras and PyTorch give the same layers."""

from __future__ import annotations

import re
from collections.abc import Callable

from cnnscript.engine.graph import Network


def caffe_names(name: str) -> list[str]:
    """What Caffe may call a layer: MATLAB writes - for Caffe's /; a ResNet's branches have no letters of their own."""
    return [name, name.replace("-", "/"), name.replace("-", "/", 1)]


# ------------------------------------------------------------------------------------------------------------- PyTorch


def torch_name(name: str) -> str:
    """torchvision's name of a ResNet's layer: res3a_branch2b → layer2.0.conv2, bn3a_branch1 → layer2.0.downsample.1."""
    fixed = {"conv1": "conv1", "bn_conv1": "bn1", "fc1000": "fc"}
    if name in fixed:
        return fixed[name]
    found = re.fullmatch(r"(res|bn)(\d)([a-z])(\d*)_branch(1|2[abc])", name)
    if found is None:
        raise KeyError(f"a name of {name} in PyTorch")
    kind, stage, _, _, branch = found.groups()
    block = f"layer{int(stage) - 1}.{_block(found[3], found[4]) - 1}"
    if branch == "1":
        return f"{block}.downsample.{0 if kind == 'res' else 1}"
    return f"{block}.{'conv' if kind == 'res' else 'bn'}{'abc'.index(branch[1]) + 1}"


def _block(letter: str, number: str) -> int:
    """The number of a ResNet's block, from 1: 'a', 'b', 'c' ..., or 'a', 'b1', 'b2' ... in longer ones."""
    return int(number) + 1 if number else ord(letter) - ord("a") + 1


# --------------------------------------------------------------------------------------------------------------- Keras

VGG = {"fc6": "fc1", "fc7": "fc2", "fc8": "predictions"}
OTHER_ENDS = {"fc1000": ["predictions", "probs"], "Logits": ["predictions"], "predictions": ["Logits"]}
NUMBERED = re.compile(r"(conv2d|batch_normalization|separable_conv2d|dense)(?:_(\d+))?")


def keras_names(present: list[str], network: Network) -> Callable[[str], list[str]]:
    """The function from a layer's name to what Keras may call it, best first.

    present: the names in the file.  Where Keras numbered layers by itself (conv2d_17), numbers depend on what was made
    before them in the same process: the k-th of the file is the k-th of the network.
    """
    plain = {re.sub(r"[/|]", "_", name): name for name in present}
    ranks = _excitations([layer.name for layer in network.layers])
    for kind in ("conv2d", "batch_normalization"):
        theirs, ours = (_numbered(kind, names) for names in (present, [layer.name for layer in network.layers]))
        if len(theirs) == len(ours):
            ranks |= dict(zip(ours, theirs, strict=True))

    def names(name: str) -> list[str]:
        if name in ranks:
            return [ranks[name]]
        separable = re.sub(r"_(channel|point)-wise$", "", name)
        squeezed = name.replace("-", "/", 1)
        tried = [name, plain.get(name, name), separable, squeezed, name.replace("/", "_"), name.replace("-", "_")]
        tried += [*_renamed_residual(name), *_vgg(name), *_efficient(name), *OTHER_ENDS.get(name, [])]
        tried.append(separable.replace("_reduction_right1_", "_reduction_1_"))  # NASNet's in its authors' files
        return tried

    return names


def _numbered(kind: str, names: list[str]) -> list[str]:
    """The names of that kind that only differ in their number, by number."""
    found = [(int(match[2] or 0), name) for name in names if (match := NUMBERED.fullmatch(name)) and match[1] == kind]
    return [name for _, name in sorted(found)]


def _vgg(name: str) -> list[str]:
    found = re.fullmatch(r"conv(\d)_(\d)", name)
    return [f"block{found[1]}_conv{found[2]}"] if found else [VGG[name]] if name in VGG else []


def _renamed_residual(name: str) -> list[str]:
    """res4b2_branch2a → conv4_block3_1_conv: the names of ResNets in Keras since 2019."""
    if name in ("conv1", "bn_conv1"):
        return ["conv1_conv" if name == "conv1" else "conv1_bn"]
    found = re.fullmatch(r"(res|bn)(\d)([a-z])(\d*)_branch(1|2[abc])", name)
    if found is None:
        return []
    part = 0 if found[5] == "1" else "abc".index(found[5][1]) + 1
    ending = "conv" if found[1] == "res" else "bn"
    return [f"conv{found[2]}_block{_block(found[3], found[4])}_{part}_{ending}"]


# EfficientNet-B0: block k of the TensorFlow graph is 1a, 2a, 2b, 3a ... of Keras'
EFFICIENT_STAGES = ("a", "ab", "ab", "abc", "abc", "abcd", "a")
EFFICIENT_BLOCKS = [f"block{i}{letter}" for i, letters in enumerate(EFFICIENT_STAGES, 1) for letter in letters]
EFFICIENT_ENDS = {
    "stem|conv2d|Conv2D": "stem_conv", "stem|tpu_batch_normalization|FusedBatchNorm": "stem_bn",
    "head|conv2d|Conv2D": "top_conv", "head|tpu_batch_normalization|FusedBatchNorm": "top_bn",
    "head|dense|MatMul": "predictions",
}  # fmt: skip
EFFICIENT_PARTS = ("expand_conv", "expand_bn", "dwconv", "bn", "project_conv", "project_bn")


def _efficient(name: str) -> list[str]:
    """efficientnet-b0|model|blocks_2|conv2d_1|Conv2D → block2b_project_conv."""
    inside = name.removeprefix("efficientnet-b0|model|")
    if inside in EFFICIENT_ENDS:
        return [EFFICIENT_ENDS[inside]]
    found = re.fullmatch(r"blocks_(\d+)\|(conv2d|depthwise_conv2d|tpu_batch_normalization)(?:_(\d))?\|\w+", inside)
    if found is None:
        return []
    block, kind, number = int(found[1]), found[2], int(found[3] or 0)
    number += block == 0 and kind != "depthwise_conv2d"  # the first block does not expand
    part = 2 if kind == "depthwise_conv2d" else 4 * number if kind == "conv2d" else 2 * number + 1
    return [f"{EFFICIENT_BLOCKS[block]}_{EFFICIENT_PARTS[part]}"]


def _excitations(names: list[str]) -> dict[str, str]:
    """Conv__301, Conv__304, Conv__309 ... of EfficientNet: two a block, the squeeze and the excitation."""
    numbered = [name for name in names if re.fullmatch(r"Conv__\d+", name)]
    if len(numbered) != 2 * len(EFFICIENT_BLOCKS):
        return {}
    theirs = [f"{block}_se_{step}" for block in EFFICIENT_BLOCKS for step in ("reduce", "expand")]
    return dict(zip(numbered, theirs, strict=True))
