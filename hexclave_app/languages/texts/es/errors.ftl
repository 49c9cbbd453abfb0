# Errores de la API tal como los dicen las páginas alojadas.

error-other = No ha funcionado: { $message }
error-too-many-attempts = { $seconds ->
    [1] Demasiados intentos. Espere un segundo e inténtelo de nuevo.
   *[other] Demasiados intentos. Espere { $seconds } segundos e inténtelo de nuevo.
}

error-email-password-mismatch = El correo o la contraseña no son correctos.
error-invalid-totp-code = El código no es correcto. Inténtelo de nuevo.
error-password-too-short = La contraseña es demasiado corta. Necesita al menos { $min_length } caracteres.
error-password-too-long = La contraseña es demasiado larga. Puede tener { $maxLength } caracteres como máximo.
error-password-requirements-not-met = Esta contraseña es de las primeras que otros probarían. Elija otra.
error-password-confirmation-mismatch = La contraseña actual no es correcta.
error-user-does-not-have-password = Su cuenta no tiene contraseña.
error-password-authentication-not-enabled = El inicio de sesión con contraseña no está activado en este proyecto.
error-sign-up-not-enabled = Por ahora no se pueden crear cuentas nuevas. Consulte con los responsables de este servicio.
error-sign-up-rejected = Una regla de este proyecto ha rechazado su registro.
error-user-email-already-exists = Ya existe una cuenta con la dirección { $email }.
error-contact-channel-already-used-for-auth-by-someone-else = Otra cuenta ya inicia sesión con esta dirección.
error-email-already-verified = Esta dirección de correo ya está verificada.
error-verification-code-not-found = Este código o enlace no es válido.
error-verification-code-expired = Este código o enlace ha caducado.
error-verification-code-already-used = Este código o enlace ya se ha usado.
error-verification-code-max-attempts-reached = Este código se ha probado demasiadas veces y ya no es válido. Pida otro.
error-passkey-authentication-not-enabled = El inicio de sesión con llave de acceso no está activado en este proyecto.
error-passkey-authentication-failed = No se ha aceptado la llave de acceso. Inténtelo de nuevo o inicie sesión de otra forma.
error-passkey-registration-failed = No se ha podido añadir la llave de acceso. Inténtelo de nuevo.
error-bot-challenge-required = No hemos podido comprobar que no es un robot. Inténtelo de nuevo.
error-bot-challenge-failed = No hemos podido comprobar que no es un robot. Inténtelo de nuevo.
error-user-not-found = Esta cuenta ya no existe.
error-team-not-found = Este equipo ya no existe.
error-team-membership-not-found = Esta persona ya no está en el equipo.
error-team-membership-already-exists = Ya forma parte de este equipo.
error-team-permission-required = No tiene permiso para esto en el equipo.
error-team-invitation-email-mismatch = Esta invitación se envió a otra dirección de correo. Inicie sesión con ella, o añádala y verifíquela en su cuenta, y vuelva a intentarlo.
error-team-invitation-restricted-user-not-allowed = Termine de configurar su cuenta antes de unirse a un equipo.
error-api-key-not-found = Esta clave ya no existe.
error-cannot-delete-current-session = Para terminar esta sesión, ciérrela.

## Errors without a code

error-sign-in-code-off = El inicio de sesión con un código por correo no está activado en este proyecto.
error-address-changed = La dirección de este enlace ya no pertenece a la cuenta.
error-login-code-unknown = El código de inicio de sesión es desconocido, ha caducado o ya se ha usado. Empiece de nuevo desde la línea de comandos.
error-anonymous-session-gone = La sesión de la línea de comandos ya no es válida. Empiece allí de nuevo.
error-session-gone = Esta sesión ya ha terminado.
error-first-account = La primera cuenta de esta instalación se crea en la dirección que el servidor mostró al arrancar.
error-channel-gone = Esta dirección ya no existe. Vuelva a cargar la página.
error-channel-there-already = Ya tiene esta dirección.
error-picture-unreadable = No se puede leer esta imagen. Elija un archivo PNG, JPEG, GIF, BMP o WebP.
error-picture-too-large = Esta imagen es demasiado grande.
error-recovery-codes-need-second-factor = Los códigos de recuperación sustituyen al segundo paso. Configure antes la verificación en dos pasos.
error-password-there-already = Su cuenta ya tiene contraseña. Vuelva a cargar la página.
error-api-keys-off = Las claves de API no están activadas en este proyecto.
error-own-permissions = Nadie cambia sus propios permisos.
error-account-gone = Esta cuenta ya no está conectada. Vuelva a cargar la página.
