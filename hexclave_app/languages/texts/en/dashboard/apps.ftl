# The catalogue of apps.

apps-title = Apps
apps-text = What this project uses. Switching an app off hides it; its data stays.
apps-search = Search apps
apps-search-hint = Name or purpose
apps-none-found = Nothing found
apps-none-found-text = No app matches this search.
# Above the catalogue, when somebody opened a page of an app that the project does not have.
apps-closed = { $app } is not installed in this project. Switch it on here to use its pages.

apps-installed = { $count } installed

# On the card of an app; $app is its name.
apps-beta = Beta
apps-is-installed = { $app } is installed
apps-part-of = Part of { $app }
apps-open = Open { $app }

# What is wrong with a request.
apps-unknown = There is no such app.
# On an app that can be switched on for its configuration, while the dashboard has no pages for it.
apps-not-built = Not built yet in this version.
