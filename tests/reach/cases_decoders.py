"""Text generation: the types that KerasHub and mlx-lm list, and the settings that are known to matter."""

from collections.abc import Mapping
from typing import Any

from tests.reach.case import ALL, OLD, PLAIN, SINCE_5, Case

TINY: Mapping[str, Any] = {
    "vocab_size": 128,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 256,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
}
HEADS = {**TINY, "head_dim": 16}
GEMMA_2 = {**HEADS, "query_pre_attn_scalar": 16, "sliding_window": 16}
GEMMA_3 = {**GEMMA_2, "num_hidden_layers": 6}
GEMMA_4 = {
    **HEADS,
    "num_hidden_layers": 6,
    "sliding_window": 16,
    "global_head_dim": 512,
    "hidden_size_per_layer_input": 0,
    "vocab_size_per_layer_input": 128,
    "num_kv_shared_layers": 0,
}
EXPERTS = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32}
QWEN_MOE = {**TINY, **EXPERTS, "shared_expert_intermediate_size": 48, "decoder_sparse_step": 1, "norm_topk_prob": False}
GPT_OSS = {**HEADS, "num_local_experts": 4, "num_experts_per_tok": 2, "sliding_window": 16}
GPT2 = {
    "vocab_size": 128,
    "n_positions": 128,
    "n_ctx": 128,
    "n_embd": 64,
    "n_layer": 2,
    "n_head": 4,
    "bos_token_id": 1,
    "eos_token_id": 2,
}

LLAMA_3_ROPE = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
LINEAR_ROPE = {"rope_type": "linear", "factor": 4.0}
DYNAMIC_ROPE = {"rope_type": "dynamic", "factor": 4.0}
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}

KERAS = ("keras-hub",)


def _llama(variant: str, *, length: int = 12, architecture: str = "LlamaForCausalLM", **more: Any) -> Case:
    """Make a Llama with one thing changed; what is no field of a case is a setting of the configuration."""
    fields = {name: more.pop(name) for name in ("touch", "dtype", "shard", "writers", "libraries") if name in more}
    return Case("llama", architecture, {**TINY, **more}, variant, length=length, **fields)


LLAMAS = (
    Case("llama", "LlamaForCausalLM", TINY),
    _llama("tied", tie_word_embeddings=True),
    _llama("bfloat16", dtype="bfloat16"),
    _llama("float16", dtype="float16"),
    _llama("sharded", shard="60KB"),
    _llama("bare model", architecture="LlamaModel"),
    _llama("classifier", architecture="LlamaForSequenceClassification", num_labels=3),
    _llama("rope llama3", rope_scaling=LLAMA_3_ROPE, length=100, writers=ALL),
    _llama("rope linear", rope_scaling=LINEAR_ROPE, length=100),
    _llama("rope dynamic", rope_scaling=DYNAMIC_ROPE, length=100),
    _llama("rope yarn", rope_scaling=YARN, length=100),
    _llama("rope_theta 500000", rope_theta=500000.0, length=100),
    _llama("attention_bias true", attention_bias=True),
    _llama("mlp_bias true", mlp_bias=True),
    _llama("rms_norm_eps 1e-5", rms_norm_eps=1e-5),
    _llama("rms_norm_eps 1e-3", rms_norm_eps=1e-3),
    _llama("hidden_act gelu", hidden_act="gelu"),
    _llama("head_dim 32", head_dim=32),
    _llama("no rope_theta in the configuration", touch="drop_rope_theta", writers=(OLD,)),
    _llama(
        "no num_key_value_heads in the configuration",
        touch="drop_key_value_heads",
        writers=(OLD,),
        num_key_value_heads=4,
    ),
    _llama(
        "rope_scaling.type, the old key", touch="old_rope_key", rope_scaling=LINEAR_ROPE, length=100, writers=(OLD,)
    ),
    _llama("int8 bitsandbytes", touch="int8_bitsandbytes"),
    _llama("int8 compressed-tensors w8a8", touch="int8_compressed_tensors"),
    _llama("FP8 in blocks", touch="fp8_blocks"),
    _llama("GPTQ", touch="gptq"),
    _llama("AWQ", touch="awq"),
    _llama("4-bit bitsandbytes", touch="int4_bitsandbytes"),
    _llama("auto_map", touch="auto_map"),
    _llama("adapter only", touch="adapter_only"),
    _llama("no model_type", touch="drop_model_type", libraries=KERAS),
    _llama("pytorch_model.bin only", touch="pickle_only"),
)

QWENS = (
    Case("qwen2", "Qwen2ForCausalLM", TINY),
    Case("qwen2", "Qwen2ForCausalLM", {**TINY, "tie_word_embeddings": True}, "tied"),
    Case("qwen2", "Qwen2ForCausalLM", {**TINY, "rope_scaling": YARN}, "rope yarn", length=100),
    Case("qwen2", "Qwen2ForCausalLM", {**TINY, "rope_theta": 1000000.0}, "rope_theta 1000000", length=100),
    Case("qwen2", "Qwen2ForCausalLM", {**TINY, "rms_norm_eps": 1e-5}, "rms_norm_eps 1e-5"),
    Case(
        "qwen2",
        "Qwen2ForCausalLM",
        {**TINY, "use_sliding_window": True, "sliding_window": 8, "max_window_layers": 0},
        "sliding window, a longer text",
        length=40,
    ),
    Case("qwen2", "Qwen2Model", TINY, "bare model"),
    Case("qwen3", "Qwen3ForCausalLM", HEADS, writers=ALL),
    Case("qwen3", "Qwen3ForCausalLM", {**HEADS, "tie_word_embeddings": True}, "tied"),
    Case("qwen3", "Qwen3ForCausalLM", {**HEADS, "rope_scaling": YARN}, "rope yarn", length=100),
    Case("qwen3", "Qwen3ForCausalLM", {**HEADS, "attention_bias": True}, "attention_bias true"),
    Case("qwen3", "Qwen3Model", {**HEADS, "tie_word_embeddings": True}, "bare model, tied"),
    Case("qwen3", "Qwen3ForSequenceClassification", {**HEADS, "num_labels": 3}, "classifier"),
    Case("qwen2_moe", "Qwen2MoeForCausalLM", QWEN_MOE),
    Case("qwen3_moe", "Qwen3MoeForCausalLM", {**HEADS, **EXPERTS, "norm_topk_prob": True}, writers=ALL),
)

MISTRALS = (
    Case("mistral", "MistralForCausalLM", {**HEADS, "sliding_window": None}),
    Case("mistral", "MistralForCausalLM", {**HEADS, "sliding_window": None}, "bfloat16", dtype="bfloat16"),
    Case("mistral", "MistralForCausalLM", {**HEADS, "sliding_window": 8}, "sliding window, a longer text", length=40),
    Case("mistral", "MistralForCausalLM", {**HEADS, "sliding_window": None, "tie_word_embeddings": True}, "tied"),
    Case("mistral", "MistralModel", {**HEADS, "sliding_window": None}, "bare model"),
    Case("mixtral", "MixtralForCausalLM", {**TINY, "num_local_experts": 4, "sliding_window": None}),
    Case("mixtral", "MixtralModel", {**TINY, "num_local_experts": 4, "sliding_window": None}, "bare model"),
    Case("smollm3", "SmolLM3ForCausalLM", {**TINY, "num_hidden_layers": 4}),
    Case("smollm3", "SmolLM3Model", {**TINY, "num_hidden_layers": 4}, "bare model"),
)

GEMMAS = (
    Case("gemma", "GemmaForCausalLM", {**HEADS, "hidden_activation": "gelu_pytorch_tanh"}),
    Case("gemma", "GemmaModel", HEADS, "bare model"),
    Case("gemma2", "Gemma2ForCausalLM", GEMMA_2),
    Case("gemma2", "Gemma2ForCausalLM", GEMMA_2, "sliding window, a longer text", length=60),
    Case("gemma2", "Gemma2Model", GEMMA_2, "bare model"),
    Case("gemma3_text", "Gemma3ForCausalLM", GEMMA_3, writers=ALL),
    Case("gemma3_text", "Gemma3ForCausalLM", GEMMA_3, "sliding window, a longer text", length=60, writers=ALL),
    Case("gemma3_text", "Gemma3TextModel", GEMMA_3, "bare model"),
    Case("gemma4_text", "Gemma4ForCausalLM", GEMMA_4, writers=SINCE_5),
    Case("gemma4_text", "Gemma4ForCausalLM", GEMMA_4, "sliding window, a longer text", length=60, writers=SINCE_5),
    Case(
        "gemma4_text",
        "Gemma4ForCausalLM",
        {**GEMMA_4, "hidden_size_per_layer_input": 8},
        "inputs per layer",
        writers=SINCE_5,
    ),
    Case(
        "gemma4_text",
        "Gemma4ForCausalLM",
        {**GEMMA_4, "num_hidden_layers": 12, "num_kv_shared_layers": 6},
        "shared key and value",
        writers=SINCE_5,
    ),
    Case(
        "gemma4_text",
        "Gemma4ForCausalLM",
        {**GEMMA_4, **EXPERTS, "enable_moe_block": True, "top_k_experts": 2},
        "mixture of experts",
        writers=SINCE_5,
    ),
)


def _gpt2(variant: str, **more: Any) -> Case:
    """Make a GPT-2 whose tensors are named as it was released."""
    return Case("gpt2", "GPT2LMHeadModel", {**GPT2, **more}, variant, touch="name_as_released")


OTHERS = (
    _gpt2(PLAIN),
    Case("gpt2", "GPT2LMHeadModel", GPT2, "names begin with transformer."),
    Case("gpt2", "GPT2Model", GPT2, "bare model"),
    Case("gpt2", "GPT2ForSequenceClassification", {**GPT2, "num_labels": 3, "pad_token_id": 0}, "classifier"),
    _gpt2("activation_function relu", activation_function="relu"),
    _gpt2("n_inner 96", n_inner=96),
    _gpt2("layer_norm_epsilon 1e-3", layer_norm_epsilon=1e-3),
    Case("gpt_oss", "GptOssForCausalLM", GPT_OSS, touch="mxfp4"),
    Case("gpt_oss", "GptOssForCausalLM", GPT_OSS, "sliding window, a longer text", length=60, touch="mxfp4"),
    Case("gpt_oss", "GptOssForCausalLM", GPT_OSS, "not quantised"),
    Case("opt", "OPTForCausalLM", {**TINY, "ffn_dim": 96, "word_embed_proj_dim": 64}),
)

DECODERS = (*LLAMAS, *QWENS, *MISTRALS, *GEMMAS, *OTHERS)
