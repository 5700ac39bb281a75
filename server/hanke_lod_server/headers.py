"""Headers that belong to every answer, and those that guard pages."""

from __future__ import annotations

from flask import Request, Response

#: How long an answer may be used without asking again. A new publication is seen within this time.
FRESH = "public, max-age=60"
#: Of addresses whose content never changes.
IMMUTABLE = "public, max-age=31536000, immutable"
#: Of redirects from a thing to its description, which hold for ever.
LASTING = "public, max-age=86400"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_FOR_PAGES = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
_EXPOSED = "Allow, Content-Length, Content-Location, ETag, Link, Location, Retry-After"
_ALLOWED = "Accept, Accept-Language, Content-Type, If-Match, If-None-Match, If-Range, Range"


def finish(request: Request, response: Response) -> Response:
    """Add what every answer carries: open to all origins, nothing guessed, pages guarded."""
    headers = response.headers
    headers.setdefault("Access-Control-Allow-Origin", "*")
    headers.setdefault("Access-Control-Expose-Headers", _EXPOSED)
    if request.method == "OPTIONS":
        headers.setdefault("Access-Control-Allow-Methods", headers.get("Allow", "GET, HEAD, OPTIONS"))
        headers.setdefault("Access-Control-Allow-Headers", _ALLOWED)
        headers.setdefault("Access-Control-Max-Age", "86400")
        headers.remove("Content-Type")  # there is no content
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype == "text/html":
        for name, value in _FOR_PAGES.items():
            headers.setdefault(name, value)
    return response
