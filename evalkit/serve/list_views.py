"""The page of the project: its names, its terms, its verdicts and what they say of the rules."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import ExitStack
from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from evalkit.errors import EvalkitError
from evalkit.review import figures
from evalkit.review.advise import advise, settings
from evalkit.serve import asked, pages
from evalkit.serve.asked import parts
from evalkit.serve.forms import FormError
from evalkit.serve.offers import offers
from evalkit.serve.sheet_views import said_of, sheet_of, taken
from evalkit.serve.store import Store, has_entries
from evalkit.terms.load import load
from evalkit.text.files import read_text
from evalkit.text.rewriting import rewrite
from evalkit.text.turns import turn
from evalkit.text.visible import visible

_CHANGED = (
    "The {} have been changed since this page was made, in another window or in their file. Nothing is saved. Take a "
    "copy of your text, reload the page, and make your change again."
)
_STARTERS = {
    "names": "names:\n  # - name: Sadyr Japarov\n  #   kind: person          # person, place, organisation\n"
    "  #   accept: [Zhaparov]\n",
    "terms": "terms:\n  # - term: shared future\n  #   accept: [common future]\n  #   reject: [common destiny]\n",
}


def routes() -> list[Route]:
    """The addresses of these pages."""
    return [
        asked.get("/project", _project),
        asked.post("/project/lists", _save),
        asked.post("/project/review", _import),
        asked.get("/project/verdicts", _verdicts),
        asked.get("/project/{name}.yaml", _list),
    ]


def _project(
    request: Request, said: str = "", problem: str = "", given: dict[str, str] | None = None,
    was: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    store = parts(request).store
    texts = {name: _text(path, name) for name, path in _paths(store).items()}
    seen = {name: _state(path) for name, path in _paths(store).items()}
    verdicts = store.verdicts()
    advice = advise(figures.of_rules(verdicts))
    return pages.page(
        request, "project", 400 if problem else 200, texts=given or texts, seen=was or seen, said=said,
        problem=visible(problem), advice=advice,
        number=len(verdicts), agreement=figures.agreement(verdicts), settings=settings(advice),
        offers=offers(), lists=[name for name, path in _paths(store).items() if path.is_file()],
    )  # fmt: skip


def _text(path: Path, name: str) -> str:
    return read_text(path) if path.is_file() and path.stat().st_size else _STARTERS[name]


def _save(request: Request, form: FormData) -> Response:
    """Writes what was changed of both lists, or neither: a list with an error in it is shown again with what is wrong,
    and so is one that somebody else has changed since the page was made."""
    paths = _paths(parts(request).store)
    texts = {name: str(form.get(name, "")).replace("\r\n", "\n") for name in paths}
    was = {name: str(form.get(f"{name}_seen", "")) for name in paths}
    try:
        with parts(request).store.lock, ExitStack() as turns:
            for path in paths.values():
                turns.enter_context(turn(path))
            changed = [name for name, path in paths.items() if _bare(texts[name]) != _bare(_text(path, name))]
            for name in changed:
                if was[name] != _state(paths[name]):
                    raise FormError(_CHANGED.format(name))
            _check(texts)
            for name in changed:
                _write(paths[name], texts[name])
    except EvalkitError as problem:
        return _project(request, problem=str(problem), given=texts, was=was)
    return _project(request, said="Both lists are saved. Evaluate a text again to use them.")


def _paths(store: Store) -> dict[str, Path]:
    return {"names": store.names, "terms": store.terms}


def _state(path: Path) -> str:
    """What tells one state of a list from another; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def _bare(text: str) -> str:
    """A text as a form brings it back."""
    return text.replace("\r\n", "\n").strip("\n")


def _write(path: Path, text: str) -> None:
    """Writes a list with the line ends and the encoding it had."""
    end = "\r\n" if path.is_file() and "\r\n" in read_text(path) else "\n"
    text = text.rstrip("\n") + "\n" if text.strip() else ""
    rewrite(path, text.replace("\n", end))


def _check(texts: dict[str, str]) -> None:
    """Reads the lists as an evaluation would, together; the messages name the list, not a file of ours."""
    with tempfile.TemporaryDirectory(prefix="evalkit-") as folder:
        paths = []
        for name, text in texts.items():
            if has_entries(text):
                path = Path(folder) / f"{name}.yaml"
                path.write_text(text, encoding="utf-8")
                paths.append(path)
        try:
            load(paths)
        except EvalkitError as problem:
            raise FormError(str(problem).replace(f"{folder}/", "")) from None


def _import(request: Request, form: FormData) -> Response:
    """Takes in a reviewed sheet."""
    try:
        name, data, who = taken(form)
        sheet = sheet_of(name, data, who)
        got = parts(request).store.take(sheet)
    except EvalkitError as problem:
        return _project(request, problem=str(problem))
    told = {"verdicts": len(got.verdicts), "left": int(sheet.remarked), "again": got.again, "doubtful": got.doubtful}
    said = said_of({**told, "who": who})
    return _project(request, said=f"{said} {sheet.open} findings of the sheet are open.")


def _list(request: Request) -> Response:
    """The names list or the termbase, to keep."""
    store, name = parts(request).store, request.path_params["name"]
    path = {"names": store.names, "terms": store.terms}.get(name)
    if path is None or not path.is_file():
        raise FormError("There is no such list yet.")
    headers = {"content-type": "application/yaml", "content-disposition": f'attachment; filename="{name}.yaml"'}
    return Response(path.read_bytes(), headers=headers)


def _verdicts(request: Request) -> Response:
    """The file of verdicts, to keep."""
    path = parts(request).store.verdicts_path
    body = path.read_bytes() if path.is_file() else b"key\tverdict\trule\twho\ttext\tnote\n"
    headers = {
        "content-type": "text/tab-separated-values",
        "content-disposition": 'attachment; filename="verdicts.tsv"',
    }
    return Response(body, headers=headers)
