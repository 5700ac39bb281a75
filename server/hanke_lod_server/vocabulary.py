"""The bundled ontology and shapes, as files and as triples; read when first asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hanke_lod.rdf import Triple, parse_file, to_triples
from hanke_lod.resources import ontology_file, shape_files
from hanke_lod_server.graph import Graph


def ontology_paths() -> list[Path]:
    """Return the files of the ontology that is served at /ontology."""
    return [ontology_file()]


@lru_cache
def ontology_triples() -> tuple[Triple, ...]:
    """Return the ontology's triples."""
    return _triples(ontology_paths())


@lru_cache
def ontology_graph() -> Graph:
    """Return the ontology for reading."""
    return Graph(ontology_triples())


@lru_cache
def alignments_triples() -> tuple[Triple, ...]:
    """Return the triples that say how the ontology's terms relate to those of others."""
    return _triples([ontology_file("alignments.ttl")])


@lru_cache
def alignments_graph() -> Graph:
    """Return the alignments for reading."""
    return Graph(alignments_triples())


@lru_cache
def shapes_triples() -> tuple[Triple, ...]:
    """Return the triples of all bundled shapes."""
    return _triples(shape_files())


@lru_cache
def shapes_graph() -> Graph:
    """Return the shapes for reading."""
    return Graph(shapes_triples())


def written(paths: list[Path]) -> bytes:
    """Return Turtle files one after another, byte for byte: several Turtle documents joined are one."""
    return b"\n".join(path.read_bytes() for path in paths)


def _triples(paths: list[Path]) -> tuple[Triple, ...]:
    return tuple(triple for path in paths for triple in to_triples(parse_file(path)))
