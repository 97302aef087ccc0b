// An exception from the wish to its end, and what was done first and is reported after: each seen wherever the rule is.

import assert from "node:assert/strict";

import { about, promise } from "./tap.mjs";
import { button, fill, follow, has, link, moment, press, sees, seesNot, submit, tick, wareki } from "./steps.mjs";
import { isSound } from "./checks.mjs";

/** Somebody of another section, without any role. */
async function stranger(house) {
	const [one] = await house.ask("SELECT a.login FROM people_account a JOIN people_assignment s ON s.person = a.id " +
		"JOIN people_post p ON p.id = s.post JOIN people_unit u ON u.id = p.unit WHERE u.kind = 'section' AND u.name <> '市民課' " +
		"AND s.until IS NULL AND a.is_closed = 0 AND NOT EXISTS (SELECT 1 FROM people_post_role r WHERE r.post = p.id) " +
		"AND NOT EXISTS (SELECT 1 FROM people_grant g WHERE g.person = a.id) " +
		"AND NOT EXISTS (SELECT 1 FROM people_deputy d WHERE d.deputy = a.id) LIMIT 1");
	return house.visitor(one.login);
}

/** Choose clauses by what the words find. Returns the ids chosen. */
async function chooseClauses(page, search, count = 1) {
	await page.locator('[name="find-bent-clauses"]').fill(search);
	await submit(page, page.locator('button[name="do"][value="find"]'));
	const boxes = page.locator('[name="bent-clauses"]:not(:checked)');
	assert.ok(await boxes.count() >= count, `no clause is found by ${search}`);
	const ids = [];
	for (let at = 0; at < count; at++) {
		ids.push(await boxes.first().getAttribute("value"));
		await boxes.first().check();
	}
	return ids;
}

async function begin(page, wish, purpose) {
	await page.goto("/ask");
	await tick(page, wish);
	await page.getByLabel("何のためですか").fill(purpose);
	await press(page, /次へ/);
	await sees(page, "必要な手続");
}

async function rule(page, dossier, verdict, reason = "") {
	await page.goto(`${dossier}/decide`);
	const radio = page.getByRole("radio", { name: verdict });
	if (await radio.count() > 0) await radio.first().check();
	if (reason !== "") await fill(page, "words", reason);
	await press(page, /記録する/);
}

function theException(name, options) {
	about(name, () => {
		let head, dossier, clause, permit;

		promise("the choices stand under headings and are found by words", async (house) => {
			head = await house.visitor("kacho", options);
			await head.goto("/ask");
			assert.ok(await head.locator("details.group").count() >= 5);
			await isSound(head, `${name}-ask`, house);
			await head.locator('input[name="find"]').fill("ＩＣカード");
			const find = head.locator('form[role="search"] button[type="submit"]');
			await (options.javaScriptEnabled === false ? submit(head, find) : find.click());
			const seen = head.locator(".group .choice:visible");
			assert.equal(await seen.count(), 1, (await seen.allInnerTexts()).join(" / "));
			await seen.locator("input").check();
			await head.locator('input[name="find"]').fill("該当するものはない");
			await head.goto("/ask?doing=card-lost&find=例外");
			assert.ok(await head.locator('[type="checkbox"][name="doing"][value="card-lost"]').isChecked(), "what was chosen is gone");
			await sees(head, "決まりを守れないので例外を申請する");
			await seesNot(head, "庁舎の外へ持ち出す");
		});

		promise("an exception is applied for; clauses are chosen by words; who decides until when is said before", async (house) => {
			await begin(head, "決まりを守れないので例外を申請する", "古い検査装置を使い続けるため");
			await sees(head, "申請・報告できる人", "例外措置", "市長");
			await press(head, /次へ/);
			assert.ok(!(await has(head, "doing")));
			[clause] = await chooseClauses(head, "パスワード");
			await fill(head, "hardship", "検査装置はパスワードの長さを変えられません");
			await press(head, "保存する");
			assert.ok(await head.locator(`[name="bent-clauses"][value="${clause}"]`).isChecked(), "the clause chosen is gone");
			await isSound(head, `${name}-form`, house);
			for (const [field, value] of [["exception-way", "other-way"], ["instead", "装置の部屋に鍵をかけ、入退室を記録する"],
				["exception-reason", "検査を止められないため"], ["period-from", wareki(0)], ["period-until", wareki(10)]])
				await fill(head, field, value);
			await press(head, /次へ/);
			await sees(head, "だれが、どの順で決めるか", "最高情報セキュリティ責任者", "市長", "何が、いつまで許可されるか", "求めている条項");
			await isSound(head, `${name}-send`, house);
			await press(head, "申請する");
			dossier = new URL(head.url()).pathname;
		});

		promise("consulted and permitted, it is in the register and at the rule", async (house) => {
			await rule(await house.as("ciso"), dossier, /意見/, "代わりの措置で足ります");
			await rule(await house.visitor(await house.holder("mayor")), dossier, /許可する/);
			const ciso = await house.as("ciso");
			await ciso.goto("/exceptions");
			await sees(ciso, "例外措置の記録", "装置の部屋に鍵をかけ");
			await isSound(ciso, `${name}-register`, house);
			await ciso.goto(`/exceptions?list=soon`);
			await sees(ciso, "まもなく終わります");
			await ciso.goto(`/clauses/${clause}`);
			await sees(ciso, "いま例外があります", "装置の部屋に鍵をかけ");
			await isSound(ciso, `${name}-clause`, house);
			const clerk = await house.as("shokuin");
			await clerk.goto(`/clauses/${clause}`);
			await sees(clerk, "いま例外があります");
			await seesNot(clerk, "装置の部屋に鍵をかけ");
			await head.goto(dossier);
			await sees(head, "例外措置");
			await isSound(head, `${name}-dossier`, house);
			await follow(head, "例外措置");
			permit = new URL(head.url()).pathname.replace("exceptions", "permits");
			await isSound(head, `${name}-exception`, house);
			await head.goto(permit);
			await sees(head, "例外措置", "使う人");
			const colleague = await clerk.goto(permit.replace("permits", "exceptions"));
			assert.equal(colleague.status(), 200);
			const other = await (await stranger(house)).goto(permit.replace("permits", "exceptions"));
			assert.equal(other.status(), 403);
		});

		promise("the register goes along as CSV and Excel", async (house) => {
			const ciso = await house.as("ciso");
			const csv = await ciso.context().request.get("/exceptions/csv?list=living");
			assert.match(await csv.text(), /装置の部屋に鍵をかけ/);
			const xlsx = await ciso.context().request.get("/exceptions/xlsx?list=living");
			assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
			const clerk = await house.as("shokuin");
			assert.equal((await clerk.context().request.get("/exceptions/csv", { maxRedirects: 0 })).status(), 403);
		});

		promise("it is looked at again, and closed with its result", async (house) => {
			const ciso = await house.as("ciso");
			await ciso.goto(permit.replace("permits", "exceptions"));
			await ciso.locator("summary", { hasText: "見直しを記録する" }).click();
			await fill(ciso, "words", "まだ要る。入退室の記録を確かめた。");
			await press(ciso, "見直しを記録する");
			await sees(ciso, "まだ要る。入退室の記録を確かめた。");
			await head.goto(permit.replace("permits", "exceptions"));
			await head.locator("summary", { hasText: "この例外を終える" }).click();
			await fill(head, "result", "");
			await press(head, "結果を記録して終える");
			await sees(head, "そのままでは進めません");
			await fill(head, "result", "装置を新しくし、決まりどおりにした。");
			await press(head, "結果を記録して終える");
			await sees(head, "装置を新しくし、決まりどおりにした。");
			await isSound(head, `${name}-closed`, house);
			await ciso.goto(`/clauses/${clause}`);
			await seesNot(ciso, "いま例外があります");
		});
	});
}

theException("an exception", {});
theException("an exception without scripts", { javaScriptEnabled: false });

about("done first, reported after", () => {
	promise("an emergency exception shows its clock, and the pack's end where none is stated", async (house) => {
		const head = await house.as("kacho");
		await begin(head, "緊急にとった例外を報告する", "回線の事故で紙を持ち出した");
		await sees(head, "事後報告", "以内");
		await press(head, /次へ/);
		await chooseClauses(head, "暗号");
		for (const [field, value] of [["acted-at", moment(0, "00:00")], ["hardship", "回線が切れた"], ["exception-way", "other-way"],
			["instead", "二人で運び、封をした"], ["urgency", "窓口が止まるため"], ["no-prior", "夜間のため"]])
			await fill(head, field, value);
		await press(head, /次へ/);
		await sees(head, "確かめて報告する", "事後報告の期限", "方針が決めた日数で終わります", "申請(報告)したときから有効です");
		await isSound(head, "report-send", house);
		await press(head, "報告する");
		await sees(head, "報告を送りました", "事後報告の期限", "例外措置");
		await isSound(head, "report-dossier", house);
		await follow(head, "例外措置");
		await sees(head, "緊急", "方針が決めた日数で終わります");
	});

	promise("who may not apply is told who may, before anything is sent", async (house) => {
		const clerk = await house.as("shokuin");
		await begin(clerk, "決まりを守れないので例外を申請する", "試し");
		await sees(clerk, "申請・報告できる人");
		await press(clerk, /次へ/);
		const id = new URL(clerk.url()).pathname.split("/")[2];
		await clerk.goto(`/dossiers/${id}/send`);
		await sees(clerk, "まだ申請できません", "情報セキュリティ管理者");
		assert.equal(await button(clerk, "申請する").count(), 0);
		assert.ok(await link(clerk, /管理者/).count() > 0);
	});
});
