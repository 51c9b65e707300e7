"""The one ONNX graph of an imported bundle: `look.onnx`, for the glance and for every later look alike.

The policy of a ResNet or DenseNet is larger than its encoder, and a cascade's layers together are dearer to read from
memory than a MobileNet is to run. So nothing is there twice and nothing runs that is not asked for: the graph holds
both encoders, and the look's number, which the memory begins with, decides which of them, and which layer, runs.

memory = [ looks so far | policy state | classifier state, or the features of looks 1 to T-1 ], all zero at the glance.
"""

from __future__ import annotations

import copy

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from saccade_training.onnx_files import OPSET, graph_of, multiply_adds, session
from saccade_training.published.layers import PublishedEncoder, normalised
from saccade_training.published.network import PublishedNetwork
from saccade_training.toy import textured_pictures

BETWEEN = ("feature", "map", "logits")  # values inside the graph that a check may ask for


class _Seeing(nn.Module):
    def __init__(self, encoder: PublishedEncoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, view):
        return self.encoder(normalised(view))


class Assembly:
    """Nodes of the graph being put together. Names of a part are prefixed unless they are the graph's own."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, name: str, value, kind=np.float32) -> str:
        self.weights.append(numpy_helper.from_array(np.array(value, dtype=kind), name))
        return name

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0] + "/" + kind, **attributes))
        return outputs[0]

    def part(self, prefix: str, graph: bytes, names: dict[str, str]) -> None:
        """Takes in another graph; `names` says what its inputs and outputs are called here."""
        part = onnx.load_from_string(graph).graph
        for number, node in enumerate(part.node):
            node.input[:] = [_named(name, prefix, names) for name in node.input]
            node.output[:] = [_named(name, prefix, names) for name in node.output]
            node.name = f"{prefix}/{number}"
        for weight in part.initializer:
            weight.name = _named(weight.name, prefix, names)
        self.nodes.extend(part.node)
        self.weights.extend(part.initializer)

    def branch(self, name: str, outputs: list[str]) -> onnx.GraphProto:
        """What was put together so far, as one way of an `If`."""
        values = [helper.make_empty_tensor_value_info(output) for output in outputs]
        return helper.make_graph(self.nodes, name, [], values, initializer=self.weights)


def _named(name: str, prefix: str, names: dict[str, str]) -> str:
    return names.get(name, f"{prefix}/{name}") if name else ""


def memory_size(network: PublishedNetwork) -> int:
    kept = (network.steps - 1) * network.length if network.cascades else network.configuration.classifier_state
    return 1 + network.policy.state + kept


class LookGraph:
    """Exports the parts, counts them, and puts them together."""

    def __init__(self, network: PublishedNetwork):
        self._network, self._whole = network, Assembly()
        self.answers: list[int] = []
        self.recurrent_aside = 0
        encoders = [self._encoder(network.glance_encoder), self._encoder(network.focus_encoder)]
        self.encoder, self.policy = multiply_adds(encoders[1]), 0
        whole = self._whole
        sizes = [1, network.policy.state, memory_size(network) - 1 - network.policy.state]
        whole.constant("sizes", sizes, np.int64)
        whole.node("Split", ["memory", "sizes"], ["looks", "policy_state", "kept"], axis=1)
        whole.node("Less", ["looks", whole.constant("half", [[0.5]])], ["is_glance"])
        ways = []
        for name, graph in zip(("glance", "focus"), encoders):
            way = Assembly()
            outputs = [f"{name}/feature", f"{name}/map"]
            way.part(name, graph, {"view": "view", "feature": outputs[0], "map": outputs[1]})
            ways.append(way.branch(name, outputs))
        whole.node("If", ["is_glance"], ["feature", "map"], then_branch=ways[0], else_branch=ways[1])
        self._policy()
        if network.cascades:
            self._cascade()
        else:
            self._recurrent()
        whole.node("Softmax", ["logits"], ["probabilities"], axis=1)
        whole.node("Add", ["looks", whole.constant("one", [[1.0]])], ["next_looks"])
        whole.node("Concat", ["next_looks", "next_policy_state", "next_kept"], ["next_memory"], axis=1)

    @property
    def glance_adds(self) -> int:
        """Multiply-adds of the glance, as it runs."""
        return self.encoder + self.policy + self.answers[0]

    @property
    def focus_adds(self) -> int:
        """Of a later look; the mean of them, where their layers grow."""
        return self.encoder + self.policy + round(sum(self.answers[1:]) / len(self.answers[1:]))

    @property
    def published_adds(self) -> np.ndarray:
        """Of each look, as the authors count: the policy belongs to the look that it sends somewhere."""
        looks = self.encoder + self.policy + np.array(self.answers)
        looks[0] -= self.policy + self.recurrent_aside
        return looks

    def onnx(self, *between: str) -> bytes:
        """The file; with `between`, those inner values are outputs too."""
        network = self._network
        side, memory = network.configuration.map_side(network.patch), memory_size(network)
        shapes = {
            "probabilities": [1, network.classes],
            "action": [1, 2],
            "next_memory": [1, memory],
            "feature": [1, network.length],
            "map": [1, network.glance_encoder.channels, side, side],
            "logits": [1, network.classes],
        }
        inputs = {"view": [1, network.patch, network.patch, 3], "memory": [1, memory]}
        outputs = ("probabilities", "action", "next_memory", *between)
        graph = helper.make_graph(
            self._whole.nodes, "look",
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shapes[name]) for name in outputs],
            initializer=self._whole.weights,
        )  # fmt: skip
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="saccade")
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)

    def _encoder(self, encoder: PublishedEncoder) -> bytes:
        view = torch.zeros(1, self._network.patch, self._network.patch, 3)
        return graph_of(_Seeing(encoder), (view,), ["view"], ["feature", "map"])

    def _policy(self) -> None:
        network = self._network
        side = network.configuration.map_side(network.patch)
        inputs = (torch.zeros(1, network.glance_encoder.channels, side, side), torch.zeros(1, network.policy.state))
        graph = graph_of(network.policy, inputs, ["map", "state"], ["action", "next_state"])
        self.policy = multiply_adds(graph)
        self._whole.part("policy", graph, {"map": "map", "state": "policy_state", "action": "action",
                                           "next_state": "next_policy_state"})  # fmt: skip

    def _layer(self, name: str, layer: nn.Module, inputs: int, source: str, output: str) -> tuple[Assembly, int]:
        graph = graph_of(layer, (torch.zeros(1, inputs),), ["x"], ["y"])
        way = Assembly()
        way.part(name, graph, {"x": source, "y": output})
        return way, multiply_adds(graph)

    def _recurrent(self) -> None:
        network, whole = self._network, self._whole
        state = network.configuration.classifier_state
        graph = graph_of(network.classifier.rnn, (torch.zeros(1, network.length), torch.zeros(1, state)),
                         ["feature", "state"], ["next"])  # fmt: skip
        whole.part("classifier", graph, {"feature": "feature", "state": "kept", "next": "next_kept"})
        recurrent = multiply_adds(graph)
        later, adds = self._layer("answer", network.classifier.fc, state, "next_kept", "answer/logits")
        self.answers = [recurrent + adds] * network.steps
        if network.answers_glance_itself:
            first, own = self._layer("own", network.glance_encoder.own, network.length, "feature", "own/logits")
            # The state goes on, though nobody asks it yet.
            self.answers[0], self.recurrent_aside = recurrent + own, recurrent
            whole.node("If", ["is_glance"], ["logits"], then_branch=first.branch("own", ["own/logits"]),
                       else_branch=later.branch("answer", ["answer/logits"]))  # fmt: skip
        else:
            whole.nodes += later.nodes
            whole.weights += later.weights
            whole.node("Identity", ["answer/logits"], ["logits"])

    def _cascade(self) -> None:
        network, whole = self._network, self._whole
        slots = [f"feature_{look}" for look in range(1, network.steps)]
        whole.constant("slot_sizes", [network.length] * len(slots), np.int64)
        whole.node("Split", ["kept", "slot_sizes"], slots, axis=1)
        # Looks so far: n. The feature of look n + 1 goes to its slot, and that look's layer answers.
        for number, slot in enumerate(slots):
            whole.node("Less", [whole.constant(f"from_{number}", [[number - 0.5]]), "looks"], [f"reached_{number}"])
            whole.node("Less", ["looks", whole.constant(f"below_{number}", [[number + 0.5]])], [f"before_{number}"])
            whole.node("And", [f"reached_{number}", f"before_{number}"], [f"is_{number}"])
            whole.node("Where", [f"is_{number}", "feature", slot], [f"next_{slot}"])
        if len(slots) > 1:
            whole.node("Concat", [f"next_{slot}" for slot in slots], ["next_kept"], axis=1)
        else:
            whole.node("Identity", [f"next_{slots[0]}"], ["next_kept"])
        first, own = self._layer("own", network.glance_encoder.own, network.length, "feature", "own/logits")
        self.answers, ways = [own], [(first, "own/logits")]
        for look in range(2, network.steps + 1):
            name, layer = f"fc_{look}", getattr(network.classifier, f"fc_{look}")
            way, adds = self._layer(name, layer, look * network.length, f"{name}/features", f"{name}/logits")
            gather = Assembly()
            gather.node("Concat", [*slots[: look - 1], "feature"], [f"{name}/features"], axis=1)
            way.nodes = gather.nodes + way.nodes
            ways.append((way, f"{name}/logits"))
            self.answers.append(adds)
        chosen, output = ways.pop()
        for number in reversed(range(len(ways))):
            here, its = ways[number]
            outer, now = Assembly(), here.branch(f"look_{number + 1}", [its])
            later = chosen.branch(f"after_{number + 1}", [output])
            outer.node("If", [f"before_{number}"], [f"logits_{number}"], then_branch=now, else_branch=later)
            chosen, output = outer, f"logits_{number}"
        whole.nodes += chosen.nodes
        whole.node("Identity", [output], ["logits"])


def check_parity(
    network: PublishedNetwork, graph: LookGraph, rounds: int = 2, tolerance: float = 1e-4
) -> dict[str, float]:
    """The largest difference of each value to PyTorch's, relative to that value's largest.

    Refused above `tolerance`, unless PyTorch is itself as far from what it gives in double precision: then the network
    makes much of little, and no other order of adding could come closer.
    """
    run, worst = session(graph.onnx(*BETWEEN)), {}
    exact = copy.deepcopy(network).double()
    pictures = textured_pictures(rounds * network.steps, network.patch, seed=7)
    for views in pictures.reshape(rounds, network.steps, 1, network.patch, network.patch, 3):
        found = _looks_of(run, network, views.astype(np.float32))
        pixels = torch.from_numpy(views)
        wanted, truth = _memories(network, pixels.float()), _memories(exact, pixels.double())
        for look in range(network.steps):
            for name, value in wanted[look].items():
                difference = _apart(name, found[look][name], value)
                worst[name] = max(worst.get(name, 0.0), difference)
                allowed = 10 * tolerance if name == "probabilities" else tolerance  # they magnify the logits
                if not difference <= max(allowed, 4 * _apart(name, value, truth[look][name])):
                    raise ValueError(
                        f"{name} of look {look + 1} must be within {allowed} of PyTorch's, but was {difference} off"
                    )
    return worst


def _apart(name: str, found: np.ndarray, wanted: np.ndarray) -> float:
    # An action or a probability may be tiny, and then means "at the edge" or "not at all".
    scale = 1.0 if name in ("action", "probabilities") else max(1e-6, float(np.abs(wanted).max()))
    return float(np.abs(found - wanted).max()) / scale


def _looks_of(run, network: PublishedNetwork, views: np.ndarray) -> list[dict[str, np.ndarray]]:
    """The graph's looks, the memory taken apart."""
    memory, state = np.zeros((1, memory_size(network)), dtype=np.float32), 1 + network.policy.state
    names = ["probabilities", "action", "next_memory", *BETWEEN]
    looks = []
    for view in views:
        found = dict(zip(names, run.run(names, {"view": view, "memory": memory})))
        memory = found.pop("next_memory")
        looks.append(found | {"looks": memory[:, :1], "policy_state": memory[:, 1:state],
                              "classifier_memory": memory[:, state:]})  # fmt: skip
    return looks


def _memories(network: PublishedNetwork, views: torch.Tensor) -> list[dict[str, np.ndarray]]:
    """PyTorch's looks, with the memory that the graph should have after each."""
    looks = network.looks(views[0], lambda look, _: views[look - 1])
    kept = np.zeros((1, memory_size(network) - 1 - network.policy.state))
    found = []
    for number, look in enumerate(looks, start=1):
        if not network.cascades:
            kept = look["classifier_state"].numpy()
        elif number < network.steps:
            kept = kept.copy()
            kept[:, (number - 1) * network.length : number * network.length] = look["feature"].numpy()
        values = {name: look[name].numpy() for name in ("policy_state", "action", *BETWEEN)}
        found.append(values | {"looks": np.full((1, 1), number), "classifier_memory": kept,
                               "probabilities": torch.softmax(look["logits"], dim=1).numpy()})  # fmt: skip
    return found
