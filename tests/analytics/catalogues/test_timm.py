"""timm's weights, worked out from its syntax tree: every way in which its files make entries."""

import pytest

from analytics.catalogues import Count, NotCounted, timm

HEAD = """
import copy
from ._registry import generate_default_cfgs, register_model, register_model_deprecations
from .constants import MEAN
def _cfg(url='', **kwargs):
    return {'url': url, 'mean': MEAN, **kwargs}
"""


def count(cfgs: str, *registered: str, tail: str = "") -> Count:
    """Count one module of these entries with these registered architectures."""
    functions = "".join(f"\n@register_model\ndef {name}(pretrained=False, **kwargs): return 1\n" for name in registered)
    return timm.count({"timm/models/a.py": f"{HEAD}{cfgs}{functions}{tail}"})


def test_a_weight_needs_a_source_and_a_registered_architecture() -> None:
    """An empty source, an unregistered and a deprecated architecture are not listed; `*` is no part of a name."""
    cfgs = (
        "default_cfgs = generate_default_cfgs({'a.x*': _cfg(hf_hub_id='timm/'), 'a.none': _cfg(), 'b': _cfg(url='u'),"
        "'c.x': _cfg(file='f'), 'old.x': _cfg(url='u')})"
    )

    found = count(cfgs, "a", "b", "old", tail="register_model_deprecations(__name__, {'old': 'a.x'})")

    assert (found.number, found.unread, found.names) == (2, 0, ("timm/a.x",))


def test_a_helper_may_call_a_helper_and_bring_the_source_itself() -> None:
    """The weight source can be a default of the module's own helper."""
    cfgs = "def _own(**kwargs): return _cfg(hf_hub_id='other/w', **kwargs)\ndefault_cfgs = {'a.x': _own(size=3)}"

    assert count(cfgs, "a").names == ("other/w",)


def test_keys_are_made_by_comprehensions_with_f_strings() -> None:
    """Entries over another module-level dict, with suffixes, as in the vision towers."""
    cfgs = """
_SOURCE = {'a.x': _cfg(hf_hub_id='q/w', out=1), 'b.y': _cfg(hf_hub_id='q/v', out=2)}
default_cfgs = generate_default_cfgs({
    f'{name.split(".", 1)[0]}{suffix}.{name.split(".", 1)[1]}': dict(
        ((k, v) for k, v in cfg.items() if k not in ('out',)), hf_hub_id='timm/',
        first=None if suffix == '_enc' else 'head')
    for name, cfg in _SOURCE.items() for suffix in ('', '_enc')})
"""

    assert count(cfgs, "a", "a_enc", "b", "b_enc").names == ("timm/a.x", "timm/a_enc.x", "timm/b.y", "timm/b_enc.y")


def test_a_loop_adds_renamed_copies_chosen_by_a_note() -> None:
    """Copies keep the id of what they were made of; the original is not changed."""
    cfgs = """
default_cfgs = {'v_clip_s.o': _cfg(hf_hub_id='timm/', notes=('natively quickgelu',)), 'v_clip_b.o': _cfg(url='u')}
chosen = [n for n, c in default_cfgs.items() if c.get('notes', ()) and 'quickgelu' in c['notes'][0]]
for n in chosen:
    c = copy.deepcopy(default_cfgs[n])
    if c['hf_hub_id'] == 'timm/':
        c['hf_hub_id'] = 'timm/' + n
    default_cfgs[n.replace('_clip_', '_clip_quickgelu_')] = c
default_cfgs = generate_default_cfgs(default_cfgs)
"""

    found = count(cfgs, "v_clip_s", "v_clip_b", "v_clip_quickgelu_s")

    assert (found.number, found.names) == (3, ("timm/v_clip_s.o",))


@pytest.mark.parametrize(
    ("cfgs", "number", "unread"),
    [
        ("default_cfgs = {'a.x': _cfg(url='u'), 'b.x': mystery()}", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u'), 'b.x': _cfg(url=mystery())}", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u'), **mystery()}", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u')}\ndefault_cfgs.update(mystery())", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u')}\ndefault_cfgs.setdefault(mystery(), _cfg(url='u'))", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u')}\ndefault_cfgs.pop(mystery())", 1, 1),
        ("default_cfgs = {'a.x': _cfg(url='u'), mystery(): _cfg(url='u')}", 1, 1),
    ],
    ids=["entry", "source", "merged", "update", "default", "pop", "key"],
)
def test_what_cannot_be_worked_out_is_a_bound_and_not_left_out(cfgs: str, number: int, unread: int) -> None:
    """Each unknown entry widens the count upwards."""
    found = count(cfgs, "a", "b")

    assert (found.number, found.unread) == (number, unread)


@pytest.mark.parametrize(
    "cfgs",
    [
        "default_cfgs = mystery()",
        "from .elsewhere import default_cfgs",
        "default_cfgs = {'a.x': _cfg(url='u')}\nif mystery():\n    default_cfgs['b.x'] = _cfg(url='u')",
        "default_cfgs = {'a.x': _cfg(url='u')}\nfor n in mystery():\n    default_cfgs[n] = _cfg(url='u')",
        "default_cfgs = {'a.x': _cfg(url='u')}\ndel default_cfgs['a.x']",
        "default_cfgs = {k: v for k, v in {'a.x': _cfg(url='u')}.items() if mystery()}",
        "default_cfgs = {k: v for k, v in {'a.x': _cfg(url='u')}.items() if k.startswith(('a', mystery()))}",
    ],
    ids=["call", "import", "branch", "loop", "deletion", "condition", "condition on words"],
)
def test_a_dict_that_may_hold_anything_leaves_its_whole_file_unread(cfgs: str) -> None:
    """Its architectures are counted as unread beside another file's weights."""
    good = HEAD + "default_cfgs = {'z.x': _cfg(url='u')}\n@register_model\ndef z(): pass\n"
    bad = f"{HEAD}{cfgs}\n@register_model\ndef a(): pass\n@register_model\ndef b(): pass\n"

    found = timm.count({"timm/models/good.py": good, "timm/models/bad.py": bad})

    assert (found.number, found.unread) == (1, 2)


@pytest.mark.parametrize(
    "bomb",
    [
        "s = 'a'\n" + "s = s + s\n" * 60,
        "t = (1, 1)\n" + "t = (t, t)\n" * 60 + "d = {t: 1}\n",
        "def f(x): return f(x)\ny = f(1)\n",
        "l = [1]\n" + "l = [m for m in l + l]\n" * 40,
        "x = 'a'.replace('a', '" + "b" * 3000 + "')\n",
        "x = " + "+".join(["1"] * 900) + "\n",
    ],
    ids=["doubling", "nested keys", "recursion", "lists", "long text", "deep"],
)
def test_foreign_code_cannot_take_for_ever(bomb: str) -> None:
    """Whatever grows or recurses is given up, and what stands beside it still counts."""
    found = count(bomb + "default_cfgs = {'a.x': _cfg(url='u')}", "a")

    assert found.number == 1


def test_nothing_is_run() -> None:
    """A call to anything that is not listed is unknown, however it is spelt."""
    cfgs = "x = __import__('os').system('exit 3')\ny = open('/etc/passwd').read()\ndefault_cfgs = {'a.x': _cfg(url=y)}"

    with pytest.raises(NotCounted):
        count(cfgs, "a")


def test_before_0_9_architectures_are_counted() -> None:
    """Old entries are plain dicts by architecture, some made with dict()."""
    old = "def _cfg(url='', **kwargs): return {'url': url, **kwargs}\ndefault_cfgs = dict(a=_cfg(url='u'), b=_cfg())"

    assert timm.count({"timm/models/a.py": old + "\n@register_model\ndef a(): pass\n"}).number == 1
