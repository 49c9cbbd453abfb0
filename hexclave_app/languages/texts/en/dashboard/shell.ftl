# The frame of every page: header, sidebar, breadcrumbs.

shell-home = Hexclave, all projects
shell-closed = This page is not available
shell-all-projects = All projects

# The menu of projects in the header; $project is the name of the open one.
shell-choose-project = Choose a project
shell-open-project = Project: { $project }
shell-new-project = New project

# The menu of the account; the initials are what is written on its button.
shell-account = Account { $initials }
shell-sign-out = Sign out

# Breadcrumbs, and the sidebar where it opens as a dialog.
shell-breadcrumbs = Breadcrumbs
shell-projects = Projects
shell-menu = Menu
shell-close-menu = Close menu
shell-navigation = Project

# Groups of the sidebar.
shell-group-authentication = Authentication
shell-group-teams = Teams
shell-group-access = Access
shell-group-emails = E-mails
shell-group-project = Project settings

# Pages in the sidebar.
shell-overview = Overview
shell-users = Users
shell-auth-methods = Auth methods
shell-sign-up-rules = Sign-up rules
shell-onboarding = Onboarding
shell-teams = Teams
shell-team-settings = Team settings
shell-project-permissions = Project permissions
shell-team-permissions = Team permissions
shell-api-keys = API keys
shell-emails = E-mails
shell-email-drafts = E-mail drafts
shell-email-templates = E-mail templates
shell-email-themes = E-mail themes
shell-email-suppressions = Suppressed addresses
shell-email-domains = Sending domains
shell-email-settings = E-mail settings
shell-apps = Apps
shell-keys = Project keys
shell-domains = Trusted domains
shell-audit-log = Audit log
shell-settings = General

# Why a page is not available, and what somebody without a name is called.
shell-incomplete = Your account is not complete yet, so the dashboard is closed to it. Verify your e-mail address first.
shell-no-project = This project does not exist, or your teams do not own it.
shell-you = You

# Folding the sidebar up to its icons.
shell-fold = Fold up
shell-unfold = Unfold the sidebar

# The viewer's own account, and what is new in this software.
shell-account-settings = Account settings
shell-news = What is new
shell-news-unseen = What is new, unread

# In tabs that were opened before an upgrade; the second where the server knows nothing of them any more.
shell-updated = There is a new version of Hexclave. Finish what you are writing here, then reload.
shell-left-behind = Hexclave was updated, and this page may not work any more. Copy what you have not saved, then reload.
