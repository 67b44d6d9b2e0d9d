"""The headers of every answer: what a browser may load, run, keep and tell others.

Sources: W3C Content Security Policy Level 3; OWASP HTTP Headers Cheat Sheet.
"""

from typing import Final

# Scripts come from our server only, and none that stands in the page runs: a value that slipped
# through the escaping stays text. 'unsafe-eval' is for the widgets' schema validator, which
# compiles functions; styles in the page are what widgets are laid out with.
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}

NO_STORE: Final = "no-store"
"""Cache-Control of whatever is not a static file."""
