"""Publications: written whole, switched to by one rename, read by the server.

A publication is an immutable directory `<folder>/.hanke/publications/<number>-<hash>`; `.hanke/current` is a
symbolic link to the one that is served (on systems without links: a file holding its name).

    manifest.json    SHA-256 and size of every file below, the base IRI, figures
    data.nq          the dataset, sorted: merged data and ontology in the default graph, then the named graphs
    documents.nt     the triples of each document, one document after another
    documents.jsonl  what pages need beside the triples: spans, line, history
    documents.tsv    key, state, changed, and where the two above hold it; sorted by key
    dataset.*        the dumps
    dataset.*.gz     the same, compressed; these and the index depend on a library's version and stand outside the
    index-2.sqlite   lists and search                                                             manifest
"""

from hanke_lod.publications.bundled import copy_of_bundled
from hanke_lod.publications.opening import Publication, Record, current_name, names, open_current
from hanke_lod.publications.places import DATA, INDEX, MANIFEST, number_of, store
from hanke_lod.publications.switching import drafting, find, locked, next_number, prune, publish, roll_back
from hanke_lod.publications.writing import Document, checksum, replace_file, write_documents, write_manifest

__all__ = [
    "DATA",
    "INDEX",
    "MANIFEST",
    "Document",
    "Publication",
    "Record",
    "checksum",
    "copy_of_bundled",
    "current_name",
    "drafting",
    "find",
    "locked",
    "names",
    "next_number",
    "number_of",
    "open_current",
    "prune",
    "publish",
    "replace_file",
    "roll_back",
    "store",
    "write_documents",
    "write_manifest",
]
