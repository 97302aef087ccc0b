/* The commands of `bansho`. */
#include "cli/rooms.h"

static const struct known_option none[] = { { 0 } };


static const struct known_option init_options[] = {
	{ "name", "NAME", N_("団体の名前（例 高松市）") },
	{ "pack", "FOLDER", N_("方針パックのフォルダー。中身を写して使います。") },
	{ "admin", "LOGIN", N_("最初の管理者のログイン名（英小文字・数字・. _ - @）") },
	{ "admin-name", "NAME", N_("最初の管理者の氏名（姓と名の間に空白）") },
	{ "admin-number", "NO", N_("最初の管理者の職員番号") },
	{ 0 },
};
static const struct known_option demo_options[] = {
	{ "staff", "N", N_("職員の数（20から20000まで。300）。所属の数はこれに合わせます。") },
	{ "assets", "N", N_("情報資産の数（100から500000まで。職員300人あたり2000）") },
	{ "entries", "N", N_("記録が少なくとも N 件になるまで続けます。") },
	{ "seed", "N", N_("同じ数からは同じ団体ができます（2026）。") },
	{ "today", "DAY", N_("この日の夕方までの一年を作ります（今日の今まで）。") },
	{ "pack", "FOLDER", N_("方針パックのフォルダー（packs/takamatsu）") },
	{ 0 },
};
static const struct known_option run_options[] = {
	{ "listen", "ADDRESS", N_("待ち受けるアドレス（127.0.0.1）") },
	{ "port", "PORT", N_("待ち受けるポート。0 なら空いているもの（8443）") },
	{ "plain", NULL, N_("HTTPS でなく HTTP。同じ機械の中継の後ろだけで使います。") },
	{ "permits", "PATH", N_("許可証の照会を受けるソケット（docs/permits.md）") },
	{ "permits-group", "GROUP", N_("そのソケットで照会できるグループ") },
	{ "cards", "FOLDER", N_("ICカードでサインインできるようにします。発行者と失効リストの場所（docs/cards.md）") },
	{ "card-port", "PORT", N_("カードを尋ねるポート（8444）") },
	{ "card-public-port", "PORT", N_("中継の後ろで、ブラウザーから見たカードのポート") },
	{ "public-port", "PORT", N_("中継の後ろで、ブラウザーから見たふだんのポート（443）") },
	{ "despite-witness", NULL, N_("証人の見たものより古い記録簿でも、承知のうえで始めます。") },
	{ 0 },
};
static const struct known_option import_options[] = {
	{ "preview", NULL, N_("何が変わるかを示すだけで、取り込みません（指定がないときと同じ）。") },
	{ "apply", NULL, N_("--digest で示した予告のとおりに取り込みます。") },
	{ "digest", "HEX", N_("予告のときに表示された値。内容が違っていれば取り込みません。") },
	{ "yes", NULL, N_("予告を見ずに、そのまま取り込みます。") },
	{ "end-missing", NULL, N_("ファイルにない所属・職員を、前の日で終わらせます。") },
	{ "day", "DAY", N_("変更が有効になる日（今日）") },
	{ "accounts", "FILE", N_("ログイン名のある新しい人にアカウントを作り、仮パスワードをこの CSV に書きます。") },
	{ "ledger", "CODE", N_("取り込む台帳（asset）") },
	{ "owner", "UNITCODE", N_("所管課の列がない行の所管課") },
	{ "sheet", "NAME", N_("XLSX: 読むシートの名前か番号（表示されている最初のもの）") },
	{ "skip-wrong", NULL, N_("誤りのある行を除いて、ほかの行を取り込みます。") },
	{ 0 },
};
static const struct known_option user_options[] = {
	{ "kind", "KIND", N_("grant: operator（番所の管理者）、people（人と組織）、ledger（台帳）、auditor（監査）") },
	{ "unit", "UNITCODE", N_("grant ledger: この所属の台帳だけ") },
	{ "end", NULL, N_("grant: 与えるのでなく、今日で終わらせます。") },
	{ 0 },
};
static const struct known_option person_options[] = {
	{ "basis", "CODE", N_("根拠: retention（保存期間が過ぎた）、request（本人の請求）、mistake（誤登録）、other") },
	{ "confirm", "NUMBER", N_("確かめのため、もう一度職員番号") },
	{ 0 },
};
static const struct known_option evidence_options[] = {
	{ "at", "DAY", N_("過去の日（2026-11-21、R8.11.21 など）") },
	{ 0 },
};
static const struct known_option verify_options[] = {
	{ "key", "VKEY", N_("別のところで控えた公開鍵（vkey の一行、またはそれを書いたファイル）") },
	{ "checkpoint", "FILE", N_("前に受け取った検証点。何度でも指定できます。") },
	{ "witness", "VKEY", N_("証人の公開鍵（vkey の一行かファイル）。どこまで証言されているかを示します。何度でも指定できます。") },
	{ 0 },
};
static const struct known_option journal_options[] = {
	{ "about", "OBJECT", N_("一つのものの記録だけ（例 dossier:12）。なければ全部") },
	{ "url", "URL", N_("witness add: 証人のアドレス（https://…）。なければファイルで運びます。") },
	{ "ca", "FILE", N_("witness add、stamp use: 相手の証明書（PEM）。中身を写して使います。") },
	{ "witness", "NAME", N_("carry out: どの証人あてか。一つだけなら要りません。") },
	{ "from", "N", N_("carry out: 証人が見ている件数（前に返事をもらった件数）") },
	{ 0 },
};
static const struct known_option export_options[] = {
	{ "about", "OBJECT", N_("一つのものの記録だけ（例 dossier:12）。なければ全部") },
	{ 0 },
};
static const struct known_option audit_options[] = {
	{ "bundle", "FILE", N_("bansho export で書き出した、記録簿全体の束") },
	{ "key", "KEY", N_("団体から別に受け取った公開鍵（文字か、入っているファイル）") },
	{ "checkpoint", "FILE", N_("前から持っている検証点") },
	{ "witness", "VKEY", N_("証人の公開鍵") },
	{ "seed", "WORDS", N_("くじの種にする、公にした言葉") },
	{ "most", "N", N_("標本の数（25）") },
	{ "acts", "ACT", N_("この行為だけ（dossier.decide）。点で終わると、その種類すべて（dossier.）") },
	{ "since", "DAY", N_("この日から") },
	{ "until", "DAY", N_("この日まで") },
	{ 0 },
};
static const struct known_option oscal_options[] = {
	{ "pack", "NAME", N_("方針パックの名前、またはフォルダー。団体なしで書き出します。") },
	{ "at", "DAY", N_("その日の終わりに記録されていた状態。") },
	{ "model", "NAME", N_("書き出すもの。何度でも書けます。なければ、書けるもの全部") },
	{ 0 },
};
static const struct known_option backup_options[] = {
	{ "with-key", NULL, N_("署名鍵も入れます。控えを手に入れた人が記録簿に署名できるようになるので、金庫に置く控えだけに使ってください。") },
	{ 0 },
};
static const struct known_option restore_options[] = {
	{ "checkpoint", "FILE", N_("前に受け取った検証点。戻したものがその続きでなければ断ります。") },
	{ "key", "VKEY", N_("別のところで控えた公開鍵") },
	{ 0 },
};

static const struct known_option reconcile_options[] = {
	{ "pack", "DIR", N_("方針パックのフォルダー") },
	{ "code", "CODE", N_("突き合わせの code") },
	{ "left", "FILE", N_("左の一覧。突き合わせの記録から保存したCSV") },
	{ "right", "FILE", N_("右の一覧") },
	{ "day", "DAY", N_("突き合わせた日。なければ今日") },
	{ "left-wait", "DAYS", N_("左だけにある行を待つ日数。なければ方針のふつうの値") },
	{ "right-wait", "DAYS", N_("右だけにある行を待つ日数") },
	{ "csv", NULL, N_("結果のCSVを標準出力に書きます。") },
	{ 0 },
};
static const struct known_option setup_options[] = {
	{ "name", "NAME", N_("団体の名前（例 高松市）") },
	{ "pack", "NAME", N_("方針パックの名前、またはフォルダー。中身を写して使います。") },
	{ "admin", "LOGIN", N_("最初の管理者のログイン名（英小文字・数字・. _ - @）") },
	{ "admin-name", "NAME", N_("最初の管理者の氏名（姓と名の間に空白）") },
	{ "admin-number", "NO", N_("最初の管理者の職員番号") },
	{ 0 },
};
static const struct known_option pack_options[] = {
	{ "into", "DIR", N_("draft: 下書きを書くフォルダー。空か、まだないもの。なければ数えるだけです。") },
	{ "answer", "ITEM=CHOICE[:TARGET]", N_("触れるものをどうするか（例 dossiers:send=resend、role:chief=carry:manager）。何度でも") },
	{ "effective", "DAY", N_("施行日（例 2026-04-01）") },
	{ "why", "WORDS", N_("取り下げる理由") },
	{ 0 },
};
static const struct known_option setup_code_options[] = {
	{ "new", NULL, N_("コードを作り直します。前のコードは使えなくなります。") },
	{ 0 },
};
static const struct known_option upgrade_options[] = {
	{ "check", NULL, N_("写しで確かめるだけで、切り替えません。") },
	{ 0 },
};
static const struct known_option rollback_options[] = {
	{ "lose-later-acts", "COUNT", N_("更新のあとの行為の結果を失ってよいときに、その記録の件数を書きます。") },
	{ 0 },
};

static const struct known_option permit_options[] = {
	{ "permit", "NUMBER", N_("許可証の番号") },
	{ "occasion", "CODE", N_("場面のコード（方針パックの occasions）") },
	{ "person", "WHO", N_("許可を受けた人。職員番号かログイン名（number:、login:、id: で確かに）") },
	{ "scope", "NAME=VALUE", N_("対象（例 device=ABC-123）。何度でも指定でき、全部に当てはまるものを探します。") },
	{ "at", "MOMENT", N_("この時点では（2026-11-21T09:30。指定がなければ今）") },
	{ "socket", "PATH", N_("保存ファイルを開かず、banshod の照会ソケットにたずねます。") },
	{ "living", NULL, N_("list: いま有効なものと、これから有効になるものだけ") },
	{ 0 },
};

static const struct known_option transfer_options[] = {
	{ "day", "DAY", N_("一覧の発令日（例 2027-04-01、R9.4.1）") },
	{ "title", "NAME", N_("stage: 一覧の名前（例 令和9年4月1日付け人事異動）") },
	{ 0 },
};

const struct command commands[] = {
	{ "setup", "[--name NAME] [--body CODE] [--pack NAME] [--admin LOGIN] [--admin-name NAME] [--admin-number NO]",
	  N_("最初の団体と管理者を決める\n端末で実行すると、足りないことを一つずつ聞きます。パスワードは決めません。最初の管理者は、一度だけ使える設定コード（bansho setup-code）でサインインし、自分でパスワードを決めます。"),
	  0, 0, true, setup_options, run_setup },
	{ "setup-code", "[--new]",
	  N_("最初の管理者の設定コードを見る\nDATA/setup-code にあり、root だけが読めます。管理者がパスワードを決めるか、期限が切れると使えなくなります。"),
	  0, 0, true, setup_code_options, run_setup_code },
	{ "upgrade", "[--check]",
	  N_("保存ファイルを新しい版の形にする\n番所を止めて実行します。写しを作って形を新しくし、記録簿の根が変わらないことと検証に誤りがないことを確かめてから切り替えます。前の保存ファイルは残ります。"),
	  0, 0, true, upgrade_options, run_upgrade },
	{ "rollback", "[--lose-later-acts COUNT]",
	  N_("更新の前の保存ファイルに戻す\n番所を止めて実行します。更新のあとに記録があれば、件数を言わない限り断ります。戻しても、記録簿からは何も消えません。"),
	  0, 0, true, rollback_options, run_rollback },
	{ "config", "[KEY]",
	  N_("設定ファイルを確かめる\n誤りを「ファイル:行: 何が違い、どうすればよいか」で示し、なければ値を示します。"), 0, 1,
	  false, none, run_config, .reads_no_conf = true },
	{ "init", "--data DIR --body CODE --name NAME --pack FOLDER --admin LOGIN --admin-name NAME --admin-number NO",
	  N_("団体を作る\n最初の管理者のアカウントも作り、仮パスワードを一度だけ表示します。"), 0, 0, true,
	  init_options, run_init },
	{ "demo", "--data DIR [--staff N] [--assets N] [--entries N] [--seed N]",
	  N_("見本の団体を作る\n架空の職員、所属、情報資産と、一年分の案件を、番所の行為だけで作ります。"), 0, 0, true,
	  demo_options, run_demo },
	{ "run", "--data DIR [--listen ADDRESS] [--port PORT]",
	  N_("番所を動かす\nWebの画面・期限の見張り・署名のプログラムをまとめて動かし、答えられるようになったら ready とアドレスを表示します。止まったものは始め直します。SIGINT か SIGTERM で全部終わります。"),
	  0, 0, true, run_options, run_run, .is_owners = true },
	{ "import", "units|staff|ledger FILE --data DIR [--apply --digest HEX | --yes]",
	  N_("所属・職員・台帳をファイルから取り込む\nCSV（UTF-8、CP932、UTF-16）、TSV、XLSX を読みます。まず何が変わるかを示し、示したとおりにだけ取り込みます。ファイルにないものは、指定がない限り消えません。"),
	  2, 2, true, import_options, run_import },
	{ "transfer", "check FILE --day DAY | stage FILE --day DAY [--title NAME] | show [NO] --data DIR",
	  N_("人事異動の一覧\ncheck 一覧のファイル（CSV、XLSX）が何を起こすかを示すだけで、何も書きません。直すところがあれば終了状態は 1。stage 一覧を下書きとして置きます。決裁は、画面で二人の人がします。show 一覧と、その一つが起こすこと。"),
	  1, 2, true, transfer_options, run_transfer },
	{ "reconcile", "--pack DIR --code CODE --left FILE --right FILE [--day DAY]",
	  N_("突き合わせの結果を計算し直す\n番所のデータもサーバも使いません。二つの一覧と結果のSHA-256を表示します。記録簿の突き合わせの記録にある left、right、result と同じなら、そのとおりの結果です。違いがあれば終了状態は 1。"),
	  0, 0, false, reconcile_options, run_reconcile },
	{ "user", "list|add|reset|close|grant [NUMBER|LOGIN] [LOGIN] --data DIR",
	  N_("アカウントと担当\nlist 一覧。add 職員番号 ログイン名: アカウントを作る。reset ログイン名または職員番号: 仮パスワードにする。close: 止める。grant 職員 --kind 種類: 担当を与える。"),
	  1, 3, true, user_options, run_user },
	{ "person", "erase NUMBER --basis CODE --confirm NUMBER --data DIR",
	  N_("職員の個人データを消去する\n取り消せません。その人の鍵を破棄するので、保存ファイルからも、そのどの控えからも読めなくなります。記録と証明は残ります。済んだら鍵束の控えを取り替えてください。"),
	  2, 2, true, person_options, run_person },
	{ "keys", "export|import FILE --data DIR",
	  N_("鍵束の控え\nexport は個人データと添付の鍵を一つのファイルに写します。保存ファイルの控えには入りません。職員を登録・消去するたびに取り替え、古い控えを廃棄してください。import は控えを戻します。消去済みの人の鍵は戻りません。"),
	  2, 2, true, none, run_keys },
	{ "pack", "check [FOLDER] | walk FOLDER | draft TEXTFILE [--into DIR] | diff OLD NEW | versions | propose FOLDER | touched NO | answer NO | publish NO | withdraw NO",
	  N_("方針パックを調べ、作り、新しい版を施行する\ncheck: すべての誤りを「ファイル:行:桁: 何が違い、どうすればよいか」で示し、見直したほうがよいところを注意として種類ごとに示します。--json は clauses、forms、errors、warnings（code、file、line、words）を出します。--data か --body があれば、その団体でだれも就いていない役割も示します（FOLDER がなければ団体の方針）。\nwalk: 一時的な団体を作り、すべての様式を印刷し、すべての場面を短い答えと長い答えで始めから終わりまで動かします。\ndraft: 方針の文書（テキスト）から下書きのパックを作り、決められないことを to-answer.md に並べます。--json は counts、files、questions を出します。\ndiff: 二つの版の違いを条項ごとに示します。"
	     "propose は新しい版の案を --data の団体に出し、touched はその版が触れるもの、answer はそれをどうするか、publish は施行日を決めます（方針が公布する役割を定めていれば、公布は画面で行います）。"),
	  1, 3, false, pack_options, run_pack },
	{ "permit", "check|list [--permit NUMBER] [--occasion CODE] [--person WHO] [--scope NAME=VALUE]... [--at MOMENT] [--socket PATH]",
	  N_("許可証を照会する\ncheck 終了状態は、有効なら 0、有効でなければ 1、照会できなければ 2。--json はソケットと同じ一行の答えです（docs/permits.md）。list 一覧を示します。"),
	  1, 1, false, permit_options, run_permit },
	{ "evidence", "--data DIR [--at DAY] [--json]",
	  N_("条項ごとの証拠の状態\n--at はその日の終わりに記録されていた状態を出します。--json は at、clauses（clause、state、machine、why、good、of …）、rings、states を出します。"),
	  0, 0, true, evidence_options, run_evidence },
	{ "oscal", "export FOLDER [--pack PACK | --data DIR [--at DAY]] [--model NAME]... | import FILE... FOLDER",
	  N_("OSCAL（1.2.1）の書き出しと取り込み\nexport は方針と、団体があればその証拠を、JSON ファイルとして FOLDER に書きます。--at はその日の終わりの証拠です。--pack なら方針の三つだけです。import は catalog（と、あれば profile、component-definition）から方針パックを新しい FOLDER に作り、食い違いと、足りないことを示します。"),
	  2, 16, false, oscal_options, run_oscal },
	{ "verify", "[STORE|BUNDLE|DATA-DIR] [--key VKEY] [--checkpoint FILE]...",
	  N_("記録簿を検証する\nstore.sqlite、書き出した束（zip かフォルダー）、またはデータの場所を、サーバーなしで調べます。--data があれば、署名のプログラムが最後に署名した検証点とも比べます。"),
	  0, 1, false, verify_options, run_verify },
	{ "journal", "state | turn | roll | prove SEQ [FILE] | export FILE.zip|FOLDER | witness|carry|stamp|set WORDS... --data DIR",
	  N_("年度ごとの記録簿\nstate ようす。turn 年度が変わったときに次の記録簿を始める。roll 署名鍵を替える。prove 一つの記録の証明（C2SP tlog-proof）を書く。export 全部を書き出す。turn と roll は番所の時計がひとりでに行います（設定 journal.key-days）。\n"
	     "witness add VKEY、witness remove NAME、witness list: 記録簿に証言する証人。carry out FILE、carry in FILE: 回線のない証人とファイルでやり取りする。stamp use URL --ca FILE: 時刻認証局（URL が - ならファイルだけ）。stamp query FILE、stamp keep FILE: ファイルでやり取りする。set NAME VALUE: witness.every-seconds、witness.alarm-minutes、witness.carry-days。"),
	  1, 3, true, journal_options, run_journal },
	{ "export", "FILE.zip|FOLDER --data DIR [--about dossier:12]",
	  N_("記録簿を第三者のために書き出す\nサーバーなしで bansho verify FILE.zip により検証できます。名前が .zip で終わらなければフォルダーに書きます。"), 1, 1, true,
	  export_options, run_export },
	{ "audit", "sample --bundle FILE.zip|FOLDER [--key KEY] [--seed WORDS --most N [--acts ACT] [--since DAY] [--until DAY]] [--json]",
	  N_("監査の標本を、書き出した束だけから選び直す\n束の中の監査の記録に書かれた標本を一つずつ選び直し、同じかどうかを示します。--seed を書くと、その種で選んだ記録の番号を示します（docs/audit.md）。"),
	  1, 1, false, audit_options, run_audit },
	{ "backup", "FILE.zip|FOLDER --data DIR [--with-key]",
	  N_("控えを取る\n動いている間も取れます。保存ファイル、添付、方針パック、最新の検証点が入ります。署名鍵と鍵束は入りません（bansho keys）。"),
	  1, 1, true, backup_options, run_backup },
	{ "restore", "BACKUP --data DIR [--checkpoint FILE]...",
	  N_("控えから戻す\n記録簿の根が検証点と合うことを確かめてから置きます。すでにある団体には上書きしません。"), 1, 1,
	  true, restore_options, run_restore },
	{ "status", "--data DIR [--json]",
	  N_("今のようす\n記録の数、署名のようす、案件とメールの数を示します。"), 0, 0, true, none, run_status },
	{ 0 },
};
