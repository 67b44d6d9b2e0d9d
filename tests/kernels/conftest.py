"""Fixtures of the kernels' tests."""

from kernels import kernel, launch

__all__ = ["kernel", "launch"]
