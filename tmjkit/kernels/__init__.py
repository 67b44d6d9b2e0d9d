"""Kernels that start at once: forked from a process that has already imported what pages need.

`jupyter_client` finds `provisioner.WarmProvisioner` by its entry point when a notebook asks for
the kernelspec `tmjkit`. The provisioner has one warm parent per process that starts kernels
(`owner`), which runs `parent` and forks a `child` for each kernel. Where that can't be done, the
same kernelspec starts an ordinary kernel.
"""

from typing import Final

KERNEL_NAME: Final = "tmjkit"
