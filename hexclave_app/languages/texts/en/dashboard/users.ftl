# The table of users.

users-title = Users
users-text = New users appear here as they sign up.
users-loading = Users, loading
users-export = Export CSV
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
users-export-too-many = For more than { $most } users, run `hexclave export` on the server.
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
