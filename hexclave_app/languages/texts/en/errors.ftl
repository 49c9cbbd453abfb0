# Errors of the API as hosted pages tell them: `error-` and the code of the contract. On the wire they keep their texts.

error-other = That did not work: { $message }
error-too-many-attempts = { $seconds ->
    [1] Too many attempts. Please wait a second and try again.
   *[other] Too many attempts. Please wait { $seconds } seconds and try again.
}

error-email-password-mismatch = Wrong e-mail or password.
error-invalid-totp-code = That code is not right. Please try again.
error-password-too-short = Password too short. It needs at least { $min_length } characters.
error-password-too-long = Password too long. It has at most { $maxLength } characters.
error-password-requirements-not-met = This password is among the first that others would try. Please choose another.
error-password-confirmation-mismatch = The old password is not right.
error-user-does-not-have-password = Your account has no password.
error-password-authentication-not-enabled = Signing in with a password is not enabled in this project.
error-sign-up-not-enabled = New accounts cannot be created here at the moment. Ask the people who run this service.
error-sign-up-rejected = Your sign-up was rejected by a rule of this project.
error-user-email-already-exists = There is an account with the address { $email } already.
error-contact-channel-already-used-for-auth-by-someone-else = Another account signs in with this address already.
error-email-already-verified = This e-mail address is verified already.
error-verification-code-not-found = This code or link is not valid.
error-verification-code-expired = This code or link has expired.
error-verification-code-already-used = This code or link was used already.
error-verification-code-max-attempts-reached = This code was tried too often and is not valid anymore. Please ask for a new one.
error-passkey-authentication-not-enabled = Signing in with a passkey is not enabled in this project.
error-passkey-authentication-failed = The passkey was not accepted. Try again, or sign in another way.
error-passkey-registration-failed = The passkey could not be added. Please try again.
error-bot-challenge-required = We could not make sure that you are no robot. Please try again.
error-bot-challenge-failed = We could not make sure that you are no robot. Please try again.
error-user-not-found = This account does not exist anymore.
error-team-not-found = This team does not exist anymore.
error-team-membership-not-found = This person is not in the team anymore.
error-team-membership-already-exists = You are in this team already.
error-team-permission-required = You do not have the permission for this in the team.
error-team-invitation-email-mismatch = This invitation was sent to another e-mail address. Sign in with that address, or add and verify it in your account, then try again.
error-team-invitation-restricted-user-not-allowed = Finish setting up your account before you join a team.
error-api-key-not-found = This key is not there anymore.
error-cannot-delete-current-session = To end this session, sign out.

## Errors without a code

error-sign-in-code-off = Signing in with a mailed code is not enabled in this project.
error-address-changed = The address of this link does not belong to the account anymore.
error-login-code-unknown = The login code is unknown, has expired, or has been used. Start the sign-in from the command line again.
error-anonymous-session-gone = The session of the command line is not valid anymore. Start the sign-in there again.
error-session-gone = This session has ended already.
error-first-account = The first account of this installation is created at the address that the server printed when it started.
error-channel-gone = This address is not there anymore. Please reload the page.
error-channel-there-already = You have this address already.
error-picture-unreadable = This picture cannot be read. Choose a PNG, JPEG, GIF, BMP or WebP file.
error-picture-too-large = This picture is too large.
error-recovery-codes-need-second-factor = Recovery codes stand in for a second factor. Please set one up first.
error-password-there-already = Your account has a password already. Please reload the page.
error-api-keys-off = API keys are not enabled in this project.
error-own-permissions = Nobody changes their own permissions.
error-account-gone = This account is not connected anymore. Please reload the page.
