"""The bundled files are found, in a checkout and in a wheel."""

from __future__ import annotations

import pytest

from hanke_lod import resources

FILES = {
    "texts": resources.TEXTS,
    "ontology": resources.ontology_file(),
    "alignments": resources.ontology_file("alignments.ttl"),
    "context": resources.ontology_file("context.jsonld"),
    "frame": resources.ontology_file("frame.jsonld"),
    "kemi": resources.data_folder("kemi") / "hanke.toml",
    "kemi-source": resources.data_folder("kemi") / "SOURCE.md",
    "finland": resources.data_folder("finland") / "organisations.csv",
}


@pytest.mark.parametrize("path", FILES.values(), ids=FILES)
def test_a_bundled_file_is_there(path: resources.Path) -> None:
    assert path.is_file()


def test_shapes_come_one_file_a_subject_sorted_by_name() -> None:
    names = [path.name for path in resources.shape_files()]

    assert sorted(names) == names
    assert {"project.ttl", "organisation.ttl", "catalogue.ttl"} <= set(names)
