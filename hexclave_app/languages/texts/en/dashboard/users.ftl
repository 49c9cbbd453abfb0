# The table of users.

users-title = Users
users-text = New users appear here as they sign up.
users-loading = Users, loading
users-export = Export …
users-import = Import
users-create = Create user

# What the table shows, and in which order.
users-search = Search users
users-search-hint = Name, e-mail or id
users-filter = Which users
users-order = Order
users-all = All users
users-without-restricted = Without restricted
users-with-anonymous = With anonymous
users-only-anonymous = Only anonymous
users-newest = Newest first
users-oldest = Oldest first
users-recently-active = Recently active first
users-long-inactive = Longest inactive first

# The table.
users-column-user = User
users-column-email = E-mail
users-column-sign-in = Sign-in
users-column-signed-up = Signed up
users-column-active = Last active
users-choose = Choose { $user }
users-anonymous = Anonymous
users-verified = Verified
users-not-verified = Not verified
users-copy-id = Copy user id
users-copied = Copied.
users-delete = Delete …

# Why a user is restricted, as a badge.
users-unverified = E-mail not verified
users-restricted = Restricted

# How a user signs in.
users-signs-in-password = Password
users-signs-in-otp = E-mailed code
users-signs-in-passkey = Passkey

# An empty table.
users-none-found = Nobody found
users-none-found-text = Nobody matches this search and filter.
users-none = No users yet
users-none-text = Open the hosted sign-up page and create an account: it appears here at once.
users-open-sign-up = Open the sign-up page

# What can be done with the chosen users.
users-tick-page = Whole page
users-restrict = Restrict
users-lift = Lift restriction
users-delete-chosen = Delete …
users-clear = Clear
users-chosen = { $count ->
    [one] 1 user chosen
   *[other] { $count } users chosen
}
users-deleted = { $count ->
    [one] 1 user deleted.
   *[other] { $count } users deleted.
}
users-changed = { $count ->
    [one] 1 user changed.
   *[other] { $count } users changed.
}
users-restricted-together = Restricted with others in the table of users.

# The question before the chosen users are deleted.
users-deletion-of-chosen = Delete these users?
users-deletion-of-chosen-text = { $count ->
    [one] 1 user chosen
   *[other] { $count } users chosen
}. They are signed out everywhere and cannot be brought back.
users-deletion-of-chosen-confirm = Delete users

# The dialog that creates a user.
users-create-title = Create a user
users-create-name = Name
users-create-email = E-mail
users-create-verified = The address is verified
users-create-password = Password
users-create-password-hint = Leave it empty to let the user set one later.
users-create-submit = Create user

# The question before one user is deleted; $user is a name or an address.
users-deletion = Delete this user?
users-deletion-text = { $user } will be signed out everywhere and cannot be brought back.
users-deletion-confirm = Delete user

# Notices, and what is wrong with a form.
users-email-wrong = Enter a complete e-mail address, such as ada@example.com.
users-password-too-long = Enter a password of at most 70 characters.
users-name-too-long = Use at most 256 characters.
users-created = The user was created.
users-deleted-one = The user was deleted.

# Filters, columns and kept searches above the table.
users-any = Any
users-filters = Filters
users-filters-on = { $count ->
    [one] 1 filter
   *[other] { $count } filters
}
users-filter-verified = E-mail address
users-filter-method = Signs in by
users-filter-restriction = Restriction
users-filter-country = Country (two letters)
users-filter-from = Signed up from
users-filter-to = until
users-filter-team = Members of a team …
users-filter-other-team = Another team …
users-by-administrator = Restricted by an administrator
users-chip-method = Signs in by { $method }
users-chip-country = Country { $country }
users-chip-team = Team { $team }
users-chip-from = Signed up from { $day }
users-chip-to = Signed up until { $day }
users-no-such-team = This team does not exist.
users-remove-filter = { $filter }, remove this filter
users-reset = Reset
users-columns = Columns
users-column-id = Id
users-column-mfa = Two-factor
users-column-country = Country
users-mfa-on = On
users-id = User id
users-page-size = Rows per page
users-per-page = { $count ->
    [one] 1 per page
   *[other] { $count } per page
}
users-keep-view = Keep this search
users-forget-view = Forget { $view }
users-view-title = Keep this search
users-view-name = Name
users-view-hint = Search, filters and order are kept in this browser.
users-view-submit = Keep
users-view-forgotten = The search was forgotten.
users-view-kept = The search was kept. It stands above the table.
users-view-name-length = Use a name of 1 to { $most } characters.

# The menu of a row, and what can be done with several.
users-view = Open
users-impersonate = Impersonate …
users-remove-mfa = Remove two-factor …
users-verify = Mark verified
users-add-to-team = Add to a team …
users-export-chosen = Export …

# The question before a second factor is removed; $user is a name or an address.
users-mfa-removal = Remove two-factor?
users-mfa-removal-text = { $user } can then sign in without a code from an authenticator.
users-mfa-removal-confirm = Remove two-factor
users-mfa-removed = Two-factor was removed.

# The box to tick before users are deleted.
users-deletion-tick = I know that this cannot be undone

# More fields of the dialog that creates a user, and what is wrong with them.
users-create-codes = Signs in with e-mailed codes
users-create-codes-need-verified = E-mailed codes need a verified address. Tick that the address is verified.
users-create-signed-up = Signed up (UTC)
users-create-signed-up-hint = Leave it empty for now.
users-create-risk = Country and risk
users-create-country = Country (two letters)
users-create-bot = Bot score (0 to 100)
users-create-abuse = Free-trial score (0 to 100)
users-create-metadata = Metadata (JSON)
users-create-both-scores = Enter both scores, or neither.
users-create-score-wrong = Scores are whole numbers from 0 to 100.
users-create-country-wrong = Enter the country as two letters, such as DE.
users-create-day-wrong = Enter a day that has come already.

# The dialog that downloads users as a file.
users-export-title = Export users
users-export-scope = Which users
users-export-all = All, anonymous too
users-export-shown = As filtered now
users-export-only-chosen = Only chosen users
users-export-kind = Format
users-export-csv = CSV
users-export-json = JSON
users-export-fields = Fields
users-export-providers = Providers
users-export-image = Profile image
users-export-submit = Download
users-export-no-fields = Tick at least one field.
users-export-nobody = Nobody is chosen.
