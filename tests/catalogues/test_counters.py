"""Each counter counts its own unit, and is not taken in by what lies beside it."""

import pytest

from analytics.catalogues import Count, NotCounted, keras_applications, timm, torchaudio, torchvision

TORCHVISION = {
    "torchvision/models/resnet.py": """
class ResNet50_Weights(WeightsEnum):
    V1 = Weights(url="a")
    V2 = Weights(url="b")
    DEFAULT = V2
""",
    "torchvision/models/quantization/resnet.py": """
class ResNet50_QuantizedWeights(WeightsEnum):
    V1 = Weights(url="c")
    DEFAULT = V1
""",
}
OLD_TORCHVISION = {
    "torchvision/models/mnasnet.py": '_MODEL_URLS = {"mnasnet0_5": "https://x", "mnasnet0_75": None}',
    "torchvision/models/detection/faster.py": 'backbone_urls = {"r": "https://y"}',
}
TORCHAUDIO = {
    "torchaudio/pipelines/a.py": "A = _Wav2Vec2Bundle(1)\nB = Wav2Vec2Bundle(2)\nC = Params(3)",
    "torchaudio/prototype/pipelines/b.py": "D = HIFIBundle(4)",
}
KERAS = {
    "keras/src/applications/resnet.py": """
@keras_export(["keras.applications.resnet50.ResNet50", "keras.applications.ResNet50"])
def ResNet50(include_top=True, weights="imagenet"): ...
@keras_export("keras.applications.resnet50.preprocess_input")
def preprocess_input(x, data_format=None): ...
""",
    "keras/src/applications/resnet_test.py": "@keras_export('keras.applications.X')\ndef X(weights=None): ...",
}
TIMM = {
    "timm/models/vit.py": """
def _cfg(url="", **kwargs):
    return {"url": url, **kwargs}
sizes = {"tiny": 1, "base": 2}
default_cfgs = generate_default_cfgs({
    "vit_tiny.a": _cfg(hf_hub_id="timm/"),
    "vit_tiny.untrained": _cfg(),
    "vit_gone.a": _cfg(url="https://x"),
    **{f"vit_{size}.made": _cfg(hf_hub_id="timm/") for size in sizes},
})
@register_model
def vit_tiny(): ...
@register_model
def vit_base(): ...
""",
}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (lambda: torchvision.count(TORCHVISION), Count(3, {"quantised": 1})),
        (lambda: torchvision.count(OLD_TORCHVISION), Count(1, {"quantised": 0})),
        (lambda: torchaudio.count({p: t for p, t in TORCHAUDIO.items() if torchaudio.wanted(p)}), Count(2)),
        (lambda: keras_applications.count({p: t for p, t in KERAS.items() if keras_applications.wanted(p)}), Count(1)),
    ],
)
def test_aliases_nulls_tests_and_prototypes_do_not_count(count: object, expected: Count) -> None:
    """Members and not aliases, addresses and not nulls, functions and not names."""
    assert count() == expected  # type: ignore[operator]  # a function of no arguments


def test_timm_s_names_are_made_by_code_and_still_counted() -> None:
    """Two made by a comprehension, one literal; no source, or no registered architecture, is no model."""
    counted = timm.count(TIMM)

    assert (counted.number, counted.unread) == (3, 0)
    assert set(counted.names) == {"timm/vit_tiny.a", "timm/vit_tiny.made", "timm/vit_base.made"}


@pytest.mark.parametrize("counter", [torchvision, torchaudio, keras_applications, timm])
def test_another_layout_fails_loudly(counter: object) -> None:
    """Nothing found is an error, never a zero."""
    with pytest.raises(NotCounted):
        counter.count({"elsewhere/models.py": "x = 1"})  # type: ignore[attr-defined]  # a counter's module
