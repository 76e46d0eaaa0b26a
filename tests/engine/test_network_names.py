"""Names of layers: MATLAB's against Caffe's, Keras' and PyTorch's."""

import pytest

from cnnscript.engine.architectures import architecture
from cnnscript.engine.network_names import caffe_names, keras_names, torch_name

TORCH = {
    "conv1": "conv1", "bn_conv1": "bn1", "res2a_branch2a": "layer1.0.conv1", "bn2b_branch2b": "layer1.1.bn2",
    "res5a_branch1": "layer4.0.downsample.0", "bn3a_branch1": "layer2.0.downsample.1", "fc1000": "fc",
}  # fmt: skip


@pytest.mark.parametrize("ours", TORCH)
def test_residual_networks_of_pytorch(ours):
    assert torch_name(ours) == TORCH[ours]


def test_every_layer_of_resnet18_has_a_name_of_its_own_in_pytorch():
    layers = [layer for layer in architecture("resnet18").network().layers if layer.parameter_shapes()]
    assert len({torch_name(layer.name) for layer in layers}) == len(layers) == 41
    with pytest.raises(KeyError):
        torch_name("inception_3a-1x1")


def test_caffes_slash_is_matlabs_dash():
    assert "inception_3a/3x3_reduce" in caffe_names("inception_3a-3x3_reduce")
    assert caffe_names("conv1_1")[0] == "conv1_1"


def test_numbers_that_keras_gave_are_used_by_rank_only_where_all_are_there():
    network = architecture("inceptionv3").network()
    assert keras_names(["conv2d_2"], network)("conv2d_2")[0] == "conv2d_2"
    every = [f"conv2d_{k}" for k in range(201, 295)]
    assert keras_names(every, network)("conv2d_10") == ["conv2d_210"]


EFFICIENT = {
    "efficientnet-b0|model|stem|conv2d|Conv2D": "stem_conv", "Conv__301": "block1a_se_reduce",
    "efficientnet-b0|model|blocks_0|depthwise_conv2d|depthwise": "block1a_dwconv",
    "efficientnet-b0|model|blocks_0|tpu_batch_normalization|FusedBatchNorm": "block1a_bn",
    "efficientnet-b0|model|blocks_0|conv2d|Conv2D": "block1a_project_conv",
    "efficientnet-b0|model|blocks_2|conv2d|Conv2D": "block2b_expand_conv",
    "efficientnet-b0|model|blocks_2|tpu_batch_normalization_1|FusedBatchNorm": "block2b_bn",
    "efficientnet-b0|model|blocks_15|tpu_batch_normalization_2|FusedBatchNorm": "block7a_project_bn",
    "Conv__442": "block7a_se_expand", "efficientnet-b0|model|head|dense|MatMul": "predictions",
}  # fmt: skip


def test_blocks_of_efficientnet_have_letters_in_keras():
    network = architecture("efficientnetb0").network()
    names = keras_names(list(EFFICIENT.values()), network)
    present = set(EFFICIENT.values())
    for ours, theirs in EFFICIENT.items():
        assert next(name for name in names(ours) if name in present) == theirs


def test_nasnets_right_sides_go_by_another_name_in_their_authors_files():
    names = keras_names([], architecture("nasnetmobile").network())
    tried = names("separable_conv_1_reduction_right1_stem_1_point-wise")
    assert "separable_conv_1_reduction_right1_stem_1" in tried and "separable_conv_1_reduction_1_stem_1" in tried
    assert "separable_conv_2_bn_reduction_1_reduce_4" in names("separable_conv_2_bn_reduction_right1_reduce_4")
