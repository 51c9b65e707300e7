"""The published network beyond its encoders: policy and classifier, as one step of each, with the state handed over."""

from __future__ import annotations

import torch
from torch import nn

from saccade_training.heads import GruCell
from saccade_training.published.configurations import CASCADE, GRU_OWN_FIRST, Configuration
from saccade_training.published.layers import normalised

# One layer of a GRU by PyTorch's names: three gates, in the order reset, update, new, which GruCell keeps.
OF_GRU = {"of_input.weight": "weight_ih_l0", "of_input.bias": "bias_ih_l0",
          "of_state.weight": "weight_hh_l0", "of_state.bias": "bias_hh_l0"}  # fmt: skip


class PublishedPolicy(nn.Module):
    """Where to look next, from the last map and the GRU's state: action (row, column) in [0, 1]. No critic."""

    def __init__(self, configuration: Configuration, channels: int, patch: int):
        super().__init__()
        pixels, state = configuration.map_side(patch) ** 2, configuration.policy_state
        if configuration.linear_policy:
            inner = configuration.policy_inner
            self.state_encoder = nn.Sequential(
                nn.Linear(channels * pixels, inner), nn.ReLU(), nn.Linear(inner, state), nn.ReLU()
            )
        else:
            reduced = configuration.policy_reduced
            self.state_encoder = nn.Sequential(
                nn.Conv2d(channels, reduced, 1, bias=False), nn.ReLU(), nn.Flatten(),
                nn.Linear(reduced * pixels, state), nn.ReLU(),
            )  # fmt: skip
        self.gru = GruCell(state, state)
        self.actor = nn.Sequential(nn.Linear(state, 2), nn.Sigmoid())
        self.flattens, self.state = configuration.linear_policy, state

    def forward(self, seen: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        # Channels first, then rows, then columns: the large layers were trained on that order.
        state = self.gru(self.state_encoder(seen.flatten(1) if self.flattens else seen), state)
        return self.actor(state), state


class RecurrentClassifier(nn.Module):
    """A GRU over the features and one layer for all looks; with `own_first` the glance is answered elsewhere."""

    def __init__(self, length: int, classes: int, state: int):
        super().__init__()
        self.rnn, self.fc = GruCell(length, state), nn.Linear(state, classes)

    def forward(self, feature: torch.Tensor, state: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        state = self.rnn(feature, state)
        return self.fc(state), state


class CascadeClassifier(nn.Module):
    """A layer per look from the second on, each on all features so far in the order of time."""

    def __init__(self, length: int, classes: int, steps: int):
        super().__init__()
        for look in range(2, steps + 1):
            self.add_module(f"fc_{look}", nn.Linear(look * length, classes))

    def forward(self, features: list[torch.Tensor]) -> torch.Tensor:
        return getattr(self, f"fc_{len(features)}")(torch.cat(features, dim=1))


class PublishedNetwork(nn.Module):
    """f_G, f_L, pi and f_C, without the weights that no look ever uses."""

    def __init__(self, configuration: Configuration, patch: int, steps: int, classes: int):
        super().__init__()
        self.configuration, self.patch, self.steps, self.classes = configuration, patch, steps, classes
        self.glance_encoder, self.focus_encoder = (configuration.encoder(classes) for _ in range(2))
        self.length = self.glance_encoder.length
        self.policy = PublishedPolicy(configuration, self.glance_encoder.channels, patch)
        if configuration.head == CASCADE:
            self.classifier = CascadeClassifier(self.length, classes, steps)
        else:
            self.classifier = RecurrentClassifier(self.length, classes, configuration.classifier_state)

    @property
    def cascades(self) -> bool:
        return self.configuration.head == CASCADE

    @property
    def answers_glance_itself(self) -> bool:
        """Whether the glance's answer comes from f_G's own class layer."""
        return self.configuration.head in (CASCADE, GRU_OWN_FIRST)

    def drop_unused(self) -> PublishedNetwork:
        """Forgets the encoders' own class layers where nothing asks them."""
        setattr(self.focus_encoder, self.focus_encoder.own_layer, nn.Identity())
        if not self.answers_glance_itself:
            setattr(self.glance_encoder, self.glance_encoder.own_layer, nn.Identity())
        return self

    @torch.no_grad()
    def looks(self, glance: torch.Tensor, patch_at) -> list[dict[str, torch.Tensor]]:
        """All looks at one picture, each with what passes between the parts. `patch_at(look, action)` gives pixels."""
        found: list[dict[str, torch.Tensor]] = []
        pixels, features = glance, []
        policy_state = torch.zeros(1, self.policy.state)
        state = torch.zeros(1, self.configuration.classifier_state)
        for look in range(1, self.steps + 1):
            encoder = self.glance_encoder if look == 1 else self.focus_encoder
            feature, seen = encoder(normalised(pixels))
            features.append(feature)
            if self.cascades:
                logits = self.classifier(features) if look > 1 else None
            else:
                logits, state = self.classifier(feature, state)
            if look == 1 and self.answers_glance_itself:
                logits = self.glance_encoder.own(feature)
            action, policy_state = self.policy(seen, policy_state)
            found.append({"feature": feature, "map": seen, "logits": logits, "action": action,
                          "policy_state": policy_state, "classifier_state": state})  # fmt: skip
            if look < self.steps:
                pixels = patch_at(look + 1, action)
        return found
