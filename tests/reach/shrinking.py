"""Makes a tiny configuration of any type from what its own class says, so that no type needs one written by hand."""

from collections.abc import Mapping
from typing import Any

from tests.reach.inputs import FIRST, LAST

VOCABULARY = 128

WIDTH, INNER, HEADS, HEAD, EXPERTS = 64, 96, 4, 16, 4

SIZES: Mapping[str, int] = {
    **dict.fromkeys(("vocab_size", "vocab_size_per_layer_input", "entity_vocab_size"), VOCABULARY),
    **dict.fromkeys(("hidden_size", "d_model", "n_embd", "dim", "emb_dim", "attention_hidden_size"), WIDTH),
    **dict.fromkeys(("lru_width", "hidden_dim_of_encoder", "word_embed_proj_dim", "d_embed"), WIDTH),
    **dict.fromkeys(("intermediate_size", "ffn_dim", "d_ff", "d_inner", "encoder_ffn_dim", "decoder_ffn_dim"), INNER),
    **dict.fromkeys(("ffn_hidden_size", "shared_intermediate_size", "intermediate_size_mlp", "n_inner"), INNER),
    **dict.fromkeys(("num_attention_heads", "n_head", "n_heads", "num_heads"), HEADS),
    **dict.fromkeys(("encoder_attention_heads", "decoder_attention_heads", "attention_heads"), HEADS),
    **dict.fromkeys(("head_dim", "d_kv", "d_head", "attention_head_dim", "qk_nope_head_dim"), HEAD),
    **dict.fromkeys(("qk_rope_head_dim", "v_head_dim", "query_pre_attn_scalar", "global_head_dim"), HEAD),
    **dict.fromkeys(("kv_lora_rank", "q_lora_rank", "embedding_size", "projection_dim", "expert_ffn_hidden_size"), 32),
    **dict.fromkeys(("moe_intermediate_size", "shared_expert_intermediate_size", "decoder_hidden_size"), 32),
    **dict.fromkeys(("n_routed_experts", "num_experts", "num_local_experts", "moe_num_experts"), EXPERTS),
    **dict.fromkeys(("num_experts_per_tok", "num_experts_per_token", "moe_topk", "moe_k"), 2),
    **dict.fromkeys(("top_k_experts", "n_group", "num_expert_group"), 2),
    **dict.fromkeys(("topk_group", "first_k_dense_replace", "n_shared_experts"), 1),
    **dict.fromkeys(("moe_num_shared_experts", "num_shared_experts"), 1),
    **dict.fromkeys(("num_hidden_layers", "n_layer", "n_layers", "num_layers", "num_decoder_layers", "depth"), 2),
    **dict.fromkeys(("encoder_layers", "decoder_layers", "num_encoder_layers"), 2),
    **dict.fromkeys(
        ("max_position_embeddings", "n_positions", "n_ctx", "max_sequence_length", "model_max_length"), 256
    ),
    **dict.fromkeys(("state_size", "mamba_d_state", "ssm_state_size", "chunk_size", "mamba_chunk_size"), HEAD),
    **dict.fromkeys(("mamba_n_heads", "mamba_num_heads"), 8),
    "num_labels": 3,
    "image_size": 64,
    "patch_size": 8,
    "num_nextn_predict_layers": 0,
}
"""What fields are called that say how large a model is, and how large a tiny one is."""

GROUPED = ("num_key_value_heads", "n_head_kv", "num_kv_heads")


def shrink(kind: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Give the settings of a tiny model of a class of configurations, those given before those made."""
    try:
        plain = kind()
    except (TypeError, ValueError):
        return _join({}, {}, settings)
    fields = plain.to_dict()
    small: dict[str, Any] = {
        name: min(size, fields[name]) for name, size in SIZES.items() if type(fields.get(name)) is int
    }
    if fields.get("head_dim") != fields.get("qk_rope_head_dim", fields.get("head_dim")):
        small.pop("head_dim", None)  # It is reckoned from its parts.
    if "layer_types" in fields and "num_hidden_layers" in small:
        small["num_hidden_layers"] = 4
    heads = fields.get("num_attention_heads")
    small |= {name: HEADS if fields[name] == heads else HEADS // 2 for name in GROUPED if fields.get(name)}
    parts = {name: type(part) for name in kind.sub_configs if (part := getattr(plain, name, None))}
    return _join({**small, **_tokens(fields)}, parts, settings)


def _join(small: Mapping[str, Any], parts: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Put settings over what is made, and shrink each part, of the type that the settings name for it."""
    told_apart = {name: more for name, more in settings.items() if isinstance(more, Mapping)}
    named = {name: more["model_type"] for name, more in told_apart.items() if "model_type" in more}
    kinds = {**parts, **{name: find_kind(model_type) for name, model_type in named.items()}}
    told = {name: {"model_type": kind.model_type, **told_apart.get(name, {})} for name, kind in kinds.items()}
    return {**small, **settings, **{name: shrink(kind, told[name]) for name, kind in kinds.items()}}


def find_kind(model_type: str) -> Any:
    """Give the class of a type's configurations, of the version of transformers that is installed."""
    import transformers

    return transformers.CONFIG_MAPPING[model_type]


def _tokens(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Keep tokens that mean something within the vocabulary, those of pictures and sounds behind all that are shown."""
    few = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 1}
    beyond = [name for name, value in fields.items() if name.endswith(TOKENS) and not _is_within(value)]
    others = [name for name in beyond if name not in few]
    return {**{name: few[name] for name in beyond if name in few}, **{name: 121 + at for at, name in enumerate(others)}}


TOKENS = ("_token_id", "_token_index")


def _is_within(token: Any) -> bool:
    """Tell whether a token is none, or one of the tiny vocabulary that no shown text holds by chance."""
    return token is None or (type(token) is int and (token < FIRST or LAST <= token < VOCABULARY))
