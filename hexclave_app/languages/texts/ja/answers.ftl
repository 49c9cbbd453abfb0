# ホストされたページでのサーバーの応答と日時。

## For every page

no-project-here = このアドレスにはプロジェクトがありません。
no-project-named = このアドレスにはプロジェクトが示されていません。プロジェクトIDで始まる必要があります。
bad-project-id = このアドレスは有効なプロジェクトIDで始まっていません。
please-sign-in = 先にサインインしてください。
gone = すでに存在しません。ページを再読み込みしてください。
server-not-reached = サーバーに接続できませんでした。接続を確認して、もう一度お試しください。
sign-in-not-kept = このブラウザーにサインインを保存できませんでした。もう一度お試しください。
not-signed-out = サインアウトできませんでした。もう一度お試しください。
bad-email = ada@example.com のような完全なメールアドレスを入力してください。
bad-password = 70文字以内のパスワードを入力してください。
passwords-differ = 2つのパスワードが一致しません。
new-code-on-its-way = 新しいコードをお送りしました。
new-link-on-its-way = 新しいリンクをお送りしました。
link-on-its-way = リンクをお送りしました。
moment = { $day } { $time }（UTC）
just-now = たった今
never = 無期限

## Signing in

sign-in-method-off = このプロジェクトではサインインの方法が有効になっていません。
wrong-code = コードが正しくないか、期限切れです。最新のメールを確認するか、コードを再送してください。
wrong-authenticator-code = コードが正しくありません。コードは30秒ごとに変わります。今表示されているものを入力してください。
wrong-recovery-code = リカバリーコードが正しくないか、すでに使われています。
no-passkey-used = パスキーは使われませんでした。もう一度試すか、別の方法でサインインしてください。
this-account = このアカウント

## The error page

something-wrong = 問題が発生しました
something-wrong-text = 原因は分かりません。前のページに戻ってもう一度試すと、解決することがよくあります。
account-of-another = このアカウントはほかの利用者のものです
account-of-another-text = すでにほかの利用者と連携しています。その利用者としてサインインするか、プロバイダーで別のアカウントを選んでください。
connected-already = すでに連携しています
connected-already-text = このプロバイダーの別のアカウントと連携しています。先にアカウント設定で連携を解除してください。
not-allowed = サインインが許可されませんでした
not-allowed-text = プロバイダーによると、アクセスが拒否されました。もう一度試すか、別の方法でサインインしてください。
provider-not-available = プロバイダーは現在利用できません
provider-not-available-text = 通常はすぐに復旧します。しばらくしてからもう一度試すか、別の方法でサインインしてください。

## Teams

team-creation-off = このプロジェクトではチームを作成できません。
bad-team-name = チームの名前を{ $length }文字以内で入力してください。
team-renamed = チームの名前を変更しました。
member-removed = メンバーを削除しました。
permissions-saved = 権限を保存しました。
permission-delete-team = チームを削除する
permission-invite-members = メンバーを招待する
permission-manage-api-keys = チームのAPIキーを作成・無効化する
permission-read-members = ほかのメンバーを見る
permission-remove-members = メンバーの削除、招待の取り消し、権限の変更
permission-update-team = チームの名前と画像を変更する
invited = { $email }を招待しました。
leave-instead = 自分を削除するのではなく、チームを退出してください。

## Account settings

name-saved = 名前を保存しました。
name-too-long = 名前は{ $length }文字以内で入力してください。
picture-saved = 画像を保存しました。
picture-unreadable = この画像はブラウザーで読み取れません。
deletion-off = このプロジェクトでは、自分のアカウントを削除できません。
deletion-not-confirmed = アカウントを削除することを確認してください。
address-link-sent = 新しいアドレスにリンクをお送りしました。
address-there-already = このアドレスはすでに登録されています。
address-gone = このアドレスはすでに存在しません。ページを再読み込みしてください。
address-not-verified = 先にこのアドレスを確認してください。
last-address = サインインに使う最後のアドレスです。先に別のアドレスを追加してください。
only-way-in = これが唯一のサインイン方法です。先に別の方法を追加してください。
account-disconnected = アカウントの連携を解除しました。
password-saved = パスワードを保存しました。ほかの端末からはサインアウトしました。
password-needs-email = パスワードには、サインインに使うメールアドレスが必要です。先に追加してください。
no-passkey-made = パスキーは作成されませんでした。
passkey-added = パスキーを追加しました。
wrong-app-code = コードが正しくありません。アプリに今表示されているものを入力してください。
two-step-on = 2段階認証をオンにしました。
two-step-off = 2段階認証をオフにしました。
two-step-on-already = 2段階認証はすでにオンです。先にオフにしてください。
mails-cannot-be-off = これらのメールはオフにできません。
signed-out-elsewhere = ほかのすべてからサインアウトしました。
key-without-purpose = キーの用途を入力してください。
key-revoked = キーを無効にしました。
key-gone = このキーはすでに存在しません。ページを再読み込みしてください。

## Unsubscribing from mails

unsubscribe-title = メールの設定
unsubscribe-done = 配信を停止しました。今後このメールは届きません。
unsubscribe-already-done = このメールの配信はすでに停止されています。
unsubscribe-unknown = このリンクは無効です。メールからもう一度開いてください。
unsubscribe-expired = このリンクは期限切れです。新しいメールのリンクをご利用ください。

## Parts inside other pages

not-inside-pages = このページはほかのページの中には表示できません。
opens-in-window = これは別のウィンドウで開きます。
part-lost = 元のページとの接続が失われました。ページを再読み込みして、もう一度お試しください。
no-team = チームなし
