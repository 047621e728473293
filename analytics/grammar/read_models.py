"""Sentences about one model or two: in which frameworks, compared, its formats, how it is loaded."""

import itertools
from collections.abc import Callable

from analytics.domain.requests import Compare, Formats, LoadModel, OneModel
from analytics.grammar.accounts import takes
from analytics.grammar.interpretation import Interpretation, ask
from analytics.grammar.pieces import DENIED, PLACES, Piece, Sentence


def read_compare(sentence: Sentence) -> Interpretation | None:
    """Read two models side by side."""
    named = _models(sentence)
    if len(named) > 2 and sentence.has("compare", "and"):  # noqa: PLR2004 - comparing takes two
        return _offer_pairs(named)
    if len(named) != 2:  # noqa: PLR2004 - comparing takes two
        return None
    first, second = (piece.concepts["model"] for piece in named)
    told = (
        *takes("compare"),
        *(SHOWN if sentence.has("compare", "which") or len(sentence.values("framework")) != 1 else ()),
    )
    others = [
        *(Compare(other, second).words for other in named[0].others[:2]),
        *(Compare(first, other).words for other in named[1].others[:2]),
    ]
    ranks_families = sentence.has("measure") and any(piece.text.isalpha() for piece in named)
    certain = _is_sure(named) and first != second and not ranks_families  # all of a family may be meant
    return ask(Compare(first, second), told, others, _note(named), certain=certain)


def _offer_pairs(named: list[Piece]) -> Interpretation:
    """Offer two at a time of several models."""
    pairs = [Compare(one, two) for one, two in itertools.combinations([piece.concepts["model"] for piece in named], 2)]
    note = f"Two models stand side by side at a time; {len(named)} are named."
    return ask(pairs[0], (*takes("compare"), "framework"), [pair.words for pair in pairs[1:]], note, certain=False)


SHOWN = ("framework", "format", "formats", "file")
"""What is shown of each of two models anyway; `bert and gpt2 in tensorflow` may ask for the one and the other."""


def read_formats(sentence: Sentence) -> Interpretation | None:
    """Read which file formats a model comes in."""
    named = _models(sentence)
    several = len(set(sentence.values("format"))) > 1  # `gpt2, gguf or onnx?`
    kinds = ("framework",) if several else ("framework", "format")
    others_asked = sentence.has("load") or any(
        piece.may_be(*kinds) and piece not in sentence.denied for piece in sentence.pieces
    )
    if len(named) != 1 or others_asked or not (several or sentence.has("formats", "safetensors")):
        return None
    request = Formats(named[0].concepts["model"])
    others = [OneModel(request.id).words]
    told = (*takes("formats"), *(("format", "and") if several else ()))
    return ask(request, told, others, _note(named), certain=_is_sure(named))


def asks_which_load(sentence: Sentence) -> bool:
    """Tell whether it is asked which models load in something, and not how one does: `models that load in tf`."""
    if sentence.has("model", "how", "howmany", "file") or len(sentence.values("framework")) != 1:
        return False
    said = [piece for piece in sentence.pieces if not piece.asks_nothing and piece.text.casefold() not in RELATIVE]
    pairs = itertools.pairwise(said)
    return any(one.may_be("models") and two.may_be("load", "loadable") for one, two in pairs)


RELATIVE = ("still", "noch", "todavía", "ещё", "that", "which", "can", "die", "que", "которые")


def _speaks_of_port(sentence: Sentence) -> bool:
    """Tell whether `port` is a thing that there may be, and nothing that is done: `a tensorflow port of it`."""
    pairs = zip(sentence.pieces, sentence.pieces[1:], strict=False)
    said = [one for one, two in pairs if two.text.casefold() == "port"]
    loads = sum(piece.may_be("load") for piece in sentence.pieces)
    return (
        loads == 1 and bool(said) and (said[0].may_be("framework", "format") or said[0].text.casefold() in ("a", "any"))
    )


def _asks_whether_done(sentence: Sentence) -> bool:
    """Tell whether it is asked if a model has been converted already: `has whisper been ported to jax`."""
    said = [piece.text.casefold() for piece in sentence.pieces[:2]]
    if not said or not {*said}.isdisjoint(("anyone", "anybody", "someone", "jemand", "alguien")):
        return False  # who has converted it knows the way
    done = any(piece.text.casefold() in DONE for piece in sentence.pieces if piece.may_be("load"))
    return done and said[0] in ("has", "have", "was", "were", "hat", "wurde", "ha") and sentence.has("model")


DONE = (
    "converted",
    "ported",
    "exported",
    "migrated",
    "transformed",
    "konvertiert",
    "portiert",
    "exportiert",
    "convertido",
)


def read_load(sentence: Sentence) -> Interpretation | None:
    """Read how something is loaded, or converted, into a framework or format."""
    if _speaks_of_port(sentence) or _asks_whether_done(sentence) or asks_which_load(sentence):
        return None
    asks = sentence.has("load") or (sentence.has("how") and sentence.has("use", "obtain"))
    asks = asks or (sentence.has("loadable") and sentence.has("model"))
    asks = asks or _is_arrow(sentence) or _bids(sentence) or _ends_with_how(sentence)
    wanted, named = _target(sentence), _models(sentence)
    if denied := wanted in sentence.places_denied:  # `load gpt2 without tensorflow`
        wanted = None
    lists = sentence.has("listing", "top") and sentence.has("models") and not (named or sentence.has("how", "file"))
    if lists or not asks or len(named) > 1 or not (wanted or named) or _asks_what_loads(sentence):
        return None
    model = named[0].concepts["model"] if named else None
    others = [OneModel(model, wanted).words] if model else []
    asks_who = sentence.begins_with("who", "whose", "wer", "quién", "кто", "谁")
    certain = _is_sure(named) and _is_one_way(sentence) and not (denied or asks_who)
    told = [] if sentence.has("except") else [DENIED]  # `to tensorflow, not onnx` says whither, `without pytorch` how
    return ask(LoadModel(model, wanted), (*takes("load"), *told), others, _note(named), certain=certain)


def _ends_with_how(sentence: Sentence) -> bool:
    """Tell whether it is asked how at the end: `i need bert in onnx, how`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    said = said[:-1] if said and said[-1].may_be("pronoun") else said
    return bool(said) and _is_bare_how(said[-1]) and sentence.has("to", "available")


def _is_bare_how(piece: Piece) -> bool:
    """Tell whether a piece asks how, and names nothing that is done: `how`, `how is it done`."""
    return piece.may_be("how") and not piece.may_be("use", "load", "obtain")


def _bids(sentence: Sentence) -> bool:
    """Tell whether a sentence says at once what is to be done: `run yolov8 in tflite`."""
    said = [piece for piece in sentence.pieces if piece.text.casefold() not in PLEASE]
    return bool(said) and said[0].may_be("use") and sentence.has("model") and sentence.has("to", "platform")


PLEASE = ("please", "pls", "bitte", "por favor", "пожалуйста", "请")


def _asks_what_loads(sentence: Sentence) -> bool:
    """Tell whether it is asked which frameworks load a model, and not how: `which frameworks can load it`."""
    if sentence.has("how") or _places(sentence):
        return False
    begins = sentence.begins_with("what", "which") and sentence.has("load")
    return (sentence.has("frameworks") and sentence.has("which", "model")) or begins


def _is_arrow(sentence: Sentence) -> bool:
    """Tell whether something is to become something else, though no word of loading is there."""
    return len(_places(sentence)) > 0 and any(becomes(sentence) for becomes in BECOMES)


def _goes_from_to(sentence: Sentence) -> bool:
    places = _without_doubles(_places(sentence))
    two = len(places) > 1 and sentence.has("to")
    if two and _has_before(sentence, places[0][0], "from") and _has_before(sentence, places[1][0], "to"):
        return places[0][1] != places[1][1] and not sentence.has("howmany", "more", "trend", "compare")
    return two and (sentence.has("file") or (sentence.has("from") and not sentence.has("model", "models")))


def _uses_in(sentence: Sentence) -> bool:
    two = len({name for _, name in _places(sentence)}) > 1 and not sentence.has("howmany", "more")
    two = two and (not sentence.has("model") or _names_source(sentence))
    return two and sentence.has("use") and any(_has_before(sentence, at, "to") for at, _ in _places(sentence))


def _names_source(sentence: Sentence) -> bool:
    """Tell whether it is said which weights are to be used: `use the flax checkpoint of … in torch`."""
    (at, _), *_ = _places(sentence)
    after = sentence.pieces[at + 1 : at + 2]
    return any(piece.may_be("models") for piece in after) and not _has_before(sentence, at, "to")


def _gets_into(sentence: Sentence) -> bool:
    into = any(one.text.casefold() == "into" for one in sentence.pieces)
    return into and sentence.has("model")


def _asks_how_in(sentence: Sentence) -> bool:
    """Tell whether it is asked how one framework comes into another: `pytorch weights in tensorflow, how`."""
    two = len({name for _, name in _places(sentence)}) > 1 and not sentence.has("howmany", "more", "compare", "papers")
    return two and sentence.has("how") and any(_has_before(sentence, at, "to") for at, _ in _places(sentence))


def _uses_a_file(sentence: Sentence) -> bool:
    """Tell whether a file is to be used in a framework: `I have a .ckpt and want to use it in pytorch`."""
    into = any(_has_before(sentence, at, "to") for at, _ in _places(sentence))
    return sentence.has("file") and sentence.has("use") and into and not sentence.has("which", "howmany", "top")


def _says_only_whither(sentence: Sentence) -> bool:
    """Tell whether nothing is said but whence and whither: `tf to torch`."""
    whither = [piece for piece in sentence.pieces if piece.text.casefold() in ("to", "into", "nach", "hacia")]
    others = [piece for piece in sentence.pieces if not piece.may_be("framework", "format", "file", "model")]
    return bool(whither) and all(
        piece in whither or piece.asks_nothing or piece.may_be("models", "formats") for piece in others
    )


BECOMES: tuple[Callable[[Sentence], bool], ...] = (
    lambda sentence: sentence.has("arrow"),
    lambda sentence: sentence.has("tfclass") and sentence.has("model"),
    _goes_from_to,
    _uses_in,
    _gets_into,
    _asks_how_in,
    _uses_a_file,
    lambda sentence: len(_places(sentence)) + len(_models(sentence)) > 1 and _says_only_whither(sentence),
)
"""Ways to say that something is to become something else."""


def _places(sentence: Sentence) -> list[tuple[int, str]]:
    """Give where frameworks, formats and their files stand."""
    return [
        (at, one.concepts[kind]) for at, one in enumerate(sentence.pieces) for kind in PLACES if kind in one.concepts
    ]


def _target(sentence: Sentence) -> str | None:
    """Give what is to come out: what stands after `to`, else the last that is no source."""
    places = _places(sentence)
    if (itself := _loads_itself(sentence)) is not None and len(places) > 1:
        return itself
    after = [name for at, name in places if _has_before(sentence, at, "to", "arrow")]
    others = [name for at, name in places if not _has_before(sentence, at, "from")]
    platform = [value for value in sentence.values("platform") if value]
    platform += ["Keras"] if "keras" in sentence.values("official") else []  # KerasHub is Keras' own way to load
    return next(iter([*after[::-1], *others[::-1], *platform]), None)


def _loads_itself(sentence: Sentence) -> str | None:
    """Give the framework that is said to do the loading: `can pytorch load tensorflow models`."""
    said = [piece for piece in sentence.pieces if not piece.asks_nothing]
    pairs = itertools.pairwise(said)
    return next(
        (one.concepts["framework"] for one, two in pairs if one.may_be("framework") and two.text.casefold() in LOADS),
        None,
    )


LOADS = (
    "load",
    "loads",
    "import",
    "read",
    "open",
    "laden",
    "lädt",
    "lade",
    "cargar",
    "carga",
    "загрузить",
    "загружает",
    "加载",
)


def _has_before(sentence: Sentence, at: int, *concepts: str) -> bool:
    """Tell whether a linking word stands before a place, with nothing but courtesy and grammar between."""
    perhaps = False
    for before in reversed(sentence.pieces[:at]):
        if before.may_be("framework", "format", "file", "model"):
            break
        if before.may_be("load") and "arrow" in concepts and before.text in CHINESE_INTO:
            return True
        if before.may_be("to", "from", "arrow") and not before.asks_nothing:
            return before.may_be(*concepts)
        perhaps = perhaps or before.may_be(*concepts)  # `a` is an article, and Spanish for to
    return perhaps


def _without_doubles(places: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out what stands right beside another name of the same thing: `an .h5 keras file`."""
    return [place for at, place in enumerate(places) if not at or place[0] - places[at - 1][0] > 1]


CHINESE_INTO = ("转成", "转为", "转到", "转换", "转化")
"""Converts-into in one word: what follows is what comes out."""


def _is_one_way(sentence: Sentence) -> bool:
    """
    Tell whether one thing is to come out, and it is said which: not `in tensorflow or jax`, not only whence.

    Safetensors are files of any framework, so `h5 to safetensors` does not say which; `safetensors to gguf` does.
    """
    places = _without_doubles(_places(sentence))
    whither = (at for at, piece in enumerate(sentence.pieces) if piece.may_be("safetensors"))
    if any(_has_before(sentence, at, "to", "arrow") and not _is_article_before(sentence, at) for at in whither):
        return False
    if len({name for _, name in places}) > 2 or (places and _target(sentence) is None):  # noqa: PLR2004 - whence and whither
        return False
    return not any(_are_listed(sentence, one, other) for one, other in itertools.pairwise(places))


def _is_article_before(sentence: Sentence, at: int) -> bool:
    """Tell an English article from the Spanish word for to: `turn a safetensors model into gguf` says whither later."""
    later = any(piece.may_be("to") and not piece.asks_nothing for piece in sentence.pieces[at + 1 :])
    return later and sentence.pieces[at - 1].text.casefold() == "a"


def _are_listed(sentence: Sentence, one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Tell whether two names stand beside one another with an `or` between."""
    between = sentence.pieces[one[0] + 1 : other[0]]
    joined = any(piece.may_be("and") and not piece.may_be("to") for piece in between)
    return one[1] != other[1] and joined and all(piece.asks_nothing or piece.may_be("and") for piece in between)


def read_model(sentence: Sentence) -> Interpretation | None:
    """Read whether one model is to be had, in one framework or format, or in which."""
    named = _models(sentence)
    if len(named) != 1 or not _is_about_it(sentence):
        return None
    model = named[0].concepts["model"]
    wanted = [*sentence.values("framework"), *sentence.values("format"), *sentence.values("file")]
    wanted = list(dict.fromkeys(wanted))
    # Whether it is in no other shows where all of them stand.
    narrows = len(wanted) == 1 and not sentence.has("only", "except")
    request = OneModel(model, wanted[0] if narrows else None)
    counted: tuple[str, ...] = ("except", *(["compare"] if len(wanted) > 1 else []))
    counted += ("official",) if "/" in named[0].text else ()  # `the official google/flan-t5-small`
    counted += ("quantized",) if wanted == ["GGUF"] else ()  # that is what GGUF is for
    counted += ("load",) if any(told(sentence) for told in NOT_LOADING) else ()
    asks_which = sentence.has("frameworks", "formats") and sentence.has("which")
    counted += (
        ("new",) if (wanted or asks_which) and not sentence.has("when") else ()
    )  # `was it released in tensorflow`
    counted += ("how",) if wanted and sentence.has("published") else ()  # `how was it published, jax or pytorch`
    counted += ("measure", "howmany") if sentence.has("howmany") and sentence.has("measure") else ()
    others = [OneModel(other, request.framework).words for other in named[0].others[:3]]
    others = [OneModel(model, wanted[0]).words, *others] if len(wanted) == 1 and not narrows else others
    others = [LoadModel(model, request.framework).words, *others] if sentence.has("use", "load") else others
    owner = model.partition("/")[0]
    counted += ("account",) if sentence.values("account") in ([owner], []) else ()  # `resnet-50 from microsoft`
    asks_who = sentence.has("published") and sentence.begins_with("who", "whose")
    leaves_out = sentence.has("formats", "load") and bool(sentence.places_denied)  # `formats of gpt2 except onnx`
    asked = LoadModel(model) if sentence.has("load") else Formats(model)
    others = [asked.words, *others] if leaves_out else others
    certain = _is_sure(named) and not _asks_how_from(sentence, wanted) and not asks_who and not leaves_out
    return ask(request, (*takes("model"), *counted), others, _note(named), certain=certain)


NOT_LOADING = (_asks_what_loads, _speaks_of_port, _asks_whether_done)
"""Ways to speak of loading and to ask what there is."""


def _asks_how_from(sentence: Sentence, wanted: list[str]) -> bool:
    """Tell whether it is asked how what is in one framework is used in another, and not what there is."""
    return len(wanted) > 1 and any(piece.may_be("how") and piece.may_be("use", "load") for piece in sentence.pieces)


def _is_about_it(sentence: Sentence) -> bool:
    """Tell whether the model is what is asked about: something is asked of it, or it stands alone or by its id."""
    piece = _models(sentence)[0]
    asks = sentence.has("framework", "format", "file", "frameworks", "available", "which", "formats")
    alone = all(one is piece or one.asks_nothing or one.may_be("models") for one in sentence.pieces)
    return asks or alone or "/" in piece.text


def _models(sentence: Sentence) -> list[Piece]:
    """Give the models that are named, each once."""
    named = [piece for piece in sentence.pieces if piece.may_be("model")]
    several = any(piece.text.casefold() in SEVERAL for piece in sentence.pieces)
    lists = sentence.has("models") and sentence.has("measure", *(("which",) if several else ()))
    lists = lists or (several and _are_of_account(sentence))
    if sentence.has("top", "most") or lists:  # `top models from nvidia`, `which models does nvidia have`
        named = [piece for piece in named if not piece.may_be("account")]
    found = {piece.concepts["model"]: piece for piece in reversed(named)}
    return list(reversed(found.values()))


def _are_of_account(sentence: Sentence) -> bool:
    """Tell whether models stand before the account whose they are: `models of meta-llama`, `models by qwen`."""
    three = zip(sentence.pieces, sentence.pieces[1:], sentence.pieces[2:], strict=False)
    return any(
        one.may_be("models") and by.text.casefold() in BY and account.may_be("account") for one, by, account in three
    )


BY = ("of", "by", "from", "von", "от", "de")

SEVERAL = ("models", "modelle", "modelos", "модели", "моделей")
"""Words for models of an account, where one model would be called `model`."""


def _is_sure(named: list[Piece]) -> bool:
    return all(piece.sure for piece in named)


def _note(named: list[Piece]) -> str:
    """Say which id was taken for a family, or that nobody here knows a name."""
    if unknown := next((piece.text for piece in named if piece.mended and not piece.sure), None):
        return f"No model called “{unknown[:40]}” is known here."
    taken = [piece for piece in named if "/" not in piece.text and piece.others]
    return " ".join(f"“{piece.text}” was taken for {piece.concepts['model']}." for piece in taken)
