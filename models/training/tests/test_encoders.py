import pytest
import torch

from saccade_training import graphs
from saccade_training.encoders import ENCODERS, Depthwise, arranged
from saccade_training.network import Geometry, GlanceFocus
from saccade_training.onnx_files import graph_of, multiply_adds

# Parameters without the 1000-way layer, and multiply-adds, of the published configurations.
PUBLISHED = [("mobilenet-v3-large", 96, 5_483_032 - 1_281_000, 41.78e6),
             ("mobilenet-v3-large", 128, 5_483_032 - 1_281_000, 72.15e6),
             ("resnet50", 96, 25_557_032 - 2_049_000, 750.70e6)]  # fmt: skip


@pytest.mark.parametrize(("name", "side", "parameters", "expected"), PUBLISHED)
def test_encoders_are_the_published_ones_by_parameters_and_multiply_adds(name, side, parameters, expected):
    encoder = ENCODERS[name](False).eval()
    assert sum(parameter.numel() for parameter in encoder.parameters()) == parameters
    encoder.fold()
    graph = graph_of(encoder, (torch.zeros(1, 3, side, side),), ["x"], ["feature", "map"])
    assert multiply_adds(graph) == pytest.approx(expected, rel=0.002)


@pytest.mark.parametrize("name", ["efficientnet-lite0", "mobilenet-v3-large", "resnet50", "tiny"])
@pytest.mark.parametrize("side", [96, 112])
def test_features_and_maps_have_the_sizes_they_claim(name, side):
    encoder = ENCODERS[name](False).eval()
    with torch.no_grad():
        feature, seen = encoder(encoder.normalised(torch.full((2, side, side, 3), 127.0)))
    assert feature.shape == (2, encoder.features)
    assert seen.shape == (2, encoder.channels, encoder.map_side(side), encoder.map_side(side))


def test_each_encoder_takes_the_pixels_it_was_made_for():
    grey = torch.full((1, 32, 32, 3), 127.5)
    assert ENCODERS["efficientnet-lite0"](False).normalised(grey)[0, :, 0, 0].tolist() == [0.5 / 128] * 3
    mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    torch.testing.assert_close(ENCODERS["resnet50"](False).normalised(grey)[0, :, 0, 0], (0.5 - mean) / deviation)


@pytest.mark.parametrize(
    ("backbone", "head"),
    [("tiny", "mean"), ("tiny", "gru"), ("mobilenet-v3-large", "cascade"), ("mobilenet-v3-large", "gru")],
)
def test_every_kind_of_network_exports_to_graphs_that_say_the_same(backbone, head):
    torch.manual_seed(2)
    network = GlanceFocus(Geometry(backbone, 112, 64, 3, 4, head), pretrained=False, hidden=8, reduced=4).eval()
    glance, focus = graphs.export(network)
    assert graphs.check_parity(network, glance, focus) < 1e-4
    assert multiply_adds(focus) > 0


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (5, 2)])
def test_depthwise_in_bfloat16_goes_back_as_in_float32(kernel, stride):
    torch.manual_seed(3)
    layer = Depthwise(8, 8, kernel, stride, padding=kernel // 2, groups=8, bias=False)
    pixels, found = torch.randn(4, 8, 16, 16, requires_grad=True), {}
    for bf16 in (False, True):
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            output = layer(pixels)
        found[bf16] = [output, *torch.autograd.grad(output.float().square().sum(), [pixels, layer.weight])]
    assert found[True][0].dtype == torch.bfloat16
    for ours, wanted in zip(found[True], found[False]):
        assert float((ours.float() - wanted).norm() / wanted.norm()) < 0.01


def test_bfloat16_is_for_training_only():
    encoder = arranged(ENCODERS["tiny"](False), True).train()
    pixels = torch.rand(4, 64, 64, 3) * 255
    feature, seen = encoder.see(pixels)
    assert feature.dtype == seen.dtype == torch.float32
    assert not torch.equal(feature, encoder(encoder.normalised(pixels))[0])
    encoder.eval()
    with torch.no_grad():
        assert torch.equal(encoder.see(pixels)[0], encoder(encoder.normalised(pixels))[0])


def test_a_gru_remembers_the_order_of_the_looks():
    torch.manual_seed(3)
    network = GlanceFocus(Geometry("tiny", 64, 32, 3, 4, "gru"), hidden=8, reduced=4).eval()
    first, second = torch.randn(1, network.features), torch.randn(1, network.features)
    assert not torch.allclose(network.classify([first, second]), network.classify([second, first]))
    assert network.heads.memory_size == 512


def test_the_mean_is_of_probabilities_and_the_glance_counts_half():
    torch.manual_seed(3)
    network = GlanceFocus(Geometry("tiny", 64, 32, 3, 4, "mean"), hidden=8, reduced=4).eval()
    features = [4 * torch.randn(2, network.features) for _ in range(3)]
    alone = [torch.softmax(logits, 1) for logits in network.taught(features)[:3]]
    for looks in (1, 2, 3):
        said = torch.softmax(network.classify(features[:looks]), 1)
        torch.testing.assert_close(said, (0.5 * alone[0] + sum(alone[1:looks])) / (looks - 0.5))
    assert network.heads.memory_size == 5


def test_a_small_glance_counts_less_by_its_pixels():
    network = GlanceFocus(Geometry("tiny", 64, 48, 2, 4, glance=32), hidden=8, reduced=4)
    assert network.heads.of_glance == pytest.approx(0.5 * (32 / 48) ** 2)


def test_every_head_is_taught_each_look_of_f_l_and_all_looks_together():
    mean = GlanceFocus(Geometry("tiny", 64, 32, 3, 4, "mean"), hidden=8, reduced=4).eval()
    assert len(mean.taught([torch.randn(2, mean.features) for _ in range(3)])) == 5
    for head in ("cascade", "gru"):
        torch.manual_seed(3)
        network = GlanceFocus(Geometry("tiny", 64, 32, 3, 4, head), hidden=8, reduced=4).eval()
        features = [torch.randn(2, network.features) for _ in range(3)]
        taught = network.taught(features)
        assert len(taught) == 5
        assert all(torch.equal(taught[look], network.classify(features[: look + 1])) for look in range(3))
        assert all(torch.equal(taught[2 + look], network.heads.auxiliary(features[look])) for look in (1, 2))


def test_unknown_heads_and_backbones_are_named():
    with pytest.raises(
        ValueError, match=r"the head must be one of \['mean', 'cascade', 'gru'\], but was 'transformer'"
    ):
        Geometry("tiny", 64, 32, 3, 4, "transformer")
    with pytest.raises(ValueError, match=r"the glance must be from 32 to 48, the patch, but was 64"):
        Geometry("tiny", 64, 48, 3, 4, glance=64)
    with pytest.raises(ValueError, match=r"the backbone must be one of .* but was 'vgg'"):
        Geometry("vgg", 64, 32, 3, 4)
