"""One running installation: settings and the long-lived objects made from them, created once per process."""

from functools import lru_cache

from hexclave_app.bells import Bell
from hexclave_app.db import Database
from hexclave_app.gateways.mail.render_pool import RenderPool
from hexclave_app.gateways.redis_counters import RedisCounters
from hexclave_app.security.sealing import Sealer, derive_key
from hexclave_app.security.tokens import TokenAuthority
from hexclave_app.services.attempts import CounterStore, DatabaseCounters
from hexclave_app.services.audit.recording import KEY as AUDIT_KEY
from hexclave_app.services.key_uses import KeyUses
from hexclave_app.services.risk_scores import LocalRiskScorer, RiskScorer
from hexclave_app.services.tenancies import TenancyCache
from hexclave_app.settings import Settings, load_settings


class Installation:
    """What services need beyond their arguments: database, keys and caches."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.db = Database(settings.sqlalchemy_url)
        self.db.info[AUDIT_KEY] = derive_key(settings.secrets.sealing_key, use="audit")
        self.counters: CounterStore = DatabaseCounters(self.db)
        if settings.redis_url:
            self.counters = RedisCounters(settings.redis_url, otherwise=self.counters)
        self.tenancies = TenancyCache()
        self.key_uses = KeyUses()
        self.risk_scorer: RiskScorer = LocalRiskScorer()
        self.renderer = RenderPool()
        self.mail_bell = Bell()
        self.mailing_bell = Bell()
        self.tokens = TokenAuthority(
            server_secret=settings.secrets.server_secret,
            origin=settings.origin,
            lifetime_s=settings.access_token_lifetime,
        )

    @lru_cache(maxsize=16)  # noqa: B019 - one instance lives as long as its process
    def sealer(self, purpose: str) -> Sealer:
        """The sealer of one purpose, such as `totp` or `mail`."""
        return Sealer(self.settings.secrets.sealing_key, purpose=purpose)

    def close(self) -> None:
        """Release the database and end the rendering processes."""
        self.renderer.close()
        self.db.close()


@lru_cache(maxsize=1)
def current_installation() -> Installation:
    """The installation of this process, from the environment."""
    return Installation(load_settings())
