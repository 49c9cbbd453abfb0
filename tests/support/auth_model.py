"""What signing up and in should do, written down again without the product: dictionaries and a few rules.

Each method returns the error that the product must answer with, or the account that somebody must get into. A session
without its proof, or one of somebody else's account, is therefore a difference between the two.
"""

from dataclasses import dataclass, field

MFA = "MULTI_FACTOR_AUTHENTICATION_REQUIRED"
TAKEN = "USER_EMAIL_ALREADY_EXISTS"
TAKEN_CHANNEL = "CONTACT_CHANNEL_ALREADY_USED_FOR_AUTH_BY_SOMEONE_ELSE"
USED = "VERIFICATION_CODE_ALREADY_USED"
PLAIN_400 = "400"


@dataclass
class Channel:
    """An address of an account."""

    is_verified: bool = False
    is_primary: bool = False
    is_for_sign_in: bool = True


@dataclass
class Account:
    """What one user has."""

    id: str = ""
    is_anonymous: bool = False
    password: str | None = None
    passwords_so_far: int = 0
    has_totp: bool = False
    recovery: set[str] = field(default_factory=set)
    channels: dict[str, Channel] = field(default_factory=dict)
    links: dict[str, bool] = field(default_factory=dict)
    """Accounts at the provider, and whether they sign in."""
    sessions: set[str] = field(default_factory=set)

    def set_password(self, password: str) -> None:
        """A new password, which may read like the old one."""
        self.password = password
        self.passwords_so_far += 1


@dataclass
class Code:
    """A mailed code, or the attempt code of a second factor."""

    text: str
    email: str = ""
    account: Account | None = None
    is_used: bool = False
    passwords_so_far: int = field(init=False)

    def __post_init__(self) -> None:
        self.passwords_so_far = self.account.passwords_so_far if self.account else 0


Outcome = Account | str


class Model:
    """All accounts of one project."""

    def __init__(self) -> None:
        self.accounts: list[Account] = []

    def owner(self, email: str) -> Account | None:
        """Who signs in with the address."""
        return next(
            (one for one in self.accounts if email in one.channels and one.channels[email].is_for_sign_in), None
        )

    def live(self, token: str) -> Account | None:
        """Whose session a refresh token is."""
        return next((one for one in self.accounts if token in one.sessions), None)

    def visitor(self, account: Account | None) -> Account | None:
        """The anonymous user whom a sign-up upgrades."""
        return account if account is not None and account.is_anonymous else None

    def sign_up(self, email: str, password: str, visitor: Account | None) -> Outcome:
        """With a password: the address stays unproved."""
        if self.owner(email) is not None:
            return TAKEN
        account = self._become(visitor)
        account.set_password(password)
        account.sessions.clear()
        account.channels[email] = Channel(is_primary=True)
        return account

    def sign_in(self, email: str, password: str) -> Outcome:
        """With a password."""
        account = self.owner(email)
        if account is None or account.password != password:
            return "EMAIL_PASSWORD_MISMATCH"
        return MFA if account.has_totp else account

    def can_send_code(self, email: str) -> bool:
        """A sign-in code goes to new addresses and to proved ones."""
        owner = self.owner(email)
        return owner is None or owner.channels[email].is_verified

    def redeem_sign_in(self, code: Code, visitor: Account | None) -> Outcome:
        """Whoever reads the mailbox gets in, unless somebody has registered it without reading it."""
        if code.is_used:
            return USED
        code.is_used = True
        owner = self.owner(code.email)
        if owner is not None:
            if not owner.channels[code.email].is_verified:
                return TAKEN
            return MFA if owner.has_totp else owner
        account = self._become(visitor)
        account.channels[code.email] = Channel(is_verified=True, is_primary=True)
        return account

    def can_reset(self, email: str) -> bool:
        """By a proved address, or by any address of an account that has no proved one."""
        owner = self.owner(email)
        return owner is not None and (owner.channels[email].is_verified or not self._has_proved_address(owner))

    def redeem_reset(self, code: Code, password: str) -> str | None:
        """A new password, for the account that the mail was about, if the address still is its own."""
        if code.is_used:
            return USED
        code.is_used = True
        account = code.account
        if account is None or self.owner(code.email) is not account:
            return PLAIN_400
        if not self.can_reset(code.email):
            return PLAIN_400
        if account.password is None and not any(channel.is_primary for channel in account.channels.values()):
            return PLAIN_400
        self._close_unproved_ways_in(account, code.email)
        account.set_password(password)
        account.sessions.clear()
        return None

    def redeem_verification(self, code: Code) -> str | None:
        """The address is proved, if it still is the account's."""
        if code.is_used:
            return USED
        code.is_used = True
        if code.account is None or code.email not in code.account.channels:
            return PLAIN_400
        code.account.channels[code.email].is_verified = True
        return None

    def finish(self, code: Code, typed: str) -> Outcome:
        """The second factor, by recovery code; a wrong one leaves the attempt usable."""
        account = code.account
        if code.is_used:
            return USED
        if account is None or not account.has_totp:
            return "INVALID_TOTP_CODE"
        if account.passwords_so_far != code.passwords_so_far:
            return "VERIFICATION_CODE_EXPIRED"
        if typed not in account.recovery:
            return "INVALID_TOTP_CODE"
        code.is_used = True
        account.recovery.remove(typed)
        return account

    def provider_signs_in(self, email: str, *, is_verified: bool, visitor: Account | None) -> Outcome:
        """With the provider's account of that address."""
        linked = self.signs_in_with(email)
        if linked is not None:
            return MFA if linked.has_totp else linked
        owner = self.owner(email)
        if owner is None:
            account = self._become(visitor)
            account.channels[email] = Channel(is_verified=is_verified, is_primary=True)
            account.links[email] = True
            return account
        both_proved = is_verified and owner.channels[email].is_verified
        if not both_proved or any(owner.links.values()) or email in owner.links:
            return TAKEN_CHANNEL
        owner.links[email] = True
        return MFA if owner.has_totp else owner

    def provider_links(self, account: Account, email: str) -> Outcome:
        """Connect the provider's account to one's own; only the first one signs in."""
        linked = self.signs_in_with(email)
        if linked is not None and linked is not account:
            return "OAUTH_CONNECTION_ALREADY_CONNECTED_TO_ANOTHER_USER"
        if email not in account.links:
            account.links[email] = not any(account.links.values())
        return MFA if account.has_totp else account

    def signs_in_with(self, provider_account: str) -> Account | None:
        """Whom a provider's account signs in."""
        return next((one for one in self.accounts if one.links.get(provider_account)), None)

    def add_address(self, account: Account, email: str) -> str | None:
        """Claim an address without proof."""
        if email in account.channels:
            return PLAIN_400
        if self.owner(email) is not None:
            return TAKEN_CHANNEL
        account.channels[email] = Channel()
        return None

    def change_password(self, account: Account, token: str, old: str, new: str) -> str | None:
        """With the old one; other sessions end."""
        if account.password is None:
            return "USER_DOES_NOT_HAVE_PASSWORD"
        if account.password != old:
            return "PASSWORD_CONFIRMATION_MISMATCH"
        account.set_password(new)
        account.sessions &= {token}
        return None

    def delete(self, account: Account) -> None:
        """The account is gone with everything that opened it."""
        self.accounts.remove(account)
        account.sessions.clear()
        account.channels.clear()
        account.links.clear()
        account.recovery.clear()
        account.has_totp = False

    @staticmethod
    def _close_unproved_ways_in(account: Account, email: str) -> None:
        """Where nobody had proved an address, the reset leaves its own address only."""
        if Model._has_proved_address(account):
            return
        account.links = dict.fromkeys(account.links, False)
        for value, channel in account.channels.items():
            channel.is_for_sign_in = value == email

    @staticmethod
    def _has_proved_address(account: Account) -> bool:
        return any(channel.is_verified and channel.is_for_sign_in for channel in account.channels.values())

    def _become(self, visitor: Account | None) -> Account:
        if visitor is not None:
            visitor.is_anonymous = False
            return visitor
        account = Account()
        self.accounts.append(account)
        return account
