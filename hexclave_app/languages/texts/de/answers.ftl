# Antworten des Servers auf gehosteten Seiten, und Zeiten.

## For every page

no-project-here = Unter dieser Adresse gibt es kein Projekt.
no-project-named = Diese Adresse nennt kein Projekt: Sie muss mit einer Projekt-ID beginnen.
bad-project-id = Diese Adresse beginnt nicht mit einer gültigen Projekt-ID.
please-sign-in = Bitte melden Sie sich zuerst an.
gone = Das gibt es nicht mehr. Bitte laden Sie die Seite neu.
server-not-reached = Der Server ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.
sign-in-not-kept = Ihr Browser konnte die Anmeldung nicht speichern. Bitte versuchen Sie es erneut.
not-signed-out = Sie konnten nicht abgemeldet werden. Bitte versuchen Sie es erneut.
bad-email = Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel ada@example.com.
bad-password = Geben Sie ein Passwort mit höchstens 70 Zeichen ein.
passwords-differ = Die beiden Passwörter stimmen nicht überein.
new-code-on-its-way = Ein neuer Code ist unterwegs.
new-link-on-its-way = Ein neuer Link ist unterwegs.
link-on-its-way = Der Link ist unterwegs.
moment = { $day }, { $time } UTC
just-now = gerade eben
never = nie

## Signing in

sign-in-method-off = In diesem Projekt ist keine Art der Anmeldung aktiviert.
wrong-code = Dieser Code ist falsch oder abgelaufen. Sehen Sie in die neueste E-Mail, oder fordern Sie einen neuen Code an.
wrong-authenticator-code = Dieser Code ist falsch. Codes wechseln alle 30 Sekunden: Geben Sie den ein, der gerade angezeigt wird.
wrong-recovery-code = Dieser Wiederherstellungscode ist falsch oder wurde schon verwendet.
no-passkey-used = Es wurde kein Passkey verwendet. Versuchen Sie es erneut, oder melden Sie sich anders an.
this-account = dieses Konto

## The error page

something-wrong = Etwas ist schiefgegangen
something-wrong-text = Wir wissen nicht, was passiert ist. Oft hilft es, zurückzugehen und es erneut zu versuchen.
account-of-another = Dieses Konto gehört hier jemand anderem
account-of-another-text = Es ist schon mit einem anderen Benutzer verbunden. Melden Sie sich als dieser Benutzer an, oder wählen Sie beim Anbieter ein anderes Konto.
connected-already = Sie sind bereits verbunden
connected-already-text = Mit Ihrem Benutzer ist schon ein anderes Konto dieses Anbieters verbunden. Trennen Sie es zuerst in Ihren Kontoeinstellungen.
not-allowed = Sie haben die Anmeldung nicht zugelassen
not-allowed-text = Der Anbieter meldet, dass der Zugriff verweigert wurde. Versuchen Sie es erneut, oder melden Sie sich anders an.
provider-not-available = Der Anbieter ist gerade nicht erreichbar
provider-not-available-text = Das ist meist schnell vorbei. Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an.

## Teams

team-creation-off = In diesem Projekt können keine Teams erstellt werden.
bad-team-name = Geben Sie dem Team einen Namen mit höchstens { $length } Zeichen.
team-renamed = Team umbenannt.
member-removed = Mitglied entfernt.
permissions-saved = Berechtigungen gespeichert.
permission-delete-team = Das Team löschen
permission-invite-members = Personen einladen
permission-manage-api-keys = API-Schlüssel des Teams erstellen und widerrufen
permission-read-members = Die anderen Mitglieder sehen
permission-remove-members = Mitglieder entfernen, Einladungen zurücknehmen, Berechtigungen ändern
permission-update-team = Name und Bild des Teams ändern
invited = Wir haben { $email } eingeladen.
leave-instead = Verlassen Sie das Team, statt sich selbst zu entfernen.

## Account settings

name-saved = Name gespeichert.
name-too-long = Ein Name hat höchstens { $length } Zeichen.
picture-saved = Bild gespeichert.
picture-unreadable = Dieses Bild kann Ihr Browser nicht lesen.
deletion-off = In diesem Projekt kann man sein Konto nicht selbst löschen.
deletion-not-confirmed = Bitte bestätigen Sie, dass Sie Ihr Konto löschen möchten.
address-link-sent = Wir haben einen Link an die neue Adresse gesendet.
address-there-already = Diese Adresse haben Sie schon.
address-gone = Diese Adresse gibt es nicht mehr. Bitte laden Sie die Seite neu.
address-not-verified = Bestätigen Sie diese Adresse zuerst.
last-address = Das ist die letzte Adresse, mit der Sie sich anmelden. Fügen Sie zuerst eine andere hinzu.
only-way-in = Nur auf diese Weise melden Sie sich an. Richten Sie zuerst eine andere ein.
account-disconnected = Konto getrennt.
password-saved = Passwort gespeichert. Andere Geräte sind abgemeldet.
password-needs-email = Ein Passwort braucht eine E-Mail-Adresse, mit der Sie sich anmelden. Fügen Sie zuerst eine hinzu.
no-passkey-made = Es wurde kein Passkey erstellt.
passkey-added = Passkey hinzugefügt.
wrong-app-code = Dieser Code ist falsch. Geben Sie den ein, den die App gerade anzeigt.
two-step-on = Die Anmeldung in zwei Schritten ist eingeschaltet.
two-step-off = Die Anmeldung in zwei Schritten ist ausgeschaltet.
two-step-on-already = Die Anmeldung in zwei Schritten ist schon eingeschaltet. Schalten Sie sie zuerst aus.
mails-cannot-be-off = Diese E-Mails können nicht ausgeschaltet werden.
signed-out-elsewhere = Sie sind überall sonst abgemeldet.
key-without-purpose = Geben Sie an, wofür der Schlüssel ist.
key-revoked = Schlüssel widerrufen.
key-gone = Diesen Schlüssel gibt es nicht mehr. Bitte laden Sie die Seite neu.

## Unsubscribing from mails

unsubscribe-title = E-Mail-Einstellungen
unsubscribe-done = Sie haben diese E-Mails abbestellt und erhalten sie nicht mehr.
unsubscribe-already-done = Sie haben diese E-Mails bereits abbestellt.
unsubscribe-unknown = Dieser Link ist ungültig. Öffnen Sie ihn noch einmal aus der E-Mail.
unsubscribe-expired = Dieser Link ist abgelaufen. Neuere E-Mails enthalten einen, der funktioniert.

## Parts inside other pages

not-inside-pages = Diese Seite kann nicht in einer anderen Seite gezeigt werden.
opens-in-window = Das öffnet sich in einem eigenen Fenster.
part-lost = Dieser Teil hat seine Seite verloren. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.
no-team = Kein Team
