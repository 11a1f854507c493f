"""Business case, factsheets and realised projects as text and table."""
