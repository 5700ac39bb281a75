"""The command line: parse options, call one function, print, exit."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hanke_lod import __version__, config, texts, words
from hanke_lod.errors import DataError, HankeError, PublicationError, RunError
from hanke_lod.formats import RDF_FORMATS, TURTLE, RdfFormat
from hanke_lod.model import Remark

if TYPE_CHECKING:
    from hanke_lod.building import Outcome
    from hanke_lod.identity import Asked, Change


class _Hanke(click.Group):
    """The one handler: a HankeError is one line and its exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own signature
        try:
            return super().invoke(ctx)
        except HankeError as error:
            if "report" in error.facts:
                _show_report(error.facts["report"], _language(ctx))
            for question in error.facts.get("questions", ()):  # type: ignore[attr-defined]  # identity.Asked
                _show_question(question, _language(ctx))
            where = f"{error.where}: " if error.where else ""
            click.echo(where + texts.say(error.text, _language(ctx), **error.facts), err=True)
            ctx.exit(error.exit_code)


def _show_report(report: object, language: str) -> None:
    from hanke_lod.validating import Review, format_named

    if isinstance(report, Review):
        click.echo(format_named("text").write(report, language), nl=False, color=_colour())


def _colour() -> bool | None:
    """Tell click to leave colours out when the reader asks so (no-color.org); else it does so where no terminal is."""
    return False if os.environ.get("NO_COLOR") else None


def _show_question(asked: Asked, language: str) -> None:
    kind = texts.say(f"page-kind-{asked.kind}", language)
    facts = {"kind": kind, "title": asked.title, "earlier": ", ".join(asked.earlier)}
    click.echo(texts.say("ledger-question", language, **facts), err=True)
    click.echo(f"  {asked.answer}", err=True)


def _language(ctx: click.Context) -> str:
    return str(ctx.find_root().params.get("lang") or texts.reader_language())


def _say(identifier: str, **facts: object) -> str:
    return texts.say(identifier, _language(click.get_current_context()), **facts)


@click.group(cls=_Hanke, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hanke-lod")
@click.option("--lang", type=click.Choice(texts.LANGUAGES), help="Language of messages; else by the locale.")
def main(lang: str | None) -> None:  # read by _language
    """Turn a public body's list of projects into linked open data and publish it.

    \b
    Try it:        hanke-lod serve
    A first list:  hanke-lod convert hankkeet.txt
    Your own site: hanke-lod init kansio && hanke-lod build kansio && hanke-lod serve kansio
    """


_INPUTS = click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))


@main.command()
@_INPUTS
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; its suffix chooses the format.")
@click.option("--base-uri", help="Base of the addresses; else that of hanke.toml, else http://localhost:8000/.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="The hanke.toml of the list.")
def convert(inputs: tuple[Path, ...], output: Path | None, base_uri: str | None, config_file: Path | None) -> None:
    """Convert lists of projects to RDF: to a file, or as Turtle to the terminal.

    \b
    hanke-lod convert hankkeet.txt
    hanke-lod convert hankkeet.txt -o hankkeet.jsonld --base-uri https://data.example.fi/
    """
    from hanke_lod import building

    row = _output_format(output)
    settings = config.load(config_file.parent, config_file) if config_file else None
    with _uncollected():
        understood = building.convert(inputs, settings, base_uri)
        data = building.write_rdf(understood.description.merged, row)
    if output is None:
        click.echo(data, nl=False)
    else:
        _write(output, data)
    _tell_remarks(understood.remarks)
    if not understood.merged:
        click.echo(_say("no-projects"), err=True)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Do without the collector of cycles: what a list becomes only grows, and going through it again costs a tenth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(output: Path, data: bytes) -> None:
    """Write a file whole or not at all; a pipe or a device takes it as it comes."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        if output.is_symlink() or (output.exists() and not output.is_file()):
            output.write_bytes(data)
            return
        beside.write_bytes(data)
        beside.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RunError("output-unwritable", where=str(output), reason=error.strerror or str(error)) from error


def _output_format(output: Path | None) -> RdfFormat:
    if output is None:
        return TURTLE
    row = RdfFormat.from_path(output)
    if row is None:
        known = ", ".join(f".{row.suffix}" for row in RDF_FORMATS)
        raise RunError("output-unknown", where=str(output), suffix=output.suffix or "–", known=known)
    return row


def _tell_remarks(remarks: Iterable[Remark]) -> None:
    held = list(remarks)
    if not held:
        return
    click.echo(_say("build-remarks", count=len(held)), err=True)
    for remark in held:
        line = f":{remark.place.line}" if remark.place.line is not None else ""
        locator = f", {remark.place.locator}" if remark.place.locator else ""
        click.echo(f"  {remark.document}{line}{locator}: {_say(remark.text, **dict(remark.facts))}", err=True)


@main.command()
@_INPUTS
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="The hanke.toml of the list.")
def explain(inputs: tuple[Path, ...], form: str, config_file: Path | None) -> None:
    """Show what was understood of each entry, span by span, and every remark.

    \b
    hanke-lod explain hankkeet.txt
    hanke-lod explain hankkeet.docx --format json > hankkeet.json
    """
    from rich.console import Console

    from hanke_lod import building, explaining

    language = _language(click.get_current_context())
    settings = config.load(config_file.parent, config_file) if config_file else None
    records = building.convert(inputs, settings, None).register.sources.values()
    if form == "json":
        told = [explaining.understanding_json(record.understanding, language) for record in records]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False)
    for record in records:
        for group in explaining.to_terminal(record.understanding, language):
            console.print(group)
        count = len(record.understanding.projects)
        name, remarks = record.understanding.document.name, len(record.understanding.remarks)
        console.print(_say("explain-summary", name=name, entries=count, remarks=remarks), markup=False)


@main.command()
@_INPUTS
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), help="Shapes instead of the bundled ones.")
@click.option("--format", "form", default="text", show_default=True,
              help="text, summary, turtle, json-ld, junit, github or sarif.")  # fmt: skip
@click.option("--summary", is_flag=True, help="Only how often each rule was broken; the same as --format summary.")
@click.option(
    "--fail-on",
    type=click.Choice(("violation", "warning", "info")),
    default="violation",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--base-uri", help="Base that the addresses must begin with.")
@click.option(
    "--lang", type=click.Choice(texts.LANGUAGES), help="Language of the report; else that of hanke-lod --lang."
)
def validate(
    inputs: tuple[Path, ...],
    shapes: tuple[Path, ...],
    form: str,
    summary: bool,
    fail_on: str,
    base_uri: str | None,
    lang: str | None,
) -> None:
    """Validate RDF files with SHACL. Exit code: 0 conforms, 1 violations, 2 could not run.

    \b
    hanke-lod validate hankkeet.ttl
    hanke-lod validate hankkeet.ttl --lang fi --summary
    hanke-lod validate hankkeet.ttl --shapes omat.ttl --format sarif > report.sarif
    """
    from functools import partial

    from hanke_lod import rdf, validating

    known = {row.name: row for row in validating.REPORT_FORMATS}
    if form not in known:
        raise RunError("report-unknown", form=form, known=", ".join(known))
    rules = validating.load_shapes(shapes, base_uri or "")
    read = [validating.Input(str(path), rdf.parse_file(path), partial(rdf.line_numbers, path)) for path in inputs]
    data = validating.to_graph(statement for one in read for statement in one.statements)
    if not len(data):
        raise RunError("rdf-empty", where=", ".join(map(str, inputs)))
    report = validating.check(data, rules, where=", ".join(map(str, shapes)))
    review = validating.review(report, rules, read, fail_on.capitalize())
    if not validating.apply(rules, data):
        click.echo(_say("report-untouched"), err=True)
    text = known["summary" if summary else form].write(review, lang or _language(click.get_current_context()))
    click.echo(text, nl=False, color=_colour())
    if review.fails:
        click.get_current_context().exit(DataError.exit_code)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new publisher's folder with a commented hanke.toml.

    \b
    hanke-lod init esimerkkila
    """
    path = folder / config.FILE_NAME
    if path.exists():
        raise RunError("folder-not-empty", where=str(path))
    text = config.template(_language(click.get_current_context()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunError("output-unwritable", where=str(folder), reason=error.strerror or str(error)) from error
    click.echo(_say("init-done", folder=folder))


@main.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if the build would fail or the ledger would change.")
@click.option("--accept-matches", is_flag=True, help="Take what is likely an earlier thing under a new name to be it.")
def build(folder: Path, check: bool, accept_matches: bool) -> None:
    """Build a publisher's folder into a publication and switch to it.

    \b
    hanke-lod build esimerkkila
    hanke-lod build esimerkkila --check
    """
    from hanke_lod import building

    settings = config.load(folder)
    today = building.today_for(settings)
    outcome = building.build(settings, _progress, today, check=check, accept_matches=accept_matches)
    _tell_outcome(settings, outcome, check=check)


def _progress(step: str) -> None:
    click.echo(_say(step), err=True)


def _tell_outcome(settings: config.Config, outcome: Outcome, *, check: bool) -> None:
    done = "build-checked" if check else "build-done" if outcome.is_new else "build-unchanged"
    if outcome.remarks:
        _tell_remarks(outcome.remarks)
    else:
        click.echo(_say("build-no-remarks"), err=True)
    for text, applies in (
        ("build-local-base", config.is_local(settings.base_uri)),
        ("build-licence", not settings.licence_confirmed),
    ):
        if applies:
            click.echo(_say(text, base_uri=settings.base_uri), err=True)
    _tell_news(settings, outcome.news)
    click.echo(_say(done, publication=outcome.publication, projects=outcome.projects))


_MOST_NEWS = 20


def _tell_news(settings: config.Config, news: Sequence[Change]) -> None:
    """Say what a build changed; not of a first one, in which all is new."""
    from hanke_lod import identity

    number = max((change.publication for change in news), default=1)
    if number == 1:
        return
    known = identity.history.replay(identity.history.load(settings.path(identity.history.FILE_NAME)))
    lines = list(identity.tell(news, known, _language(click.get_current_context())))
    if lines:
        click.echo(_say("build-news"), err=True)
    for line in lines[:_MOST_NEWS]:
        click.echo(f"  {line}", err=True)
    if len(lines) > _MOST_NEWS:
        click.echo(_say("build-news-more", count=len(lines) - _MOST_NEWS, first=number - 1, last=number), err=True)


@main.command(name="publications")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--diff", nargs=2, metavar="A B", help="Tell what changed from one publication to another, by number.")
def list_publications(folder: Path, diff: tuple[str, str] | None) -> None:
    """List a folder's publications, or tell what changed from one to another.

    \b
    hanke-lod publications esimerkkila
    hanke-lod publications esimerkkila --diff 1 2
    """
    from hanke_lod import publications

    settings = config.load(folder)
    if diff:
        _tell_difference(settings, *diff)
        return
    now = publications.current_name(folder)
    for name in publications.names(folder):
        held = publications.Publication.open(publications.store(folder) / name)
        date = words.date_words(str(held.manifest.get("modified", "")), _language(click.get_current_context()))
        mark = "*" if name == now else " "
        click.echo(_say("publication-line", mark=mark, name=name, date=date, projects=held.figure("projects")))
    if not now:
        raise PublicationError("no-publication", where=str(folder), folder=str(folder))


def _tell_difference(settings: config.Config, first: str, last: str) -> None:
    from hanke_lod import identity, publications

    changes = identity.history.load(settings.path(identity.history.FILE_NAME))
    told = {str(change.publication) for change in changes}
    numbers = [
        int(name) if name in told else publications.number_of(publications.find(settings.folder, name))
        for name in (first, last)
    ]
    made = identity.history.between(changes, *numbers)
    lines = list(identity.tell(made, identity.history.replay(changes), _language(click.get_current_context())))
    click.echo("\n".join(lines) if lines else _say("publications-same", first=first, last=last))


@main.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--to", default="", metavar="NUMBER", help="The publication to go back to; else the one before.")
def rollback(folder: Path, to: str) -> None:
    """Serve an earlier publication again.

    \b
    hanke-lod rollback esimerkkila
    hanke-lod rollback esimerkkila --to 3
    """
    from hanke_lod import publications

    config.load(folder)
    click.echo(_say("rollback-done", name=publications.roll_back(folder, to)))


@main.command()
@click.argument("places", nargs=-1, type=click.Path(path_type=Path), metavar="[FOLDER | FILE...]")
@click.option("--data", is_flag=True, help="Serve RDF files at a query endpoint, and nothing else.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def serve(places: tuple[Path, ...], data: bool, host: str, port: int) -> None:
    """Build if needed and serve a publisher's folder; without one, the bundled list of Kemi.

    \b
    hanke-lod serve
    hanke-lod serve esimerkkila --port 8080
    hanke-lod serve --data hankkeet.nq lisaa.ttl
    """
    from hanke_lod_server import serving

    if (data and not places) or (len(places) > 1 and not data):
        raise RunError("serve-places")
    serving.check_port(host, port)
    url = f"http://{_shown(host)}:{port}/"
    if data:
        names = ", ".join(map(str, places))
        code = serving.serve_data(places, host, port, url, lambda: _announce(names, f"{url}sparql"))
    else:
        code = _serve_folder(places[0] if places else None, host, port, url)
    click.get_current_context().exit(code)


def _serve_folder(folder: Path | None, host: str, port: int, url: str) -> int:
    from hanke_lod import building, publications, resources
    from hanke_lod_server import serving

    place = folder or publications.copy_of_bundled(resources.data_folder("kemi"))
    settings = config.load(place)
    try:
        outcome = building.build(settings, _progress, building.today_for(settings))
        _tell_outcome(settings, outcome, check=False)
    except HankeError as error:
        if not publications.current_name(place):
            raise
        _tell_failure(error)
    _announce(texts.of(settings.title, settings.languages[0]), url)
    return serving.serve(place, host, port)


def _announce(title: str, url: str) -> None:
    click.echo(_say("serve-start", title=title, url=url))
    sys.stdout.flush()


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0") else f"[{host}]" if ":" in host else host  # shown, not bound


def _tell_failure(error: HankeError) -> None:
    where = f"{error.where}: " if error.where else ""
    click.echo(where + _say(error.text, **error.facts), err=True)
    click.echo(_say("serve-older"), err=True)
