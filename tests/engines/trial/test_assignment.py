"""The draw: balanced, the same for everybody, and done again in ten lines."""

from __future__ import annotations

import hashlib
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rrr.engines.trial import Arm, Unit, assign, commitment, seed

SEED = hashlib.sha256(b"a seed").hexdigest()
KEYS = st.lists(st.text("abcdefgh0123456789ñł", min_size=1, max_size=6), min_size=1, max_size=40, unique=True)
STRATA = ["north", "south", ""]


def units(keys: list[str]) -> list[Unit]:
    return [Unit(key, stratum=STRATA[len(key) % 3]) for key in keys]


def test_a_known_draw() -> None:
    """Written down once: whoever changes the algorithm changes its version, for old draws must stay repeatable."""
    found = assign([Unit(key) for key in ("ana", "bela", "cruz", "dário")], seed_hex="00" * 32)
    assert (found.algorithm, found.share_treated, found.by) == ("sha256-order/1", "1/2", "individual")
    order = sorted(found.arms, key=lambda key: hashlib.sha256(bytes(32) + key.encode()).digest())
    assert [found.arms[key] for key in order] == ["treated", "treated", "control", "control"]
    assert found.arms == {"ana": "treated", "bela": "control", "cruz": "treated", "dário": "control"}


@given(KEYS, st.sampled_from([Fraction(1, 2), Fraction(1, 3), 0.4]))
def test_ten_lines_give_the_same_draw(keys: list[str], share_treated: Fraction | float) -> None:
    """The lines of the module's docstring."""
    found = assign(units(keys), seed_hex=SEED, share_treated=share_treated)
    half = Fraction(1, 2)
    data, share, treated = bytes.fromhex(SEED), Fraction(share_treated).limit_denominator(10_000), set()

    def place(key: str) -> bytes:
        return hashlib.sha256(data + key.encode("utf-8")).digest()

    strata = {name: [one.key for one in units(keys) if one.stratum == name] for name in {one.stratum for one in units(keys)}}
    for stratum in sorted(strata, key=lambda s: s.encode()):
        order = sorted(strata[stratum], key=lambda key: (place(key), key.encode()))
        k = math.floor(share * len(order) + (place("stratum\0" + stratum)[0] >= 128 if share * len(order) % 1 == half else half))
        treated |= set(order[:k])
    assert {key for key, arm in found.arms.items() if arm is Arm.TREATED} == treated


@given(KEYS, st.data())
def test_balanced_in_each_stratum_and_order_does_not_matter(keys: list[str], data: st.DataObject) -> None:
    found = assign(units(keys), seed_hex=SEED)
    assert set(found.arms) == set(keys)
    for count in found.strata.values():
        assert abs(count.treated - count.control) <= 1
    assert sum(count.treated for count in found.strata.values()) == list(found.arms.values()).count(Arm.TREATED)
    assert assign(units(data.draw(st.permutations(keys))), seed_hex=SEED.upper()) == found


def test_clusters_are_drawn_whole() -> None:
    pupils = [Unit(f"{school}{n}", school, "north" if school in "AB" else "south") for school in "ABCDEF" for n in range(5)]
    found = assign(pupils, seed_hex=SEED, by="cluster")
    assert {name: (count.treated, count.control) for name, count in found.strata.items()} == {"north": (1, 1), "south": (2, 2)}
    assert all(found.arms[one.key] == found.clusters[one.cluster] for one in pupils)


def test_every_draw_is_as_likely_as_any_other() -> None:
    """Over 600 seeds each of the 6 draws of 2 in 4 comes about 100 times (chi-square with 5 df, 99.9%: 20.5)."""
    counts: dict[str, int] = {}
    for number in range(600):
        found = assign([Unit(key) for key in "abcd"], seed_hex=hashlib.sha256(str(number).encode()).hexdigest())
        name = "".join(key for key, arm in found.arms.items() if arm is Arm.TREATED)
        counts[name] = counts.get(name, 0) + 1
    assert len(counts) == 6
    assert sum((count - 100) ** 2 / 100 for count in counts.values()) < 20.5


def test_single_units_of_many_strata_do_not_all_lean_one_way() -> None:
    found = assign([Unit(str(n), stratum=str(n)) for n in range(200)], seed_hex=SEED)
    assert 70 < list(found.arms.values()).count(Arm.TREATED) < 130


def test_the_seed_is_the_hash_of_three_parts() -> None:
    plan, secret = "ab" * 32, "cd" * 16
    assert seed(plan, secret.upper(), " entry 17 ") == hashlib.sha256(f"{plan}\0{secret}\0entry 17".encode()).hexdigest()
    assert seed(plan, secret, "entry 18") != seed(plan, secret, "entry 17")
    assert commitment(secret) == hashlib.sha256(bytes.fromhex(secret)).hexdigest()


@pytest.mark.parametrize(
    ("given_units", "options", "sentence"),
    [
        ([], {}, "nobody to draw"),
        ([Unit("a"), Unit("a")], {}, "stands twice"),
        ([Unit("caf\u00e9"), Unit("cafe\u0301")], {}, "stands twice"),
        ([Unit("")], {}, "no key"),
        ([Unit("a")], {"by": "cluster"}, "no cluster"),
        ([Unit("a", "s", "north"), Unit("b", "s", "south")], {"by": "cluster"}, "two strata"),
        ([Unit("a")], {"by": "street"}, "by individual or by cluster"),
        ([Unit("a")], {"share_treated": 1}, "between 0 and 1"),
        ([Unit("a")], {"seed_hex": "xyz"}, "hexadecimal"),
        ([Unit("a")], {"seed_hex": "ab"}, "at least 32"),
    ],
)
def test_what_cannot_be_drawn_is_said(given_units: list[Unit], options: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        assign(given_units, **{"seed_hex": SEED, **options})  # type: ignore[arg-type]


def test_the_seed_needs_all_its_parts() -> None:
    for parts in (("ab", "cd" * 16, "x"), ("ab" * 32, "cd", "x"), ("ab" * 32, "cd" * 16, " ")):
        with pytest.raises(ValueError, match=r"has at least|at least one letter"):
            seed(*parts)
