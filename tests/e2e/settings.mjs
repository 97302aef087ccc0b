// Settings of systems in the browser, on a body of its own: node tests/e2e/settings.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { violations, wideParts } from "./checks.mjs";
import { House } from "./house.mjs";
import { follow, main, press, sees, seesNot, submit } from "./steps.mjs";
import { about, keepAll, promise } from "./tap.mjs";

const programs = process.argv[2] ?? "build/bin";

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

async function row(house, title) {
	const [{ id }] = await house.ask(`SELECT id FROM shown_row WHERE title = '${title}'`);
	return id;
}

about("settings of systems", () => {
	promise("who runs the systems sees which setting is weaker than the policy wants", async (house) => {
		const page = await house.as("system");
		await page.goto("/ledger");
		await follow(page, "システムとアカウント");
		await follow(page, "システムの設定");
		await sees(page, "グループウェア", "決まりより弱い設定1件");
		await isFine(page);
		await house.picture("settings");
		await follow(page, "グループウェア");
		await sees(page, "グループウェアの設定", "決まりより弱い設定が1件あります", "操作がないとき画面を閉じるまでの分数", "1以上30以下");
		const weak = main(page).locator("tr", { hasText: "決まりより弱い" });
		assert.equal(await weak.count(), 1);
		assert.match(await weak.innerText(), /60/);
		await isFine(page);
		await house.picture("setting");
		await page.setViewportSize({ width: 390, height: 844 });
		await isFine(page);
		await page.setViewportSize({ width: 1280, height: 900 });
	});

	promise("it is a finding of that system, which leads there and is not closed by hand", async (house) => {
		const [{ id }] = await house.ask("SELECT id FROM assure_finding WHERE kind = 'setting' AND state = 'open'");
		const page = await house.as("ciso");
		await page.goto(`/findings/${id}`);
		await sees(page, "設定の不足", "グループウェア", "60");
		await submit(page, main(page).locator('a[href^="/system-settings/"]').first());
		await sees(page, "グループウェアの設定");
		await page.goto("/clauses/7.2.4");
		await sees(page, "グループウェアの「操作がないとき画面を閉じるまでの分数」が「60」です");
	});

	promise("corrected in the register, the setting is as laid down", async (house) => {
		const page = await house.as("system");
		await page.goto(`/system-settings/${await row(house, "グループウェア")}`);
		await follow(page, "台帳の設定を書きかえる");
		await page.locator("#i-idle-minutes").fill("20");
		await press(page, "保存する");
		await page.goto(`/system-settings/${await row(house, "グループウェア")}`);
		await sees(page, "すべて決まりのとおりです");
		await seesNot(page, "決まりより弱い設定が");
		await page.goto("/clauses/7.2.4");
		await sees(page, "すべてが決まりどおりです(1以上30以下)");
	});

	promise("all settings go out as a table; systems of others are not read", async (house) => {
		const page = await house.as("system");
		const csv = await (await page.context().request.get("/system-settings/csv")).text();
		assert.match(csv, /システム,管理する課,設定,いまの値,決まり,状態,条項,確かめた日/);
		assert.match(csv, /グループウェア,.*操作がないとき画面を閉じるまでの分数,20,1以上30以下,決まりどおり/);
		const xlsx = await page.context().request.get("/system-settings/xlsx");
		assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
		const taxes = await row(house, "税務システム");
		assert.equal((await page.goto(`/system-settings/${taxes}`)).status(), 403);
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto(`/system-settings/${await row(house, "グループウェア")}`)).status(), 403);
	});
});

const house = new House(programs);
let failed = 1;
try {
	await house.open({ staff: 120, pack: process.env.E2E_PACK });
	failed = await keepAll(house, process.argv[3]);
} catch (error) {
	process.stdout.write(`1..1\nnot ok 1 - a demonstration body opens\n# ${String(error).replaceAll("\n", "\n# ")}\n`);
} finally {
	await house.close();
	if (failed !== 0) process.stderr.write(house.said);
}
process.exit(failed === 0 ? 0 : 1);
