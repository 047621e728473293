"""Text encoders with and without heads, and encoder-decoders."""

from collections.abc import Mapping
from typing import Any

from tests.reach.case import BOTH, MIDDLE, NEW, OLD, PLAIN, SINCE_5, Case

ENCODER: Mapping[str, Any] = {
    "vocab_size": 128,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 64,
    "pad_token_id": 0,
    "num_labels": 3,
}
BERT = {**ENCODER, "type_vocab_size": 2}
ROBERTA = {**ENCODER, "type_vocab_size": 1, "pad_token_id": 1, "max_position_embeddings": 66, "layer_norm_eps": 1e-5}
ALBERT = {**ENCODER, "embedding_size": 32, "type_vocab_size": 2, "inner_group_num": 1}
DISTILBERT = {"vocab_size": 128, "dim": 64, "hidden_dim": 96, "n_layers": 2, "n_heads": 4, "num_labels": 3}
ELECTRA = {**BERT, "embedding_size": 32}
ESM = {**ENCODER, "layer_norm_eps": 1e-5, "mask_token_id": 4, "pad_token_id": 1, "position_embedding_type": "rotary"}
DEBERTA = {
    **ENCODER,
    "type_vocab_size": 0,
    "relative_attention": True,
    "pos_att_type": ["p2c", "c2p"],
    "position_buckets": 16,
    "norm_rel_ebd": "layer_norm",
    "share_att_key": True,
    "position_biased_input": False,
}
SEQ2SEQ = {
    "vocab_size": 128,
    "d_model": 64,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 96,
    "decoder_ffn_dim": 96,
    "max_position_embeddings": 64,
    "decoder_start_token_id": 2,
    "pad_token_id": 1,
    "forced_eos_token_id": None,
}
T5 = {"vocab_size": 128, "d_model": 64, "d_kv": 16, "d_ff": 96, "num_layers": 2, "num_heads": 4}
T5GEMMA_HALF = {
    "vocab_size": 128,
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 16,
    "query_pre_attn_scalar": 16,
    "sliding_window": 16,
    "max_position_embeddings": 256,
    "bos_token_id": 2,
    "eos_token_id": 1,
    "pad_token_id": 0,
}
T5GEMMA = {"encoder": T5GEMMA_HALF, "decoder": T5GEMMA_HALF, "vocab_size": 128}
VISION_OF_T5GEMMA2 = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "image_size": 112,
    "patch_size": 14,
}
T5GEMMA2 = {
    "encoder": {
        "text_config": T5GEMMA_HALF,
        "vision_config": VISION_OF_T5GEMMA2,
        "mm_tokens_per_image": 4,
        "image_token_index": 120,
        "boi_token_index": 121,
        "eoi_token_index": 122,
    },
    "decoder": T5GEMMA_HALF,
    "image_token_index": 120,
}

TASKS = ("ForMaskedLM", "ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering")


def _of_each_class(
    model_type: str, stem: str, settings: Mapping[str, Any], zero: str = "", tasks: tuple[str, ...] = TASKS
) -> tuple[Case, ...]:
    """Make the bare model and one checkpoint for each head."""
    settings_of = {"ForQuestionAnswering": {**settings, "num_labels": 2}}
    return tuple(
        Case(model_type, stem + task, settings_of.get(task, settings), PLAIN, zero=zero) for task in ("Model", *tasks)
    )


def _bert(variant: str, writers: tuple[str, ...] = BOTH, **more: Any) -> Case:
    return Case("bert", "BertModel", {**BERT, **more}, variant, writers=writers)


TOKEN_TYPES = "token_type_embeddings"

BERTS = (
    *_of_each_class("bert", "Bert", BERT),
    _bert("layer_norm_eps 1e-5", layer_norm_eps=1e-5),
    _bert("layer_norm_eps 1e-3", layer_norm_eps=1e-3),
    _bert("hidden_act relu", hidden_act="relu"),
    _bert("relative positions", writers=(OLD,), position_embedding_type="relative_key"),
    _bert("type_vocab_size 1", type_vocab_size=1),
    Case("bert", "BertModel", BERT, "sharded", shard="60KB"),
    Case(
        "bert",
        "BertForSequenceClassification",
        BERT,
        "its class for classifiers, num_classes given",
        keras_class="BertTextClassifier",
    ),
    Case("bert", "BertForMaskedLM", BERT, "a pooler, as in older files", touch="add_pooler"),
    *_of_each_class("roberta", "Roberta", ROBERTA, TOKEN_TYPES),
    Case("roberta", "RobertaForMaskedLM", ROBERTA, "token type not zero"),
    Case(
        "roberta", "RobertaForMaskedLM", {**ROBERTA, "layer_norm_eps": 1e-12}, "layer_norm_eps 1e-12", zero=TOKEN_TYPES
    ),
    Case(
        "roberta",
        "RobertaForSequenceClassification",
        ROBERTA,
        "its class for classifiers, num_classes given",
        zero=TOKEN_TYPES,
        keras_class="RobertaTextClassifier",
    ),
    *_of_each_class("xlm-roberta", "XLMRoberta", ROBERTA, TOKEN_TYPES),
    Case("xlm-roberta", "XLMRobertaModel", ROBERTA, "token type not zero"),
    Case(
        "xlm-roberta", "XLMRobertaModel", {**ROBERTA, "layer_norm_eps": 1e-12}, "layer_norm_eps 1e-12", zero=TOKEN_TYPES
    ),
    Case(
        "xlm-roberta", "XLMRobertaModel", {**ROBERTA, "layer_norm_eps": 1e-3}, "layer_norm_eps 1e-3", zero=TOKEN_TYPES
    ),
    *_of_each_class("camembert", "Camembert", ROBERTA, tasks=TASKS[:3]),
    *_of_each_class("distilbert", "DistilBert", DISTILBERT),
    Case("distilbert", "DistilBertForMaskedLM", {**DISTILBERT, "activation": "relu"}, "activation relu"),
    Case(
        "distilbert",
        "DistilBertForSequenceClassification",
        DISTILBERT,
        "its class for classifiers, num_classes given",
        keras_class="DistilBertTextClassifier",
    ),
    *_of_each_class("albert", "Albert", ALBERT),
    Case("albert", "AlbertForSequenceClassification", {**ALBERT, "hidden_act": "gelu"}, "hidden_act gelu"),
    *_of_each_class("electra", "Electra", ELECTRA, tasks=(*TASKS[1:], "ForMaskedLM")),
    *_of_each_class("esm", "Esm", {**ESM, "token_dropout": True}, tasks=TASKS[:3]),
    Case("esm", "EsmForMaskedLM", {**ESM, "token_dropout": False}, "token_dropout false"),
    Case("esm", "EsmForMaskedLM", {**ESM, "position_embedding_type": "absolute"}, "absolute positions"),
    *_of_each_class("deberta-v2", "DebertaV2", DEBERTA),
    Case("deberta-v2", "DebertaV2Model", {**DEBERTA, "share_att_key": False}, "share_att_key false"),
    Case("deberta-v2", "DebertaV2Model", {**DEBERTA, "norm_rel_ebd": "none"}, "norm_rel_ebd none"),
    Case("deberta-v2", "DebertaV2Model", {**DEBERTA, "position_biased_input": True}, "position_biased_input true"),
    *_of_each_class("mpnet", "MPNet", {**ENCODER, "pad_token_id": 1, "max_position_embeddings": 66}),
)

SUMMARIES = (
    Case("bart", "BartForConditionalGeneration", SEQ2SEQ, inputs="seq2seq", writers=(OLD, MIDDLE, NEW)),
    Case("bart", "BartModel", SEQ2SEQ, inputs="seq2seq"),
    Case("bart", "BartForSequenceClassification", {**SEQ2SEQ, "num_labels": 3, "eos_token_id": 2}, inputs="seq2seq"),
    Case(
        "bart", "BartForConditionalGeneration", {**SEQ2SEQ, "activation_function": "relu"}, "activation relu", "seq2seq"
    ),
    Case("marian", "MarianMTModel", {**SEQ2SEQ, "pad_token_id": 0}, inputs="seq2seq"),
    Case("t5", "T5ForConditionalGeneration", T5, inputs="seq2seq"),
    Case("t5", "T5ForConditionalGeneration", {**T5, "feed_forward_proj": "gated-gelu"}, "gated-gelu", "seq2seq"),
    Case("t5gemma", "T5GemmaForConditionalGeneration", T5GEMMA, inputs="seq2seq"),
    Case("t5gemma", "T5GemmaForConditionalGeneration", T5GEMMA, "sliding window, a longer text", "seq2seq", length=60),
    Case("t5gemma2", "T5Gemma2ForConditionalGeneration", T5GEMMA2, inputs="seq2seq", writers=SINCE_5),
)

ENCODERS = (*BERTS, *SUMMARIES)
