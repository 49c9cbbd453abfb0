# How people sign in and sign up.

auth-methods-title = Auth methods
auth-methods-text = How people sign in to your application.
auth-methods-open-page = Open the sign-in page

# The switches of the methods.
auth-methods-methods = Methods
auth-methods-password = E-mail and password
auth-methods-password-text = People choose a password when they sign up.
auth-methods-otp = Code or link by e-mail
auth-methods-otp-text = People get a code and a link each time they sign in.
auth-methods-passkey = Passkey
auth-methods-passkey-text = People sign in with their device, a security key or a password manager.

# The picture of the sign-in page.
auth-methods-preview = Preview
auth-methods-preview-text = What people will see on the hosted sign-in page.

# The table of OAuth providers.
auth-methods-providers = OAuth providers
auth-methods-no-providers = None yet. Add one to let people sign in with an account they have.
auth-methods-add-provider = Add a provider
auth-methods-provider-search = Search providers
auth-methods-no-such-provider = No further provider has this name.
auth-methods-column-provider = Provider
auth-methods-column-keys = Keys
auth-methods-column-uses = May be used for
auth-methods-keys-shared = Shared, for development
auth-methods-keys-own = Own
auth-methods-for-sign-in = Sign-in
auth-methods-for-connected = Connected accounts
auth-methods-configure = Configure
auth-methods-remove = Remove …

# The dialog that configures a provider; $provider is its name.
auth-methods-sign-in-with = Sign in with { $provider }
auth-methods-callback = Callback URL to enter there
auth-methods-copied-callback = callback URL
auth-methods-shared = Shared keys
auth-methods-shared-text = For trying things out only: people see another application's name, and production mode is refused.
auth-methods-client-id = Client id
auth-methods-service-id = Service id
auth-methods-client-secret = Client secret
auth-methods-get-keys = You get keys from { $page }.
auth-methods-github-note = Create an OAuth app, not a GitHub app: a GitHub app hands out e-mail addresses only when its account permissions allow reading them.
auth-methods-secret-stored = Stored. Leave empty to keep it.
auth-methods-use-for-sign-in = Use for sign-in
auth-methods-use-for-connected = Use for connected accounts

# The question before a provider is removed.
auth-methods-removal = Remove this provider?
auth-methods-removal-text = People can no longer sign in with it, and its keys are forgotten. Their accounts stay.
auth-methods-removal-confirm = Remove provider

auth-methods-removal-tick = I know that people may lose their only way to sign in

# Sign-up and deletion.
auth-methods-sign-up = Sign-up
auth-methods-sign-up-switch = New users may sign up
auth-methods-sign-up-text = When off, only you and your servers create users.
auth-methods-strategy = When somebody comes with a known address but another way to sign in
auth-methods-see-rules = Who may sign up in detail: { $page }.
auth-methods-rules = sign-up rules
auth-methods-see-limits = What protects accounts from guessing: { $page }.
auth-methods-limits = limits
auth-methods-deletion = Deletion
auth-methods-deletion-switch = Users may delete their own account
auth-methods-deletion-text = From your application.

# What happens when somebody comes with a known address but another way to sign in.
auth-methods-strategy-link = Add the new way to sign in to the same account
auth-methods-strategy-refuse = Refuse the second way to sign in
auth-methods-strategy-second = Open a second account

# What is to be considered before the changes are saved.
auth-methods-sign-up-closes = Sign-up closes: nobody new can open an account any more, except through you and your servers. Those who have one still sign in.
auth-methods-sign-up-opens = Sign-up opens: everybody whom the sign-up rules let in can open an account from now on.
auth-methods-nobody-signs-in = No way to sign in is left: nobody can sign in any more.

# The one further field that some providers have.
auth-methods-configuration-id = Configuration id
auth-methods-tenant-id = Tenant id
auth-methods-bundle-ids = Bundle ids

# Notices, and what is wrong with a form or a request.
auth-methods-removed = The provider was removed.
auth-methods-unknown-provider = There is no such provider.
auth-methods-client-id-missing = Enter the client id that the provider gave you.
auth-methods-client-secret-missing = Enter the client secret that the provider gave you.
auth-methods-provider-gone = The project does not have this provider any more.
