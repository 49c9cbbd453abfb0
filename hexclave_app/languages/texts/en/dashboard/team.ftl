# The page of one team.

team-title = Team
team-id = Team id
team-copied-id = team id
team-created = Created
team-size = Size
team-display-name = Name
team-delete = Delete team

# Members.
team-members = Members
team-no-members = Nobody yet.
team-add-member = Add member
team-column-member = Member
team-column-email = E-mail
team-column-permissions = Permissions
team-edit-permissions = Permissions …
team-remove-member = Remove …

# Invitations.
team-invitations = Pending invitations
team-invitations-table = Invitations
team-column-invited = E-mail
team-revoke-invitation = Take back

# API keys of the team.
team-keys = API keys
team-column-description = Description
team-column-key = Key
team-column-status = Status
team-column-expires = Expires

# Metadata.
team-metadata = Metadata
team-metadata-text = Any JSON that your application keeps with the team.

# The dialog that adds a member.
team-add-title = Add a member
team-add-email = E-mail
team-add-invite = Mail an invitation instead of adding the user at once
team-add-submit = Add member

# The dialog with the permissions of a member; $permission contains the one beside it.
team-permissions-of = Permissions of { $name }
team-permissions-text = Every tick applies at once.
team-permission-from = from { $permission }

# How many members there are; $number is the count with separators.
team-counted = { $count ->
    [one] 1 member
   *[other] { $number } members
}

# Notices, and what is wrong with a form or a request.
team-unknown = This team does not exist.
team-unknown-member = This user is not a member any more.
team-member-added = The user is a member now.
team-invited = The invitation is on its way.
team-nobody = Nobody signs in with this address. Invite the person instead.
team-unknown-invitation = There is no such invitation.
team-unknown-key = There is no such key.
team-deleted = The team was deleted.

# Questions before something ends.
team-deletion = Delete this team?
team-deletion-text = Members stay users; permissions, keys and invitations go with it.
team-deletion-confirm = Delete team
team-removal = Remove this member?
team-removal-text = The user stays, but loses the permissions in this team.
team-removal-confirm = Remove member
team-take-back = Take this invitation back?
team-take-back-text = The link in the mail stops working.
team-take-back-confirm = Take back
team-key-revocation = Revoke this key?
team-key-revocation-text = Programs that use it stop working at once. This is final.
team-key-revocation-confirm = Revoke key

# Adding one of the project's users, and all members in the table of users.
team-search-users = Search users by name or e-mail
team-nobody-found = No user has this in the name or address.
team-add-user = Add
team-add-user-of = Add { $name }
team-as-users = Open in the table of users
