# The table of teams, and the page of one team.

teams-title = Teams
teams-text = Groups of users who work together.
teams-loading = Teams, loading
teams-column-team = Team
teams-column-members = Members
teams-column-created = Created
teams-search = Search teams
teams-search-hint = Name or id
teams-none-found = Nothing found
teams-none-found-text = No team has this name or id.
teams-none = No teams yet
teams-none-text = Users create teams in your application, or you create one here.
teams-create = Create team
teams-create-title = Create a team
teams-name = Name
teams-name-length = Enter a name of 1 to { $most } characters.

# The dialog that finds a team.
teams-pick = Choose a team

# Order of the table, the menu of a row, and its dialogs; $team is a name.
teams-order = Order
teams-newest = Newest first
teams-oldest = Oldest first
teams-view = View members
teams-rename = Rename …
teams-rename-title = Rename the team
teams-copy-id = Copy team id
teams-delete = Delete …
teams-deletion-text = { $team } ends with its memberships, permissions, invitations and keys. Its members keep their accounts.
teams-deleted = The team was deleted.
teams-gone = This team does not exist any more.
