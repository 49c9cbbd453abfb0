# The wizard that sets a new project up.

setup-title = Set-up
setup-text = A few choices to begin with. Each of them can be changed later.
setup-skip = Skip the set-up
setup-steps = Steps of the set-up
setup-continue = Continue
setup-open = Open the project

# Where the configuration comes from.
setup-start = Where does the configuration come from?
setup-start-text = Most projects begin here.
setup-start-choices = Where the configuration comes from
setup-here = Choose here
setup-here-text = Pick apps and ways to sign in on the next pages.
setup-repository = Kept in a repository
setup-repository-text = Your build pushes the configuration; this dashboard only shows it.
setup-push = Push the configuration from your build with a secret server key, through the SDK's command line or the REST API (PUT /api/v1/internal/config/override/branch). From the first push on, what it sets is read-only here.

# Apps.
setup-apps = Which apps do you need?
setup-apps-text = Apps that are off only hide their pages.
setup-beta = Beta
setup-always-on = Always on

# Ways to sign in.
setup-sign-in = How do people sign in?
setup-sign-in-text = At least one way; the picture of your sign-in page follows.

# Themes of mails; $theme is the name of a theme.
setup-themes = What do your mails look like?
setup-themes-text = Every mail is framed in this theme.
setup-theme-preview = A mail in the theme { $theme }
setup-theme-chosen = Chosen: { $theme }
setup-theme-choose = Choose { $theme }
setup-chosen = Chosen
setup-choose = Choose

# The last step.
setup-ready = Ready
setup-ready-text = This is how the project starts.
setup-summary-apps = Apps
setup-summary-methods = People sign in with
setup-summary-no-method = nothing yet
setup-summary-theme = Mails look like
setup-summary-no-theme = plain text
setup-summary-hosted = Hosted pages

# The steps at the top.
setup-step-start = Start
setup-step-apps = Apps
setup-step-sign-in = Sign-in
setup-step-emails = E-mails
setup-step-ready = Ready

# The ways to sign in that can be chosen.
setup-password = E-mail and password
setup-password-text = People choose a password when they sign up.
setup-otp = Code or link by e-mail
setup-otp-text = People get a code and a link each time they sign in.
setup-passkey = Passkey
setup-passkey-text = People sign in with their device, a security key or a password manager.
setup-provider-text = Uses the installation's shared keys until you enter your own.

# Notices, and what is wrong with a request.
setup-unknown-app = This app cannot be chosen.
setup-unknown-method = There is no such way to sign in.
setup-unknown-theme = There is no such theme.
setup-out-of-date = This page is out of date. Load it again.
setup-finished = The project is set up.

# The picture of the sign-in page; $project is the name of the project.
setup-preview-title = Sign in
setup-preview-project = to { $project }
setup-preview-passkey = Sign in with a passkey
setup-preview-or = or
setup-preview-email = E-mail
setup-preview-password = Password
setup-preview-tabs = Code by e-mail · Password
setup-preview-send = Send code
setup-preview-submit = Sign in
setup-preview-nobody = Nobody can sign in.
