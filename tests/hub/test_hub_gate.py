"""What the Hub's gate takes from the environment, and whom it lets in."""

import json
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from tornado import web

from tmjkit.serve import ServeError
from tmjkit.serve.address import DIRECT
from tmjkit.serve.hub import read_place
from tmjkit.serve.hub_application import activity
from tmjkit.serve.hub_gate import HubIdentity, hub_gate

ENVIRONMENT = {
    "JUPYTERHUB_USER": "frontdesk",
    "JUPYTERHUB_SERVICE_PREFIX": "/user/frontdesk/",
    "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:4567/user/frontdesk/",
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_API_TOKEN": "secret",
    "JUPYTERHUB_CLIENT_ID": "jupyterhub-user-frontdesk",
    "JUPYTERHUB_OAUTH_ACCESS_SCOPES": '["access:servers!server=frontdesk/"]',
    "JUPYTERHUB_BASE_URL": "/",
}


def test_the_hub_says_whose_server_it_is_and_where_it_listens() -> None:
    place = read_place(ENVIRONMENT)
    assert (place.user, place.ip, place.port) == ("frontdesk", "127.0.0.1", 4567)
    assert place.base_url == place.prefix == "/user/frontdesk/"
    assert place.home == "/hub/"
    public = ENVIRONMENT | {"JUPYTERHUB_PUBLIC_URL": "https://clinic.example/user/frontdesk/"}
    assert read_place(public).base_url == "https://clinic.example/user/frontdesk/"


@pytest.mark.parametrize("name", sorted(ENVIRONMENT.keys() - {"JUPYTERHUB_BASE_URL"}))
def test_without_a_hub_it_says_what_is_missing(name: str) -> None:
    with pytest.raises(ServeError, match=f"^{name} is not set"):
        read_place({key: value for key, value in ENVIRONMENT.items() if key != name})


@pytest.mark.parametrize(
    ("model", "allowed"),
    [
        ({"name": "frontdesk", "kind": "user", "scopes": ["access:servers!user=frontdesk"]}, True),
        ({"name": "frontdesk", "kind": "user", "scopes": ["read:users!user=frontdesk"]}, False),
        ({"name": "coordinator", "kind": "user", "scopes": ["access:servers!user=coordinator"]}, 0),
        ({"name": "frontdesk", "kind": "service", "scopes": ["access:servers"]}, False),
    ],
)
def test_a_name_counts_with_the_right_to_this_server_only(
    model: dict[str, Any], allowed: bool
) -> None:
    identity = HubIdentity(
        api_token="secret",
        oauth_client_id="jupyterhub-user-frontdesk",
        access_scopes={"access:servers!server=frontdesk/", "access:servers!user=frontdesk"},
    )
    assert identity.allowed_name(model) == ("frontdesk" if allowed else "")


def test_what_was_typed_is_kept_for_the_person_whatever_their_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def person(user: str) -> str:
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "secret")
        gate = hub_gate(read_place(ENVIRONMENT | {"JUPYTERHUB_USER": user}), DIRECT)
        # Nobody's cookie of ours is there under the Hub, so none is asked for.
        return gate.login(cast("web.RequestHandler", None))

    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    assert person("frontdesk") == person("frontdesk")
    assert person("frontdesk") != person("coordinator")


def test_use_is_reported_in_the_hubs_own_words() -> None:
    moment = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    assert json.loads(activity(moment)) == {
        "servers": {"": {"last_activity": "2026-11-24T09:05:00Z"}},
        "last_activity": "2026-11-24T09:05:00Z",
    }
