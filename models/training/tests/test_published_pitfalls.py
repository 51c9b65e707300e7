"""What silently goes wrong when these networks are moved to another runtime; each mistake, put back in, is noticed.

The reference (upstream.py) looks at pictures of all shapes, and the graph must say the same at the same places.
Then the reference makes one of the mistakes, and must be told apart by the very same comparison.
"""

from functools import cache

import numpy as np
import pytest
import torch
from checkpoints import SMALL, pictures, save_published, small_network
from PIL import Image

from saccade_training.frontier import Recorded
from saccade_training.onnx_files import session
from saccade_training.published.checkpoint import read_checkpoint
from saccade_training.published.graph import LookGraph, memory_size
from saccade_training.published.layers import norm
from saccade_training.published.seeing import LookEye, glance_of, view_of
from saccade_training.views import offsets_of, patch_of

ROUNDING = 2e-4
EVERYWHERE = [
    "columns first",
    "glance of pixel centres",
    "glance by the other kernel",
    "antialiased glance",
    "glance by area",
    "other filter",
    "stretched view",
    "crop at the corner",
    "crop without resize margin",
    "channels last",
    "the glance's encoder for all",
    "gates as ONNX orders them",
    "reset before the matrix",
    "state of the picture before",
]
ONLY = {
    "cascade": ["latest feature first", "clamped glance"],
    "own-first": ["the other first layer", "GRU starts at the second look"],
    "linear": ["the other first layer"],
}


class Both:
    """The reference, and the bundle's graph."""

    def __init__(self, kind: str, folder):
        self.shape = SMALL[kind]
        self.upstream = small_network(self.shape, 32, self.shape.steps)
        path = save_published(folder / "a.pth.tar", self.upstream, {})
        self.network = read_checkpoint(path).network(self.shape, 32, self.shape.steps)
        self.graph = LookGraph(self.network).onnx()
        self.run = session(self.graph)
        self.pictures = [*pictures(5, 31), *hard_edges()]

    def apart(self, mistake: str = "", enough: float = np.inf) -> float:
        """The largest difference in probabilities, actions and places, places being those of the reference.

        Pictures are compared until it is more than `enough`.
        """
        worst = 0.0
        self.upstream._left_over = None
        for picture in self.pictures:
            wanted = self.upstream.looks(picture, mistake)
            view = view_of(picture, self.shape)
            pixels = glance_of(view, 32, self.shape.glance).numpy()
            memory = np.zeros((1, memory_size(self.network)), dtype=np.float32)
            for number, look in enumerate(wanted):
                probabilities, action, memory = self.run.run(None, {"view": pixels, "memory": memory})
                worst = max(worst, np.abs(probabilities[0] - look.probabilities).max())
                worst = max(worst, np.abs(action[0] - look.action.numpy()).max())
                if number + 1 < len(wanted):
                    following = wanted[number + 1]
                    ours = offsets_of(action[0], self.shape.image, 32)
                    beside = np.abs(ours - [following.top, following.left]).max()
                    worst = max(worst, float(beside > 1))  # one pixel off is an action on the edge between two
                    patch = patch_of(view, following.top, following.left, 32)
                    pixels = np.ascontiguousarray(patch, dtype=np.float32)[None]
            if worst > enough:
                break
        return float(worst)


def hard_edges() -> list[Image.Image]:
    """Black and white: the cubic glance leaves the range of pixels here."""
    random = np.random.default_rng(3)
    blocks = [random.integers(0, 2, (24, 30, 1)).repeat(3, axis=2) * 255 for _ in range(2)]
    return [Image.fromarray(block.astype(np.uint8)).resize((90, 72), Image.NEAREST) for block in blocks]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One of each kind, made once, whatever order the tests are put into."""
    return cache(lambda kind: Both(kind, tmp_path_factory.mktemp(kind)))


@pytest.fixture(params=list(SMALL))
def both(request, made):
    return made(request.param)


def test_the_graph_says_what_the_reference_says_at_the_same_places(both):
    assert both.apart() < ROUNDING


@pytest.mark.parametrize(
    ("both", "mistake"),
    [(kind, mistake) for kind in SMALL for mistake in EVERYWHERE + ONLY[kind]],
    indirect=["both"],
)
def test_each_mistake_is_noticed(both, mistake):
    assert both.apart(mistake, enough=10 * ROUNDING) > 10 * ROUNDING


def test_another_eps_in_the_norms_is_noticed(both):
    norms = [module for module in both.upstream.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    assert {module.eps for module in norms} == {1e-5} == {norm(3).eps}
    for module in norms:
        module.eps = 1e-3
    assert both.apart() > ROUNDING
    for module in norms:
        module.eps = 1e-5
    assert both.apart() < ROUNDING


def test_a_confidence_that_equals_the_threshold_in_float32_is_enough():
    confidence = np.array([[0.25, 0.7, 0.75], [0.25, np.nextafter(np.float32(0.7), np.float32(0)), 0.75]], np.float32)
    assert float(confidence[0, 1]) < 0.7  # in double it would not be
    recorded = Recorded(confidence, np.ones_like(confidence))
    assert recorded.last_looks((0.5, 0.7)).tolist() == [1, 2]
    assert recorded.measure((0.25, 0.7)).exit_shares == (1, 0, 0)


def test_confidences_are_of_the_softmax_and_survive_large_logits(both):
    run = session(both.graph)
    view = np.zeros((1, 32, 32, 3), dtype=np.float32)
    memory = np.zeros((1, memory_size(both.network)), dtype=np.float32)
    huge = view + 1e4
    for pixels in (view, huge):
        probabilities = run.run(["probabilities"], {"view": pixels, "memory": memory})[0]
        assert np.isfinite(probabilities).all()
        assert probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_the_eye_starts_each_picture_with_nothing_in_mind(both):
    eye = LookEye(both.graph, both.network)
    first, second = (view_of(picture, both.shape) for picture in both.pictures[:2])
    alone = eye.looks(second)
    eye.looks(first)
    for fresh, used in zip(alone, eye.looks(second)):
        assert np.array_equal(fresh.probabilities, used.probabilities)


def test_normalising_after_the_glance_is_the_same_as_before(both):
    for picture in both.pictures:
        ours = glance_of(view_of(picture, both.shape), 32, both.shape.glance) / 255
        ours = (ours - torch.tensor([0.485, 0.456, 0.406])) / torch.tensor([0.229, 0.224, 0.225])
        wanted = both.upstream.glance(both.upstream.crop(picture))
        torch.testing.assert_close(ours.permute(0, 3, 1, 2), wanted, rtol=0, atol=2e-5)
