"""The engine: two texts in, a `Review` out. No screen, and never an import of `tui` or textual."""

__version__ = "0.1.0"
