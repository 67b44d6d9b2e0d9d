"""Our bundle beside the official examples of the implementation guide."""

import pytest

from tmjkit.examples import load

pytestmark = pytest.mark.shared

BUNDLES = (
    "Bundle-HomecareAuthorizationBundleExample",
    "Bundle-MedicalServicesAuthorizationBundleExample",
    "Bundle-ReferralAuthorizationBundleExample",
    "Bundle-SurgicalRequestBundleExample",
)
# What the four have in common and we leave out, with the reason.
LEFT_OUT = {
    "text": "a narrative is generated text, and one more place for a patient's words",
    "display": "descriptors belong to the owners of the codes",
}
# What belongs to their sample people or to a list that nobody names for ours.
OF_THEIR_SAMPLES = {
    "profile-subscriber": ("extension",),  # a military status
    "profile-requestor": ("identifier",),  # a clinic's own NPI; ours asks with the clinician's
    "profile-insurer": ("identifier.system",),  # payer ids are of each clearinghouse's own list
    "profile-practitionerrole": ("location",),
    "profile-servicerequest": tuple(f"quantityQuantity.{x}" for x in ("unit", "system", "code")),
}


def paths(value, path=""):
    """Return the elements that a resource has, without their places in lists."""
    if isinstance(value, dict):
        found = set()
        for key, inside in value.items():
            found |= {f"{path}.{key}"} | paths(inside, f"{path}.{key}")
        return found
    if isinstance(value, list):
        return set().union(*(paths(inside, path) for inside in value))
    return set()


def resources(bundle):
    return [entry["resource"] for entry in bundle["entry"]]


def profile(resource):
    return resource["meta"]["profile"][0]


def wanted(path):
    return not any(part in LEFT_OUT for part in path.split("."))


def by_profile(bundles):
    """Return for each profile the elements that every example of it has."""
    found = {}
    for bundle in bundles:
        for resource in resources(bundle):
            found.setdefault(profile(resource), []).append(paths(resource))
    return {name: set.intersection(*all_of_them) for name, all_of_them in found.items()}


@pytest.fixture
def ours(written):
    case = load("self-funded-erisa-denial").case
    return written(case)


def test_the_head_of_the_bundle_is_theirs(official, ours):
    for name in BUNDLES:
        theirs = official(name)
        assert set(theirs) == set(ours)
        assert theirs["meta"] == ours["meta"]
        assert theirs["type"] == ours["type"]
        assert set(theirs["identifier"]) == set(ours["identifier"])
        assert resources(theirs)[0]["resourceType"] == resources(ours)[0]["resourceType"]


def test_every_profile_of_ours_is_one_of_theirs(official, ours):
    theirs = {profile(item) for name in BUNDLES for item in resources(official(name))}
    assert {profile(item) for item in resources(ours)} <= theirs


@pytest.mark.parametrize(
    "kind",
    [
        "profile-claim",
        "profile-requestor",
        "profile-insurer",
        "profile-coverage",
        "profile-subscriber",
        "profile-servicerequest",
        "profile-practitionerrole",
        "profile-practitioner",
    ],
)
def test_what_all_their_resources_of_a_profile_have_ours_has_too(official, ours, kind):
    theirs = by_profile([official(name) for name in BUNDLES])
    url = f"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/{kind}"
    needed = {path for path in theirs[url] if wanted(path)}
    mine = set.union(*(paths(item) for item in resources(ours) if profile(item) == url))
    own = tuple(f".{path}" for path in OF_THEIR_SAMPLES.get(kind, ()))
    missing = {path for path in needed - mine if not path.startswith(own)} if own else needed - mine
    assert missing == set()


def test_the_systems_of_our_codes_are_theirs_or_the_owners(official, ours):
    def systems(value):
        if isinstance(value, dict):
            own = {value["system"]} if "system" in value and "code" in value else set()
            return own.union(*(systems(inside) for inside in value.values()))
        if isinstance(value, list):
            return set().union(*(systems(inside) for inside in value))
        return set()

    theirs = set().union(*(systems(official(name)) for name in BUNDLES))
    own = systems(ours) - theirs
    assert (
        own
        == {
            "http://www.ama-assn.org/go/cpt",
            "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType",
            "http://terminology.hl7.org/CodeSystem/coverage-class",
            "http://terminology.hl7.org/CodeSystem/subscriber-relationship",
            "http://terminology.hl7.org/CodeSystem/v2-0203",
            "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        }
        - theirs
    )


def test_the_items_have_the_extensions_of_their_items(official, ours):
    theirs = {
        extension["url"]
        for name in BUNDLES
        for item in resources(official(name))[0]["item"]
        for extension in item["extension"]
    }
    mine = [
        {extension["url"] for extension in item["extension"]} for item in resources(ours)[0]["item"]
    ]
    always = {
        f"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-{name}"
        for name in ("serviceItemRequestType", "certificationType", "itemTraceNumber")
    }
    assert all(always <= item <= theirs for item in mine)
