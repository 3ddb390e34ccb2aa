"""The API's reference for a person: one page made from its OpenAPI description, without script."""

from __future__ import annotations

import json
import re
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

_CODE = re.compile(r"`([^`]+)`")


def _code(text: str) -> Markup:
    """The text with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))


_PAGES = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_PAGES.filters["code"] = _code

# Swagger UI and ReDoc come from other people's servers, which Dateline never asks for anything.
_PAGE = _PAGES.from_string("""\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ api.info.title }}: HTTP API</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .25rem }
</style></head>
<body><main>
<h1>{{ api.info.title }} {{ api.info.version }}: HTTP API</h1>
<p>{{ api.info.description | code }}</p>
<p>For programs: <a href="openapi.json">openapi.json</a>.</p>
{% for path, methods in api.paths.items() %}{% for method, call in methods.items() %}
<h2><code>{{ method | upper }} {{ base }}{{ path }}</code></h2>
<p>{{ call.summary }}. {{ call.description | default("") | code }}</p>
{% if call.requestBody %}
<p>It takes, as application/json:</p>
<ul>{% for name, field in fields(call).items() %}
<li><code>{{ name }}</code>{{ " (needed)" if name in needed(call) }}: {{ field.description }}</li>
{% endfor %}</ul>
{% endif %}
<p>It gives:</p>
<ul>{% for status, response in call.responses.items() %}
<li>{{ status }}: {{ response.description if status != "200" else "what was asked for" }}</li>
{% endfor %}</ul>
{% endfor %}{% endfor %}
<h2>An example</h2>
<pre>curl -s {{ base }}/ask -H 'Content-Type: application/json' \\
  -d '{{ example }}'</pre>
</main></body></html>
""")


def reference(api: dict[str, Any], base: str) -> HTMLResponse:
    """The page.

    Args:
        api: the OpenAPI description, as `FastAPI.openapi` gives it.
        base: the path that the API is served under.
    """

    def body(call: dict[str, Any]) -> dict[str, Any]:
        schema = call["requestBody"]["content"]["application/json"]["schema"]
        name = schema["$ref"].rpartition("/")[2]
        found: dict[str, Any] = api["components"]["schemas"][name]
        return found

    page = _PAGE.render(
        api=api,
        base=base,
        fields=lambda call: body(call)["properties"],
        needed=lambda call: body(call).get("required", ()),
        example=json.dumps({"question": "How many people were killed?"}),
    )
    return HTMLResponse(page)
