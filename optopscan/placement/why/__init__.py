"""Why a layout is not larger, and what would let it be."""
