# الرسائل المدمجة.

mail-hello = مرحبًا،
mail-hello-name = مرحبًا { $name }،
mail-unexpected = إذا لم تكن تتوقع هذه الرسالة، فيمكنك تجاهلها.

mail-email-verification-subject = تأكيد بريدك الإلكتروني لدى { $project }
mail-email-verification-heading = تأكيد بريدك الإلكتروني
mail-email-verification-text = يُرجى تأكيد أن هذا العنوان لك، كي يتمكن { $project } من التواصل معك.
mail-email-verification-button = تأكيد بريدي الإلكتروني

mail-password-reset-subject = إعادة تعيين كلمة مرورك لدى { $project }
mail-password-reset-heading = إعادة تعيين كلمة مرورك
mail-password-reset-text = طلب أحدهم إعادة تعيين كلمة مرور حسابك لدى { $project }.
mail-password-reset-button = اختيار كلمة مرور جديدة

mail-magic-link-subject = تسجيل الدخول إلى { $project }: رمزك هو { $code }
mail-magic-link-heading = تسجيل الدخول إلى { $project }
mail-magic-link-code = اكتب هذا الرمز في المكان الذي تسجّل الدخول فيه:
mail-magic-link-or = أو سجّل الدخول من هنا مباشرة:
mail-magic-link-button = تسجيل الدخول إلى { $project }

mail-team-invitation-subject = دعوة للانضمام إلى { $team }
mail-team-invitation-heading = الانضمام إلى { $team }
mail-team-invitation-text = لقد دُعيت للانضمام إلى { $team } لدى { $project }.
mail-team-invitation-button = الانضمام إلى الفريق

mail-sign-in-invitation-subject = دعوة لتسجيل الدخول إلى { $project }
mail-sign-in-invitation-heading = تسجيل الدخول إلى { $team }
mail-sign-in-invitation-text = لقد دُعيت إلى { $team }. سجّل الدخول للبدء.
mail-sign-in-invitation-button = تسجيل الدخول

mail-payment-receipt-subject = إيصالك من { $project }
mail-payment-receipt-heading = إيصالك
mail-payment-receipt-text = شكرًا لك، لقد استلمنا دفعتك.
mail-payment-receipt-product = المنتج
mail-payment-receipt-quantity = الكمية
mail-payment-receipt-amount = المبلغ
mail-payment-receipt-button = عرض الإيصال

mail-payment-failed-subject = تعذّر الدفع إلى { $project }
mail-payment-failed-heading = لم تكتمل عملية الدفع
mail-payment-failed-text = لم نتمكن من تحصيل { $amount } مقابل { $product }.
mail-payment-failed-reason = السبب: { $reason }
mail-payment-failed-button = دفع الفاتورة
mail-payment-failed-advice = يُرجى تحديث بيانات الدفع كي تنجح المحاولة التالية.
