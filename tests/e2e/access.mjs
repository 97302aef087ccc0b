// Accounts of other systems in the browser, on a body of its own: node tests/e2e/access.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isFine } from "./checks.mjs";
import { House } from "./house.mjs";
import { button, follow, link, main, press, sees, seesNot, submit, wareki } from "./steps.mjs";
import { keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const work = await workFolder("access");

/** The head of the section that runs the groupware, who answers for its accounts. */
async function manager(house) {
	const [{ login }] = await house.ask(`SELECT c.login FROM shown_row r JOIN shown_post q ON q.unit = r.owner
		JOIN shown_assignment a ON a.post = q.id JOIN people_account c ON c.id = a.person
		WHERE r.title = 'グループウェア' AND q.name = '課長' AND a.until IS NULL`);
	return login;
}

async function system(house) {
	const [{ id }] = await house.ask("SELECT id FROM shown_row WHERE title = 'グループウェア'");
	return id;
}

async function upload(page, name, text) {
	const file = join(work, name);
	await writeFile(file, text);
	await page.locator("#i-file").setInputFiles(file);
	await press(page, "読み込んで確かめる");
}

let list; // as the system would export it today

about("accounts of other systems", () => {
	promise("who runs the systems sees what is wrong with their accounts, others do not see the systems", async (house) => {
		const page = await house.as("system");
		await page.goto("/ledger");
		await follow(page, "システムとアカウント");
		await sees(page, "グループウェア", "許可のない特権", "だれのものか分からないもの");
		await isFine(page);
		await submit(page, page.getByRole("link", { name: /だれのものか分からないもの/ }).first());
		await sees(page, "test02", "動作確認用");
		await isFine(page);
		await house.picture("system");
		const clerk = await house.as("shokuin");
		const answer = await clerk.goto(`/systems/${await system(house)}`);
		assert.equal(answer.status(), 403);
	});

	promise("a list is shown as what it would do, removes nobody, and is applied once", async (house) => {
		const id = await system(house);
		const page = await house.as("system");
		const rows = await house.ask(`SELECT a.name, p.number FROM access_account a LEFT JOIN shown_person p ON p.id = a.person
			WHERE a.system = ${id} AND a.closed IS NULL AND a.name <> 'test02' ORDER BY a.id`);
		list = ["ユーザーID,職員番号,状態,最終ログイン",
			...rows.map((row) => `${row.name},${row.number ?? ""},有効,2026-11-20`), "shinki,,有効,2026-11-20"];
		await page.goto(`/systems/${id}`);
		await follow(page, "アカウントの一覧を取り込む");
		await isFine(page);
		await upload(page, "list.csv", `${list.join("\r\n")}\r\n`);
		await sees(page, "まだ何も変わっていません", "shinki", "職員の登録にいません", "この一覧にないもの", "test02");
		await isFine(page);
		await house.picture("accounts-preview");
		const preview = page.url();
		const other = await page.context().newPage(); // the same preview a second time
		await other.goto(preview);
		await press(page, "上の内容で取り込む");
		await sees(page, "一覧を取り込みました", "新しい一覧にないもの 1件");
		await press(other, "上の内容で取り込む");
		await sees(other, "もう一度確かめてください");
		await other.close();
		const [{ closed }] = await house.ask(`SELECT closed FROM access_account WHERE system = ${id} AND name = 'test02'`);
		assert.equal(closed, null);
	});

	promise("lines that cannot be read are said by line and column", async (house) => {
		const page = await house.as("system");
		await page.goto(`/systems/${await system(house)}/import`);
		await upload(page, "bad.csv", "ユーザーID,職員番号,状態,最終ログイン\r\nabc,,なぞ,きのう\r\n,,有効,\r\n");
		await sees(page, "直す必要がある", "なぞ", "きのう", "アカウントの欄が空です");
		assert.equal(await button(page, "上の内容で取り込む").count(), 0);
		await isFine(page);
	});

	promise("an account that is gone is closed with words, one that stays gets a reason and a day", async (house) => {
		const id = await system(house);
		const page = await house.as("system");
		await page.goto(`/systems/${id}?trouble=absent`);
		await page.getByLabel("test02を選ぶ").check();
		await press(page, "選んだものは、システムで消した(抹消を記録)");
		await sees(page, "どのように確かめたか、消したかを書いてください");
		assert.ok(await page.getByLabel("test02を選ぶ").isChecked());
		await isFine(page);
		await page.locator('[name="words"]').fill("管理画面で消えたことを確かめた");
		await press(page, "選んだものは、システムで消した(抹消を記録)");
		await sees(page, "抹消を記録しました");
		const head = await house.as(await manager(house));
		await head.goto(`/systems/${id}?trouble=unknown`);
		await head.getByLabel("shinkiを選ぶ").check();
		await head.locator('[name="words"]').fill("契約の更新まで委託先が使う");
		await head.locator('[name="until"]').fill(wareki(60));
		await press(head, "選んだものは、理由を付けて残す");
		await sees(head, "残す理由と期限を記録しました");
		await seesNot(head, "だれのものか分からないもの 1件");
	});

	promise("an account says whose it is, and a shared one names its users", async (house) => {
		const page = await house.as("system");
		await page.goto(`/systems/${await system(house)}?trouble=shared`);
		await follow(page, "madoguchi");
		const [{ number }] = await house.ask("SELECT number FROM shown_person WHERE until IS NULL ORDER BY id LIMIT 1");
		await page.locator('[name="users"]').fill(`${number}\nだれもいない人`);
		await press(page, "保存する");
		await sees(page, "「だれもいない人」という職員番号か氏名の人はいません");
		await page.locator('[name="users"]').fill(number);
		await press(page, "保存する");
		await sees(page, "保存しました", number);
		await isFine(page);
		await house.picture("account");
	});

	promise("another system's account, a head's page of another unit, are nobody's by guessing numbers", async (house) => {
		const id = await system(house);
		const [{ account }] = await house.ask(`SELECT id AS account FROM access_account WHERE system <> ${id} LIMIT 1`);
		const page = await house.as("system");
		assert.equal((await page.goto(`/systems/${id}/accounts/${account}`)).status(), 404);
		const head = await house.as("kacho");
		const [{ other }] = await house.ask(`SELECT v.unit AS other FROM access_review v WHERE v.unit NOT IN
			(SELECT q.unit FROM people_account c JOIN shown_assignment a ON a.person = c.id JOIN shown_post q ON q.id = a.post
			WHERE c.login = 'kacho') LIMIT 1`);
		assert.equal((await head.goto(`/access-review/${other}`)).status(), 403);
	});
});

about("the yearly review of accounts", () => {
	promise("a head finds it at home and is done in one page", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/");
		await sees(page, "点検・研修", "アカウントの点検:");
		await submit(page, main(page).locator('a[href^="/access-review/"]').first());
		await sees(page, "グループウェア");
		await isFine(page);
		await house.picture("review");
		// What is privileged or in doubt is asked for; the rest is filled in.
		const open = page.locator('select:has(option[value=""]:checked)');
		const asked = await open.count();
		if (asked > 0) {
			await press(page, /この内容で点検を済ませる/);
			await sees(page, "どうするか選んでください");
			await isFine(page);
		}
		while (await open.count() > 0) await open.first().selectOption("same");
		const first = page.locator("table.review select").first();
		await first.selectOption("change");
		await press(page, /この内容で点検を済ませる/);
		await sees(page, "どう変えるか書いてください");
		await page.locator("table.review input").first().fill("参照だけにする");
		await press(page, /この内容で点検を済ませる/);
		await sees(page, "点検を記録しました", "済み");
		await page.goto("/");
		await seesNot(page, "所属の人が使っているシステムのアカウントを見てください");
	});

	promise("progress is everybody's who answers for the whole, and can be taken away", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/access-review");
		await sees(page, "進み具合", "すべての所属", "済み", "まだ");
		await isFine(page);
		const csv = await (await page.context().request.get("/access-review/csv")).text();
		assert.match(csv, /所属,状態,期限/);
		const xlsx = await page.context().request.get("/systems/xlsx");
		assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
		assert.equal(await link(page, "Excel").count(), 1);
	});
});

await keepIn(House, { staff: 120, pack: process.env.E2E_PACK });
