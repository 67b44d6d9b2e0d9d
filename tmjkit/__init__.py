"""tmjkit: insurance coverage of botulinum toxin for temporomandibular disorder.

The way through the package is document → case → findings → letter → packet → decision.
Importing it loads the case records only (pydantic); what is heavy is loaded by the function
that needs it.
"""

from tmjkit.case import Case

__all__ = ["Case", "__version__"]

__version__ = "0.1.0"
