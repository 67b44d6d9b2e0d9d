"""Run the command line as `python -m tmjkit.cli`."""

from tmjkit.cli.app import main

main()
