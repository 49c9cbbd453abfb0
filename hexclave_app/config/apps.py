"""The catalogue of apps a project can switch on."""

from dataclasses import dataclass
from enum import StrEnum


class AppStage(StrEnum):
    """Maturity; alpha apps are hidden outside development, alpha and beta ask before they are switched on."""

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"


APP_TAGS = {
    "expert": "Expert",
    "integration": "Integrations",
    "auth": "Authentication",
    "developers": "For Developers",
    "security": "Security",
    "operations": "For Operations",
    "gtm": "Go-to-market",
    "comms": "Communications",
    "automation": "Automation",
    "storage": "Storage & Databases",
    "various": "Various",
}


@dataclass(frozen=True)
class AppPage:
    """A dashboard page of an app; the path is relative to the project."""

    title: str
    path: str


@dataclass(frozen=True)
class App:
    """An entry of the catalogue; a sub-app has no switch of its own and follows its parent."""

    id: str
    display_name: str
    subtitle: str
    tags: tuple[str, ...]
    stage: AppStage
    pages: tuple[AppPage, ...] = ()
    parent: str | None = None
    guarded_paths: tuple[str, ...] = ()

    @property
    def switch_id(self) -> str:
        """Id of the app whose switch decides about this one."""
        return self.parent or self.id


_ALPHA, _BETA, _STABLE = AppStage.ALPHA, AppStage.BETA, AppStage.STABLE

APPS = (
    App(
        "authentication",
        "Authentication",
        "Let people sign in and manage their accounts",
        ("auth", "security"),
        _STABLE,
        (AppPage("Auth Methods", "auth-methods"), AppPage("Sign-up Rules", "sign-up-rules")),
        guarded_paths=("users", "domains", "onboarding"),
    ),
    App(
        "fraud-protection",
        "Fraud Protection",
        "Keep abusive sign-ups out",
        ("auth", "security"),
        _STABLE,
        (AppPage("Sign-up Rules", "sign-up-rules"),),
        parent="authentication",
    ),
    App(
        "onboarding",
        "Onboarding",
        "Ask for what you need before full access",
        ("auth",),
        _ALPHA,
        (AppPage("Onboarding", "onboarding"),),
    ),
    App(
        "teams",
        "Teams",
        "Let people work together in groups",
        ("auth", "security"),
        _STABLE,
        (AppPage("Teams", "teams"), AppPage("Team Settings", "team-settings")),
    ),
    App(
        "rbac",
        "RBAC",
        "Decide who may do what with roles and permissions",
        ("auth", "security"),
        _STABLE,
        (AppPage("Project Permissions", "project-permissions"), AppPage("Team Permissions", "team-permissions")),
    ),
    App(
        "api-keys",
        "API Keys",
        "Issue keys to your users and teams",
        ("auth", "security", "developers"),
        _STABLE,
        (AppPage("API Keys", "api-keys-app"),),
    ),
    App(
        "payments",
        "Payments",
        "Charge once or by subscription",
        ("operations", "gtm"),
        _BETA,
        (
            AppPage("Product Lines", "payments/product-lines"),
            AppPage("Products", "payments/products"),
            AppPage("Customers", "payments/customers"),
            AppPage("Transactions", "payments/transactions"),
            AppPage("Payouts", "payments/payouts"),
            AppPage("Settings", "payments/settings"),
        ),
    ),
    App(
        "emails",
        "Emails",
        "Design and send the mails your users get",
        ("comms",),
        _STABLE,
        (
            AppPage("Sent", "email-sent"),
            AppPage("Drafts", "email-drafts"),
            AppPage("Templates", "email-templates"),
            AppPage("Email Settings", "email-settings"),
        ),
        guarded_paths=("email-themes", "emails", "email-outbox", "email-viewer", "email-suppressions", "email-domains"),
    ),
    App("support", "Support", "Answer your customers in one place", ("comms", "operations"), _ALPHA),
    App(
        "email-api",
        "Email API",
        "Send mails from your own code",
        ("comms", "developers", "expert"),
        _ALPHA,
        (AppPage("Email API", "email-api"),),
    ),
    App(
        "data-vault",
        "Data Vault",
        "Keep sensitive values encrypted",
        ("security", "storage"),
        _BETA,
        (AppPage("Data Vault", "data-vault"),),
    ),
    App(
        "webhooks",
        "Webhooks",
        "Tell your servers what happens, as it happens",
        ("developers",),
        _STABLE,
        (AppPage("Webhooks", "webhooks"),),
    ),
    App(
        "tv-mode", "TV mode", "Put live numbers on a big screen", ("various",), _ALPHA, (AppPage("TV mode", "tv-mode"),)
    ),
    App(
        "launch-checklist",
        "Launch Checklist",
        "See what is left before going live",
        ("various",),
        _STABLE,
        (AppPage("Launch Checklist", "launch-checklist"),),
    ),
    App(
        "catalyst",
        "Catalyst",
        "Start a new project from a scaffold",
        ("various",),
        _ALPHA,
        (AppPage("Catalyst", "catalyst"),),
    ),
    App(
        "neon",
        "Neon Integration",
        "Connect a Neon database",
        ("integration", "storage"),
        _ALPHA,
        (AppPage("Neon", "neon"),),
    ),
    App(
        "convex",
        "Convex Integration",
        "Sign users in to a Convex backend",
        ("integration", "storage"),
        _ALPHA,
        (AppPage("Convex", "convex"),),
    ),
    App(
        "vercel",
        "Vercel Integration",
        "Deploy on Vercel with your keys in place",
        ("integration", "developers"),
        _STABLE,
        (AppPage("Vercel", "vercel"),),
    ),
    App("tanstack-start", "TanStack Start", "Use the SDK in TanStack Start", ("integration", "developers"), _ALPHA),
    App(
        "analytics",
        "Analytics",
        "Explore what your users do",
        ("developers", "operations"),
        _STABLE,
        (
            AppPage("Tables", "analytics/tables"),
            AppPage("Replays", "analytics/replays"),
            AppPage("Queries", "analytics/queries"),
        ),
    ),
    App(
        "session-replays",
        "Session Replays",
        "Watch how people use your product",
        ("developers", "operations"),
        _STABLE,
        (AppPage("Replays", "analytics/replays"),),
    ),
)

APPS_BY_ID = {app.id: app for app in APPS}


def app_of_page(path: str) -> App | None:
    """The app that a page belongs to, by its path relative to the project; None for pages that every project has."""
    for app in APPS:
        for own in (*(page.path for page in app.pages), *app.guarded_paths):
            if path == own or path.startswith(f"{own}/"):
                return app
    return None
