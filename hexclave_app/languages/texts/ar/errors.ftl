# أخطاء الواجهة البرمجية كما تقولها الصفحات المستضافة.

error-other = لم ينجح ذلك: { $message }
error-too-many-attempts = { $seconds ->
    [one] محاولات كثيرة جدًا. يُرجى الانتظار ثانية واحدة ثم إعادة المحاولة.
    [two] محاولات كثيرة جدًا. يُرجى الانتظار ثانيتين ثم إعادة المحاولة.
    [few] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثوانٍ ثم إعادة المحاولة.
   *[other] محاولات كثيرة جدًا. يُرجى الانتظار { $seconds } ثانية ثم إعادة المحاولة.
}

error-email-password-mismatch = البريد الإلكتروني أو كلمة المرور غير صحيحة.
error-invalid-totp-code = هذا الرمز غير صحيح. يُرجى إعادة المحاولة.
error-password-too-short = كلمة المرور قصيرة جدًا. الحد الأدنى لعدد الأحرف هو { $min_length }.
error-password-too-long = كلمة المرور طويلة جدًا. الحد الأقصى لعدد الأحرف هو { $maxLength }.
error-password-requirements-not-met = كلمة المرور هذه من أول ما قد يجرّبه الآخرون. يُرجى اختيار كلمة أخرى.
error-password-confirmation-mismatch = كلمة المرور الحالية غير صحيحة.
error-user-does-not-have-password = ليس لحسابك كلمة مرور.
error-password-authentication-not-enabled = تسجيل الدخول بكلمة مرور غير مفعَّل في هذا المشروع.
error-sign-up-not-enabled = لا يمكن إنشاء حسابات جديدة هنا حاليًا. تواصل مع القائمين على هذه الخدمة.
error-sign-up-rejected = رفضت إحدى قواعد هذا المشروع إنشاء حسابك.
error-user-email-already-exists = يوجد حساب بالعنوان { $email } بالفعل.
error-contact-channel-already-used-for-auth-by-someone-else = يسجّل حساب آخر الدخول بهذا العنوان بالفعل.
error-email-already-verified = سبق تأكيد عنوان البريد الإلكتروني هذا.
error-verification-code-not-found = هذا الرمز أو الرابط غير صالح.
error-verification-code-expired = انتهت صلاحية هذا الرمز أو الرابط.
error-verification-code-already-used = سبق استخدام هذا الرمز أو الرابط.
error-verification-code-max-attempts-reached = جُرِّب هذا الرمز مرات كثيرة ولم يعد صالحًا. يُرجى طلب رمز جديد.
error-passkey-authentication-not-enabled = تسجيل الدخول بمفتاح مرور غير مفعَّل في هذا المشروع.
error-passkey-authentication-failed = لم يُقبل مفتاح المرور. أعد المحاولة، أو سجّل الدخول بطريقة أخرى.
error-passkey-registration-failed = تعذّرت إضافة مفتاح المرور. يُرجى إعادة المحاولة.
error-bot-challenge-required = لم نتمكن من التأكد من أنك لست روبوتًا. يُرجى إعادة المحاولة.
error-bot-challenge-failed = لم نتمكن من التأكد من أنك لست روبوتًا. يُرجى إعادة المحاولة.
error-user-not-found = لم يعد هذا الحساب موجودًا.
error-team-not-found = لم يعد هذا الفريق موجودًا.
error-team-membership-not-found = لم يعد هذا الشخص في الفريق.
error-team-membership-already-exists = أنت في هذا الفريق بالفعل.
error-team-permission-required = ليست لديك صلاحية لذلك في الفريق.
error-team-invitation-email-mismatch = أُرسلت هذه الدعوة إلى عنوان بريد إلكتروني آخر. سجّل الدخول بذلك العنوان، أو أضفه إلى حسابك وأكِّده، ثم أعد المحاولة.
error-team-invitation-restricted-user-not-allowed = أكمل إعداد حسابك قبل الانضمام إلى فريق.
error-api-key-not-found = لم يعد هذا المفتاح موجودًا.
error-cannot-delete-current-session = لإنهاء هذه الجلسة، سجّل الخروج.

## Errors without a code

error-sign-in-code-off = تسجيل الدخول برمز مُرسل بالبريد غير مفعَّل في هذا المشروع.
error-address-changed = لم يعد عنوان هذا الرابط يخص الحساب.
error-login-code-unknown = رمز تسجيل الدخول غير معروف أو انتهت صلاحيته أو سبق استخدامه. ابدأ تسجيل الدخول من سطر الأوامر مرة أخرى.
error-anonymous-session-gone = لم تعد جلسة سطر الأوامر صالحة. ابدأ تسجيل الدخول منه مرة أخرى.
error-session-gone = انتهت هذه الجلسة بالفعل.
error-first-account = يُنشأ أول حساب في هذا التثبيت من العنوان الذي عرضه الخادم عند بدء تشغيله.
error-channel-gone = لم يعد هذا العنوان موجودًا. يُرجى إعادة تحميل الصفحة.
error-channel-there-already = لديك هذا العنوان بالفعل.
error-picture-unreadable = تتعذّر قراءة هذه الصورة. اختر ملفًا بصيغة PNG أو JPEG أو GIF أو BMP أو WebP.
error-picture-too-large = هذه الصورة كبيرة جدًا.
error-recovery-codes-need-second-factor = تحل رموز الاسترداد محل الخطوة الثانية. يُرجى إعداد تسجيل الدخول بخطوتين أولًا.
error-password-there-already = لحسابك كلمة مرور بالفعل. يُرجى إعادة تحميل الصفحة.
error-api-keys-off = مفاتيح API غير مفعَّلة في هذا المشروع.
error-own-permissions = لا أحد يغيّر صلاحياته بنفسه.
error-account-gone = لم يعد هذا الحساب مرتبطًا. يُرجى إعادة تحميل الصفحة.
