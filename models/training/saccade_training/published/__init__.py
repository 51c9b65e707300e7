"""Imports the checkpoints that the authors of Glance-and-Focus published (Wang et al., NeurIPS 2020)."""
