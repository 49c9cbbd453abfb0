# The command palette.

palette-title = Search or go to
palette-hint = A page, a user, a team, an e-mail, an action …
palette-hint-anywhere = A project, a page of one, an action …
palette-shortcut = Ctrl K
palette-results = Results
palette-none = Nothing found.

# What a result is, beside its name.
palette-a-project = Project
palette-a-user = User
palette-a-team = Team
palette-an-action = Action
palette-an-app = App, not installed
palette-recent = Recent

# Pages, each with further words that people may look for it by.
palette-overview = Overview
palette-overview-words = numbers chart sign-ups start
palette-users = Users
palette-users-words = people accounts create import export
palette-teams = Teams
palette-teams-words = groups members
palette-team-settings = Team settings
palette-team-settings-words = creation personal team
palette-auth-methods = Auth methods
palette-auth-methods-words = sign-in password passkey oauth provider google github
palette-onboarding = Onboarding
palette-onboarding-words = require verification restricted
palette-sign-up-rules = Sign-up rules
palette-sign-up-rules-words = fraud block allow condition cel
palette-project-permissions = Project permissions
palette-permissions-words = rbac roles rights explain
palette-team-permissions = Team permissions
palette-api-keys = API keys
palette-api-keys-words = user keys team keys
palette-emails = E-mails
palette-emails-words = sent outbox mail
palette-email-drafts = E-mail drafts
palette-email-drafts-words = write send broadcast mail
palette-email-templates = E-mail templates
palette-email-templates-words = designs texts mail
palette-email-themes = E-mail themes
palette-email-themes-words = designs look colours frame mail
palette-email-suppressions = Suppressed addresses
palette-email-suppressions-words = bounces unsubscribe block list spam mail
palette-audit-log = Audit log
palette-audit-log-words = history changes who
palette-apps = Apps
palette-apps-words = catalogue install
palette-settings = Project settings
palette-settings-words = name description production transfer delete jwks limits
palette-keys = Project keys
palette-keys-words = secret publishable server admin key
palette-domains = Trusted domains
palette-domains-words = redirect localhost url
palette-email-domains = Sending domains
palette-email-domains-words = managed dns spf dkim dmarc resend mail
palette-email-settings = E-mail settings
palette-email-settings-words = smtp sender server mail
palette-new-project = New project
palette-new-project-words = new project create

# Actions, each with further words that people may look for it by.
palette-create-user = Create a user
palette-create-user-words = add new account person
palette-create-team = Create a team
palette-create-team-words = add new group
palette-create-keys = Create project keys
palette-create-keys-words = add new secret api key

# A page of another project.
palette-page-of = { $page } of { $project }

# What is done at once, each with further words that people may look for it by.
palette-theme-light = Light theme
palette-theme-dark = Dark theme
palette-theme-system = Theme of the system
palette-theme-words = colour mode appearance theme
palette-tour-words = help introduction tutorial start
palette-account = Account settings
palette-account-words = profile password second factor passkey sessions
palette-sign-out = Sign out
palette-sign-out-words = log out leave end session
