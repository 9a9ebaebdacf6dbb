"""Every address of the desk."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from webchat.api.desk import bookings, days, feed, figures, hours, session, types
from webchat.api.desk.doors import same_origin

router = APIRouter(prefix="/api/desk", tags=["desk"], dependencies=[Depends(same_origin)])
for _part in (session, bookings, days, hours, types, figures, feed):
    router.include_router(_part.router)
