"""The published network as its authors' inference script runs it, for comparisons: PyTorch, Pillow, no ONNX.

Written after the description of that script, not after our importer. `mistake` puts one of the known pitfalls back in;
a test that compares with it must then fail.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from saccade_training.published.configurations import CASCADE, GRU, GRU_OWN_FIRST, Configuration

MEAN = torch.tensor([0.485, 0.456, 0.406])[None, :, None, None]
DEVIATION = torch.tensor([0.229, 0.224, 0.225])[None, :, None, None]


class Policy(nn.Module):
    def __init__(self, configuration: Configuration, channels: int, side: int):
        super().__init__()
        hidden = configuration.policy_state
        if configuration.linear_policy:
            inner = configuration.policy_inner
            layers = [nn.Linear(channels * side * side, inner), nn.ReLU(), nn.Linear(inner, hidden), nn.ReLU()]
        else:
            reduced = configuration.policy_reduced
            layers = [nn.Conv2d(channels, reduced, 1, bias=False), nn.ReLU(), nn.Flatten(),
                      nn.Linear(reduced * side * side, hidden), nn.ReLU()]  # fmt: skip
        self.state_encoder = nn.Sequential(*layers)
        self.gru = nn.GRU(hidden, hidden)
        self.actor = nn.Sequential(nn.Linear(hidden, 2), nn.Sigmoid())
        self.critic = nn.Sequential(nn.Linear(hidden, 1))


class Classifier(nn.Module):
    def __init__(self, configuration: Configuration, length: int, classes: int):
        super().__init__()
        if configuration.head == CASCADE:
            for look in range(2, 6):
                self.add_module(f"fc_{look}", nn.Linear(look * length, classes))
        else:
            self.rnn = nn.GRU(length, configuration.classifier_state)
            self.fc = nn.Linear(configuration.classifier_state, classes)


@dataclass
class Seen:
    """One look: where it was, what was said, where the policy wants to go."""

    top: int
    left: int
    logits: torch.Tensor
    action: torch.Tensor

    @property
    def probabilities(self) -> np.ndarray:
        return torch.softmax(self.logits, dim=0).numpy()


class Upstream(nn.Module):
    def __init__(self, configuration: Configuration, patch: int, steps: int, classes: int):
        super().__init__()
        self.configuration, self.patch, self.steps = configuration, patch, steps
        self.model_prime, self.model = configuration.encoder(classes), configuration.encoder(classes)
        channels, side = self.model.channels, configuration.map_side(patch)
        self.policy = Policy(configuration, channels, side)
        self.fc = Classifier(configuration, self.model.length, classes)
        self._left_over: tuple | None = None

    def crop(self, picture: Image.Image, mistake: str = "") -> torch.Tensor:
        """The normalised S x S crop, [1, 3, S, S]."""
        c = self.configuration
        way = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}[c.filter]
        if mistake == "stretched view":
            return self.normalised(picture.convert("RGB").resize((c.image, c.image), way))
        if mistake == "other filter":
            way = Image.BILINEAR if way == Image.BICUBIC else Image.BICUBIC
        short = c.image if mistake == "crop without resize margin" else c.resize
        width, height = picture.size
        size = (int(short * width / height), short) if height < width else (short, int(short * height / width))
        picture = picture.convert("RGB").resize(size, way)
        top, left = round((size[1] - c.image) / 2.0), round((size[0] - c.image) / 2.0)
        if mistake == "crop at the corner":
            top = left = 0
        return self.normalised(picture.crop((left, top, left + c.image, top + c.image)))

    def normalised(self, picture: Image.Image) -> torch.Tensor:
        pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float().div(255)
        return (pixels - MEAN) / DEVIATION

    def glance(self, crop: torch.Tensor, mistake: str = "") -> torch.Tensor:
        mode, size = self.configuration.glance, (self.patch, self.patch)
        if mistake == "glance by the other kernel":
            mode = "bilinear" if mode == "bicubic" else "bicubic"
        if mistake == "glance of pixel centres":
            return F.interpolate(crop, size, mode=mode, align_corners=False)
        if mistake == "antialiased glance":
            return F.interpolate(crop, size, mode=mode, align_corners=True, antialias=True)
        if mistake == "glance by area":
            return F.interpolate(crop, size, mode="area")
        found = F.interpolate(crop, size, mode=mode, align_corners=True)
        if mistake == "clamped glance":
            low, high = (0 - MEAN) / DEVIATION, (1 - MEAN) / DEVIATION
            found = torch.minimum(torch.maximum(found, low), high)
        return found

    @torch.no_grad()
    def looks(self, picture: Image.Image, mistake: str = "", places=None) -> list[Seen]:
        """All looks. With `places`, the patches are cut there whatever the policy says (teacher forcing)."""
        c, crop = self.configuration, self.crop(picture, mistake)
        policy_state = torch.zeros(1, 1, c.policy_state)
        classifier_state = torch.zeros(1, 1, c.classifier_state)
        if mistake == "state of the picture before" and self._left_over is not None:
            policy_state, classifier_state = self._left_over
        features: list[torch.Tensor] = []
        found: list[Seen] = []
        top = left = 0
        for look in range(1, self.steps + 1):
            if look == 1:
                feature, seen = self.model_prime(self.glance(crop, mistake))
            else:
                encoder = self.model_prime if mistake == "the glance's encoder for all" else self.model
                feature, seen = encoder(crop[:, :, top : top + self.patch, left : left + self.patch])
            features.append(feature)
            logits, classifier_state = self._answer(features, classifier_state, look, mistake)
            action, policy_state = self._act(seen, policy_state, mistake)
            found.append(Seen(top, left, logits[0], action[0]))
            if look < self.steps:
                wanted = torch.floor(action[0] * (c.image - self.patch)).int()
                top, left = int(wanted[0]), int(wanted[1])
                if mistake == "columns first":
                    top, left = left, top
                if places is not None:
                    top, left = places[look]
        self._left_over = (policy_state, classifier_state)
        return found

    def _answer(self, features, state, look: int, mistake: str):
        c = self.configuration
        if c.head == CASCADE:
            if look == 1:
                return self.model_prime.own(features[0]), state
            ordered = features[::-1] if mistake == "latest feature first" else features
            return getattr(self.fc, f"fc_{look}")(torch.cat(ordered, dim=1)), state
        gru_answers_first = (c.head == GRU) != (mistake == "the other first layer")
        output, advanced = _gru(self.fc.rnn, features[-1], state, mistake)
        if look == 1 and not gru_answers_first:
            first = self.model_prime.own(features[0])
            if c.head == GRU_OWN_FIRST and mistake == "GRU starts at the second look":
                return first, state
            return first, advanced
        return self.fc.fc(output), advanced

    def _act(self, seen: torch.Tensor, state: torch.Tensor, mistake: str):
        if mistake == "channels last":
            mixed = seen.permute(0, 2, 3, 1).flatten(1)
            seen = mixed if self.configuration.linear_policy else mixed.view(seen.shape)
        if self.configuration.linear_policy:
            seen = seen.reshape(len(seen), -1)
        output, state = _gru(self.policy.gru, self.policy.state_encoder(seen), state, mistake)
        return self.policy.actor(output), state


def _gru(gru: nn.GRU, x: torch.Tensor, state: torch.Tensor, mistake: str):
    if mistake not in ("gates as ONNX orders them", "reset before the matrix"):
        output, state = gru(x[None], state)
        return output[0], state
    of_x = F.linear(x, gru.weight_ih_l0, gru.bias_ih_l0).chunk(3, dim=1)
    of_h = F.linear(state[0], gru.weight_hh_l0, gru.bias_hh_l0).chunk(3, dim=1)
    reset, update = torch.sigmoid(of_x[0] + of_h[0]), torch.sigmoid(of_x[1] + of_h[1])
    if mistake == "gates as ONNX orders them":
        reset, update = update, reset
        new = torch.tanh(of_x[2] + reset * of_h[2])
    else:
        weight, bias = gru.weight_hh_l0.chunk(3)[2], gru.bias_hh_l0.chunk(3)[2]
        new = torch.tanh(of_x[2] + F.linear(reset * state[0], weight, bias))
    after = (1 - update) * new + update * state[0]
    return after, after[None]


def solved_thresholds(confidences: np.ndarray, q: float) -> list[float]:
    """The script's greedy solve: confidences [N, T] to T thresholds."""
    frames, steps = confidences.shape
    shares = np.exp(np.log(q) * np.arange(1, steps + 1))
    shares /= shares.sum()
    thresholds, gone = [1e8] * steps, np.zeros(frames, dtype=bool)
    for look in range(steps - 1):
        wanted, count = int(np.floor(frames * shares[look])), 0
        for index in np.argsort(-confidences[:, look], kind="stable"):
            if not gone[index]:
                count += 1
                if count == wanted:
                    thresholds[look] = float(confidences[index, look])
                    break
        gone |= confidences[:, look] >= thresholds[look]
    thresholds[-1] = -1e8
    return thresholds


@torch.no_grad()
def multiply_adds(module: nn.Module, run) -> int:
    """Of the convolutions and matrix products that `run()` makes inside the module, counted as they happen."""
    total = 0

    def count(layer, inputs, output):
        nonlocal total
        if isinstance(layer, nn.Conv2d):
            total += output.numel() * layer.weight[0].numel()
        elif isinstance(layer, nn.Linear):
            total += layer.weight.numel()
        else:
            total += layer.weight_ih_l0.numel() + layer.weight_hh_l0.numel()

    kinds = (nn.Conv2d, nn.Linear, nn.GRU)
    hooks = [layer.register_forward_hook(count) for layer in module.modules() if isinstance(layer, kinds)]
    run()
    for hook in hooks:
        hook.remove()
    return total


def flops(network: Upstream) -> list[float]:
    """Cumulative, as the checkpoints store them."""
    c, side = network.configuration, network.configuration.map_side(network.patch)
    encoder = multiply_adds(network.model, lambda: network.model(torch.zeros(1, 3, network.patch, network.patch)))
    seen = torch.zeros(1, network.model.channels, side, side)
    policy = multiply_adds(network.policy, lambda: network._act(seen, torch.zeros(1, 1, c.policy_state), ""))
    features = [torch.zeros(1, network.model.length) for _ in range(network.steps)]
    until, found = 0.0, []
    for look in range(1, network.steps + 1):
        state = torch.zeros(1, 1, c.classifier_state)
        answer = multiply_adds(
            network.fc, lambda look=look, state=state: network._answer(features[:look], state, look, "")
        )
        if look == 1 and c.head != GRU:
            answer = network.model_prime.own.weight.numel()
        until += encoder + answer + (policy if look > 1 else 0)
        found.append(float(until))
    return found
