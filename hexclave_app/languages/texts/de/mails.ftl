# Eingebaute E-Mails.

mail-hello = Guten Tag,
mail-hello-name = Guten Tag { $name },
mail-unexpected = Wenn Sie diese E-Mail nicht erwartet haben, können Sie sie ignorieren.

mail-email-verification-subject = Bestätigen Sie Ihre E-Mail-Adresse bei { $project }
mail-email-verification-heading = E-Mail-Adresse bestätigen
mail-email-verification-text = Bitte bestätigen Sie, dass dies Ihre Adresse ist, damit { $project } Sie erreichen kann.
mail-email-verification-button = E-Mail-Adresse bestätigen

mail-password-reset-subject = Setzen Sie Ihr Passwort bei { $project } zurück
mail-password-reset-heading = Passwort zurücksetzen
mail-password-reset-text = Jemand möchte das Passwort Ihres Kontos bei { $project } zurücksetzen.
mail-password-reset-button = Neues Passwort wählen

mail-magic-link-subject = Anmeldung bei { $project }: Ihr Code lautet { $code }
mail-magic-link-heading = Anmeldung bei { $project }
mail-magic-link-code = Geben Sie diesen Code dort ein, wo Sie sich anmelden:
mail-magic-link-or = Oder melden Sie sich direkt hier an:
mail-magic-link-button = Bei { $project } anmelden

mail-team-invitation-subject = Sie sind eingeladen, { $team } beizutreten
mail-team-invitation-heading = { $team } beitreten
mail-team-invitation-text = Sie sind eingeladen, { $team } bei { $project } beizutreten.
mail-team-invitation-button = Team beitreten

mail-sign-in-invitation-subject = Sie sind eingeladen, sich bei { $project } anzumelden
mail-sign-in-invitation-heading = Anmeldung bei { $team }
mail-sign-in-invitation-text = Sie sind zu { $team } eingeladen. Melden Sie sich an, um loszulegen.
mail-sign-in-invitation-button = Anmelden

mail-payment-receipt-subject = Ihr Beleg von { $project }
mail-payment-receipt-heading = Ihr Beleg
mail-payment-receipt-text = Vielen Dank, wir haben Ihre Zahlung erhalten.
mail-payment-receipt-product = Produkt
mail-payment-receipt-quantity = Menge
mail-payment-receipt-amount = Betrag
mail-payment-receipt-button = Beleg ansehen

mail-payment-failed-subject = Zahlung für { $project } fehlgeschlagen
mail-payment-failed-heading = Ihre Zahlung ist fehlgeschlagen
mail-payment-failed-text = Wir konnten { $amount } für { $product } nicht einziehen.
mail-payment-failed-reason = Grund: { $reason }
mail-payment-failed-button = Rechnung bezahlen
mail-payment-failed-advice = Bitte aktualisieren Sie Ihre Zahlungsdaten, damit der nächste Versuch gelingt.
