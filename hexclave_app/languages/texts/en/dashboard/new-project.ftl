# Creating a project, and its keys afterwards.

new-project-title = New project
new-project-text = One project per product; its users are separate from those of your other projects.
new-project-name = Name
new-project-name-hint = Your users see it on the sign-in pages.
new-project-name-missing = Enter a name.
new-project-name-long = Use at most { $most } characters.
new-project-team = Owner team
new-project-team-hint = Everybody in this team can manage the project.
new-project-team-new = A new team …
new-project-team-name = Name of the new team
new-project-team-missing = Choose the team that owns the project.
new-project-open = People can sign up with e-mail and password at once. Change that later in the project's settings.
new-project-cancel = Cancel
new-project-create = Create project
new-project-keys-description = Onboarding
new-project-keys = Keys
new-project-keys-shown = The keys were shown once. Make new ones under Project keys if you did not keep them.
new-project-next = Next
new-project-next-text = Choose apps, ways to sign in and the look of mails. People can sign up with a password already.
new-project-set-up = Set the project up
new-project-sign-up-page = Open the hosted sign-up page
new-project-ready = The project is ready.

# For those who have no project yet.
new-project-first = You have no project yet, so you begin here.
new-project-teams = See your teams
