"""A network as an ONNX graph, for ONNX Runtime beside us; written by hand, sharing nothing with the engine's export."""

from __future__ import annotations

import numpy as np

from cnnscript.engine.graph import Network


def onnx_graph(network: Network, layer: str) -> bytes:
    """The graph from N×C×H×W float images to one layer's output, with the network's weights."""
    from onnx import TensorProto, helper, numpy_helper

    nodes, numbers, names = [], [], {}

    def constant(name: str, array: np.ndarray) -> str:
        numbers.append(numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name))
        return name

    def node(kind: str, inputs: list[str], name: str, **attributes) -> str:
        nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    last = network.number(layer)
    for i in network.ancestors([last]):
        one = network.layers[i]
        given = [names[source] for source in network.sources[i]]
        kind, name = type(one).__name__, f"out{i}"
        if hasattr(one, "padding_size"):
            top, bottom, left, right = one.padding_size
            window = {"strides": list(one.stride), "pads": [top, left, bottom, right]}
        if kind == "ImageInput":
            mean = constant(f"{name}mean", np.reshape(one.mean, (1, -1, 1, 1)))
            names[i] = node("Sub", ["images", mean], name)
        elif kind in ("Convolution", "GroupedConvolution"):
            kernel = network.parameter(one.name, "Weights")
            groups = one.num_groups if kind == "GroupedConvolution" else 1
            weights = constant(f"{name}w", kernel.transpose(3, 2, 0, 1))
            bias = constant(f"{name}b", network.parameter(one.name, "Bias").ravel())
            names[i] = node("Conv", [given[0], weights, bias], name, group=groups, **window)
        elif kind == "MaxPooling":
            names[i] = node("MaxPool", given, name, kernel_shape=list(one.pool_size), **window)
        elif kind == "CrossChannelNormalization":
            names[i] = node("LRN", given, name, alpha=one.alpha, beta=one.beta, bias=float(one.k),
                            size=one.window_channel_size)  # fmt: skip
        elif kind == "FullyConnected":
            flat = node("Flatten", given, f"{name}flat")
            height, width, channels = network.sizes[network.sources[i][0]]
            kernel = network.parameter(one.name, "Weights").reshape(height, width, channels, -1)
            weights = constant(f"{name}w", kernel.transpose(2, 0, 1, 3).reshape(height * width * channels, -1))
            bias = constant(f"{name}b", network.parameter(one.name, "Bias").ravel())
            score = node("Gemm", [flat, weights, bias], f"{name}gemm")
            shape = f"{name}shape"
            numbers.append(numpy_helper.from_array(np.array([0, -1, 1, 1], np.int64), shape))
            names[i] = node("Reshape", [score, shape], name)
        elif kind == "Softmax":
            names[i] = node("Softmax", given, name, axis=1)
        elif kind == "DepthConcatenation":
            names[i] = node("Concat", given, name, axis=1)
        else:
            simple = {"ReLU": "Relu", "GlobalAveragePooling": "GlobalAveragePool"}
            names[i] = node(simple.get(kind, "Identity"), given, name)
    images = helper.make_tensor_value_info("images", TensorProto.FLOAT, ["n", network.input_size[2], "h", "w"])
    answer = helper.make_tensor_value_info(names[last], TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "network", [images], [answer], numbers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return model.SerializeToString()
