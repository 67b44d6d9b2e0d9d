"""The clinic's own configuration, with what a test run can't have: PAM and other accounts."""

import os
from pathlib import Path

c = get_config()  # noqa: F821 -- JupyterHub gives it
load_subconfig(str(Path(__file__).parents[2] / "deploy" / "jupyterhub_config.py"))  # noqa: F821

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["HUB_TEST_PASSWORD"]
c.Authenticator.allowed_users = {"frontdesk", "coordinator"}
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.environ["HUB_TEST_HOMES"] + "/{username}"
c.JupyterHub.hub_port = int(os.environ["HUB_TEST_HUB_PORT"])
c.ConfigurableHTTPProxy.api_url = os.environ["HUB_TEST_PROXY_API"]
c.ConfigurableHTTPProxy.command = [os.environ["HUB_TEST_PROXY"]]
c.JupyterHub.log_level = "INFO"
