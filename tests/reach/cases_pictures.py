"""Pictures, pictures with text, and speech."""

from collections.abc import Mapping
from typing import Any

from tests.reach.case import MIDDLE, NEW, OLD, PLAIN, SINCE_5, TIMM, Case
from tests.reach.cases_decoders import GEMMA_3, GEMMA_4, HEADS, KERAS

VIT: Mapping[str, Any] = {
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "image_size": 32,
    "patch_size": 8,
    "num_channels": 3,
    "num_labels": 3,
}
DINO = {**VIT, "mlp_ratio": 2, "patch_size": 8}
SWIN = {
    "image_size": 64,
    "patch_size": 4,
    "embed_dim": 32,
    "depths": [1, 2],
    "num_heads": [2, 4],
    "window_size": 4,
    "num_labels": 3,
}
CONVNEXT = {"hidden_sizes": [16, 24, 32, 48], "depths": [1, 1, 2, 1], "num_labels": 3}
SEGFORMER = {
    "hidden_sizes": [16, 24, 32, 48],
    "depths": [1, 1, 1, 1],
    "num_attention_heads": [1, 2, 4, 4],
    "decoder_hidden_size": 32,
    "num_labels": 3,
    "image_size": 64,
}
CLIP_HALVES = {
    "text_config": {
        "vocab_size": 128,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "max_position_embeddings": 77,
        "bos_token_id": 126,
        "eos_token_id": 127,
        "projection_dim": 32,
    },
    "vision_config": {
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "image_size": 32,
        "patch_size": 8,
        "projection_dim": 32,
    },
    "projection_dim": 32,
}
METACLIP = {**CLIP_HALVES, "text_config": {**CLIP_HALVES["text_config"], "bos_token_id": 0, "eos_token_id": 2}}
SIGLIP = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "image_size": 112,
    "patch_size": 14,
}
GEMMA_3_WHOLE = {
    "text_config": GEMMA_3,
    "vision_config": SIGLIP,
    "vocab_size": 128,
    "mm_tokens_per_image": 4,
    "image_token_index": 120,
    "boi_token_index": 121,
    "eoi_token_index": 122,
}
GEMMA_4_WHOLE = {
    "text_config": GEMMA_4,
    "vision_config": {
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "patch_size": 4,
        "pooling_kernel_size": 2,
        "position_embedding_size": 64,
    },
    "vocab_size": 128,
    "image_token_id": 120,
}
PALIGEMMA = {
    "text_config": {**HEADS, "model_type": "gemma"},
    "vision_config": {
        **SIGLIP,
        "image_size": 56,
        "model_type": "siglip_vision_model",
        "projection_dim": 64,
        "vision_use_head": False,
    },
    "image_token_index": 120,
    "projection_dim": 64,
    "hidden_size": 64,
}
LINEAR_LAYERS = {
    "linear_num_key_heads": 2,
    "linear_num_value_heads": 4,
    "linear_key_head_dim": 16,
    "linear_value_head_dim": 16,
    "linear_conv_kernel_dim": 4,
    "num_hidden_layers": 4,
    "full_attention_interval": 4,
}
QWEN_VISION = {
    "depth": 2,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_heads": 2,
    "patch_size": 14,
    "spatial_merge_size": 2,
    "temporal_patch_size": 2,
    "out_hidden_size": 64,
    "num_position_embeddings": 16,
}
QWEN_3_5 = {
    "text_config": {**HEADS, **LINEAR_LAYERS},
    "vision_config": QWEN_VISION,
    "image_token_id": 120,
    "video_token_id": 121,
    "vision_start_token_id": 122,
    "vision_end_token_id": 123,
}
QWEN_3_5_MOE = {
    **QWEN_3_5,
    "text_config": {
        **HEADS,
        **LINEAR_LAYERS,
        "num_experts": 4,
        "num_experts_per_tok": 2,
        "moe_intermediate_size": 32,
        "shared_expert_intermediate_size": 32,
    },
}
WHISPER = {
    "vocab_size": 128,
    "d_model": 64,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 96,
    "decoder_ffn_dim": 96,
    "num_mel_bins": 16,
    "max_source_positions": 50,
    "max_target_positions": 32,
    "decoder_start_token_id": 1,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
    "suppress_tokens": None,
    "begin_suppress_tokens": None,
}
WAV2VEC2 = {
    "vocab_size": 32,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "conv_dim": [32, 32],
    "conv_stride": [5, 2],
    "conv_kernel": [10, 3],
    "num_conv_pos_embeddings": 16,
    "num_conv_pos_embedding_groups": 4,
}


def _seen(model_type: str, architecture: str, settings: Mapping[str, Any], variant: str = PLAIN, **more: Any) -> Case:
    """Make a checkpoint that is shown a picture."""
    return Case(model_type, architecture, settings, variant, inputs="picture", **more)


PICTURES = (
    _seen("vit", "ViTForImageClassification", VIT),
    _seen("vit", "ViTModel", VIT),
    _seen("vit", "ViTForImageClassification", {**VIT, "qkv_bias": False}, "qkv_bias false"),
    _seen("vit", "ViTForImageClassification", {**VIT, "layer_norm_eps": 1e-3}, "layer_norm_eps 1e-3"),
    _seen("vit", "ViTForImageClassification", {**VIT, "hidden_act": "relu"}, "hidden_act relu"),
    _seen("vit", "ViTForImageClassification", {**VIT, "num_labels": 2}, "two labels without names"),
    _seen("deit", "DeiTForImageClassification", VIT),
    _seen("deit", "DeiTForImageClassificationWithTeacher", VIT),
    _seen(
        "deit",
        "DeiTForImageClassificationWithTeacher",
        VIT,
        "its class for classifiers",
        keras_class="DeiTImageClassifier",
    ),
    _seen("deit", "DeiTModel", VIT),
    _seen("dinov2", "Dinov2Model", DINO),
    _seen("dinov2", "Dinov2ForImageClassification", DINO),
    _seen("dinov2", "Dinov2Model", {**DINO, "use_swiglu_ffn": True}, "use_swiglu_ffn true"),
    _seen("dinov2_with_registers", "Dinov2WithRegistersModel", DINO),
    _seen("dinov2_with_registers", "Dinov2WithRegistersForImageClassification", DINO),
    _seen("dinov3_vit", "DINOv3ViTModel", {**VIT, "num_register_tokens": 4}, writers=(OLD, MIDDLE, NEW)),
    _seen("swin", "SwinForImageClassification", SWIN),
    _seen("swin", "SwinModel", SWIN),
    _seen("convnext", "ConvNextForImageClassification", CONVNEXT),
    _seen("convnext", "ConvNextModel", CONVNEXT),
    _seen("segformer", "SegformerForSemanticSegmentation", SEGFORMER),
)

TOGETHER = (
    Case("clip", "CLIPModel", CLIP_HALVES, inputs="picture and text"),
    Case("metaclip_2", "MetaClip2Model", METACLIP, inputs="picture and text", writers=(OLD, MIDDLE, NEW)),
    Case("metaclip_2", "MetaClip2Model", CLIP_HALVES, "eos_token_id 127", "picture and text"),
    Case("gemma3", "Gemma3ForConditionalGeneration", GEMMA_3_WHOLE, writers=(OLD, MIDDLE, NEW)),
    Case(
        "paligemma",
        "PaliGemmaForConditionalGeneration",
        PALIGEMMA,
        inputs="picture before text",
        writers=(OLD, MIDDLE, NEW),
    ),
    Case("qwen3_5", "Qwen3_5ForConditionalGeneration", QWEN_3_5, writers=SINCE_5),
    Case("qwen3_5_moe", "Qwen3_5MoeForConditionalGeneration", QWEN_3_5_MOE, writers=SINCE_5, libraries=KERAS),
    Case("gemma4", "Gemma4ForConditionalGeneration", GEMMA_4_WHOLE, writers=SINCE_5),
    Case("whisper", "WhisperForConditionalGeneration", WHISPER, inputs="spectrogram"),
    Case("wav2vec2", "Wav2Vec2ForCTC", WAV2VEC2, inputs="wave"),
)

TIMM_NAMES = (
    "resnet18",
    "resnet50",
    "resnetv2_50",
    "cspresnet50",
    "cspdarknet53",
    "darknet53",
    "densenet121",
    "efficientnet_b0",
    "efficientnetv2_rw_t",
    "tf_efficientnet_b0",
    "hgnetv2_b0",
    "mobilenetv2_100",
    "mobilenetv3_small_100",
    "mobilenetv3_large_100",
    "mobilenetv4_conv_small",
    "mobilenetv5_base",
    "vgg11",
    "vgg11_bn",
    "resnext50_32x4d",
)
PREFIXES = ("csp", "dark", "densenet", "efficientnet", "hgnetv2", "mobilenetv5", "mobilenet", "resnet", "vgg")


def _prefix(name: str) -> str:
    """Give the beginning of a timm name that KerasHub decides by; its own name if none fits."""
    return "timm:" + next((prefix + "*" for prefix in PREFIXES if name.startswith(prefix)), name)


def _of_timm(name: str) -> tuple[Case, Case]:
    """Make the whole classifier, and the same loaded without its head."""
    whole = Case(_prefix(name), name, inputs="picture", writers=(TIMM,))
    return whole, Case(_prefix(name), name, {}, PLAIN, "picture", (TIMM,), keras_class="Backbone")


FROM_TIMM = tuple(case for name in TIMM_NAMES for case in _of_timm(name))
