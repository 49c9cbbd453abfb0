# The settings of a project.

settings-title = Project settings

# Name and description.
settings-details = Details
settings-name = Name
settings-description = Description

# Addresses and ids.
settings-addresses = Addresses
settings-addresses-text = What servers need to check the access tokens of your users.
settings-id = Project id
settings-copied-id = project id
settings-hosted = Hosted pages
settings-copied-hosted = address of the hosted pages
settings-key-url = JWKS URL: { $whom }
settings-copied-key-url = JWKS URL

# Logos; $logo is one of the four names.
settings-logos = Logos
settings-logos-text = They stand on the hosted pages and in e-mails. Pictures are made small enough by your browser.
settings-logo-square = Square logo
settings-logo-square-dark = Square logo on dark pages
settings-logo-full = Full logo
settings-logo-full-dark = Full logo on dark pages
settings-logo-none = None yet
settings-logo-choose = Choose …
settings-logo-choose-named = Choose … { $logo }
settings-logo-replace = Replace …
settings-logo-replace-named = Replace … { $logo }
settings-logo-remove = Remove
settings-logo-remove-named = Remove { $logo }
settings-logo-removed = The logo was removed.
settings-logo-unreadable = Your browser cannot read this file as a picture.

# Where the configuration comes from.
settings-source = Configuration source
settings-source-dashboard = Dashboard
settings-source-dashboard-text = Settings are changed here and through the API. When a configuration file is pushed, it takes over.
settings-source-github = Pushed from GitHub
settings-source-tool = Pushed from the command line
settings-source-repository = Repository
settings-source-branch = Branch
settings-source-file = File
settings-source-commit = Commit
settings-source-workflow = Workflow
settings-source-pushed-text = The dashboard shows these settings but does not save changes of them: the next push would undo them. Unlink to change them here.
settings-source-unlink = Unlink
settings-source-question = Unlink the pushed configuration?
settings-source-question-text = The settings stay as they are and can be changed here. The next push takes over again and replaces what was changed meanwhile.
settings-source-unlinked = The dashboard keeps the configuration now.

# Limits.
settings-limits = Limits
settings-limits-text = What protects accounts from guessing and mailboxes from floods. The operator of the server sets them.
settings-no-limits = All limits are switched off. That is for load tests only.

# Production mode.
settings-production = Production mode
settings-production-text = Says that the project is safe to be used by real people.
settings-production-problems = Solve these first:
settings-production-fix = Fix it

# The owner; $team is the name of a team.
settings-owner = Owner
settings-owner-text = Only administrators of the present owner team can transfer the project.
settings-owned-by = Owned by { $team }
settings-new-owner = New owner team
settings-transfer = Transfer
settings-transfer-question = Transfer this project?
settings-transfer-text = Members of the new owner team will manage it. You lose access unless you are one of them.
settings-transfer-confirm = Transfer

# Deleting the project; $project is its name, which is to be typed.
settings-deletion = Delete this project
settings-deletion-text = Deletes the project with all its users, teams and keys. This cannot be undone.
settings-delete = Delete project
settings-deletion-question = Delete this project?
settings-deletion-confirm = All users, teams and keys go with it, and nobody can bring them back. Type { $project } to confirm.
settings-deletion-name = Name of the project
settings-delete-for-ever = Delete for ever

# Notices, and what is wrong with a form.
settings-name-length = Enter a name of 1 to { $most } characters.
settings-description-length = Use at most { $most } characters for the description.
settings-production-refused = Solve the listed problems first.
settings-transferred = The project has a new owner.
settings-deletion-wrong-name = This is not the name of the project.
settings-deleted = The project was deleted.

# Whom a JWKS URL is for.
settings-keys-verified = Verified users
settings-keys-restricted = Restricted users, too
settings-keys-anonymous = Anonymous users, too

# What is limited, and how: "10 in 15 minutes"; $rate is such a text, $time one of the last two.
settings-limit-account = Wrong passwords of one account
settings-limit-address = Wrong guesses from one network address
settings-limit-project = Wrong guesses in the whole project
settings-limit-mail = Mails with codes or links to one recipient
settings-limit-mail-address = Mails with codes or links asked for from one network address
settings-limit-mail-project = Mails with codes or links of the whole project
settings-limit-accounts = New accounts from one network address
settings-rate = { $count } in { $time }
settings-rate-locked = { $rate }; after { $count ->
    [one] 1 failure
   *[other] { $count } failures
} in a row locked for { $time }
settings-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
settings-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
