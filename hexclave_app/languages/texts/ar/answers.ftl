# ردود الخادم في الصفحات المستضافة، والأوقات.

## For every page

no-project-here = لا يوجد مشروع على هذا العنوان.
no-project-named = لا يحدد هذا العنوان أي مشروع: يجب أن يبدأ بمعرّف مشروع.
bad-project-id = لا يبدأ هذا العنوان بمعرّف مشروع صالح.
please-sign-in = يُرجى تسجيل الدخول أولًا.
gone = لم يعد هذا موجودًا. يُرجى إعادة تحميل الصفحة.
server-not-reached = تعذّر الوصول إلى الخادم. يُرجى التحقق من اتصالك وإعادة المحاولة.
sign-in-not-kept = تعذّر على هذا المتصفح حفظ تسجيل دخولك. يُرجى إعادة المحاولة.
not-signed-out = تعذّر تسجيل خروجك. يُرجى إعادة المحاولة.
bad-email = أدخِل عنوان بريد إلكتروني كاملًا، مثل ada@example.com.
bad-password = أدخِل كلمة مرور لا تزيد على 70 حرفًا.
passwords-differ = كلمتا المرور غير متطابقتين.
new-code-on-its-way = أُرسل إليك رمز جديد.
new-link-on-its-way = أُرسل إليك رابط جديد.
link-on-its-way = أُرسل إليك الرابط.
moment = { $day }، الساعة { $time } بتوقيت UTC
just-now = الآن
never = لا تنتهي

## Signing in

sign-in-method-off = لم تُفعَّل أي طريقة لتسجيل الدخول في هذا المشروع.
wrong-code = هذا الرمز غير صحيح أو انتهت صلاحيته. راجع أحدث رسالة، أو اطلب رمزًا جديدًا.
wrong-authenticator-code = هذا الرمز غير صحيح. تتغير الرموز كل 30 ثانية، فاكتب الرمز الظاهر الآن.
wrong-recovery-code = رمز الاسترداد هذا غير صحيح أو سبق استخدامه.
no-passkey-used = لم يُستخدم أي مفتاح مرور. أعد المحاولة، أو سجّل الدخول بطريقة أخرى.
this-account = هذا الحساب

## The error page

something-wrong = حدث خطأ ما
something-wrong-text = لا نعرف ما الذي حدث. غالبًا ما يفيد الرجوع وإعادة المحاولة.
account-of-another = هذا الحساب يخص شخصًا آخر هنا
account-of-another-text = إنه مرتبط بمستخدم آخر بالفعل. سجّل الدخول بذلك المستخدم، أو اختر حسابًا آخر لدى المزوّد.
connected-already = لديك حساب مرتبط بالفعل
connected-already-text = يرتبط بمستخدمك حساب آخر لدى هذا المزوّد. ألغِ ربطه أولًا في إعدادات حسابك.
not-allowed = لم تسمح بتسجيل الدخول
not-allowed-text = أفاد المزوّد بأن الوصول قد رُفض. يمكنك إعادة المحاولة، أو تسجيل الدخول بطريقة أخرى.
provider-not-available = المزوّد غير متاح حاليًا
provider-not-available-text = عادةً ما ينتهي ذلك سريعًا. أعد المحاولة بعد قليل، أو سجّل الدخول بطريقة أخرى.

## Teams

team-creation-off = إنشاء الفرق غير مفعَّل في هذا المشروع.
bad-team-name = أعطِ الفريق اسمًا لا يتجاوز طوله { $length } من الأحرف.
team-renamed = تم تغيير اسم الفريق.
member-removed = تمت إزالة العضو.
permissions-saved = تم حفظ الصلاحيات.
permission-delete-team = حذف الفريق
permission-invite-members = دعوة أشخاص
permission-manage-api-keys = إنشاء مفاتيح API للفريق وإنهاؤها
permission-read-members = رؤية الأعضاء الآخرين
permission-remove-members = إزالة الأعضاء وسحب الدعوات وتغيير الصلاحيات
permission-update-team = تغيير اسم الفريق وصورته
invited = دعونا { $email }.
leave-instead = غادر الفريق بدلًا من إزالة نفسك.

## Account settings

name-saved = تم حفظ الاسم.
name-too-long = لا يتجاوز طول الاسم { $length } من الأحرف.
picture-saved = تم حفظ الصورة.
picture-unreadable = لا يستطيع هذا المتصفح قراءة هذه الصورة.
deletion-off = لا يسمح هذا المشروع للمستخدمين بحذف حساباتهم بأنفسهم.
deletion-not-confirmed = يُرجى تأكيد رغبتك في حذف حسابك.
address-link-sent = أرسلنا رابطًا إلى العنوان الجديد.
address-there-already = لديك هذا العنوان بالفعل.
address-gone = لم يعد هذا العنوان موجودًا. يُرجى إعادة تحميل الصفحة.
address-not-verified = أكِّد هذا العنوان أولًا.
last-address = هذا آخر عنوان تسجّل الدخول به. أضف عنوانًا آخر أولًا.
only-way-in = هذه هي طريقتك الوحيدة لتسجيل الدخول. أضف طريقة أخرى أولًا.
account-disconnected = تم إلغاء ربط الحساب.
password-saved = تم حفظ كلمة المرور، وسُجِّل خروج الأجهزة الأخرى.
password-needs-email = تحتاج كلمة المرور إلى عنوان بريد إلكتروني تسجّل الدخول به. أضف عنوانًا أولًا.
no-passkey-made = لم يُنشأ أي مفتاح مرور.
passkey-added = تمت إضافة مفتاح المرور.
wrong-app-code = هذا الرمز غير صحيح. اكتب الرمز الذي يعرضه التطبيق الآن.
two-step-on = تم تفعيل تسجيل الدخول بخطوتين.
two-step-off = تم إيقاف تسجيل الدخول بخطوتين.
two-step-on-already = تسجيل الدخول بخطوتين مفعّل بالفعل. أوقفه أولًا.
mails-cannot-be-off = لا يمكن إيقاف هذه الرسائل.
signed-out-elsewhere = سُجِّل خروجك من كل مكان آخر.
key-without-purpose = اذكر الغرض من المفتاح.
key-revoked = تم إلغاء المفتاح.
key-gone = لم يعد هذا المفتاح موجودًا. يُرجى إعادة تحميل الصفحة.

## Unsubscribing from mails

unsubscribe-title = تفضيلات البريد
unsubscribe-done = أُلغي اشتراكك ولن تصلك هذه الرسائل بعد الآن.
unsubscribe-already-done = سبق أن أُلغي اشتراكك في هذه الرسائل.
unsubscribe-unknown = هذا الرابط غير صالح. افتحه من الرسالة مرة أخرى.
unsubscribe-expired = انتهت صلاحية هذا الرابط. تحتوي الرسائل الأحدث على رابط صالح.

## Parts inside other pages

not-inside-pages = لا يمكن عرض هذه الصفحة داخل صفحة أخرى.
opens-in-window = يُفتح هذا في نافذة مستقلة.
part-lost = فقد هذا الجزء صفحته. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.
no-team = بلا فريق
