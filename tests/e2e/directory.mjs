// Staff who sign in by the office directory, with a real slapd: node tests/e2e/directory.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { isFine } from "./checks.mjs";
import { House } from "./house.mjs";
import { follow, press, sees, seesNot, submit } from "./steps.mjs";
import { keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url));

if (!existsSync("/usr/sbin/slapd")) {
	process.stdout.write("1..0 # SKIP needs slapd\n");
	process.exit(0);
}

const work = await workFolder("directory");
const entry = (uid, number) => `dn: uid=${uid},ou=people,dc=city\nobjectClass: inetOrgPerson\nuid: ${uid}\ncn: ${uid}\nsn: ${uid}\n` +
	`employeeNumber: ${number}\nuserPassword: pass-${uid}\n\n`;
let slapd, staff;

async function serve(house) {
	// Of the demonstration's staff: eleven, shokuin first, and the operator.
	const rows = (of) => house.ask("SELECT p.id, p.number, a.login FROM people_person p JOIN people_account a ON a.id = p.id " +
		`WHERE p.until IS NULL AND a.is_closed = 0 AND ${of} ORDER BY a.login <> 'shokuin', p.id LIMIT 11`);
	staff = [...await rows("p.id NOT IN (SELECT person FROM people_grant WHERE kind = 'operator')"), ...await rows("a.login = 'system'")];
	await writeFile(join(work, "more.ldif"), staff.map((one) => entry(one.login, one.number)).join(""));
	slapd = spawn("sh", [join(here, "../directory/serve.sh"), work, join(work, "more.ldif")], { stdio: ["ignore", "pipe", "inherit"] });
	await new Promise((ready, reject) => {
		slapd.stdout.on("data", (bytes) => { if (/ready/.test(bytes)) ready(); });
		slapd.on("exit", () => reject(new Error("slapd did not start")));
	});
	await house.stop();
	await copyFile(join(work, "directory.conf"), join(house.data, "directory.conf"));
	await house.start();
}

about("the office directory", () => {
	promise("where none is set up, the page says how", async (house) => {
		const page = await house.visitor("system");
		await page.goto("/directory");
		await sees(page, "設定されていません", "/etc/bansho/directory.conf");
		await isFine(page);
		await house.picture("directory-none");
		await page.goto("/health");
		assert.equal(await page.getByText("庁内のディレクトリ").count(), 0);
	});

	promise("where one is, it answers", async (house) => {
		await serve(house);
		const page = await house.visitor("system");
		await page.goto("/people");
		await follow(page, "ディレクトリ");
		await sees(page, "つながっています", "STARTTLS", "結び付いている職員(0人)");
		await isFine(page);
		await house.picture("directory");
		await page.goto("/health");
		await sees(page, "庁内のディレクトリ", "0分前につながりました");
		await isFine(page);
	}, 200);

	promise("what would be tied is shown, and who not and why", async (house) => {
		const page = await house.visitor("system");
		await page.goto("/directory");
		await press(page, "口座を読み込んで確かめる");
		await sees(page, "まだ何も変わっていません", "番所の運用担当者です", "番所の職員にいません", "パスワードから替える");
		await isFine(page);
		await house.picture("directory-preview");
		await press(page, "上のとおり結び付ける");
		await sees(page, "結び付けました", "結び付いている職員(11人)");
		await isFine(page);
		await house.picture("directory-tied");
	});

	promise("who is tied signs in with the directory's password, and with no other", async (house) => {
		const page = await house.visitor("shokuin", { password: "pass-shokuin" });
		await sees(page, "申請する");
		await page.goto("/password");
		await sees(page, "パソコンで変えると");
		await isFine(page);
		const other = await house.stranger();
		await other.goto("/sign-in");
		await other.getByLabel("ログイン名").fill("shokuin");
		await other.getByLabel("パスワード").fill(house.password);
		await submit(other, other.getByRole("button", { name: "サインイン" }));
		await sees(other, "サインインできません");
	});

	promise("staff are read into the import's own preview, which ends nobody", async (house) => {
		const page = await house.visitor("system");
		await page.goto("/people/import");
		await isFine(page);
		await house.picture("directory-import");
		await press(page, "ディレクトリから読み込んで確かめる");
		await sees(page, "まだ何も変わっていません", "ファイルにないものには手を付けません");
		await seesNot(page, "ファイルにない人を終了する");
		await isFine(page);
	});

	promise("a system takes its accounts from the directory in the same preview as from a file", async (house) => {
		const [{ id }] = await house.ask("SELECT id FROM shown_row WHERE title = 'グループウェア'");
		const page = await house.visitor("system");
		await page.goto(`/systems/${id}/import`);
		await press(page, "ディレクトリから読んで確かめる");
		await sees(page, "まだ何も変わっていません", /新しいアカウント\s+\d{3}件/, "この一覧にないもの");
		await isFine(page);
		await press(page, "上の内容で取り込む");
		await sees(page, "一覧を取り込みました", "新しい一覧にないもの");
		const [{ source, left }] = await house.ask(`SELECT source, (SELECT count(*) FROM access_account
			WHERE system = ${id} AND closed IS NOT NULL) AS left FROM access_list ORDER BY id DESC LIMIT 1`);
		assert.equal(source, "ldap");
		assert.equal(left, 0);
	});

	promise("untied, an account is closed until somebody gives a temporary password", async (house) => {
		const page = await house.visitor("system");
		await page.goto(`/people/${staff[1].id}/account`);
		await sees(page, "庁内のディレクトリのもの");
		await isFine(page);
		await house.picture("directory-account");
		await press(page, "結び付きを解く");
		await sees(page, "停止中", "仮パスワードを発行する");
	});

	promise("while the directory is down whoever is tied is told so, and the operator signs in", async (house) => {
		slapd.kill("SIGTERM");
		await once(slapd, "exit");
		const other = await house.stranger();
		await other.goto("/sign-in");
		await other.getByLabel("ログイン名").fill("shokuin");
		await other.getByLabel("パスワード").fill("pass-shokuin");
		await submit(other, other.getByRole("button", { name: "サインイン" }));
		await sees(other, "つながりません");
		await isFine(other);
		await house.picture("directory-down-sign-in");
		const page = await house.visitor("system");
		await page.goto("/directory");
		await sees(page, "つながっていません");
		await isFine(page);
		await house.picture("directory-down");
		await page.goto("/health");
		await sees(page, "認証サーバーにつながりませんでした");
		await house.picture("directory-down-health");
	});
});

await keepIn(House, { staff: 120, assets: 100 }, { last: () => slapd?.kill("SIGTERM") });
