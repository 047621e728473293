"""
Error messages pasted whole: what they are about, known by the sentences that libraries write.

The sentences are those of transformers and diffusers (their `from_pretrained`). Only parts of fixed text are looked
for, so that the length of what was pasted costs next to nothing.
"""

import re

from analytics.domain.repository_ids import is_repository_id
from analytics.domain.requests import LoadModel, OneModel, Request, Why
from analytics.domain.wording import clause
from analytics.grammar.interpretation import Interpretation, ask
from analytics.names.known_models import resolve_bare

KERAS_3 = (
    "installed version of keras is keras 3",
    "keras 3 only supports",
    "no module named 'tf_keras'",
    "no module named 'keras.engine'",
    "no module named 'keras.src.engine'",
)
"""What transformers 4 and Keras itself say where only Keras 3 is there."""

LOST_SWITCHES = tuple(f"unexpected keyword argument 'from_{name}'" for name in ("tf", "flax", "pt"))
"""What newer classes say of the switches that loaded weights of another framework."""

SIGNS = (
    "does not appear to have a file named",
    "no file named",
    "cannot import name",
    "has no attribute",
    "is not a local folder and is not a valid model identifier",
    "requires the tensorflow library",
    "requires the flax library",
    "requires the pytorch library",
    "from_pretrained(",
    "from_pt=true",
    "from_tf=true",
    "from_flax=true",
    "unrecognized configuration class",
    "safetensors archive passed at",
    "modulenotfounderror",
    "nameerror:",
    "could not load model",
    "unable to load weights",
    "importerror:",
    "oserror:",
    "valueerror: unable to load",
    "failed to import transformers",
    "/resolve/main/",
    "modeling_tf_",
    "modeling_flax_",
    "keyerror: 'tfauto",
    "keyerror: 'flaxauto",
    "unrecognized model in",
    "model checkpoint at",
    "repository not found for url",
    "entry not found for url",
    "cannot access gated repo",
    "hf://",
    *KERAS_3,
    *LOST_SWITCHES,
)
LOOKED_AT = 4_000
"""Characters of a pasted text that are looked at: its end, where a traceback says what was wrong."""

FILE = re.compile(
    r"(tf_model|flax_model|pytorch_model|model|keras_model|saved_model)\.(h5|msgpack|bin|safetensors|pb|onnx)"
)
FILES = {"tf_model": "TensorFlow", "flax_model": "JAX", "pytorch_model": "PyTorch", "saved_model": "TensorFlow"}
CLASS = re.compile(r"\b(TF|Flax)[A-Z][A-Za-z0-9]{2,60}")
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")
CALL = re.compile(r"from_pretrained\(\s{0,4}[\"'“‘]([\w./-]{2,190})[\"'”’]")
PATH = re.compile(r"directory [\"'`]?(?:[A-Za-z]:)?(?:[\w. -]{0,96}[\\/]{1,4}){0,12}([A-Za-z0-9][\w.-]{1,95})")
CHECKPOINT_OF = re.compile(r"unable to load weights from (pytorch|tensorflow|tf|flax) checkpoint")
LACKS = re.compile(r"(?<![\w./-])([\w./-]{2,190}) does not appear to have a file named")
FOR_NAME = re.compile(r"(?:file|weights) for ['\"`]([\w./-]{2,190})['\"`]")
RESOLVED = re.compile(
    r"huggingface\.co/([A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9][\w.-]{0,95})?)/resolve/[\w.-]{1,80}/([\w-]{1,80}\.\w{1,12})"
)
"""The address of a file that is not there."""
NAMED = re.compile(
    r"(?:unrecognized model in |model checkpoint at |hf://|huggingface\.co/api/models/)[\"'`]?"
    r"([\w-][\w.-]{0,95}(?:/[\w-][\w.-]{0,95})?)",
    re.IGNORECASE,
)
"""Where a message names the repository that it is about."""

MESSAGE = re.compile(r"(?:[\w.]{0,120}(?:Error|Exception)\b\s?[:(]|Traceback \(most recent|Some weights of )")
"""How what a library says begins."""

ABOUT = (("safetensor", Why("safetensors").words), ("keras", Why("keras3").words), ("h5", Why("formats").words))
"""What explains a message that names no model, by what stands in it."""

LIBRARY = re.compile(r"requires the (tensorflow|flax|pytorch) library")


def looks_pasted(text: str) -> bool:
    """Tell whether a text holds what a library says when loading fails."""
    low = _unwrap(text).casefold()
    return any(sign in low for sign in SIGNS)


def _unwrap(text: str) -> str:
    """Give the end of a pasted text in one line: a terminal breaks lines anywhere, and pads them."""
    return " ".join(text[-LOOKED_AT:].split())


def read_pasted(text: str) -> Interpretation | None:
    """Read what a pasted message is about; None where it is none that is known."""
    text = _unwrap(text)
    low, model = text.casefold(), _model(text)
    wanted = _find_wanted(text, low)
    request: Request
    if any(sign in low for sign in KERAS_3):
        request = Why("keras3")
    elif any(sign in low for sign in LOST_SWITCHES):
        request = Why("transformers5")
    elif model and (wanted or "no file named" in low or "file named" in low):
        request = LoadModel(model, wanted)
    elif _is_of_classes(text, low):
        request = Why("transformers5")
    elif wanted:
        request = LoadModel(None, wanted)
    elif model:
        request = OneModel(model)
    else:
        return None
    return ask(request, (), _instead(model, wanted, low) if model else [])


def _instead(model: str, wanted: str | None, low: str) -> list[str]:
    """Give what else may be meant of a model: also to load it in what a file is of that stands in the message."""
    file = FILE.search(low)
    kind = _kind_of(file) if file else None
    return [OneModel(model, wanted).words, *([LoadModel(model, kind).words] if kind and kind != wanted else [])]


def is_message(text: str) -> bool:
    """Tell whether a text begins as what a library says, and asks nothing itself."""
    return MESSAGE.match(text.lstrip(" \t\n>`'\"")) is not None and not text.rstrip().endswith("?")


UNREAD = (
    "I read no question in that message: it names no model that I can tell from its tensors and files. Say which one "
    "it is about, as “load openai-community/gpt2 in tensorflow”."
)


def offer_for_message(text: str) -> tuple[str, ...]:
    """Give what explains a message that is none of those known: its tensors, files and modules are no models."""
    text = _unwrap(text)
    model = _model(text)
    low = text.casefold()
    named = [OneModel(model).words] if model and not LIKE_FILE.search(model) else []
    return (*named, *(words for sign, words in ABOUT if sign in low))


LIKE_FILE = re.compile(r"\.(?:json|txt|py|weight|bias|kernel)$|^namespace/", re.IGNORECASE)


NAMES_NO_MODEL = (
    "A file is missing in that folder, and the message names no model of the Hub. Say which one the folder was made "
    "from, as “load openai-community/gpt2 in pytorch”."
)


def offer_for_folder(text: str) -> tuple[str, ...] | None:
    """Give the general ways into what a folder lacks; None where no missing file is told of."""
    low = _unwrap(text).casefold()
    if "file named" not in low:
        return None
    missed = dict.fromkeys(FILES[match[1]] for match in FILE.finditer(low) if match[1] in FILES)
    return tuple(LoadModel(None, framework).words for framework in missed)


LOST_MODULE = re.compile(r"no module named ['\"`]?transformers\.[\w.]{0,80}(?:modeling_|utils_)?(?:tf|flax)_")
"""A module of classes that are gone, as Python names it."""


def _is_of_classes(text: str, low: str) -> bool:
    """Tell whether classes are missed that the newer library has no more."""
    if LOST_MODULE.search(low):
        return True
    if "modeling_tf_" in low or "modeling_flax_" in low:
        breaks = "failed to import transformers" in low and "no module named" not in low
        return breaks or any(sign in low for sign in ("modulenotfounderror", "importerror", "cannot import name"))
    missed = any(
        sign in low
        for sign in (
            "cannot import name",
            "has no attribute",
            "unrecognized configuration class",
            "is not defined",
            "keyerror",
        )
    )
    return missed and CLASS.search(text) is not None


def _find_wanted(text: str, low: str) -> str | None:
    """Give the framework whose file or library is missed; none where any of several files would have done."""
    return _find_said(text, low) or _find_missed(text, low)


LIBRARIES = {"tensorflow": "TensorFlow", "tf": "TensorFlow", "flax": "JAX", "pytorch": "PyTorch"}


def _find_said(text: str, low: str) -> str | None:
    """Give the framework that a message names by its library, its checkpoint or the address of its file."""
    if match := LIBRARY.search(low) or CHECKPOINT_OF.search(low):
        return LIBRARIES[match[1]]
    if "from_tf=true" in low and "file named" not in low:
        return "PyTorch"
    if "unable to load weights from h5 file" in low:
        return "TensorFlow"
    address = RESOLVED.search(text)
    file = FILE.fullmatch(address[2].casefold()) if address else None
    return _kind_of(file) if file else None


def _find_missed(text: str, low: str) -> str | None:
    """Give the framework whose file or class is missed."""
    at = low.find("file named")
    missed = [match for match in FILE.finditer(low, max(at, 0), max(at, 0) + 200) if at >= 0]
    named = list(dict.fromkeys(kind for match in missed if (kind := _kind_of(match)) is not None))
    if len(missed) == 1 and named:
        return named[0]
    first = low[at : at + 200].find(" but there is") if at >= 0 else -1
    if named and first > 0:
        return named[0]
    classes = {match[1] for match in CLASS.finditer(text)}
    is_missed = at >= 0 or "following classes" in low or CALL.search(text) is not None
    return {"TF": "TensorFlow", "Flax": "JAX"}[classes.pop()] if is_missed and len(classes) == 1 else None


def _kind_of(file: re.Match[str]) -> str | None:
    """Give what a file is of: `model.onnx` by its ending, others by their name; `model.safetensors` tells nothing."""
    return "ONNX" if file[2] == "onnx" else FILES.get(file[1])


def _model(text: str) -> str | None:
    """Give the model that is named: an id, or the folder of a known name; paths of libraries are none."""
    if (call := CALL.search(text)) and (named := _find_model_in_call(call[1])):
        return named
    if (told := FOR_NAME.search(text) or LACKS.search(text)) and (named := _find_model_in_call(told[1])):
        return named
    if (told := NAMED.search(text)) and (named := _find_model_in_call(clause(told[1]))):
        return named
    if address := RESOLVED.search(text):
        return _find_model_in_call(address[1])
    path = PATH.search(text)
    for match in NAME.finditer(text.replace(path[0], "") if path else text):
        name = match.group()
        begins = text[max(0, match.start() - 1) : match.start()]
        if begins not in ("/", ".", "\\", "~") and "site-packages" not in name and _is_id(name):
            return name
    bare = resolve_bare(clause(path[1])) if path else None
    return bare.id if bare else None


def _find_model_in_call(name: str) -> str | None:
    """Give the model that a line of code names: an id, or a bare name that is known."""
    known = resolve_bare(name) if "/" not in name else None
    return known.id if known else (name if _is_id(name) and "/" in name else None)


def _is_id(name: str) -> bool:
    host = name.partition("/")[0].casefold()
    return is_repository_id(name) and host not in (
        "huggingface.co",
        "hf.co",
        "github.com",
        "models",
        "lib",
        "home",
        "usr",
    )
