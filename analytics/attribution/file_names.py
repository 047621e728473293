"""
The rule's names of files, as data: which show a framework or an export, which can hold weights, which hold none.

This is the one list: what is kept of a repository's files (`telling_names`) is derived from it, and Python (`signals`)
and SQL (`sql_signals`) both read it. Names are compared in small letters (`letters`), so patterns are written in them;
they use only what `re` and RE2 read alike (no look-around, no `$`), and each must match a whole path.

Sources: huggingface_hub's constants for the weight files of transformers (`PYTORCH_WEIGHTS_NAME`, `TF2_WEIGHTS_NAME`,
`FLAX_WEIGHTS_NAME`), the documentation of each format, and names observed on the Hub.
"""

from dataclasses import dataclass

from analytics.attribution.verdicts import FRAMEWORKS, JAX, KERAS, MLX, OTHER, PADDLE, PYTORCH, TENSORFLOW

FOLDERS = r"(?:[^/]*/)*"

LEFTOVERS = FOLDERS + (
    # What a training run leaves beside the weights: training_args.bin, optimizer.pt, rng_state_0.pth, optimizer_1.bin,
    # accelerate's sampler.bin and dl_state_dict.bin, bf16_zero_pp_rank_0_mp_rank_00_optim_states.pt (DeepSpeed),
    # policy.optimizer.pth (Stable-Baselines3), model.pdopt (Paddle).
    r"(?:(?:(?:[^/]*optim(?:izer)?|(?:lr_)?scheduler|(?:grad_)?scaler)(?:[-_.]?[0-9]+)?|rng[-_]state[^/]*"
    r"|random_states[^/]*|training_args|[^/]*optim(?:izer)?_states?(?:_dict)?)\.(?:pt|pth|bin|pkl)"
    r"|(?:sampler|dl_state_dict)(?:_[0-9]+)?\.bin|[^/]*\.pdopt|optimizer_[0-9]+/[^/]*\.distcp)"
)
INSIDE_CORE_ML = FOLDERS + r"[^/]*\.(?:mlpackage|mlmodelc)/" + FOLDERS + "[^/]*"
"""model.mlpackage/Data/com.apple.CoreML/weights/weight.bin"""


@dataclass(frozen=True, slots=True)
class Names:
    """
    File names that show one thing.

    `at` matches the whole path, unless `but` does. `beside`: one of these must lie there too; `unless`: none may. They
    are paths, in which stand for the file's own: {path}, {stem} (without the last suffix), {folder} (with its slash).
    `by`: the frameworks that write such files.
    """

    shows: str
    at: str
    but: tuple[str, ...] = (LEFTOVERS, INSIDE_CORE_ML)
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    by: tuple[str, ...] = FRAMEWORKS


def _name(
    shows: str,
    name: str,
    beside: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    by: tuple[str, ...] = FRAMEWORKS,
) -> Names:
    return Names(shows, FOLDERS + "(?:" + name + ")", beside=beside, unless=unless, by=by)


TF_CHECKPOINT = ("{path}.index", "{path}.meta", "{folder}checkpoint")
"""What TensorFlow's Saver writes beside a .ckpt."""

FILES = (
    # transformers, diffusers, adapters, textual inversion, LLaVA's parts; torch.save, TorchScript, its mobile form,
    # torch.export, TorchServe, NeMo, distributed checkpoints; archives of them; AutoGPTQ's gptq_model-4bit-128g.bin.
    _name(PYTORCH, r"[^/]*(?:pytorch|learned_embeds)[^/]*\.bin|adapter_model\.bin|ip[-_]adapter[^/]*\.bin"),
    _name(PYTORCH, r"gptq_model[^/]*\.bin"),
    _name(PYTORCH, r"(?:mm_projector|non_lora_trainables|v_head|value_head)\.bin"),
    _name(PYTORCH, r"[^/]*\.(?:pt2?|pth|ptl|th|torch|pytorch|torchscript|jit|mar|nemo|distcp)"),
    _name(PYTORCH, r"[^/]*\.(?:pt|pth)\.(?:tar|gz|tgz|tar\.gz|zip|xz|bz2)"),
    # Lightning's own way to name a checkpoint: epoch=3-step=100.ckpt
    _name(PYTORCH, r"[^/]*(?:epoch|step)=[0-9]+[^/]*\.ckpt"),
    _name(TENSORFLOW, r"tf_model[^/]*\.h5|saved_model\.pb(?:txt)?|keras_metadata\.pb|variables/variables\.index"),
    # Frozen graphs: frozen_inference_graph.pb, retrained_graph.pb
    _name(TENSORFLOW, r"[^/]*(?:frozen|graph)[^/]*\.pb"),
    # Checkpoints: bert_model.ckpt.index, model.ckpt-1000.meta, ckpt-1.index, variables.data-00000-of-00001
    _name(TENSORFLOW, r"[^/]*\.ckpt(?:-[0-9]+)?\.(?:index|meta)|[^/]*ckpt-[0-9]+(?:\.(?:index|meta))?"),
    _name(TENSORFLOW, r"[^/]*\.data-[0-9]{5}-of-[0-9]{5}"),
    _name(TENSORFLOW, r"[^/]*\.ckpt", beside=TF_CHECKPOINT),
    # Flax; Orbax (_CHECKPOINT_METADATA, manifest.ocdbt) and T5X directories; EasyLM, EasyDeL; Grok-1; Equinox.
    _name(JAX, r"[^/]*flax[^/]*\.msgpack|_checkpoint_metadata|manifest\.ocdbt|checkpoint_[0-9]+/checkpoint"),
    _name(JAX, r"target\.[^/]*/\.zarray|streaming_(?:params|train_state)[^/.]*|[^/]*\.easy|easydel[^/]*\.parameters"),
    _name(JAX, r"tensor[0-9]+_[0-9]+|[^/]*\.eqx"),
    # Orbax before OCDBT: one msgpack of the name that TensorFlow's note of its checkpoints has.
    _name(JAX, r"checkpoint", beside=("{folder}_metadata",)),
    _name(KERAS, r"[^/]*\.keras"),
    # KerasHub presets; another library's model.weights.h5 has no metadata.json beside it.
    _name(KERAS, r"[^/]*\.weights\.h5", beside=("{folder}metadata.json",)),
    _name(MLX, r"[^/]*\.mlxfn"),
    _name(PADDLE, r"[^/]*\.(?:pdparams|pdiparams|pdmodel)"),
)
"""Weight files that only one framework writes."""

CKPT = _name("ckpt", r"[^/]*\.ckpt", unless=TF_CHECKPOINT)
"""PyTorch Lightning's, TF-Slim's, MindSpore's: the library decides, else it is assumed to be PyTorch's."""

CLASSICAL = _name(OTHER, r"[^/]*\.(?:joblib|skops|ubj|ubj\.zip|caffemodel|ftz|cbm|mindir|mpk)")
"""scikit-learn, XGBoost, Caffe, fastText, CatBoost, MindSpore, Burn; only alone, for encoders lie beside models."""

HDF5 = _name("h5", r"[^/]*(?:model|weights)[^/]*\.(?:h5|hdf5)")
"""Keras's older format. Which Keras wrote it follows, as an assumption, from the age of the repository."""

MSGPACK = _name("msgpack", r"[^/]*(?:model|params|weights|checkpoint|state)[^/]*\.msgpack")
"""Flax's format under a name of the author's."""

SAFETENSORS_BY = (PYTORCH, MLX, PADDLE, OTHER)
"""Who writes safetensors: TensorFlow, JAX and Keras have no such format, whatever library an author names."""

SAFETENSORS = _name("safetensors", r"[^/]*\.safetensors", by=SAFETENSORS_BY)

VOCABULARIES = tuple(
    f"{{folder}}{prefix}vocabulary.{suffix}" for prefix in ("", "shared_", "source_") for suffix in ("txt", "json")
)

CONVERSIONS = (
    _name("ONNX", r"[^/]*\.(?:onnx|ort)|[^/]*\.onnx[._]data[^/.]*|onnx__[^/]*"),
    _name("GGUF", r"[^/]*\.(?:gguf|llamafile)|[^/]*\.gguf[-._](?:part|split)[^/.]*"),
    _name("GGML", r"[^/]*ggml[^/]*\.bin|[^/]*\.ggml|(?:[^/]*[-_.])?q[2-8]_[01k][^/]*\.bin|[^/]*gpt4all[^/]*\.bin"),
    Names("Core ML", FOLDERS + r"[^/]*\.(?:mlmodel|ml(?:package|modelc?)\.(?:zip|tar\.gz))|" + INSIDE_CORE_ML, but=()),
    _name("OpenVINO", r"openvino[^/]*\.(?:xml|bin)"),
    _name("OpenVINO", r"[^/]*\.xml", beside=("{stem}.bin",)),
    _name("OpenVINO", r"[^/]*\.bin", beside=("{stem}.xml",)),
    _name("LiteRT", r"[^/]*\.(?:tflite|litertlm|task)"),
    _name("ExecuTorch", r"[^/]*\.(?:pte|ptd)"),
    _name("Rust", r"[^/]*\.ot"),
    _name("TensorFlow.js", r"group[0-9]+-shard[0-9]+of[0-9]+(?:\.bin)?"),
    _name("CTranslate2", r"model\.bin", beside=VOCABULARIES),
    _name("MLC", r"mlc-chat-config\.json|params_shard_[0-9]+\.bin"),
    _name("TensorRT", r"[^/]*\.(?:engine|plan|trt)"),
    _name("RKLLM", r"[^/]*\.(?:rkllm|rknn)"),
    _name("Sentis", r"[^/]*\.sentis"),
    _name("Mobilint", r"[^/]*\.mxq"),
    _name("MNN", r"[^/]*\.mnn(?:\.weight)?"),
    _name("ncnn", r"[^/]*\.ncnn\.(?:param|bin)"),
    _name("Qualcomm", r"[^/]*\.dlc"),
    _name("Hailo", r"[^/]*\.hef"),
    _name("Axera", r"[^/]*\.axmodel"),
    _name("Sophgo", r"[^/]*\.bmodel"),
)
"""Export formats. They show what a model was converted to, never what it was made with."""

_TEXTS = (
    "md|markdown|txt|rst|html?|pdf|tex|bib|log|csv|tsv|jsonl?|json5|ya?ml|toml|ini|cfg|conf|config|gin|xml|proto|pbtxt"
    "|pyi?|pyc|ipynb|sh|bat|ps1|js|jsx|tsx|css|c|cc|cpp|cu|cuh|h|hpp|java|kt|swift|rs|go|lua|jl|jinja2?|j2|template|srt|vtt"
    "|gitattributes|gitignore|gitkeep|gitmodules|dockerignore|lock|env|sha256|md5|sig|asc|example|patch|diff|sql|po"
    "|docx?|xlsx?|pptx?|rtf|odt|mdx|qmd|metadata"
)
_MEDIA = (
    "png|jpe?g|gif|webp|svg|bmp|ico|tiff?|heic|avif|mp4|mov|avi|mkv|webm|wav|mp3|flac|ogg|m4a|aac|opus|ttf|otf|woff2?"
    "|eps|glb|obj|ply|parquet|arrow|wandb|ds_store|tiktoken|vocab|spm|tekken|bpe"
)
WEIGHTLESS = FOLDERS + (
    rf"(?:[^/]*\.(?:{_TEXTS}|{_MEDIA})"
    # Tokenizers; what trainers note (events.out.tfevents.1700000000.host, DeepSpeed's latest, TensorFlow's checkpoint).
    r"|(?:tokenizer|spiece|[^/]*sentencepiece[^/]*|[^/]*bpe|[^/]*spm|source|target)\.model|tokenizer\.model\.v[0-9]+"
    r"|tokenizer\.(?:bin|pkl|pickle)|[^/]*bpe\.codes"
    # What llama.cpp notes of activations to quantise by: imatrix.dat, model.imatrix.
    r"|[^/]*imatrix[^/]*\.dat|[^/]*\.imatrix"
    r"|[^/]*tfevents\.[0-9][^/]*|latest|checkpoint|_metadata|_sharding|vocab|merges"
    # Compressed tables and code; the notes of a SavedModel.
    r"|[^/]*\.(?:csv|json|jsonl|txt|tsv|xml|md)\.(?:gz|zip|bz2|xz)|code\.zip|weights\.pb|fingerprint\.pb"
    r"|license[^/.]*|licence[^/.]*|notice|readme[^/.]*|sha256sums|makefile|modelfile|dockerfile|procfile|version|authors|copying|codeowners)"
)
"""Names known to hold no weights; only where all names are among them a repository is said to hold none."""

DOUBTFUL = FOLDERS + r"(?:model\.json|model\.txt|[^/]*xgb[^/]*\.json|[^/]*(?:lgbm?|lightgbm)[^/]*\.txt|[^/]*\.ts)"
"""Texts that may be models after all: what XGBoost and LightGBM write; TypeScript that may be TorchScript (RAVE)."""


def _weights(name: str, by: tuple[str, ...] = FRAMEWORKS) -> Names:
    return Names("weights", FOLDERS + "(?:" + name + ")", but=(LEFTOVERS, INSIDE_CORE_ML, WEIGHTLESS), by=by)


WEIGHTS = (
    _weights(r"[^/]*\.safetensors", by=SAFETENSORS_BY),
    _weights(r"[^/]*\.bin", by=(PYTORCH, PADDLE, OTHER)),
    _weights(r"[^/]*\.(?:h5|hdf5)", by=(TENSORFLOW, KERAS, OTHER)),
    _weights(r"[^/]*\.keras", by=(KERAS,)),
    _weights(r"[^/]*\.pb", by=(TENSORFLOW, PYTORCH, OTHER)),
    _weights(r"[^/]*\.ckpt", by=(PYTORCH, TENSORFLOW, OTHER)),
    _weights(r"[^/]*\.msgpack", by=(JAX, OTHER)),
    _weights(r"[^/]*\.(?:pt2?|pth|ptl|th|torch|pytorch|torchscript|jit|mar|nemo|distcp)", by=(PYTORCH,)),
    _weights(r"[^/]*\.(?:pdparams|pdiparams|pdmodel)", by=(PADDLE,)),
    _weights(
        r"[^/]*\.(?:npz|npy|pkl|pickle|joblib|skops|zip|tar|gz|tgz|bz2|xz|7z|whl|model|mdl|weights|params|parameters|t7"
        r"|dat|cbm|ubj|vec|ftz|fst|sbs|cmf|mlxfn|caffemodel|easy|mindir|ocdbt|data-[0-9]{5}-of-[0-9]{5})"
        r"|tensor[0-9]+_[0-9]+|streaming_(?:params|train_state)[^/.]*"
    ),
)
"""Names that can hold weights of a kind nothing above names, each with the frameworks that may have written them."""

UNREADABLE = "(a name that cannot be read)"
"""Stands for a file whose name was told as nothing readable: it may be anything."""

SIGNALS: tuple[tuple[str, Names], ...] = (
    *((f"file:{kind.shows}", kind) for kind in (*FILES, CKPT, CLASSICAL, HDF5, MSGPACK)),
    ("safetensors", SAFETENSORS),
    *((f"to:{kind.shows}", kind) for kind in CONVERSIONS),
    *(("weights", kind) for kind in WEIGHTS),
)
"""All patterns that show something, each with the signal it gives (`order`); `to:` is an export format."""

FORMATS = tuple(dict.fromkeys(kind.shows for kind in CONVERSIONS))
"""The export formats, in the order they are told."""
