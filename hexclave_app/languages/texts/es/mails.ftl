# Mensajes integrados.

mail-hello = Hola:
mail-hello-name = Hola, { $name }:
mail-unexpected = Si no esperaba este mensaje, puede ignorarlo.

mail-email-verification-subject = Verifique su correo en { $project }
mail-email-verification-heading = Verifique su correo
mail-email-verification-text = Confirme que esta dirección es suya para que { $project } pueda ponerse en contacto con usted.
mail-email-verification-button = Verificar mi correo

mail-password-reset-subject = Restablezca su contraseña en { $project }
mail-password-reset-heading = Restablezca su contraseña
mail-password-reset-text = Alguien ha pedido restablecer la contraseña de su cuenta en { $project }.
mail-password-reset-button = Elegir una contraseña nueva

mail-magic-link-subject = Inicio de sesión en { $project }: su código es { $code }
mail-magic-link-heading = Inicie sesión en { $project }
mail-magic-link-code = Escriba este código donde está iniciando sesión:
mail-magic-link-or = O inicie sesión directamente aquí:
mail-magic-link-button = Iniciar sesión en { $project }

mail-team-invitation-subject = Le han invitado a unirse a { $team }
mail-team-invitation-heading = Únase a { $team }
mail-team-invitation-text = Le han invitado a unirse a { $team } en { $project }.
mail-team-invitation-button = Unirse al equipo

mail-sign-in-invitation-subject = Le han invitado a iniciar sesión en { $project }
mail-sign-in-invitation-heading = Inicie sesión en { $team }
mail-sign-in-invitation-text = Le han invitado a { $team }. Inicie sesión para empezar.
mail-sign-in-invitation-button = Iniciar sesión

mail-payment-receipt-subject = Su recibo de { $project }
mail-payment-receipt-heading = Su recibo
mail-payment-receipt-text = Gracias, hemos recibido su pago.
mail-payment-receipt-product = Producto
mail-payment-receipt-quantity = Cantidad
mail-payment-receipt-amount = Importe
mail-payment-receipt-button = Ver el recibo

mail-payment-failed-subject = El pago a { $project } ha fallado
mail-payment-failed-heading = Su pago no se ha completado
mail-payment-failed-text = No hemos podido cobrar { $amount } por { $product }.
mail-payment-failed-reason = Motivo: { $reason }
mail-payment-failed-button = Pagar la factura
mail-payment-failed-advice = Actualice sus datos de pago para que el próximo intento funcione.
