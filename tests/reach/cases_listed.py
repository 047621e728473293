"""The other types that libraries list: each class as it was released, made tiny by `tests/reach/shrinking.py`."""

from collections.abc import Iterator
from typing import Any

from tests.reach.case import BOTH, NEW, OLD, PLAIN, Case
from tests.reach.cases_decoders import GEMMA_4
from tests.reach.cases_encoders import TASKS
from tests.reach.cases_pictures import LINEAR_LAYERS, SWIN, WHISPER

CAUSAL = "ForCausalLM"
GENERATION = "ForConditionalGeneration"
CHOICES = "ForMultipleChoice"
CLASSES = "ForSequenceClassification"
PRETRAINING = "ForPreTraining"
PICTURES = "ForImageClassification"
SEGMENTS = "ForSemanticSegmentation"
BARE = "Model"
LIBRARIES = ("transformers", "mlx-lm")
HEADS = (*TASKS, CHOICES)


def _of(
    model_type: str,
    stem: str,
    *endings: str,
    inputs: str = "text",
    writers: tuple[str, ...] = BOTH,
    touch: str = "",
    variant: str = PLAIN,
    **settings: Any,
) -> Iterator[Case]:
    """Make one checkpoint of each class of a type; what is set here goes before what the rule makes."""
    for ending in endings:
        shown = "choices" if ending == CHOICES else inputs
        yield Case(
            model_type, stem + ending, settings, variant, shown, writers, touch=touch, shrunk=True, libraries=LIBRARIES
        )


MROPE = {"tie_word_embeddings": True, "rope_scaling": {"rope_type": "default", "mrope_section": [2, 3, 3]}}
QWEN_2_VISION = {"embed_dim": 32, "hidden_size": 64, "num_heads": 2, "patch_size": 14}
QWEN_3_VISION = {"hidden_size": 32, "out_hidden_size": 64, "num_heads": 2, "deepstack_visual_indexes": [0, 1]}

DEEPSEEK_ROPE = {
    "type": "yarn",
    "factor": 40,
    "original_max_position_embeddings": 64,
    "beta_fast": 32,
    "beta_slow": 1,
    "mscale": 0,
    "mscale_all_dim": 0,
    "attention_factor": 1.0,
}
"""Released with `mscale` 0.707, whose scale of the attention transformers 4.57.6 leaves out, and later ones do not."""
HALF_ROPE = {
    "rotary_dim": 8,
    "rope_parameters": {"rope_theta": 5e6, "rope_type": "default", "partial_rotary_factor": 0.5},
}
LLLG = ["sliding_attention"] * 3 + ["full_attention"]
LFM2 = {
    "layer_types": ["conv", "conv", "full_attention", "conv"],
    "block_dim": 64,
    "block_ff_dim": 96,
    "block_multiple_of": 8,
    "block_ffn_dim_multiplier": 1.0,
    "block_auto_adjust_ff_dim": True,
}
LONGCAT = {
    "attention_method": "MLA",
    "zero_expert_type": "identity",
    "mla_scale_q_lora": True,
    "mla_scale_kv_lora": True,
}

GENERATORS = (
    *_of("apertus", "Apertus", CAUSAL, mlp_bias=False, post_norm=False, qk_norm=True),
    *_of("cohere", "Cohere", CAUSAL, rope_theta=8e6),
    *_of("cohere", "Cohere", CAUSAL, variant="rope_theta 10000", rope_theta=1e4),
    *_of("cohere2", "Cohere2", CAUSAL, rope_theta=5e4),
    *_of("cohere2", "Cohere2", CAUSAL, variant="rope_theta 10000", rope_theta=1e4),
    *_of("dbrx", "Dbrx", CAUSAL, writers=(OLD,), attn_config={"clip_qkv": 8.0, "kv_n_heads": 2, "rope_theta": 5e5}),
    *_of("deepseek_v2", "DeepseekV2", CAUSAL, num_experts_per_tok=2, rope_scaling=DEEPSEEK_ROPE),
    *_of("deepseek_v3", "DeepseekV3", CAUSAL),
    *_of("dots1", "Dots1", CAUSAL, n_routed_experts=4, n_shared_experts=1, num_experts_per_tok=2, n_group=1),
    *_of("ernie4_5", "Ernie4_5", CAUSAL, touch="say_whether_tied"),
    *_of("ernie4_5_moe", "Ernie4_5_Moe", CAUSAL, touch="say_whether_tied"),
    *_of("exaone4", "Exaone4", CAUSAL, head_dim=16, sliding_window_pattern="LLLG", layer_types=LLLG),
    *_of(
        "falcon_h1", "FalconH1", CAUSAL, mamba_d_ssm=64, mamba_n_heads=4, mamba_d_head=16, head_dim=16, rope_theta=1e11
    ),
    *_of("falcon_mamba", "FalconMamba", CAUSAL),
    *_of("glm", "Glm", CAUSAL),
    *_of("glm4", "Glm4", CAUSAL),
    *_of("glm4_moe", "Glm4Moe", CAUSAL, head_dim=16),
    *_of("gpt_bigcode", "GPTBigCode", CAUSAL, n_inner=96),
    *_of("gpt_neox", "GPTNeoX", CAUSAL, intermediate_size=256),
    *_of("granite", "Granite", CAUSAL),
    *_of("granitemoe", "GraniteMoe", CAUSAL),
    *_of(
        "granitemoehybrid",
        "GraniteMoeHybrid",
        CAUSAL,
        layer_types=["mamba", "attention"] * 2,
        position_embedding_type="nope",
    ),
    *_of("helium", "Helium", CAUSAL),
    *_of("hunyuan_v1_dense", "HunYuanDenseV1", CAUSAL, head_dim=16),
    *_of(
        "jamba", "Jamba", CAUSAL, use_mamba_kernels=False, num_hidden_layers=6, attn_layer_period=3, attn_layer_offset=1
    ),
    *_of("lfm2", "Lfm2", CAUSAL, **LFM2),
    *_of(
        "llama4",
        "Llama4",
        GENERATION,
        writers=(OLD,),
        vision_config={"projector_input_dim": 64, "projector_output_dim": 64, "vision_output_dim": 64},
    ),
    *_of("llava", "Llava", GENERATION),
    *_of("longcat_flash", "LongcatFlash", CAUSAL, **LONGCAT),
    *_of("mamba", "Mamba", CAUSAL),
    *_of("mamba2", "Mamba2", CAUSAL, num_heads=8, n_groups=2, intermediate_size=128),
    *_of("mistral3", "Mistral3", GENERATION, touch="say_whether_tied"),
    *_of("nemotron", "Nemotron", CAUSAL, head_dim=16, num_key_value_heads=2),
    *_of("olmo2", "Olmo2", CAUSAL),
    *_of("olmo3", "Olmo3", CAUSAL),
    *_of("olmoe", "Olmoe", CAUSAL),
    *_of("phi", "Phi", CAUSAL, partial_rotary_factor=0.4),
    *_of("phi", "Phi", CAUSAL, variant="partial_rotary_factor 0.5", partial_rotary_factor=0.5),
    *_of("phi3", "Phi3", CAUSAL),
    *_of("phimoe", "Phimoe", CAUSAL, attention_bias=True, lm_head_bias=True, rope_theta=1e4),
    *_of("qwen2_5_vl", "Qwen2_5_VL", GENERATION, tie_word_embeddings=True, text_config=MROPE),
    *_of("qwen2_vl", "Qwen2VL", GENERATION, tie_word_embeddings=True, text_config=MROPE, vision_config=QWEN_2_VISION),
    *_of("qwen3_next", "Qwen3Next", CAUSAL, **LINEAR_LAYERS),
    *_of(
        "qwen3_vl",
        "Qwen3VL",
        GENERATION,
        touch="say_whether_tied",
        tie_word_embeddings=True,
        text_config=MROPE,
        vision_config=QWEN_3_VISION,
    ),
    *_of(
        "qwen3_vl_moe",
        "Qwen3VLMoe",
        GENERATION,
        touch="say_whether_tied",
        text_config={**MROPE, "tie_word_embeddings": False},
        vision_config=QWEN_3_VISION,
    ),
    *_of("recurrent_gemma", "RecurrentGemma", CAUSAL, num_hidden_layers=3, num_key_value_heads=1),
    *_of("seed_oss", "SeedOss", CAUSAL),
    *_of("stablelm", "StableLm", CAUSAL),
    *_of("starcoder2", "Starcoder2", CAUSAL, rope_theta=1e5),
    *_of("starcoder2", "Starcoder2", CAUSAL, variant="rope_theta 999999", rope_theta=999999.0),
)

SINCE = (NEW,)
GENERATORS_SINCE_5 = (
    *_of("afmoe", "Afmoe", CAUSAL, writers=SINCE),
    *_of("deepseek_v32", "DeepseekV32", CAUSAL, writers=SINCE),
    *_of("exaone_moe", "ExaoneMoe", CAUSAL, writers=SINCE, head_dim=16, is_moe_layer=[False, True, True, True]),
    *_of(
        "gemma4_unified",
        "Gemma4Unified",
        GENERATION,
        writers=SINCE,
        text_config=GEMMA_4,
        vocab_size=128,
    ),
    *_of(
        "glm4_moe_lite",
        "Glm4MoeLite",
        CAUSAL,
        writers=SINCE,
        rope_parameters={"rope_theta": 1e6, "rope_type": "default"},
    ),
    *_of(
        "glm_moe_dsa",
        "GlmMoeDsa",
        CAUSAL,
        writers=SINCE,
        topk_method="noaux_tc",
        scoring_func="sigmoid",
        moe_layer_freq=1,
    ),
    *_of("internlm3", "Llama", CAUSAL, writers=SINCE),
    *_of("iquestcoder", "Llama", CAUSAL, writers=SINCE),
    *_of("laguna", "Laguna", CAUSAL, writers=SINCE),
    *_of("lfm2_moe", "Lfm2Moe", CAUSAL, writers=SINCE, layer_types=["conv", "conv", "full_attention", "conv"]),
    *_of("minimax_m3_vl", "MiniMaxM3Sparse", GENERATION, writers=SINCE, text_config=HALF_ROPE),
    *_of("ministral3", "Ministral3", CAUSAL, writers=SINCE),
    *_of("mistral4", "Mistral4", CAUSAL, writers=SINCE),
    *_of("nemotron_h", "NemotronH", CAUSAL, writers=SINCE),
)

BERT_TEXT = {"model_type": "bert"}
VIT_PICTURE = {"model_type": "vit"}
DECODER = {"is_decoder": True, "add_cross_attention": True}
DATA2VEC: dict[str, Any] = {"num_hidden_layers": 4, "out_indices": [0, 1, 2, 3]}
STAGES: dict[str, Any] = {"hidden_sizes": [16, 24, 32, 48], "depths": [1, 1, 2, 1]}

TEXTS = (
    *_of("albert", "Albert", CHOICES, PRETRAINING),
    *_of("bert", "Bert", CHOICES, PRETRAINING, "ForNextSentencePrediction"),
    *_of("bert", "Bert", "LMHeadModel", is_decoder=True),
    *_of("big_bird", "BigBird", BARE, *HEADS, PRETRAINING, attention_type="original_full"),
    *_of("big_bird", "BigBird", CAUSAL, attention_type="original_full", is_decoder=True),
    *_of("bloom", "Bloom", BARE, CAUSAL),
    *_of("camembert", "Camembert", CHOICES, TASKS[3]),
    *_of("camembert", "Camembert", CAUSAL, is_decoder=True),
    *_of("convbert", "ConvBert", BARE, *HEADS),
    *_of("ctrl", "CTRL", BARE, "LMHeadModel", CLASSES),
    *_of("deberta", "Deberta", BARE, *TASKS, relative_attention=True, pos_att_type=["p2c", "c2p"]),
    *_of("deberta-v2", "DebertaV2", CHOICES),
    *_of("distilbert", "DistilBert", CHOICES),
    *_of("dpr", "DPR", "QuestionEncoder", "ContextEncoder", "Reader"),
    *_of("electra", "Electra", CHOICES, PRETRAINING),
    *_of("electra", "Electra", CAUSAL, is_decoder=True),
    *_of("flaubert", "Flaubert", BARE, "WithLMHeadModel", *TASKS[1:3], "ForQuestionAnsweringSimple", CHOICES),
    *_of("funnel", "Funnel", "BaseModel", BARE, *HEADS, PRETRAINING),
    *_of("gpt-sw3", "GPT2", BARE, "LMHeadModel", CLASSES),
    *_of("gpt_neo", "GPTNeo", BARE, CAUSAL, num_layers=2, attention_types=[[["global", "local"], 1]]),
    *_of("gptj", "GPTJ", BARE, CAUSAL, CLASSES, TASKS[3], rotary_dim=8),
    *_of("layoutlm", "LayoutLM", BARE, *TASKS, inputs="document"),
    *_of("layoutlmv3", "LayoutLMv3", BARE, *TASKS[1:], inputs="document", coordinate_size=12, shape_size=8),
    *_of("longformer", "Longformer", BARE, *TASKS[:3], CHOICES, attention_window=8),
    *_of("longformer", "Longformer", TASKS[3], inputs="question", attention_window=8),
    *_of("mistral", "Mistral", CLASSES, sliding_window=None),
    *_of("mobilebert", "MobileBert", BARE, *HEADS, PRETRAINING, "ForNextSentencePrediction"),
    *_of("mpnet", "MPNet", CHOICES),
    *_of("openai-gpt", "OpenAIGPT", BARE, "LMHeadModel", CLASSES),
    *_of("opt", "OPT", BARE),
    *_of("rembert", "RemBert", BARE, *HEADS),
    *_of("rembert", "RemBert", CAUSAL, is_decoder=True),
    *_of("roberta", "Roberta", CHOICES),
    *_of("roberta", "Roberta", CAUSAL, is_decoder=True),
    *_of("roberta-prelayernorm", "RobertaPreLayerNorm", BARE, *HEADS),
    *_of("roberta-prelayernorm", "RobertaPreLayerNorm", CAUSAL, is_decoder=True),
    *_of("roformer", "RoFormer", BARE, *HEADS, embedding_size=64),
    *_of("roformer", "RoFormer", CAUSAL, is_decoder=True, embedding_size=64),
    *_of("tapas", "Tapas", BARE, *TASKS[:2], TASKS[3], inputs="table"),
    *_of("xglm", "XGLM", BARE, CAUSAL),
    *_of("xlm", "XLM", BARE, "WithLMHeadModel", *TASKS[1:3], "ForQuestionAnsweringSimple", CHOICES),
    *_of("xlm-roberta", "XLMRoberta", CHOICES),
    *_of("xlm-roberta", "XLMRoberta", CAUSAL, is_decoder=True),
    *_of("xlnet", "XLNet", BARE, "LMHeadModel", *TASKS[1:3], "ForQuestionAnsweringSimple", CHOICES),
)

TWO_TEXTS = (
    *_of("bart", "Bart", "ForQuestionAnswering", inputs="seq2seq"),
    *_of("bart", "Bart", CAUSAL),
    *_of("blenderbot", "Blenderbot", BARE, GENERATION, inputs="seq2seq"),
    *_of("blenderbot-small", "BlenderbotSmall", BARE, GENERATION, inputs="seq2seq"),
    *_of(
        "encoder-decoder", "EncoderDecoder", BARE, inputs="seq2seq", encoder=BERT_TEXT, decoder={**BERT_TEXT, **DECODER}
    ),
    *_of("led", "LED", BARE, GENERATION, inputs="seq2seq", attention_window=8),
    *_of("longt5", "LongT5", BARE, GENERATION, inputs="seq2seq"),
    *_of("marian", "Marian", BARE, inputs="seq2seq"),
    *_of("mbart", "MBart", BARE, GENERATION, CLASSES, TASKS[3], inputs="seq2seq", decoder_start_token_id=1),
    *_of("mt5", "MT5", BARE, GENERATION, inputs="seq2seq"),
    *_of("mt5", "MT5", "EncoderModel"),
    *_of("pegasus", "Pegasus", BARE, GENERATION, inputs="seq2seq"),
    *_of("t5", "T5", BARE, inputs="seq2seq"),
    *_of("t5", "T5", "EncoderModel"),
)

SEEN = (
    *_of("beit", "Beit", BARE, PICTURES, inputs="picture"),
    *_of("convnextv2", "ConvNextV2", BARE, PICTURES, inputs="picture", num_labels=3, **STAGES),
    *_of("cvt", "Cvt", BARE, PICTURES, inputs="picture", embed_dim=[16, 32, 48], depth=[1, 2, 3], num_heads=[1, 2, 3]),
    *_of("data2vec-vision", "Data2VecVision", BARE, PICTURES, inputs="picture", **DATA2VEC),
    *_of("data2vec-vision", "Data2VecVision", SEGMENTS, inputs="picture", **DATA2VEC, image_size=128),
    *_of("deit", "DeiT", "ForMaskedImageModeling", inputs="picture"),
    *_of(
        "efficientformer",
        "EfficientFormer",
        BARE,
        PICTURES,
        f"{PICTURES}WithTeacher",
        inputs="picture",
        writers=(OLD,),
        hidden_sizes=[16, 24, 32, 64],
        depths=[1, 1, 1, 2],
        image_size=64,
        resolution=2,
        hidden_size=64,
    ),
    *_of("mobilevit", "MobileViT", BARE, PICTURES, SEGMENTS, inputs="picture"),
    *_of("regnet", "RegNet", BARE, PICTURES, inputs="picture", embedding_size=16, groups_width=8, **STAGES),
    *_of("resnet", "ResNet", BARE, PICTURES, inputs="picture", embedding_size=16, **STAGES),
    *_of("sam", "Sam", BARE, inputs="picture", vision_config={"output_channels": 64, "num_pos_feats": 32}),
    *_of("sam_vision_model", "SamVision", BARE, inputs="picture"),
    *_of("segformer", "Segformer", BARE, PICTURES, inputs="picture"),
    *_of("swiftformer", "SwiftFormer", BARE, PICTURES, inputs="picture"),
    *_of("swin", "Swin", "ForMaskedImageModeling", inputs="picture", **SWIN),
    *_of("vit_mae", "ViTMAE", BARE, PRETRAINING, inputs="noisy picture"),
)

JOINED = (
    *_of("blip", "Blip", BARE, GENERATION, inputs="picture and text", vision_config={"num_channels": 3}),
    *_of("groupvit", "GroupViT", BARE, inputs="picture and text"),
    *_of("idefics", "Idefics", BARE, "ForVisionText2Text", inputs="pictures in text"),
    *_of("lxmert", "Lxmert", BARE, PRETRAINING, inputs="regions and text"),
    *_of(
        "vision-encoder-decoder",
        "VisionEncoderDecoder",
        BARE,
        inputs="picture told",
        encoder=VIT_PICTURE,
        decoder={"model_type": "gpt2", **DECODER},
    ),
    *_of(
        "vision-text-dual-encoder",
        "VisionTextDualEncoder",
        BARE,
        inputs="picture and text",
        text_config={**BERT_TEXT, "eos_token_id": 2},
        vision_config=VIT_PICTURE,
    ),
)

HEARD = (
    *_of("hubert", "Hubert", BARE, inputs="wave"),
    *_of("speech_to_text", "Speech2Text", BARE, GENERATION, inputs="speech"),
    *_of(
        "speech-encoder-decoder",
        "SpeechEncoderDecoder",
        BARE,
        inputs="wave told",
        encoder={"model_type": "wav2vec2"},
        decoder={**BERT_TEXT, **DECODER},
    ),
    *_of("wav2vec2", "Wav2Vec2", BARE, CLASSES, PRETRAINING, inputs="wave"),
    *_of("whisper", "Whisper", BARE, inputs="spectrogram", **WHISPER),
    *_of("whisper", "Whisper", "ForAudioClassification", inputs="spectrogram alone", **WHISPER),
)

LISTED = (*GENERATORS, *GENERATORS_SINCE_5, *TEXTS, *TWO_TEXTS, *SEEN, *JOINED, *HEARD)
