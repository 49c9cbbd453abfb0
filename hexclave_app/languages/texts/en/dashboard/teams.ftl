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
teams-id = team id
teams-name-length = Enter a name of 1 to { $most } characters.

# The dialog that finds a team.
teams-pick = Choose a team
