import numpy as np
import pytest

from saccade_training.frontier import ALWAYS, NEVER, Recorded, frontier, geometric, geometric_shares


def recorded(frames: int = 600, looks: int = 4, seed: int = 5):
    """Confidences that rise with the looks; a frame is right about as often as it is sure."""
    random = np.random.default_rng(seed)
    easy = random.beta(2, 2, frames)[:, None]
    confidence = np.clip(0.25 + 0.4 * easy + 0.08 * np.arange(looks) + random.normal(0, 0.06, (frames, looks)), 0.1, 1)
    confidence = confidence.astype(np.float32)
    return confidence, random.random((frames, looks)) < confidence


@pytest.mark.parametrize("seed", range(8))
def test_it_ascends_strictly_from_glance_only_to_every_look(seed):
    confidence, correct = recorded(seed=seed)
    points = frontier(confidence, correct, 16)
    looks = [point.mean_looks for point in points]
    assert looks[0] == 1
    assert looks[-1] == 4
    assert all(a < b for a, b in zip(looks, looks[1:]))
    assert 12 <= len(points) <= 16
    assert points[0].thresholds == (ALWAYS,) * 3
    assert points[-1].thresholds == (NEVER,) * 3


@pytest.mark.parametrize("seed", range(8))
def test_shares_cost_and_accuracy_follow_from_the_thresholds_frame_by_frame(seed):
    confidence, correct = recorded(frames=150, seed=seed)
    for point in frontier(confidence, correct, 8):
        last = [next((t for t in range(3) if row[t] >= point.thresholds[t]), 3) for row in confidence]
        assert point.exit_shares == pytest.approx([last.count(look) / 150 for look in range(4)])
        assert point.mean_looks == pytest.approx(1 + np.mean(last))
        assert point.accuracy == pytest.approx(np.mean([correct[i, look] for i, look in enumerate(last)]))


@pytest.mark.parametrize("wanted", [1.2, 2.0, 2.5, 3.7])
def test_bisection_finds_the_cost_that_was_asked_for(wanted):
    looks = Recorded(*recorded())
    (thresholds,) = geometric(looks, np.array([wanted]), np.ones(4))
    assert looks.measure(thresholds).mean_looks == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize("q", [0.05, 0.5, 1.0, 2.0, 20.0])
def test_thresholds_let_the_geometric_shares_exit(q):
    looks = Recorded(*recorded())
    shares = geometric_shares(q, 4)
    assert shares[1] / shares[0] == pytest.approx(q)
    found = looks.measure(looks.thresholds_for(shares)).exit_shares
    assert found == pytest.approx(shares, abs=0.01)


def test_equal_confidences_leave_fewer_points_but_a_valid_frontier():
    confidence = np.full((40, 3), 0.5, dtype=np.float32)
    points = frontier(confidence, np.ones((40, 3), dtype=bool))
    assert [point.mean_looks for point in points] == sorted({point.mean_looks for point in points})
    assert points[0].mean_looks == 1
    assert points[-1].mean_looks == 3


def test_no_frames_and_odd_shapes_are_refused():
    with pytest.raises(ValueError, match="there were none"):
        frontier(np.zeros((0, 3)), np.zeros((0, 3), dtype=bool))
    with pytest.raises(ValueError, match=r"but were \(5, 3\) and \(5, 2\)"):
        frontier(np.zeros((5, 3)), np.zeros((5, 2), dtype=bool))
