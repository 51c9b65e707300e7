"""Where a network is trained and measured: on the CPU, or on a GPU by CUDA. What goes there or comes back goes by here.

A network is put on a device once; batches follow it, and what NumPy needs comes back. Export is always on the CPU, and
checkpoints hold tensors of the CPU: a run that was begun on one device goes on, on another.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import nn

CHOICES = ("auto", "cpu", "cuda")
CPU = torch.device("cpu")


def chosen(name: str) -> torch.device:
    """`auto` is a GPU where there is one. `cuda` where there is none is refused, with what was found."""
    if name not in CHOICES:
        raise ValueError(f"device must be one of {list(CHOICES)}, but was {name!r}")
    if name == "cpu" or (name == "auto" and not torch.cuda.is_available()):
        return CPU
    if not torch.cuda.is_available():
        made_for = f"made for CUDA {torch.version.cuda}" if torch.version.cuda else "made without CUDA"
        raise ValueError(
            f"device cuda needs a GPU that PyTorch can use, but PyTorch {torch.__version__}, {made_for}, "
            f"found {torch.cuda.device_count()}: choose auto or cpu, or see to the driver and the build of PyTorch"
        )
    return torch.device("cuda", torch.cuda.current_device())


def described(device: torch.device) -> str:
    return f"{device} ({torch.cuda.get_device_name(device)})" if device.type == "cuda" else str(device)


def device_of(network: nn.Module) -> torch.device:
    """Where the network is, and so where its pixels must go."""
    return next(network.parameters()).device


def placed(array: np.ndarray, device: torch.device) -> torch.Tensor:
    return torch.from_numpy(array).to(device)


def as_array(values: torch.Tensor | np.ndarray) -> np.ndarray:
    """For NumPy, from wherever it is."""
    return values.detach().cpu().numpy() if isinstance(values, torch.Tensor) else values


def on_cpu(state):
    """A checkpoint's nested dictionaries and lists with every tensor on the CPU; what is there is not copied."""
    if isinstance(state, torch.Tensor):
        return state.detach().cpu()
    if isinstance(state, dict):
        moved = copy.copy(state)  # a network's is ordered and knows its layers' versions
        moved.update((name, on_cpu(value)) for name, value in state.items())
        return moved
    return [on_cpu(value) for value in state] if isinstance(state, list) else state
