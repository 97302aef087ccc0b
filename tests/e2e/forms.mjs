// After a fault, what was typed is still there: on every kind of form, with plain words beside it.

import assert from "node:assert/strict";

import { about, promise } from "./tap.mjs";
import { button, fill, has, press, sees, say } from "./steps.mjs";
import { violations } from "./checks.mjs";

const ODD = "書きかけ<b>&\"'😀𠮟";

/** Who, where, what is typed (and must stay), which button. Each is wrong in one box at least. */
const FORMS = [
	{ who: "shokuin", path: "/ask", typed: { purpose: ODD }, button: /次へ/ },
	{ who: "kacho", path: "/ledger/asset/new", typed: { name: ODD, contents: ODD, "made-on": "きのう", other: ODD }, button: "台帳に登録する" },
	{ who: "kacho", path: "/ledger/asset/1/edit", typed: { name: "", place: ODD, "keep-until": "R99.99.99" }, button: "変更を保存する" },
	{ who: "system", path: "/people/new", typed: { number: "", family: ODD, given: "名", mail: "だめ", since: "いつか" }, button: "追加する" },
	{ who: "system", path: "/people/1/edit", typed: { family: "", given: ODD, mail: "だめ" }, button: "保存する" },
	{ who: "system", path: "/people/1/end", typed: { last: "いつか" }, button: /入れる|退職/ },
	{ who: "system", path: "/units/new", typed: { name: "", code: ODD }, button: "追加する" },
	{ who: "system", path: "/units/1/edit", typed: { name: "", rank: "いち" }, button: "保存する" },
	{ who: "system", path: "/units/1/posts/new", typed: { name: "", rank: "いち", since: "いつか" }, button: "追加する" },
	{ who: "system", path: "/settings", typed: { name: "", address: ODD }, button: "団体の設定を保存する" },
	{ who: "system", path: "/settings", typed: { host: "だめ な 名前", port: "99999", from: ODD }, button: "メールの設定を保存する" },
	{ who: "system", path: "/settings", typed: { "permit.usual-days": "9999" }, button: "値を保存する" },
];

async function wrongForm(house, form) {
	const page = await house.as(form.who);
	await page.goto(form.path);
	for (const [name, value] of Object.entries(form.typed)) await fill(page, name, value);
	const [answer] = await Promise.all([
		page.waitForResponse((one) => one.request().method() === "POST"), press(page, form.button)]);
	assert.ok([409, 422].includes(answer.status()), `answers ${answer.status()}`);
	await sees(page, "そのままでは進めません");
	for (const [name, value] of Object.entries(form.typed))
		assert.equal(await page.locator(`main [name="${name}"]`).first().inputValue(), value, `${name} has lost its text`);
	assert.deepEqual(await violations(page), []);
	const links = page.locator(".notice.bad a");
	for (let at = 0; at < await links.count(); at++) {
		const target = new URL(await links.nth(at).evaluate((one) => one.href)).hash.slice(1);
		assert.equal(await page.locator(`[id="${decodeURIComponent(target)}"]`).count(), 1, `the fault leads nowhere: ${target}`);
	}
}

about("what was typed stays", () => {
	for (const [at, form] of FORMS.entries())
		promise(`${form.path} (${Object.keys(form.typed).join(", ")})`, async (house) => {
			if (form.path === "/ledger/asset/1/edit") {
				const [{ id }] = await house.ask("SELECT r.id FROM ledger_row r JOIN people_unit u ON u.id = r.owner " +
					"WHERE u.name = '市民課' AND r.is_retired = 0 LIMIT 1");
				await wrongForm(house, { ...form, path: `/ledger/asset/${id}/edit` });
				return;
			}
			await wrongForm(house, FORMS[at]);
		});

	promise("a judgement without a readable day", async (house) => {
		const page = await house.as("ciso");
		for (const { id } of [{ id: "3.2.1.b" }, { id: "6.1.1.a" }, { id: "1.1" }]) {
			await page.goto(`/clauses/${id}`);
			if (!(await has(page, "words"))) continue;
			await page.locator("main details summary").last().click();
			await page.getByRole("radio").first().check();
			await fill(page, "words", ODD);
			await fill(page, "until", "そのうち");
			await press(page, "判断を記録する");
			await sees(page, "そのままでは進めません");
			assert.equal(await page.locator('[name="words"]').inputValue(), ODD);
			assert.equal(await page.locator('[name="until"]').inputValue(), "そのうち");
			return;
		}
		assert.fail("nobody may judge any of these");
	});

	promise("an extension with a day that is none", async (house) => {
		const [row] = await house.ask("SELECT p.id, a.login FROM flow_permit p JOIN flow_dossier d ON d.id = p.dossier " +
			"JOIN people_account a ON a.id = d.applicant WHERE p.state IN ('valid', 'out') AND NOT EXISTS " +
			"(SELECT 1 FROM flow_extension e WHERE e.permit = p.id) AND a.is_closed = 0 ORDER BY p.id DESC");
		const page = await house.visitor(row.login);
		await page.goto(`/permits/${row.id}`);
		await page.getByText("期間を延ばしたいとき").click();
		await fill(page, "until", "あした");
		await fill(page, "reason", ODD);
		await press(page, "延長を申請する");
		await sees(page, "そのままでは進めません");
		assert.equal(await page.locator('[name="until"]').inputValue(), "あした");
		assert.equal(await page.locator('[name="reason"]').inputValue(), ODD);
		await page.context().close();
	});

	promise("a form that somebody else's tab has moved on", async (house) => {
		const page = await house.as("shokuin");
		await say(page, ["庁舎の外へ持ち出す"], "二つの窓");
		const dossier = new URL(page.url()).pathname.replace(/\/assets$/, "");
		const other = await page.context().newPage();
		for (const one of [page, other]) await one.goto(`${dossier}/ask`);
		await fill(page, "purpose", "先に書いた");
		await press(page, /次へ/);
		await fill(other, "purpose", ODD);
		await press(other, /次へ/);
		await sees(other, "そのままでは進めません");
		assert.equal(await other.locator('[name="purpose"]').inputValue(), ODD);
		await other.close();
	});

	promise("what is typed while new questions are fetched", async (house) => {
		const page = await house.as("shokuin");
		const [{ id }] = await house.ask("SELECT id FROM flow_dossier WHERE state = 'draft' ORDER BY id DESC LIMIT 1");
		const [{ asset }] = await house.ask("SELECT r.id AS asset FROM ledger_row r JOIN people_unit u ON u.id = r.owner " +
			"WHERE u.name = '市民課' AND r.class = 'I' AND r.is_retired = 0 LIMIT 1");
		await page.goto(`/dossiers/${id}/assets?q=${encodeURIComponent("市民")}`);
		await page.goto(`/dossiers/${id}/assets`);
		const row = page.locator(`button[name="add"][value="${asset}"]`);
		if (await row.count() > 0) await Promise.all([page.waitForNavigation(), row.click()]);
		else await Promise.all([page.waitForNavigation(), page.locator('button[name="add"]').first().click()]);
		await page.goto(`/dossiers/${id}/edit`);
		await page.route("**/edit*", async (route) => {
			await new Promise((later) => setTimeout(later, 600));
			await route.continue();
		});
		const asked = await page.locator("form[data-live]").elementHandle();
		await page.locator('[name="medium"][value="usb"]').check();
		await page.locator('[name="route"]').fill("急いで書いた経路");
		await asked.waitForElementState("hidden");
		await page.unroute("**/edit*");
		assert.equal(await page.locator('[name="route"]').inputValue(), "急いで書いた経路");
		assert.ok(await page.locator('[name="medium"][value="usb"]').isChecked());
	});

	promise("what is sent while new questions are still being fetched", async (house) => {
		const page = await house.as("shokuin");
		const [{ id }] = await house.ask("SELECT d.id FROM flow_dossier d JOIN flow_chosen c ON c.dossier = d.id " +
			"WHERE d.state = 'draft' ORDER BY d.id DESC LIMIT 1");
		await page.goto(`/dossiers/${id}/edit`);
		let goOn;
		const isSent = new Promise((done) => { goOn = done; });
		await page.route("**/edit", async (route) => {
			await isSent;
			await route.continue();
		});
		await page.locator('[name="medium"][value="paper"]').check();
		await page.locator('[name="route"]').fill("すぐに送った経路");
		await Promise.all([page.waitForNavigation(), button(page, "保存する").first().click().then(goOn)]);
		await page.unroute("**/edit");
		await sees(page, "保存しました");
		assert.equal(await page.locator('[name="route"]').inputValue(), "すぐに送った経路");
	});
});
