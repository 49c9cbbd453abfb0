# The key sets of a project.

keys-title = Project keys
keys-text = What your applications prove with which project they belong to.
keys-loading = Project keys, loading
keys-create = Create keys
keys-none = No keys yet
keys-none-text = Create a set of keys for each place where your application runs.

# Columns of the table.
keys-column-description = Description
keys-column-status = Status
keys-column-client = Client key
keys-column-server = Server key
keys-column-admin = Admin key
keys-column-used = Last used
keys-column-expires = Expires
keys-column-created = Created

# Whether a set of keys works.
keys-valid = Valid
keys-expired = Expired
keys-revoked = Revoked
keys-never-used = never
keys-rename = Rename …
keys-rotate = Replace …
keys-revoke = Revoke …

# Above the table.
keys-search = Search keys
keys-search-hint = Description or last characters
keys-status = Which keys
keys-status-valid = Valid
keys-status-expired = Expired
keys-status-revoked = Revoked
keys-status-all = All
keys-none-found = No such keys
keys-none-found-text = No keys match this search and status.

# The switch.
keys-requirements = Requirements
keys-require-client = Require publishable client keys
keys-require-client-text = Refuse applications that do not name a publishable client key.

# Keys that have just been made.
keys-new = New keys
keys-new-text = This stays open until you say that the keys are stored.
keys-download = Download environment file
keys-new-stored = I have stored these keys in a safe place
keys-new-close = Close

# Changing a set of keys; $keys is its description.
keys-rename-title = Rename keys
keys-rotate-title = Replace keys
keys-rotate-text = New keys of the same kinds take the place of “{ $keys }”. Put them into your applications while the old ones still work.
keys-overlap = The old keys work on for
keys-overlap-none = No time: they stop at once
keys-rotate-confirm = Make new keys

# The dialog that makes keys.
keys-description = Description
keys-description-hint = For example: production server
keys-lifetime = Expires after
keys-kinds = Keys
keys-client = Publishable client key
keys-server = Secret server key
keys-admin = Super secret admin key

# The question before keys are revoked.
keys-revocation = Revoke these keys?
keys-revocation-text = Applications that use “{ $keys }” stop working at once. This is final.
keys-revocation-tick = I know that nothing uses these keys any more
keys-revocation-confirm = Revoke

# After how long new keys expire.
keys-lifetime-days = { $days ->
    [1] 1 day
    [365] 1 year
   *[other] { $days } days
}
keys-lifetime-never = Never

# Notices, and what is wrong with a form.
keys-revoked-notice = The keys no longer work.
keys-description-missing = Describe what the keys are for, so that you can tell them apart later.
keys-description-too-long = Use at most { $most } characters for the description.
keys-lifetime-missing = Choose when the keys expire.
keys-kinds-missing = Choose at least one key.

# What the keys are called when they are shown, and how to treat them.
keys-client-advice = May be part of a web page.
keys-server-advice = Belongs on your server only.
keys-admin-advice = Can change the project itself. Keep it away from everybody.

# Keys that have just been made, with code that uses them; $language is one of the tabs.
keys-copy-now = Copy these keys now: they are stored as hashes and cannot be shown again.
keys-tab-browser = JavaScript (browser)
keys-tab-server = JavaScript (server)
keys-tab-environment = Environment
keys-tab-curl = cURL
keys-tab-python = Python
keys-copied-code = { $language } code
