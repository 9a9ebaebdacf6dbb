"""The built front end and the files beside it."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from webchat.api.pages import STATIC_FOLDER, Pages

BUILD_FOLDER = Path(__file__).parents[1] / "ui" / "dist"


def is_built(build: Path) -> bool:
    """Whether the front end can be shown."""
    return (build / "chat.js").is_file() and (build / "schedule.html").is_file()


def routes(build: Path, pages: Pages) -> APIRouter:
    """Loader, widget, the pages and assets; a page that says what to do where they are not built."""
    router = APIRouter(include_in_schema=False)

    @router.get("/chat.js")
    def loader() -> FileResponse:
        if not (build / "chat.js").is_file():
            raise HTTPException(404)
        return FileResponse(build / "chat.js", media_type="text/javascript")

    @router.api_route("/schedule", methods=["GET", "HEAD"])
    def schedule() -> Response:
        if not is_built(build):
            return pages.page("not_built.html", {}, status=503)
        return FileResponse(build / "schedule.html", media_type="text/html")

    @router.api_route("/desk", methods=["GET", "HEAD"])
    def desk() -> Response:
        if not (build / "desk.html").is_file():
            return pages.page("not_built.html", {}, status=503)
        return FileResponse(build / "desk.html", media_type="text/html")

    router.mount("/w", _Folders(build / "w"))
    router.mount("/assets", _Folders(STATIC_FOLDER, build / "assets"))
    return router


class _Folders(StaticFiles):
    """Files of several folders, the first that has one; a folder may be made later."""

    def __init__(self, *folders: Path) -> None:
        super().__init__()
        self.all_directories.extend(folders)
