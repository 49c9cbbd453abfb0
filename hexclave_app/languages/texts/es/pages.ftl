# Sin tuteo: usted o formas impersonales. contraseña, llave de acceso, sesión, código de recuperación, correo.

## Pieces that every page has

skip = Saltar
skip-to-content = Ir al contenido
language = Idioma
theme = Tema de color
theme-light = Claro
theme-dark = Oscuro
theme-system = Sistema
actions = Acciones
loading = Cargando
loading-page = Cargando…
opening = Abriendo…
opening-dashboard = Abriendo el panel…
notices = Avisos
connection-lost = Se ha perdido la conexión con el servidor. Reintentando…
page-updated = Esta página se ha actualizado entretanto. Si algo no funciona, vuelva a cargarla.
reload = Volver a cargar
cancel = Cancelar
continue = Continuar
save = Guardar
remove = Quitar
delete = Eliminar
try-again = Reintentar
copy = Copiar { $what }
copied = Copiado.
name = Nombre
code = Código
email = Correo electrónico
password = Contraseña
show-password = Mostrar la contraseña
hide-password = Ocultar la contraseña
or = o

## Frame and dead ends

error = Error
page-not-available = Esta página no está disponible
page-not-found = Página no encontrada
page-does-not-exist = Esta página no existe
page-does-not-exist-text = Puede que el enlace sea antiguo o que la dirección tenga una errata.
go-to-start-page = Ir a la página de inicio
start-page = Página de inicio
nothing-here = Aquí no hay nada
did-not-work = No ha funcionado

## Sign in, sign up, sign out

sign-in = Iniciar sesión
sign-up = Registrarse
sign-out = Cerrar sesión
sign-in-again = Volver a iniciar sesión
no-account-yet = ¿Aún no tiene cuenta?
create-your-account = Crear una cuenta
create-account = Crear cuenta
already-have-one = ¿Ya tiene una?
how-to-sign-in = Forma de iniciar sesión
method-code = Código por correo
code-hint = Le enviamos un código y un enlace por correo. No hace falta contraseña.
email-me-a-code = Enviar código por correo
forgot-password-link = ¿Olvidó la contraseña?
repeat-password = Repetir la contraseña
password-hint = Al menos { $length } caracteres.
sign-in-with-passkey = Iniciar sesión con llave de acceso
continue-with = Continuar con { $provider }
last-used-way = Último
no-method = Este proyecto no tiene activada ninguna forma de iniciar sesión. Active una en su panel.
sign-ups-closed = El registro está cerrado
sign-ups-closed-text = Por ahora no se pueden crear cuentas nuevas. Consulte con los responsables de este servicio.
check-your-email = Revise su correo
code-sent = Hemos enviado un código a { $email }. Escríbalo aquí o abra el enlace del mensaje.
six-character-code = Código de seis caracteres
use-another-way = Usar otra forma
send-a-new-code = Enviar otro código
signing-out = Cerrando la sesión…
signed-out = Ha cerrado la sesión
see-you-soon = Hasta pronto.
welcome = Hola
welcome-name = Hola, { $name }
signed-in-as = Ha iniciado sesión como { $email }
signed-in-already = Ya ha iniciado sesión
acting-as = { $minutes ->
    [one] Actúa como administrador en nombre de esta persona. La sesión termina en un minuto como máximo.
   *[other] Actúa como administrador en nombre de esta persona. La sesión termina en { $minutes } minutos como máximo.
}

## Two-step sign-in

two-step-sign-in = Verificación en dos pasos
nothing-to-confirm = No hay nada que confirmar
attempt-lost = Este inicio de sesión ya no espera ningún código. Inicie sesión de nuevo.
type-six-digits = Escriba los seis dígitos que muestra su aplicación de autenticación.
recovery-code = Código de recuperación
recovery-code-hint = Uno de los códigos que anotó. Cada uno sirve una sola vez.
use-authenticator = Usar la aplicación de autenticación
use-recovery-code = Usar un código de recuperación
verifying = Verificando…
verified = Verificado

## Pages that mails lead to

forgot-password-title = Contraseña olvidada
forgot-your-password = ¿Olvidó su contraseña?
forgot-your-password-text = Le enviamos un enlace para elegir una nueva.
send-the-link = Enviar el enlace
send-a-new-link = Enviar otro enlace
back-to-sign-in = Volver al inicio de sesión
reset-link-sent = Si existe una cuenta con esta dirección, le llegará un enlace para elegir una contraseña nueva.
choose-new-password = Elija una contraseña nueva
new-password = Contraseña nueva
change-password = Cambiar la contraseña
password-changed = Su contraseña ha cambiado
password-changed-text = Se han cerrado todas sus sesiones. Inicie sesión con la contraseña nueva.
password-not-changed = La contraseña no se ha cambiado
checking-link = Comprobando el enlace…
opening-link = Abriendo el enlace…
one-moment = Un momento
checking-visitor = Comprobando que no es un robot…
sign-in-here = ¿Iniciar sesión aquí?
sign-in-here-text = Ha abierto un enlace de inicio de sesión. Continúe solo si lo pidió usted.
not-signed-in = No ha iniciado sesión
verify-email-title = Verificar el correo
verify-email = ¿Verificar su dirección de correo?
verify-email-text = Continúe solo si se registró aquí o añadió esta dirección.
verify = Verificar
email-verified = Su dirección de correo está verificada
thank-you = Gracias.
link-invalid = Este enlace no es válido
link-invalid-text = Puede que esté incompleto. Ábralo de nuevo desde el mensaje o pida otro.
link-expired = Este enlace ha caducado
link-expired-text = Los enlaces solo sirven durante unos días.
link-used = Este enlace ya se ha usado
link-used-text = Cada enlace sirve una sola vez.

## Onboarding

finish-account-title = Completar la cuenta
add-your-email = Añada su dirección de correo
check-your-inbox = Revise su bandeja de entrada
open-link-sent = Abra el enlace que hemos enviado a { $email }.
opened-it = Ya lo he abierto
change-address = Cambiar la dirección
send-it-again = Enviar otra vez
account-not-ready = Su cuenta aún no está lista
account-not-ready-text = Los responsables de este servicio deben revisarla antes. Póngase en contacto con ellos.

## Teams

team-invitation = Invitación a un equipo
invited-to-team = Le han invitado a un equipo
invited-sign-in = Inicie sesión con la dirección de correo invitada para unirse.
invited-create-account = Elija una contraseña para { $email }. En cuanto exista la cuenta, formará parte del equipo.
invited-other-account = Ya tengo una cuenta
not-now = Ahora no
one-step-before = Un paso antes de unirse
one-step-before-text = Termine de configurar su cuenta; después volverá aquí.
finish-set-up = Terminar la configuración
join-team = ¿Unirse a { $team }?
join-team-text = Le han invitado a este equipo.
join = Unirse
joined-team = Ya forma parte de { $team }
joined-team-text = Le damos la bienvenida.
cannot-join = No puede unirse
opening-invitation = Abriendo la invitación…
create-a-team = Crear un equipo
create-team = Crear equipo
team-name = Nombre del equipo
no-team-creation = Aquí no se crean equipos
no-team-creation-text = Este proyecto no permite que los usuarios creen equipos.

## Command lines

cli-title = Autorizar una línea de comandos
cli-ask = ¿Dar acceso a una línea de comandos?
cli-ask-text = Un programa de un ordenador pide actuar en su nombre.
cli-warning = Obtendrá acceso completo a su cuenta. Continúe solo si ha sido usted quien acaba de iniciar este proceso; cierre la página si alguien le envió el enlace.
cli-account = Cuenta: { $account }
cli-sign-in-next = A continuación iniciará sesión.
authorize = Autorizar
cli-completing = Iniciando sesión en la línea de comandos…
cli-done = La línea de comandos ha iniciado sesión
cli-done-text = Puede cerrar esta ventana y volver a ella.
cli-invalid = No contiene ningún código de inicio de sesión. Empiece de nuevo desde la línea de comandos.
cli-failed = La línea de comandos no ha iniciado sesión

## Account settings

account-settings = Ajustes de la cuenta
all-settings = Todos los ajustes
profile = Perfil
emails-and-sign-in = Correo e inicio de sesión
notifications = Notificaciones
active-sessions = Sesiones activas
api-keys = Claves de API
settings = Ajustes
teams = Equipos

choose-picture = Elegir una imagen
cut-picture = Elegir lo que se ve
cut-picture-hint = Arrastre la imagen o muévala con las flechas del teclado.
zoom = Ampliación
remove-picture = Quitar la imagen
display-name = Nombre visible
delete-account-question = ¿Eliminar su cuenta?
delete-account-text = Todo lo que contiene se elimina para siempre. Los equipos se quedan con sus demás miembros.
delete-my-account = Eliminar mi cuenta
danger-zone = Zona de peligro
delete-account-warning = La eliminación de su cuenta no se puede deshacer.
delete-account = Eliminar la cuenta

email-addresses = Direcciones de correo
add-an-address = Añadir una dirección
add = Añadir
primary = Principal
not-verified = Sin verificar
for-sign-in = Inicio de sesión
actions-for = Acciones para { $address }
send-verification-link = Enviar el enlace de verificación
make-primary = Convertir en principal
make-primary-verify = Convertir en principal (antes hay que verificarla)
stop-sign-in = Dejar de usarla para iniciar sesión
stop-sign-in-last = Dejar de usarla para iniciar sesión (es la última)
sign-in-with-it = Usarla para iniciar sesión
sign-in-with-it-verify = Usarla para iniciar sesión (antes hay que verificarla)
remove-last = Quitar (es la última para iniciar sesión)

needs-verified-email = Verifique antes una dirección de correo con la que inicie sesión.
old-password = Contraseña actual
repeat-new-password = Repetir la contraseña nueva
set-password = Establecer contraseña
password-text = Al cambiarla se cierra la sesión en sus otros dispositivos.
passkey = Llave de acceso
passkey-text = Inicie sesión con la huella, la cara o el bloqueo de pantalla.
add-passkey = Añadir una llave de acceso
delete-passkey = Eliminar la llave de acceso
delete-passkey-question = ¿Eliminar la llave de acceso?
delete-passkey-text = Ya no podrá iniciar sesión con ella.
emailed-codes = Códigos por correo
emailed-codes-text = Inicie sesión con un código o un enlace que le enviamos por correo.
on = Activada
switch-on = Activar
switch-off = Desactivar
two-step-text = Después de la contraseña o la llave de acceso pedimos seis dígitos de una aplicación de autenticación.
set-up = Configurar
recovery-codes-left = Códigos de recuperación restantes: { $count }
new-recovery-codes = Nuevos códigos de recuperación
switch-off-two-step = Desactivar la verificación en dos pasos
two-step-scan = 1. Escanee esto con su aplicación de autenticación o escriba en ella la clave secreta.
two-step-type = 2. Escriba los seis dígitos que muestra la aplicación.
qr-code = Código QR con la clave secreta
the-secret = la clave secreta
code-of-app = Código de la aplicación
write-codes-down = Anote ahora estos códigos de recuperación: solo se muestran una vez. Cada uno sustituye una vez a su aplicación de autenticación.
written-down = Ya los he anotado
connected-accounts = Cuentas conectadas
connected-accounts-text = Cuentas de otros servicios con las que inicia sesión.
connect = Conectar { $provider }
disconnect = Desconectar
disconnect-question = ¿Desconectar { $provider }?
disconnect-text = Ya no podrá iniciar sesión con esta cuenta.
remove-address-question = ¿Quitar { $address }?
remove-address-text = Ya no recibirá correos en esa dirección ni podrá iniciar sesión con ella.
stop-code-question = ¿Desactivar los códigos por correo?
stop-code-text = Ya no podrá iniciar sesión con un código o enlace recibido por correo.
confirm-it-is-you = Confirme que es usted: escriba el código de su aplicación de autenticación o uno de sus códigos de recuperación.
confirm = Confirmar

notifications-text = Mensajes que desea recibir.
mails-transactional = Avisos de la cuenta
mails-marketing = Publicidad
mails-needed = Necesarios para el funcionamiento de su cuenta; no se pueden desactivar.

active-sessions-text = Navegadores y dispositivos con la sesión iniciada en su cuenta.
session = Sesión
last-used = Último uso
from = Desde
this-session = Esta sesión
other-session = Otra sesión
since = desde { $time }
unknown-address = dirección desconocida
revoke = Revocar
sign-out-elsewhere = Cerrar las demás sesiones
sign-out-elsewhere-question = ¿Cerrar las demás sesiones?
sign-out-elsewhere-text = Todas sus otras sesiones terminan al instante.

description = Descripción
status = Estado
key = Clave
expires = Caduca
created = Creada
any-status = Todos los estados
search-keys = Buscar claves
no-such-keys = Ninguna clave coincide.
valid = Válida
expired = Caducada
revoked = Revocada
no-keys = Aún no hay claves.
key-purpose = ¿Para qué es la nueva clave?
expires-after = Caduca después de
lifetime-days = { $days ->
    [1] 1 día
    [365] 1 año
   *[other] { $days } días
}
lifetime-never = Nunca
create-key = Crear clave
copy-key-now = Copie esta clave ahora: se guarda como hash y no se puede volver a mostrar.
the-key = la clave
stored-it = Ya la he guardado
new-key = Su nueva clave
close = Cerrar
revoke-key-question = ¿Revocar «{ $name }»?
revoke-key-text = Todo lo que use esta clave dejará de funcionar al instante. No se puede deshacer.
revoke-key-sure = Entiendo que dejará de funcionar

team = Equipo
team-api-keys = Claves de API del equipo
name-in-team = Su nombre en este equipo
rename = Cambiar el nombre
members = Miembros
you = Usted
no-name = Sin nombre
remove-member = Quitar a { $name }
remove-member-question = ¿Quitar a { $name } de { $team }?
remove-member-text = Para volver necesitará una invitación nueva.
permissions = Permisos
permissions-of = Permisos de { $name }
permissions-text = Lo que { $name } puede hacer en este equipo. Puede otorgar lo que usted mismo puede hacer.
permission-inherited = incluido en { $role }
invite-somebody = Invitar a alguien
invite = Invitar
invitations = Invitaciones
until = hasta el { $day }
take-back = Retirar
leave-team = Abandonar el equipo
leave-team-question = ¿Abandonar { $team }?
leave-team-text = Para volver necesitará una invitación nueva.
leave = Abandonar

## Parts inside other pages

part-signed-in = Ha iniciado sesión
part-sign-in-first = Inicie sesión
part-sign-in-first-text = Aquí se trata de su cuenta.
part-second-step = Un paso más
part-second-step-text = Su cuenta pide un segundo factor. Por su seguridad, esa página nunca aparece dentro de otra.
part-continue-in-window = Continuar en una ventana
part-refused = Esto no está disponible aquí
part-refused-text = La página que lo contiene no pertenece a un dominio de confianza del proyecto.
part-alone = Esto va dentro de otra página
part-alone-text = Es una parte que las páginas del proyecto contienen. Esta es la página completa.
part-going-back = Volviendo …
part-cannot-go-back = No se puede volver
part-window-lost = Esta ventana ha perdido su página
part-window-lost-text = Ciérrela, vuelva a la página de la que venía e inténtelo allí de nuevo.
account = Cuenta
account-of = Cuenta de { $name }
account-of-nobody = Cuenta: nadie ha iniciado sesión
light-or-dark = Claro u oscuro
current-team = Equipo actual
other-teams = Otros equipos
settings-of-team = Ajustes de { $team }
in-no-team = Aún no está en ningún equipo.
search-teams = Buscar equipos
no-such-team = Ningún equipo coincide.
providers-title = Iniciar sesión con un proveedor
