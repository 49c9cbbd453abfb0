# Built-in mails. The arguments are filled in when a mail is rendered: $project, $team, $product and $amount are names.

mail-hello = Hello,
mail-hello-name = Hello { $name },
mail-unexpected = If you did not expect this e-mail, you can ignore it.

## Email verification

mail-email-verification-subject = Verify your email at { $project }
mail-email-verification-heading = Verify your email
mail-email-verification-text = Please confirm that this address is yours, so that { $project } can reach you.
mail-email-verification-button = Verify my email

## Password reset

mail-password-reset-subject = Reset your password at { $project }
mail-password-reset-heading = Reset your password
mail-password-reset-text = Somebody asked to reset the password of your account at { $project }.
mail-password-reset-button = Choose a new password

## Code and link to sign in

mail-magic-link-subject = Sign in to { $project }: Your code is { $code }
mail-magic-link-heading = Sign in to { $project }
mail-magic-link-code = Type this code where you are signing in:
mail-magic-link-or = Or sign in right here:
mail-magic-link-button = Sign in to { $project }

## Invitation to a team

mail-team-invitation-subject = You have been invited to join { $team }
mail-team-invitation-heading = Join { $team }
mail-team-invitation-text = You have been invited to join { $team } at { $project }.
mail-team-invitation-button = Join the team

## Invitation to sign in

mail-sign-in-invitation-subject = You have been invited to sign in to { $project }
mail-sign-in-invitation-heading = Sign in to { $team }
mail-sign-in-invitation-text = You have been invited to { $team }. Sign in to get started.
mail-sign-in-invitation-button = Sign in

## Receipt

mail-payment-receipt-subject = Your receipt from { $project }
mail-payment-receipt-heading = Your receipt
mail-payment-receipt-text = Thank you, we have received your payment.
mail-payment-receipt-product = Product
mail-payment-receipt-quantity = Quantity
mail-payment-receipt-amount = Amount
mail-payment-receipt-button = View the receipt

## Failed payment

mail-payment-failed-subject = Payment failed for { $project }
mail-payment-failed-heading = Your payment did not go through
mail-payment-failed-text = We could not collect { $amount } for { $product }.
mail-payment-failed-reason = Reason: { $reason }
mail-payment-failed-button = Pay the invoice
mail-payment-failed-advice = Please update your payment details, so that the next attempt succeeds.
