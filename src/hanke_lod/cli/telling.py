"""What the commands say: messages, remarks, questions, what a build did and changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from hanke_lod import config, texts
from hanke_lod.errors import HankeError
from hanke_lod.model import Remark

if TYPE_CHECKING:
    from hanke_lod.building import Outcome
    from hanke_lod.identity import Asked, Change


def language_of(ctx: click.Context) -> str:
    return str(ctx.find_root().params.get("lang") or texts.reader_language())


def say(identifier: str, **facts: object) -> str:
    return texts.say(identifier, language_of(click.get_current_context()), **facts)


def colour() -> bool | None:
    """Tell click to leave colours out when the reader asks so (no-color.org); else it does so where no terminal is."""
    return False if os.environ.get("NO_COLOR") else None


def show_report(report: object, language: str) -> None:
    from hanke_lod.validating import Review, format_named

    if isinstance(report, Review):
        click.echo(format_named("text").write(report, language), nl=False, color=colour())


def show_question(asked: Asked, language: str) -> None:
    kind = texts.say(f"page-kind-{asked.kind}", language)
    facts = {"kind": kind, "title": asked.title, "earlier": ", ".join(asked.earlier)}
    click.echo(texts.say("ledger-question", language, **facts), err=True)
    click.echo(f"  {asked.answer}", err=True)


def tell_remarks(remarks: Iterable[Remark]) -> None:
    held = list(remarks)
    if not held:
        return
    click.echo(say("build-remarks", count=len(held)), err=True)
    for remark in held:
        line = f":{remark.place.line}" if remark.place.line is not None else ""
        locator = f", {remark.place.locator}" if remark.place.locator else ""
        click.echo(f"  {remark.document}{line}{locator}: {say(remark.text, **dict(remark.facts))}", err=True)


def progress(step: str) -> None:
    click.echo(say(step), err=True)


def tell_outcome(settings: config.Config, outcome: Outcome, *, check: bool) -> None:
    done = "build-checked" if check else "build-done" if outcome.is_new else "build-unchanged"
    if outcome.remarks:
        tell_remarks(outcome.remarks)
    else:
        click.echo(say("build-no-remarks"), err=True)
    for text, applies in (
        ("build-local-base", config.is_local(settings.base_uri)),
        ("build-licence", not settings.licence_confirmed),
    ):
        if applies:
            click.echo(say(text, base_uri=settings.base_uri), err=True)
    _tell_news(settings, outcome.news)
    click.echo(say(done, publication=outcome.publication, projects=outcome.projects))


_MOST_NEWS = 20


def _tell_news(settings: config.Config, news: Sequence[Change]) -> None:
    """Say what a build changed; not of a first one, in which all is new."""
    from hanke_lod import identity

    number = max((change.publication for change in news), default=1)
    if number == 1:
        return
    known = identity.history.replay(identity.history.load(settings.path(identity.history.FILE_NAME)))
    lines = list(identity.tell(news, known, language_of(click.get_current_context())))
    if lines:
        click.echo(say("build-news"), err=True)
    for line in lines[:_MOST_NEWS]:
        click.echo(f"  {line}", err=True)
    if len(lines) > _MOST_NEWS:
        click.echo(say("build-news-more", count=len(lines) - _MOST_NEWS, first=number - 1, last=number), err=True)


def tell_difference(settings: config.Config, first: str, last: str) -> None:
    from hanke_lod import identity, publications

    changes = identity.history.load(settings.path(identity.history.FILE_NAME))
    told = {str(change.publication) for change in changes}
    numbers = [
        int(name) if name in told else publications.number_of(publications.find(settings.folder, name))
        for name in (first, last)
    ]
    made = identity.history.between(changes, *numbers)
    lines = list(identity.tell(made, identity.history.replay(changes), language_of(click.get_current_context())))
    click.echo("\n".join(lines) if lines else say("publications-same", first=first, last=last))


def announce(title: str, url: str) -> None:
    click.echo(say("serve-start", title=title, url=url))
    sys.stdout.flush()


def tell_failure(error: HankeError) -> None:
    where = f"{error.where}: " if error.where else ""
    click.echo(where + say(error.text, **error.facts), err=True)
    click.echo(say("serve-older"), err=True)
