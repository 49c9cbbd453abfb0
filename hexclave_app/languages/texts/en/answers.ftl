# What the server says to people on hosted pages: answers to what they did, and times.

## For every page

no-project-here = There is no project at this address.
no-project-named = This address names no project: it has to begin with a project id.
bad-project-id = This address does not begin with a valid project id.
please-sign-in = Please sign in first.
gone = This is not there anymore. Please reload the page.
server-not-reached = The server could not be reached. Please check your connection and try again.
sign-in-not-kept = Your sign-in could not be kept by this browser. Please try again.
not-signed-out = You could not be signed out. Please try again.
bad-email = Enter a complete e-mail address, such as ada@example.com.
bad-password = Enter a password of at most 70 characters.
passwords-differ = The two passwords differ.
new-code-on-its-way = A new code is on its way.
new-link-on-its-way = A new link is on its way.
link-on-its-way = The link is on its way.
moment = { $day }, { $time } UTC
just-now = just now
never = never

## Signing in

sign-in-method-off = No sign-in method is enabled in this project.
wrong-code = That code is not right, or it has expired. Check the newest e-mail, or send a new code.
wrong-authenticator-code = That code is not right. Codes change every 30 seconds: type the one that you see now.
wrong-recovery-code = That recovery code is not right, or it was used before.
no-passkey-used = No passkey was used. Try again, or sign in another way.
this-account = this account

## The error page

something-wrong = Something went wrong
something-wrong-text = We do not know what happened. Going back and trying again often helps.
account-of-another = This account belongs to somebody else here
account-of-another-text = It is already connected to another user. Sign in as that user, or choose another account at the provider.
connected-already = You are connected already
connected-already-text = Your user has another account of this provider. Disconnect that one in your account settings first.
not-allowed = You did not allow the sign-in
not-allowed-text = The provider says that access was denied. You can try again, or sign in another way.
provider-not-available = The provider is not available right now
provider-not-available-text = This is usually over soon. Try again in a moment, or sign in another way.

## Teams

team-creation-off = Creating teams is not enabled in this project.
bad-team-name = Give the team a name of at most { $length } characters.
team-renamed = Team renamed.
member-removed = Member removed.
permissions-saved = Permissions saved.
permission-delete-team = Delete the team
permission-invite-members = Invite people
permission-manage-api-keys = Make and revoke the team’s API keys
permission-read-members = See the other members
permission-remove-members = Remove members, take invitations back, change permissions
permission-update-team = Change the team’s name and picture
invited = We invited { $email }.
leave-instead = Leave the team instead of removing yourself.

## Account settings

name-saved = Name saved.
name-too-long = A name has at most { $length } characters.
picture-saved = Picture saved.
picture-unreadable = That is not a picture that this browser can read.
deletion-off = Deleting one's own account is not enabled in this project.
deletion-not-confirmed = Please confirm that you want to delete your account.
address-link-sent = We sent a link to the new address.
address-there-already = You have this address already.
address-gone = This address is not there anymore. Please reload the page.
address-not-verified = Verify this address first.
last-address = This is the last address that you sign in with. Add another one first.
only-way-in = This is the only way that you sign in. Add another one first.
account-disconnected = Account disconnected.
password-saved = Password saved. Other devices are signed out.
password-needs-email = A password needs an e-mail address that you sign in with. Add one first.
no-passkey-made = No passkey was made.
passkey-added = Passkey added.
wrong-app-code = That code is not right. Type the one that the app shows now.
two-step-on = Two-step sign-in is on.
two-step-off = Two-step sign-in is off.
two-step-on-already = Two-step sign-in is on already. Switch it off first.
mails-cannot-be-off = These mails cannot be switched off.
signed-out-elsewhere = You are signed out everywhere else.
key-without-purpose = Say what the key is for.
key-revoked = Key revoked.
key-gone = This key is not there anymore. Please reload the page.

## Unsubscribing from mails

unsubscribe-title = E-mail preferences
unsubscribe-done = You are unsubscribed and will not get these e-mails any more.
unsubscribe-already-done = You are already unsubscribed from these e-mails.
unsubscribe-unknown = This link is not valid. Open it from the e-mail once more.
unsubscribe-expired = This link has expired. Newer e-mails have one that works.

## Parts inside other pages

not-inside-pages = This page cannot be shown inside another page.
opens-in-window = This opens in a window of its own.
part-lost = This part has lost its page. Please reload the page and try again.
no-team = No team
