# Vouvoiement. mot de passe, clé d’accès, session, code de récupération, application d’authentification, e-mail.

## Pieces that every page has

skip = Passer
skip-to-content = Aller au contenu
language = Langue
theme = Thème de couleur
theme-light = Clair
theme-dark = Sombre
theme-system = Système
actions = Actions
loading = Chargement
loading-page = Chargement…
opening = Ouverture…
opening-dashboard = Ouverture du tableau de bord…
notices = Messages
connection-lost = La connexion au serveur est perdue. Nouvelle tentative…
page-updated = Cette page a été mise à jour entre-temps. Si quelque chose ne fonctionne pas, rechargez-la.
reload = Recharger
cancel = Annuler
continue = Continuer
save = Enregistrer
remove = Retirer
delete = Supprimer
try-again = Réessayer
copy = Copier { $what }
copied = Copié.
name = Nom
code = Code
email = Adresse e-mail
password = Mot de passe
show-password = Afficher le mot de passe
hide-password = Masquer le mot de passe
or = ou

## Frame and dead ends

error = Erreur
page-not-available = Cette page n’est pas disponible
page-not-found = Page introuvable
page-does-not-exist = Cette page n’existe pas
page-does-not-exist-text = Le lien est peut-être ancien, ou l’adresse contient une faute de frappe.
go-to-start-page = Aller à la page d’accueil
start-page = Page d’accueil
nothing-here = Il n’y a rien ici
did-not-work = Cela n’a pas fonctionné

## Sign in, sign up, sign out

sign-in = Se connecter
sign-up = S’inscrire
sign-out = Se déconnecter
sign-in-again = Se reconnecter
no-account-yet = Pas encore de compte ?
create-your-account = Créer un compte
create-account = Créer le compte
already-have-one = Vous en avez déjà un ?
how-to-sign-in = Mode de connexion
method-code = Code par e-mail
code-hint = Nous vous envoyons un code et un lien par e-mail. Aucun mot de passe n’est nécessaire.
email-me-a-code = Recevoir un code par e-mail
forgot-password-link = Mot de passe oublié ?
repeat-password = Répéter le mot de passe
password-hint = Au moins { $length } caractères.
sign-in-with-passkey = Se connecter avec une clé d’accès
continue-with = Continuer avec { $provider }
last-used-way = Dernier
no-method = Aucun mode de connexion n’est activé dans ce projet. Activez-en un dans son tableau de bord.
sign-ups-closed = Les inscriptions sont fermées
sign-ups-closed-text = Il n’est pas possible de créer un compte pour le moment. Adressez-vous aux responsables de ce service.
check-your-email = Consultez vos e-mails
code-sent = Nous avons envoyé un code à { $email }. Saisissez-le ici ou ouvrez le lien contenu dans l’e-mail.
six-character-code = Code à six caractères
use-another-way = Utiliser un autre moyen
send-a-new-code = Envoyer un nouveau code
signing-out = Déconnexion…
signed-out = Déconnexion effectuée
see-you-soon = À bientôt.
welcome = Bienvenue
welcome-name = Bienvenue, { $name }
signed-in-as = Compte utilisé : { $email }
signed-in-already = Votre session est déjà ouverte
acting-as = { $minutes ->
    [one] Vous agissez en tant qu’administrateur au nom de cette personne. La session prend fin dans une minute au plus.
   *[other] Vous agissez en tant qu’administrateur au nom de cette personne. La session prend fin dans { $minutes } minutes au plus.
}

## Two-step sign-in

two-step-sign-in = Connexion en deux étapes
nothing-to-confirm = Rien à confirmer
attempt-lost = Cette connexion n’attend plus de code. Veuillez vous reconnecter.
type-six-digits = Saisissez les six chiffres affichés par votre application d’authentification.
recovery-code = Code de récupération
recovery-code-hint = L’un des codes que vous avez notés. Chacun ne sert qu’une fois.
use-authenticator = Utiliser l’application d’authentification
use-recovery-code = Utiliser un code de récupération
verifying = Vérification…
verified = Vérifié

## Pages that mails lead to

forgot-password-title = Mot de passe oublié
forgot-your-password = Mot de passe oublié ?
forgot-your-password-text = Nous vous envoyons un lien pour en choisir un nouveau.
send-the-link = Envoyer le lien
send-a-new-link = Envoyer un nouveau lien
back-to-sign-in = Retour à la connexion
reset-link-sent = Si un compte existe avec cette adresse, un lien pour choisir un nouveau mot de passe est en route.
choose-new-password = Choisir un nouveau mot de passe
new-password = Nouveau mot de passe
change-password = Changer le mot de passe
password-changed = Votre mot de passe est changé
password-changed-text = Toutes vos sessions ont été fermées. Connectez-vous avec le nouveau mot de passe.
password-not-changed = Le mot de passe n’a pas été changé
checking-link = Vérification du lien…
opening-link = Ouverture du lien…
one-moment = Un instant
checking-visitor = Nous vérifions que vous n’êtes pas un robot…
sign-in-here = Se connecter ici ?
sign-in-here-text = Vous avez ouvert un lien de connexion. Ne continuez que si vous l’avez demandé.
not-signed-in = La connexion n’a pas abouti
verify-email-title = Vérifier l’adresse e-mail
verify-email = Vérifier votre adresse e-mail ?
verify-email-text = Ne continuez que si vous vous êtes inscrit ici ou si vous avez ajouté cette adresse.
verify = Vérifier
email-verified = Votre adresse e-mail est vérifiée
thank-you = Merci.
link-invalid = Ce lien n’est pas valide
link-invalid-text = Il est peut-être incomplet. Ouvrez-le à nouveau depuis l’e-mail ou demandez-en un nouveau.
link-expired = Ce lien a expiré
link-expired-text = Les liens ne sont valables que quelques jours.
link-used = Ce lien a déjà été utilisé
link-used-text = Chaque lien ne sert qu’une fois.

## Onboarding

finish-account-title = Terminer votre compte
add-your-email = Ajoutez votre adresse e-mail
check-your-inbox = Consultez votre boîte de réception
open-link-sent = Ouvrez le lien que nous avons envoyé à { $email }.
opened-it = Je l’ai ouvert
change-address = Changer l’adresse
send-it-again = Renvoyer
account-not-ready = Votre compte n’est pas encore prêt
account-not-ready-text = Les responsables de ce service doivent d’abord l’examiner. Veuillez les contacter.

## Teams

team-invitation = Invitation dans une équipe
invited-to-team = Une équipe vous invite
invited-sign-in = Connectez-vous avec l’adresse e-mail invitée pour la rejoindre.
invited-create-account = Choisissez un mot de passe pour { $email }. Dès que le compte existe, vous faites partie de l’équipe.
invited-other-account = J’ai déjà un compte
not-now = Pas maintenant
one-step-before = Une étape avant de rejoindre l’équipe
one-step-before-text = Terminez la configuration de votre compte ; vous reviendrez ensuite ici.
finish-set-up = Terminer la configuration
join-team = Rejoindre { $team } ?
join-team-text = Vous avez reçu une invitation à rejoindre cette équipe.
join = Rejoindre
joined-team = Vous faites partie de { $team }
joined-team-text = Bienvenue.
cannot-join = Vous ne pouvez pas rejoindre l’équipe
opening-invitation = Ouverture de l’invitation…
create-a-team = Créer une équipe
create-team = Créer l’équipe
team-name = Nom de l’équipe
no-team-creation = Les équipes ne se créent pas ici
no-team-creation-text = Ce projet ne permet pas de créer soi-même des équipes.

## Command lines

cli-title = Autoriser une ligne de commande
cli-ask = Autoriser une ligne de commande ?
cli-ask-text = Un programme sur un ordinateur demande à agir en votre nom.
cli-warning = Il aura un accès complet à votre compte. Ne continuez que si vous venez de lancer cette connexion vous-même ; fermez la page si quelqu’un vous a envoyé le lien.
cli-account = Compte : { $account }
cli-sign-in-next = Vous vous connecterez ensuite.
authorize = Autoriser
cli-completing = Connexion de la ligne de commande…
cli-done = La ligne de commande est connectée
cli-done-text = Vous pouvez fermer cette fenêtre et y retourner.
cli-invalid = Il ne contient pas de code de connexion. Recommencez la connexion depuis la ligne de commande.
cli-failed = La ligne de commande n’est pas connectée

## Account settings

account-settings = Paramètres du compte
all-settings = Tous les paramètres
profile = Profil
emails-and-sign-in = E-mails et connexion
notifications = Notifications
active-sessions = Sessions actives
api-keys = Clés d’API
settings = Paramètres
teams = Équipes

choose-picture = Choisir une image
cut-picture = Choisir ce qui est visible
cut-picture-hint = Faites glisser l’image ou déplacez-la avec les flèches du clavier.
zoom = Zoom
remove-picture = Retirer l’image
display-name = Nom affiché
delete-account-question = Supprimer votre compte ?
delete-account-text = Tout ce qu’il contient est supprimé définitivement. Les équipes restent à leurs autres membres.
delete-my-account = Supprimer mon compte
danger-zone = Zone de danger
delete-account-warning = La suppression de votre compte est irréversible.
delete-account = Supprimer le compte

email-addresses = Adresses e-mail
add-an-address = Ajouter une adresse
add = Ajouter
primary = Principale
not-verified = Non vérifiée
for-sign-in = Connexion
actions-for = Actions pour { $address }
send-verification-link = Envoyer le lien de vérification
make-primary = Définir comme principale
make-primary-verify = Définir comme principale (vérifiez-la d’abord)
stop-sign-in = Ne plus l’utiliser pour se connecter
stop-sign-in-last = Ne plus l’utiliser pour se connecter (c’est la dernière)
sign-in-with-it = L’utiliser pour se connecter
sign-in-with-it-verify = L’utiliser pour se connecter (vérifiez-la d’abord)
remove-last = Retirer (la dernière pour se connecter)

needs-verified-email = Vérifiez d’abord une adresse e-mail avec laquelle vous vous connectez.
old-password = Ancien mot de passe
repeat-new-password = Répéter le nouveau mot de passe
set-password = Définir le mot de passe
password-text = Le changer vous déconnecte de vos autres appareils.
passkey = Clé d’accès
passkey-text = Connectez-vous avec votre empreinte, votre visage ou le verrouillage de l’écran.
add-passkey = Ajouter une clé d’accès
delete-passkey = Supprimer la clé d’accès
delete-passkey-question = Supprimer la clé d’accès ?
delete-passkey-text = Vous ne pourrez plus l’utiliser pour vous connecter.
emailed-codes = Codes par e-mail
emailed-codes-text = Connectez-vous avec un code ou un lien que nous vous envoyons par e-mail.
on = Activée
switch-on = Activer
switch-off = Désactiver
two-step-text = Après le mot de passe ou la clé d’accès, nous demandons six chiffres d’une application d’authentification.
set-up = Configurer
recovery-codes-left = Codes de récupération restants : { $count }
new-recovery-codes = Nouveaux codes de récupération
switch-off-two-step = Désactiver la connexion en deux étapes
two-step-scan = 1. Scannez ceci avec votre application d’authentification, ou saisissez-y la clé secrète.
two-step-type = 2. Saisissez les six chiffres affichés par l’application.
qr-code = QR code contenant la clé secrète
the-secret = la clé secrète
code-of-app = Code de l’application
write-codes-down = Notez ces codes de récupération maintenant : ils ne sont affichés qu’une fois. Chacun remplace une fois votre application d’authentification.
written-down = Je les ai notés
connected-accounts = Comptes associés
connected-accounts-text = Comptes d’autres services avec lesquels vous vous connectez.
connect = Associer { $provider }
disconnect = Dissocier
disconnect-question = Dissocier { $provider } ?
disconnect-text = Vous ne pourrez plus vous connecter avec ce compte.
remove-address-question = Retirer { $address } ?
remove-address-text = Vous n’y recevrez plus d’e-mails et ne pourrez plus vous connecter avec cette adresse.
stop-code-question = Désactiver les codes par e-mail ?
stop-code-text = Vous ne pourrez plus vous connecter avec un code ou un lien reçu par e-mail.
confirm-it-is-you = Confirmez que c’est bien vous : saisissez le code de votre application d’authentification ou l’un de vos codes de récupération.
confirm = Confirmer

notifications-text = E-mails que vous souhaitez recevoir.
mails-transactional = Messages du compte
mails-marketing = Publicité
mails-needed = Nécessaires au fonctionnement de votre compte ; ne peuvent pas être désactivés.

active-sessions-text = Navigateurs et appareils connectés à votre compte.
session = Session
last-used = Dernière utilisation
from = Depuis
this-session = Cette session
other-session = Autre session
since = depuis le { $time }
unknown-address = adresse inconnue
revoke = Révoquer
sign-out-elsewhere = Se déconnecter partout ailleurs
sign-out-elsewhere-question = Se déconnecter partout ailleurs ?
sign-out-elsewhere-text = Toutes vos autres sessions prennent fin immédiatement.

description = Description
status = État
key = Clé
expires = Expiration
created = Création
any-status = Tous les états
search-keys = Rechercher des clés
no-such-keys = Aucune clé ne correspond.
valid = Valide
expired = Expirée
revoked = Révoquée
no-keys = Aucune clé pour l’instant.
key-purpose = À quoi sert la nouvelle clé ?
expires-after = Expire après
lifetime-days = { $days ->
    [1] 1 jour
    [365] 1 an
   *[other] { $days } jours
}
lifetime-never = Jamais
create-key = Créer la clé
copy-key-now = Copiez cette clé maintenant : seul son hachage est conservé, elle ne pourra plus être affichée.
the-key = la clé
stored-it = Je l’ai enregistrée
new-key = Votre nouvelle clé
close = Fermer
revoke-key-question = Révoquer « { $name } » ?
revoke-key-text = Tout ce qui utilise cette clé cesse de fonctionner immédiatement. C’est irréversible.
revoke-key-sure = Je comprends qu’elle cessera de fonctionner

team = Équipe
team-api-keys = Clés d’API de l’équipe
name-in-team = Votre nom dans cette équipe
rename = Renommer
members = Membres
you = Vous
no-name = Sans nom
remove-member = Retirer { $name }
remove-member-question = Retirer { $name } de { $team } ?
remove-member-text = Il lui faudra une nouvelle invitation pour revenir.
permissions = Autorisations
permissions-of = Autorisations de { $name }
permissions-text = Ce que { $name } peut faire dans cette équipe. Vous pouvez accorder ce que vous pouvez faire vous-même.
permission-inherited = inclus dans { $role }
invite-somebody = Inviter quelqu’un
invite = Inviter
invitations = Invitations
until = jusqu’au { $day }
take-back = Annuler l’invitation
leave-team = Quitter l’équipe
leave-team-question = Quitter { $team } ?
leave-team-text = Il vous faudra une nouvelle invitation pour revenir.
leave = Quitter

## Parts inside other pages

part-signed-in = Vous êtes connecté
part-sign-in-first = Veuillez vous connecter
part-sign-in-first-text = Il s’agit de votre compte.
part-second-step = Encore une étape
part-second-step-text = Votre compte demande un second facteur. Pour votre sécurité, cette page ne se trouve jamais dans une autre.
part-continue-in-window = Continuer dans une fenêtre
part-refused = Ceci n’est pas disponible ici
part-refused-text = La page qui l’entoure n’appartient à aucun domaine de confiance du projet.
part-alone = Ceci fait partie d’une autre page
part-alone-text = C’est un élément que des pages du projet contiennent. Voici la page elle-même.
part-going-back = Retour en cours …
part-cannot-go-back = Retour impossible
part-window-lost = Cette fenêtre a perdu sa page
part-window-lost-text = Fermez-la, revenez à la page d’où vous venez et réessayez là-bas.
account = Compte
account-of = Compte de { $name }
account-of-nobody = Compte : personne n’est connecté
light-or-dark = Clair ou sombre
current-team = Équipe actuelle
other-teams = Autres équipes
settings-of-team = Paramètres de { $team }
in-no-team = Vous n’êtes encore dans aucune équipe.
search-teams = Rechercher des équipes
no-such-team = Aucune équipe ne correspond.
providers-title = Se connecter avec un fournisseur
