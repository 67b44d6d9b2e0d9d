"""Run the command line as `python -m tmjkit`."""

from tmjkit.cli.app import main

main()
