"""The permission graph: what contains what, against a brute-force oracle, and why."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hexclave_app.config.schema import CompleteConfig
from hexclave_app.services import permissions
from hexclave_app.services.permissions import PROJECT_SCOPE, SYSTEM_TEAM_PERMISSIONS, TEAM_SCOPE

OWN_IDS = [f"p{number}" for number in range(8)]
ALL_IDS = [*OWN_IDS, "$read_members", "$update_team", "dangling"]

definitions = st.dictionaries(
    st.sampled_from(OWN_IDS),
    st.tuples(
        st.sampled_from([TEAM_SCOPE, PROJECT_SCOPE]),
        st.dictionaries(st.sampled_from(ALL_IDS), st.booleans(), max_size=4),
    ),
)
grants = st.sets(st.sampled_from(ALL_IDS), max_size=4)
scopes = st.sampled_from([TEAM_SCOPE, PROJECT_SCOPE])
Definitions = dict[str, tuple[str, dict[str, bool]]]


def config_of(graph: Definitions) -> CompleteConfig:
    stored = {
        identifier: {"scope": scope, "containedPermissionIds": contained}
        for identifier, (scope, contained) in graph.items()
    }
    return CompleteConfig.model_validate({"rbac": {"permissions": stored}})


def oracle(graph: Definitions, direct: set[str], scope: str) -> set[str]:
    """Everything reachable, by adding edges until nothing is new."""
    known = {identifier for identifier, (own, _) in graph.items() if own == scope}
    known |= set(SYSTEM_TEAM_PERMISSIONS) if scope == TEAM_SCOPE else set()
    found = direct & known
    while True:
        edges = {inner for outer in found if outer in graph for inner, is_on in graph[outer][1].items() if is_on}
        more = found | (edges & known)
        if more == found:
            return found
        found = more


@given(definitions, grants, scopes)
def test_the_closure_is_what_brute_force_finds(graph: Definitions, direct: set[str], scope: str) -> None:
    assert permissions.closure(config_of(graph), direct, scope) == oracle(graph, direct, scope)


@given(definitions, grants, scopes, st.sampled_from(ALL_IDS))
def test_an_explanation_is_a_chain_from_a_grant_exactly_when_allowed(
    graph: Definitions, direct: set[str], scope: str, wanted: str
) -> None:
    chain = permissions.chain(config_of(graph), direct, wanted, scope)
    assert bool(chain) == (wanted in oracle(graph, direct, scope))
    if chain:
        assert chain[0] in direct
        assert chain[-1] == wanted
        assert len(set(chain)) == len(chain)
        assert all(graph[outer][1][inner] for outer, inner in pairwise(chain))


def test_the_explanation_takes_the_shortest_way() -> None:
    graph: Definitions = {
        "p0": (TEAM_SCOPE, {"p1": True}),
        "p1": (TEAM_SCOPE, {"p2": True, "p0": True}),
        "p2": (TEAM_SCOPE, {"$update_team": True}),
        "p3": (TEAM_SCOPE, {"$update_team": True}),
    }
    assert permissions.chain(config_of(graph), ["p0"], "$update_team", TEAM_SCOPE) == ["p0", "p1", "p2", "$update_team"]
    assert permissions.chain(config_of(graph), ["p0", "p3"], "$update_team", TEAM_SCOPE) == ["p3", "$update_team"]


def test_a_grant_explains_itself_and_an_unknown_one_nothing() -> None:
    config = config_of({"p0": (TEAM_SCOPE, {})})
    assert permissions.chain(config, ["p0"], "p0", TEAM_SCOPE) == ["p0"]
    assert permissions.chain(config, ["p0"], "p0", PROJECT_SCOPE) == []
    assert permissions.chain(config, ["dangling"], "dangling", TEAM_SCOPE) == []
