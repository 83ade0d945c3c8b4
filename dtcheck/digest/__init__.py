"""The digest: months of submissions joined to what a leader needs to know (design §1)."""

from dtcheck.digest.amendments import Amendment, Kind
from dtcheck.digest.build import Digest, build_digest
from dtcheck.digest.doubt import NOBODY
from dtcheck.digest.reporting import Reporting, refusals, unread_by_bureau
from dtcheck.digest.standing import Standing
from dtcheck.digest.track import Track

__all__ = [
    "NOBODY",
    "Amendment",
    "Digest",
    "Kind",
    "Reporting",
    "Standing",
    "Track",
    "build_digest",
    "refusals",
    "unread_by_bureau",
]
