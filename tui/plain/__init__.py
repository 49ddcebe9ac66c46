"""The review as a linear dialogue: a line in, lines out; for screen readers, dumb terminals and scripts.

Nothing here loads textual.
"""
