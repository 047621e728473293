"""Each counter and the traps it must not fall into, on a few lines made in the shape of the real files."""

import pytest

from analytics.catalogues import (
    NotCounted,
    Texts,
    keras_applications,
    keras_hub,
    mediapipe,
    organisations,
    pytorch_hub,
    tensorflow_hub,
    torchaudio,
    torchtext,
    torchvision,
    transformers_auto,
)
from analytics.catalogues.collection import Reader
from analytics.catalogues.register import COLLECTIONS


def test_torchvision_counts_weights_and_no_aliases() -> None:
    """DEFAULT and other names for a member are not weights of their own; the quantised ones are named."""
    plain = "class A_Weights(WeightsEnum):\n V1 = Weights(url='x')\n V2 = _api.Weights(url='y')\n DEFAULT = V2\n"
    quantised = "class Q_Weights(WeightsEnum):\n V1 = Weights(url='x')\n OLD = A_Weights.V1\n"
    texts = {"torchvision/models/a.py": plain, "torchvision/models/quantization/q.py": quantised}

    count = torchvision.count(texts)

    assert (count.number, count.parts) == (3, {"quantised": 1})


def test_torchvision_before_0_13_counts_addresses_in_any_case_of_the_name() -> None:
    """`_MODEL_URLS` counts, a null address is an architecture without weights, `backbone_urls` are no models."""
    text = "model_urls = {'a': 'http://a', 'b': None}\n_MODEL_URLS = {'c': base + 'c'}\nbackbone_urls = {'d': 'x'}\n"

    assert torchvision.count({"torchvision/models/a.py": text}).number == 2


@pytest.mark.parametrize("family", ["RobertaBundle", "RobertaModelBundle", "T5Bundle"])
def test_torchtext_counts_bundles_of_both_families(family: str) -> None:
    """A bundle is a module-level name; classes and functions that make them are not."""
    text = f"class {family}:\n x = {family}()\nBASE = {family}(path='x')\nOTHER = Vocabulary()\n"

    assert torchtext.count({"torchtext/models/a/bundler.py": text}).number == 1


def test_torchtext_without_models_is_a_true_zero_but_models_without_bundles_are_not() -> None:
    """Releases before 0.12 had no pre-trained models; later ones without any have been read wrongly."""
    assert torchtext.count({"torchtext/vocab.py": "x = 1"}).number == 0
    with pytest.raises(NotCounted):
        torchtext.count({"torchtext/models/new.py": "x = 1"})


def test_torchaudio_counts_classes_with_an_underscore() -> None:
    """Class names may begin with `_` and differ; their ending tells."""
    text = "A = Wav2Vec2Bundle(_path='a')\nB: X = _Tacotron2Bundle()\nC = SourceSeparationBundle()\nD = dict()\n"

    assert torchaudio.count({"torchaudio/pipelines/_a.py": text}).number == 3
    assert not torchaudio.wants("torchaudio/prototype/pipelines/a.py")


def test_keras_counts_functions_and_not_their_names() -> None:
    """Two aliases are one function; preprocess_input is exported too and takes no weights."""
    text = (
        "@keras_export(['keras.applications.vgg.VGG16', 'keras.applications.VGG16'])\ndef VGG16(weights='x'): pass\n"
        "@keras_export('keras.applications.vgg.preprocess_input')\ndef preprocess_input(x): pass\n"
        "@keras_export('keras.models.clone')\ndef clone(weights): pass\ndef ResNet(weights): pass\n"
    )

    assert keras_applications.count({"keras/src/applications/vgg.py": text}).number == 1
    assert not keras_applications.wants("keras/src/applications/vgg_test.py")


def test_keras_3_is_not_read_twice() -> None:
    """Beside `keras/src` its wheels have a folder of exports."""
    text = "@keras_export('keras.applications.A')\ndef A(*, weights=None): pass\n"
    texts = {"keras/src/applications/a.py": text, "keras/applications/a.py": text}

    assert keras_applications.count(texts).number == 1


def test_keras_hub_reads_the_files_of_presets() -> None:
    """One for each model; what stands beside them holds no presets."""
    folder = "keras_hub/src/models/a"

    assert keras_hub.wants(f"{folder}/a_presets.py")
    assert not keras_hub.wants(f"{folder}/a_backbone.py")


def test_keras_hub_counts_literal_presets_only() -> None:
    """What is merged with `**` is counted where it is written; several dicts a file; two names may share a handle."""
    text = (
        "a = {'x': {'kaggle_handle': 'h1'}, 'y': {'kaggle_handle': 'h1'}}\nb = {'z': {'kaggle_handle': 'h2'}}\n"
        "presets = {**a, **b}\nother = {'k': 1, 'm': {'metadata': {}}}\n"
    )

    count = keras_hub.count({"keras_hub/src/models/a/a_presets.py": text})

    assert (count.number, count.parts) == (3, {"handles": 2})


AUTO = "transformers/models/auto/modeling_auto.py"
BERT = ("modeling_bert.py", "modeling_bert_old.py", "modeling_tf_bert.py", "configuration_bert.py")


def test_transformers_counts_model_folders_with_keys_beside_them() -> None:
    """Two files of a folder are one, `auto` is no model; a key may stand twice, a value be a tuple."""
    names = 'OrderedDict([("bert", "A"), ("bert_text", ("B", "C")), ("bert_text", "B"), ("sam", "D")])'
    texts = {AUTO: f"MODEL_MAPPING_NAMES = {names}\nX = OrderedDict([('y', 1)])"}
    texts |= {f"transformers/models/bert/{file}": "" for file in BERT}
    texts |= {"transformers/models/sam/modeling_sam.py": "", "transformers/models/byt5/tokenization_byt5.py": ""}

    count = transformers_auto.pytorch(texts)

    assert (count.number, count.parts) == (2, {transformers_auto.KEYS: 3})
    assert transformers_auto.tensorflow(texts).number == 1
    assert transformers_auto.flax(texts).number == 0


def test_files_of_transformers_that_are_gone_are_none_and_a_gone_list_is_an_error() -> None:
    """TensorFlow's are absent since 5.0, which is 0; without PyTorch's the layout is another one."""
    texts = {AUTO: "MODEL_MAPPING_NAMES = {'bert': 'A'}", "transformers/models/bert/modeling_bert.py": ""}
    of_tensorflow = {"transformers/models/auto/modeling_tf_auto.py": "TF = 1"}

    assert transformers_auto.tensorflow(texts).number == 0
    for broken in (texts | of_tensorflow, {AUTO: texts[AUTO]}, {}):
        with pytest.raises(NotCounted):
            transformers_auto.tensorflow(broken)


def test_of_a_model_s_file_the_name_alone_is_asked_for() -> None:
    """Hundreds of them are not read; the lists are."""
    assert transformers_auto.names("transformers/models/bert/modeling_bert.py")
    assert not transformers_auto.wants("transformers/models/bert/modeling_bert.py")
    assert transformers_auto.wants(AUTO)
    assert not transformers_auto.names(AUTO)


def test_pytorch_hub_counts_pages_in_the_root() -> None:
    """CRLF ends lines too; the line must stand in the front matter; `docs/template.md` is no page."""
    page = "---\r\nlayout: hub_detail\r\n---\r\n torch.hub.load('o/r', 'm')\ntorch.hub.load('o/r', model='n')"
    texts = {"a.md": page, "b.md": "---\nlayout: other\n---\nlayout: hub_detail"}

    count = pytorch_hub.count(texts)

    assert (count.number, count.parts) == (1, {"load calls": 2})
    assert not pytorch_hub.wants("docs/template.md")


def test_tensorflow_hub_counts_modules_once_whatever_their_versions() -> None:
    """Case does not matter, nor do invisible joiners; formats, placeholders and publishers are no modules."""
    firsts = ["# Module g/bert/1", "# MODULE g/BERT/2", "# Module v/&zwnj;tab/1", "# Lite g/bert/1", "# Publisher g"]
    texts = {f"assets/docs/{number}.md": f"\n{first}\ntext" for number, first in enumerate(firsts)}

    count = tensorflow_hub.count(texts)

    assert (count.number, count.parts) == (2, {"versions": 3})


def test_mediapipe_counts_links_by_format() -> None:
    """Model cards are no models; a link that stands twice is one."""
    page = "[a](https://x/a.tflite) [a](https://x/a.tflite) [e](https://x/b_edgetpu.tflite) [c](https://x/card)"
    page += " [h](https://tfhub.dev/google/h/1)"

    count = mediapipe.count({mediapipe.PAGE: page})

    assert (count.number, count.parts) == (3, {"Edge TPU": 1, "TFLite": 1, "TensorFlow Hub": 1})


def test_an_organisation_is_its_repositories() -> None:
    """Each once; an empty list is no count."""
    assert organisations.count(["o/a", "o/b", "o/a"]).names == ("o/a", "o/b")
    with pytest.raises(NotCounted):
        organisations.count([])


READERS = [pytest.param(each.reader, id=each.key) for each in COLLECTIONS if each.reader]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("texts", [{}, {"else/where.py": "x = 1"}], ids=["nothing", "elsewhere"])
def test_another_layout_is_no_count(reader: Reader, texts: Texts) -> None:
    """A release laid out otherwise is refused, never counted as nothing."""
    wanted = {path: text for path, text in texts.items() if reader.wanted(path)}
    with pytest.raises(NotCounted):
        reader.count(wanted)
