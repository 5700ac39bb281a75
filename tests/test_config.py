"""hanke.toml: what it can say, and how each mistake in it is told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hanke_lod import config, rdf, texts
from hanke_lod.config import SETTINGS, Config, Setting, parse
from hanke_lod.errors import ConfigError
from hanke_lod.texts import LANGUAGES

PATHS = [row.path for row in SETTINGS]
FOLDER = Path("kansio")
MINIMAL = """\
base_uri = "https://data.example.fi/"
title = "Hankkeet"

[publisher]
name = "Kemi"

[[source]]
file = "hankkeet.txt"
"""
#: A value of a kind that no reader of a setting takes.
WRONG = "1979-05-27T07:32:00"
#: Kind of setting → a value of the right type that it cannot have, and the text that says so.
REFUSED = {
    "base_uri": [
        ('"kemi.fi"', "no-scheme"),
        ('"https://"', "no-address"),
        ('"https://a b/"', "no-address"),
        ('"https://kemi.fi/?x=1"', "base-with-query"),
        ('"https://kemi.fi/#x"', "base-with-query"),
    ],
    "title": [
        ("{}", "wants-names"),
        ('{ de = "x" }', "wants-names"),
        ('{ fi = "" }', "wants-names"),
        ('""', "wants-names"),
    ],
    "languages": [
        ("[]", "wants-languages"),
        ('["fi", "fi"]', "wants-languages"),
        ('"fi"', "wants-languages"),
        ('["fi", "de"]', "wants-language"),
        ("[1]", "wants-string"),
    ],
    "licence": [('"CC BY 4.0"', "no-scheme")],
    "licence_confirmed": [('"false"', "wants-boolean"), ("0", "wants-boolean")],
    "source[].language": [('"de"', "wants-language"), ('"FI"', "wants-language")],
    "source[].captured": [('"2024-03-01"', "wants-date"), ("07:32:00", "wants-date")],
    "publication.keep": [
        ("0", "wants-positive"),
        ("-1", "wants-positive"),
        ("1.5", "wants-positive"),
        ("true", "wants-positive"),
    ],
    "query.deadline": [("0", "wants-positive"), ("-0.5", "wants-positive"), ("true", "wants-positive")],
    "query.memory": [
        ('"1GB"', "wants-size"),
        ('"0MiB"', "wants-size"),
        ('"lots"', "wants-size"),
        ("0", "wants-size"),
        ("true", "wants-size"),
    ],
}


def with_setting(path: str, value: str) -> tuple[str, int]:
    """Return the minimal hanke.toml with a key set, and the line on which it stands."""
    table, _, key = path.rpartition(".")
    head = f"[[{table.removesuffix('[]')}]]" if table.endswith("[]") else f"[{table}]" if table else ""
    lines = MINIMAL.splitlines()
    section = lines.index(head) if head and head in lines else None
    if head and section is None:
        lines += ["", head]
        section = len(lines) - 1
    place = section + 1 if section is not None else 0
    stands = range(place, len(lines) if head else lines.index(""))
    held = next((n for n in stands if lines[n].startswith(f"{key} =")), None)
    if held is None:
        lines.insert(place, f"{key} = {value}")
    else:
        lines[held] = f"{key} = {value}"
    return "\n".join(lines), (place if held is None else held) + 1


def paths(tree: dict[str, Any]) -> Iterator[str]:  # Any: TOML
    """Yield the paths of the settings that a hanke.toml names, as they stand in SETTINGS."""
    tables = {path.partition(".")[0] for path in PATHS if "." in path}
    for key, value in tree.items():
        inner = value[0] if f"{key}[]" in tables else value if key in tables else None
        yield from [key] if inner is None else [f"{key}{'[]' * (value is not inner)}.{name}" for name in inner]


def refusal(text: str) -> ConfigError:
    """Return the error that the text of a hanke.toml is refused with."""
    with pytest.raises(ConfigError) as caught:
        parse(text, FOLDER)
    return caught.value


def test_three_keys_and_a_list_are_enough() -> None:
    made = parse(MINIMAL, FOLDER)

    assert "https://data.example.fi/" == made.base_uri
    assert dict.fromkeys(LANGUAGES, "Hankkeet") == made.title
    assert dict.fromkeys(LANGUAGES, "Kemi") == made.publisher.name
    assert ["hankkeet.txt"] == [source.file for source in made.sources]
    assert ("fi", "sv", "en") == made.languages
    assert made.licence_confirmed is False
    assert (10, 10.0, 2**30) == (made.keep, made.query.deadline, made.query.memory)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.path)
def test_the_example_of_a_setting_is_a_value_it_can_have(row: Setting) -> None:
    text, _ = with_setting(row.path, row.example)

    assert isinstance(parse(text, FOLDER), Config)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.path)
def test_a_setting_is_explained_in_three_languages(row: Setting) -> None:
    assert all(texts.say(row.text, language) for language in LANGUAGES)


@pytest.mark.parametrize("row", [r for r in SETTINGS if r.path != "source[].captured"], ids=lambda row: row.path)
def test_a_wrong_value_is_told_with_file_and_line(row: Setting) -> None:
    text, line = with_setting(row.path, WRONG)

    error = refusal(text)

    assert f"{FOLDER / 'hanke.toml'}:{line}" == error.where
    assert row.path.removeprefix("source[].") == error.facts["key"]
    assert all(texts.say(error.text, language, **error.facts) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [(path, value, text) for path, rows in REFUSED.items() for value, text in rows],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_cannot_be_is_told_with_its_reason_and_line(path: str, value: str, text: str) -> None:
    toml, line = with_setting(path, value)

    error = refusal(toml)

    assert (text, f"{FOLDER / 'hanke.toml'}:{line}") == (error.text, error.where)
    assert all(texts.say(error.text, language, **error.facts) for language in LANGUAGES)


def test_an_address_without_a_scheme_is_told_how_to_write_it() -> None:
    error = refusal(with_setting("base_uri", '"kemi.fi"')[0])

    assert 'base_uri "kemi.fi" has no scheme. Write it as "https://kemi.fi/".' == texts.say(
        error.text, "en", **error.facts
    )


@pytest.mark.parametrize(
    ("line", "key", "near"),
    [
        ('base_url = "x"', "base_url", "base_uri"),
        ("licence_confirmd = true", "licence_confirmd", "licence_confirmed"),
        ('language = ["fi"]', "language", "languages"),
        ("deadline = 5", "deadline", "query.deadline"),
        ("keep = 5", "keep", "publication.keep"),
    ],
    ids=["letter", "missing-letter", "singular", "table-forgotten", "table-forgotten-2"],
)
def test_an_unknown_key_is_told_with_the_one_that_was_meant(line: str, key: str, near: str) -> None:
    error = refusal(f"{line}\n{MINIMAL}")

    assert ("unknown-key-near", key, near) == (error.text, error.facts["key"], error.facts["near"])
    assert f"{FOLDER / 'hanke.toml'}:1" == error.where


@pytest.mark.parametrize(
    ("addition", "key", "line"),
    [
        ("[[source]]\nfile = 'b.txt'\nfil = 'x'", "fil", 12),
        ("[query]\ndeadlin = 5", "query.deadlin", 11),
        ("[nonsense]", "nonsense", 10),
    ],
    ids=["second-source", "table", "unknown-table"],
)
def test_an_unknown_key_of_a_table_is_told_with_its_line(addition: str, key: str, line: int) -> None:
    error = refusal(f"{MINIMAL}\n{addition}\n")

    assert (key, f"{FOLDER / 'hanke.toml'}:{line}") == (error.facts["key"], error.where)


def test_a_key_of_an_unknown_table_is_told_with_its_line_or_the_table_s() -> None:
    error = refusal(MINIMAL + "\n[nonsense]\nquux = 5\n")

    assert str(error.facts["key"]).startswith("nonsense")
    assert error.where in (f"{FOLDER / 'hanke.toml'}:10", f"{FOLDER / 'hanke.toml'}:11")


def test_a_key_that_is_like_no_other_has_no_suggestion() -> None:
    assert "unknown-key" == refusal("xyzzy = 1\n" + MINIMAL).text


@pytest.mark.parametrize("key", ["base_uri", "title", "publisher.name", "file"])
def test_a_missing_key_is_told_with_an_example(key: str) -> None:
    name = key.rpartition(".")[2]
    left = "\n".join(line for line in MINIMAL.splitlines() if not line.startswith(f"{name} ="))

    error = refusal(left)

    assert ("missing-key", key) == (error.text, error.facts["key"])
    assert str(error.facts["example"]) in texts.say(error.text, "en", **error.facts)


def test_a_missing_file_is_told_at_its_own_source() -> None:
    assert f"{FOLDER / 'hanke.toml'}:10" == refusal(MINIMAL + "\n[[source]]\nlanguage = 'fi'\n").where


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        (MINIMAL.partition("[[source]]")[0], "no-source"),
        (MINIMAL.replace("[[source]]", "[source]"), "wants-tables"),
        ("source = 'hankkeet.txt'\n" + MINIMAL.partition("[[source]]")[0], "wants-tables"),
    ],
    ids=["none", "single-brackets", "string"],
)
def test_lists_are_written_as_tables(text: str, identifier: str) -> None:
    assert identifier == refusal(text).text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('base_uri = "x', "1:14"),
        ("a = 1\nb = [1, 2\n", "3:1"),
        ("a = 1\na = 2\n", "2:6"),
        ("a = 1\n\n= 2\n", "3:1"),
    ],
    ids=["quote", "bracket", "twice", "no-key"],
)
def test_broken_toml_is_told_with_line_and_column(text: str, place: str) -> None:
    error = refusal(text)

    assert "toml-syntax" == error.text
    assert error.where.startswith(f"{FOLDER / 'hanke.toml'}:{place.partition(':')[0]}")
    assert "(at line" not in str(error.facts["reason"])


def test_broken_toml_names_the_column() -> None:
    assert f"{FOLDER / 'hanke.toml'}:3:1" == refusal("a = 1\n\n= 2\n").where


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        (MINIMAL.replace('[publisher]\nname = "Kemi"', "publisher.name = 5"), 4),
        (MINIMAL.replace('[publisher]\nname = "Kemi"', "publisher = { name = 5 }"), 4),
        (MINIMAL.replace("title =", '"title" =').replace('"Hankkeet"', "5"), 2),
        (MINIMAL.replace("title", "  title  ").replace('"Hankkeet"', "5"), 2),
    ],
    ids=["dotted-key", "inline-table", "quoted-key", "indented"],
)
def test_the_line_is_told_however_the_key_is_written(toml: str, line: int) -> None:
    assert f"{FOLDER / 'hanke.toml'}:{line}" == refusal(toml).where


def test_the_line_is_right_after_a_text_that_holds_signs_that_break_lines_elsewhere() -> None:
    toml = MINIMAL.replace("Hankkeet", "Hank\u2028keet").replace('"Kemi"', "5")

    assert f"{FOLDER / 'hanke.toml'}:5" == refusal(toml).where


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_s_template_is_a_hanke_toml_as_it_stands(language: str) -> None:
    made = parse(config.template(language), FOLDER)

    assert "https://data.example.fi/" == made.base_uri
    assert ["hankkeet.txt"] == [source.file for source in made.sources]


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_s_template_parses_with_every_key_filled_in_and_names_each_once(language: str) -> None:
    known = {row.path.rpartition(".")[2] for row in SETTINGS}
    lines = [
        line[2:] if line.startswith("# ") and line[2:].partition(" = ")[0] in known else line
        for line in config.template(language).splitlines()
    ]

    assert isinstance(parse("\n".join(lines), FOLDER), Config)
    assert [row.path for row in SETTINGS] == sorted(paths(tomllib.loads("\n".join(lines))), key=PATHS.index)


def test_a_day_with_a_time_counts_as_its_day() -> None:
    text, _ = with_setting("source[].captured", "2022-03-01T12:00:00")

    assert date(2022, 3, 1) == parse(text, FOLDER).sources[0].captured


def test_a_base_without_a_slash_gets_one() -> None:
    text, _ = with_setting("base_uri", '"https://kemi.fi/data"')

    assert "https://kemi.fi/data/" == parse(text, FOLDER).base_uri


@pytest.mark.parametrize(
    ("value", "size"), [('"512MiB"', 2**29), ('"1 GiB"', 2**30), ('"64KiB"', 2**16), ("4096", 4096)], ids=str
)
def test_a_size_is_read_with_its_unit(value: str, size: int) -> None:
    assert size == parse(with_setting("query.memory", value)[0], FOLDER).query.memory


def test_sources_keep_their_order_for_it_is_that_of_trust() -> None:
    made = parse(MINIMAL + "\n[[source]]\nfile = 'b.txt'\n[[source]]\nfile = 'a.txt'\n", FOLDER)

    assert ["hankkeet.txt", "b.txt", "a.txt"] == [source.file for source in made.sources]


def test_a_folder_without_hanke_toml_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)

    assert ("no-config", str(tmp_path / "hanke.toml")) == (caught.value.text, caught.value.where)


@pytest.mark.parametrize(
    ("content", "identifier"),
    [("ä".encode("cp1252"), "config-not-utf8"), (MINIMAL.encode("utf-16"), "config-not-utf8")],
    ids=["cp1252", "utf-16"],
)
def test_a_hanke_toml_in_another_encoding_is_told_so(tmp_path: Path, content: bytes, identifier: str) -> None:
    (tmp_path / "hanke.toml").write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)

    assert identifier == caught.value.text


def test_a_folder_in_the_place_of_hanke_toml_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "hanke.toml").mkdir()

    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)

    assert "file-unreadable" == caught.value.text


def test_a_byte_order_mark_is_no_part_of_hanke_toml(tmp_path: Path) -> None:
    (tmp_path / "hanke.toml").write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())

    assert "https://data.example.fi/" == config.load(tmp_path).base_uri


@pytest.mark.parametrize(
    ("base", "local"),
    [
        ("http://localhost:8000/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:8000/", True),
        ("http://kemi.localhost/", True),
        ("http://kone.local/", True),
        ("https://data.example.fi/", False),
        ("https://localhost.example.fi/", False),
    ],
)
def test_an_address_of_this_machine_only_is_known_as_such(base: str, local: bool) -> None:
    assert local is config.is_local(base)


def test_lists_without_hanke_toml_have_the_defaults_and_no_publisher() -> None:
    made = config.plain(FOLDER, ["a.txt", "b.csv"], "http://localhost:8000")

    assert "http://localhost:8000/" == made.base_uri
    assert {} == made.publisher.name
    assert ["a.txt", "b.csv"] == [source.file for source in made.sources]
    assert made.licence_confirmed is False


def test_a_wrong_base_uri_of_the_command_line_is_told_at_its_option() -> None:
    with pytest.raises(ConfigError) as caught:
        config.plain(FOLDER, ["a.txt"], "kemi.fi")

    assert ("no-scheme", "--base-uri") == (caught.value.text, caught.value.where)
    assert all(texts.say(caught.value.text, language, **caught.value.facts) for language in LANGUAGES)


# ── whatever is written ─────────────────────────────────────────────────────────────────────────────────────


def outcome(text: str) -> Config | ConfigError:
    """Return what a text comes to, its error said in every language; what is neither of the two is raised."""
    try:
        return parse(text, FOLDER)
    except ConfigError as error:
        for language in LANGUAGES:
            texts.say(error.text, language, **error.facts)
        return error


KEYS = st.sampled_from(
    [row.path.rpartition(".")[2] for row in SETTINGS] + ["nonsense", "'quo ted'", "publisher", "source"]
)
VALUES = st.recursive(
    st.one_of(
        st.integers().map(str),
        st.floats().map(str),
        st.booleans().map(lambda value: str(value).lower()),
        st.dates().map(str),
        st.times().map(lambda value: value.isoformat("seconds")),
        st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=20).map(
            lambda value: f"'{value}'"
        ),
        st.sampled_from(["'https://x.fi/'", "'http://['", "'1GiB'", "'fi'", "''", '"\\u0001"', "nan", "inf"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(KEYS, inner), max_size=2, unique_by=lambda pair: pair[0]).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=4,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.sampled_from(["[publisher]", "[[source]]", "[query]", "[publication]", "[source]", "[]", "# note", "[x.y]"]),
    st.text(max_size=12),
)


@given(st.lists(LINES, max_size=12).map("\n".join), st.booleans())
def test_any_text_is_a_config_or_a_config_error(text: str, behind: bool) -> None:
    assert isinstance(outcome(MINIMAL + text if behind else text), Config | ConfigError)


@given(st.sampled_from(SETTINGS), VALUES)
def test_any_value_of_any_key_is_a_config_or_a_config_error(row: Setting, value: str) -> None:
    assert isinstance(outcome(with_setting(row.path, value)[0]), Config | ConfigError)


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 5000, "rows = " + "9" * 5000, with_setting("query.memory", f'"{"9" * 5000}GiB"')[0]],
    ids=["deep", "long-number", "long-size"],
)
def test_a_monstrous_text_is_a_config_error(text: str) -> None:
    assert isinstance(outcome(text), ConfigError)


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_deadline_is_a_number_of_seconds_that_ends(value: str) -> None:
    assert "wants-positive" == refusal(with_setting("query.deadline", value)[0]).text


ADDRESSES = [
    row.path
    for row in SETTINGS
    if row.path in ("base_uri", "licence") or row.path.endswith((".uri", "page", "place", "type", "url"))
]


@pytest.mark.parametrize("path", ADDRESSES)
@given(tail=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'"), max_size=12))
@example(tail="[")
@example(tail="x.fi/%zz")
@example(tail="x.fi:port/")
@example(tail="x.fi/\ue000")
@example(tail="ex℀mple.fi")
def test_an_address_that_is_taken_is_an_iri(path: str, tail: str) -> None:
    made = outcome(with_setting(path, f"'http://{tail}'")[0])

    if isinstance(made, Config):
        written = {made.base_uri, made.licence, *(s.url for s in made.sources), made.publisher.uri,
                   made.publisher.homepage, made.publisher.place, made.publisher.type}  # fmt: skip
        assert all(rdf.iri(address).value for address in written if address)


@pytest.mark.parametrize("email", ["avoin data@example.fi", "ei-osoite", "a@b@c", "<x@y.fi>"])
def test_an_e_mail_address_that_is_none_is_told(email: str) -> None:
    toml, line = with_setting("publisher.email", f'"{email}"')

    assert f"{FOLDER / 'hanke.toml'}:{line}" == refusal(toml).where
