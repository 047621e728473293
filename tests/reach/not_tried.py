"""Why a type that a library lists was not tried: no tiny checkpoint of it can be made here."""

from collections.abc import Mapping

OWN_CODE = (
    *("Klear", "afm7", "baichuan_m1", "bailing_moe", "bailing_moe_linear", "bailing_moe_v3", "deepseek"),
    *("deepseek_v41", "deepseek_v41_text", "gear", "hunyuan", "internlm2"),
    *("iquestloopcoder", "joyai_llm_flash", "kimi_k2", "kimi_k3", "kimi_vl", "longcat_flash_ngram", "mimo", "minicpm"),
    *("nanbeige", "openelm", "phi-msft", "phi3small", "phixtral", "plamo", "plamo2", "plamo3"),
    *("prism_hadamard_qwen35", "qwen", "rwkv7", "spark2_5", "step3p5", "talkie", "telechat3", "xverse", "youtu_llm"),
)

UNSAID = (
    *(
        "bailing_hybrid",
        "exaone",
        "gemma3n",
        "kimi_linear",
        "mellum",
        "mimo_v2_flash",
        "minicpm3",
        "minimax",
        "minimax_m2",
    ),
    "solar_open",
)

OTHER_NAMES = ("kimi_k25", "muse_glimmer", "nanochat", "olmo_hybrid", "qwen3_5_moe")

REASONS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("mlx-lm", "transformers has no class of that name; its repositories bring code of their own"): OWN_CODE,
    ("mlx-lm", "what transformers saves of it lacks settings that mlx-lm asks for and released files hold"): UNSAID,
    ("mlx-lm", "transformers names its tensors otherwise than mlx-lm does, and perhaps than released files do"): (
        OTHER_NAMES
    ),
    ("mlx-lm", "mlx-lm asks for packed weights of 1.58 bits, which no tiny checkpoint holds"): ("bitnet",),
    ("mlx-lm", "mlx-lm reads it only beside the package ai2-olmo, which was not installed"): ("olmo",),
    (
        "mlx-lm",
        "it norms layers without a rope too, as transformers does not; whether released ones have any is not known",
    ): ("llama4_text",),
    ("mlx-lm", "no tiny configuration of it is accepted"): ("muse_spark",),
    ("mlx-lm", "transformers knows it as the part of another type that sees"): ("pixtral",),
    ("transformers", "transformers 4.57.6 itself does not compute it beside this PyTorch"): ("transfo-xl",),
    ("keras-hub", "KerasHub builds its eye of 300 million weights as it was released, so none is tiny"): ("gemma3n",),
    ("keras-hub", "it computes from another model's keys and values, and nothing alone"): ("gemma4_assistant",),
    ("keras-hub", "it takes pictures in a way of its own, for which there are no inputs here yet"): (
        "blip-2",
        "sam3_video",
    ),
}
"""A library and a reason, and the types that were not tried with it for that."""


def explain(library: str, model_type: str) -> str:
    """Give the reason; LookupError for a type that should have been tried."""
    found = [reason for (name, reason), types in REASONS.items() if name == library and model_type in types]
    if not found:
        raise LookupError(f"{model_type} was not tried with {library}, and nothing says why")
    return found[0]
