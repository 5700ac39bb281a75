"""What of an HTML page is its content, and on which line of its source each text stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hanke_lod.model import Place
from hanke_lod.reading.encodings import decode

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NEVER_NAMES = """
    nav aside script style template noscript svg math head title meta link input select textarea option
    optgroup datalist legend iframe object embed video audio canvas map dialog
"""
_NEVER = frozenset(_NEVER_NAMES.split())
_ROLES_NAMES = """
    navigation banner contentinfo complementary search dialog alertdialog menu menubar tablist tooltip alert
    status
"""
_ROLES = frozenset(_ROLES_NAMES.split())
#: Parts of class names and ids that tell what is no content, and parts that may stand beside them.
_HINTS_NAMES = """
    nav navbar navigation menu breadcrumb breadcrumbs murupolku valikko navigaatio cookie cookies eväste
    evästeet footer pagination pager social some share sharing skip skiplink skiplinks sidebar langswitcher
    kielivalikko
"""
_HINTS = frozenset(_HINTS_NAMES.split())
_NEUTRAL_NAMES = """
    main site page bar banner links link list item items container wrapper block top bottom primary secondary
    notice consent to content media global header sub side left right mobile buttons icons area region trail
    path message popup overlay
"""
_NEUTRAL = frozenset(_NEUTRAL_NAMES.split())
_UNSEEN = frozenset(("sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "d-none"))
_TOGGLE = re.compile(
    r"(?:accordion|collapse|toggle|haitari)(?:[-_]{1,2}(?:title|header|heading|button|toggle|trigger|label))?"
)
_PANEL = re.compile(r"(?:.*[-_])?(?:panel|tabpanel|accordion|collapse|collapsible|tab-pane|haitari)(?:[-_].*)?")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENING = re.compile(r"<!--|<(script|style)\b")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_WINDOW = 20_000
_WORDY = 200
_LONGEST_CELL = 2000
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A parsed page: the roots of its content, the lines of its texts, the base of its links, what toggles control,
    and what tabs call their panels."""

    roots: list[LexborNode]
    lines: dict[int, int]
    base: str
    controlled: frozenset[str]
    tabs: dict[str, str]

    def place(self, node: LexborNode) -> Place:
        """Return where a text stands: by the source, or by a line that the markup brings along."""
        return Place(self.lines.get(node.mem_id))

    def target(self, href: str) -> str:
        """Return an absolute web address, or "" where a link has none."""
        target = urljoin(self.base, href.strip()) if self.base else href.strip()
        return target if re.match(r"https?://[^\s/]", target, re.IGNORECASE) else ""


def parse(source: str, *, locate: bool = True) -> Page:
    """Return a page; `locate` finds the line of each text."""
    tree = LexborHTMLParser(source)
    controlled = frozenset(
        name.lstrip("#")
        for node in tree.css("[aria-controls], [data-target], [data-bs-target], [data-toggle], [data-bs-toggle]")
        for attribute in ("aria-controls", "data-target", "data-bs-target", "href")
        for name in attribute_of(node, attribute).split()
    )
    base = next((attribute_of(node, "href") for node in tree.css("base[href]")), "")
    base = base if base.startswith(("http://", "https://")) else ""
    root = tree.root
    lines = dict(_lines(root, source)) if locate and root is not None else {}
    tabs = {
        name.lstrip("#"): " ".join(node.text(deep=True).split())
        for node in tree.css("[role=tab], [data-toggle=tab], [data-bs-toggle=tab], [data-toggle=pill]")
        for attribute in ("aria-controls", "data-target", "data-bs-target", "href")
        for name in attribute_of(node, attribute).split()
    }
    return Page(_roots(tree), lines, base, controlled, tabs)


def decoded(data: bytes) -> str | None:
    """Return a page's text: by a byte order mark, by what the page says of itself, or as any text."""
    told = _CHARSET.search(data[:4096])
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if told is None or marked or b"\x00" in data[:1024]:
        return decode(data)
    name = told[1].decode("ascii").lower()
    try:
        # a browser reads these two as Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels
        return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def attribute_of(node: LexborNode, name: str) -> str:
    """Return an attribute's value, or "" where there is none."""
    return node.attributes.get(name) or ""


def has(node: LexborNode, selector: str) -> bool:
    """Tell whether something below the node matches."""
    return any(found.mem_id != node.mem_id for found in node.css(selector))


def _roots(tree: LexborHTMLParser) -> list[LexborNode]:
    mains = [node for node in tree.css("main, [role=main]") if not _within(node, ("main",))]
    told = [node for node in mains if len(node.text(deep=True).strip()) > _WORDY or has(node, "li, table, h2, h3")]
    body = tree.body
    return told or ([body] if body is not None else [])


def _within(node: LexborNode, tags: tuple[str, ...]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(table: LexborNode) -> Iterator[list[LexborNode]]:
    """Yield the cells of each row."""
    for child in table.iter():
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from rows_of(child)
        elif child.tag == "tr" and "hidden" not in child.attributes:
            yield [cell for cell in child.iter() if cell.tag in ("td", "th")]


def is_layout(table: LexborNode, rows: list[list[LexborNode]]) -> bool:
    """Tell whether a table only lays out the page."""
    if attribute_of(table, "role") in ("presentation", "none") or has(table, "table"):
        return True
    if sum(cell.tag == "th" for row in rows for cell in row) >= 2:
        return False
    cells = [cell for row in rows for cell in row]
    return len(cells) <= 1 or any(
        has(cell, "h1, h2, h3, h4, h5, h6, details, ul ul, dl") or len(cell.text(deep=True)) > _LONGEST_CELL
        for cell in cells
    )


def span_of(cell: LexborNode, name: str) -> int:
    """Return over how many columns or rows a cell reaches."""
    told = attribute_of(cell, name).strip()
    return min(int(told), 1000) or 1000 if re.fullmatch(r"\d{1,9}", told) else 1


# ── what is no content ──────────────────────────────────────────────────────────────────────────────────────


def _asks(label: LexborNode) -> bool:
    """Tell whether a label belongs to a field to fill in; one of a hidden box may unfold what is below it."""
    target = (label.attributes.get("for") or "").strip()
    fields = label.css("select, textarea, input") if not target else []
    following = label.next
    while following is not None and (following.tag or "").startswith("-"):
        following = following.next
    fields += [following] if following is not None and target and following.attributes.get("id") == target else []
    return any(
        field.tag in ("select", "textarea")
        or (field.tag == "input" and field.attributes.get("type") not in ("checkbox", "radio"))
        for field in fields
    )


def is_dropped(node: LexborNode, page: Page) -> bool:
    """Tell whether an element is navigation, decoration, a control, or not to be seen."""
    tag = node.tag or ""
    if tag in _NEVER or (tag == "button" and not is_toggle(node)) or (tag == "label" and _asks(node)):
        return True
    attributes = node.attributes
    role = (attributes.get("role") or "").lower()
    if role in _ROLES and not has(node, "h1"):
        return True
    if tag in ("header", "footer") and not _within(
        node, ("article", "main", "section") if tag == "header" else ("article",)
    ):
        return not has(node, "h1")
    classes = (attributes.get("class") or "").lower().split()
    if _UNSEEN.intersection(classes) or _is_hidden(node, classes, page):
        return True
    names = [*classes, (attributes.get("id") or "").lower()]
    return tag not in ("body", "main", "html") and any(map(_is_hint, names)) and not has(node, "h1, main, table")


def _is_hint(name: str) -> bool:
    parts = [part for part in re.split(r"[-_]+", name) if part]
    return any(part in _HINTS for part in parts) and all(part in _HINTS or part in _NEUTRAL for part in parts)


def _is_hidden(node: LexborNode, classes: list[str], page: Page) -> bool:
    """Tell whether an element is hidden for good: a panel that a button opens is not."""
    attributes = node.attributes
    hidden = "hidden" in attributes or _NO_DISPLAY.search(attributes.get("style") or "")
    if not hidden and attributes.get("aria-hidden") != "true":
        return False
    opened = attributes.get("id") in page.controlled if attributes.get("id") else False
    return not (
        opened or attributes.get("role") == "tabpanel" or attributes.get("aria-labelledby")
        or any(_PANEL.fullmatch(name) for name in classes)
    )  # fmt: skip


def is_toggle(node: LexborNode) -> bool:
    """Tell whether an element opens a panel below it, so that its text heads the panel."""
    attributes = node.attributes
    if any(name in attributes for name in ("aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle")):
        return True
    return node.tag in ("button", "div", "span", "a") and any(
        _TOGGLE.fullmatch(name) and name not in ("accordion", "collapse", "haitari")
        for name in (attributes.get("class") or "").lower().split()
    )


def is_menu(node: LexborNode, page: Page) -> bool:
    """Tell whether a list is nothing but links within the site."""
    items = [child for child in node.iter() if child.tag == "li"]
    for item in items:
        linked = "".join(link.text(deep=True) for link in item.css("a"))
        if "".join(linked.split()) != "".join(item.text(deep=True).split()):
            return False
        if any(page.target(attribute_of(link, "href")) for link in item.css("a")):
            return False
    return bool(items)


# ── where each text stands ──────────────────────────────────────────────────────────────────────────────────


def _lines(root: LexborNode, source: str) -> Iterator[tuple[int, int]]:
    """Yield the line of each text node: the texts are looked for one after the other in the source without its tags."""
    bare = _bare(source)
    starts = [0]
    for line in bare.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    position, number = 0, 1
    for node in root.traverse(include_text=True):
        if node.tag != "-text" or (node.parent is not None and node.parent.tag in ("script", "style")):
            continue
        told = node.text_content or ""
        first = next((line.strip() for line in told.split("\n") if line.strip()), "")[:60]
        found = bare.find(first, position, position + _WINDOW) if first else -1
        if found < 0:
            continue
        position = found + len(first)
        while starts[number] <= found:
            number += 1
        yield node.mem_id, number


def _bare(source: str) -> str:
    """Return the source without scripts, comments and tags, its entities resolved, its lines kept."""

    def blank(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    source = source.replace("\r\n", "\n").replace("\r", "\n")
    source = _TAG.sub(blank, "".join(_without_scripts(source)))
    return "\n".join(html.unescape(line).replace("\n", " ") if "&" in line else line for line in source.split("\n"))


def _without_scripts(source: str) -> Iterator[str]:
    """Yield the source with scripts, styles and comments as empty lines; what is never closed reaches to the end."""
    position = 0
    while found := _OPENING.search(source, position):
        yield source[position : found.start()]
        closing = "-->" if found[0] == "<!--" else f"</{found[1]}"
        end = source.find(closing, found.end())
        position = len(source) if end < 0 else end + len(closing)
        yield "\n" * source.count("\n", found.start(), position)
    yield source[position:]
