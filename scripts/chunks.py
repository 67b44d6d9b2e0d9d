"""Note which of Voila's scripts a page asks for: run this after a new version of Voila.

Writes `templates/voila/tmjkit/chunks.txt`, which `tmjkit.serve.frontend` reads.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from dashboards import FLAGS, ours, pages_in, painted, workspace_in

from tmjkit.serve.frontend import find

LIST = Path(__file__).resolve().parents[1] / "templates/voila/tmjkit/chunks.txt"


def asked_for() -> list[str]:
    """Open a page without the list; return the paths of the scripts that it asked for, in order."""
    LIST.write_text("", encoding="utf-8")
    asked: list[str] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        workspace, case = workspace_in(folder)
        pages = pages_in(folder)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=FLAGS
        )
        with ours(folder, pages, workspace) as server:
            for notebook in ("case", "plain"):
                page = browser.new_page()
                page.on("response", lambda answer: asked.append(urlsplit(answer.url).path))
                page.goto(server.address.format(notebook, query=f"case={case}"))
                painted(page, notebook)
                page.wait_for_load_state("networkidle")
        browser.close()
    return list(dict.fromkeys(asked))


def installed(address: str) -> str | None:
    """Return where under `share/jupyter` a script lies; None for what is no chunk of Voila's."""
    head, _, rest = address.partition("/voila/")
    del head
    if not rest.endswith(".js") or rest.endswith("/voila.js") or "remoteEntry" in rest:
        return None
    names = []
    if rest.startswith("static/"):
        names = [f"voila/templates/base/{rest}"]
    elif "labextensions/" in rest:
        tail = "labextensions/" + rest.partition("labextensions/")[2]
        names = [f"voila/{tail}", tail]
    return next((name for name in names if find(name)), None)


if __name__ == "__main__":
    chunks = [name for address in asked_for() if (name := installed(address))]
    LIST.write_text("\n".join(chunks) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(chunks)} scripts are in {LIST.name}\n")
