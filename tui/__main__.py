"""`python -m tui` is `bleupencil`."""

from tui.cli import main

main()
