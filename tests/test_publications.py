"""Publications: written whole, switched to at once, read by binary search; a failure leaves what was served."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanke_lod import publications, texts
from hanke_lod.errors import PublicationError
from hanke_lod.publications import (
    MANIFEST,
    Document,
    Publication,
    checksum,
    copy_of_bundled,
    current_name,
    drafting,
    locked,
    names,
    open_current,
    prune,
    publish,
    replace_file,
    roll_back,
    write_documents,
    write_manifest,
)
from hanke_lod.texts import LANGUAGES

DOCUMENTS = (
    Document(
        "project/silta", b"<http://a> <http://b> <http://c> .\n", {"names": {"fi": "Silta"}}, changed="2024-03-01"
    ),
    Document("project/tie", b"", {"names": {}}, "gone", "2024-01-01"),
    Document("project/polku", b"", {"names": {}}, "merged", "2024-02-01", "tie"),
    Document("catalog", b'<http://a> <http://b> "\xc3\xa4" .\n', {"names": {}}),
)


def write(folder: Path, content: str = "a", number: int = 1) -> tuple[str, bool]:
    """Write a publication that holds a text, and switch to it."""
    with drafting(folder) as draft:
        (draft / "dataset.ttl").write_text(content, encoding="utf-8")
        write_documents(draft, DOCUMENTS)
        digest = write_manifest(draft, {"base_uri": "https://data.example.fi/"})
        return publish(folder, draft, digest, number)


def told(error: PublicationError) -> str:
    """Return an error's text; it can be said in every language."""
    assert all(texts.say(error.text, language, **error.facts) for language in LANGUAGES)
    return error.text


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_publication_is_named_by_its_number_and_content_and_served(tmp_path: Path) -> None:
    name, is_new = write(tmp_path)

    assert is_new is True
    assert name == current_name(tmp_path) == open_current(tmp_path).name
    assert name.startswith("0001-")


def test_the_manifest_has_the_checksum_and_size_of_every_file_and_the_facts(tmp_path: Path) -> None:
    write(tmp_path)
    publication = open_current(tmp_path)
    files = publication.manifest["files"]

    assert {"dataset.ttl", "documents.nt", "documents.jsonl", "documents.tsv"} == set(files)
    for name, facts in files.items():
        assert {"sha256": checksum(publication.path(name)), "bytes": publication.path(name).stat().st_size} == facts
    assert "https://data.example.fi/" == publication.base_uri


def test_the_hash_is_that_of_the_manifest(tmp_path: Path) -> None:
    name, _ = write(tmp_path)

    assert name.partition("-")[2] == checksum(open_current(tmp_path).path(MANIFEST))[:12]


def test_the_search_index_is_no_part_of_the_manifest(tmp_path: Path) -> None:
    with drafting(tmp_path) as draft:
        before = write_manifest(draft, {})
        (draft / publications.INDEX).write_bytes(b"of this library's version")
        after = write_manifest(draft, {})

    assert before == after


def test_equal_content_is_not_published_again(tmp_path: Path) -> None:
    first, _ = write(tmp_path, "a")
    again, is_new = write(tmp_path, "a", 2)

    assert (first, False) == (again, is_new)
    assert [first] == [path.name for path in (tmp_path / ".hanke" / "publications").iterdir()]


def test_earlier_content_is_switched_back_to(tmp_path: Path) -> None:
    first, _ = write(tmp_path, "a")
    write(tmp_path, "b", 2)
    back, is_new = write(tmp_path, "a", 3)

    assert (first, True) == (back, is_new)
    assert first == current_name(tmp_path)


def test_numbers_only_grow(tmp_path: Path) -> None:
    made = [write(tmp_path, content, 1)[0] for content in "abc"]

    assert ["0001", "0002", "0003"] == [name.partition("-")[0] for name in made]


def test_a_draft_that_was_not_published_is_gone(tmp_path: Path) -> None:
    with drafting(tmp_path) as draft:
        (draft / "dataset.ttl").write_text("x", encoding="utf-8")

    assert [] == list((tmp_path / ".hanke" / "publications").iterdir())


def test_a_build_that_fails_leaves_no_draft_and_what_was_served(tmp_path: Path) -> None:
    name, _ = write(tmp_path)

    with pytest.raises(RuntimeError, match="no"), drafting(tmp_path):
        raise RuntimeError("no")

    assert name == current_name(tmp_path)
    assert [name] == [path.name for path in (tmp_path / ".hanke" / "publications").iterdir()]


def test_what_a_build_that_was_killed_has_left_is_cleared_away(tmp_path: Path) -> None:
    name, _ = write(tmp_path)
    store = tmp_path / ".hanke" / "publications"
    (store / "draft-x" / "deep").mkdir(parents=True)
    left = (tmp_path / ".identifiers.csv.new", tmp_path / ".hanke" / "current.new")
    for file in left:
        file.write_text("half", encoding="utf-8")

    with locked(tmp_path):
        pass

    assert [name] == [path.name for path in store.iterdir()]
    assert not any(file.exists() for file in left)


def test_two_at_once_are_one_error_and_the_first_goes_on(tmp_path: Path) -> None:
    with locked(tmp_path):
        with pytest.raises(PublicationError) as caught, locked(tmp_path):
            pass
        name, _ = write(tmp_path)

    assert "build-running" == told(caught.value)
    assert name == current_name(tmp_path)
    with locked(tmp_path):
        pass


def test_readers_see_the_old_or_the_new_and_never_a_mixture(tmp_path: Path) -> None:
    write(tmp_path, "0")
    seen: set[bool] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            publication = open_current(tmp_path)
            seen.add(
                checksum(publication.path("dataset.ttl")) == publication.manifest["files"]["dataset.ttl"]["sha256"]
            )

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(1, 30):
        write(tmp_path, str(number), number)
    stop.set()
    reader.join()

    assert {True} == seen


# ── keeping and removing ────────────────────────────────────────────────────────────────────────────────────


def test_the_oldest_beyond_the_number_kept_are_removed(tmp_path: Path) -> None:
    made = [write(tmp_path, content, number)[0] for number, content in enumerate("abcd", start=1)]

    assert made[:2] == prune(tmp_path, 2)
    assert made[2:] == sorted(path.name for path in (tmp_path / ".hanke" / "publications").iterdir())


def test_the_one_that_is_served_is_never_removed(tmp_path: Path) -> None:
    first, second, third = (write(tmp_path, content, number)[0] for number, content in enumerate("abc", start=1))
    write(tmp_path, "a", 4)

    assert [second] == prune(tmp_path, 1)
    assert first == open_current(tmp_path).name
    assert [first, third] == sorted(path.name for path in (tmp_path / ".hanke" / "publications").iterdir())


def test_more_than_ten_thousand_publications_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    store = tmp_path / ".hanke" / "publications"
    for name in ("9999-aaaaaaaaaaaa", "10000-bbbbbbbbbbbb", "0100-cccccccccccc"):
        (store / name).mkdir(parents=True)

    assert ["0100-cccccccccccc", "9999-aaaaaaaaaaaa"] == prune(tmp_path, 1)


def test_the_one_that_was_served_until_now_is_spared(tmp_path: Path) -> None:
    first, second, third = (write(tmp_path, content, number)[0] for number, content in enumerate("abc", start=1))

    assert [second] == prune(tmp_path, 1, first)
    assert [first, third] == names(tmp_path)


# ── the way back ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_way_back_leads_to_the_one_before_and_no_further_than_there_is_one(tmp_path: Path) -> None:
    first, second, third = (write(tmp_path, content, number)[0] for number, content in enumerate("abc", start=1))

    assert [second, first] == [roll_back(tmp_path), roll_back(tmp_path)]
    assert first == current_name(tmp_path)
    with pytest.raises(PublicationError) as caught:
        roll_back(tmp_path)
    assert "publication-first" == told(caught.value)
    assert [first, second, third] == names(tmp_path)


@pytest.mark.parametrize("wanted", ["2", "0002", "name"])
def test_any_one_can_be_gone_to_by_its_name_or_number(tmp_path: Path, wanted: str) -> None:
    made = [write(tmp_path, content, number)[0] for number, content in enumerate("abc", start=1)]

    assert made[1] == roll_back(tmp_path, made[1] if wanted == "name" else wanted) == current_name(tmp_path)


@pytest.mark.parametrize("wanted", ["9", "x", "0001", "²", ".."])
def test_one_that_there_is_not_is_told(tmp_path: Path, wanted: str) -> None:
    write(tmp_path, "a", 2)

    with pytest.raises(PublicationError) as caught:
        roll_back(tmp_path, wanted)

    assert "publication-unknown" == told(caught.value)


def test_one_that_is_damaged_is_not_gone_back_to(tmp_path: Path) -> None:
    first, second = (write(tmp_path, content, number)[0] for number, content in enumerate("ab", start=1))
    truncated(tmp_path / ".hanke" / "publications" / first)

    with pytest.raises(PublicationError) as caught:
        roll_back(tmp_path)

    assert "damaged" == told(caught.value)
    assert second == current_name(tmp_path)


# ── what cannot be written ──────────────────────────────────────────────────────────────────────────────────


def test_a_file_in_the_place_of_the_store_is_one_error(tmp_path: Path) -> None:
    (tmp_path / ".hanke").write_text("", encoding="utf-8")

    with pytest.raises(PublicationError) as caught, drafting(tmp_path):
        pass

    assert "unwritable" == told(caught.value)
    assert caught.value.where.startswith(str(tmp_path / ".hanke"))


def test_a_folder_in_the_place_of_the_switch_is_one_error_and_the_old_one_stays(tmp_path: Path) -> None:
    name, _ = write(tmp_path)
    link = tmp_path / ".hanke" / "current"
    link.unlink()
    (link / "in the way").mkdir(parents=True)

    with pytest.raises(PublicationError) as caught:
        write(tmp_path, "b", 2)

    assert "unwritable" == told(caught.value)
    assert (tmp_path / ".hanke" / "publications" / name / MANIFEST).exists()
    assert [] == [path.name for path in (tmp_path / ".hanke").iterdir() if path.name.startswith("current-")]


def test_a_disk_that_is_full_is_one_error_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _ = write(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(PublicationError) as caught:
        write(tmp_path, "b", 2)

    assert ("unwritable", "No space left on device") == (told(caught.value), caught.value.facts["reason"])
    assert name == open_current(tmp_path).name


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "identifiers.csv"
    replace_file(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(PublicationError):
        replace_file(path, b"new")

    assert b"old" == path.read_bytes()
    assert ["identifiers.csv"] == [held.name for held in tmp_path.iterdir()]


def test_a_file_in_a_folder_that_is_none_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(PublicationError) as caught:
        replace_file(tmp_path / "file" / "identifiers.csv", b"x")

    assert "unwritable" == told(caught.value)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_is_found_by_its_key_with_its_state(tmp_path: Path) -> None:
    write(tmp_path)
    publication = open_current(tmp_path)

    for document in DOCUMENTS:
        record = publication.record(document.key)
        assert record is not None
        assert (document.triples, document.extras, document.state, document.changed, document.target) == (
            record.triples,
            record.extras,
            record.state,
            record.changed,
            record.target,
        )


@pytest.mark.parametrize(
    "key",
    [
        "",
        "project",
        "project/",
        "project/silt",
        "project/siltaa",
        "a",
        "zzz",
        "project/silta\tcurrent",
        "project/silta\n",
        "ä",
    ],
)
def test_a_key_that_there_is_not_is_none(tmp_path: Path, key: str) -> None:
    write(tmp_path)

    assert open_current(tmp_path).record(key) is None


KEYS = st.text(alphabet="abz019-/ä𐍈", min_size=1, max_size=8)


@given(st.sets(KEYS, max_size=40), st.sets(KEYS, max_size=10))
def test_every_key_is_found_among_any_others_and_no_other_is(keys: set[str], others: set[str]) -> None:
    with TemporaryDirectory() as place:
        write_documents(Path(place), (Document(key, f"<{n}>".encode(), {"key": key}) for n, key in enumerate(keys)))
        publication = Publication(Path(place), {})
        found = {key: publication.record(key) for key in keys | others}
        listed = [row[0] for row in publication.keys()]  # noqa: SIM118  # a publication is no dict

    assert {key: key in keys for key in found} == {key: record is not None for key, record in found.items()}
    assert all(record is None or record.extras == {"key": key} for key, record in found.items())
    assert sorted(keys) == listed


def test_keys_are_listed_in_order_by_kind(tmp_path: Path) -> None:
    write(tmp_path)

    assert [
        "project/polku",
        "project/silta",
        "project/tie",
    ] == [key for key, _, _ in open_current(tmp_path).keys("project")]
    assert 4 == len(list(open_current(tmp_path).keys()))


def test_no_documents_can_be_read_too(tmp_path: Path) -> None:
    write_documents(tmp_path, ())

    assert Publication(tmp_path, {}).record("project/silta") is None


def test_documents_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    for name, documents in (("a", DOCUMENTS), ("b", tuple(reversed(DOCUMENTS)))):
        (tmp_path / name).mkdir()
        write_documents(tmp_path / name, documents)

    for file in ("documents.nt", "documents.jsonl", "documents.tsv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_folder_that_was_never_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(PublicationError) as caught:
        open_current(tmp_path)

    assert ("no-publication", str(tmp_path)) == (told(caught.value), caught.value.facts["folder"])


@pytest.mark.parametrize("link", ["symlink", "file"])
def test_the_switch_is_a_link_or_where_there_are_none_a_file(tmp_path: Path, link: str) -> None:
    name, _ = write(tmp_path)
    current = tmp_path / ".hanke" / "current"
    if link == "file":
        current.unlink()
        current.write_text(f"{name}\n", encoding="utf-8")

    assert name == open_current(tmp_path).name


def test_a_folder_that_is_moved_is_still_served(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    name, _ = write(tmp_path / "a")

    (tmp_path / "a").rename(tmp_path / "b")

    assert name == open_current(tmp_path / "b").name


def truncated(folder: Path) -> None:
    (folder / "dataset.ttl").write_text("", encoding="utf-8")


def without_a_file(folder: Path) -> None:
    (folder / "documents.nt").unlink()


def without_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def half_a_manifest(folder: Path) -> None:
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text[: len(text) // 2], encoding="utf-8")


def another_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("[]", encoding="utf-8")


def empty_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_text("{}", encoding="utf-8")


DAMAGES = (truncated, without_a_file, without_manifest, half_a_manifest, another_manifest, empty_manifest)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_publication_is_told_to_be_one(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    name, _ = write(tmp_path)
    damage(tmp_path / ".hanke" / "publications" / name)

    with pytest.raises(PublicationError) as caught:
        open_current(tmp_path)

    assert "damaged" == told(caught.value)
    assert str(caught.value.facts["file"]) in ("dataset.ttl", "documents.nt", MANIFEST)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_building_again_mends_a_damaged_publication_as_its_error_says(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    name, _ = write(tmp_path)
    damage(tmp_path / ".hanke" / "publications" / name)

    write(tmp_path)

    assert "a" == open_current(tmp_path).path("dataset.ttl").read_text(encoding="utf-8")


def test_a_publication_that_was_removed_by_hand_is_told_to_be_damaged(tmp_path: Path) -> None:
    name, _ = write(tmp_path)
    (tmp_path / ".hanke" / "publications" / name).rename(tmp_path / "elsewhere")

    with pytest.raises(PublicationError) as caught:
        open_current(tmp_path)

    assert "damaged" == told(caught.value)


# ── the bundled folder ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, in an empty place."""
    monkeypatch.setattr("hanke_lod.publications.bundled.user_data_path", lambda name: tmp_path / "home" / name)
    return tmp_path / "home" / "hanke-lod"


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """A bundled folder with a file."""
    folder = tmp_path / "kemi"
    (folder / ".hanke").mkdir(parents=True)
    (folder / "hanke.toml").write_text("x", encoding="utf-8")
    return folder


def test_the_bundled_folder_is_copied_under_its_content_s_hash(home: Path, bundled: Path) -> None:
    first = copy_of_bundled(bundled)
    (first / "identifiers.csv").write_text("y", encoding="utf-8")

    again = copy_of_bundled(bundled)
    (bundled / "hanke.toml").write_text("z", encoding="utf-8")
    other = copy_of_bundled(bundled)

    assert first == again
    assert first != other
    assert "y" == (again / "identifiers.csv").read_text(encoding="utf-8")
    assert {first, other} == set(home.iterdir())
    assert ["hanke.toml"] == [path.name for path in other.iterdir()]


def test_a_file_in_the_place_of_the_user_s_data_folder_is_one_error(home: Path, bundled: Path) -> None:
    home.parent.mkdir()
    home.write_text("", encoding="utf-8")

    with pytest.raises(PublicationError) as caught:
        copy_of_bundled(bundled)

    assert "unwritable" == told(caught.value)


def test_a_manifest_is_json_with_sorted_keys(tmp_path: Path) -> None:
    write(tmp_path)
    text = open_current(tmp_path).path(MANIFEST).read_text(encoding="utf-8")

    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=1) + "\n" == text
