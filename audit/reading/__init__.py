"""From bytes to documents: finds the inputs, decodes them, and keeps where each field came from."""
