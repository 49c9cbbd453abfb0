# ホストされたページで伝える API のエラー。

error-other = うまくいきませんでした：{ $message }
error-too-many-attempts = { $seconds ->
    [1] 試行回数が多すぎます。1秒待ってから、もう一度お試しください。
   *[other] 試行回数が多すぎます。{ $seconds }秒待ってから、もう一度お試しください。
}

error-email-password-mismatch = メールアドレスまたはパスワードが正しくありません。
error-invalid-totp-code = コードが正しくありません。もう一度お試しください。
error-password-too-short = パスワードが短すぎます。{ $min_length }文字以上で入力してください。
error-password-too-long = パスワードが長すぎます。{ $maxLength }文字以内で入力してください。
error-password-requirements-not-met = このパスワードは、ほかの人が最初に試すものの1つです。別のパスワードを選んでください。
error-password-confirmation-mismatch = 現在のパスワードが正しくありません。
error-user-does-not-have-password = このアカウントにはパスワードがありません。
error-password-authentication-not-enabled = このプロジェクトでは、パスワードでのサインインが有効になっていません。
error-sign-up-not-enabled = 現在、新しいアカウントは作成できません。このサービスの運営者にお問い合わせください。
error-sign-up-rejected = このプロジェクトのルールにより、登録が拒否されました。
error-user-email-already-exists = { $email }のアカウントはすでにあります。
error-contact-channel-already-used-for-auth-by-someone-else = このアドレスは、すでに別のアカウントのサインインに使われています。
error-email-already-verified = このメールアドレスはすでに確認されています。
error-verification-code-not-found = このコードまたはリンクは無効です。
error-verification-code-expired = このコードまたはリンクは期限切れです。
error-verification-code-already-used = このコードまたはリンクはすでに使われています。
error-verification-code-max-attempts-reached = 試行回数が多すぎたため、このコードは無効になりました。新しいコードを依頼してください。
error-passkey-authentication-not-enabled = このプロジェクトでは、パスキーでのサインインが有効になっていません。
error-passkey-authentication-failed = パスキーを確認できませんでした。もう一度試すか、別の方法でサインインしてください。
error-passkey-registration-failed = パスキーを追加できませんでした。もう一度お試しください。
error-bot-challenge-required = ロボットでないことを確認できませんでした。もう一度お試しください。
error-bot-challenge-failed = ロボットでないことを確認できませんでした。もう一度お試しください。
error-user-not-found = このアカウントはすでに存在しません。
error-team-not-found = このチームはすでに存在しません。
error-team-membership-not-found = この人はすでにチームにいません。
error-team-membership-already-exists = すでにこのチームに参加しています。
error-team-permission-required = チームでこの操作を行う権限がありません。
error-team-invitation-email-mismatch = この招待は別のメールアドレスに送られたものです。そのアドレスでサインインするか、アカウントに追加して確認してから、もう一度お試しください。
error-team-invitation-restricted-user-not-allowed = チームに参加する前に、アカウントの設定を完了してください。
error-api-key-not-found = このキーはすでに存在しません。
error-cannot-delete-current-session = このセッションを終了するには、サインアウトしてください。

## Errors without a code

error-sign-in-code-off = このプロジェクトでは、メールのコードでのサインインが有効になっていません。
error-address-changed = このリンクのアドレスは、もうこのアカウントのものではありません。
error-login-code-unknown = ログインコードが不明か、期限切れか、すでに使われています。コマンドラインからサインインをやり直してください。
error-anonymous-session-gone = コマンドラインのセッションは無効になりました。コマンドラインからサインインをやり直してください。
error-session-gone = このセッションはすでに終了しています。
error-first-account = このインストールの最初のアカウントは、サーバーが起動時に表示したアドレスで作成します。
error-channel-gone = このアドレスはすでに存在しません。ページを再読み込みしてください。
error-channel-there-already = このアドレスはすでに登録されています。
error-picture-unreadable = この画像は読み取れません。PNG、JPEG、GIF、BMP、WebP のいずれかのファイルを選んでください。
error-picture-too-large = この画像は大きすぎます。
error-recovery-codes-need-second-factor = リカバリーコードは2段階認証の代わりに使うものです。先に2段階認証を設定してください。
error-password-there-already = このアカウントにはすでにパスワードがあります。ページを再読み込みしてください。
error-api-keys-off = このプロジェクトでは API キーが有効になっていません。
error-own-permissions = 自分の権限は変更できません。
error-account-gone = このアカウントはすでに連携していません。ページを再読み込みしてください。
