"""Reproducible measurements, each beside its peer and the physical limit in one run."""
