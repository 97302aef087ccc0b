/* The commands of `bansho`. */
#include "cli/rooms.h"


static const struct known_option init_options[] = {
	{ "name", "NAME", "団体の名前（例 高松市）" },
	{ "pack", "FOLDER", "方針パックのフォルダー。中身を写して使います。" },
	{ "admin", "LOGIN", "最初の管理者のログイン名（英小文字・数字・. _ - @）" },
	{ "admin-name", "NAME", "最初の管理者の氏名（姓と名の間に空白）" },
	{ "admin-number", "NO", "最初の管理者の職員番号" },
	{ 0 },
};
static const struct known_option demo_options[] = {
	{ "staff", "N", "職員の数（20から20000まで。300）。所属の数はこれに合わせます。" },
	{ "assets", "N", "情報資産の数（100から500000まで。職員300人あたり2000）" },
	{ "entries", "N", "記録が少なくとも N 件になるまで続けます。" },
	{ "seed", "N", "同じ数からは同じ団体ができます（2026）。" },
	{ "today", "DAY", "この日の夕方までの一年を作ります（今日の今まで）。" },
	{ "pack", "FOLDER", "方針パックのフォルダー（packs/takamatsu）" },
	{ 0 },
};
static const struct known_option run_options[] = {
	{ "listen", "ADDRESS", "待ち受けるアドレス（127.0.0.1）" },
	{ "port", "PORT", "待ち受けるポート。0 なら空いているもの（8443）" },
	{ "plain", NULL, "HTTPS でなく HTTP。同じ機械の中継の後ろだけで使います。" },
	{ 0 },
};

const struct command commands[] = {
	{ "init", "--data DIR --body CODE --name NAME --pack FOLDER --admin LOGIN --admin-name NAME --admin-number NO",
	  "団体を作る\n最初の管理者のアカウントも作り、仮パスワードを一度だけ表示します。", 0, 0, true,
	  init_options, run_init },
	{ "demo", "--data DIR [--staff N] [--assets N] [--entries N] [--seed N]",
	  "見本の団体を作る\n架空の職員、所属、情報資産と、一年分の案件を、番所の行為だけで作ります。", 0, 0, true,
	  demo_options, run_demo },
	{ "run", "--data DIR [--listen ADDRESS] [--port PORT]",
	  "番所を動かす\nWebの画面・期限の見張り・署名のプログラムをまとめて動かし、答えられるようになったら ready とアドレスを表示します。止まったものは始め直します。SIGINT か SIGTERM で全部終わります。",
	  0, 0, true, run_options, run_run },
	{ 0 },
};
