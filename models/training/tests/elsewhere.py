"""A device that is not the CPU, for machines without a GPU: its tensors say "meta", and compute on the CPU in secret.

An operation on tensors of both devices fails, as CUDA's do; so do `.numpy()` and `np.asarray`. What comes out is what
the CPU would have given, to the bit.
"""

from __future__ import annotations

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

DEVICE = torch.device("meta")
CROSSING = {torch.ops.aten._to_copy.default, torch.ops.aten.copy_.default}


class Elsewhere(torch.Tensor):
    """A tensor of that device around one of the CPU."""

    @staticmethod
    def __new__(cls, inner: torch.Tensor):
        return torch.Tensor._make_wrapper_subclass(
            cls, inner.size(), strides=inner.stride(), storage_offset=inner.storage_offset(), dtype=inner.dtype,
            device=DEVICE,
        )  # fmt: skip

    def __init__(self, inner: torch.Tensor):
        self.inner = inner

    @classmethod
    def __torch_dispatch__(cls, operation, types, args=(), kwargs=None):
        return _computed(operation, args, kwargs or {})

    def __repr__(self) -> str:
        return f"Elsewhere({self.inner})"


class WithElsewhere(TorchDispatchMode):
    """While it lasts, `.to(DEVICE)` and tensors made on DEVICE are Elsewhere."""

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        return _computed(operation, args, kwargs or {})


def _computed(operation, args, kwargs):
    given = [value for value in tree_flatten((args, kwargs))[0] if isinstance(value, torch.Tensor)]
    there = any(isinstance(value, Elsewhere) for value in given)
    # CUDA takes numbers from the CPU, too
    left = [value for value in given if not isinstance(value, Elsewhere) and value.dim() > 0]
    if there and left and operation not in CROSSING:
        raise RuntimeError(f"all tensors must be on one device, but {operation} was given {left[0].shape} of the CPU")
    goes = torch.device(kwargs["device"]) if kwargs.get("device") is not None else None
    wrapped = there if goes is None else goes.type == DEVICE.type
    if operation is torch.ops.aten.copy_.default:
        wrapped = isinstance(args[0], Elsewhere)
    kwargs = kwargs | ({"device": torch.device("cpu")} if goes is not None else {})
    inner_args, inner_kwargs = tree_map(lambda v: v.inner if isinstance(v, Elsewhere) else v, (args, kwargs))
    found = operation(*inner_args, **inner_kwargs)
    # What was changed in place, or given as it was, is the very tensor that was given.
    known = {id(value.inner): value for value in given if isinstance(value, Elsewhere)}

    def out(value):
        if not wrapped or not isinstance(value, torch.Tensor):
            return value
        return known[id(value)] if id(value) in known else Elsewhere(value)

    return tree_map(out, found)
