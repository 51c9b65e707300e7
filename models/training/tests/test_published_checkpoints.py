"""Checkpoint files as users will have them: of both dialects, broken, malicious, or of another network."""

import io
import os
import pickle
import tarfile
from dataclasses import replace

import pytest
import torch
from checkpoints import CASCADING, LINEAR, RECURRENT, SMALL, save_published, save_trained, small_network, weights
from torch import nn

from saccade_training.published.checkpoint import UnusableCheckpoint, read_checkpoint
from saccade_training.published.configurations import configuration
from saccade_training.published.network import PublishedNetwork


@pytest.fixture(scope="module")
def cascading():
    return small_network(CASCADING, 32, 3)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "model.pth.tar"


class Malicious:
    """Makes a folder when it is unpickled by someone who trusts it."""

    def __init__(self, folder):
        self.folder = folder

    def __reduce__(self):
        return os.mkdir, (str(self.folder),)


def test_both_dialects_give_the_same_weights(cascading, tmp_path):
    published = read_checkpoint(save_published(tmp_path / "a.pth.tar", cascading, {"model_name": "small-mobile"}))
    trained = read_checkpoint(save_trained(tmp_path / "b.pth.tar", cascading))
    first, second = (found.network(CASCADING, 32, 3).state_dict() for found in (published, trained))
    assert list(first) == list(second)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert published.stored == {"model_name": "small-mobile"}
    assert trained.stored["epoch"] == 3


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("where", ["beside the weights", "among them", "alone"])
def test_a_file_that_asks_for_code_is_refused_and_the_code_is_not_run(legacy, where, cascading, path, tmp_path):
    witness = tmp_path / "ran"
    content = weights(cascading)
    if where == "beside the weights":
        content["acc"] = Malicious(witness)
    elif where == "among them":
        content["policy"]["critic.0.bias"] = Malicious(witness)
    else:
        content = Malicious(witness)
    torch.save(content, path, _use_new_zipfile_serialization=not legacy)
    with pytest.raises(UnusableCheckpoint, match=r"must hold plain data .* but asks for posix.mkdir: refused"):
        read_checkpoint(path)
    assert not witness.exists()
    torch.load(path, weights_only=False)  # the file does do it to those who trust it
    assert witness.exists()


def test_archives_that_torch_reads_less_carefully_are_refused(path, tmp_path):
    witness = tmp_path / "ran"
    with tarfile.open(path, "w") as archive:
        entry, content = tarfile.TarInfo("pickle"), pickle.dumps(Malicious(witness))
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    with pytest.raises(UnusableCheckpoint, match="must not be a tar archive"):
        read_checkpoint(path)
    torch.jit.script(nn.Linear(2, 2)).save(str(path))
    with pytest.raises(UnusableCheckpoint, match="is a TorchScript program"):
        read_checkpoint(path)
    assert not witness.exists()


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("kept", [0, 10, 0.3, 0.99])
def test_a_truncated_file_is_called_that(legacy, kept, cascading, path):
    torch.save(weights(cascading), path, _use_new_zipfile_serialization=not legacy)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept if kept > 1 or kept == 0 else kept * len(whole))])
    with pytest.raises(
        UnusableCheckpoint, match=r"model.pth.tar must be a whole checkpoint .* is the download complete"
    ):
        read_checkpoint(path)


def test_what_is_no_checkpoint_is_said_to_be_none(path):
    with pytest.raises(UnusableCheckpoint, match="there is no such file"):
        read_checkpoint(path)
    path.write_text("<html>Google Drive: quota exceeded</html>")
    with pytest.raises(UnusableCheckpoint, match="must be a whole checkpoint"):
        read_checkpoint(path)
    torch.save([1, 2], path)
    with pytest.raises(UnusableCheckpoint, match="must hold a dictionary, but holds a list"):
        read_checkpoint(path)
    torch.save({"state_dict": {}, "epoch": 1}, path)
    with pytest.raises(UnusableCheckpoint, match="model_prime_state_dict is missing; it holds state_dict, epoch"):
        read_checkpoint(path)


def test_a_checkpoint_of_stage_1_has_no_policy_yet(cascading, path):
    torch.save(weights(cascading) | {"policy": None}, path)
    with pytest.raises(UnusableCheckpoint, match="written after stage 1: it has no policy yet"):
        read_checkpoint(path)


def test_an_unknown_backbone_is_answered_with_those_that_are_known():
    with pytest.raises(ValueError, match=r"must be one of resnet50, .*, efficientnet_b3, but was 'resnet101'"):
        configuration("resnet101")


@pytest.mark.parametrize(
    ("backbone", "complaint"),
    [
        ("resnet50", "model_prime_state_dict must hold conv1.weight to be of resnet50, but holds conv_stem.weight, "),
        ("mobilenetv3_large_100", r"blocks.1.0.conv_pw.weight must be \[64, 16, 1, 1\] to be of mobilenetv3_large_100, "
                                  r"but was \[32, 16, 1, 1\]"),
    ],
)  # fmt: skip
def test_another_backbone_is_refused_by_the_first_weight_that_differs(backbone, complaint, cascading, path):
    found = read_checkpoint(save_trained(path, cascading))
    with pytest.raises(UnusableCheckpoint, match=complaint):
        found.network(configuration(backbone), 96, 3)


def test_what_the_file_says_it_is_is_believed(cascading, path):
    found = read_checkpoint(save_published(path, cascading, {"model_name": "efficientnet_b2", "patch_size": 32}))
    with pytest.raises(
        UnusableCheckpoint, match="says that its model_name is 'efficientnet_b2', but was to be 'small-m"
    ):
        found.network(CASCADING, 32, 3)


@pytest.mark.parametrize(("kind", "layer"), [("cascade", 3), ("own-first", 3), ("linear", 0)])
def test_a_patch_that_the_policy_was_not_made_for_is_refused_with_the_one_that_fits(kind, layer, path):
    network = small_network(SMALL[kind], 32, 3)
    found = read_checkpoint(save_trained(path, network))
    with pytest.raises(
        UnusableCheckpoint,
        match=rf"patches of 48 must fit the policy's state_encoder.{layer}.weight, but those of patches of 32 do",
    ):
        found.network(SMALL[kind], 48, 3)


def test_more_looks_than_the_cascade_has_layers_for_are_refused(cascading, path):
    found = read_checkpoint(save_trained(path, cascading))
    assert found.network(CASCADING, 32, 5).steps == 5
    with pytest.raises(UnusableCheckpoint, match=r"fc must hold fc_6.weight to be of small-mobile"):
        found.network(CASCADING, 32, 6)


def test_weights_without_a_place_and_weights_that_are_not_numbers_are_refused(cascading, path):
    content = weights(cascading)
    content["model_state_dict"] |= {"extra.weight": torch.zeros(2)}
    torch.save(content, path)
    with pytest.raises(UnusableCheckpoint, match="model_state_dict holds 1 that small-mobile has no place for: extra"):
        read_checkpoint(path).network(CASCADING, 32, 3)
    content = weights(cascading)
    content["policy"]["actor.0.bias"] = torch.tensor([0.0, float("nan")])
    torch.save(content, path)
    with pytest.raises(UnusableCheckpoint, match=r"policy: actor.0.bias must hold finite numbers, but does not"):
        read_checkpoint(path).network(CASCADING, 32, 3)


def test_a_gru_for_a_cascade_is_refused(path):
    network = small_network(RECURRENT, 32, 4)
    found = read_checkpoint(save_trained(path, network))
    with pytest.raises(
        UnusableCheckpoint, match=r"fc must hold fc_2.weight to be of small-regnet, but holds rnn.weight_ih"
    ):
        found.network(replace(RECURRENT, head="cascade"), 32, 4)


def test_weights_that_no_look_uses_are_left_out(cascading, path):
    everything = sum(value.numel() for value in nn.ModuleList([cascading]).parameters())
    found: PublishedNetwork = read_checkpoint(save_trained(path, cascading)).network(CASCADING, 32, 3)
    dropped = [cascading.model.own, cascading.policy.critic, cascading.fc.fc_4, cascading.fc.fc_5]
    unused = sum(value.numel() for module in dropped for value in module.parameters())
    assert sum(value.numel() for value in found.parameters()) == everything - unused


def test_an_encoder_whose_file_lacks_batch_counters_is_loaded(path):
    network = small_network(LINEAR, 32, 3)
    content = weights(network, "module.")
    for part in ("model_prime_state_dict", "model_state_dict"):
        content[part] = {name: value for name, value in content[part].items() if "num_batches" not in name}
    torch.save(content, path)
    found = read_checkpoint(path).network(LINEAR, 32, 3)
    assert torch.equal(found.glance_encoder.features.norm0.weight, network.model_prime.features.norm0.weight)
