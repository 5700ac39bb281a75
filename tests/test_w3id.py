"""The redirects that w3id.org is to have, in a real Apache: each identifier leads to what it names."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from hanke_lod import config, publications
from hanke_lod.namespaces import HANKE, ONTOLOGY
from hanke_lod.resources import ontology_file, shape_files
from hanke_lod_server.app import create_app

APACHE = shutil.which("apache2", path="/usr/sbin:/usr/bin:/bin")
W3ID = ontology_file("w3id") / ".htaccess"
HOST = "https://hanke.example"
FORMS = ("html", "ttl", "jsonld", "rdf", "nt")

SETTINGS = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/errors
{modules}
DocumentRoot {folder}/www
<Directory {folder}/www>
  AllowOverride All
  Require all granted
</Directory>
"""


def addresses() -> dict[str, str]:
    """Each address below https://w3id.org/hanke/ and where it must lead."""
    found = {"": "/ontology", "context.jsonld": "/context.jsonld", "frame.jsonld": "/frame.jsonld"}
    found["logo.svg"] = "/static/logo/icon.svg"
    for name, path in (("ns", "/ontology"), ("alignments", "/alignments"), ("shapes", "/shapes")):
        for version in ("", "/0.1.0"):
            found |= {f"{name}{version}": path, f"{name}{version}/": path}
            found |= {f"{name}{version}.{form}": f"{path}.{form}" for form in FORMS}
    return found


@pytest.fixture(scope="module")
def apache() -> Iterator[int]:
    """An Apache with the folder for w3id.org; its port."""
    if APACHE is None:
        pytest.skip("Debian's apache2-bin is not installed")
    with TemporaryDirectory() as place:
        yield from serve_from(APACHE, Path(place))


def serve_from(apache: str, folder: Path) -> Iterator[int]:
    """Serve the folder for w3id.org; yield the port."""
    (folder / "www" / "hanke").mkdir(parents=True)
    folder.chmod(0o755)  # started by root, Apache reads as another user
    shutil.copy(W3ID, folder / "www" / "hanke" / ".htaccess")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in ("mpm_prefork", "authz_core", "rewrite", "env", "negotiation", "dir")
        if Path(f"/usr/lib/apache2/modules/mod_{name}.so").exists()
    )
    (folder / "conf").write_text(SETTINGS.format(port=port, folder=folder, modules=modules), encoding="utf-8")
    process = subprocess.Popen([apache, "-X", "-f", str(folder / "conf")])
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the port answers."""
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("Apache did not start")


def asked(port: int, path: str) -> tuple[int, str]:
    """The status and the Location of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


@pytest.fixture(scope="module")
def client(built_kemi: Path) -> FlaskClient:
    """A server that could answer for the vocabulary."""
    return create_app(publications.open_current(built_kemi), None, config.load(built_kemi)).test_client()


@pytest.mark.system
@pytest.mark.parametrize(("address", "path"), addresses().items())
def test_an_identifier_leads_to_what_it_names(apache: int, address: str, path: str) -> None:
    assert (303, HOST + path) == asked(apache, f"/hanke/{address}")


@pytest.mark.system
@pytest.mark.parametrize("address", ["ns/9.9.9", "ns.exe", "nsx", "context.json", "id/project/x"])
def test_what_is_no_identifier_leads_nowhere(apache: int, address: str) -> None:
    assert 404 == asked(apache, f"/hanke/{address}")[0]


@pytest.mark.parametrize("path", sorted(set(addresses().values())))
def test_a_server_answers_where_the_redirects_lead(client: FlaskClient, path: str) -> None:
    assert 200 == client.get(path).status_code


def test_every_identifier_that_the_files_declare_is_among_the_redirects() -> None:
    graph = Graph()
    for file in (ontology_file(), ontology_file("alignments.ttl"), *shape_files()):
        graph.parse(file)
    root = "https://w3id.org/hanke/"

    named = {str(term).partition("#")[0] for triple in graph for term in triple if str(term).startswith(root)}

    assert {root + "ns", root + "alignments", root + "shapes"} <= {
        str(o) for o in graph.subjects(RDF.type, OWL.Ontology)
    }
    assert named <= {root + address for address in addresses()}


def test_the_current_version_is_among_the_redirects() -> None:
    (version,) = set(Graph().parse(ontology_file()).objects(URIRef(ONTOLOGY), OWL.versionInfo))

    for name in ("ns", "alignments", "shapes"):
        assert f"{name}/{version}" in addresses()


def test_one_line_says_which_server_answers() -> None:
    text = W3ID.read_text(encoding="utf-8")

    assert 1 == text.count(HOST)
    assert urlsplit(HOST).scheme == "https"


def test_the_changes_name_every_term() -> None:
    text = ontology_file("CHANGELOG.md").read_text(encoding="utf-8")

    assert [] == [term for term in sorted(HANKE.terms) if f"`{term}`" not in text]
