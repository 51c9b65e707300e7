"""The fourteen published configurations, rebuilt: the same keys, sizes, costs and outputs."""

import sys

import pytest
import torch
from checkpoints import SMALL, random_network, save_published, save_trained, small_network
from upstream import Upstream, flops, multiply_adds

from saccade_training.onnx_files import session
from saccade_training.published.checkpoint import read_checkpoint
from saccade_training.published.configurations import CONFIGURATIONS, configuration
from saccade_training.published.graph import LookGraph, check_parity, memory_size

# backbone, patch: millions of weights of an encoder, the policy (critic included) and the classifier (all its layers);
# millions of multiply-adds of an encoder, of the policy, and of all looks until each; entries of an encoder.
PUBLISHED = {
    ("resnet50", 96): (25.557, 46.150, 10.468, 750.70, 46.14, (761.2, 1568.5, 2375.8, 3183.1, 3990.4), 320),
    ("resnet50", 128): (25.557, 75.510, 10.468, 1334.6, 75.50, (1345.0, 2765.6, 4186.1, 5606.6, 7027.2), 320),
    ("densenet121", 96): (7.979, 27.275, 7.323, 520.4, 27.27, (527.7, 1082.6, 1637.6, 2192.5, 2747.5), 727),
    ("densenet169", 96): (14.149, 39.072, 9.289, 616.8, 39.06, (626.1, 1291.2, 1956.4, 2621.5, 3286.7), 1015),
    ("densenet201", 96): (20.014, 43.790, 10.075, 787.9, 43.78, (797.9, 1639.6, 2481.3, 3323.0, 4164.7), 1207),
    ("regnety_600m", 96): (6.055, 0.489, 6.045, 111.0, 0.64, (111.6, 229.3, 347.0, 464.7, 582.4), 362),
    ("regnety_800m", 96): (6.263, 0.494, 6.536, 146.9, 0.69, (147.7, 301.9, 456.0, 610.2, 764.4), 340),
    ("regnety_1.6g", 96): (11.202, 0.498, 6.905, 297.2, 0.72, (298.1, 602.8, 907.6, 1212.4, 1517.2), 626),
    ("mobilenetv3_large_100", 96): (5.483, 0.500, 17.924, 41.78, 0.744, (43.06, 88.14, 134.51), 312),
    ("mobilenetv3_large_100", 128): (5.483, 0.557, 17.924, 72.15, 1.016, (73.43, 149.15, 226.16), 312),
    ("mobilenetv3_large_125", 128): (7.552, 0.565, 17.924, 118.25, 1.139, (119.53, 241.47, 364.70), 312),
    ("efficientnet_b2", 128): (9.110, 0.572, 19.716, 215.6, 1.246, (217.0, 436.7, 657.7, 880.2), 508),
    ("efficientnet_b3", 128): (12.233, 0.576, 21.508, 315.1, 1.311, (316.6, 636.1, 957.2, 1279.7), 574),
    ("efficientnet_b3", 144): (12.233, 0.650, 21.508, 430.9, 1.827, (432.4, 868.3, 1305.6, 1744.5), 574),
}

# backbone: side of the view, of the picture before the middle is cut out, Pillow's filter for that, the glance's
# kernel, patch sizes (the glance is as large as the patch), looks. As in inference.py and the configurations of
# blackfeather-wang/GFNet-Pytorch, snapshot 8a6775c, and written out so that our own table cannot vouch for itself.
# A shorter side is int(view / crop share): 224 / 0.875, 260 / 0.875 and 300 / 0.904.
SEEN = {
    "resnet50": (224, 256, "bilinear", "bicubic", (96, 128), 5),
    "densenet121": (224, 256, "bilinear", "bilinear", (96,), 5),
    "densenet169": (224, 256, "bilinear", "bilinear", (96,), 5),
    "densenet201": (224, 256, "bilinear", "bilinear", (96,), 5),
    "regnety_600m": (224, 256, "bilinear", "bilinear", (96,), 5),
    "regnety_800m": (224, 256, "bilinear", "bilinear", (96,), 5),
    "regnety_1.6g": (224, 256, "bilinear", "bilinear", (96,), 5),
    "mobilenetv3_large_100": (224, 256, "bilinear", "bicubic", (96, 128), 3),
    "mobilenetv3_large_125": (224, 256, "bilinear", "bicubic", (128,), 3),
    "efficientnet_b2": (260, 297, "bicubic", "bicubic", (128,), 4),
    "efficientnet_b3": (300, 331, "bicubic", "bicubic", (128, 144), 4),
}


def millions(module) -> float:
    return sum(value.numel() for value in module.parameters()) / 1e6


def test_the_published_configurations_are_fourteen_and_all_are_known():
    assert {(name, patch) for name, shape in CONFIGURATIONS.items() for patch in shape.patches} == set(PUBLISHED)


def test_pictures_are_resized_cut_and_shrunk_as_each_family_was_trained():
    found = {
        name: (shape.image, shape.resize, shape.filter, shape.glance, shape.patches, shape.steps)
        for name, shape in CONFIGURATIONS.items()
    }
    assert found == SEEN


@pytest.mark.parametrize(("backbone", "patch"), PUBLISHED)
def test_a_rebuilt_network_has_the_weights_and_costs_that_were_published(backbone, patch):
    shape = configuration(backbone)
    encoder, policy, classifier, of_encoder, of_policy, until, entries = PUBLISHED[backbone, patch]
    with torch.device("meta"):  # only shapes are looked at
        network = Upstream(shape, patch, shape.steps, 1000).eval()
        counted = [value / 1e6 for value in flops(network)]
        seen = torch.zeros(1, network.model.channels, *2 * [shape.map_side(patch)])
        parts = [
            multiply_adds(network.model, lambda: network.model(torch.zeros(1, 3, patch, patch))),
            multiply_adds(network.policy, lambda: network._act(seen, torch.zeros(1, 1, shape.policy_state), "")),
        ]
    assert len(network.model.state_dict()) == entries
    assert [round(millions(part), 3) for part in (network.model, network.policy, network.fc)] == [
        pytest.approx(value, abs=0.0011) for value in (encoder, policy, classifier)
    ]
    assert counted == [pytest.approx(value, rel=0.002) for value in until]
    assert [value / 1e6 for value in parts] == [
        pytest.approx(of_encoder, rel=0.002),
        pytest.approx(of_policy, rel=0.008),
    ]


@pytest.mark.parametrize("backbone", [name for name in CONFIGURATIONS if "regnet" not in name])
def test_encoders_are_those_of_torchvision_and_timm_by_keys_and_outputs(backbone):
    models = pytest.importorskip("torchvision.models", reason="needs requirements-test.txt")
    timm = pytest.importorskip("timm", reason="needs requirements-test.txt")
    if backbone.startswith(("resnet", "densenet")):
        theirs = getattr(models, backbone)(weights=None)
    elif backbone == "mobilenetv3_large_125":
        theirs = sys.modules[timm.models.MobileNetV3.__module__]._gen_mobilenet_v3("mobilenetv3_large_100", 1.25)
    else:
        theirs = timm.create_model(backbone, pretrained=False)
    ours = configuration(backbone).encoder(1000).eval()
    agree(ours, theirs.eval(), ours.state_dict())


# pycls is not to be had as a package; timm names the layers of the same RegNets otherwise.
TIMM_NAMES = [
    ("stem.conv", "stem.conv"),
    ("stem.bn", "stem.bn"),
    (".f.a_bn.", ".conv1.bn."),
    (".f.a.", ".conv1.conv."),
    (".f.b_bn.", ".conv2.bn."),
    (".f.b.", ".conv2.conv."),
    (".f.c_bn.", ".conv3.bn."),
    (".f.c.", ".conv3.conv."),
    (".f.se.f_ex.0.", ".se.fc1."),
    (".f.se.f_ex.2.", ".se.fc2."),
    (".proj.", ".downsample.conv."),
    (".bn.", ".downsample.bn."),
    ("fc.", "head.fc."),
]


@pytest.mark.parametrize(
    ("backbone", "theirs"), [("regnety_600m", "006"), ("regnety_800m", "008"), ("regnety_1.6g", "016")]
)
def test_regnets_are_those_of_timm_under_the_names_of_pycls(backbone, theirs):
    timm = pytest.importorskip("timm", reason="needs requirements-test.txt")
    ours = configuration(backbone).encoder(1000).eval()

    def renamed(name: str) -> str:
        return next(name.replace(mine, other) for mine, other in TIMM_NAMES if mine in name)

    weights = {renamed(name): value for name, value in ours.state_dict().items()}
    assert len(weights) == len(ours.state_dict())
    agree(ours, timm.create_model(f"regnety_{theirs}", pretrained=False).eval(), weights)


@torch.no_grad()
def agree(ours, theirs, weights: dict) -> None:
    torch.manual_seed(1)
    for name, value in weights.items():
        if name.endswith("running_var"):  # small ones, so that another eps would show
            value.uniform_(1e-3, 1.0)
        elif name.endswith("running_mean"):
            value.uniform_(-0.3, 0.3)
    theirs.load_state_dict(weights)
    pixels = torch.randn(2, 3, 96, 96)
    wanted = theirs(pixels)
    found = ours.own(ours(pixels)[0])
    assert wanted.std() > 0
    torch.testing.assert_close(found, wanted, rtol=1e-4, atol=1e-4 * float(wanted.abs().max()))


@pytest.mark.parametrize("kind", SMALL)
@pytest.mark.parametrize("save", [save_trained, lambda path, network: save_published(path, network, {})])
def test_both_dialects_give_graphs_that_say_what_pytorch_says(kind, save, tmp_path):
    shape = SMALL[kind]
    network = small_network(shape, shape.patches[0], shape.steps)
    found = read_checkpoint(save(tmp_path / "a.pth.tar", network)).network(shape, shape.patches[0], shape.steps)
    graph = LookGraph(found)
    assert max(check_parity(found, graph, rounds=3).values()) < 1e-4
    assert (graph.published_adds.cumsum() == flops(network)).all()


@pytest.mark.parametrize("kind", SMALL)
def test_a_graph_has_the_runtimes_tensors_and_no_weight_that_no_look_uses(kind, tmp_path):
    shape = SMALL[kind]
    network = small_network(shape, shape.patches[0], shape.steps)
    found = read_checkpoint(save_trained(tmp_path / "a.pth.tar", network)).network(shape, 32, shape.steps)
    graph = LookGraph(found).onnx()
    run = session(graph)
    memory = memory_size(found)
    assert {entry.name: entry.shape for entry in run.get_inputs()} == {"view": [1, 32, 32, 3], "memory": [1, memory]}
    assert {entry.name: entry.shape for entry in run.get_outputs()} == {
        "probabilities": [1, 5], "action": [1, 2], "next_memory": [1, memory],
    }  # fmt: skip
    assert not [name for name, _ in found.named_parameters() if "critic" in name or "fc_4" in name or "fc_5" in name]
    assert hasattr(found.focus_encoder.own, "weight") is False
    weights = sum(value.numel() for value in found.parameters())
    assert len(graph) < 4 * weights + 60_000  # nothing is there twice


@pytest.mark.slow
@pytest.mark.parametrize(("backbone", "patch"), PUBLISHED)
def test_a_full_size_network_is_imported_and_its_graph_says_what_pytorch_says(backbone, patch, tmp_path):
    shape = configuration(backbone)
    network = random_network(shape, patch, shape.steps, 1000, seed=3, count=16)
    path = save_published(tmp_path / "a.pth.tar", network, {"model_name": backbone, "patch_size": patch})
    published = flops(network)
    del network
    found = read_checkpoint(path).network(shape, patch, shape.steps)
    graph = LookGraph(found)
    assert (graph.published_adds.cumsum() == published).all()
    worst = check_parity(found, graph)
    size = len(graph.onnx()) / 1e6
    shown = [worst[name] for name in ("feature", "map", "policy_state", "classifier_memory", "logits", "action")]
    print(f"\n| {backbone} | {patch} | {millions(found):.1f} | {size:.0f} |", *(f"{value:.0e} |" for value in shown))
    assert max(value for name, value in worst.items() if name != "probabilities") < 1e-4
