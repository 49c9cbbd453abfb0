# Permissions of a project and of its teams.

permissions-of-project = Project permissions
permissions-of-project-text = What users may do in the whole project.
permissions-of-teams = Team permissions
permissions-of-teams-text = What members may do in their team.
permissions-create = Create permission
permissions-none = No permissions yet
permissions-none-text = A permission can contain others: that makes it a role.

# The table.
permissions-column-permission = Permission
permissions-column-description = Description
permissions-column-contains = Contains
permissions-column-granted = Granted
permissions-built-in = Built in
permissions-built-in-text = It belongs to the platform: what it allows is fixed.
permissions-search = Search permissions
permissions-search-hint = Id
permissions-none-found = No such permission
permissions-none-found-text = No permission has these letters in its id.

# Who has a permission; $permission is its id.
permissions-who-has = { $count } – who has { $permission }?
permissions-holders = Who has the permission
permissions-holders-title = Who has { $permission }
permissions-holders-counted = { $is_all ->
    [yes] { $count ->
        [0] Nobody has it.
        [one] Granted once, directly or through a permission that contains it.
       *[other] Granted { $number } times, directly or through permissions that contain it.
    }
   *[no] Granted { $number } times, directly or through permissions that contain it. The newest { $shown }:
}
permissions-holder = User
permissions-in-team = In team
permissions-through = Through
permissions-itself = granted itself
permissions-edit = Edit
permissions-delete = Delete …

# The drawing.
permissions-graph = What contains what
permissions-graph-text = Whoever has a permission also has everything that stands below it.

# Who gets which permissions by default; $who is one of the three groups, $permission an id.
permissions-defaults-users = New users get
permissions-defaults-users-text = Granted when somebody signs up.
permissions-new-users = New users
permissions-defaults-teams = People in teams get
permissions-defaults-teams-text = Granted when somebody creates a team, or joins one.
permissions-creators = Creators
permissions-members = Members
permissions-default = { $who ->
    [creator] Creators get { $permission }
    [member] Members get { $permission }
   *[sign_up] New users get { $permission }
}

# Whether a user may do something, and why: the way goes "granted A contains B".
permissions-explain = May this user do that?
permissions-explain-text = Shows the way from what was granted to what was asked.
permissions-explain-user = User
permissions-explain-user-hint = Id or e-mail address
permissions-explain-permission = Permission
permissions-explain-team = Team
permissions-explain-team-hint = Id
permissions-explain-ask = Explain
permissions-yes = Yes
permissions-no = No
permissions-granted = granted
permissions-contains = contains

# The dialog that defines a permission; $permission contains the one beside it.
permissions-create-title = Create a permission
permissions-edit-title = Edit a permission
permissions-id = Id
permissions-id-hint = Small letters, digits, _ and :
permissions-description = Description
permissions-contained = Contains
permissions-from = from { $permission }

# The question before a permission is deleted.
permissions-deletion = Delete this permission?
permissions-deletion-text = Everybody who has it loses it, and other permissions no longer contain it.
permissions-deletion-tick = Take it from everybody who has it, too
permissions-deletion-confirm = Delete permission

# Notices, answers, and what is wrong with a form or a request.
permissions-deleted = The permission is gone.
permissions-unknown-here = There is no such permission here.
permissions-team-missing = Enter the id of a team.
permissions-unknown-user = Nobody signs in with this address.
permissions-not-granted = No: the permission is neither granted nor contained in a granted one.
