# です・ます体。サインイン、パスワード、パスキー、セッション、リカバリーコード、認証アプリ、メールアドレス。

## Pieces that every page has

skip = スキップ
skip-to-content = 本文へ移動
language = 言語
theme = 配色
theme-light = ライト
theme-dark = ダーク
theme-system = システム
actions = 操作
loading = 読み込み中
loading-page = 読み込んでいます…
opening = 開いています…
opening-dashboard = ダッシュボードを開いています…
notices = お知らせ
connection-lost = サーバーとの接続が切れました。再接続しています…
page-updated = このページはその間に更新されました。うまく動作しない場合は、再読み込みしてください。
reload = 再読み込み
cancel = キャンセル
continue = 続ける
save = 保存
remove = 削除
delete = 削除
try-again = もう一度試す
copy = { $what }をコピー
copied = コピーしました。
name = 名前
code = コード
email = メールアドレス
password = パスワード
show-password = パスワードを表示
hide-password = パスワードを隠す
or = または

## Frame and dead ends

error = エラー
page-not-available = このページは表示できません
page-not-found = ページが見つかりません
page-does-not-exist = このページはありません
page-does-not-exist-text = リンクが古いか、アドレスに誤りがある可能性があります。
go-to-start-page = トップページへ
start-page = トップページ
nothing-here = ここには何もありません
did-not-work = うまくいきませんでした

## Sign in, sign up, sign out

sign-in = サインイン
sign-up = 新規登録
sign-out = サインアウト
sign-in-again = もう一度サインイン
no-account-yet = アカウントをお持ちでない場合は
create-your-account = アカウントを作成
create-account = アカウントを作成
already-have-one = すでにお持ちの場合は
how-to-sign-in = サインインの方法
method-code = メールのコード
code-hint = コードとリンクをメールでお送りします。パスワードは不要です。
email-me-a-code = コードをメールで受け取る
forgot-password-link = パスワードをお忘れですか？
repeat-password = パスワード（確認）
password-hint = { $length }文字以上で入力してください。
sign-in-with-passkey = パスキーでサインイン
continue-with = { $provider }で続ける
last-used-way = 前回
no-method = このプロジェクトではサインインの方法が有効になっていません。ダッシュボードで有効にしてください。
sign-ups-closed = 新規登録は受け付けていません
sign-ups-closed-text = 現在、新しいアカウントは作成できません。このサービスの運営者にお問い合わせください。
check-your-email = メールをご確認ください
code-sent = { $email }にコードをお送りしました。ここに入力するか、メールのリンクを開いてください。
six-character-code = 6文字のコード
use-another-way = 別の方法を使う
send-a-new-code = コードを再送する
signing-out = サインアウトしています…
signed-out = サインアウトしました
see-you-soon = またのご利用をお待ちしています。
welcome = ようこそ
welcome-name = ようこそ、{ $name }さん
signed-in-as = { $email }でサインインしています
signed-in-already = すでにサインインしています
acting-as = 管理者としてこのユーザーの代わりに操作しています。このセッションは{ $minutes }分以内に終了します。

## Two-step sign-in

two-step-sign-in = 2段階認証
nothing-to-confirm = 確認するものはありません
attempt-lost = このサインインはコードの入力待ちではなくなりました。もう一度サインインしてください。
type-six-digits = 認証アプリに表示されている6桁の数字を入力してください。
recovery-code = リカバリーコード
recovery-code-hint = 控えておいたコードの1つです。それぞれ1回だけ使えます。
use-authenticator = 認証アプリを使う
use-recovery-code = リカバリーコードを使う
verifying = 確認しています…
verified = 確認しました

## Pages that mails lead to

forgot-password-title = パスワードを忘れた場合
forgot-your-password = パスワードをお忘れですか？
forgot-your-password-text = 新しいパスワードを設定するためのリンクをメールでお送りします。
send-the-link = リンクを送る
send-a-new-link = 新しいリンクを送る
back-to-sign-in = サインインに戻る
reset-link-sent = このアドレスのアカウントがある場合は、新しいパスワードを設定するためのリンクをお送りしました。
choose-new-password = 新しいパスワードを設定
new-password = 新しいパスワード
change-password = パスワードを変更
password-changed = パスワードを変更しました
password-changed-text = すべての端末からサインアウトしました。新しいパスワードでサインインしてください。
password-not-changed = パスワードは変更されませんでした
checking-link = リンクを確認しています…
opening-link = リンクを開いています…
one-moment = お待ちください
checking-visitor = ロボットではないことを確認しています…
sign-in-here = ここでサインインしますか？
sign-in-here-text = サインイン用のリンクが開かれました。ご自身で依頼した場合のみ続けてください。
not-signed-in = サインインしていません
verify-email-title = メールアドレスの確認
verify-email = メールアドレスを確認しますか？
verify-email-text = ここで登録したか、このアドレスを追加した場合のみ続けてください。
verify = 確認する
email-verified = メールアドレスを確認しました
thank-you = ありがとうございます。
link-invalid = このリンクは無効です
link-invalid-text = リンクが途中で切れている可能性があります。メールからもう一度開くか、新しいリンクを依頼してください。
link-expired = このリンクは期限切れです
link-expired-text = リンクの有効期間は数日です。
link-used = このリンクはすでに使われています
link-used-text = リンクはそれぞれ1回だけ使えます。

## Onboarding

finish-account-title = アカウントの設定を完了する
add-your-email = メールアドレスを追加してください
check-your-inbox = 受信トレイをご確認ください
open-link-sent = { $email }にお送りしたリンクを開いてください。
opened-it = 開きました
change-address = アドレスを変更
send-it-again = 再送する
account-not-ready = アカウントはまだ利用できません
account-not-ready-text = このサービスの運営者による確認が必要です。運営者にご連絡ください。

## Teams

team-invitation = チームへの招待
invited-to-team = チームに招待されています
invited-sign-in = 参加するには、招待を受けたメールアドレスでサインインしてください。
invited-create-account = { $email } のパスワードを設定してください。アカウントを作成すると、すぐにチームに参加できます。
invited-other-account = すでにアカウントを持っています
not-now = 今はしない
one-step-before = 参加の前にもう1つ手順があります
one-step-before-text = アカウントの設定を完了すると、このページに戻ります。
finish-set-up = 設定を完了する
join-team = { $team }に参加しますか？
join-team-text = このチームに招待されました。
join = 参加する
joined-team = { $team }に参加しました
joined-team-text = ようこそ。
cannot-join = 参加できません
opening-invitation = 招待を開いています…
create-a-team = チームを作成
create-team = チームを作成
team-name = チーム名
no-team-creation = ここではチームを作成できません
no-team-creation-text = このプロジェクトでは、利用者がチームを作成することはできません。

## Command lines

cli-title = コマンドラインの許可
cli-ask = コマンドラインを許可しますか？
cli-ask-text = コンピューター上のプログラムが、あなたとして操作する許可を求めています。
cli-warning = プログラムはアカウントのすべてにアクセスできるようになります。たった今ご自身でこのサインインを始めた場合のみ続けてください。誰かからリンクを受け取った場合は、このページを閉じてください。
cli-account = アカウント：{ $account }
cli-sign-in-next = 続いてサインインします。
authorize = 許可する
cli-completing = コマンドラインをサインインさせています…
cli-done = コマンドラインがサインインしました
cli-done-text = このウィンドウを閉じて、コマンドラインに戻ってください。
cli-invalid = ログインコードが含まれていません。コマンドラインからサインインをやり直してください。
cli-failed = コマンドラインはサインインしていません

## Account settings

account-settings = アカウント設定
all-settings = すべての設定
profile = プロフィール
emails-and-sign-in = メールとサインイン
notifications = 通知
active-sessions = 有効なセッション
api-keys = APIキー
settings = 設定
teams = チーム

choose-picture = 画像を選ぶ
cut-picture = 表示する範囲を選ぶ
cut-picture-hint = 画像をドラッグするか、矢印キーで動かしてください。
zoom = 拡大
remove-picture = 画像を削除
display-name = 表示名
delete-account-question = アカウントを削除しますか？
delete-account-text = アカウントに属するものはすべて完全に削除されます。チームはほかのメンバーに残ります。
delete-my-account = 自分のアカウントを削除
danger-zone = 注意が必要な操作
delete-account-warning = アカウントの削除は取り消せません。
delete-account = アカウントを削除

email-addresses = メールアドレス
add-an-address = アドレスを追加
add = 追加
primary = メイン
not-verified = 未確認
for-sign-in = サインイン用
actions-for = { $address }の操作
send-verification-link = 確認用のリンクを送る
make-primary = メインにする
make-primary-verify = メインにする（先に確認が必要です）
stop-sign-in = サインインに使わない
stop-sign-in-last = サインインに使わない（最後の1つです）
sign-in-with-it = サインインに使う
sign-in-with-it-verify = サインインに使う（先に確認が必要です）
remove-last = 削除（サインインに使う最後の1つです）

needs-verified-email = 先に、サインインに使うメールアドレスを確認してください。
old-password = 現在のパスワード
repeat-new-password = 新しいパスワード（確認）
set-password = パスワードを設定
password-text = 変更すると、ほかの端末からサインアウトします。
passkey = パスキー
passkey-text = 指紋、顔、または画面ロックでサインインします。
add-passkey = パスキーを追加
delete-passkey = パスキーを削除
delete-passkey-question = パスキーを削除しますか？
delete-passkey-text = このパスキーではサインインできなくなります。
emailed-codes = メールのコード
emailed-codes-text = メールでお送りするコードまたはリンクでサインインします。
on = オン
switch-on = オンにする
switch-off = オフにする
two-step-text = パスワードまたはパスキーのあとに、認証アプリの6桁の数字を入力していただきます。
set-up = 設定する
recovery-codes-left = 残りのリカバリーコード：{ $count }
new-recovery-codes = 新しいリカバリーコード
switch-off-two-step = 2段階認証をオフにする
two-step-scan = 1. 認証アプリで読み取るか、シークレットキーを入力してください。
two-step-type = 2. アプリに表示された6桁の数字を入力してください。
qr-code = シークレットキーのQRコード
the-secret = シークレットキー
code-of-app = アプリのコード
write-codes-down = リカバリーコードを今すぐ控えてください。表示されるのは1回だけです。それぞれ1回だけ、認証アプリの代わりに使えます。
written-down = 控えました
connected-accounts = 連携しているアカウント
connected-accounts-text = サインインに使うほかのサービスのアカウントです。
connect = { $provider }と連携
disconnect = 連携を解除
disconnect-question = { $provider }の連携を解除しますか？
disconnect-text = このアカウントではサインインできなくなります。
remove-address-question = { $address }を削除しますか？
remove-address-text = このアドレスにはメールが届かなくなり、サインインにも使えなくなります。
stop-code-question = メールのコードをオフにしますか？
stop-code-text = メールのコードやリンクではサインインできなくなります。
confirm-it-is-you = ご本人であることを確認します。認証アプリに表示されるコード、またはリカバリーコードの1つを入力してください。
confirm = 確認

notifications-text = 受け取りたいメールを選びます。
mails-transactional = アカウントに関するお知らせ
mails-marketing = 広告
mails-needed = アカウントの利用に必要なため、オフにできません。

active-sessions-text = アカウントにサインインしているブラウザーと端末です。
session = セッション
last-used = 最終利用
from = 接続元
this-session = このセッション
other-session = ほかのセッション
since = { $time }から
unknown-address = 不明なアドレス
revoke = 無効にする
sign-out-elsewhere = ほかのすべてからサインアウト
sign-out-elsewhere-question = ほかのすべてからサインアウトしますか？
sign-out-elsewhere-text = ほかのセッションはすべてただちに終了します。

description = 説明
status = 状態
key = キー
expires = 有効期限
created = 作成日
any-status = すべての状態
search-keys = キーを検索
no-such-keys = 該当するキーはありません。
valid = 有効
expired = 期限切れ
revoked = 無効
no-keys = キーはまだありません。
key-purpose = 新しいキーの用途
expires-after = 有効期間
lifetime-days = { $days ->
    [365] 1年
   *[other] { $days }日
}
lifetime-never = 無期限
create-key = キーを作成
copy-key-now = このキーを今すぐコピーしてください。ハッシュとして保存されるため、再び表示することはできません。
the-key = キー
stored-it = 保存しました
new-key = 新しいキー
close = 閉じる
revoke-key-question = 「{ $name }」を無効にしますか？
revoke-key-text = このキーを使うものはただちに動かなくなります。取り消すことはできません。
revoke-key-sure = 動かなくなることを理解しました

team = チーム
team-api-keys = チームのAPIキー
name-in-team = このチームでの名前
rename = 名前を変更
members = メンバー
you = あなた
no-name = 名前なし
remove-member = { $name }を削除
remove-member-question = { $name }を{ $team }から削除しますか？
remove-member-text = 戻るには新しい招待が必要です。
permissions = 権限
permissions-of = { $name }の権限
permissions-text = このチームで{ $name }ができること。ご自身にできることを許可できます。
permission-inherited = { $role }に含まれます
invite-somebody = メンバーを招待
invite = 招待
invitations = 招待
until = { $day }まで
take-back = 取り消す
leave-team = チームを退出
leave-team-question = { $team }を退出しますか？
leave-team-text = 戻るには新しい招待が必要です。
leave = 退出する

## Parts inside other pages

part-signed-in = サインインしています
part-sign-in-first = サインインしてください
part-sign-in-first-text = アカウントに関する内容です。
part-second-step = もう一つの手順
part-second-step-text = このアカウントには二つ目の認証が必要です。安全のため、その画面がほかのページの中に表示されることはありません。
part-continue-in-window = ウィンドウで続ける
part-refused = ここでは利用できません
part-refused-text = 表示元のページは、プロジェクトの信頼済みドメインではありません。
part-alone = これはほかのページの一部です
part-alone-text = プロジェクトのページの中に表示される部品です。元のページはこちらです。
part-going-back = 元のページに戻っています…
part-cannot-go-back = 戻れませんでした
part-window-lost = 元のページが見つかりません
part-window-lost-text = このウィンドウを閉じて元のページに戻り、もう一度お試しください。
account = アカウント
account-of = { $name } のアカウント
account-of-nobody = アカウント：サインインしていません
light-or-dark = ライトとダークの切り替え
current-team = 現在のチーム
other-teams = ほかのチーム
settings-of-team = { $team } の設定
in-no-team = まだどのチームにも参加していません。
search-teams = チームを検索
no-such-team = 該当するチームはありません。
providers-title = 外部サービスでサインイン
