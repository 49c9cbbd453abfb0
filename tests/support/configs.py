"""Changing the configuration of a project in tests."""

from hexclave_app.config.overrides import Level
from hexclave_app.installation import Installation
from hexclave_app.services import project_configs
from models.base import JsonValue


def configure(installation: Installation, project_id: str, config: dict[str, JsonValue]) -> None:
    """Merge keys into the environment override of a project."""
    installation.db.call(project_configs.patch, project_id=project_id, level=Level.ENVIRONMENT, config=config)
