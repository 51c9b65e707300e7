"""Writes MODEL_CARD.md from measured figures."""

from __future__ import annotations

import platform

import cv2
import numpy as np
import onnxruntime
import torch

from saccade_training.encoders import PRETRAINED
from saccade_training.frontier import Recorded
from saccade_training.measures import by_rule, covered, record, too_few
from saccade_training.progress import silent


def written(settings, network, material, eye, solved, kept_own, plan, say=silent) -> str:
    """The card's text. Measures on the test split, or on the held-out clips when there is none, and says which."""
    reported = material.test if material.test is not None else material.calibration
    split = "test split" if material.test is not None else "held-out training clips (there is no test split)"
    learned = record(eye, reported, say=say, what="card: every look")
    random = np.random.default_rng(settings.seed)
    anywhere = record(
        eye,
        reported,
        lambda looks, last: random.random(2).astype(np.float32),
        say,
        "card: patches anywhere",
    )
    rule = record(eye, reported, lambda looks, last: by_rule(looks), say, "card: the centre, then corners")
    lines = [
        f"# {settings.id} {settings.version}",
        "",
        f"{settings.description}. A Glance-and-Focus network (Wang et al., NeurIPS 2020): "
        f"{network.geometry.backbone} encoders, view {settings.image} x {settings.image}, "
        f"glance of {settings.glance} x {settings.glance}, patches of {settings.patch} x {settings.patch}, at most "
        f"{settings.steps} looks.",
        "",
        f"- Licence: {settings.licence}",
        f"- Source: {settings.source}",
        "- Every figure below was measured by the program that wrote this file, on the exported graphs.",
        "",
        f"## Accuracy on the {split}",
        "",
        f"{len(reported)} frames of {_clips(reported)} clips, no clip of which was trained on. "
        "Intervals: 90 %, bootstrap over clips.",
        "",
        *_looks_table(learned, anywhere, rule),
        *too_few(_clips(reported)),
        "",
        _covered_line(learned, reported, settings.patch),
        "",
        "## Per class",
        "",
        *_classes_table(learned, reported, material.train),
        "",
        "## Per clip",
        "",
        *_clips_table(learned),
        "",
        "## Exit thresholds",
        "",
        *solved.story,
        "",
        *_frontier(solved.points, learned, material),
        "",
        "## Training",
        "",
        *_training(settings, material, kept_own, plan),
        "",
        "## Limits",
        "",
        *_scenes(material),
        "- One training run with one seed. Differences within the intervals mean nothing.",
        "- There is no class for 'nothing there': a view without a known object still gets a label.",
        "- Confidences are not probabilities; they serve to decide when to stop looking.",
    ]
    return "\n".join(lines) + "\n"


def _scenes(material) -> list[str]:
    """What follows from clips of frames that look alike; loose pictures are clips of one."""
    if _clips(material.train) == len(material.train):
        return []
    lines = [
        "- Few physical objects: a class is known from the handful of things that were filmed, and a clip's frames "
        "look alike. Accuracy of a clip is often near 0 or near 1; an overall figure says more about which clips there "
        "are than about the network. Do not headline it.",
        "- Where all clips of a class share a ground, the ground may give the class away",
    ]
    if material.train.boxed.any():
        lines[1] += "; pasting objects on other grounds lessens this and does not rule it out"
    return [lines[0], lines[1] + "."]


def _clips(pictures) -> int:
    return len(set(pictures.clips.tolist()))


def _looks_table(learned, anywhere, rule) -> list[str]:
    low, high = learned.interval()
    rows = [
        "| looks | frames right | 90 % interval | clips, mean of each | patches anywhere | the centre, then corners |",
        "|---|---|---|---|---|---|",
    ]
    by_clip = np.array(list(learned.clip_accuracy().values())).mean(axis=0)
    for look in range(len(low)):
        others = ("-", "-") if look == 0 else (f"{anywhere.accuracy()[look]:.3f}", f"{rule.accuracy()[look]:.3f}")
        rows.append(
            f"| {look + 1} | {learned.accuracy()[look]:.3f} | {low[look]:.3f} to {high[look]:.3f} "
            f"| {by_clip[look]:.3f} | {others[0]} | {others[1]} |"
        )
    return rows


def _covered_line(learned, reported, patch: int) -> str:
    share = covered(learned, reported, patch)
    return (
        "No boxes are known here."
        if share is None
        else f"The second look holds the object's middle in {100 * share:.1f} % of frames."
    )


def _classes_table(learned, reported, train) -> list[str]:
    looks = learned.correct.shape[1]
    heads = " | ".join(f"look {look + 1}" for look in range(looks))
    rows = [f"| class | training clips | clips | frames | {heads} |", "|---|---|---|---|" + "---|" * looks]
    for label, name in enumerate(train.classes):
        mine = reported.labels == label
        clips = len(set(train.clips[train.labels == label].tolist()))
        if mine.any():
            values = " | ".join(f"{value:.2f}" for value in learned.correct[mine].mean(axis=0))
            rows.append(
                f"| {name} | {clips} | {len(set(reported.clips[mine].tolist()))} | {int(mine.sum())} | {values} |"
            )
        else:
            rows.append(f"| {name} | {clips} | 0 | 0 |" + " - |" * looks)
    return rows


def _clips_table(learned) -> list[str]:
    looks = learned.correct.shape[1]
    rows = ["| clip | " + " | ".join(f"look {look + 1}" for look in range(looks)) + " |", "|---|" + "---|" * looks]
    by_clip = learned.clip_accuracy()
    if len(by_clip) > 60:
        return [f"{len(by_clip)} clips, too many to list."]
    return rows + [
        f"| {clip} | " + " | ".join(f"{value:.2f}" for value in values) + " |" for clip, values in by_clip.items()
    ]


def _frontier(points, learned, material) -> list[str]:
    """Against the test split. Against the clips that the thresholds were solved on it would prove nothing."""
    if material.test is None:
        return [
            "There is no test split: the thresholds, and whether stage 3 was kept, were chosen on the very clips that "
            "the figures above are of. They flatter the network; other clips would show what it does.",
        ]
    rows = [
        "What the frontier promises, and what the same thresholds do on the reported frames:",
        "",
        "| mean looks, held out | accuracy, held out | mean looks, test split | accuracy, test split |",
        "|---|---|---|---|",
    ]
    seen = Recorded(learned.confidence, learned.correct)
    for point in points:
        there = seen.measure(point.thresholds)
        rows.append(
            f"| {point.mean_looks:.2f} | {point.accuracy:.3f} | {there.mean_looks:.2f} | {there.accuracy:.3f} |"
        )
    return rows


def _training(settings, material, kept_own, plan) -> list[str]:
    own = {
        None: "not run",
        True: "kept, better on the held-out clips",
        False: "dropped, no better on the held-out clips",
    }[kept_own]
    steps = plan["steps"]
    boxed = int(material.train.boxed.sum())
    return [
        f"- Trained on {len(material.train)} frames of {_clips(material.train)} clips, {boxed} of them with a box. "
        "Splits are by clip.",
        f"- Encoders start from {PRETRAINED.get(settings.backbone, 'random weights')}.",
        f"- Answers by {settings.head}; frames {settings.fit} to the view. Batches of {settings.batch}, AdamW, "
        f"learning rates times {settings.rate:g}, encoders in {'bfloat16' if settings.bf16 else 'float32'}.",
        "- Stage 1, encoders and heads on patches "
        + ("partly near the object, box-centre loss through the policy" if boxed else "anywhere")
        + f": {steps['mixed']} steps.",
        f"- Stage 2, policy alone: {steps['boxes']} steps on boxes, {steps['gains']} of policy gradient, "
        "the reward being the gain of true-class probability.",
        f"- Stage 3, encoders and heads on the policy's own patches: {own}"
        + (f", {steps['own']} steps." if kept_own is not None else "."),
        "- Augmentation: "
        + ("pasted on another clip's ground (35 %); " if boxed else "")
        + "mirror, turn, scale, shift; light, blur, grain.",
        f"- Seed {settings.seed}. Command: `{settings.command}`",
        f"- Python {platform.python_version()}, torch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}, "
        f"OpenCV {cv2.__version__}, numpy {np.__version__}",
    ]
