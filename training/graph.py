"""Writes the sentence encoder's layers as graphs without weights, for ONNX Runtime.

    python -m training.graph

The weights, the sentence encoder's own or the fine-tuned ones, are put in where the graph is loaded (see
``grader.analysis.encoder``), so that neither torch nor a conversion is needed to grade. A graph takes one
text at a time: no padding, so that what comes out never depends on which other texts are graded.

``bert.onnx`` takes float32 matrices. ``bert-int8.onnx`` takes matrices as training stores them, int8 with a scale
per output, and multiplies in two passes: the values rounded to 8 bits, then what rounding left, rounded to 8
bits of its own. One pass is twice as quick and changes levels; two lose nothing that can be seen in them.

The last layer works out only the tokens that are asked for, a passage without its context: half of them.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import grader.analysis

LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
EPSILON = 1e-12
CONTRIB = "com.microsoft"
TARGETS = {False: "bert.onnx", True: "bert-int8.onnx"}

CONSTANTS = {
    "end": np.array([2**31 - 1], dtype=np.int64),
    "tokens": np.array([1], dtype=np.int64),  # the axis
    "steps": np.array(1 / 254, dtype=np.float32),  # rounding leaves at most half a step to either side
    "middle": np.array(128, dtype=np.uint8),
}


class _Graph:
    """Nodes and the names and shapes of the weights they need."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def add(self, kind: str, inputs: list[str], *outputs: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        self.constants |= {n: numpy_helper.from_array(CONSTANTS[n], n) for n in inputs if n in CONSTANTS}
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

        def product(part: str, rounded: str, step: str, middle: str, *more: str) -> str:
            inputs = [rounded, matrix, step, scale, middle, zero, *more]
            return self.add("MatMulIntegerToFloat", inputs, f"{name}.{part}", domain=CONTRIB)

        coarse = [f"{name}.{part}" for part in ("coarse", "coarse_step", "coarse_middle")]
        self.add("DynamicQuantizeLinear", [value], *coarse)
        first = product("first", *coarse, bias)
        known = self.add("DequantizeLinear", coarse, f"{name}.known")
        rest = self.add("Sub", [value, known], f"{name}.rest")
        step = self.add("Mul", [coarse[1], "steps"], f"{name}.fine_step")
        fine = self.add("QuantizeLinear", [rest, step, "middle"], f"{name}.fine")
        return self.add("Add", [first, product("second", fine, step, "middle")], f"{name}.sum")

    def norm(self, name: str, value: str) -> str:
        weights = [self.weight(f"{name}.{part}", WIDTH) for part in ("weight", "bias")]
        # not fused with the sum before it: the fused kernel is several times slower on a CPU
        return self.add("LayerNormalization", [value, *weights], f"{name}.out", epsilon=EPSILON, axis=-1)

    def layer(self, name: str, value: str, last: bool) -> str:
        together = self.linear(f"{name}.attention.qkv", value, WIDTH, 3 * WIDTH)
        query, key, valued = (f"{name}.{part}" for part in ("query", "key", "value"))
        self.add("Split", [together], query, key, valued, axis=-1, num_outputs=3)
        if last:
            query, value = (self.add("Slice", [v, "first", "end", "tokens"], f"{v}.wanted") for v in (query, value))
        parts = [query, key, valued]
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
    """Inputs ``embedded``: (1, n_tokens, 384) sums of embeddings, and ``first``: (1,) the first token that is
    asked for. Output ``states``: (1, n_tokens - first, 384)."""
    graph = _Graph(int8)
    value = graph.norm("embeddings.LayerNorm", "embedded")
    for number in range(LAYERS):
        value = graph.layer(f"layer.{number}", value, last=number == LAYERS - 1)
    graph.add("Identity", [value], "states")
    ends = [
        helper.make_tensor_value_info("embedded", TensorProto.FLOAT, [1, "tokens", WIDTH]),
        helper.make_tensor_value_info("first", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "wanted", WIDTH]),
    ]
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(CONTRIB, 1)]
    body = helper.make_graph(graph.nodes, "bert", ends[:2], ends[2:], [*graph.weights, *graph.constants.values()])
    return helper.make_model(body, opset_imports=opsets, ir_version=10, producer_name="grader")


if __name__ == "__main__":
    for int8, name in TARGETS.items():
        target = Path(grader.analysis.__file__).with_name(name)
        target.write_bytes(build(int8).SerializeToString(deterministic=True))
        print(f"{target.name}: {target.stat().st_size} bytes")
