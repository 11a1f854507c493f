"""From material names to group, strength class, density and strength."""
