# Respuestas del servidor en las páginas alojadas, y tiempos.

## For every page

no-project-here = No hay ningún proyecto en esta dirección.
no-project-named = Esta dirección no indica ningún proyecto: debe empezar por un id. de proyecto.
bad-project-id = Esta dirección no empieza por un id. de proyecto válido.
please-sign-in = Inicie sesión primero.
gone = Esto ya no existe. Vuelva a cargar la página.
server-not-reached = No se ha podido contactar con el servidor. Compruebe la conexión e inténtelo de nuevo.
sign-in-not-kept = Este navegador no ha podido guardar el inicio de sesión. Inténtelo de nuevo.
not-signed-out = No se ha podido cerrar la sesión. Inténtelo de nuevo.
bad-email = Escriba una dirección de correo completa, como ada@example.com.
bad-password = Escriba una contraseña de 70 caracteres como máximo.
passwords-differ = Las dos contraseñas no coinciden.
new-code-on-its-way = Le hemos enviado otro código.
new-link-on-its-way = Le hemos enviado otro enlace.
link-on-its-way = Le hemos enviado el enlace.
moment = { $day }, { $time } UTC
just-now = ahora mismo
never = nunca

## Signing in

sign-in-method-off = Este proyecto no tiene activada ninguna forma de iniciar sesión.
wrong-code = El código no es correcto o ha caducado. Revise el mensaje más reciente o pida otro código.
wrong-authenticator-code = El código no es correcto. Los códigos cambian cada 30 segundos: escriba el que se muestra ahora.
wrong-recovery-code = El código de recuperación no es correcto o ya se usó.
no-passkey-used = No se ha usado ninguna llave de acceso. Inténtelo de nuevo o inicie sesión de otra forma.
this-account = esta cuenta

## The error page

something-wrong = Algo ha salido mal
something-wrong-text = No sabemos qué ha ocurrido. Suele ayudar volver atrás e intentarlo de nuevo.
account-of-another = Esta cuenta pertenece aquí a otra persona
account-of-another-text = Ya está conectada a otro usuario. Inicie sesión como ese usuario o elija otra cuenta en el proveedor.
connected-already = Ya tiene una cuenta conectada
connected-already-text = Su usuario tiene otra cuenta de este proveedor. Desconéctela antes en los ajustes de su cuenta.
not-allowed = No ha permitido el inicio de sesión
not-allowed-text = El proveedor indica que se denegó el acceso. Puede intentarlo de nuevo o iniciar sesión de otra forma.
provider-not-available = El proveedor no está disponible en este momento
provider-not-available-text = Suele pasar pronto. Inténtelo de nuevo en un momento o inicie sesión de otra forma.

## Teams

team-creation-off = La creación de equipos no está activada en este proyecto.
bad-team-name = Dé al equipo un nombre de { $length } caracteres como máximo.
team-renamed = Se ha cambiado el nombre del equipo.
member-removed = Se ha quitado al miembro.
permissions-saved = Permisos guardados.
permission-delete-team = Eliminar el equipo
permission-invite-members = Invitar a personas
permission-manage-api-keys = Crear y revocar claves de API del equipo
permission-read-members = Ver a los demás miembros
permission-remove-members = Quitar miembros, retirar invitaciones y cambiar permisos
permission-update-team = Cambiar el nombre y la imagen del equipo
invited = Hemos invitado a { $email }.
leave-instead = Abandone el equipo en lugar de quitarse de él.

## Account settings

name-saved = Nombre guardado.
name-too-long = Un nombre tiene { $length } caracteres como máximo.
picture-saved = Imagen guardada.
picture-unreadable = Este navegador no puede leer esa imagen.
deletion-off = En este proyecto no se puede eliminar la propia cuenta.
deletion-not-confirmed = Confirme que desea eliminar su cuenta.
address-link-sent = Hemos enviado un enlace a la nueva dirección.
address-there-already = Ya tiene esta dirección.
address-gone = Esta dirección ya no existe. Vuelva a cargar la página.
address-not-verified = Verifique antes esta dirección.
last-address = Es la última dirección con la que inicia sesión. Añada antes otra.
only-way-in = Es su única forma de iniciar sesión. Añada antes otra.
account-disconnected = Cuenta desconectada.
password-saved = Contraseña guardada. Se ha cerrado la sesión en los demás dispositivos.
password-needs-email = Para tener contraseña hace falta una dirección de correo con la que inicie sesión. Añada antes una.
no-passkey-made = No se ha creado ninguna llave de acceso.
passkey-added = Llave de acceso añadida.
wrong-app-code = El código no es correcto. Escriba el que muestra ahora la aplicación.
two-step-on = La verificación en dos pasos está activada.
two-step-off = La verificación en dos pasos está desactivada.
two-step-on-already = La verificación en dos pasos ya está activada. Desactívela primero.
mails-cannot-be-off = Estos mensajes no se pueden desactivar.
signed-out-elsewhere = Se han cerrado las demás sesiones.
key-without-purpose = Indique para qué es la clave.
key-revoked = Clave revocada.
key-gone = Esta clave ya no existe. Vuelva a cargar la página.

## Unsubscribing from mails

unsubscribe-title = Preferencias de correo
unsubscribe-done = Se ha cancelado su suscripción y ya no recibirá estos mensajes.
unsubscribe-already-done = Su suscripción a estos mensajes ya estaba cancelada.
unsubscribe-unknown = Este enlace no es válido. Ábralo de nuevo desde el mensaje.
unsubscribe-expired = Este enlace ha caducado. Los mensajes más recientes contienen uno que funciona.

## Parts inside other pages

not-inside-pages = Esta página no puede mostrarse dentro de otra.
opens-in-window = Esto se abre en una ventana propia.
part-lost = Esta parte ha perdido su página. Recargue la página e inténtelo de nuevo.
no-team = Sin equipo
