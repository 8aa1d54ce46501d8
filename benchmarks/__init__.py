"""Measurements that cost minutes, run by hand; what they find stands in `docs/`."""
