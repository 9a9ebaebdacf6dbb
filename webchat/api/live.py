"""The stream by which open pages hear of changes."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from webchat.api.given import GivenChanges

router = APIRouter()


@router.get("/api/changes", response_class=StreamingResponse)
async def changes(changes: GivenChanges) -> StreamingResponse:
    """Server-sent events: `change` with `{"version": N}` on connecting and on each change of any calendar."""
    if changes.is_full:
        raise HTTPException(503, headers={"Retry-After": "30"})
    return StreamingResponse(
        changes.events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )
