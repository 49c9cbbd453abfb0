# The audit log: who changed what.

audit-log-title = Audit log
audit-log-text = Every administrative and security-relevant change. Entries cannot be changed or removed unnoticed.
audit-log-loading = Audit log, loading
audit-log-search = Search by id
audit-log-search-hint = Id of a user, a team, a key …
audit-log-about = About
audit-log-none = Nothing here
audit-log-none-text = No entry matches, or nothing has been changed yet.
audit-log-newer = Newer
audit-log-older = Older

# Columns of the table.
audit-log-column-when = When
audit-log-column-action = Action
audit-log-column-by = By
audit-log-column-about = About

# The dialog with what an entry changed. $action is the name of an action, such as user.updated.
audit-log-details = Details
audit-log-details-of = Details of { $action }
audit-log-at-by = { $at }, by { $actor }
audit-log-changes = Before and after
audit-log-column-property = Property
audit-log-column-before = Before
audit-log-column-after = After

# Which entries the table shows.
audit-log-of-all = Everything
audit-log-of-users = Users
audit-log-of-channels = E-mail addresses
audit-log-of-accounts = Provider accounts
audit-log-of-passkeys = Passkeys
audit-log-of-recovery-codes = Recovery codes
audit-log-of-sessions = Sessions
audit-log-of-api-keys = API keys
audit-log-of-teams = Teams
audit-log-of-memberships = Memberships
audit-log-of-invitations = Invitations
audit-log-of-team-permissions = Team permissions
audit-log-of-project-permissions = Project permissions
audit-log-of-suppressions = Suppressed addresses
audit-log-of-drafts = E-mail drafts
audit-log-of-config = Configuration
audit-log-of-project = Project
audit-log-of-keys = Project keys

# Who did it: the name or the id, and in brackets what it is.
audit-log-kind = { $kind ->
    [user] User
    [server] Server
    [admin] Admin
    [dashboard_user] Dashboard user
    [command_line] Command line
   *[system] System
}
audit-log-actor = { $name } ({ $kind })
