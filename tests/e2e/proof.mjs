// The proof: journal, verification in the page, the bundle and a store that somebody touched.

import assert from "node:assert/strict";
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

import { about, promise } from "./tap.mjs";
import { run, mustRun } from "./house.mjs";
import { follow, link, sees } from "./steps.mjs";

async function verify(house, ...words) {
	return run(house.bansho, ["verify", ...words, "--lang", "ja"]);
}

async function vkey(house) {
	return (await readFile(join(house.data, "seal", "takamatsu-demo", "vkey"), "utf8")).trim();
}

/** The store as an administrator would copy it. */
async function copied(house, name) {
	const folder = join(house.folder, name);
	await mkdir(folder, { recursive: true });
	const store = join(folder, "store.sqlite");
	await mustRun("sqlite3", [house.store, `.backup '${store}'`]);
	return store;
}

about("proof", () => {
	promise("the journal shows what was done, by whom, and leads to it", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/journal");
		await sees(page, "記録の数", "最新の検証点", "公開鍵");
		const entries = page.locator("table").last().locator("tbody tr");
		assert.ok(await entries.count() > 10);
		await Promise.all([page.waitForNavigation(), entries.first().getByRole("link").first().click()]);
		await sees(page, "葉のハッシュ", "記録そのもの", "個人の情報は入っていません");
	});

	promise("the journal of one dossier holds its whole way", async (house) => {
		const page = await house.as("kansa");
		const [{ id }] = await house.ask("SELECT id FROM flow_dossier WHERE state = 'complete' ORDER BY id DESC LIMIT 1");
		await page.goto(`/journal?about=dossier:${id}`);
		const acts = (await page.locator("tbody tr td:nth-child(3)").allInnerTexts()).join(" ");
		for (const wanted of [/申請/, /決裁/, /結果/]) assert.match(acts, wanted);
	});

	promise("the verify page finds no problem", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/journal");
		await follow(page, "ここで検証する");
		await sees(page, "問題は見つかりませんでした", "確かめた記録");
	});

	promise("the bundle verifies elsewhere, without store and server", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/journal");
		const answer = await page.context().request.get(await link(page, "検証用の束をダウンロード").getAttribute("href"));
		assert.equal(answer.status(), 200);
		const bundle = join(house.folder, "bundle.zip");
		await writeFile(bundle, await answer.body());
		const done = await verify(house, bundle, "--key", await vkey(house));
		assert.equal(done.code, 0, done.text + done.error);
		const json = await run(house.bansho, ["verify", bundle, "--json"]);
		assert.equal(json.code, 0);
		JSON.parse(json.text);
	});

	promise("a copy of the store verifies", async (house) => {
		const done = await verify(house, await copied(house, "good"), "--key", await vkey(house));
		assert.equal(done.code, 0, done.text + done.error);
	});

	const TAMPERINGS = [
		["a decision turned round", "UPDATE flow_decision SET verdict = 'refuse' WHERE id = (SELECT max(id) FROM flow_decision)"],
		["a name in the staff list changed", "UPDATE people_person SET family = '偽名' WHERE id = 5"],
		["an asset's class lowered", "UPDATE ledger_row SET class = 'III' WHERE id = (SELECT min(id) FROM ledger_row WHERE class = 'I')"],
		["an outing removed", "DELETE FROM flow_outing WHERE id = (SELECT max(id) FROM flow_outing)"],
		["an entry edited", "UPDATE journal_entry SET entry = replace(entry, 'act', 'acT') WHERE id = 200"],
		["an entry removed", "DELETE FROM journal_entry WHERE id = 300"],
		["the last entries cut off", "DELETE FROM journal_entry WHERE id > (SELECT max(id) - 5 FROM journal_entry)"],
	];
	for (const [name, sql] of TAMPERINGS)
		promise(`${name}: verify finds it and exits 1`, async (house) => {
			const store = await copied(house, `bad-${TAMPERINGS.findIndex((one) => one[0] === name)}`);
			const done = await run("sqlite3", [store, `${sql}; SELECT changes();`]);
			assert.equal(done.code, 0, done.error);
			assert.notEqual(done.text.trim(), "0", "the tampering changed nothing");
			const found = await verify(house, store, "--key", await vkey(house));
			assert.equal(found.code, 1, `${found.code} ${found.text}${found.error}`);
			assert.match(found.text + found.error, /\S/);
		});

	promise("a bundle of which a byte was changed is refused", async (house) => {
		const bytes = await readFile(join(house.folder, "bundle.zip"));
		bytes[Math.floor(bytes.length / 2)] ^= 1;
		const bundle = join(house.folder, "bundle-bad.zip");
		await writeFile(bundle, bytes);
		const done = await verify(house, bundle, "--key", await vkey(house));
		assert.notEqual(done.code, 0);
	});

	promise("what was done is still there after the programs were stopped and started", async (house) => {
		const [{ id }] = await house.ask("SELECT id FROM flow_dossier ORDER BY id DESC LIMIT 1");
		await house.stop();
		const done = await run(house.bansho, ["verify", "--data", house.data]);
		assert.equal(done.code, 0, done.text + done.error);
		await house.start();
		const page = await house.visitor("kansa");
		assert.deepEqual(await house.ask(`SELECT count(*) AS n FROM flow_dossier WHERE id = ${id}`), [{ n: 1 }]);
		await page.goto("/journal/verify");
		await sees(page, "問題は見つかりませんでした");
		await page.context().close();
	});
});

