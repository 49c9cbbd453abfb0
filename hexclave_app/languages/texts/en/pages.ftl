# What pages say. Goes to the browser as a whole.

## Pieces that every page has

skip = Skip
skip-to-content = Skip to content
language = Language
theme = Colour theme
theme-light = Light
theme-dark = Dark
theme-system = System
actions = Actions
loading = Loading
loading-page = Loading …
opening = Opening …
opening-dashboard = Opening the dashboard …
notices = Notifications
connection-lost = The connection to the server is lost. Trying again …
page-updated = This page was updated in the meantime. If something does not work, reload it.
reload = Reload
cancel = Cancel
continue = Continue
save = Save
remove = Remove
delete = Delete
try-again = Try again
# $what names the thing with its article, such as `the-key`.
copy = Copy { $what }
copied = Copied.
name = Name
code = Code
email = E-mail
password = Password
show-password = Show password
hide-password = Hide password
or = or

## Frame and dead ends

error = Error
page-not-available = This page is not available
page-not-found = Page not found
page-does-not-exist = This page does not exist
page-does-not-exist-text = The link may be old, or the address may have a typing error.
go-to-start-page = Go to the start page
start-page = Start page
nothing-here = There is nothing here
did-not-work = That did not work

## Sign in, sign up, sign out

sign-in = Sign in
sign-up = Sign up
sign-out = Sign out
sign-in-again = Sign in again
no-account-yet = No account yet?
create-your-account = Create your account
create-account = Create account
already-have-one = Already have one?
how-to-sign-in = How to sign in
method-code = E-mail code
code-hint = We mail you a code and a link. No password needed.
email-me-a-code = E-mail me a code
forgot-password-link = Forgot password?
repeat-password = Repeat password
password-hint = At least { $length } characters.
sign-in-with-passkey = Sign in with a passkey
continue-with = Continue with { $provider }
last-used-way = Last used
no-method = No sign-in method is enabled in this project. Enable one in its dashboard.
sign-ups-closed = Sign-ups are closed
sign-ups-closed-text = New accounts cannot be created here at the moment. Ask the people who run this service.
check-your-email = Check your e-mail
code-sent = We sent a code to { $email }. Type it here, or open the link in the mail.
six-character-code = Six-character code
use-another-way = Use another way
send-a-new-code = Send a new code
signing-out = Signing you out …
signed-out = You are signed out
see-you-soon = See you soon.
welcome = Welcome
welcome-name = Welcome, { $name }
signed-in-as = You are signed in as { $email }
signed-in-already = You are signed in already
acting-as = { $minutes ->
    [one] You act as this user for an administrator. This session ends within a minute.
   *[other] You act as this user for an administrator. This session ends within { $minutes } minutes.
}

## Two-step sign-in

two-step-sign-in = Two-step sign-in
nothing-to-confirm = Nothing to confirm
attempt-lost = This sign-in is not waiting for a code anymore. Please sign in again.
type-six-digits = Type the six digits that your authenticator app shows.
recovery-code = Recovery code
recovery-code-hint = One of the codes that you wrote down. Each works once.
use-authenticator = Use the authenticator app
use-recovery-code = Use a recovery code
verifying = Verifying …
verified = Verified

## Pages that mails lead to

forgot-password-title = Forgot password
forgot-your-password = Forgot your password?
forgot-your-password-text = We mail you a link to choose a new one.
send-the-link = Send the link
send-a-new-link = Send a new link
back-to-sign-in = Back to sign-in
reset-link-sent = If there is an account with this address, a link to choose a new password is on its way.
choose-new-password = Choose a new password
new-password = New password
change-password = Change password
password-changed = Your password is changed
password-changed-text = You were signed out everywhere. Sign in with the new password.
password-not-changed = The password was not changed
checking-link = Checking the link …
opening-link = Opening the link …
one-moment = One moment
checking-visitor = Making sure that you are no robot …
sign-in-here = Sign in here?
sign-in-here-text = You opened a sign-in link. Continue only if you asked for it.
not-signed-in = You are not signed in
verify-email-title = Verify e-mail
verify-email = Verify your e-mail address?
verify-email-text = Continue only if you signed up here, or added this address.
verify = Verify
email-verified = Your e-mail address is verified
thank-you = Thank you.
link-invalid = This link is not valid
link-invalid-text = It may be incomplete. Open it from the e-mail once more, or ask for a new one.
link-expired = This link has expired
link-expired-text = Links work for some days only.
link-used = This link was used already
link-used-text = Every link works once.

## Onboarding

finish-account-title = Finish your account
add-your-email = Add your e-mail address
check-your-inbox = Check your inbox
open-link-sent = Open the link that we sent to { $email }.
opened-it = I have opened it
change-address = Change the address
send-it-again = Send it again
account-not-ready = Your account is not ready
account-not-ready-text = The people who run this service have to look at it first. Please contact them.

## Teams

team-invitation = Team invitation
invited-to-team = You are invited to a team
invited-sign-in = Sign in with the invited e-mail address to join it.
invited-create-account = Choose a password for { $email }. You are in the team as soon as the account exists.
invited-other-account = I have an account already
not-now = Not now
one-step-before = One step before you join
one-step-before-text = Finish setting up your account, then you come back here.
finish-set-up = Finish set-up
join-team = Join { $team }?
join-team-text = You were invited to this team.
join = Join
joined-team = You are in { $team }
joined-team-text = Welcome.
cannot-join = You cannot join
opening-invitation = Opening the invitation …
create-a-team = Create a team
create-team = Create team
team-name = Team name
no-team-creation = Teams are not created here
no-team-creation-text = This project does not let people create teams themselves.

## Command lines

cli-title = Authorize a command line
cli-ask = Let a command line in?
cli-ask-text = A program on a computer asks to act as you.
cli-warning = It gets full access to your account. Continue only if you have just started this sign-in yourself; close the page if somebody sent you the link.
cli-account = Account: { $account }
cli-sign-in-next = You sign in next.
authorize = Authorize
cli-completing = Signing the command line in …
cli-done = The command line is signed in
cli-done-text = You can close this window and go back to it.
cli-invalid = It has no login code. Start the sign-in from the command line again.
cli-failed = The command line is not signed in

## Account settings

account-settings = Account settings
all-settings = All settings
profile = Profile
emails-and-sign-in = E-mails & sign-in
notifications = Notifications
active-sessions = Active sessions
api-keys = API keys
settings = Settings
teams = Teams

choose-picture = Choose a picture
cut-picture = Choose what is seen
cut-picture-hint = Drag the picture, or move it with the arrow keys.
zoom = Zoom
remove-picture = Remove the picture
display-name = Display name
delete-account-question = Delete your account?
delete-account-text = Everything that belongs to it is deleted for good. Teams stay with their other members.
delete-my-account = Delete my account
danger-zone = Danger zone
delete-account-warning = Deleting your account cannot be undone.
delete-account = Delete account

email-addresses = E-mail addresses
add-an-address = Add an address
add = Add
primary = Primary
not-verified = Not verified
for-sign-in = Sign-in
actions-for = Actions for { $address }
send-verification-link = Send the verification link
make-primary = Make primary
make-primary-verify = Make primary (verify it first)
stop-sign-in = Stop sign-in with it
stop-sign-in-last = Stop sign-in with it (it is the last)
sign-in-with-it = Sign in with it
sign-in-with-it-verify = Sign in with it (verify it first)
remove-last = Remove (the last to sign in with)

needs-verified-email = Verify an e-mail address that you sign in with first.
old-password = Old password
repeat-new-password = Repeat new password
set-password = Set password
password-text = Changing it signs you out on your other devices.
passkey = Passkey
passkey-text = Sign in with your fingerprint, your face, or the lock of your screen.
add-passkey = Add a passkey
delete-passkey = Delete the passkey
delete-passkey-question = Delete the passkey?
delete-passkey-text = You cannot sign in with it anymore.
emailed-codes = E-mailed codes
emailed-codes-text = Sign in with a code or link that we mail you.
on = On
switch-on = Switch on
switch-off = Switch off
two-step-text = After your password or passkey we ask for six digits of an authenticator app.
set-up = Set up
recovery-codes-left = Recovery codes left: { $count }
new-recovery-codes = New recovery codes
switch-off-two-step = Switch off two-step sign-in
two-step-scan = 1. Scan this with your authenticator app, or type the secret into it.
two-step-type = 2. Type the six digits that the app shows.
qr-code = QR code with the secret
the-secret = the secret
code-of-app = Code of the app
write-codes-down = Write these recovery codes down now: they are shown only once. Each replaces your authenticator once.
written-down = I have written them down
connected-accounts = Connected accounts
connected-accounts-text = Accounts of other services that you sign in with.
connect = Connect { $provider }
disconnect = Disconnect
disconnect-question = Disconnect { $provider }?
disconnect-text = You cannot sign in with this account anymore.
remove-address-question = Remove { $address }?
remove-address-text = Mails do not reach you there anymore, and you cannot sign in with it.
stop-code-question = Switch off e-mailed codes?
stop-code-text = You cannot sign in with a code or link from a mail anymore.
confirm-it-is-you = Confirm that it is you: type the code that your authenticator app shows, or one of your recovery codes.
confirm = Confirm

notifications-text = Mails that you want to get.
mails-transactional = Transactional
mails-marketing = Marketing
mails-needed = Needed to run your account; cannot be switched off.

active-sessions-text = Browsers and devices that are signed in to your account.
session = Session
last-used = Last used
from = From
this-session = This session
other-session = Other session
since = since { $time }
unknown-address = unknown address
revoke = Revoke
sign-out-elsewhere = Sign out everywhere else
sign-out-elsewhere-question = Sign out everywhere else?
sign-out-elsewhere-text = All your other sessions end at once.

description = Description
status = Status
key = Key
expires = Expires
created = Created
any-status = Every status
search-keys = Search keys
no-such-keys = No key fits.
valid = Valid
expired = Expired
revoked = Revoked
no-keys = No keys yet.
key-purpose = What is the new key for?
expires-after = Expires after
lifetime-days = { $days ->
    [1] 1 day
    [365] 1 year
   *[other] { $days } days
}
lifetime-never = Never
create-key = Create key
copy-key-now = Copy this key now: it is stored as a hash and cannot be shown again.
the-key = the key
stored-it = I have stored it
new-key = Your new key
close = Close
revoke-key-question = Revoke “{ $name }”?
revoke-key-text = Whatever uses this key stops working at once. This cannot be undone.
revoke-key-sure = I understand that it stops working

team = Team
team-api-keys = Team API keys
name-in-team = Your name in this team
rename = Rename
members = Members
you = You
no-name = No name
remove-member = Remove { $name }
remove-member-question = Remove { $name } from { $team }?
remove-member-text = They need a new invitation to come back.
permissions = Permissions
permissions-of = Permissions of { $name }
permissions-text = What { $name } may do in this team. You can hand on what you may do yourself.
permission-inherited = included in { $role }
invite-somebody = Invite somebody
invite = Invite
invitations = Invitations
until = until { $day }
take-back = Take back
leave-team = Leave the team
leave-team-question = Leave { $team }?
leave-team-text = You need a new invitation to come back.
leave = Leave

## Parts inside other pages

part-signed-in = You are signed in
part-sign-in-first = Please sign in
part-sign-in-first-text = This is about your account.
part-second-step = One more step
part-second-step-text = Your account asks for a second factor. For your safety, its page never stands inside another one.
part-continue-in-window = Continue in a window
part-refused = This is not available here
part-refused-text = The page around does not belong to a trusted domain of the project.
part-alone = This belongs into another page
part-alone-text = It is a part that pages of the project have inside. Here is the page itself.
part-going-back = Taking you back …
part-cannot-go-back = You cannot go back
part-window-lost = This window has lost its page
part-window-lost-text = Close it, go back to the page that you came from, and try again there.
account = Account
account-of = Account of { $name }
account-of-nobody = Account: nobody is signed in
light-or-dark = Light or dark
current-team = Current team
other-teams = Other teams
settings-of-team = Settings of { $team }
in-no-team = You are in no team yet.
search-teams = Search teams
no-such-team = No team fits.
providers-title = Sign in with a provider
