# The page of the API keys app: who may have keys.

api-keys-title = API keys
api-keys-text = Keys that your users and teams hand to their programs.

# The switches; $manage_api_keys is the name of a permission.
api-keys-owners = Who may have keys
api-keys-owners-text = While a switch is off, existing keys of that kind do not work.
api-keys-users = Users
api-keys-users-text = Users make keys for their own programs.
api-keys-teams = Teams
api-keys-teams-text = Members with $manage_api_keys make keys for a team.

# What the app does.
api-keys-about = How it works
api-keys-about-keys = Your application shows a page where people make and revoke keys; a key is shown once and kept as a hash. Your servers ask whose key a request carries, and whether it still works. Keys that turn up in public code are revoked when a scanner reports them.
# $page links to the keys of the project itself.
api-keys-about-project = The keys that your own servers use are something else: { $page }.
api-keys-about-dashboard = You see and revoke the keys of a user or a team on their pages.
