"""The stream by which open pages hear of changes."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from webchat.api.given import ClientAddress, GivenChanges
from webchat.api.openapi import failing

router = APIRouter(tags=["public"])


@router.get("/api/changes", response_class=StreamingResponse, responses=failing())
async def changes(changes: GivenChanges, address: ClientAddress) -> StreamingResponse:
    """Server-sent events: `change` with `{"version": N}` on connecting and on each change of any calendar."""
    if changes.is_full_for(address):
        raise HTTPException(503, headers={"Retry-After": "30"})
    return StreamingResponse(
        changes.events(address), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )
