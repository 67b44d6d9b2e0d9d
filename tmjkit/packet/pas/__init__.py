"""Da Vinci PAS: a request for prior authorization as a FHIR R4 Bundle that a payer's API takes.

Shaped after the examples of the implementation guide (Prior Authorization Support 2.0.1,
http://hl7.org/fhir/us/davinci-pas). `facts` finds what the request needs or says what is missing,
`people`, `orders`, `papers` and `claim` each make their resources, `bundle` puts them together.
"""

from tmjkit.packet.pas.bundle import pas_bundle
from tmjkit.packet.pas.facts import PasError
from tmjkit.packet.pas.papers import supporting

__all__ = ["PasError", "pas_bundle", "supporting"]
