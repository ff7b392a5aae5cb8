"""What the evidence says of a source, with a likely range, or nothing where it is short."""
