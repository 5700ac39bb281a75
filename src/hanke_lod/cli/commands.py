"""The commands: parse options, call one function, print, exit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hanke_lod import __version__, config, texts, words
from hanke_lod.cli.output import format_of, uncollected, write
from hanke_lod.cli.telling import (
    announce,
    colour,
    language_of,
    progress,
    say,
    show_question,
    show_report,
    tell_difference,
    tell_failure,
    tell_outcome,
    tell_remarks,
)
from hanke_lod.errors import DataError, HankeError, PublicationError, RunError


class _Hanke(click.Group):
    """The one handler: a HankeError is one line and its exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own signature
        try:
            return super().invoke(ctx)
        except HankeError as error:
            if "report" in error.facts:
                show_report(error.facts["report"], language_of(ctx))
            for question in error.facts.get("questions", ()):  # type: ignore[attr-defined]  # identity.Asked
                show_question(question, language_of(ctx))
            where = f"{error.where}: " if error.where else ""
            click.echo(where + texts.say(error.text, language_of(ctx), **error.facts), err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Hanke, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hanke-lod")
@click.option("--lang", type=click.Choice(texts.LANGUAGES), help="Language of messages; else by the locale.")
def main(lang: str | None) -> None:  # read by language_of
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

    row = format_of(output)
    settings = config.load(config_file.parent, config_file) if config_file else None
    with uncollected():
        understood = building.convert(inputs, settings, base_uri)
        data = building.write_rdf(understood.description.merged, row)
    if output is None:
        click.echo(data, nl=False)
    else:
        write(output, data)
    tell_remarks(understood.remarks)
    if not understood.merged:
        click.echo(say("no-projects"), err=True)


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

    language = language_of(click.get_current_context())
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
        console.print(say("explain-summary", name=name, entries=count, remarks=remarks), markup=False)


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
        click.echo(say("report-untouched"), err=True)
    text = known["summary" if summary else form].write(review, lang or language_of(click.get_current_context()))
    click.echo(text, nl=False, color=colour())
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
    text = config.template(language_of(click.get_current_context()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RunError("output-unwritable", where=str(folder), reason=error.strerror or str(error)) from error
    click.echo(say("init-done", folder=folder))


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
    outcome = building.build(settings, progress, today, check=check, accept_matches=accept_matches)
    tell_outcome(settings, outcome, check=check)


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
        tell_difference(settings, *diff)
        return
    now = publications.current_name(folder)
    for name in publications.names(folder):
        held = publications.Publication.open(publications.store(folder) / name)
        date = words.date_words(str(held.manifest.get("modified", "")), language_of(click.get_current_context()))
        mark = "*" if name == now else " "
        click.echo(say("publication-line", mark=mark, name=name, date=date, projects=held.figure("projects")))
    if not now:
        raise PublicationError("no-publication", where=str(folder), folder=str(folder))


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
    click.echo(say("rollback-done", name=publications.roll_back(folder, to)))


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
        code = serving.serve_data(places, host, port, url, lambda: announce(names, f"{url}sparql"))
    else:
        code = _serve_folder(places[0] if places else None, host, port, url)
    click.get_current_context().exit(code)


def _serve_folder(folder: Path | None, host: str, port: int, url: str) -> int:
    from hanke_lod import building, publications, resources
    from hanke_lod_server import serving

    place = folder or publications.copy_of_bundled(resources.data_folder("kemi"))
    settings = config.load(place)
    try:
        outcome = building.build(settings, progress, building.today_for(settings))
        tell_outcome(settings, outcome, check=False)
    except HankeError as error:
        if not publications.current_name(place):
            raise
        tell_failure(error)
    announce(texts.of(settings.title, settings.languages[0]), url)
    return serving.serve(place, host, port)


def _shown(host: str) -> str:
    return "localhost" if host in ("127.0.0.1", "0.0.0.0") else f"[{host}]" if ":" in host else host  # shown, not bound
