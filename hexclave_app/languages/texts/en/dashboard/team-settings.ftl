# Who creates teams, and when.

team-settings-title = Team settings
team-settings-text = Who creates teams, and when.
team-settings-new = New teams
team-settings-creation = Users may create teams
team-settings-creation-text = When off, only you and your servers create them.
team-settings-personal = A personal team for each new user
team-settings-personal-text = It is created at sign-up and named after the user; those who are there already get none.

# What leads to the page of the permissions.
team-settings-permissions = Permissions
team-settings-permissions-text = What creators and members of teams may do stands beside the permissions themselves.
team-settings-open-permissions = Team permissions
