// Self-checks in the browser, on a body of its own: node tests/e2e/check.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { isFine } from "./checks.mjs";
import { LaterHouse } from "./later.mjs";
import { fill, follow, press, sees, seesNot, submit } from "./steps.mjs";
import { anyPort, keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const PHONE = { viewport: { width: 390, height: 800 } };
const TITLE = "窓口の自己点検";

/** The section in which the clerk works. */
async function section(house) {
	const [{ unit }] = await house.ask(`SELECT o.unit FROM people_account s JOIN people_assignment m ON m.person = s.id
		JOIN people_post o ON o.id = m.post WHERE s.login = 'shokuin' AND m.until IS NULL`);
	return unit;
}

async function answer(page, question, words) {
	await page.locator(".question").nth(question).getByText(words, { exact: true }).click();
}

async function answerAll(page, from = 0) {
	const count = await page.locator(".question").count();
	for (let at = from; at < count; at++) await answer(page, at, "はい");
}

let campaign; // its address

about("self-checks", () => {
	promise("only the role that the policy names plans one; what is wrong is said and what was typed stays", async (house) => {
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto("/checks/plan")).status(), 403);
		const page = await house.as(await house.holder("chief"));
		await page.goto("/checks");
		await isFine(page);
		await follow(page, "点検を計画する");
		await isFine(page);
		const unit = await section(house);
		await page.getByLabel("職員の自己点検").check();
		await fill(page, "title", TITLE);
		await fill(page, "units", String(unit));
		await fill(page, "until", "R2.1.1");
		await press(page, "計画する");
		await sees(page, "答える期限を、始める日から1年以内の日で書いてください");
		assert.equal(await page.locator("[name=title]").inputValue(), TITLE);
		const later = new Date(Date.now() + 14 * 86400000).toISOString().slice(0, 10);
		await fill(page, "until", later);
		await press(page, "計画する");
		await sees(page, "計画しました", "まだ始まっていません", TITLE);
		await isFine(page);
		campaign = new URL(page.url()).pathname;
	});

	promise("opened, it waits on everybody's own page and nobody else's", async (house) => {
		const page = await house.as(await house.holder("chief"));
		await page.goto(campaign);
		await press(page, "いま始める");
		await sees(page, "受付を始めました", "受付中", "問いごとの結果");
		const clerk = await house.as("shokuin");
		await clerk.goto("/");
		await sees(clerk, `自己点検に答える: ${TITLE}`);
		const id = campaign.split("/").pop();
		const others = await house.ask(`SELECT s.id FROM check_sheet s JOIN people_account c ON c.id = s.person
			WHERE s.campaign = ${id} AND c.login <> 'shokuin' LIMIT 1`);
		assert.equal((await clerk.goto(`/checks/sheets/${others[0].id}`)).status(), 403);
		assert.equal((await clerk.goto(campaign)).status(), 403);
	});

	promise("it is answered on a phone, with the keyboard too, and nothing typed is lost", async (house) => {
		const page = await house.visitor("shokuin", PHONE);
		await page.goto("/checks");
		await isFine(page);
		await follow(page, TITLE);
		await isFine(page);
		// With the keyboard: the first question, answered no.
		await page.locator(".question").first().locator("input[value=yes]").focus();
		await page.keyboard.press("ArrowRight");
		assert.ok(await page.locator(".question").first().locator("input[value=no]").isChecked());
		await page.locator(".question").first().getByLabel("どう直しますか").fill("要らない一覧を消す");
		// The session ends meanwhile: what was answered is still there afterwards.
		const address = page.url();
		await page.context().clearCookies();
		await page.goto(address);
		await sees(page, "サインイン");
		await fill(page, "login", "shokuin");
		await fill(page, "password", house.password);
		await press(page, "サインイン");
		await page.goto(address);
		assert.equal(await page.locator(".question").first().getByLabel("どう直しますか").inputValue(), "要らない一覧を消す");
		// Sent with questions left: every one is named, and what was typed stays.
		await answer(page, 1, "該当しない");
		await press(page, "この答えで送る");
		await sees(page, "問2に「該当しない」理由を書いてください", "問3に答えてください");
		await isFine(page);
		assert.equal(await page.locator(".question").first().getByLabel("どう直しますか").inputValue(), "要らない一覧を消す");
		await page.locator(".question").nth(1).getByLabel("該当しない理由").fill("作りかけの文書がない");
		await answerAll(page, 2);
		const questions = await page.locator(".question").count();
		await press(page, "この答えで送る");
		await sees(page, "答えました", "あなたの改善", "要らない一覧を消す");
		await isFine(page);
		await follow(page, TITLE);
		await sees(page, `はい${questions - 2}、いいえ1、該当しない1`, "作りかけの文書がない", "改善を記録する");
		await isFine(page);
		await page.context().close();
	});

	promise("the head sees who of their people has not answered; whoever runs it sees counts alone", async (house) => {
		const head = await house.as("kacho");
		await head.goto(campaign);
		await sees(head, "あなたの所属の人", "まだ", "いいえ1件", "少人数のため示しません");
		await isFine(head);
		const page = await house.as(await house.holder("chief"));
		await page.goto(campaign);
		await seesNot(page, "あなたの所属の人", "まとめて終える");
		const csv = await (await page.context().request.get(`${campaign}/items-csv`)).text();
		assert.match(csv, /問い,条項,はい/);
		const xlsx = await page.context().request.get(`${campaign}/units-xlsx`);
		assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
	});

	promise("past its last day heads hear of it, and it is concluded with results by clause and unit", async (house) => {
		const head = await house.visitor("kacho", PHONE);
		await head.goto("/checks");
		await follow(head, TITLE);
		await answerAll(head);
		await press(head, "この答えで送る");
		await sees(head, "答えました");
		await house.stop();
		await house.later(16 * 86400000);
		await house.start();
		house.forget();
		const page = await house.as(await house.holder("chief"));
		const id = campaign.split("/").pop();
		for (let wait = 0; wait < 60; wait++) {
			const [{ escalated }] = await house.ask(`SELECT escalated FROM check_campaign WHERE id = ${id}`);
			if (escalated !== null) break;
			await new Promise((done) => setTimeout(done, 1000)); // the clock's next round
		}
		await page.goto("/notices");
		await sees(page, "自己点検の期限が過ぎました");
		await page.goto(campaign);
		await sees(page, "期限を過ぎています", "答えが少ない");
		await press(page, "結果をまとめて終える");
		await sees(page, "点検の結果をどう見るか、何をするかを書いてください");
		await fill(page, "words", "窓口はおおむね守れている。");
		await press(page, "結果をまとめて終える");
		await sees(page, "結果をまとめて終えました", "窓口はおおむね守れている。", "3.2.(3) a)");
		await isFine(page);
		await house.picture("check-campaign");
	}, 240);

	promise("the improvement goes on until whose it is says what was done", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/checks");
		await submit(page, page.getByRole("link", { name: /業務に必要な情報だけ/ }).first());
		await isFine(page);
		await press(page, "記録して終える");
		await sees(page, "何をして直したかを書いてください");
		await fill(page, "words", "一覧を消した");
		await press(page, "記録して終える");
		await sees(page, "改善を記録しました");
		const manager = await house.as(await house.holder("chief"));
		await manager.goto(campaign);
		await sees(manager, "1件。改善中0件、うち期限切れ0件");
	});

	promise("a late improvement is a finding that ends by itself once it is put right", async (house) => {
		const finding = async () => (await house.ask("SELECT id, state FROM assure_finding WHERE kind = 'check' ORDER BY id"))[0];
		const { id, state } = await finding();
		assert.equal(state, "open");
		const head = await house.as("kacho");
		await head.goto(`/findings/${id}`);
		await sees(head, "自己点検の改善の遅れ", "席を離れるときは", "期限を過ぎた改善が1件");
		await isFine(head);
		const page = await house.as("shokuin");
		await page.goto("/");
		await seesNot(head, await page.locator("nav.me a[href='/account']").innerText());
		await follow(page, /改善する: 席を離れるときは/);
		await sees(page, "期限切れ");
		await fill(page, "words", "毎回ロックしている");
		await press(page, "記録して終える");
		for (let wait = 0; wait < 90 && (await finding()).state === "open"; wait++)
			await new Promise((done) => setTimeout(done, 1000)); // the clock's next round
		assert.equal((await finding()).state, "gone");
	}, 240);
});

await keepIn(LaterHouse, { staff: 60, port: await anyPort() });
