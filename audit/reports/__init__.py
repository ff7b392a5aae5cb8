"""Views of the one report object: JSON, HTML, terminal, CSV, tables."""
