# 組み込みのメール。

mail-hello = こんにちは。
mail-hello-name = { $name } 様
mail-unexpected = このメールにお心当たりがない場合は、無視していただいて構いません。

mail-email-verification-subject = { $project }のメールアドレスの確認
mail-email-verification-heading = メールアドレスの確認
mail-email-verification-text = { $project }からご連絡できるよう、このアドレスがご本人のものであることを確認してください。
mail-email-verification-button = メールアドレスを確認する

mail-password-reset-subject = { $project }のパスワードの再設定
mail-password-reset-heading = パスワードの再設定
mail-password-reset-text = { $project }のアカウントについて、パスワードの再設定の依頼がありました。
mail-password-reset-button = 新しいパスワードを設定する

mail-magic-link-subject = { $project }へのサインイン：コードは { $code } です
mail-magic-link-heading = { $project }へのサインイン
mail-magic-link-code = サインインの画面でこのコードを入力してください。
mail-magic-link-or = または、ここから直接サインインできます。
mail-magic-link-button = { $project }にサインイン

mail-team-invitation-subject = { $team }への招待
mail-team-invitation-heading = { $team }に参加
mail-team-invitation-text = { $project }の{ $team }に招待されました。
mail-team-invitation-button = チームに参加する

mail-sign-in-invitation-subject = { $project }へのサインインのご案内
mail-sign-in-invitation-heading = { $team }にサインイン
mail-sign-in-invitation-text = { $team }に招待されました。サインインしてご利用ください。
mail-sign-in-invitation-button = サインイン

mail-payment-receipt-subject = { $project }の領収書
mail-payment-receipt-heading = 領収書
mail-payment-receipt-text = お支払いを確認しました。ありがとうございます。
mail-payment-receipt-product = 商品
mail-payment-receipt-quantity = 数量
mail-payment-receipt-amount = 金額
mail-payment-receipt-button = 領収書を見る

mail-payment-failed-subject = { $project }のお支払いができませんでした
mail-payment-failed-heading = お支払いが完了しませんでした
mail-payment-failed-text = { $product }の代金 { $amount } をお支払いいただけませんでした。
mail-payment-failed-reason = 理由：{ $reason }
mail-payment-failed-button = 請求書を支払う
mail-payment-failed-advice = 次回のお支払いが完了するよう、お支払い情報を更新してください。
