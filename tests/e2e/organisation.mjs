// The organisation over time in the browser: as of a day, firms and their people. Part of run.mjs.

import assert from "node:assert/strict";

import { isFine } from "./checks.mjs";
import { fill, follow, press, sees, seesNot, wareki, where } from "./steps.mjs";
import { about, promise } from "./tap.mjs";

/** A section of no story, with its posts. */
async function section(house) {
	const [row] = await house.ask("SELECT u.id, u.name FROM people_unit u WHERE u.kind = 'section' ORDER BY u.id LIMIT 1 OFFSET 2");
	return row;
}

let firm, engagement, worker;

about("organisation", () => {
	promise("every page about people says which day it shows, and leads to another", async (house) => {
		const page = await house.as("system");
		const unit = await section(house);
		for (const one of ["/people", "/units", `/units/${unit.id}`, "/people/roles", "/people/firms", "/people/2", "/deputies"]) {
			await page.goto(one);
			await sees(page, /今日\(令和\d+年\d+月\d+日\)の状態です/);
			await follow(page, "次の4月1日");
			await sees(page, /令和\d+年4月1日の状態\(予定\)を見ています/);
			await isFine(page);
			await page.goto(`${one}?day=R7.4.1`);
			await sees(page, "令和7年4月1日の状態を見ています", "いまは変わっているかもしれません");
			await follow(page, "今日に戻す");
			assert.equal(where(page), one);
			await page.goto(`${one}?day=いつか`);
			await sees(page, "日付として読めません");
		}
	});

	promise("who stands in for whom is asked of any day", async (house) => {
		const page = await house.as("system");
		const [one] = await house.ask("SELECT since, until FROM people_deputy WHERE until >= since ORDER BY id LIMIT 1");
		const rows = async (day) => {
			await page.goto(`/deputies?day=${new Date(day * 86400000).toISOString().slice(0, 10)}`);
			return page.locator("tbody tr").count();
		};
		assert.ok(await rows(one.since) > 0);
		await sees(page, "代理中");
		assert.equal(await rows(one.since - 1), 0);
		await sees(page, "その日の職務代理はありません");
		await isFine(page);
		const last = await rows(one.until);
		assert.equal(await rows(one.until + 1), last - 1);
	});

	promise("a unit renamed from a day keeps its name until then, and the change can be taken back", async (house) => {
		const page = await house.as("system");
		const unit = await section(house);
		await page.goto(`/units/${unit.id}/edit`);
		await fill(page, "name", "未来創造課");
		await fill(page, "from", wareki(40));
		await press(page, "保存する");
		await sees(page, "未来創造課", "(予定)を見ています", "名称と位置の移り変わり", unit.name);
		await isFine(page);
		await page.goto(`/units/${unit.id}`);
		assert.equal(await page.locator("h1").innerText(), unit.name);
		await page.goto(`/units?day=${wareki(40)}`);
		await sees(page, "未来創造課");
		await page.goto(`/units?day=${wareki(39)}`);
		await seesNot(page, "未来創造課");
		await page.goto(`/units/${unit.id}`);
		await follow(page, "取り消す");
		await press(page, "取り消す");
		await page.goto(`/units?day=${wareki(40)}`);
		await seesNot(page, "未来創造課");
	});

	promise("a firm, what it is engaged for, the firm below it and its worker are entered", async (house) => {
		const page = await house.as("system");
		await page.goto("/people/firms/new");
		await fill(page, "name", "試験委託株式会社");
		await fill(page, "code", "T0001");
		await press(page, "追加する");
		firm = where(page);
		await follow(page, "委託を登録する");
		await fill(page, "work", "庁内ネットワークの保守");
		await page.locator('[name="unit"]').selectOption({ index: 3 });
		await fill(page, "basis", "試第1号契約");
		await fill(page, "agreed", wareki(1));
		await fill(page, "since", wareki(0));
		await fill(page, "until", wareki(90));
		await press(page, "登録する");
		await sees(page, "同意の前に作業を始めさせることはできません"); /* agreed to only tomorrow */
		await fill(page, "agreed", wareki(0));
		await press(page, "登録する");
		await sees(page, "庁内ネットワークの保守", "契約中", "試第1号契約");
		await follow(page, "再委託を登録する");
		await page.locator('[name="firm"]').selectOption({ label: "例示データ処理株式会社" });
		await fill(page, "work", "夜間監視");
		await fill(page, "basis", "試再委託承諾第1号");
		for (const [name, day] of [["agreed", 0], ["since", 0], ["until", 91]]) await fill(page, name, wareki(day));
		await press(page, "登録する");
		await sees(page, "元の委託の期間の中にしてください");
		await fill(page, "until", wareki(60));
		await press(page, "登録する");
		await sees(page, /→ 試験委託株式会社 → 例示データ処理株式会社/);
		await isFine(page);
	});

	promise("who has not pledged secrecy is not entered, and who has gets a post within the days agreed", async (house) => {
		const page = await house.as("system");
		await page.goto(firm);
		engagement = (await page.locator('a[href*="/workers/new"]').first().getAttribute("href")).match(/\d+/)[0];
		await follow(page, "従事者を登録する");
		await fill(page, "number", "T90001");
		await fill(page, "family", "試験");
		await fill(page, "given", "従事");
		await fill(page, "since", wareki(0));
		await fill(page, "until", wareki(90));
		await press(page, "登録する");
		await sees(page, "そのままでは進めません");
		await fill(page, "pledged", wareki(-1));
		await press(page, "登録する");
		await sees(page, "試験 従事", "T90001");
		[worker] = await house.ask("SELECT id FROM people_person WHERE number = 'T90001'");
		const unit = await section(house);
		await page.goto(`/people/${worker.id}/assign?unit=${unit.id}`);
		await page.locator('[name="post"]').last().check();
		await fill(page, "since", wareki(0));
		await press(page, "配属する");
		await sees(page, /終わりの日を令和\d+年\d+月\d+日までに/);
		await fill(page, "until", wareki(90));
		await press(page, "配属する");
		await sees(page, "委託先の従事者", "就いている", unit.name, "庁内ネットワークの保守");
		await isFine(page);
	});

	promise("a contract cut short ends what hangs on it", async (house) => {
		const page = await house.as("system");
		await page.goto(`/people/engagements/${engagement}/until`);
		await fill(page, "last", wareki(10));
		await press(page, "期間を改める");
		const ends = await house.ask("SELECT (SELECT until FROM people_person WHERE number = 'T90001') AS person, " +
			`(SELECT until FROM people_assignment WHERE person = ${worker.id}) AS post, ` +
			`(SELECT max(until) FROM people_engagement WHERE above = ${engagement}) AS below, ` +
			`(SELECT until FROM people_engagement WHERE id = ${engagement}) AS contract`);
		assert.equal(new Set(Object.values(ends[0])).size, 1, JSON.stringify(ends[0]));
	});

	promise("who acts for a vacant post is shown as acting, who is seconded as away", async (house) => {
		const page = await house.as("system");
		const unit = await section(house);
		await page.goto(`/people/5/assign?unit=${unit.id}`);
		await page.locator('[name="post"]').last().check();
		await fill(page, "main", "acting");
		await press(page, "配属する");
		await sees(page, "事務取扱");
		await page.goto(`/units/${unit.id}`);
		await sees(page, "(事務取扱)");
		const [away] = await house.ask("SELECT id FROM people_person WHERE number = '109001'");
		await page.goto(`/people/${away.id}`);
		await sees(page, "出向（他団体へ）", "後期高齢者医療広域連合");
		await follow(page, "終わりの日を決める");
		assert.match(new URL(page.url()).pathname, /^\/people\/\d+\/secondment\/\d+\/end$/);
		await sees(page, "後期高齢者医療広域連合");
		await isFine(page);
		await page.goto("/people?q=109001");
		await sees(page, "出向中", "配属なし");
	});

	promise("who may not keep the organisation sees it and changes nothing", async (house) => {
		const page = await house.as("shokuin");
		for (const one of ["/people/firms", firm]) {
			await page.goto(one);
			assert.equal(await page.locator("main form[method=post], main a.button").count(), 0);
		}
		for (const one of ["/people/firms/new", `${firm}/engage`, `/people/engagements/${engagement}/until`, "/people/2/secondment"])
			assert.equal((await page.goto(one)).status(), 403);
	});
});
