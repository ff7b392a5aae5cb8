"""Which documents share text: fingerprints, verified pairs, clusters, and who had it first."""
