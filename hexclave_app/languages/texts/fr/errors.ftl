# Erreurs de l’API telles que les pages hébergées les disent.

error-other = Cela n’a pas fonctionné : { $message }
error-too-many-attempts = { $seconds ->
    [1] Trop de tentatives. Veuillez patienter une seconde, puis réessayer.
   *[other] Trop de tentatives. Veuillez patienter { $seconds } secondes, puis réessayer.
}

error-email-password-mismatch = Adresse e-mail ou mot de passe incorrect.
error-invalid-totp-code = Ce code est incorrect. Veuillez réessayer.
error-password-too-short = Le mot de passe est trop court. Il faut au moins { $min_length } caractères.
error-password-too-long = Le mot de passe est trop long. Il peut compter { $maxLength } caractères au plus.
error-password-requirements-not-met = Ce mot de passe est l’un des premiers que d’autres essaieraient. Veuillez en choisir un autre.
error-password-confirmation-mismatch = L’ancien mot de passe est incorrect.
error-user-does-not-have-password = Votre compte n’a pas de mot de passe.
error-password-authentication-not-enabled = La connexion par mot de passe n’est pas activée dans ce projet.
error-sign-up-not-enabled = Il n’est pas possible de créer un compte pour le moment. Adressez-vous aux responsables de ce service.
error-sign-up-rejected = Une règle de ce projet a refusé votre inscription.
error-user-email-already-exists = Un compte existe déjà avec l’adresse { $email }.
error-contact-channel-already-used-for-auth-by-someone-else = Un autre compte se connecte déjà avec cette adresse.
error-email-already-verified = Cette adresse e-mail est déjà vérifiée.
error-verification-code-not-found = Ce code ou ce lien n’est pas valide.
error-verification-code-expired = Ce code ou ce lien a expiré.
error-verification-code-already-used = Ce code ou ce lien a déjà été utilisé.
error-verification-code-max-attempts-reached = Ce code a été essayé trop souvent et n’est plus valide. Veuillez en demander un nouveau.
error-passkey-authentication-not-enabled = La connexion par clé d’accès n’est pas activée dans ce projet.
error-passkey-authentication-failed = La clé d’accès n’a pas été acceptée. Réessayez ou connectez-vous autrement.
error-passkey-registration-failed = La clé d’accès n’a pas pu être ajoutée. Veuillez réessayer.
error-bot-challenge-required = Nous n’avons pas pu vérifier que vous n’êtes pas un robot. Veuillez réessayer.
error-bot-challenge-failed = Nous n’avons pas pu vérifier que vous n’êtes pas un robot. Veuillez réessayer.
error-user-not-found = Ce compte n’existe plus.
error-team-not-found = Cette équipe n’existe plus.
error-team-membership-not-found = Cette personne ne fait plus partie de l’équipe.
error-team-membership-already-exists = Vous faites déjà partie de cette équipe.
error-team-permission-required = Vous n’avez pas l’autorisation nécessaire dans l’équipe.
error-team-invitation-email-mismatch = Cette invitation a été envoyée à une autre adresse e-mail. Connectez-vous avec celle-ci, ou ajoutez-la et vérifiez-la dans votre compte, puis réessayez.
error-team-invitation-restricted-user-not-allowed = Terminez la configuration de votre compte avant de rejoindre une équipe.
error-api-key-not-found = Cette clé n’existe plus.
error-cannot-delete-current-session = Pour mettre fin à cette session, déconnectez-vous.

## Errors without a code

error-sign-in-code-off = La connexion par code envoyé par e-mail n’est pas activée dans ce projet.
error-address-changed = L’adresse de ce lien n’appartient plus au compte.
error-login-code-unknown = Le code de connexion est inconnu, expiré ou déjà utilisé. Recommencez la connexion depuis la ligne de commande.
error-anonymous-session-gone = La session de la ligne de commande n’est plus valide. Recommencez-y la connexion.
error-session-gone = Cette session est déjà terminée.
error-first-account = Le premier compte de cette installation se crée à l’adresse que le serveur a affichée à son démarrage.
error-channel-gone = Cette adresse n’existe plus. Veuillez recharger la page.
error-channel-there-already = Vous avez déjà cette adresse.
error-picture-unreadable = Cette image est illisible. Choisissez un fichier PNG, JPEG, GIF, BMP ou WebP.
error-picture-too-large = Cette image est trop grande.
error-recovery-codes-need-second-factor = Les codes de récupération remplacent la seconde étape. Veuillez d’abord configurer la connexion en deux étapes.
error-password-there-already = Votre compte a déjà un mot de passe. Veuillez recharger la page.
error-api-keys-off = Les clés d’API ne sont pas activées dans ce projet.
error-own-permissions = Personne ne modifie ses propres autorisations.
error-account-gone = Ce compte n’est plus associé. Veuillez recharger la page.
