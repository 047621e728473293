"""A tiny configuration of any type, out of what its own class says."""

from typing import Any, ClassVar

from tests.reach.shrinking import shrink


class _Eye:
    model_type = "eye"
    sub_configs: ClassVar[dict[str, Any]] = {}

    def to_dict(self) -> dict[str, Any]:
        return {"hidden_size": 1024, "patch_size": 4, "depths": [2, 2, 18, 2]}


class _Whole(_Eye):
    sub_configs: ClassVar[dict[str, Any]] = {"vision_config": _Eye}

    def __init__(self) -> None:
        self.vision_config = _Eye()

    def to_dict(self) -> dict[str, Any]:
        return {
            "num_attention_heads": 32,
            "num_key_value_heads": 8,
            "qk_rope_head_dim": 64,
            "head_dim": 192,
            "pad_token_id": 151643,
            "bos_token_id": 1,
            "image_token_id": 151655,
            "layer_types": ["full_attention"],
            "num_hidden_layers": 40,
        }


def test_sizes_shrink_and_never_grow_and_parts_shrink_with_them() -> None:
    """What is no size of a known name stays with the class; heads that are shared stay shared."""
    assert shrink(_Eye, {}) == {"hidden_size": 64, "patch_size": 4}
    small = shrink(_Whole, {"vision_config": {"patch_size": 2}})

    assert (small["num_attention_heads"], small["num_key_value_heads"], small["num_hidden_layers"]) == (4, 2, 4)
    assert small["vision_config"] == {"model_type": "eye", "hidden_size": 64, "patch_size": 2}
    assert "head_dim" not in small


def test_tokens_stay_within_the_tiny_vocabulary() -> None:
    """Those that are within it stay as they are; one that stands for a picture is never shown by chance."""
    small = shrink(_Whole, {})

    assert small["pad_token_id"] == 0
    assert "bos_token_id" not in small
    assert 120 <= small["image_token_id"] < 128
