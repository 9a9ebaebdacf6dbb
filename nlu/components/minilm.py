"""all-MiniLM-L6-v2 as an ONNX graph whose weights stay in the file they come in.

The graph is a few kilobytes and is written anew at each start, in milliseconds; each weight in it is a place
in `model.safetensors`, which onnxruntime reads from there.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onnx import NodeProto, TensorProto, helper

SIZE = 768  #: numbers in a vector
WEIGHTS = "model.safetensors"
_LAYERS = 6
_WORDING = 2  # the layer, counted from 0, that was measured to say best how something is put
_HEADS = 12
_TINY = 1e-12
_OPSET = 20  # the first that has Gelu
_IR_VERSION = 9  # the one that belongs to it
_RUNTIME = "com.microsoft"  # onnxruntime's own operations: attention over several heads in one node


def minilm(folder: Path) -> bytes:
    """The graph from `numbers` (a row of pieces for each text, all of one length) to `vectors` (a row each).

    A vector has length one. Its first half is what the last layer says, which is what is meant; its second
    half what the third says, which is how it is put; each is the mean over all pieces.
    """
    graph = _Graph(folder / WEIGHTS)
    hidden = _embedded(graph)
    means = []
    for layer in range(_LAYERS):
        hidden = _layer(graph, hidden, f"encoder.layer.{layer}.")
        if layer in {_WORDING, _LAYERS - 1}:
            mean = graph.add("ReduceMean", hidden, graph.whole("pieces", [1]), keepdims=0)
            means.append(graph.add("LpNormalization", mean, axis=-1, p=2))
    both = graph.add("Concat", *reversed(means), axis=-1)
    graph.add("LpNormalization", both, output="vectors", axis=-1, p=2)
    return graph.written()


class _Graph:
    """The nodes so far, and the weights they use."""

    def __init__(self, weights: Path) -> None:
        self._places, self._base = _places(weights)
        self._nodes: list[NodeProto] = []
        self._tensors: dict[str, TensorProto] = {}

    def add(self, operation: str, *inputs: str, output: str = "", **settings: Any) -> str:
        """A node; the name of what it gives."""
        name = output or f"{operation}{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [name], **settings))
        return name

    def whole(self, name: str, numbers: list[int]) -> str:
        """A constant of whole numbers; its name."""
        self._tensors[name] = helper.make_tensor(name, TensorProto.INT64, [len(numbers)], numbers)
        return name

    def weight(self, name: str) -> str:
        """A weight where it stands in the file; its name."""
        place = self._places[name]
        start, end = place["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=place["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", WEIGHTS), ("offset", self._base + start), ("length", end - start)):
            tensor.external_data.add(key=key, value=str(value))
        self._tensors[name] = tensor
        return name

    def linear(self, hidden: str, name: str) -> str:
        turned = self.add("Transpose", self.weight(f"{name}.weight"), perm=[1, 0])
        return self.add("Add", self.add("MatMul", hidden, turned), self.weight(f"{name}.bias"))

    def normed(self, hidden: str, name: str) -> str:
        scale, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=_TINY)

    def written(self) -> bytes:
        """The graph in ONNX's form."""
        given = helper.make_tensor_value_info("numbers", TensorProto.INT64, ["texts", "length"])
        found = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", SIZE])
        graph = helper.make_graph(self._nodes, "minilm", [given], [found], list(self._tensors.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        written: bytes = helper.make_model(
            graph, opset_imports=opsets, ir_version=_IR_VERSION
        ).SerializeToString()
        return written


def _embedded(graph: _Graph) -> str:
    """Each piece as the sum of what it is, where it stands and that there is but one sentence."""
    words = graph.add("Gather", graph.weight("embeddings.word_embeddings.weight"), "numbers")
    begin, second = graph.whole("begin", [0]), graph.whole("second", [1])
    length = graph.add("Shape", "numbers", start=1, end=2)
    positions = graph.weight("embeddings.position_embeddings.weight")
    placed = graph.add("Add", words, graph.add("Slice", positions, begin, length))
    kinds = graph.weight("embeddings.token_type_embeddings.weight")
    summed = graph.add("Add", placed, graph.add("Slice", kinds, begin, second))
    return graph.normed(summed, "embeddings.LayerNorm")


def _layer(graph: _Graph, hidden: str, name: str) -> str:
    parts = [graph.linear(hidden, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
    heads = graph.add("MultiHeadAttention", *parts, domain=_RUNTIME, num_heads=_HEADS)
    attended = graph.add("Add", graph.linear(heads, f"{name}attention.output.dense"), hidden)
    hidden = graph.normed(attended, f"{name}attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.linear(hidden, f"{name}intermediate.dense"))
    changed = graph.add("Add", graph.linear(inner, f"{name}output.dense"), hidden)
    return graph.normed(changed, f"{name}output.LayerNorm")


def _places(weights: Path) -> tuple[Mapping[str, Any], int]:
    """What the head of a safetensors file says about each tensor, and where their bytes begin."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(length)), 8 + length
