# Fehler der API, wie gehostete Seiten sie sagen.

error-other = Das hat nicht geklappt: { $message }
error-too-many-attempts = { $seconds ->
    [1] Zu viele Versuche. Bitte warten Sie eine Sekunde, und versuchen Sie es dann erneut.
   *[other] Zu viele Versuche. Bitte warten Sie { $seconds } Sekunden, und versuchen Sie es dann erneut.
}

error-email-password-mismatch = E-Mail-Adresse oder Passwort ist falsch.
error-invalid-totp-code = Dieser Code ist falsch. Bitte versuchen Sie es erneut.
error-password-too-short = Das Passwort ist zu kurz. Es braucht mindestens { $min_length } Zeichen.
error-password-too-long = Das Passwort ist zu lang. Es hat höchstens { $maxLength } Zeichen.
error-password-requirements-not-met = Dieses Passwort gehört zu den ersten, die andere ausprobieren würden. Bitte wählen Sie ein anderes.
error-password-confirmation-mismatch = Das alte Passwort ist falsch.
error-user-does-not-have-password = Ihr Konto hat kein Passwort.
error-password-authentication-not-enabled = Die Anmeldung mit Passwort ist in diesem Projekt nicht aktiviert.
error-sign-up-not-enabled = Zurzeit können hier keine neuen Konten erstellt werden. Wenden Sie sich an den Betreiber dieses Dienstes.
error-sign-up-rejected = Eine Regel dieses Projekts hat Ihre Registrierung abgelehnt.
error-user-email-already-exists = Es gibt bereits ein Konto mit der Adresse { $email }.
error-contact-channel-already-used-for-auth-by-someone-else = Mit dieser Adresse meldet sich schon ein anderes Konto an.
error-email-already-verified = Diese E-Mail-Adresse ist bereits bestätigt.
error-verification-code-not-found = Dieser Code oder Link ist ungültig.
error-verification-code-expired = Dieser Code oder Link ist abgelaufen.
error-verification-code-already-used = Dieser Code oder Link wurde schon verwendet.
error-verification-code-max-attempts-reached = Dieser Code wurde zu oft versucht und gilt nicht mehr. Bitte fordern Sie einen neuen an.
error-passkey-authentication-not-enabled = Die Anmeldung mit Passkey ist in diesem Projekt nicht aktiviert.
error-passkey-authentication-failed = Der Passkey wurde nicht angenommen. Versuchen Sie es erneut, oder melden Sie sich anders an.
error-passkey-registration-failed = Der Passkey konnte nicht hinzugefügt werden. Bitte versuchen Sie es erneut.
error-bot-challenge-required = Wir konnten nicht sicherstellen, dass Sie kein Roboter sind. Bitte versuchen Sie es erneut.
error-bot-challenge-failed = Wir konnten nicht sicherstellen, dass Sie kein Roboter sind. Bitte versuchen Sie es erneut.
error-user-not-found = Dieses Konto gibt es nicht mehr.
error-team-not-found = Dieses Team gibt es nicht mehr.
error-team-membership-not-found = Diese Person ist nicht mehr im Team.
error-team-membership-already-exists = Sie sind bereits in diesem Team.
error-team-permission-required = Dazu fehlt Ihnen im Team die Berechtigung.
error-team-invitation-email-mismatch = Diese Einladung ging an eine andere E-Mail-Adresse. Melden Sie sich mit jener Adresse an, oder fügen Sie sie Ihrem Konto hinzu, bestätigen Sie sie und versuchen Sie es dann erneut.
error-team-invitation-restricted-user-not-allowed = Richten Sie Ihr Konto fertig ein, bevor Sie einem Team beitreten.
error-api-key-not-found = Diesen Schlüssel gibt es nicht mehr.
error-cannot-delete-current-session = Um diese Sitzung zu beenden, melden Sie sich ab.

## Errors without a code

error-sign-in-code-off = Die Anmeldung mit einem Code per E-Mail ist in diesem Projekt nicht aktiviert.
error-address-changed = Die Adresse dieses Links gehört nicht mehr zum Konto.
error-login-code-unknown = Der Anmeldecode ist unbekannt, abgelaufen oder schon verwendet. Beginnen Sie die Anmeldung in der Befehlszeile von Neuem.
error-anonymous-session-gone = Die Sitzung der Befehlszeile gilt nicht mehr. Beginnen Sie die Anmeldung dort von Neuem.
error-session-gone = Diese Sitzung ist bereits beendet.
error-first-account = Das erste Konto dieser Installation wird unter der Adresse angelegt, die der Server beim Start ausgegeben hat.
error-channel-gone = Diese Adresse gibt es nicht mehr. Bitte laden Sie die Seite neu.
error-channel-there-already = Diese Adresse haben Sie schon.
error-picture-unreadable = Dieses Bild kann nicht gelesen werden. Wählen Sie eine Datei im Format PNG, JPEG, GIF, BMP oder WebP.
error-picture-too-large = Dieses Bild ist zu groß.
error-recovery-codes-need-second-factor = Wiederherstellungscodes ersetzen den zweiten Schritt der Anmeldung. Bitte richten Sie diesen zuerst ein.
error-password-there-already = Ihr Konto hat bereits ein Passwort. Bitte laden Sie die Seite neu.
error-api-keys-off = API-Schlüssel sind in diesem Projekt nicht aktiviert.
error-own-permissions = Niemand ändert die eigenen Berechtigungen.
error-account-gone = Dieses Konto ist nicht mehr verbunden. Bitte laden Sie die Seite neu.
