"""How a text is written: its language, readability, slips and signs of translation."""
