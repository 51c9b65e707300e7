"""The stages of training: each turns a batch into a loss. Wang et al. 2020, section 3.3, and boxes where known."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
import torch.nn.functional as F
from torch.nn import Parameter

from saccade_training.batches import Batch
from saccade_training.devices import as_array
from saccade_training.network import GlanceFocus

EXPLORATION = 0.1  # standard deviation of the policy's actions while training
DISCOUNT = 0.7
DISTANCE_WEIGHT = 2.0  # of the box-centre loss beside the cross entropy


class Stage(ABC):
    """A loss with its optimiser's settings. `number` seeds the batches, so it never changes."""

    name: str
    number: int
    decay: float

    @abstractmethod
    def groups(self, network: GlanceFocus) -> list[tuple[list[Parameter], float]]:
        """What is trained, and its peak learning rate."""

    @abstractmethod
    def loss(self, network: GlanceFocus, batch: Batch) -> tuple[torch.Tensor, dict[str, float]]:
        """The loss to descend and what to report."""

    @abstractmethod
    def mode(self, network: GlanceFocus) -> None:
        """Which parts are in training mode."""


class MixedPatches(Stage):
    """Stage 1: encoders and heads on patches partly near the object, and the box through the policy's own trunk."""

    name, number, decay = "1 mixed patches", 1, 0.02
    near_share = 0.6

    def groups(self, network):
        heads = [*network.heads.parameters(), *network.policy.parameters()]
        encoders = [*network.glance_encoder.parameters(), *network.focus_encoder.parameters()]
        return [(encoders, 6e-4), (heads, 2e-3)]

    def mode(self, network):
        network.train()

    def actions(self, batch: Batch, proposed: torch.Tensor):
        return batch.mixed_actions(self.near_share)

    def loss(self, network, batch):
        feature, seen = network.glance(batch.glances())
        first, state = network.policy(seen, network.policy.start(len(batch.labels)))
        proposed = first
        features, logits = [feature], [network.classify([feature])]
        for look in range(1, network.geometry.steps):
            if look > 1:
                with torch.no_grad():
                    proposed, state = network.policy(seen, state)
            feature, seen = network.focus(batch.patches(self.actions(batch, proposed)))
            features.append(feature)
            logits.append(network.classify(features))
        answers = sum(cross_entropy(answer, batch.labels) for answer in network.taught(features))
        distance = box_distance(first, batch)
        return answers / network.geometry.steps + DISTANCE_WEIGHT * distance, report(
            logits, batch, distance=float(distance.detach())
        )


class Boxes(Stage):
    """Stage 2, warm start: the policy alone learns to centre the object, from the glance and from its own patches."""

    name, number, decay = "2 policy on boxes", 2, 0.0

    def groups(self, network):
        return [(list(network.policy.parameters()), 1e-3)]

    def mode(self, network):
        network.eval()
        network.policy.train()

    def loss(self, network, batch):
        with torch.no_grad():
            feature, seen = network.glance(batch.glances())
        features, state = [feature], network.policy.start(len(batch.labels))
        logits, distance = [network.classify(features)], state.new_zeros(())
        for _ in range(1, network.geometry.steps):
            mean, state = network.policy(seen, state)
            distance = distance + box_distance(mean, batch)
            with torch.no_grad():
                feature, seen = network.focus(batch.patches(_explore(mean)))
                features.append(feature)
                logits.append(network.classify(features))
        return distance, report(logits, batch, distance=float(distance.detach()) / (network.geometry.steps - 1))


class Gains(Stage):
    """Stage 2, policy gradient: the reward of a look is what it adds to the probability of the true class."""

    name, number, decay = "2 policy gradient", 3, 0.0

    def groups(self, network):
        return [(list(network.policy.parameters()), 3e-4)]

    def mode(self, network):
        network.eval()
        network.policy.train()

    def loss(self, network, batch):
        with torch.no_grad():
            feature, seen = network.glance(batch.glances())
        features, state = [feature], network.policy.start(len(batch.labels))
        logits, chances, values = [network.classify(features)], [], []
        for _ in range(1, network.geometry.steps):
            mean, state = network.policy(seen, state)
            action = _explore(mean)
            chances.append(-((action - mean) ** 2).sum(dim=1) / (2 * EXPLORATION**2))
            values.append(network.policy.value(state))
            with torch.no_grad():
                feature, seen = network.focus(batch.patches(action))
                features.append(feature)
                logits.append(network.classify(features))
        returns = _returns(logits, batch.labels)
        chances, values = torch.stack(chances, dim=1), torch.stack(values, dim=1)
        advantage = returns - values.detach()
        loss = -(chances * advantage).mean() + 0.5 * F.mse_loss(values, returns)
        return loss, report(logits, batch)


class OwnPatches(MixedPatches):
    """Stage 3: like stage 1, but mostly on the patches the policy chooses, at a tenth of the learning rate."""

    name, number = "3 own patches", 4

    def groups(self, network):
        encoders = [*network.glance_encoder.parameters(), *network.focus_encoder.parameters()]
        return [(encoders, 6e-5), (list(network.heads.parameters()), 2e-4)]

    def actions(self, batch, proposed):
        own = as_array(_explore(proposed))
        elsewhere = batch.random.random(len(own)) < 0.3  # so that the encoder does not forget the rest of the view
        own[elsewhere] = batch.random.random((int(elsewhere.sum()), 2))
        return own


def _explore(mean: torch.Tensor) -> torch.Tensor:
    mean = mean.detach()
    return (mean + EXPLORATION * torch.randn_like(mean)).clamp(0, 1)


def _returns(logits: list[torch.Tensor], labels: torch.Tensor) -> torch.Tensor:
    """Discounted gains of true-class probability, standardised over the batch: [B, T-1]."""
    truth = torch.stack([torch.softmax(answer, 1).gather(1, labels[:, None])[:, 0] for answer in logits], dim=1)
    gains = truth[:, 1:] - truth[:, :-1]
    returns = torch.zeros_like(gains)
    future = gains.new_zeros(len(gains))
    for look in reversed(range(gains.shape[1])):
        future = gains[:, look] + DISCOUNT * future
        returns[:, look] = future
    return (returns - returns.mean()) / (returns.std() + 1e-6)


def cross_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(logits, labels, label_smoothing=0.1)


def box_distance(action: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Mean L1 distance to the action that centres the object, over the pictures whose box is known."""
    boxed = batch.boxed
    return (action[boxed] - batch.towards[boxed]).abs().mean() if bool(boxed.any()) else action.sum() * 0


def report(logits: list[torch.Tensor], batch: Batch, **more: float) -> dict[str, float]:
    looks = {
        f"look{i + 1}": float((answer.detach().argmax(1) == batch.labels).float().mean())
        for i, answer in enumerate(logits)
    }
    return looks | more
