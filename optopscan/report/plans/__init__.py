"""Plans of the building as pictures, and what every drawing sheet shares."""
