"""What a network does on pictures, look by look, and how sure one can be of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from saccade_training.devices import as_array, device_of, placed
from saccade_training.eye import Eye
from saccade_training.network import GlanceFocus
from saccade_training.pictures import Pictures
from saccade_training.progress import Count, silent
from saccade_training.views import glance_of, offsets_of, patch_of

# Centre, then corners: where a person without a policy would put the looks. The first number is the row.
CENTRE_AND_CORNERS = np.array([(0.5, 0.5), (0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)], dtype=np.float32)
FEW_CLIPS = 10  # of fewer, drawing with replacement shows too little of what other clips would be


@dataclass(frozen=True)
class Record:
    """All looks at all pictures: how sure each was of what it said [N, T], and the patch offsets [N, T, 2]."""

    confidence: np.ndarray
    said: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray
    clips: np.ndarray

    @staticmethod
    def of(probabilities: np.ndarray, offsets: np.ndarray, pictures: Pictures) -> Record:
        """From probabilities [N, T, K]."""
        sure, said = probabilities.max(axis=2), probabilities.argmax(axis=2)
        return Record(sure, said, offsets, pictures.labels, pictures.clips)

    @property
    def correct(self) -> np.ndarray:
        return self.said == self.labels[:, None]

    def accuracy(self) -> np.ndarray:
        """Per look, over frames."""
        return self.correct.mean(axis=0)

    def clip_accuracy(self) -> dict[str, np.ndarray]:
        return {clip: self.correct[self.clips == clip].mean(axis=0) for clip in np.unique(self.clips)}

    def interval(self, seed: int = 0, draws: int = 4000) -> np.ndarray:
        """90 % interval per look, [2, T]: clips are drawn with replacement, for the frames of a clip are alike.

        One clip alone says nothing of others: its interval is all of [0, 1].
        """
        names, position = np.unique(self.clips, return_inverse=True)
        looks = self.correct.shape[1]
        if len(names) < 2:
            return np.stack([np.zeros(looks), np.ones(looks)])
        sums = np.stack([np.bincount(position), *(np.bincount(position, right) for right in self.correct.T)], axis=1)
        drawn = drawn_sums(sums, seed, draws)
        return np.quantile(drawn[:, 1:] / drawn[:, :1], [0.05, 0.95], axis=0)


def drawn_sums(of_clips: np.ndarray, seed: int, draws: int, block: int = 100) -> np.ndarray:
    """Sums [draws, ...] over as many clips as there are, drawn with replacement; `of_clips` is [clips, ...].

    Draws are made in blocks: memory grows with the clips, or with the draws, but not with their product.
    """
    random, clips = np.random.default_rng(seed), len(of_clips)
    even, done = np.full(clips, 1 / clips), []
    for start in range(0, draws, block):
        done.append(random.multinomial(clips, even, min(block, draws - start)) @ of_clips)
    return np.concatenate(done)


def by_clip(runs: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """[clips, runs, K] of each run's names of clips and values [clips, K]; 0 where it does not predict a clip."""
    names = np.unique(np.concatenate([of_run for of_run, _ in runs]))
    table = np.zeros((len(names), len(runs), runs[0][1].shape[1]))
    for at, (of_run, values) in enumerate(runs):
        table[np.searchsorted(names, of_run), at] = values
    return table


def drawn_over_runs(of_clips: np.ndarray, seed: int, draws: int) -> np.ndarray:
    """Sums [draws, K] of [clips, runs, K] over clips and over runs, both drawn with replacement.

    Runs are drawn among those that predict the same clips, so that no clip goes unpredicted; the first of the K is the
    number of frames, 0 where a run does not predict a clip. A run alone is always drawn: its luck is in no interval.
    """
    clips, runs, values = of_clips.shape
    sums = drawn_sums(of_clips.reshape(clips, runs * values), seed, draws).reshape(draws, runs, values)
    random, times = np.random.default_rng([seed, 1]), np.zeros((draws, runs))
    for alike in alike_runs(of_clips[:, :, 0]):
        times[:, alike] = random.multinomial(len(alike), np.full(len(alike), 1 / len(alike)), draws)
    return np.einsum("drk,dr->dk", sums, times)


def alike_runs(frames: np.ndarray) -> list[list[int]]:
    """Runs that predict the same clips, of the frames [clips, runs] that each predicts."""
    found: dict[bytes, list[int]] = {}
    for run, there in enumerate((frames > 0).T):
        found.setdefault(there.tobytes(), []).append(run)
    return list(found.values())


def too_few(clips: int) -> list[str]:
    """A line for under a table of intervals, where it is needed."""
    if clips >= FEW_CLIPS:
        return []
    return ["", f"Of {clips} clips only: intervals by bootstrap over so few are too narrow."]


def by_rule(looks_so_far: int) -> np.ndarray:
    """The action of a person without a policy, after 1 or more looks."""
    return CENTRE_AND_CORNERS[(looks_so_far - 1) % len(CENTRE_AND_CORNERS)]


def record(eye: Eye, pictures: Pictures, choose=None, say=silent, what: str = "every look") -> Record:
    """Runs the exported graphs; `choose(looks so far, last look)` may replace the policy."""
    probabilities, offsets = [], []
    count = Count(what, len(pictures), say)
    for view in pictures.views:
        count.one()
        looks = eye.looks(view, choose)
        probabilities.append([look.probabilities for look in looks])
        offsets.append([(look.top, look.left) for look in looks])
    return Record.of(np.array(probabilities), np.array(offsets), pictures)


def quick_record(network: GlanceFocus, pictures: Pictures, batch: int = 64, choose=None) -> Record:
    """The same from the network itself, in batches."""
    return quick_records(network, pictures, [network.classify], batch, choose)[0]


@torch.no_grad()
def quick_records(network: GlanceFocus, pictures: Pictures, heads: list, batch: int = 64, choose=None) -> list[Record]:
    """What each of `heads` answers at the very same looks: each takes the features so far and gives logits.

    `choose(looks so far, pictures)` may replace the policy.
    """
    geometry, device, places = network.geometry, device_of(network), []
    kept: list[list[np.ndarray]] = [[] for _ in heads]
    training = network.training
    network.eval()
    for start in range(0, len(pictures), batch):
        views = pictures.views[start : start + batch]
        glances = np.stack([glance_of(view, geometry.glance) for view in views])
        feature, seen = network.glance(placed(glances, device))
        features, state, offsets = [feature], network.policy.start(len(views)), [np.zeros((len(views), 2), np.int64)]
        for look in range(1, geometry.steps):
            action, state = network.policy(seen, state)
            wanted = as_array(action) if choose is None else choose(look, slice(start, start + len(views)))
            offsets.append(offsets_of(wanted, geometry.image, geometry.patch))
            patches = [patch_of(view, top, left, geometry.patch) for view, (top, left) in zip(views, offsets[-1])]
            feature, seen = network.focus(placed(np.stack(patches), device))
            features.append(feature)
        for answers, head in zip(kept, heads):
            logits = [head(features[:look]) for look in range(1, geometry.steps + 1)]
            answers.append(as_array(torch.softmax(torch.stack(logits, dim=1), 2)))
        places.append(np.stack(offsets, axis=1))
    network.train(training)
    return [Record.of(np.concatenate(answers), np.concatenate(places), pictures) for answers in kept]


def covered(found: Record, pictures: Pictures, patch: int) -> float | None:
    """Share of boxed pictures whose second look holds the object's middle; None where no box is known."""
    boxed = pictures.boxed
    if not boxed.any():
        return None
    boxes = pictures.boxes[boxed]
    centres = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
    corner = found.offsets[boxed, 1]
    return float(((corner <= centres) & (centres <= corner + patch)).all(axis=1).mean())
