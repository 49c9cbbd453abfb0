# Réponses du serveur sur les pages hébergées, et heures.

## For every page

no-project-here = Il n’y a pas de projet à cette adresse.
no-project-named = Cette adresse ne désigne aucun projet : elle doit commencer par un identifiant de projet.
bad-project-id = Cette adresse ne commence pas par un identifiant de projet valide.
please-sign-in = Veuillez d’abord vous connecter.
gone = Cet élément n’existe plus. Veuillez recharger la page.
server-not-reached = Le serveur est injoignable. Vérifiez votre connexion et réessayez.
sign-in-not-kept = Ce navigateur n’a pas pu conserver votre connexion. Veuillez réessayer.
not-signed-out = La déconnexion a échoué. Veuillez réessayer.
bad-email = Saisissez une adresse e-mail complète, par exemple ada@example.com.
bad-password = Saisissez un mot de passe de 70 caractères au plus.
passwords-differ = Les deux mots de passe ne correspondent pas.
new-code-on-its-way = Un nouveau code est en route.
new-link-on-its-way = Un nouveau lien est en route.
link-on-its-way = Le lien est en route.
moment = { $day }, { $time } UTC
just-now = à l’instant
never = jamais

## Signing in

sign-in-method-off = Aucun mode de connexion n’est activé dans ce projet.
wrong-code = Ce code est incorrect ou a expiré. Consultez l’e-mail le plus récent ou demandez un nouveau code.
wrong-authenticator-code = Ce code est incorrect. Les codes changent toutes les 30 secondes : saisissez celui qui s’affiche maintenant.
wrong-recovery-code = Ce code de récupération est incorrect ou a déjà été utilisé.
no-passkey-used = Aucune clé d’accès n’a été utilisée. Réessayez ou connectez-vous autrement.
this-account = ce compte

## The error page

something-wrong = Un problème est survenu
something-wrong-text = Nous ne savons pas ce qui s’est passé. Revenir en arrière et réessayer suffit souvent.
account-of-another = Ce compte appartient ici à quelqu’un d’autre
account-of-another-text = Il est déjà associé à un autre utilisateur. Connectez-vous en tant que cet utilisateur ou choisissez un autre compte chez le fournisseur.
connected-already = Un compte est déjà associé
connected-already-text = Un autre compte de ce fournisseur est associé à votre utilisateur. Dissociez-le d’abord dans les paramètres de votre compte.
not-allowed = Vous n’avez pas autorisé la connexion
not-allowed-text = Le fournisseur indique que l’accès a été refusé. Vous pouvez réessayer ou vous connecter autrement.
provider-not-available = Le fournisseur n’est pas disponible pour le moment
provider-not-available-text = Cela ne dure généralement pas. Réessayez dans un instant ou connectez-vous autrement.

## Teams

team-creation-off = La création d’équipes n’est pas activée dans ce projet.
bad-team-name = Donnez à l’équipe un nom de { $length } caractères au plus.
team-renamed = Équipe renommée.
member-removed = Membre retiré.
permissions-saved = Autorisations enregistrées.
permission-delete-team = Supprimer l’équipe
permission-invite-members = Inviter des personnes
permission-manage-api-keys = Créer et révoquer les clés d’API de l’équipe
permission-read-members = Voir les autres membres
permission-remove-members = Retirer des membres, annuler des invitations, modifier les autorisations
permission-update-team = Modifier le nom et l’image de l’équipe
invited = Nous avons invité { $email }.
leave-instead = Quittez l’équipe au lieu de vous en retirer.

## Account settings

name-saved = Nom enregistré.
name-too-long = Un nom compte { $length } caractères au plus.
picture-saved = Image enregistrée.
picture-unreadable = Ce navigateur ne peut pas lire cette image.
deletion-off = Ce projet ne permet pas de supprimer soi-même son compte.
deletion-not-confirmed = Veuillez confirmer que vous souhaitez supprimer votre compte.
address-link-sent = Nous avons envoyé un lien à la nouvelle adresse.
address-there-already = Vous avez déjà cette adresse.
address-gone = Cette adresse n’existe plus. Veuillez recharger la page.
address-not-verified = Vérifiez d’abord cette adresse.
last-address = C’est la dernière adresse avec laquelle vous vous connectez. Ajoutez-en d’abord une autre.
only-way-in = C’est votre seul moyen de vous connecter. Ajoutez-en d’abord un autre.
account-disconnected = Compte dissocié.
password-saved = Mot de passe enregistré. Vos autres appareils sont déconnectés.
password-needs-email = Un mot de passe exige une adresse e-mail avec laquelle vous vous connectez. Ajoutez-en d’abord une.
no-passkey-made = Aucune clé d’accès n’a été créée.
passkey-added = Clé d’accès ajoutée.
wrong-app-code = Ce code est incorrect. Saisissez celui que l’application affiche maintenant.
two-step-on = La connexion en deux étapes est activée.
two-step-off = La connexion en deux étapes est désactivée.
two-step-on-already = La connexion en deux étapes est déjà activée. Désactivez-la d’abord.
mails-cannot-be-off = Ces e-mails ne peuvent pas être désactivés.
signed-out-elsewhere = Toutes vos autres sessions sont fermées.
key-without-purpose = Indiquez à quoi sert la clé.
key-revoked = Clé révoquée.
key-gone = Cette clé n’existe plus. Veuillez recharger la page.

## Unsubscribing from mails

unsubscribe-title = Préférences d’e-mail
unsubscribe-done = Vous êtes désabonné et ne recevrez plus ces e-mails.
unsubscribe-already-done = Vous êtes déjà désabonné de ces e-mails.
unsubscribe-unknown = Ce lien n’est pas valide. Ouvrez-le à nouveau depuis l’e-mail.
unsubscribe-expired = Ce lien a expiré. Les e-mails plus récents en contiennent un qui fonctionne.

## Parts inside other pages

not-inside-pages = Cette page ne peut pas être affichée dans une autre.
opens-in-window = Ceci s’ouvre dans une fenêtre à part.
part-lost = Cet élément a perdu sa page. Rechargez la page et réessayez.
no-team = Aucune équipe
