# Trusted domains: where sign-ins may lead to.

domains-title = Trusted domains
domains-text = Sign-ins lead back to these places only.
domains-loading = Trusted domains, loading
domains-column-domain = Domain
domains-column-path = Handler path
domains-none = No trusted domains yet
domains-none-text = Add the addresses where your application runs, such as app.example.com or *.example.com.
domains-add = Add domain
domains-edit = Edit …
domains-remove = Remove …
domains-unsafe = Not encrypted

# The switch for development.
domains-development = Development
domains-localhost = Trust localhost
domains-localhost-text = Lets sign-ins lead to this very machine. Switch it off before you go live.

# How sign-in comes into other pages.
domains-embedding = Sign-in inside your pages
domains-embedding-text = Pages of trusted domains may have these elements inside, and get the session of who signs in there.
domains-copied-snippet = HTML code
domains-demo = See it at work

# The dialog that adds a domain.
domains-add-title = Add a trusted domain
domains-domain = Domain
domains-domain-hint = app.example.com, or *.example.com for one level and **.example.com for any level below it
domains-path = Handler path
domains-path-hint = Where your application shows its sign-in pages.
domains-edit-title = Change a trusted domain
domains-with-www = Trust the same domain with www, too
domains-advanced = Advanced
domains-with-http = Use http instead of https
domains-http-warning = Without encryption anybody on the way can take over the sign-ins of your users. Use http in closed networks only.

# The question before a domain is removed.
domains-removal = Stop trusting this domain?
domains-removal-text = Sign-ins can no longer lead to { $domain }.
domains-removal-confirm = Remove

# Notices, and what is wrong with a form or a request; $problem says what is wrong with the typed domain.
domains-removed = The domain is no longer trusted.
domains-changed = The domain was changed.
domains-added = The domain is trusted now.
domains-missing = The domain is missing.
domains-wrong = The domain { $problem }.
domains-path-wrong = The path must start with a slash.
domains-twice = { $domain } is trusted already.
domains-gone = This domain is not trusted any more.
