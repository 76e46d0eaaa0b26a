"""An ONNX model as one network of ours.

The graph is walked for one image: whatever depends on constants and sizes alone is computed on the way, the rest
become layers.  An operator that is none of our layers runs as it is (foreign_layers.OnnxOperation); one that we do not
know is an error that names it and its place.  Layers have the names of the nodes; a node without a name is node_K,
the K-th of the graph, as MATLAB counts, and the name of its output finds it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from cnnscript.engine.graph import Connection, Network
from cnnscript.engine.importing.foreign_layers import OnnxOperation, packed_channels_first
from cnnscript.engine.importing.free_names import FreeNames
from cnnscript.engine.importing.keras_files import broken, check_there
from cnnscript.engine.importing.keras_graph import ends_in_order
from cnnscript.engine.importing.onnx_kinds import described
from cnnscript.engine.input_layers import FeatureInput, ImageInput
from cnnscript.engine.layers import Layer, Size
from cnnscript.engine.output_layers import ClassificationOutput, RegressionOutput
from cnnscript.engine.pointwise_layers import Softmax
from cnnscript.errors import ScriptError

Shape = tuple[int, ...]
LARGEST_SPELT = 100_000  # numbers of a constant that shape inference is told


@dataclass(frozen=True)
class Node:
    """One operator on the way: its constants (None where a tensor comes in) and the shapes for one image."""

    name: str
    operator: str
    attributes: dict[str, Any]
    constants: tuple[Any, ...]
    shapes: tuple[Shape, ...]
    shape_after: Shape
    output: int = 0


def load_onnx(path: Path) -> Any:
    """The model of an ONNX file.  ScriptError for a file that is missing, empty, or no such model."""
    check_there(path)
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load(str(path), load_external_data=False)
    except (DecodeError, OSError, ValueError) as fault:
        raise broken(path, "it is no ONNX file, or its end is missing") from fault
    if not model.graph.node or not model.opset_import:
        raise broken(path, "it holds no graph")
    outside = [t.name for t in model.graph.initializer if t.data_location == onnx.TensorProto.EXTERNAL]
    if outside:
        raise broken(path, f"the numbers of '{outside[0]}' are in another file, which is never opened",
                     "save the model with its weights in one file")  # fmt: skip
    return model


def network_of_onnx(model: Any, *, outputs: str = "auto", classes: Sequence[str] = (), input_size: Size | None = None,
                    namespace: str = "nnet.onnx.layer") -> Network:  # fmt: skip
    """An onnx.ModelProto as a network; the options are those of keras_graph.network_of."""
    walk = Walk(model, input_size, namespace)
    walk.run()
    if outputs != "none":
        walk.close(outputs, tuple(classes))
    kind = "dlnetwork" if outputs == "none" else "dag"
    layers = ends_in_order(walk.layers, walk.connections, [walk.places[out.name][0] for out in model.graph.output])
    network = Network(layers, walk.connections, kind=kind, parameters=walk.arrays)
    network.aliases = {alias: name for alias, name in walk.aliases.items() if alias not in walk.taken}
    return network


@dataclass
class Walk(FreeNames):
    """What is gathered on the way.  places: tensor → (layer, shape); constants: tensor → array."""

    model: Any
    input_size: Size | None
    namespace: str
    layers: list[Layer] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    arrays: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, Shape]] = field(default_factory=dict)
    constants: dict[str, np.ndarray] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def run(self) -> None:
        from onnx import numpy_helper

        graph = self.model.graph
        self.opset = next((o.version for o in self.model.opset_import if o.domain in ("", "ai.onnx")), 1)
        self.constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
        used = {name for node in graph.node for name in node.input}
        for given in graph.input:
            if given.name not in self.constants and given.name in used:
                self.input(given)
        for number, node in enumerate(graph.node, 1):
            self.node(node, node.name or f"node_{number}", number)
        missing = [out.name for out in graph.output if out.name not in self.places]
        if missing:
            raise ScriptError(
                "nnet_cnn:onnx:ConstantOutput", f"The output '{missing[0]}' of the ONNX model depends on no input."
            )

    def input(self, given: Any) -> None:
        """An input layer for an input tensor."""
        dims = [d.dim_value if d.HasField("dim_value") else None for d in given.type.tensor_type.shape.dim]
        if len(dims) == 4 and self.input_size is not None:
            height, width, channels = self.input_size
            dims = [1, *(own or n for own, n in zip(dims[1:], (channels, height, width), strict=True))]
        if len(dims) not in (2, 3, 4) or any(not n for n in dims[1:]):
            raise ScriptError(
                "nnet_cnn:onnx:OpenInputSize", f"The input '{given.name}' of the ONNX model has no fixed size.",
                notes=(f"its shape is {tuple('?' if n is None else n for n in dims)}",),
                hint="give 'ImageInputSize' where it is an image",
            )  # fmt: skip
        shape = (1, *(int(n) for n in dims[1:] if n))
        size = packed_channels_first(shape[1:])
        kind = FeatureInput if len(shape) == 2 else ImageInput
        layer = kind(name=self.free(given.name), input_size=size, normalization="none")
        self.layers.append(layer)
        self.places[given.name] = (layer.name, shape)

    # ------------------------------------------------------------------------------------------------------- the walk

    def node(self, proto: Any, name: str, number: int) -> None:
        """Compute a node, where it is constant, or add its layer."""
        import onnx

        inputs = list(proto.input)
        while inputs and not inputs[-1]:
            inputs.pop()
        place = f"operator {proto.op_type} ('{name}', node {number} of the graph)"
        unknown = [tensor for tensor in inputs if tensor and tensor not in self.constants and tensor not in self.places]
        if unknown:
            raise ScriptError("nnet_cnn:onnx:BadGraph", f"The {place} takes '{unknown[0]}', which nothing gives.")
        if proto.domain not in ("", "ai.onnx"):
            raise self.unsupported(place, f"it is of the domain '{proto.domain}'")
        if proto.op_type in ("Shape", "Size"):
            self.size_of(proto, inputs[0])
            return
        if all(tensor in self.constants or not tensor for tensor in inputs):
            self.compute(proto, inputs, place)
            return
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in proto.attribute}
        attributes = {key: value.decode() if isinstance(value, bytes) else value for key, value in attributes.items()}
        if proto.op_type == "Cast" and attributes.get("to") in (1, 10, 11):
            proto.op_type, attributes = "Identity", {}
        coming = [tensor for tensor in inputs if tensor in self.places]
        shapes = tuple(self.places[tensor][1] for tensor in coming)
        given = tuple(self.constants.get(tensor) if tensor else None for tensor in inputs)
        after = self.shapes_after(proto, inputs, place)
        wanted = [k for k, tensor in enumerate(proto.output) if tensor and after[k] is not None]
        for k in wanted[:1] if proto.op_type in ("Dropout", "BatchNormalization", "LayerNormalization") else wanted:
            shape = after[k]
            if shape[:1] != (1,) or proto.op_type == "Transpose" and attributes.get("perm", (1,))[0] != 0:
                raise self.unsupported(place, f"its output of shape {shape} has no axis for the images")
            settled = self.settled(proto.op_type, attributes, shapes, shape, len(proto.output))
            node = Node(name if k == wanted[0] else f"{name}_{k + 1}", proto.op_type, settled, given, shapes, shape, k)
            self.add(node, coming, inputs, proto.output[k], place)

    def settled(self, operator: str, attributes: dict[str, Any], shapes: tuple[Shape, ...], after: Shape,
                outputs: int) -> dict[str, Any]:  # fmt: skip
        """The attributes, with what depends on the opset and on sizes."""
        found = dict(attributes)
        if operator in ("Softmax", "LogSoftmax"):
            old = self.opset < 13
            found["axis"] = attributes.get("axis", 1 if old else -1) % len(shapes[0])
            found["coerced"] = old
        elif operator == "Concat":
            found["axis"] = attributes["axis"] % len(after)
        elif operator == "Split":
            found["count"] = outputs
        elif operator in ("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Resize", "Upsample", "Expand"):
            found["target"] = after
        if operator == "Upsample" or operator == "Resize" and self.opset < 11:
            found.setdefault("coordinate_transformation_mode", "asymmetric")
            found.setdefault("nearest_mode", "floor")
        return found

    def add(self, node: Node, coming: list[str], inputs: list[str], output: str, place: str) -> None:
        made = described(node)
        if made is not None:
            layer, arrays = made
        else:
            layer, arrays = self.as_it_is(node, place), {}
        layer = replace(layer, name=self.free(layer.name)) if layer.name in self.taken else layer
        self.taken.add(layer.name)
        self.layers.append(layer)
        if arrays:
            self.arrays[layer.name] = arrays
        sources = [self.places[tensor][0] for tensor in coming]
        if len(sources) == 1:
            self.connections.append((sources[0], layer.name))
        else:
            ports = zip(sources, layer.input_names, strict=True)
            self.connections += [(source, f"{layer.name}/{port}") for source, port in ports]
        self.places[output] = (layer.name, node.shape_after)
        self.aliases[output] = layer.name

    def as_it_is(self, node: Node, place: str) -> Layer:
        from cnnscript.engine.importing.onnx_operators import OPERATORS

        if node.operator not in OPERATORS:
            raise self.unsupported(place, "cnnscript does not know it")
        if node.operator in ("Resize", "Upsample"):
            mode = node.attributes.get("mode", "nearest")
            rule = node.attributes.get("coordinate_transformation_mode", "half_pixel")
            if mode not in ("nearest", "linear", "bilinear") or rule in ("tf_crop_and_resize", "half_pixel_symmetric"):
                raise self.unsupported(place, f"it resizes by '{mode}' with '{rule}'")
        constants = iter(node.constants)
        return OnnxOperation(
            name=node.name, operator=node.operator, attributes=node.attributes, shapes=node.shapes,
            inputs=tuple(constants), shape_after=node.shape_after, output=node.output, namespace=self.namespace,
        )  # fmt: skip

    def unsupported(self, place: str, why: str) -> ScriptError:
        return ScriptError(
            "nnet_cnn:onnx:UnsupportedOperator", f"The {place} is not supported.", notes=(why,),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------ what is constant

    def size_of(self, proto: Any, tensor: str) -> None:
        shape = self.places[tensor][1] if tensor in self.places else self.constants[tensor].shape
        if proto.op_type == "Size":
            self.constants[proto.output[0]] = np.array(np.prod(shape), np.int64)
            return
        limits = {a.name: a.i for a in proto.attribute}
        self.constants[proto.output[0]] = np.array(shape[limits.get("start", 0) : limits.get("end")], np.int64)

    def compute(self, proto: Any, inputs: list[str], place: str) -> None:
        """The outputs of a node of constants, by ONNX's own reference."""
        from onnx import helper
        from onnx.reference import ReferenceEvaluator

        names = [tensor for tensor in dict.fromkeys(inputs) if tensor]
        values = [helper.make_tensor_value_info(tensor, 1, None) for tensor in names]
        outputs = [helper.make_tensor_value_info(tensor, 1, None) for tensor in proto.output if tensor]
        graph = helper.make_graph([proto], "constants", values, outputs)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
        try:
            found = ReferenceEvaluator(model).run(None, {tensor: self.constants[tensor] for tensor in names})
        except Exception as fault:  # whatever the reference raises
            raise self.unsupported(place, (str(fault) or type(fault).__name__).splitlines()[0]) from fault
        self.constants |= dict(zip([tensor for tensor in proto.output if tensor], found, strict=True))

    def shapes_after(self, proto: Any, inputs: list[str], place: str) -> list[Shape | None]:
        """Shapes of the outputs for one image, by ONNX's own inference on a graph of this node alone."""
        import onnx
        from onnx import helper, numpy_helper

        types = {np.dtype(np.float64): 1, np.dtype(np.float16): 1}
        values, constants = [], []
        for tensor in dict.fromkeys(inputs):
            if tensor in self.places:
                values.append(helper.make_tensor_value_info(tensor, 1, self.places[tensor][1]))
            elif tensor:
                array = self.constants[tensor]
                kind = types.get(array.dtype) or helper.np_dtype_to_tensor_dtype(array.dtype)
                values.append(helper.make_tensor_value_info(tensor, kind, array.shape))
                if array.size <= LARGEST_SPELT and array.dtype not in types:
                    constants.append(numpy_helper.from_array(array, tensor))
        outputs = [helper.make_empty_tensor_value_info(tensor) for tensor in proto.output]
        graph = helper.make_graph([proto], "one", values, outputs, initializer=constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
        try:
            inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        except Exception as fault:  # InferenceError, or a ValueError of its checks
            raise self.unsupported(place, (str(fault) or type(fault).__name__).splitlines()[0]) from fault
        found: list[Shape | None] = []
        for value in inferred.graph.output:
            dims = value.type.tensor_type.shape.dim
            known = value.type.tensor_type.HasField("shape") and all(d.HasField("dim_value") for d in dims)
            found.append(tuple(d.dim_value for d in dims) if known else None)
        if found[0] is None:
            raise self.unsupported(place, "the size of its output is not known")
        return found

    # ------------------------------------------------------------------------------------------------------ its ending

    def close(self, outputs: str, classes: tuple[str, ...]) -> None:
        """Put an output layer after each end, as MATLAB's importers do."""
        by_name = {layer.name: layer for layer in self.layers}
        for out in self.model.graph.output:
            end, shape = self.places[out.name]
            kind = outputs
            if kind == "auto":
                kind = "classification" if isinstance(by_name[end], Softmax) or classes else "regression"
            if kind == "classification":
                flat = len(shape) == 2 or all(n == 1 for n in shape[2:])
                names = classes or (tuple(str(k + 1) for k in range(shape[1])) if flat else ())
                layer: Layer = ClassificationOutput(name=self.free(f"ClassificationLayer_{end}"), classes=names)
            else:
                layer = RegressionOutput(name=self.free(f"RegressionLayer_{end}"))
            self.layers.append(layer)
            self.connections.append((end, layer.name))
