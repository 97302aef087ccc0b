// Recurring work in the browser, on a body of its own: node tests/e2e/duty.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { isFine } from "./checks.mjs";
import { House } from "./house.mjs";
import { button, follow, link, main, press, sees, seesNot, submit } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const HEAD_UNIT = `SELECT q.unit FROM people_account c JOIN shown_assignment a ON a.person = c.id
	JOIN shown_post q ON q.id = a.post WHERE c.login = 'kacho' AND a.until IS NULL`;

/** An occurrence nobody has ended yet, of the head's own section or of another. */
async function open(house, duty, which) {
	const [row] = await house.ask(`SELECT id, due FROM duty_occurrence WHERE duty = '${duty}' AND state = 'open'
		AND unit ${which === "own" ? "" : "NOT"} IN (${HEAD_UNIT}) ORDER BY due LIMIT 1`);
	return row;
}

about("recurring work", () => {
	promise("a head finds what is to be done at home, and what is missing in the record is asked for with what was typed kept", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/duties");
		await sees(page, "くり返す仕事", "あなたがすること");
		await isFine(page);
		await house.picture("duty-mine");
		const { id } = await open(house, "malware-scan", "own");
		await page.goto(`/duties/occurrences/${id}`);
		await sees(page, "端末のフルチェックの確認", "終わったので記録する", "7.3.(2)");
		await isFine(page);
		await house.picture("duty-one");
		await page.locator("#i-terminals").fill("14");
		await press(page, "済みとして記録する");
		await sees(page, "フルチェックが済んだ台数");
		assert.equal(await page.locator("#i-terminals").inputValue(), "14");
		await isFine(page);
		await page.locator("#i-scanned").fill("13");
		await page.locator("#i-rest").fill("一台は修理に出ている。");
		await page.locator("#i-on").fill("2099-01-01");
		await press(page, "済みとして記録する");
		await sees(page, "行った日がまだ来ていません");
		assert.equal(await page.locator("#i-rest").inputValue(), "一台は修理に出ている。");
		await page.locator("#i-on").fill(new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 10));
		await press(page, "済みとして記録する");
		await sees(page, "済みとして記録しました", "一台は修理に出ている。");
		await seesNot(page, "終わったので記録する");
		await isFine(page);
	});

	promise("it is handed to one of the section, who finds it and does it", async (house) => {
		const page = await house.as("kacho");
		const { id } = await open(house, "media-check", "own");
		const [{ person }] = await house.ask("SELECT id AS person FROM people_account WHERE login = 'shokuin'");
		await page.goto(`/duties/occurrences/${id}`);
		await main(page).locator("summary", { hasText: "ほかの人に頼む" }).click();
		await page.locator("#i-person").selectOption(String(person));
		await press(page, "この人に頼む");
		await sees(page, "頼みました", "さんに頼んでいます");
		const clerk = await house.as("shokuin");
		await clerk.goto("/notices");
		await sees(clerk, "を頼まれました");
		await clerk.goto("/duties");
		await main(clerk).locator(`a[href="/duties/occurrences/${id}"]`).click();
		await clerk.locator("#i-pieces").fill("6");
		await clerk.getByLabel("すべてよい").check();
		await press(clerk, "済みとして記録する");
		await sees(clerk, "済みとして記録しました", "すべてよい");
		await isFine(clerk);
	});

	promise("what is not done needs a reason, which stays to be read", async (house) => {
		const page = await house.as("kacho");
		const { id } = await open(house, "media-check", "own");
		await page.goto(`/duties/occurrences/${id}`);
		await main(page).locator("summary", { hasText: "今回はしない" }).click();
		await press(page, "しないことを記録する");
		await sees(page, "今回しないわけを入力してください");
		await page.locator("#i-reason").fill("書庫の引っ越しのため、次の回に行う。");
		await press(page, "しないことを記録する");
		await sees(page, "今回しないことを記録しました", "見送り", "書庫の引っ越しのため");
	});

	promise("another section's work is nobody's by guessing its number", async (house) => {
		const page = await house.as("kacho");
		const { id } = await open(house, "malware-scan", "other");
		assert.equal((await page.goto(`/duties/occurrences/${id}`)).status(), 403);
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto("/duties/year")).status(), 403);
	});

	promise("what happened is begun by who must act, and ends with its record", async (house) => {
		const page = await house.as(await house.holder("system-manager"));
		await page.goto("/duties");
		await main(page).locator("summary", { hasText: "新たな脅威への予防策" }).first().click();
		const box = main(page).locator("details[open] textarea");
		await box.fill("役所をかたる電話が続いている。");
		await submit(page, main(page).locator("details[open] button", { hasText: "この仕事を始める" }));
		await sees(page, "仕事を始めました", "役所をかたる電話が続いている。");
		await page.locator("#i-measure").fill("電話では口座を聞かないと全員に知らせた。");
		await page.getByLabel("はい").check();
		await press(page, "済みとして記録する");
		await sees(page, "済みとして記録しました", "電話では口座を聞かない");
	});
});

about("the year of duties", () => {
	promise("an auditor sees the year at once, opens a cell, and takes it along", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/map");
		await follow(page, /年間表/);
		await sees(page, "端末のフルチェックの確認", "ログの点検", "4月", "3月", "済み", "遅れ");
		await isFine(page);
		await house.picture("duty-year");
		await submit(page, main(page).locator("td.month a.done").first());
		await sees(page, "期限");
		await isFine(page);
		await page.goto("/duties/malware-scan");
		await sees(page, "これまでとこれから", "毎年");
		await isFine(page);
		await house.picture("duty-list");
		await submit(page, main(page).locator("tbody a").first());
		await sees(page, "端末のフルチェックの確認", "行った日");
		const csv = await (await page.context().request.get("/duties/year/csv")).text();
		assert.match(csv, /仕事,条項,担当,いつ,4月/);
		for (const path of ["/duties/year/xlsx", "/duties/malware-scan/xlsx"])
			assert.equal((await (await page.context().request.get(path)).body()).subarray(0, 2).toString(), "PK");
		assert.match(await (await page.context().request.get("/duties/malware-scan/csv")).text(), /期限,ところ/);
		assert.equal(await button(page, "済みとして記録する").count(), 0);
	});

	promise("one section's year, and a clause that leads to its records", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/duties/year");
		const [{ unit }] = await house.ask(HEAD_UNIT);
		await page.locator('select[name="unit"]').selectOption(String(unit));
		await press(page, "見る");
		await sees(page, "市民課");
		await isFine(page);
		await page.goto("/clauses/7.3.2.d");
		await submit(page, main(page).locator('a[href="/duties/malware-scan"]').first());
		await sees(page, "端末のフルチェックの確認");
		assert.equal(await link(page, "Excel").count(), 1);
	});
});

await keepIn(House, { staff: 120, pack: process.env.E2E_PACK });
