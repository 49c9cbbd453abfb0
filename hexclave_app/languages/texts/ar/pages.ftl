# العربية الفصحى الحديثة. كلمة المرور، مفتاح المرور، الجلسة، رمز الاسترداد، تطبيق المصادقة، البريد الإلكتروني.

## Pieces that every page has

skip = تخطٍّ
skip-to-content = الانتقال إلى المحتوى
language = اللغة
theme = نمط الألوان
theme-light = فاتح
theme-dark = داكن
theme-system = النظام
actions = إجراءات
loading = جارٍ التحميل
loading-page = جارٍ التحميل…
opening = جارٍ الفتح…
opening-dashboard = جارٍ فتح لوحة التحكم…
notices = تنبيهات
connection-lost = انقطع الاتصال بالخادم. جارٍ إعادة المحاولة…
page-updated = تم تحديث هذه الصفحة في هذه الأثناء. إذا لم يعمل شيء ما، فأعد تحميلها.
reload = إعادة التحميل
cancel = إلغاء
continue = متابعة
save = حفظ
remove = إزالة
delete = حذف
try-again = إعادة المحاولة
copy = نسخ { $what }
copied = تم النسخ.
name = الاسم
code = الرمز
email = البريد الإلكتروني
password = كلمة المرور
show-password = إظهار كلمة المرور
hide-password = إخفاء كلمة المرور
or = أو

## Frame and dead ends

error = خطأ
page-not-available = هذه الصفحة غير متاحة
page-not-found = الصفحة غير موجودة
page-does-not-exist = هذه الصفحة غير موجودة
page-does-not-exist-text = قد يكون الرابط قديمًا، أو قد يكون في العنوان خطأ مطبعي.
go-to-start-page = الانتقال إلى صفحة البداية
start-page = صفحة البداية
nothing-here = لا يوجد شيء هنا
did-not-work = لم ينجح ذلك

## Sign in, sign up, sign out

sign-in = تسجيل الدخول
sign-up = إنشاء حساب
sign-out = تسجيل الخروج
sign-in-again = تسجيل الدخول من جديد
no-account-yet = ليس لديك حساب بعد؟
create-your-account = إنشاء حسابك
create-account = إنشاء الحساب
already-have-one = لديك حساب بالفعل؟
how-to-sign-in = طريقة تسجيل الدخول
method-code = رمز بالبريد
code-hint = نرسل إليك رمزًا ورابطًا بالبريد الإلكتروني، ولا حاجة إلى كلمة مرور.
email-me-a-code = إرسال رمز بالبريد الإلكتروني
forgot-password-link = نسيت كلمة المرور؟
repeat-password = تأكيد كلمة المرور
password-hint = { $length ->
    [one] حرف واحد على الأقل.
    [two] حرفان على الأقل.
    [few] { $length } أحرف على الأقل.
    [many] { $length } حرفًا على الأقل.
   *[other] { $length } حرف على الأقل.
}
sign-in-with-passkey = تسجيل الدخول بمفتاح مرور
continue-with = المتابعة عبر { $provider }
last-used-way = آخر مرة
no-method = لم تُفعَّل أي طريقة لتسجيل الدخول في هذا المشروع. فعِّل إحداها في لوحة التحكم.
sign-ups-closed = إنشاء الحسابات مغلق
sign-ups-closed-text = لا يمكن إنشاء حسابات جديدة هنا حاليًا. تواصل مع القائمين على هذه الخدمة.
check-your-email = تحقق من بريدك الإلكتروني
code-sent = أرسلنا رمزًا إلى { $email }. اكتبه هنا، أو افتح الرابط الوارد في الرسالة.
six-character-code = رمز من ستة أحرف
use-another-way = استخدام طريقة أخرى
send-a-new-code = إرسال رمز جديد
signing-out = جارٍ تسجيل خروجك…
signed-out = تم تسجيل خروجك
see-you-soon = نراك قريبًا.
welcome = مرحبًا بك
welcome-name = مرحبًا، { $name }
signed-in-as = سجّلت الدخول باسم { $email }
signed-in-already = سجّلت الدخول بالفعل
acting-as = { $minutes ->
    [zero] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة قريبًا.
    [one] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة خلال دقيقة واحدة.
    [two] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة خلال دقيقتين.
    [few] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة خلال { $minutes } دقائق.
    [many] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة خلال { $minutes } دقيقة.
   *[other] أنت تتصرف كمسؤول نيابةً عن هذا المستخدم. تنتهي هذه الجلسة خلال { $minutes } دقيقة.
}

## Two-step sign-in

two-step-sign-in = تسجيل الدخول بخطوتين
nothing-to-confirm = لا يوجد ما يجب تأكيده
attempt-lost = لم تعد محاولة تسجيل الدخول هذه تنتظر رمزًا. يُرجى تسجيل الدخول من جديد.
type-six-digits = اكتب الأرقام الستة التي يعرضها تطبيق المصادقة.
recovery-code = رمز الاسترداد
recovery-code-hint = أحد الرموز التي دوّنتها. يصلح كل رمز مرة واحدة.
use-authenticator = استخدام تطبيق المصادقة
use-recovery-code = استخدام رمز استرداد
verifying = جارٍ التحقق…
verified = تم التحقق

## Pages that mails lead to

forgot-password-title = نسيت كلمة المرور
forgot-your-password = هل نسيت كلمة المرور؟
forgot-your-password-text = نرسل إليك رابطًا لاختيار كلمة مرور جديدة.
send-the-link = إرسال الرابط
send-a-new-link = إرسال رابط جديد
back-to-sign-in = العودة إلى تسجيل الدخول
reset-link-sent = إذا كان هناك حساب بهذا العنوان، فسيصلك رابط لاختيار كلمة مرور جديدة.
choose-new-password = اختيار كلمة مرور جديدة
new-password = كلمة المرور الجديدة
change-password = تغيير كلمة المرور
password-changed = تم تغيير كلمة مرورك
password-changed-text = سُجِّل خروجك من جميع الأجهزة. سجّل الدخول بكلمة المرور الجديدة.
password-not-changed = لم تتغير كلمة المرور
checking-link = جارٍ التحقق من الرابط…
opening-link = جارٍ فتح الرابط…
one-moment = لحظة من فضلك
checking-visitor = نتأكد من أنك لست روبوتًا…
sign-in-here = تسجيل الدخول هنا؟
sign-in-here-text = لقد فتحت رابطًا لتسجيل الدخول. تابع فقط إذا كنت قد طلبته.
not-signed-in = لم يتم تسجيل دخولك
verify-email-title = تأكيد البريد الإلكتروني
verify-email = تأكيد عنوان بريدك الإلكتروني؟
verify-email-text = تابع فقط إذا كنت قد أنشأت حسابًا هنا أو أضفت هذا العنوان.
verify = تأكيد
email-verified = تم تأكيد عنوان بريدك الإلكتروني
thank-you = شكرًا لك.
link-invalid = هذا الرابط غير صالح
link-invalid-text = قد يكون ناقصًا. افتحه من الرسالة مرة أخرى، أو اطلب رابطًا جديدًا.
link-expired = انتهت صلاحية هذا الرابط
link-expired-text = تبقى الروابط صالحة لبضعة أيام فقط.
link-used = سبق استخدام هذا الرابط
link-used-text = يصلح كل رابط مرة واحدة.

## Onboarding

finish-account-title = إكمال حسابك
add-your-email = أضف عنوان بريدك الإلكتروني
check-your-inbox = تحقق من صندوق الوارد
open-link-sent = افتح الرابط الذي أرسلناه إلى { $email }.
opened-it = لقد فتحته
change-address = تغيير العنوان
send-it-again = إعادة الإرسال
account-not-ready = حسابك غير جاهز بعد
account-not-ready-text = يجب أن يراجعه القائمون على هذه الخدمة أولًا. يُرجى التواصل معهم.

## Teams

team-invitation = دعوة إلى فريق
invited-to-team = أنت مدعوّ إلى فريق
invited-sign-in = سجّل الدخول بعنوان البريد الإلكتروني المدعوّ للانضمام إليه.
invited-create-account = اختر كلمة مرور للعنوان { $email }. ستكون في الفريق فور إنشاء الحساب.
invited-other-account = لدي حساب بالفعل
not-now = ليس الآن
one-step-before = خطوة واحدة قبل الانضمام
one-step-before-text = أكمل إعداد حسابك، ثم ستعود إلى هنا.
finish-set-up = إكمال الإعداد
join-team = الانضمام إلى { $team }؟
join-team-text = لقد دُعيت إلى هذا الفريق.
join = انضمام
joined-team = أنت الآن في { $team }
joined-team-text = مرحبًا بك.
cannot-join = لا يمكنك الانضمام
opening-invitation = جارٍ فتح الدعوة…
create-a-team = إنشاء فريق
create-team = إنشاء الفريق
team-name = اسم الفريق
no-team-creation = لا تُنشأ الفرق هنا
no-team-creation-text = لا يسمح هذا المشروع للمستخدمين بإنشاء الفرق بأنفسهم.

## Command lines

cli-title = السماح لسطر أوامر
cli-ask = السماح لسطر أوامر بالدخول؟
cli-ask-text = يطلب برنامج على أحد الحواسيب أن يعمل باسمك.
cli-warning = سيحصل على وصول كامل إلى حسابك. تابع فقط إذا كنت قد بدأت عملية تسجيل الدخول هذه بنفسك للتو، وأغلق الصفحة إذا أرسل إليك أحدهم الرابط.
cli-account = الحساب: { $account }
cli-sign-in-next = ستسجّل الدخول في الخطوة التالية.
authorize = سماح
cli-completing = جارٍ تسجيل دخول سطر الأوامر…
cli-done = تم تسجيل دخول سطر الأوامر
cli-done-text = يمكنك إغلاق هذه النافذة والعودة إليه.
cli-invalid = لا يحتوي على رمز لتسجيل الدخول. ابدأ تسجيل الدخول من سطر الأوامر مرة أخرى.
cli-failed = لم يتم تسجيل دخول سطر الأوامر

## Account settings

account-settings = إعدادات الحساب
all-settings = جميع الإعدادات
profile = الملف الشخصي
emails-and-sign-in = البريد والدخول
notifications = الإشعارات
active-sessions = الجلسات النشطة
api-keys = مفاتيح API
settings = الإعدادات
teams = الفرق

choose-picture = اختيار صورة
cut-picture = اختر الجزء الظاهر
cut-picture-hint = اسحب الصورة أو حرّكها بمفاتيح الأسهم.
zoom = تكبير
remove-picture = إزالة الصورة
display-name = الاسم المعروض
delete-account-question = حذف حسابك؟
delete-account-text = سيُحذف كل ما يخصه نهائيًا. وتبقى الفرق لأعضائها الآخرين.
delete-my-account = حذف حسابي
danger-zone = منطقة الخطر
delete-account-warning = لا يمكن التراجع عن حذف حسابك.
delete-account = حذف الحساب

email-addresses = عناوين البريد الإلكتروني
add-an-address = إضافة عنوان
add = إضافة
primary = أساسي
not-verified = غير مؤكَّد
for-sign-in = لتسجيل الدخول
actions-for = إجراءات { $address }
send-verification-link = إرسال رابط التأكيد
make-primary = جعله أساسيًا
make-primary-verify = جعله أساسيًا (يجب تأكيده أولًا)
stop-sign-in = التوقف عن تسجيل الدخول به
stop-sign-in-last = التوقف عن تسجيل الدخول به (إنه الأخير)
sign-in-with-it = تسجيل الدخول به
sign-in-with-it-verify = تسجيل الدخول به (يجب تأكيده أولًا)
remove-last = إزالة (آخر عنوان لتسجيل الدخول)

needs-verified-email = أكِّد أولًا عنوان بريد إلكتروني تسجّل الدخول به.
old-password = كلمة المرور الحالية
repeat-new-password = تأكيد كلمة المرور الجديدة
set-password = تعيين كلمة مرور
password-text = يؤدي تغييرها إلى تسجيل خروجك من أجهزتك الأخرى.
passkey = مفتاح المرور
passkey-text = سجّل الدخول ببصمة إصبعك أو وجهك أو قفل شاشتك.
add-passkey = إضافة مفتاح مرور
delete-passkey = حذف مفتاح المرور
delete-passkey-question = حذف مفتاح المرور؟
delete-passkey-text = لن تتمكن من تسجيل الدخول به بعد ذلك.
emailed-codes = رموز بالبريد الإلكتروني
emailed-codes-text = سجّل الدخول برمز أو رابط نرسله إليك بالبريد الإلكتروني.
on = مفعّل
switch-on = تفعيل
switch-off = إيقاف
two-step-text = بعد كلمة المرور أو مفتاح المرور نطلب ستة أرقام من تطبيق مصادقة.
set-up = إعداد
recovery-codes-left = رموز الاسترداد المتبقية: { $count }
new-recovery-codes = رموز استرداد جديدة
switch-off-two-step = إيقاف تسجيل الدخول بخطوتين
two-step-scan = 1. امسح هذا الرمز بتطبيق المصادقة، أو اكتب المفتاح السري فيه.
two-step-type = 2. اكتب الأرقام الستة التي يعرضها التطبيق.
qr-code = رمز QR يحتوي على المفتاح السري
the-secret = المفتاح السري
code-of-app = رمز التطبيق
write-codes-down = دوِّن رموز الاسترداد هذه الآن، فهي لا تظهر إلا مرة واحدة. يحل كل منها محل تطبيق المصادقة مرة واحدة.
written-down = لقد دوّنتها
connected-accounts = الحسابات المرتبطة
connected-accounts-text = حسابات في خدمات أخرى تسجّل الدخول بها.
connect = ربط { $provider }
disconnect = إلغاء الربط
disconnect-question = إلغاء ربط { $provider }؟
disconnect-text = لن تتمكن من تسجيل الدخول بهذا الحساب بعد ذلك.
remove-address-question = إزالة { $address }؟
remove-address-text = لن تصلك الرسائل على هذا العنوان ولن تتمكن من تسجيل الدخول به.
stop-code-question = إيقاف الرموز المرسلة بالبريد الإلكتروني؟
stop-code-text = لن تتمكن من تسجيل الدخول برمز أو رابط من رسالة بعد ذلك.
confirm-it-is-you = أكّد أنك صاحب الحساب: اكتب الرمز الظاهر في تطبيق المصادقة أو أحد رموز الاسترداد.
confirm = تأكيد

notifications-text = الرسائل التي تريد تلقّيها.
mails-transactional = رسائل الحساب
mails-marketing = الإعلانات
mails-needed = ضرورية لعمل حسابك، ولا يمكن إيقافها.

active-sessions-text = المتصفحات والأجهزة التي سُجِّل الدخول منها إلى حسابك.
session = الجلسة
last-used = آخر استخدام
from = من
this-session = هذه الجلسة
other-session = جلسة أخرى
since = منذ { $time }
unknown-address = عنوان غير معروف
revoke = إنهاء
sign-out-elsewhere = تسجيل الخروج من كل مكان آخر
sign-out-elsewhere-question = تسجيل الخروج من كل مكان آخر؟
sign-out-elsewhere-text = تنتهي جميع جلساتك الأخرى فورًا.

description = الوصف
status = الحالة
key = المفتاح
expires = انتهاء الصلاحية
created = تاريخ الإنشاء
any-status = كل الحالات
search-keys = البحث في المفاتيح
no-such-keys = لا يوجد مفتاح مطابق.
valid = صالح
expired = منتهي الصلاحية
revoked = مُلغى
no-keys = لا توجد مفاتيح بعد.
key-purpose = ما الغرض من المفتاح الجديد؟
expires-after = تنتهي صلاحيته بعد
lifetime-days = { $days ->
    [365] سنة واحدة
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}
lifetime-never = لا تنتهي
create-key = إنشاء مفتاح
copy-key-now = انسخ هذا المفتاح الآن، فهو يُخزَّن على هيئة قيمة تجزئة ولا يمكن عرضه مرة أخرى.
the-key = المفتاح
stored-it = لقد حفظته
new-key = مفتاحك الجديد
close = إغلاق
revoke-key-question = إنهاء المفتاح «{ $name }»؟
revoke-key-text = كل ما يستخدم هذا المفتاح سيتوقف عن العمل فورًا، ولا يمكن التراجع عن ذلك.
revoke-key-sure = أدرك أنه سيتوقف عن العمل

team = الفريق
team-api-keys = مفاتيح API للفريق
name-in-team = اسمك في هذا الفريق
rename = تغيير الاسم
members = الأعضاء
you = أنت
no-name = بلا اسم
remove-member = إزالة { $name }
remove-member-question = إزالة { $name } من { $team }؟
remove-member-text = سيحتاج إلى دعوة جديدة للعودة.
permissions = الصلاحيات
permissions-of = صلاحيات { $name }
permissions-text = ما يمكن لـ{ $name } فعله في هذا الفريق. يمكنك منح ما هو مسموح لك.
permission-inherited = مضمّنة في { $role }
invite-somebody = دعوة شخص
invite = دعوة
invitations = الدعوات
until = حتى { $day }
take-back = سحب الدعوة
leave-team = مغادرة الفريق
leave-team-question = مغادرة { $team }؟
leave-team-text = ستحتاج إلى دعوة جديدة للعودة.
leave = مغادرة

## Parts inside other pages

part-signed-in = لقد سجّلت الدخول
part-sign-in-first = يُرجى تسجيل الدخول
part-sign-in-first-text = هذا يخص حسابك.
part-second-step = خطوة أخرى
part-second-step-text = يطلب حسابك عاملًا ثانيًا. حفاظًا على أمانك لا تظهر صفحته داخل صفحة أخرى أبدًا.
part-continue-in-window = المتابعة في نافذة
part-refused = هذا غير متاح هنا
part-refused-text = الصفحة المحيطة لا تنتمي إلى نطاق موثوق للمشروع.
part-alone = هذا جزء من صفحة أخرى
part-alone-text = هذا جزء تعرضه صفحات المشروع داخلها. وهذه هي الصفحة نفسها.
part-going-back = جارٍ إعادتك …
part-cannot-go-back = تتعذّر العودة
part-window-lost = فقدت هذه النافذة صفحتها
part-window-lost-text = أغلقها وارجع إلى الصفحة التي جئت منها، ثم حاول مرة أخرى هناك.
account = الحساب
account-of = حساب { $name }
account-of-nobody = الحساب: لم يسجّل أحد الدخول
light-or-dark = فاتح أو داكن
current-team = الفريق الحالي
other-teams = الفرق الأخرى
settings-of-team = إعدادات { $team }
in-no-team = لست في أي فريق بعد.
search-teams = البحث في الفرق
no-such-team = لا يوجد فريق مطابق.
providers-title = تسجيل الدخول عبر مزوّد
