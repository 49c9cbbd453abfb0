# E-mails intégrés.

mail-hello = Bonjour,
mail-hello-name = Bonjour { $name },
mail-unexpected = Si vous n’attendiez pas cet e-mail, vous pouvez l’ignorer.

mail-email-verification-subject = Vérifiez votre adresse e-mail pour { $project }
mail-email-verification-heading = Vérifiez votre adresse e-mail
mail-email-verification-text = Veuillez confirmer que cette adresse est la vôtre, afin que { $project } puisse vous joindre.
mail-email-verification-button = Vérifier mon adresse e-mail

mail-password-reset-subject = Réinitialisez votre mot de passe pour { $project }
mail-password-reset-heading = Réinitialisez votre mot de passe
mail-password-reset-text = Une personne a demandé à réinitialiser le mot de passe de votre compte { $project }.
mail-password-reset-button = Choisir un nouveau mot de passe

mail-magic-link-subject = Connexion à { $project } : votre code est { $code }
mail-magic-link-heading = Connexion à { $project }
mail-magic-link-code = Saisissez ce code là où vous vous connectez :
mail-magic-link-or = Ou connectez-vous directement ici :
mail-magic-link-button = Se connecter à { $project }

mail-team-invitation-subject = Invitation à rejoindre { $team }
mail-team-invitation-heading = Rejoignez { $team }
mail-team-invitation-text = Vous avez reçu une invitation à rejoindre { $team } sur { $project }.
mail-team-invitation-button = Rejoindre l’équipe

mail-sign-in-invitation-subject = Invitation à vous connecter à { $project }
mail-sign-in-invitation-heading = Connectez-vous à { $team }
mail-sign-in-invitation-text = Vous avez reçu une invitation à rejoindre { $team }. Connectez-vous pour commencer.
mail-sign-in-invitation-button = Se connecter

mail-payment-receipt-subject = Votre reçu de { $project }
mail-payment-receipt-heading = Votre reçu
mail-payment-receipt-text = Merci, nous avons bien reçu votre paiement.
mail-payment-receipt-product = Produit
mail-payment-receipt-quantity = Quantité
mail-payment-receipt-amount = Montant
mail-payment-receipt-button = Voir le reçu

mail-payment-failed-subject = Échec du paiement pour { $project }
mail-payment-failed-heading = Votre paiement n’a pas abouti
mail-payment-failed-text = Nous n’avons pas pu prélever { $amount } pour { $product }.
mail-payment-failed-reason = Motif : { $reason }
mail-payment-failed-button = Payer la facture
mail-payment-failed-advice = Veuillez mettre à jour vos informations de paiement pour que la prochaine tentative aboutisse.
