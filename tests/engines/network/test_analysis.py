"""Communities, brokers, gaps and closings against published figures, brute force and properties."""

from __future__ import annotations

import random
from collections import deque
from itertools import combinations

import igraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rrr.engines.network import Node, Roles, Rule, analyse, brokers, close, communities, gaps, web
from rrr.engines.network.analysis import thinned

QUICK = Rule(starts=2, draws=39, strength_draws=5, removals=5)
Ties = list[tuple[str, str]]
NAMES = st.sampled_from("abcdefgh")
TIES = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=18).filter(lambda ties: any(a != b for a, b in ties))


def karate() -> Ties:
    return [(f"{a + 1:02}", f"{b + 1:02}") for a, b in igraph.Graph.Famous("Zachary").get_edgelist()]


def complete(size: int) -> Ties:
    return [(f"n{a}", f"n{b}") for a, b in combinations(range(size), 2)]


def test_betweenness_of_the_karate_club_as_published() -> None:
    """Normalised shares as in the literature and in the manual of networkx: .4376, .3041, .1452, .1437, .1383."""
    found = analyse(karate(), rule=QUICK)
    shares = {one.name: one.betweenness for one in found.nodes}
    known = {"01": 0.43763528, "34": 0.30407498, "33": 0.14524711, "03": 0.14365681, "32": 0.13827561, "12": 0.0}
    assert {name: shares[name] for name in known} == pytest.approx(known, abs=1e-8)
    assert [one.name for one in found.brokers][:5] == ["01", "34", "33", "03", "32"]


def test_the_best_modularity_of_the_karate_club_is_reached() -> None:
    """.4198 in four communities is the proven optimum (Brandes et al. 2008, IEEE TKDE 20(2))."""
    found = analyse(karate(), rule=QUICK)
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert sorted(len(one.members) for one in found.communities) == [5, 6, 11, 12]
    assert sum(one.inside for one in found.communities) + sum(n for one in found.communities for _, n in one.outside) // 2 == 78


def by_hand_betweenness(near: list[set[int]], middle: int) -> float:
    """Shortest paths counted one by one from every start."""
    total = 0.0
    for start, end in combinations([n for n in range(len(near)) if n != middle], 2):
        paths, shortest = [], None
        queue = deque([(start,)])
        while queue:
            path = queue.popleft()
            if shortest is not None and len(path) > shortest:
                break
            if path[-1] == end:
                shortest = len(path)
                paths.append(path)
                continue
            queue.extend((*path, one) for one in near[path[-1]] if one not in path)
        total += sum(middle in path for path in paths) / len(paths) if paths else 0.0
    return total


def by_hand_constraint(near: list[set[int]], one: int) -> float:
    """Burt 1992: sum over contacts j of (p_ij + sum over q of p_iq p_qj) squared."""

    def share(a: int, b: int) -> float:
        return 1 / len(near[a]) if b in near[a] else 0.0

    return sum((share(one, j) + sum(share(one, q) * share(q, j) for q in near[one] if q != j)) ** 2 for j in near[one])


def by_hand_roles(groups: tuple[str, ...], near: list[set[int]], b: int) -> Roles:
    counts = dict.fromkeys(Roles.__dataclass_fields__, 0)
    for a, c in combinations(sorted(near[b]), 2):
        if c in near[a]:
            continue
        three = {groups[a], groups[b], groups[c]}
        if "" in three:
            counts["unknown"] += 1
        elif len(three) == 1:
            counts["coordinator"] += 1
        elif len(three) == 3:
            counts["liaison"] += 1
        else:
            counts["consultant" if groups[a] == groups[c] else "gatekeeper"] += 1
    return Roles(**counts)


@settings(max_examples=60, deadline=None)
@given(TIES, st.lists(st.sampled_from(["x", "y", "z", ""]), min_size=8, max_size=8))
def test_brokers_as_counted_by_hand(ties: Ties, groups: list[str]) -> None:
    found = web(ties, [Node(name, group) for name, group in zip("abcdefgh", groups, strict=True)])
    size, near = len(found.names), found.neighbours
    others = (size - 1) * (size - 2) / 2 or 1
    assert brokers.betweenness(size, found.pairs) == pytest.approx([by_hand_betweenness(near, n) / others for n in range(size)])
    assert brokers.constraint(size, found.pairs) == pytest.approx([by_hand_constraint(near, n) for n in range(size)])
    assert brokers.roles(found) == [by_hand_roles(found.groups, near, n) for n in range(size)]
    assert len(found.alone) + size == 8


def test_constraint_of_a_triangle_and_a_star() -> None:
    assert brokers.constraint(3, [(0, 1), (0, 2), (1, 2)]) == pytest.approx([1.125] * 3)
    assert brokers.constraint(5, [(0, n) for n in range(1, 5)]) == pytest.approx([0.25, 1, 1, 1, 1])


@pytest.mark.parametrize("size", [3, 4, 6])
def test_a_complete_graph_has_no_brokers_and_one_community(size: int) -> None:
    found = analyse(complete(size), rule=QUICK)
    assert found.brokers == ()
    assert all(one.roles == Roles(0, 0, 0, 0, 0) for one in found.nodes)
    assert len(found.communities) == 1
    assert found.unknown.pairs_unstated == 0


@settings(max_examples=25, deadline=None)
@given(TIES, st.permutations("abcdefgh"))
def test_new_names_change_nothing(ties: Ties, renamed: list[str]) -> None:
    new = dict(zip("abcdefgh", renamed, strict=True))
    nodes = [Node(name, "xy"[name > "d"]) for name in "abcdefgh"]
    one = analyse(ties, nodes, QUICK)
    other = analyse([(new[a], new[b]) for a, b in ties], [Node(new[n.name], n.group) for n in nodes], QUICK)
    plain = {new[n.name]: (n.ties, round(n.betweenness, 9), round(n.constraint, 9), n.roles, n.broker) for n in one.nodes}
    assert plain == {n.name: (n.ties, round(n.betweenness, 9), round(n.constraint, 9), n.roles, n.broker) for n in other.nodes}
    assert one.modularity == pytest.approx(other.modularity)
    assert [(g.ties, g.p is None) for g in one.gaps] == [(g.ties, g.p is None) for g in other.gaps]
    assert sorted(map(len, one.parts)) == sorted(map(len, other.parts))


def test_the_order_of_the_karate_club_does_not_depend_on_names() -> None:
    """Every figure, also those that hang on draws: names turned round, ties in another order."""
    one = analyse(karate(), rule=QUICK)
    turned = analyse([(f"{99 - int(b)}", f"{99 - int(a)}") for a, b in reversed(karate())], rule=QUICK)
    assert (one.modularity, one.strength_p, one.agreement) == pytest.approx(
        (turned.modularity, turned.strength_p, turned.agreement), abs=0.1
    )
    assert sorted(len(c.members) for c in one.communities) == sorted(len(c.members) for c in turned.communities)
    assert one == analyse(karate()[::-1], rule=QUICK)


def blocks(across: int) -> tuple[Ties, list[Node]]:
    """Two rings of twelve with chords, `across` ties between them."""
    ties = [(f"{g}{n:02}", f"{g}{(n + step) % 12:02}") for g in "ab" for n in range(12) for step in (1, 2, 3)]
    ties += [(f"a{n:02}", f"b{(n * 5) % 12:02}") for n in range(across)]
    return ties, [Node(f"{g}{n:02}", g) for g in "ab" for n in range(12)]


def test_a_planted_gap_is_found_and_says_what_would_undo_it() -> None:
    ties, nodes = blocks(2)
    [gap] = analyse(ties, nodes, QUICK).gaps
    assert (gap.first, gap.second, gap.ties, gap.found) == ("a", "b", 2, True)
    assert gap.expected > 25
    assert gap.ties + gap.undone_by >= gap.low
    assert gap.kept == 1


@pytest.mark.slow
def test_no_gap_is_found_where_groups_say_nothing() -> None:
    """Groups dealt out at random over one network: at most a twentieth of the deals, and some slack for 60 of them, find a gap."""
    ties, nodes = blocks(12)
    found = web(ties, nodes)
    null = gaps.rewired(len(found.names), found.pairs, draws=99, seed=1)
    hits = 0
    for seed in range(60):
        dealt = list(found.groups)
        random.Random(seed).shuffle(dealt)
        mixed = web(ties, [Node(name, group) for name, group in zip(found.names, dealt, strict=True)])
        own = gaps.rewired(len(mixed.names), mixed.pairs, draws=99, seed=seed) if mixed.names != found.names else null
        hits += any(one.found for one in gaps.gaps(mixed, own, [], level=0.05, least=3))
    assert hits <= 8


def test_rewiring_keeps_every_number_of_ties() -> None:
    found = web(karate())
    degrees = sorted(len(one) for one in found.neighbours)
    for pairs in gaps.rewired(len(found.names), found.pairs, draws=5, seed=2):
        assert len({frozenset(pair) for pair in pairs}) == len(found.pairs)
        assert sorted(igraph.Graph(n=len(found.names), edges=pairs).degree()) == degrees
    assert gaps.rewired(34, found.pairs, draws=2, seed=2) == gaps.rewired(34, found.pairs, draws=2, seed=2)


def test_holm_as_by_hand() -> None:
    assert gaps.holm({("a", "b"): 0.01, ("a", "c"): 0.04, ("b", "c"): 0.03}) == pytest.approx(
        {("a", "b"): 0.03, ("b", "c"): 0.06, ("a", "c"): 0.06}
    )


def test_rand_index_and_overlap_of_known_groupings() -> None:
    """Hubert & Arabie's index of (1,1,2,2) and (1,1,2,3) is 4/7."""
    assert communities.rand_index([0, 0, 1, 1], [0, 0, 1, 2]) == pytest.approx(4 / 7)
    assert communities.rand_index([0, 0, 1, 1], [1, 1, 0, 0]) == 1
    assert communities.rand_index([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    assert communities.overlaps([0, 0, 0, 1], [0, 0, 1, 1]) == pytest.approx([2 / 3, 1 / 2])


def test_closing_the_hinge_cuts_off_the_smaller_side() -> None:
    ties = [*complete(4), ("n0", "hinge"), ("hinge", "x"), ("x", "y"), ("far", "away")]
    found = web(ties)
    gone = close(found, "hinge", thinned(found, QUICK))
    assert [one.names for one in gone.cut] == [("x", "y")]
    assert (gone.rest, gone.neighbours) == (4, ("n0", "x"))
    assert close(found, "n1").cut == ()
    star = close(web([("h", "a"), ("h", "b")]), "h")
    assert ([one.names for one in star.cut], star.rest) == ([("a",), ("b",)], 0)
    with pytest.raises(KeyError):
        close(found, "nobody")


def test_what_is_not_known_is_counted() -> None:
    found = analyse([("a", "b"), ("b", "c")], [Node("a", "x"), Node("b"), Node("d", "x")], QUICK)
    assert (found.unknown.organisations, found.unknown.without_ties, found.unknown.without_group) == (4, 1, 2)
    assert found.unknown.pairs_unstated == pytest.approx(4 / 6)


def test_a_broker_on_one_thread_is_flagged() -> None:
    """Losing either of its two ties leaves nobody between others."""
    hub = analyse([("a", "b"), ("b", "c")], rule=QUICK)
    assert [(one.name, one.stable) for one in hub.brokers] == [("b", False)]


@pytest.mark.parametrize(
    ("ties", "rule", "said"),
    [([("a", "a")], QUICK, "no tie"), ([("a", "b"), ("c", "d")], Rule(most_nodes=3), "At most 3")],
    ids=["none", "too many"],
)
def test_refusals(ties: Ties, rule: Rule, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        analyse(ties, rule=rule)
    with pytest.raises(ValueError, match="lie between"):
        Rule(removed=1.0)
    with pytest.raises(ValueError, match="twice"):
        web(ties, [Node("a"), Node("a")])
