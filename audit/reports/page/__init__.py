"""The parts of the HTML page: one file answers one of an editor's questions."""
