"""Writes the sentence encoder's layers as graphs without weights, for ONNX Runtime.

    python -m training.graph

The weights, the sentence encoder's own or the fine-tuned ones, are put in where the graph is loaded (see
``grader.analysis.encoder``), so that neither torch nor a conversion is needed to grade. A graph takes one
text at a time: no padding, so that what comes out never depends on which other texts are graded.

``bert.onnx`` takes float32 matrices. ``bert-int8.onnx`` takes matrices as training stores them, int8 with a scale
per output, and multiplies in two passes: the values rounded to 8 bits, then what rounding left, rounded to 8
bits of its own. One pass is twice as quick and changes levels; two lose nothing that can be seen in them.
"""

from pathlib import Path

import onnx
from onnx import TensorProto, helper

import grader.analysis

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
EPSILON = 1e-12
CONTRIB = "com.microsoft"
TARGETS = {False: "bert.onnx", True: "bert-int8.onnx"}


class _Graph:
    """Nodes and the names and shapes of the weights they need."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        tensor = onnx.TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="put in when the graph is loaded")
        self.weights.append(tensor)
        return name

    def linear(self, name: str, value: str, n_in: int, n_out: int) -> str:
        if self.int8:
            return self.linear_int8(name, value, n_in, n_out)
        product = self.add("MatMul", [value, self.weight(f"{name}.weight", n_in, n_out)], f"{name}.product")
        return self.add("Add", [product, self.weight(f"{name}.bias", n_out)], f"{name}.sum")

    def linear_int8(self, name: str, value: str, n_in: int, n_out: int) -> str:
        matrix = self.weight(f"{name}.weight", n_in, n_out, kind=TensorProto.INT8)
        scale = self.weight(f"{name}.weight.scale", n_out)
        zero = self.weight(f"{name}.weight.zero", n_out, kind=TensorProto.INT8)
        bias = self.weight(f"{name}.bias", n_out)
        coarse = [f"{name}.{part}" for part in ("coarse", "coarse_scale", "coarse_zero")]
        self.add("DynamicQuantizeLinear", [value], *coarse)
        inputs = [coarse[0], matrix, coarse[1], scale, coarse[2], zero, bias]
        first = self.add("MatMulIntegerToFloat", inputs, f"{name}.first", domain=CONTRIB)
        known = self.add("DequantizeLinear", coarse, f"{name}.known")
        rest = self.add("Sub", [value, known], f"{name}.rest")
        second = self.add(
            "DynamicQuantizeMatMul", [rest, matrix, scale, zero], f"{name}.second", domain=CONTRIB
        )
        return self.add("Add", [first, second], f"{name}.sum")

    def norm(self, name: str, value: str) -> str:
        weights = [self.weight(f"{name}.{part}", WIDTH) for part in ("weight", "bias")]
        # not fused with the sum before it: the fused kernel is several times slower on a CPU
        return self.add("LayerNormalization", [value, *weights], f"{name}.out", epsilon=EPSILON, axis=-1)

    def layer(self, name: str, value: str) -> str:
        together = self.linear(f"{name}.attention.qkv", value, WIDTH, 3 * WIDTH)
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.add("Split", [together], *parts, axis=-1, num_outputs=3)
        seen = self.add("MultiHeadAttention", parts, f"{name}.attention", domain=CONTRIB, num_heads=HEADS)
        seen = self.linear(f"{name}.attention.output.dense", seen, WIDTH, WIDTH)
        seen = self.add("Add", [seen, value], f"{name}.seen")
        seen = self.norm(f"{name}.attention.output.LayerNorm", seen)
        inner = self.linear(f"{name}.intermediate.dense", seen, WIDTH, INNER)
        inner = self.add("Gelu", [inner], f"{name}.inner", domain=CONTRIB)
        outer = self.linear(f"{name}.output.dense", inner, INNER, WIDTH)
        outer = self.add("Add", [outer, seen], f"{name}.outer")
        return self.norm(f"{name}.output.LayerNorm", outer)


def build(int8: bool) -> onnx.ModelProto:
    """Input ``embedded``: (1, n_tokens, 384) sums of embeddings. Output ``states``: the same shape."""
    graph = _Graph(int8)
    value = graph.norm("embeddings.LayerNorm", "embedded")
    for number in range(LAYERS):
        value = graph.layer(f"layer.{number}", value)
    graph.add("Identity", [value], "states")
    shape = [1, "tokens", WIDTH]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("embedded", "states")]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(CONTRIB, 1)]
    body = helper.make_graph(graph.nodes, "bert", ends[:1], ends[1:], graph.weights)
    return helper.make_model(body, opset_imports=opsets, ir_version=10, producer_name="grader")


if __name__ == "__main__":
    for int8, name in TARGETS.items():
        target = Path(grader.analysis.__file__).with_name(name)
        target.write_bytes(build(int8).SerializeToString(deterministic=True))
        print(f"{target.name}: {target.stat().st_size} bytes")
