"""The complete (rendered) configuration.

These models are the only description of the configuration: its keys, types, levels, defaults and constraints are
read from them by `tree` for validation and rendering. The JSON of the wire is
`model_dump(mode="json", by_alias=True, exclude_none=True)`.
"""

from typing import Annotated, Literal

from pydantic import Field

from hexclave_app.config.markers import (
    ENVIRONMENT,
    PROJECT_ONLY,
    STARTS_WITH_SLASH,
    USER_IDS,
    UUID_IDS,
    Check,
    Number,
    Required,
    Section,
    at_most,
)
from hexclave_app.config.schema_access import (
    ApiKeys,
    Apps,
    Onboarding,
    ProjectSettings,
    Rbac,
    SourceOfTruth,
    Teams,
    Users,
)
from hexclave_app.config.schema_auth import Auth
from hexclave_app.config.schema_emails import MISSING_SOURCE, Emails
from hexclave_app.config.schema_payments import Payments
from hexclave_app.config.trusted_domains import base_url_problem

_BASE_URL = Check(lambda value: base_url_problem(str(value)))


class TrustedDomain(Section):
    """An origin pattern that redirects and callbacks may lead to; without a base URL it is ignored."""

    base_url: Annotated[str | None, _BASE_URL] = None
    handler_path: Annotated[str, at_most(300), STARTS_WITH_SLASH] = "/handler"


class Domains(Section):
    """Trusted domains of the project."""

    allow_localhost: Annotated[bool, ENVIRONMENT] = False
    trusted_domains: Annotated[dict[str, TrustedDomain], ENVIRONMENT, USER_IDS] = Field(default_factory=dict)


class ExternalDatabase(Section):
    """A target of database synchronisation."""

    type: Annotated[Literal["postgres"] | None, Required()] = None
    connection_string: str | None = None


class DbSync(Section):
    """Database synchronisation; stored for clients that read it."""

    external_databases: Annotated[dict[str, ExternalDatabase], USER_IDS] = Field(default_factory=dict)


class DataVaultStore(Section):
    """A store of sensitive values."""

    display_name: str = "Unnamed vault"


class DataVault(Section):
    """The data vault."""

    stores: Annotated[dict[str, DataVaultStore], USER_IDS] = Field(default_factory=dict)


class SavedQuery(Section):
    """A saved analytics query."""

    display_name: str = "Unnamed query"
    sql_query: str = ""
    description: str | None = None


class QueryFolder(Section):
    """A folder of saved queries."""

    display_name: str = "Unnamed folder"
    sort_order: Number = 0
    queries: Annotated[dict[str, SavedQuery], USER_IDS] = Field(default_factory=dict)


class Analytics(Section):
    """Saved analytics queries."""

    query_folders: Annotated[dict[str, QueryFolder], USER_IDS] = Field(default_factory=dict)


class CustomDashboard(Section):
    """A dashboard written by the project."""

    display_name: Annotated[str, Required()] = "Unnamed dashboard"
    tsx_source: Annotated[str, Required()] = MISSING_SOURCE


class CompleteConfig(Section):
    """What a tenancy's overrides amount to once every default is filled in."""

    rbac: Rbac = Rbac()
    api_keys: ApiKeys = ApiKeys()
    apps: Apps = Apps()
    teams: Teams = Teams()
    users: Users = Users()
    onboarding: Onboarding = Onboarding()
    domains: Domains = Domains()
    auth: Auth = Auth()
    emails: Emails = Emails()
    payments: Payments = Payments()
    db_sync: DbSync = DbSync()
    data_vault: DataVault = DataVault()
    analytics: Annotated[Analytics, ENVIRONMENT] = Analytics()
    custom_dashboards: Annotated[dict[str, CustomDashboard], ENVIRONMENT, UUID_IDS] = Field(default_factory=dict)
    source_of_truth: Annotated[SourceOfTruth, PROJECT_ONLY] = SourceOfTruth()
    project: Annotated[ProjectSettings, PROJECT_ONLY] = ProjectSettings()
