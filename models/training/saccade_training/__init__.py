"""Trains, calibrates and exports the Glance-and-Focus networks that Saccade runs."""

__version__ = "1.0.0"
