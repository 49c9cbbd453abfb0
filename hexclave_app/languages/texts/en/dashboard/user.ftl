# The page of one user.

user-title = User
user-impersonate = Impersonate
user-delete = Delete user

# Badges below the name.
user-verified = Verified
user-not-verified = Not verified
user-anonymous = Anonymous
user-restricted = Restricted

# The tabs.
user-tab-profile = Profile
user-tab-sign-in = Sign-in
user-tab-access = Teams and permissions
user-tab-sessions = Sessions
user-tab-keys = API keys
user-tab-mails = E-mails
user-tab-activity = Activity
user-tab-metadata = Metadata

# The profile.
user-profile = Profile
user-id = User id
user-copied-id = user id
user-signed-up = Signed up
user-active = Last active
user-name = Name
user-country = Country
user-country-hint = Two letters, such as GB
user-risk-bot = Risk score: bot (0 to 100)
user-risk-abuse = Risk score: free-trial abuse (0 to 100)

# The restriction by administrators; what is read about it stands above the tabs.
user-reads = The user reads: { $text }
user-administrators-read = Only administrators read: { $text }
user-restriction = Restriction
user-restriction-text = A restricted user can sign in, but your application sees only the accounts that it asks for.
user-restrict = Restrict user
user-change-reason = Change the reason
user-lift = Lift the restriction
user-restrict-title = Restrict this user
user-public-reason = What the user reads
user-public-reason-hint = May stay empty.
user-private-details = What only administrators read
user-private-details-hint = Why you do this.
user-restrict-submit = Restrict user

# Teams.
user-teams = Teams
user-no-teams = In no team.
user-column-team = Team
user-column-team-created = Created
user-copied-team-id = team id

# Sessions.
user-sessions = Sessions
user-no-sessions = Signed in nowhere.
user-end-sessions = End all
user-end-session = End
user-column-signed-in = Signed in
user-column-last-used = Last used
user-column-from = From
user-impersonation = Impersonation

# API keys of the user; the statuses also stand beside the keys of a team.
user-keys = API keys
user-no-keys = No keys. Users make them in your application.
user-column-description = Description
user-column-key = Key
user-column-status = Status
user-column-expires = Expires
user-key-valid = Valid
user-key-expired = Expired
user-key-revoked = Revoked
user-key-revoke = Revoke

# Metadata of users and teams.
user-metadata = Metadata
user-metadata-text = Any JSON that your application keeps with the user.
user-client-metadata-hint = Your application in the browser reads and writes it.
user-client-read-only-metadata-hint = Your application in the browser reads it.
user-server-metadata-hint = Only servers see it.
user-client-metadata = Client metadata
user-client-read-only-metadata = Client read-only metadata
user-server-metadata = Server metadata

# Notices, and what is wrong with a form.
user-bot-score = The bot score
user-abuse-score = The free-trial score
user-reason-missing = Note for other administrators why you restrict this user.
user-restricted-notice = The user is restricted.
user-lifted = The restriction is lifted.
user-password-changed = The password is changed, and the user is signed out everywhere.

# Why a user is restricted.
user-restricted-anonymous = This visitor has not signed up.
user-restricted-unverified = The user has not verified an e-mail address, which this project requires.
user-restricted-by-administrator = An administrator or a sign-up rule restricted this user.
user-active-at = { $ago } ({ $at })
user-unknown-place = Unknown

# How the user signs in.
user-methods = Methods
user-password = Password
user-passkey = Passkey
user-totp = Second factor
user-method-on = On
user-method-off = Off
user-set-password = Set password
user-remove-method = Remove

# E-mail addresses.
user-channels = E-mail addresses
user-add-channel = Add address
user-column-address = Address
user-column-state = State
user-channel-verified = Verified
user-channel-not-verified = Not verified
user-channel-primary = Primary
user-channel-signs-in = Signs in
user-mark-not-verified = Mark as not verified
user-mark-verified = Mark as verified
user-stop-signing-in = Do not use for sign-in
user-use-for-sign-in = Use for sign-in
user-make-primary = Make primary
user-delete-channel = Delete …

# Accounts at OAuth providers; $provider is the name of a provider.
user-accounts = Provider accounts
user-attach-account = Attach account
user-column-provider = Provider
user-column-account = Account
user-column-uses = May be used for
user-account-sign-in = Sign-in
user-account-connected = Connected account
user-account-actions = Actions for { $provider } account
user-account-no-sign-in = Do not allow sign-in
user-account-allow-sign-in = Allow sign-in
user-account-not-connected = Do not use as connected account
user-account-use-connected = Use as connected account
user-detach-account = Detach …

# Permissions in the project; $permission is an id.
user-permissions = Project permissions
user-no-permissions = None granted directly.
user-grant = Grant a permission
user-column-permission = Permission
user-column-permission-description = Description
user-revoke-permission = Revoke
user-revoke-permission-of = Revoke { $permission }
user-permission-revoked = { $permission } was revoked.

# The dialog that adds an address.
user-channel-title = Add an e-mail address
user-channel-address = Address
user-channel-is-verified = Verified
user-channel-for-sign-in = May be used for sign-in
user-channel-is-primary = Primary address
user-channel-submit = Add address

# The dialog that attaches a provider account.
user-account-title = Attach a provider account
user-account-provider = Provider
user-account-id = Id of the account at the provider
user-account-email = E-mail
user-account-for-sign-in = May be used for sign-in
user-account-for-connected = May be used as connected account
user-account-submit = Attach account

# The dialog that sets a password.
user-password-title = Set a password
user-password-text = The user is signed out everywhere.
user-password-new = New password
user-password-remove = Remove the password instead

# The dialog that opens a session in the user's name, and the code that comes of it.
user-impersonation-title = Impersonate this user
user-impersonation-reason = Reason
user-impersonation-reason-hint = It stays in the audit log with your name.
user-impersonation-time = For how long
user-impersonation-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
user-impersonation-target = Where
user-impersonation-console = In the console of any browser
user-impersonation-submit = Start
user-link-title = Open this link to act as the user
user-link-text = It works once, within five minutes. Where you are signed in as somebody else, open it in a private window. Whoever opens it is this user until the time is over; it is shown only now.
user-link-open = Open
user-copied-link = link
user-snippet-title = Paste this into your application
user-snippet-text = Open your application, open the console of the browser, and paste this code. Whoever has it is this user until the time is over; it is shown only now.
user-copied-snippet = console code

# Notices, and what is wrong with a form or a request.
user-channel-gone = The user has no such address any more.
user-account-gone = The user has no such provider account any more.
user-channel-added = The address was added.
user-account-attached = The account was attached.
user-account-missing = Choose a provider and enter the id that the user has there.
user-unknown-property = There is no such property.
user-impersonation-time-label = The time
user-session-gone = This session has ended already.
user-key-gone = There is no such key.
user-deleted = The user was deleted.

# Questions before something ends.
user-deletion = Delete this user?
user-deletion-text = The user is signed out everywhere and cannot be brought back. Teams stay.
user-deletion-confirm = Delete user
user-totp-removal = Remove the second factor?
user-totp-removal-text = The user signs in without an authenticator from now on. Recovery codes end, too.
user-totp-removal-confirm = Remove second factor
user-passkey-removal = Remove the passkey?
user-passkey-removal-text = The user can no longer sign in with it.
user-passkey-removal-confirm = Remove passkey
user-channel-deletion = Delete this address?
user-channel-deletion-text = The user can no longer sign in or get mails with it, even if it is the last one.
user-channel-deletion-confirm = Delete address
user-account-detachment = Detach this account?
user-account-detachment-text = The user can no longer sign in with it. Its tokens go, too.
user-account-detachment-confirm = Detach account
user-session-end = End this session?
user-session-end-text = The user is signed out there within minutes.
user-session-end-confirm = End session
user-sessions-end = End all sessions?
user-sessions-end-text = The user is signed out everywhere within minutes.
user-sessions-end-confirm = End all sessions
user-key-revocation = Revoke this key?
user-key-revocation-text = Programs that use it stop working at once. This is final.
user-key-revocation-confirm = Revoke key

user-added-to-team = The user was added to the team.
user-add-to-team = Add to a team …
user-remove-from-team = Remove
user-remove-from-team-of = Remove from { $team }
user-leave-team = Remove from this team?
user-leave-team-text = The user loses the membership and its permissions.
user-leave-team-confirm = Remove

# What ends a restriction.
user-way-out-anonymous = It ends when the visitor signs up.
user-way-out-unverified = It ends when the address is verified: by the user with the mailed link, or by you under “Sign-in”.
user-way-out-by-administrator = It ends when you lift it below.

# What happened to the user.
user-activity = Activity
user-activity-text = What changed about this user, who did it, and from where.
user-no-activity = Nothing has changed yet.
user-whole-log = Whole audit log
user-mails = E-mails
user-no-mails = No e-mail has been sent to this user.
user-column-subject = Subject
user-column-sent = Sent

# Mailing one address, and where the link leads.
user-mail-invitation = Send sign-in invitation …
user-mail-verification = Send verification …
user-mail-reset = Send password reset …
user-mail-to = To { $email }
user-mail-target = The link leads to
user-mail-hosted = The hosted pages
user-mail-localhost = localhost, for development
user-mail-port = Port
user-mail-path = Path of the handler
user-mail-send = Send
user-mail-sent = The e-mail is on its way to { $email }.
user-mail-unknown = Choose where the link leads.
user-mail-localhost-wrong = Enter a port such as 3000, and a path that begins with a slash.

# Changing a provider account, and which kinds of mail the user wants.
user-edit-account = Edit …
user-account-edit-title = Edit the account
user-mail-kinds = Kinds of e-mail
user-mail-kinds-text = What is switched off is not sent to this user. Changes apply at once.
user-no-such-mails = This kind of e-mail cannot be switched off.
