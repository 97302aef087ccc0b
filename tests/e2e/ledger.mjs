// The ledger: tolerant search, registering, two at once, import, saving as files.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { about, promise } from "./tap.mjs";
import { run } from "./house.mjs";
import { fill, follow, link, press, sees, seesNot } from "./steps.mjs";
import { violations } from "./checks.mjs";

async function found(page, typed) {
	await page.goto(`/ledger/asset?${new URLSearchParams({ q: typed })}`);
	return (await page.locator("table.ledger tbody tr").allInnerTexts()).sort();
}

about("ledger", () => {
	promise("search does not mind width, kana or spaces", async (house) => {
		const page = await house.as("kansa");
		const wanted = await found(page, "バックアップ");
		assert.ok(wanted.length > 0);
		for (const typed of ["ﾊﾞｯｸｱｯﾌﾟ", "ばっくあっぷ", "バック アップ", "バックアップ　", " バックアップ"])
			assert.deepEqual(await found(page, typed), wanted, `"${typed}" finds something else`);
		const discs = await found(page, "DVD-0");
		assert.ok(discs.length > 0);
		for (const typed of ["ＤＶＤ－０", "dvd-0", "ｄｖｄ-0"])
			assert.deepEqual(await found(page, typed), discs, `"${typed}" finds something else`);
	});

	promise("a search without a result says what to do", async (house) => {
		const page = await house.as("kansa");
		assert.deepEqual(await found(page, "こんな資産はない"), []);
		await sees(page, "当てはまる記録はありません", "条件を外す");
	});

	promise("paging shows every row once", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/ledger/asset");
		const seen = [];
		for (let at = 0; at < 30; at++) {
			seen.push(...await page.locator("table.ledger tbody td.number").allInnerTexts());
			if (await link(page, "次へ").count() === 0) break;
			await follow(page, "次へ");
		}
		const [{ n }] = await house.ask("SELECT count(*) AS n FROM ledger_row WHERE ledger = 'asset' AND is_retired = 0");
		assert.equal(new Set(seen).size, seen.length, "a row is shown twice");
		assert.equal(seen.length, n);
	});

	promise("a row is registered; what was typed survives a fault; its history begins", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/ledger/asset/new");
		await fill(page, "name", "髙橋﨑辻󠄀の戸籍写し");
		await fill(page, "contents", "<b>戸籍</b> & \"写し\"");
		await fill(page, "shape", "usb");
		await fill(page, "made-on", "R8.13.40");
		await fill(page, "class", "I");
		await press(page, "台帳に登録する");
		await sees(page, "そのままでは進めません", "保管場所");
		assert.equal(await page.locator('[name="name"]').inputValue(), "髙橋﨑辻󠄀の戸籍写し");
		assert.equal(await page.locator('[name="contents"]').inputValue(), "<b>戸籍</b> & \"写し\"");
		assert.equal(await page.locator('[name="made-on"]').inputValue(), "R8.13.40");
		await fill(page, "made-on", "R8.4.1");
		await fill(page, "serial", "USB-E2E-1");
		await fill(page, "place", "執務室 金庫");
		await press(page, "台帳に登録する");
		await sees(page, "台帳に登録しました", "髙橋﨑辻󠄀の戸籍写し", "<b>戸籍</b> & \"写し\"", "重要性分類Ⅰの取扱いの決まり", "これまでの変更");
	});

	promise("of two who change a row at once the second is told, and keeps what was typed", async (house) => {
		const one = await house.as("kacho");
		const [{ id }] = await house.ask("SELECT id FROM ledger_row ORDER BY id DESC LIMIT 1");
		const other = await house.visitor("kacho");
		for (const page of [one, other]) await page.goto(`/ledger/asset/${id}/edit`);
		await fill(one, "place", "地下書庫");
		await fill(other, "place", "屋上倉庫");
		await press(one, "変更を保存する");
		await sees(one, "台帳を変更しました", "地下書庫");
		await press(other, "変更を保存する");
		await sees(other, "そのままでは進めません");
		assert.equal(await other.locator('[name="place"]').inputValue(), "屋上倉庫");
		await one.goto(`/ledger/asset/${id}`);
		await sees(one, "地下書庫");
		await other.context().close();
	});

	promise("a CP932 list from a spreadsheet is detected, previewed with its faults by line, and imported", async (house) => {
		const page = await house.as("kacho");
		house.last = page;
		const lines = ["情報資産名,形態,管理番号,分類,保管場所",
			"住民票請求書①,簿冊,BK-900,Ⅰ,書庫髙", "ﾃｽﾄ用USB,USBメモリ,US-901,Ⅲ,金庫",
			"分類の誤り,USBメモリ,US-902,Ⅸ,金庫", ",USBメモリ,US-903,Ⅲ,金庫"];
		const plain = join(house.folder, "list.txt"), file = join(house.folder, "list.csv");
		await writeFile(plain, `${lines.join("\r\n")}\r\n`);
		await writeFile(file, (await run("iconv", ["-f", "UTF-8", "-t", "CP932", plain])).out);
		const count = async () => (await house.ask("SELECT count(*) AS n FROM ledger_row"))[0].n;
		const before = await count();
		await page.goto("/ledger/asset");
		await follow(page, "一覧表から取り込む");
		await press(page, "読み込んで確かめる");
		await sees(page, /ファイル/);
		await page.locator("#i-file").setInputFiles(file);
		await press(page, "読み込んで確かめる");
		await sees(page, "まだ何も変わっていません", /Shift_JIS|CP932|シフト/, "データ4行", /新しく登録\s*2件/, /直す必要がある\s*2行/, "住民票請求書①");
		const wrongs = await page.locator("table").filter({ hasText: "内容" }).allInnerTexts();
		assert.match(wrongs.join("\n"), /4[\s\S]*Ⅸ/);
		assert.equal(await count(), before, "the preview changed something");
		assert.deepEqual(await violations(page), []);
		await page.getByLabel("直す必要がある行を除いて取り込む").check();
		await press(page, "この対応で確かめ直す");
		await press(page, "上の内容で取り込む");
		await sees(page, "取り込みました");
		assert.equal(await count(), before + 2);
		assert.equal((await found(page, "書庫髙")).length, 1);
	});

	promise("the list is saved as XLSX, CSV and form 1", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/ledger/asset");
		for (const [name, magic] of [["Excel", "PK"], ["CSV", "\ufeff"], ["様式第1号(PDF)", "%PDF"]]) {
			const answer = await page.context().request.get(await link(page, name).getAttribute("href"));
			assert.equal(answer.status(), 200, name);
			assert.ok((await answer.body()).toString("utf8").startsWith(magic), name);
			assert.match(answer.headers()["content-disposition"] ?? "", name.includes("PDF") ? /./ : /attachment/, name);
		}
	});

	promise("a list of staff in CP932 is previewed, and nobody missing from it is ended", async (house) => {
		const page = await house.as("system");
		house.last = page;
		const plain = join(house.folder, "staff.txt"), file = join(house.folder, "staff.csv");
		await writeFile(plain, "職員番号,氏名,フリガナ,所属名,役職\r\n990001,髙橋　﨑子,タカハシ　サキコ,市民課,主事\r\n");
		await writeFile(file, (await run("iconv", ["-f", "UTF-8", "-t", "CP932", plain])).out);
		await page.goto("/people/import");
		await page.getByRole("radio", { name: /職員/ }).check();
		await page.locator("#i-file").setInputFiles(file);
		await press(page, "読み込んで確かめる");
		await sees(page, "まだ何も変わっていません", /追加\s*1件/, "髙橋", "ファイルにないものには手を付けません");
		assert.deepEqual(await violations(page), []);
		await press(page, "上の内容で取り込む");
		await sees(page, "取り込みました", /追加 1件/, /終了 0件/);
		await page.goto("/people?q=タカハシサキコ");
		await sees(page, "髙橋");
		await seesNot(page, "当てはまる職員はいません");
	});
});

