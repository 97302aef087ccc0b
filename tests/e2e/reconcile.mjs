// Reconciliations in the browser, on a body of its own: node tests/e2e/reconcile.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { violations, wideParts } from "./checks.mjs";
import { House, run } from "./house.mjs";
import { button, follow, link, main, press, sees, seesNot, submit } from "./steps.mjs";
import { keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const work = await workFolder("reconcile");
const FOUND = "/reconciliations/software-found";

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

/** Who answers for the reconciliations: the head of the section for information policy. */
const owner = (house) => house.holder("policy-manager");

async function handIn(page, bytes) {
	const file = join(work, "list.csv");
	await writeFile(file, bytes);
	await page.locator("#i-file").setInputFiles(file);
	await press(page, "読み込んで確かめる");
}

const body = async (house) => (await readdir(`${house.data}/bodies`))[0];
const lists = async (house) => (await house.ask("SELECT count(*) AS count FROM reconcile_list"))[0].count;

/** As Windows tools write a "CSV": UTF-16 with tabs, a title above. */
function wide(lines) {
	return Buffer.from(`\ufeff${lines.map((line) => line.join("\t")).join("\r\n")}\r\n`, "utf16le");
}

let software; // titles of the register

about("reconciliations", () => {
	promise("who answers for them finds them under what goes outside, with how each stands", async (house) => {
		const page = await house.as(await owner(house));
		await page.goto("/outside");
		await follow(page, "突き合わせと違い");
		await sees(page, "廃棄したものと消去・破壊の証明書", "パソコンで見つかったソフトと台帳・ライセンス", "違い1件", "合っている");
		await isFine(page);
		await house.picture("reconciliations");
		await follow(page, "廃棄したものと消去・破壊の証明書");
		// Nothing that was permitted differs: that side has no column.
		assert.deepEqual(await page.locator("h2:text-is('違い') ~ .wide").first().locator("th[scope=col]").allInnerTexts(),
			["何が", "違い", "消去・破壊の証明書の一覧", "状態"]);
		await isFine(page);
		await page.goBack();
		await follow(page, "パソコンで見つかったソフトと台帳・ライセンス");
		await sees(page, "くらべる一覧", "資産管理ツールで見つかったソフト", "フリー圧縮ツール", "これまでの突き合わせ", "7.1.(15)");
		await isFine(page);
		await house.picture("reconciliation");
	});

	promise("one cell that cannot be read keeps the whole list out, and says which", async (house) => {
		const page = await house.as(await owner(house));
		const before = await lists(house);
		software = (await house.ask("SELECT title FROM shown_row WHERE ledger = 'software' AND is_retired = 0 ORDER BY id"))
			.map((row) => row.title);
		assert.ok(software.length > 2);
		await page.goto(FOUND);
		await follow(page, "新しい一覧を取り込む");
		await isFine(page);
		await handIn(page, `ソフト名,端末名,検出日\r\n${software[0]},PC-1,きのう\r\n${software[1]},PC-2,2026-11-01\r\n`);
		await sees(page, "まだ何も変わっていません", "読み取れない行", "見つかった日");
		await isFine(page);
		await house.picture("reconcile-faults");
		assert.equal(await button(page, "この一覧を取り込む").count(), 0);
		assert.equal(await lists(house), before);
	});

	promise("a list as a tool writes it is taken in once it was looked at, and reconciled", async (house) => {
		const page = await house.as(await owner(house));
		await page.goto(FOUND);
		await follow(page, "新しい一覧を取り込む");
		await handIn(page, wide([["ソフト一覧"], ["製品名", "ホスト名", "検出日"],
			["見知らぬゲーム", "PC-3", "2026/11/03"], [software[0].normalize("NFKC").toUpperCase(), "PC-1", "2026/11/01"],
			...software.slice(1).map((title) => [` ${title} `, "PC-2", "2026/11/02"]),
			["?体字エディタ", "PC-3", ""], ["", "PC-4", ""]]));
		await sees(page, "UTF-16LE", "番号のない行", "「?」や「〓」のある行", "見知らぬゲーム");
		await isFine(page);
		await house.picture("reconcile-preview");
		await press(page, "この一覧を取り込む");
		await sees(page, "一覧を取り込みました", "新しい一覧が取り込まれています");
		await isFine(page);
		await press(page, "突き合わせる");
		await sees(page, "下の違いを", "見知らぬゲーム", "?体字エディタ", "番号のない行がある");
		await seesNot(page, "フリー圧縮ツール"); // no longer found: gone by itself
		await isFine(page);
		const [run] = await house.ask("SELECT * FROM reconcile_run WHERE code = 'software-found' ORDER BY id DESC LIMIT 1");
		assert.equal(run.matched, software.length);
		assert.equal(run.differences, 3);
		assert.equal(run.gone, 1);
	});

	promise("a difference may stay with a reason until a day, and what was typed is kept when one is missing", async (house) => {
		const page = await house.as(await owner(house));
		await page.goto(FOUND);
		await follow(page, "見知らぬゲーム");
		await sees(page, "ここにはありません", "PC-3", "違っていてよいとき");
		await isFine(page);
		await page.locator("#i-words").fill("研修で一日だけ使う。");
		await press(page, "わけと期限を残す");
		await sees(page, "いつまでよいかを入力してください");
		assert.equal(await page.locator("#i-words").inputValue(), "研修で一日だけ使う。");
		await isFine(page);
		await house.picture("difference");
		await page.locator("#i-until").fill(new Date(Date.now() + 20 * 86400000).toISOString().slice(0, 10));
		await press(page, "わけと期限を残す");
		await sees(page, "わけと期限を残しました", "説明あり");
		await isFine(page);
	});

	promise("the lists of a run, saved, give the same result without our server, and a changed list does not", async (house) => {
		const page = await house.as(await owner(house));
		await page.goto(FOUND);
		await submit(page, main(page).getByRole("table").last().getByRole("link").first());
		await sees(page, "ほかの人が確かめるには", "SHA-256");
		await isFine(page);
		await house.picture("reconcile-run");
		const here = new URL(page.url()).pathname;
		const saved = {};
		for (const what of ["left", "right", "result"]) {
			saved[what] = await (await page.context().request.get(`${here}/${what}`)).body();
			await writeFile(join(work, `${what}.csv`), saved[what]);
		}
		const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
		const day = (await page.locator("pre").innerText()).match(/--day (\S+)/)[1];
		const words = ["reconcile", "--pack", `${house.data}/bodies/${await body(house)}/pack`, "--code", "software-found",
			"--left", join(work, "left.csv"), "--right", join(work, "right.csv"), "--day", day, "--json"];
		const again = await run(house.bansho, words);
		assert.equal(again.code, 1, again.error); // there are differences
		const said = JSON.parse(again.text);
		for (const what of ["left", "right", "result"]) {
			assert.equal(said[what], digest(saved[what]), what);
			await sees(page, said[what]);
		}
		await page.goto("/journal?about=reconciliation:software-found");
		await sees(page, "突き合わせ");
		// Somebody takes the stranger out of the list afterwards: its digest is not the journal's.
		const forged = (await readFile(join(work, "left.csv"), "utf8")).split("\r\n").filter((line) => !line.includes("見知らぬゲーム"));
		await writeFile(join(work, "left.csv"), forged.join("\r\n"));
		const other = JSON.parse((await run(house.bansho, words)).text);
		assert.notEqual(other.left, said.left);
		assert.notEqual(other.result, said.result);
	});

	promise("auditors read all of it and run nothing; who does not see the whole body sees none of it", async (house) => {
		const auditor = await house.as("kansa");
		await auditor.goto(FOUND);
		await sees(auditor, "見知らぬゲーム");
		assert.equal(await button(auditor, "突き合わせる").count(), 0);
		assert.equal(await link(auditor, "新しい一覧を取り込む").count(), 0);
		for (const login of ["shokuin", "kacho"]) {
			const page = await house.as(login);
			for (const path of ["/reconciliations", FOUND, `${FOUND}/csv`, "/reconciliations/differences/1", `${FOUND}/lists/left`])
				assert.equal((await page.goto(path)).status(), 403, `${login} ${path}`);
		}
	});

	promise("results are taken away as CSV, Excel and PDF, and fit a narrow screen", async (house) => {
		const page = await house.visitor(await owner(house), { viewport: { width: 390, height: 800 } });
		for (const path of ["/reconciliations", FOUND, "/reconciliations/disposals", `${FOUND}/lists/left`]) {
			await page.goto(path);
			await isFine(page);
		}
		await page.goto(FOUND);
		await house.picture("reconciliation-narrow");
		const get = async (path) => (await page.context().request.get(path)).body();
		assert.match((await get(`${FOUND}/csv`)).toString(), /見知らぬゲーム/);
		assert.equal((await get(`${FOUND}/xlsx`)).subarray(0, 2).toString(), "PK");
		assert.equal((await get(`${FOUND}/pdf`)).subarray(0, 5).toString(), "%PDF-");
		assert.match((await get("/reconciliations.csv")).toString(), /廃棄したもの/);
		await page.close();
	});
});

await keepIn(House, { staff: 60, assets: 200, seed: 7 });
