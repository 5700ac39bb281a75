"""What labels and heads of columns are about, in the wordings people use."""

from __future__ import annotations

import pytest

from hanke_lod.labels import Labels, fold_label
from hanke_lod.lexicon import Lexicon


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Hankkeen nimi:", "title"),
        ("HANKKEEN NIMI", "title"),
        ("Budjetti (€)", "money"),
        ("Hankkeen koko budjetti, €", "money"),
        ("Kustannusarvio yht. €", "money"),
        ("Toteutusaika Rahasto", "period+funding"),
        ("Toteuttaja ja kumppanit", "role:implementer+role:partner"),
        ("Toteuttaja/hallinnoija", "role:implementer+role:administrator"),
        ("Rahasto / rahoittaja", "funding+role:funder"),
        ("Projektets\u00a0budget", "money"),
        ("Liikkuva kylä", ""),
        ("Jakobstads stad", ""),
        ("Hiilinielut haltuun", ""),
        ("", ""),
    ],
)
def test_a_label_is_about_its_kind(label: str, kind: str, lexicon: Lexicon) -> None:
    assert kind == lexicon.field_of(label)


def test_what_was_asked_before_is_answered_alike() -> None:
    labels = Labels({"kesto": "period"})

    assert ["period", "period", "", ""] == [labels.kind(label) for label in ("Kesto:", "Kesto:", "Nimi", "Nimi")]


def test_dashes_spaces_and_signs_make_no_difference() -> None:
    assert fold_label("Yhteis­työ – tahot:") == fold_label("yhteistyö - tahot")
