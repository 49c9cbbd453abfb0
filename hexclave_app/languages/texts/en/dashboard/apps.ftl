# The catalogue of apps.

apps-title = Apps
apps-text = What this project uses. Switching an app off hides it; its data stays.
apps-search = Search apps
apps-search-hint = Name or purpose
apps-none-found = Nothing found
apps-none-found-text = No app matches this search.
apps-installed = { $count } installed

# On the card of an app; $app is its name.
apps-beta = Beta
apps-is-installed = { $app } is installed
apps-part-of = Part of { $app }
apps-open = Open { $app }

# What is wrong with a request.
apps-unknown = There is no such app.
# On an app that can be switched on for its configuration, while the dashboard has no pages for it.
apps-not-built = Not built yet in this version

# The tabs above the catalogue; $count is how many apps are there.
apps-category-all = All
apps-category-installed = Installed
apps-category-authentication = Authentication
apps-category-developer = Developer
apps-category-integrations = Integrations
apps-category-advanced = Advanced
apps-category-counted = { $category } ({ $count })
apps-categories = Parts of the catalogue

# The page of one app.
apps-about = What it does
apps-pages = Pages
apps-pages-closed = They appear in the sidebar once the app is installed.
apps-no-pages = This version of the dashboard has no pages for it. Switching it on only notes it in the configuration of the project.
apps-state-on = Installed
apps-state-off = Not installed
apps-enable = Enable
apps-disable = Disable …
apps-open-page = Open
apps-wanted = The page you opened belongs to { $app }, which is not installed in this project. Enable it to go on to that page.
apps-part = A part of { $parent }: it comes and goes with it.
apps-parts = Comes with it
apps-tags = Tags

# Questions before something is switched; $app is its name.
apps-hide-question = Disable { $app }?
apps-hide-text = Its pages disappear from the dashboard. Nothing is deleted: its data and settings stay, its API goes on to work, and enabling it brings the pages back.
apps-hide-confirm = Disable
apps-beta-question = Enable { $app }?
apps-beta-text = This app is in beta: it may change, and parts of it may be missing.
apps-beta-confirm = Enable

# What each app does.
apps-about-authentication = Accounts for the people who use your product: sign-up and sign-in with passwords, mailed codes, passkeys and OAuth providers, a second factor, and the sessions that come of it. Hosted pages are ready to use, and every step can be done through the API.
apps-about-fraud-protection = Looks at every sign-up before the account is made: rules over address, country, method and risk scores let people in, refuse them or restrict them. New rules can be tried on past sign-ups first.
apps-about-teams = Groups of users with invitations, roles and profiles of their own. People switch between their teams; permissions and API keys can belong to a team.
apps-about-rbac = Permissions that contain one another, for the whole project or within a team. Your servers and pages ask whether a user has one; the graph shows why.
apps-about-api-keys = Keys that your users and teams make for themselves, to call your API. Your servers check a key with one request and learn whose it is; leaked keys can be revoked by whoever finds them.
apps-about-payments = Products with prices, subscriptions and items that customers use up, sold through Stripe to users, teams or your own customer ids.
apps-about-emails = The mails of sign-in and your own: templates and themes with live preview, drafts to chosen users, sending through your server or domain, and what became of every mail.
apps-about-data-vault = Values stored encrypted with a secret that only your servers have. The platform cannot read them, not even with a copy of the database.
apps-about-webhooks = Signed requests to your servers whenever users, teams, memberships or permissions change, repeated until they arrive.
apps-about-launch-checklist = The steps between a project that works and one that real people may use: domains, own OAuth keys, an own e-mail server, production mode.
apps-about-vercel = Puts the keys of this project into the environment of a project on Vercel.
apps-about-analytics = What people do in your product: page views and events in tables that you can query with SQL.
apps-about-session-replays = Recordings of what people saw and did, to understand where they get stuck.
