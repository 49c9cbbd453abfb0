# Anrede: Sie. Passwort, Passkey, Sitzung, Wiederherstellungscode, Authenticator-App, E-Mail.

## Pieces that every page has

skip = Überspringen
skip-to-content = Zum Inhalt springen
language = Sprache
theme = Farbschema
theme-light = Hell
theme-dark = Dunkel
theme-system = System
actions = Aktionen
loading = Wird geladen
loading-page = Wird geladen …
opening = Wird geöffnet …
opening-dashboard = Das Dashboard wird geöffnet …
notices = Meldungen
connection-lost = Die Verbindung zum Server ist unterbrochen. Neuer Versuch …
page-updated = Diese Seite wurde inzwischen aktualisiert. Wenn etwas nicht funktioniert, laden Sie sie neu.
reload = Neu laden
cancel = Abbrechen
continue = Weiter
save = Speichern
remove = Entfernen
delete = Löschen
try-again = Erneut versuchen
copy = { $what } kopieren
copied = Kopiert.
name = Name
code = Code
email = E-Mail-Adresse
password = Passwort
show-password = Passwort anzeigen
hide-password = Passwort verbergen
or = oder

## Frame and dead ends

error = Fehler
page-not-available = Diese Seite ist nicht verfügbar
page-not-found = Seite nicht gefunden
page-does-not-exist = Diese Seite gibt es nicht
page-does-not-exist-text = Vielleicht ist der Link veraltet, oder die Adresse enthält einen Tippfehler.
go-to-start-page = Zur Startseite
start-page = Startseite
nothing-here = Hier ist nichts
did-not-work = Das hat nicht geklappt

## Sign in, sign up, sign out

sign-in = Anmelden
sign-up = Registrieren
sign-out = Abmelden
sign-in-again = Erneut anmelden
no-account-yet = Noch kein Konto?
create-your-account = Konto erstellen
create-account = Konto erstellen
already-have-one = Sie haben schon eines?
how-to-sign-in = Art der Anmeldung
method-code = Code per E-Mail
code-hint = Wir senden Ihnen einen Code und einen Link per E-Mail. Sie brauchen kein Passwort.
email-me-a-code = Code per E-Mail senden
forgot-password-link = Passwort vergessen?
repeat-password = Passwort wiederholen
password-hint = Mindestens { $length } Zeichen.
sign-in-with-passkey = Mit Passkey anmelden
continue-with = Weiter mit { $provider }
last-used-way = Zuletzt
no-method = In diesem Projekt ist keine Art der Anmeldung aktiviert. Aktivieren Sie eine im Dashboard.
sign-ups-closed = Die Registrierung ist geschlossen
sign-ups-closed-text = Zurzeit können hier keine neuen Konten erstellt werden. Wenden Sie sich an den Betreiber dieses Dienstes.
check-your-email = Sehen Sie in Ihr Postfach
code-sent = Wir haben einen Code an { $email } gesendet. Geben Sie ihn hier ein, oder öffnen Sie den Link in der E-Mail.
six-character-code = Sechsstelliger Code
use-another-way = Anders anmelden
send-a-new-code = Neuen Code senden
signing-out = Sie werden abgemeldet …
signed-out = Sie sind abgemeldet
see-you-soon = Bis bald.
welcome = Willkommen
welcome-name = Willkommen, { $name }
signed-in-as = Sie sind als { $email } angemeldet
signed-in-already = Sie sind bereits angemeldet
acting-as = { $minutes ->
    [one] Sie handeln als Administrator im Namen dieser Person. Die Sitzung endet in höchstens einer Minute.
   *[other] Sie handeln als Administrator im Namen dieser Person. Die Sitzung endet in höchstens { $minutes } Minuten.
}

## Two-step sign-in

two-step-sign-in = Anmeldung in zwei Schritten
nothing-to-confirm = Nichts zu bestätigen
attempt-lost = Diese Anmeldung wartet nicht mehr auf einen Code. Bitte melden Sie sich erneut an.
type-six-digits = Geben Sie die sechs Ziffern ein, die Ihre Authenticator-App anzeigt.
recovery-code = Wiederherstellungscode
recovery-code-hint = Einer der Codes, die Sie sich notiert haben. Jeder gilt einmal.
use-authenticator = Authenticator-App verwenden
use-recovery-code = Wiederherstellungscode verwenden
verifying = Wird geprüft …
verified = Bestätigt

## Pages that mails lead to

forgot-password-title = Passwort vergessen
forgot-your-password = Passwort vergessen?
forgot-your-password-text = Wir senden Ihnen einen Link, mit dem Sie ein neues wählen.
send-the-link = Link senden
send-a-new-link = Neuen Link senden
back-to-sign-in = Zurück zur Anmeldung
reset-link-sent = Wenn es ein Konto mit dieser Adresse gibt, ist ein Link zum Wählen eines neuen Passworts unterwegs.
choose-new-password = Neues Passwort wählen
new-password = Neues Passwort
change-password = Passwort ändern
password-changed = Ihr Passwort ist geändert
password-changed-text = Sie wurden überall abgemeldet. Melden Sie sich mit dem neuen Passwort an.
password-not-changed = Das Passwort wurde nicht geändert
checking-link = Der Link wird geprüft …
opening-link = Der Link wird geöffnet …
one-moment = Einen Moment
checking-visitor = Wir stellen sicher, dass Sie kein Roboter sind …
sign-in-here = Hier anmelden?
sign-in-here-text = Sie haben einen Anmeldelink geöffnet. Fahren Sie nur fort, wenn Sie ihn angefordert haben.
not-signed-in = Sie sind nicht angemeldet
verify-email-title = E-Mail-Adresse bestätigen
verify-email = E-Mail-Adresse bestätigen?
verify-email-text = Fahren Sie nur fort, wenn Sie sich hier registriert oder diese Adresse hinzugefügt haben.
verify = Bestätigen
email-verified = Ihre E-Mail-Adresse ist bestätigt
thank-you = Vielen Dank.
link-invalid = Dieser Link ist ungültig
link-invalid-text = Vielleicht ist er unvollständig. Öffnen Sie ihn noch einmal aus der E-Mail, oder fordern Sie einen neuen an.
link-expired = Dieser Link ist abgelaufen
link-expired-text = Links gelten nur einige Tage.
link-used = Dieser Link wurde schon verwendet
link-used-text = Jeder Link gilt einmal.

## Onboarding

finish-account-title = Konto fertig einrichten
add-your-email = E-Mail-Adresse hinzufügen
check-your-inbox = Sehen Sie in Ihr Postfach
open-link-sent = Öffnen Sie den Link, den wir an { $email } gesendet haben.
opened-it = Ich habe ihn geöffnet
change-address = Adresse ändern
send-it-again = Erneut senden
account-not-ready = Ihr Konto ist noch nicht bereit
account-not-ready-text = Der Betreiber dieses Dienstes muss es zuerst prüfen. Bitte wenden Sie sich an ihn.

## Teams

team-invitation = Einladung in ein Team
invited-to-team = Sie sind in ein Team eingeladen
invited-sign-in = Melden Sie sich mit der eingeladenen E-Mail-Adresse an, um beizutreten.
invited-create-account = Wählen Sie ein Passwort für { $email }. Sobald das Konto besteht, gehören Sie zum Team.
invited-other-account = Ich habe schon ein Konto
not-now = Jetzt nicht
one-step-before = Noch ein Schritt vor dem Beitritt
one-step-before-text = Richten Sie Ihr Konto fertig ein; danach kommen Sie hierher zurück.
finish-set-up = Einrichtung abschließen
join-team = { $team } beitreten?
join-team-text = Sie wurden in dieses Team eingeladen.
join = Beitreten
joined-team = Sie sind jetzt in { $team }
joined-team-text = Willkommen.
cannot-join = Sie können nicht beitreten
opening-invitation = Die Einladung wird geöffnet …
create-a-team = Team erstellen
create-team = Team erstellen
team-name = Name des Teams
no-team-creation = Hier werden keine Teams erstellt
no-team-creation-text = In diesem Projekt können Benutzer nicht selbst Teams erstellen.

## Command lines

cli-title = Befehlszeile zulassen
cli-ask = Eine Befehlszeile zulassen?
cli-ask-text = Ein Programm auf einem Computer möchte in Ihrem Namen handeln.
cli-warning = Es erhält vollen Zugriff auf Ihr Konto. Fahren Sie nur fort, wenn Sie diese Anmeldung gerade selbst begonnen haben; schließen Sie die Seite, wenn Ihnen jemand den Link geschickt hat.
cli-account = Konto: { $account }
cli-sign-in-next = Danach melden Sie sich an.
authorize = Zulassen
cli-completing = Die Befehlszeile wird angemeldet …
cli-done = Die Befehlszeile ist angemeldet
cli-done-text = Sie können dieses Fenster schließen und dort weiterarbeiten.
cli-invalid = Er enthält keinen Anmeldecode. Beginnen Sie die Anmeldung in der Befehlszeile von Neuem.
cli-failed = Die Befehlszeile ist nicht angemeldet

## Account settings

account-settings = Kontoeinstellungen
all-settings = Alle Einstellungen
profile = Profil
emails-and-sign-in = E-Mail und Anmeldung
notifications = Benachrichtigungen
active-sessions = Aktive Sitzungen
api-keys = API-Schlüssel
settings = Einstellungen
teams = Teams

choose-picture = Bild auswählen
cut-picture = Ausschnitt wählen
cut-picture-hint = Ziehen Sie das Bild oder bewegen Sie es mit den Pfeiltasten.
zoom = Zoom
remove-picture = Bild entfernen
display-name = Anzeigename
delete-account-question = Ihr Konto löschen?
delete-account-text = Alles, was dazugehört, wird endgültig gelöscht. Teams bleiben bei ihren übrigen Mitgliedern.
delete-my-account = Mein Konto löschen
danger-zone = Gefahrenbereich
delete-account-warning = Das Löschen Ihres Kontos kann nicht rückgängig gemacht werden.
delete-account = Konto löschen

email-addresses = E-Mail-Adressen
add-an-address = Adresse hinzufügen
add = Hinzufügen
primary = Hauptadresse
not-verified = Nicht bestätigt
for-sign-in = Anmeldung
actions-for = Aktionen für { $address }
send-verification-link = Bestätigungslink senden
make-primary = Zur Hauptadresse machen
make-primary-verify = Zur Hauptadresse machen (erst bestätigen)
stop-sign-in = Nicht mehr zur Anmeldung verwenden
stop-sign-in-last = Nicht mehr zur Anmeldung verwenden (es ist die letzte)
sign-in-with-it = Zur Anmeldung verwenden
sign-in-with-it-verify = Zur Anmeldung verwenden (erst bestätigen)
remove-last = Entfernen (die letzte zur Anmeldung)

needs-verified-email = Bestätigen Sie zuerst eine E-Mail-Adresse, mit der Sie sich anmelden.
old-password = Altes Passwort
repeat-new-password = Neues Passwort wiederholen
set-password = Passwort festlegen
password-text = Wenn Sie es ändern, werden Sie auf Ihren anderen Geräten abgemeldet.
passkey = Passkey
passkey-text = Melden Sie sich mit Fingerabdruck, Gesicht oder Bildschirmsperre an.
add-passkey = Passkey hinzufügen
delete-passkey = Passkey löschen
delete-passkey-question = Passkey löschen?
delete-passkey-text = Sie können sich damit dann nicht mehr anmelden.
emailed-codes = Codes per E-Mail
emailed-codes-text = Melden Sie sich mit einem Code oder Link an, den wir Ihnen per E-Mail senden.
on = Ein
switch-on = Einschalten
switch-off = Ausschalten
two-step-text = Nach Passwort oder Passkey fragen wir nach sechs Ziffern einer Authenticator-App.
set-up = Einrichten
recovery-codes-left = Übrige Wiederherstellungscodes: { $count }
new-recovery-codes = Neue Wiederherstellungscodes
switch-off-two-step = Anmeldung in zwei Schritten ausschalten
two-step-scan = 1. Scannen Sie dies mit Ihrer Authenticator-App, oder geben Sie den geheimen Schlüssel dort ein.
two-step-type = 2. Geben Sie die sechs Ziffern ein, die die App anzeigt.
qr-code = QR-Code mit dem geheimen Schlüssel
the-secret = Geheimen Schlüssel
code-of-app = Code der App
write-codes-down = Notieren Sie sich diese Wiederherstellungscodes jetzt: Sie werden nur einmal angezeigt. Jeder ersetzt Ihre Authenticator-App ein Mal.
written-down = Ich habe sie notiert
connected-accounts = Verbundene Konten
connected-accounts-text = Konten anderer Dienste, mit denen Sie sich anmelden.
connect = { $provider } verbinden
disconnect = Trennen
disconnect-question = { $provider } trennen?
disconnect-text = Sie können sich mit diesem Konto dann nicht mehr anmelden.
remove-address-question = { $address } entfernen?
remove-address-text = E-Mails erreichen Sie dort dann nicht mehr, und Sie können sich damit nicht anmelden.
stop-code-question = Codes per E-Mail ausschalten?
stop-code-text = Sie können sich dann nicht mehr mit einem Code oder Link aus einer E-Mail anmelden.
confirm-it-is-you = Bestätigen Sie, dass Sie es sind: Geben Sie den Code Ihrer Authenticator-App oder einen Ihrer Wiederherstellungscodes ein.
confirm = Bestätigen

notifications-text = E-Mails, die Sie erhalten möchten.
mails-transactional = Kontomitteilungen
mails-marketing = Werbung
mails-needed = Für den Betrieb Ihres Kontos nötig; kann nicht ausgeschaltet werden.

active-sessions-text = Browser und Geräte, die bei Ihrem Konto angemeldet sind.
session = Sitzung
last-used = Zuletzt verwendet
from = Von
this-session = Diese Sitzung
other-session = Andere Sitzung
since = seit { $time }
unknown-address = unbekannte Adresse
revoke = Beenden
sign-out-elsewhere = Überall sonst abmelden
sign-out-elsewhere-question = Überall sonst abmelden?
sign-out-elsewhere-text = Alle Ihre anderen Sitzungen enden sofort.

description = Beschreibung
status = Status
key = Schlüssel
expires = Gültig bis
created = Erstellt
any-status = Jeder Status
search-keys = Schlüssel suchen
no-such-keys = Kein Schlüssel passt.
valid = Gültig
expired = Abgelaufen
revoked = Widerrufen
no-keys = Noch keine Schlüssel.
key-purpose = Wofür ist der neue Schlüssel?
expires-after = Läuft ab nach
lifetime-days = { $days ->
    [1] 1 Tag
    [365] 1 Jahr
   *[other] { $days } Tagen
}
lifetime-never = Nie
create-key = Schlüssel erstellen
copy-key-now = Kopieren Sie diesen Schlüssel jetzt: Er wird nur als Hash gespeichert und kann nicht noch einmal angezeigt werden.
the-key = Schlüssel
stored-it = Ich habe ihn gespeichert
new-key = Ihr neuer Schlüssel
close = Schließen
revoke-key-question = „{ $name }“ widerrufen?
revoke-key-text = Was diesen Schlüssel verwendet, funktioniert sofort nicht mehr. Das lässt sich nicht rückgängig machen.
revoke-key-sure = Ich verstehe, dass er nicht mehr funktioniert

team = Team
team-api-keys = API-Schlüssel des Teams
name-in-team = Ihr Name in diesem Team
rename = Umbenennen
members = Mitglieder
you = Sie
no-name = Ohne Namen
remove-member = { $name } entfernen
remove-member-question = { $name } aus { $team } entfernen?
remove-member-text = Um zurückzukommen, braucht die Person eine neue Einladung.
permissions = Berechtigungen
permissions-of = Berechtigungen von { $name }
permissions-text = Was { $name } in diesem Team darf. Sie können weitergeben, was Sie selbst dürfen.
permission-inherited = enthalten in { $role }
invite-somebody = Jemanden einladen
invite = Einladen
invitations = Einladungen
until = bis { $day }
take-back = Zurückziehen
leave-team = Team verlassen
leave-team-question = { $team } verlassen?
leave-team-text = Um zurückzukommen, brauchen Sie eine neue Einladung.
leave = Verlassen

## Parts inside other pages

part-signed-in = Sie sind angemeldet
part-sign-in-first = Bitte melden Sie sich an
part-sign-in-first-text = Hier geht es um Ihr Konto.
part-second-step = Noch ein Schritt
part-second-step-text = Ihr Konto verlangt einen zweiten Faktor. Zu Ihrer Sicherheit steht dessen Seite nie in einer anderen.
part-continue-in-window = In einem Fenster fortfahren
part-refused = Das ist hier nicht verfügbar
part-refused-text = Die umgebende Seite gehört zu keiner vertrauenswürdigen Domain des Projekts.
part-alone = Das gehört in eine andere Seite
part-alone-text = Es ist ein Teil, den Seiten des Projekts enthalten. Hier ist die Seite selbst.
part-going-back = Sie werden zurückgeleitet …
part-cannot-go-back = Sie können nicht zurück
part-window-lost = Dieses Fenster hat seine Seite verloren
part-window-lost-text = Schließen Sie es, gehen Sie zu der Seite zurück, von der Sie kamen, und versuchen Sie es dort noch einmal.
account = Konto
account-of = Konto von { $name }
account-of-nobody = Konto: niemand ist angemeldet
light-or-dark = Hell oder dunkel
current-team = Aktuelles Team
other-teams = Andere Teams
settings-of-team = Einstellungen von { $team }
in-no-team = Sie sind noch in keinem Team.
search-teams = Teams suchen
no-such-team = Kein Team passt.
providers-title = Mit einem Anbieter anmelden
