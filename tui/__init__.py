"""Everything terminal: the command line and the review app. Importing this package imports no textual."""
