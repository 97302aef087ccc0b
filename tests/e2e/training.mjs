// Training in the browser, on a body of its own: node tests/e2e/training.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { isFine } from "./checks.mjs";
import { LaterHouse } from "./later.mjs";
import { follow, link, moment, press, sees, seesNot, submit, wareki } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const PHONE = { viewport: { width: 390, height: 800 } };

/** Somebody with an account who still has to take the course, and is nobody's head. */
async function waiting(house, course) {
	const [{ login }] = await house.ask(`SELECT c.login FROM training_enrolment e JOIN shown_person p ON p.id = e.person
		JOIN people_account c ON c.id = p.id JOIN shown_assignment a ON a.person = p.id AND a.is_main = 1 AND a.until IS NULL
		WHERE e.state = 'open' AND e.course = '${course}' AND p.until IS NULL
		ORDER BY e.id LIMIT 1`);
	return login;
}

about("one's own courses", () => {
	promise("a course is read and its test repeated until passed, on a phone", async (house) => {
		const who = await waiting(house, "basics");
		const page = await house.visitor(who, PHONE);
		house.last = page;
		await page.goto("/");
		await sees(page, "点検・研修", "研修: ");
		await follow(page, /^研修: /);
		await sees(page, "受ける研修が", "情報を守る基本", "期限");
		await isFine(page);
		await submit(page, page.locator('.card a[href="/training/courses/basics"]'));
		await sees(page, "机の上と画面", "画面をロックします");
		await isFine(page);
		await house.picture("course");
		await follow(page, /確認テストへ進む/);
		await press(page, "答え合わせをする");
		await sees(page, "問1の答えを選んでください", "問5の答えを選んでください");
		await isFine(page);
		for (const no of [1, 2, 3, 4, 5]) await page.locator(`input[name="q${no}"]`).first().check();
		await press(page, "答え合わせをする");
		await sees(page, "もう一度受けてください", "不正解");
		await seesNot(page, "正しい答え");
		await isFine(page);
		await follow(page, "もう一度受ける");
		for (const [no, at] of [[1, 1], [2, 2], [3, 1], [4, 0], [5, 1]]) await page.locator(`input[name="q${no}"]`).nth(at).check();
		await press(page, "答え合わせをする");
		await sees(page, "合格です", "5問のうち5問");
		await isFine(page);
		await house.picture("passed");
		await follow(page, "研修の一覧に戻る");
		await sees(page, "テストに合格(100%)");
		const other = await house.as("shokuin");
		const [{ id }] = await house.ask("SELECT max(id) AS id FROM training_try");
		assert.equal((await other.goto(`/training/tries/${id}`)).status(), 404);
	});
});

about("who is missing", () => {
	promise("a head sees their own people alone, and excuses one with a reason", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/training/section");
		await sees(page, "所属の受講状況", "免除");
		await isFine(page);
		await house.picture("section");
		const shown = await page.locator("tbody th small").allInnerTexts();
		const name = shown[0].split(" ")[0];
		const [{ unit }] = await house.ask(`SELECT a.unit FROM people_account c JOIN shown_assignment a ON a.person = c.id AND a.is_main = 1
			WHERE c.login = 'kacho'`);
		const others = await house.ask(`SELECT p.number FROM training_enrolment e JOIN shown_person p ON p.id = e.person
			JOIN shown_assignment a ON a.person = p.id AND a.is_main = 1 AND a.until IS NULL
			WHERE e.state = 'open' AND a.unit <> ${unit}`);
		for (const one of others) assert.ok(!shown.join(" ").includes(one.number), one.number);
		await press(page, "選んだ人を免除する");
		await sees(page, "免除する人を、表の左で選んでください");
		await page.locator('tr', { hasText: name }).locator("input[type=radio]").first().check();
		await press(page, "選んだ人を免除する");
		await sees(page, "免除する理由を書いてください");
		assert.equal(await page.locator("input[type=radio]:checked").count(), 1);
		await page.locator('[name="words"]').fill("休職中(3月まで)");
		await press(page, "選んだ人を免除する");
		await sees(page, "免除を記録しました");
		const csv = await (await page.context().request.get("/training/section.csv")).text();
		assert.match(csv, /職員番号,氏名,所属,研修/);
	});

	promise("clerks have no page of others", async (house) => {
		const page = await house.visitor(await waiting(house, "basics"));
		const answer = await page.goto("/training/drills");
		if (answer.status() === 200) assert.equal(await page.getByText("開いた人・報告した人").count(), 0);
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto("/training/section")).status(), 403);
		assert.equal((await clerk.goto("/training/classes")).status(), 403);
		await clerk.goto("/training");
		await seesNot(clerk, "所属の受講状況");
	});
});

about("plans and classes", () => {
	promise("next year's plan is made, set, and decided by another role", async (house) => {
		const page = await house.visitor(await house.holder("policy-manager"));
		house.last = page;
		await page.goto("/training/plan");
		await sees(page, "の研修計画", "情報を守る基本", "場所など");
		await isFine(page);
		await submit(page, page.locator("p.quiet a").first());
		await sees(page, "この年度の計画は、まだありません");
		await press(page, "方針の決まりから計画を作る");
		await sees(page, "まだ決まっていません", "その都度の研修");
		await isFine(page);
		const box = page.locator('input[name^="d-"]').first();
		await box.fill("きのう");
		await press(page, "日と場所を保存する");
		await sees(page, "日付が読めません");
		assert.equal(await page.locator('input[name^="d-"]').first().inputValue(), "きのう");
		await page.locator('input[name^="d-"]').first().fill("R2.1.1");
		await press(page, "日と場所を保存する");
		await sees(page, "期限は、始める日から年度の終わりまで");
		await house.picture("plan");
		const chief = await house.visitor(await house.holder("chief"));
		const years = await house.ask("SELECT max(year) AS year FROM training_plan");
		await chief.goto(`/training/plan?year=${years[0].year}`);
		await press(chief, "この計画を決める");
		await sees(chief, "研修計画を決めました", "さんが決めました");
	});

	promise("an attendance list is kept as typed while a line cannot be read", async (house) => {
		const page = await house.visitor(await house.holder("policy-manager"));
		house.last = page;
		await page.goto("/training/classes");
		await isFine(page);
		const people = await house.ask("SELECT number FROM shown_person WHERE until IS NULL ORDER BY id LIMIT 3");
		const list = page.locator('[name="list"]');
		await list.fill(`${people[0].number}\n999999\n`);
		await press(page, "出席を記録する");
		await sees(page, "2行目: 「999999」という職員番号か氏名の人はいません");
		assert.match(await list.inputValue(), /999999/);
		await isFine(page);
		await list.fill(`${people[0].number}\n${people[1].number},代理,${people[2].number}\n`);
		await press(page, "出席を記録する");
		await sees(page, "出席を記録しました");
		await house.picture("classes");
	});
});

about("a drill by mail", () => {
	promise("it is planned, sent by the clock, and its link says nothing about whose it is", async (house) => {
		const page = await house.visitor(await house.holder("policy-manager"));
		house.last = page;
		await page.goto("/training/drills");
		await press(page, "予定する");
		await sees(page, "送る日時を選んでください");
		await page.getByLabel("宅配便の不在通知").check();
		await page.locator('[name="audience"]').selectOption("all");
		await page.locator('[name="sends"]').fill(moment(0, "00:00"));
		await page.locator('[name="ends"]').fill(wareki(7));
		await press(page, "予定する");
		await sees(page, "これからの日時にしてください");
		await isFine(page);
		await page.locator('[name="sends"]').fill(moment(1, "09:00"));
		await press(page, "予定する");
		await sees(page, "訓練を予定しました", "宅配便の不在通知", "送信前");
		await isFine(page);
		await press(page, "この訓練を取りやめる");
		await sees(page, "取りやめ");
	});

	promise("nobody can make up a link", async (house) => {
		const page = await house.stranger();
		for (const wrong of ["0".repeat(32), "1", "zz", "f".repeat(33)])
			assert.equal((await page.goto(`/m/${wrong}`)).status(), 404);
		const answer = await page.context().request.post(`/m/${"0".repeat(32)}`, { headers: { origin: house.address } });
		assert.equal(answer.status(), 404);
	});

	promise("units are shown, names only to whom the policy says", async (house) => {
		const page = await house.visitor(await house.holder("chief"));
		house.last = page;
		await page.goto("/training/drills/2");
		await sees(page, "所属ごと", "開いた人・報告した人");
		await isFine(page);
		const auditor = await house.as("kansa");
		await auditor.goto("/training/drills/2");
		await sees(auditor, "所属ごと");
		await seesNot(auditor, "開いた人・報告した人");
		const rows = await auditor.locator("h2:text('所属ごと') ~ .wide").first().locator("tbody tr td:nth-child(2)").allInnerTexts();
		for (const targets of rows) assert.ok(Number(targets) >= 5, targets);
	});
});

about("suspicious mail", () => {
	promise("a report reaches those who are told, and the form keeps what was typed", async (house) => {
		const clerk = await house.as("shokuin");
		await clerk.goto("/training");
		await follow(clerk, "不審なメールを報告する");
		await clerk.locator('[name="words"]').fill("知らない会社から");
		await press(clerk, "報告する");
		await sees(clerk, "件名を書いてください");
		assert.equal(await clerk.locator('[name="words"]').inputValue(), "知らない会社から");
		await isFine(clerk);
		await clerk.locator('[name="subject"]').fill("請求書(再送)");
		await press(clerk, "報告する");
		await sees(clerk, "報告を受け取りました");
		await isFine(clerk);
		const told = await house.visitor(await house.holder("csirt-leader"));
		await told.goto("/training/reports");
		await sees(told, "請求書(再送)", "知らない会社から");
		await isFine(told);
		assert.equal((await clerk.goto("/training/reports")).status(), 403);
	});
});

/* From April to June a 年度 has no plan yet, or nobody who still has to take its course: then it is the middle of July. */
const soon = new Date(Date.now() + 33 * 3600000), summer = Date.UTC(soon.getUTCFullYear(), 6, 15);
const isSpring = [3, 4, 5].includes(soon.getUTCMonth());
await keepIn(LaterHouse, { staff: 120, pack: process.env.E2E_PACK, ahead: isSpring ? Math.ceil((summer - Date.now()) / 86400000) : 0 });
