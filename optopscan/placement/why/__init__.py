"""Why a layout is not larger, and what would let it be."""

from optopscan.placement.why.explain import explain
from optopscan.placement.why.fullest import Asked
from optopscan.placement.why.reasons import why_not
from optopscan.placement.why.remedies import remedies

__all__ = ["Asked", "explain", "remedies", "why_not"]
