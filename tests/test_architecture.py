"""Who may import whom, and what else the house's rules say that a machine can see."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PUBLISHER = ROOT / "src" / "hanke_lod"
SERVER = ROOT / "server" / "hanke_lod_server"

#: Floor → its rooms. A room imports from the floors below it; what else it may, stands in BESIDE.
FLOORS: dict[int, set[str]] = {
    0: {"cells", "errors", "formats", "namespaces", "resources"},
    1: {"model", "uris", "settings", "config", "rdf", "texts", "jsonld", "labels", "lexicon", "words"},
    2: {"reading", "interpreting", "identity", "describing", "validating", "catalogue", "dumping", "searching",
        "lemmatising", "counting", "explaining", "publications"},
    3: {"assembling", "building"},
    4: {"hanke_lod_server"},
    5: {"cli"},
}  # fmt: skip
#: The only imports on one's own floor.
BESIDE: dict[str, set[str]] = {
    "formats": {"namespaces"},
    "uris": {"model"},
    "settings": {"rdf", "texts"},
    "config": {"settings", "texts"},
    "jsonld": {"rdf"},
    "lexicon": {"config", "labels", "model", "rdf", "texts", "uris"},
    "words": {"model", "texts"},
    "building": {"assembling"},
}
#: The server computes nothing that a build could have computed: of floors 2 and 3 it sees these only.
SERVER_SEES = FLOORS[0] | FLOORS[1] | {"publications", "searching"}
#: Library → who may import it.
DOORWAYS: dict[str, set[str]] = {
    "pyoxigraph": {"rdf", "hanke_lod_server/engines"},
    "pyld": {"jsonld"},
    "simplemma": {"lemmatising"},
    "pyshacl": {"validating"},
    "rdflib": {"validating"},
    "click": {"cli"},
    "rich": {"cli", "explaining"},
    "flask": {"hanke_lod_server"},
    "werkzeug": {"hanke_lod_server"},
    "granian": {"hanke_lod_server"},
}
ROOMS = {room: floor for floor, rooms in FLOORS.items() for room in sorted(rooms)}


class Import(NamedTuple):
    """One import: where it stands, what it names, and whether it stands in a function."""

    file: Path
    line: int
    name: str
    inside: bool

    @property
    def room(self) -> str:
        """The room that imports."""
        if self.file.is_relative_to(SERVER):
            return "hanke_lod_server"
        return self.file.relative_to(PUBLISHER).parts[0].removesuffix(".py")

    @property
    def of_room(self) -> str:
        """The room of ours that is imported, or ""."""
        package, _, rest = self.name.partition(".")
        if package == "hanke_lod_server":
            return package
        room = rest.partition(".")[0]
        return room if package == "hanke_lod" and room in ROOMS else ""

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.name}"


@cache
def tree(file: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


FILES = sorted(path for folder in (PUBLISHER, SERVER) for path in folder.rglob("*.py"))


def imports() -> Iterator[Import]:
    """Yield every import of the house, those for type checking and those within functions too."""
    for file in FILES:
        within = {
            id(inner)
            for node in ast.walk(tree(file))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names]
            else:
                continue
            yield from (Import(file, node.lineno, name, id(node) in within) for name in names)


IMPORTS = list(imports())


def allowed(room: str) -> set[str]:
    """Return the rooms that a room may import, itself among them."""
    if room == "hanke_lod_server":
        return SERVER_SEES | {room}
    below = {other for other, floor in ROOMS.items() if floor < ROOMS[room]}
    return below | BESIDE.get(room, set()) | {room}


def test_every_room_stands_on_one_floor() -> None:
    found = {
        path.stem for path in PUBLISHER.iterdir() if path.suffix == ".py" or (path.is_dir() and list(path.glob("*.py")))
    } - {"__init__"}

    assert found | {"hanke_lod_server"} == set(ROOMS)
    assert len(ROOMS) == sum(map(len, FLOORS.values()))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_down_never_up_never_across(room: str) -> None:
    wrong = [str(i) for i in IMPORTS if i.room == room and i.of_room and i.of_room not in allowed(room)]

    assert [] == wrong


@pytest.mark.parametrize("room", BESIDE)
def test_no_import_on_one_s_own_floor_is_allowed_in_vain(room: str) -> None:
    assert BESIDE[room] <= {i.of_room for i in IMPORTS if i.room == room}


def test_floor_two_has_no_neighbours() -> None:
    assert not FLOORS[2] & set(BESIDE)


def test_the_command_line_imports_the_server_within_serve_only() -> None:
    assert [] == [str(i) for i in IMPORTS if i.room == "cli" and i.of_room == "hanke_lod_server" and not i.inside]
    assert [i for i in IMPORTS if i.room == "cli" and i.of_room == "hanke_lod_server"]


def test_the_command_line_imports_what_takes_long_within_its_commands_only() -> None:
    quick = FLOORS[0] | FLOORS[1] | {"cli", "building", "identity"}  # of the last two only types, for the checker

    assert [] == [str(i) for i in IMPORTS if i.room == "cli" and not i.inside and i.of_room and i.of_room not in quick]


def test_imports_name_their_packages() -> None:
    assert [] == [str(i) for i in IMPORTS if i.name.startswith(".") or i.name.endswith(".*")]


@pytest.mark.parametrize("library", DOORWAYS)
def test_a_library_is_imported_by_its_doorway_only(library: str) -> None:
    def may(i: Import) -> bool:
        place = i.file.relative_to(PUBLISHER.parent if i.room != "hanke_lod_server" else SERVER.parent).as_posix()
        return i.room in DOORWAYS[library] or any(
            "/" in door and place.startswith(f"{door}/") for door in DOORWAYS[library]
        )

    assert [] == [str(i) for i in IMPORTS if i.name.partition(".")[0] == library and not may(i)]


def test_the_ground_floor_imports_the_standard_library_only() -> None:
    others = {
        str(i)
        for i in IMPORTS
        if ROOMS.get(i.room) == 0 and not i.of_room and i.name.partition(".")[0] not in sys.stdlib_module_names
    }

    assert set() == others


@pytest.mark.parametrize(
    "room", ["model", "uris", "namespaces", "formats", "describing", "catalogue", "counting", "explaining"]
)
def test_a_pure_room_touches_no_file_no_clock_and_no_network(room: str) -> None:
    impure = {"os", "io", "time", "socket", "urllib.request", "tempfile", "shutil", "subprocess", "sqlite3"}
    clocks = re.compile(r"\b(?:now|today|utcnow|open|read_text|read_bytes|write_text|write_bytes)\(")
    sources = [i.file for i in IMPORTS if i.room == room]

    assert [] == [str(i) for i in IMPORTS if i.room == room and i.name in impure]
    assert [] == [file.name for file in set(sources) if clocks.search(file.read_text(encoding="utf-8"))]


def test_there_is_no_python_among_the_rdf() -> None:
    assert [] == [path for folder in ("ontology", "shapes") for path in (ROOT / folder).rglob("*.py")]


def test_both_packages_publish_their_types() -> None:
    assert (PUBLISHER / "py.typed").is_file()
    assert (SERVER / "py.typed").is_file()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_a_module_says_in_a_docstring_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree(file)) or not tree(file).body


def test_a_handler_that_expects_everything_has_its_reason() -> None:
    wide = [
        (file, node.lineno)
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]

    assert [] == [
        f"{file.relative_to(ROOT)}:{line}"
        for file, line in wide
        if "  # " not in file.read_text(encoding="utf-8").splitlines()[line - 1]
    ]


def test_what_is_silenced_has_its_reason() -> None:
    bare = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in FILES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"#\s*(?:type: ignore(?:\[[^\]]*\])?|noqa(?:: ?[\w, ]+)?)\s*$", line)
    ]

    assert [] == bare


def test_nothing_asks_whether_it_is_being_tested() -> None:
    asking = re.compile(r"pytest|PYTEST|unittest|hypothesis|sys\.modules")

    assert [] == [
        file.relative_to(ROOT).as_posix() for file in FILES if asking.search(file.read_text(encoding="utf-8"))
    ]


def test_no_file_names_a_place_of_this_machine() -> None:
    folders = ("src", "server", "tests", "docs", "ontology", "shapes", "data", "benchmarks")
    suffixes = {".py", ".md", ".toml", ".ttl", ".jsonld", ".csv", ".txt", ".html", ".css", ".js", ".json"}
    here = f"{ROOT.parent}/"

    assert [] == [
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and path.is_file() and here in path.read_text(encoding="utf-8", errors="replace")
    ]
