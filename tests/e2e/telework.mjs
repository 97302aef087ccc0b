// One case, many sheets: class Ⅰ on a stick, work at home, access from outside, a private laptop, brought in and connected.
// On a body large enough to have systems of three sections: node tests/e2e/telework.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { about, promise } from "./tap.mjs";
import { House, run } from "./house.mjs";
import { choose, fill, follow, has, link, moment, nameOf, plainText, press, say, sees, seesNot, submit, wareki, words } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { isSound } from "./checks.mjs";

const SHEETS = ["2", "7", "8", "9", "10", "12"];
const SERIAL = "E2E-PC-0077";
const DOING = ["庁舎の外へ持ち出す", "自宅や出張先で仕事をする", "外から市のシステムに入る", "私物などの機器を仕事に使う",
	"私物などの機器を庁舎に持ち込む", "機器をネットワークにつなぐ"];
const nameOfHead = (page) => page.locator("nav.me a").nth(1).innerText();

/** Systems of the ledger with the head of their section: [{ title, unit, login, person }]. */
async function systems(house) {
	return house.ask("SELECT r.title, u.name AS unit, a.login, a.id AS person FROM ledger_row r " +
		"JOIN people_unit u ON u.id = r.owner JOIN people_post p ON p.unit = u.id " +
		"JOIN people_post_role o ON o.post = p.id AND o.role = 'system-manager' " +
		"JOIN people_assignment s ON s.post = p.id AND s.until IS NULL JOIN people_account a ON a.id = s.person " +
		"WHERE r.ledger = 'system' AND r.is_retired = 0 AND a.is_closed = 0 ORDER BY r.id");
}

/** Choose a row of a ledger in a form: by name, whatever the box. */
async function chooseRow(page, name, title) {
	if (await has(page, `find-${name}`)) {
		await page.locator(`[name="find-${name}"]`).fill(title);
		await submit(page, page.locator('button[name="do"][value="find"]').first());
	}
	const box = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
	if (await box.evaluate((one) => one.localName) === "select") await box.selectOption({ label: title });
	else await page.getByRole("radio", { name: title }).first().check();
}

/** What both walks answer; boxes that are not asked for are passed over. */
async function answer(page, values) {
	for (const [name, value] of values) if (await has(page, name)) await fill(page, name, value);
}

const ABOUT_IT = [["period-from", wareki(0)], ["period-until", wareki(20)], ["device-kind", "computer"], ["device", "富士通 FMV-U"],
	["device-serial", SERIAL], ["device-owner", "本人"], ["reason", "支給の端末が足りないため"], ["remarks", ""]];
const TELEWORK = [["device-from", "private"], ["destination", "高松市番町の自宅"], ...ABOUT_IT, ["amount", "1本"], ["often", "once"], ["medium", "usb"], ["container", "locked"],
	["carry-protection", ["encrypted"]], ["route", "徒歩と電車"], ["leaves-at", moment(0, "18:00")], ["returns-at", moment(20, "09:00")],
	["place-kind", "home"], ["device-safety", ["lock", "password", "antivirus", "encryption"]], ["remote-used", "yes"],
	["carry-safety", ["bag", "watch"]], ["data-class", "I"], ["joins-network", "yes"], ["brought-on", wareki(0)],
	["bring-place", "1階 市民課"], ["mac", "00:1A:2B:3C:4D:5E"], ["connect-place", "外からVPNで"],
	["remote-reason", "在宅で証明書の確認をするため"], ["identify", ["password", "card"]], ["line-encryption", "vpn"],
	["public-line", "no"]];

async function decideOnce(page, dossier) {
	await page.goto("/waiting");
	assert.equal(await page.locator(`a[href="${dossier}/decide"]`).count(), 1, "asked once");
	await submit(page, page.locator(`a[href="${dossier}/decide"]`));
}

async function permit(page) {
	await page.getByRole("radio", { name: /許可する/ }).first().check();
	await press(page, "この内容で記録する");
	await sees(page, "決裁を記録しました");
}

function theTelework(name, options) {
	about(name, () => {
		let clerk, head, dossier, network, target;

		promise("six wishes said once need six sheets, and say who decides", async (house) => {
			clerk = await house.visitor("shokuin", options);
			const all = (await systems(house)).filter((one) => one.login !== "kacho");
			network = all[0];
			target = all.find((one) => one.person !== network.person);
			assert.ok(target !== undefined, "two systems of two managers");
			await say(clerk, DOING, "在宅で証明書の確認をするため");
			await choose(clerk, (row) => /(USB|HDD|DVD)-/.test(row) && row.includes("Ⅰ"));
			await follow(clerk, /次へ/);
			await sees(clerk, "必要な手続", ...SHEETS.map((one) => `様式第${one}号`), "3.2.(8) b)", "情報セキュリティ管理者", "情報システム管理者");
			await isSound(clerk, `${name}-needs`, house);
			await press(clerk, /次へ/);
		});

		promise("the sheets are filled together, and a thing said once is asked once", async (house) => {
			house.last = clerk;
			for (const one of ["device-serial", "period-from", "purpose", "destination", 'device-from"][value="private'])
				assert.equal(await clerk.locator(`main [name="${one}"]:not([type=hidden])`).count(), 1, one);
			await isSound(clerk, `${name}-form`, house);
			await answer(clerk, TELEWORK);
			await chooseRow(clerk, "network", network.title);
			await chooseRow(clerk, "system", target.title);
			await press(clerk, "保存する");
			await answer(clerk, TELEWORK);
			await press(clerk, /次へ/);
			await sees(clerk, "確かめて申請する");
			await seesNot(clerk, "まだ申請できません");
		});

		promise("before sending: who decides in which order, which clause asks, what is allowed until when", async (house) => {
			house.last = clerk;
			await isSound(clerk, `${name}-send`, house);
			await sees(clerk, "だれが、どの順で決めるか", "市民課", network.unit, target.unit, "何が、いつまで許可されるか", SERIAL,
				"求めている条項", "6.1.(1) c) (イ)", "7.1.(17)", "7.2.(2) a)");
			const allowed = await clerk.locator('[aria-label="許可されること"] tbody tr').allInnerTexts();
			assert.equal(allowed.length, 5, "five permits; bringing in is only told");
			const until = (await clerk.locator('[aria-label="許可されること"] tbody td').first().innerText());
			for (const row of allowed) assert.ok(row.includes(until.split("\n")[1]), row);
			await press(clerk, "申請する");
			await sees(clerk, "申請を送りました");
			dossier = new URL(clerk.url()).pathname;
			await isSound(clerk, `${name}-sent`, house);
		});

		promise("the own manager decides once over all sheets", async (house) => {
			head = await house.visitor("kacho", options);
			await decideOnce(head, dossier);
			await sees(head, "許可するか決める", "重要性分類Ⅰ", ...SHEETS.map((one) => `様式第${one}号`), SERIAL);
			await isSound(head, `${name}-decide`, house);
			await permit(head);
			await head.goto("/waiting");
			assert.equal(await head.locator(`a[href="${dossier}/decide"]`).count(), 0, "asked a second time");
			await clerk.goto(dossier);
			await sees(clerk, "決裁中");
		});

		promise("the managers of the network and of the system decide once each, and permits exist", async (house) => {
			for (const one of [network, target]) {
				const page = await house.visitor(one.login, options);
				await decideOnce(page, dossier);
				await permit(page);
				await page.context().close();
			}
			house.last = clerk;
			await clerk.goto(dossier);
			await sees(clerk, "許可証", "有効");
			assert.equal(await clerk.locator('main a[href^="/permits/"]').evaluateAll((all) =>
				new Set(all.map((one) => one.getAttribute("href"))).size), 5);
			const [{ decisions }] = await house.ask(`SELECT count(*) AS decisions FROM flow_decision WHERE dossier = ${dossier.split("/")[2]}`);
			assert.equal(decisions, 3, "three decided, each once");
			await isSound(clerk, `${name}-granted`, house);
		});

		promise("a machine is told that they are valid, for whom and for what", async (house) => {
			for (const [occasion, scope] of [["remote", `device=${SERIAL}`], ["connect-private", "mac=00:1A:2B:3C:4D:5E"],
				["private-device", `device=${SERIAL}`], ["outside-work", "place=高松市番町の自宅"]]) {
				const done = await run(house.bansho, ["permit", "check", "--json", "--data", house.data, "--occasion", occasion,
					"--person", "login:shokuin", "--scope", scope]);
				assert.equal(done.code, 0, done.text + done.error);
				assert.equal(JSON.parse(done.text).state, "valid", done.text);
			}
			const other = await run(house.bansho, ["permit", "check", "--json", "--data", house.data, "--occasion", "remote",
				"--person", "login:shokuin", "--scope", "device=SOMETHING-ELSE"]);
			assert.equal(other.code, 1);
			assert.notEqual(JSON.parse(other.text).state, "valid");
		});

		promise("the six sheets come as PDF", async (house) => {
			house.last = clerk;
			await clerk.goto(dossier);
			const links = await link(clerk, /様式をPDFで開く/).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
			assert.equal(links.length, SHEETS.length);
			const papers = [];
			for (const [at, href] of links.entries()) {
				const paper = await clerk.context().request.get(href);
				assert.equal(paper.status(), 200);
				const path = join(house.folder, `${plainText(name)}-${at}.pdf`);
				await writeFile(path, await paper.body());
				papers.push(plainText((await run("pdftotext", ["-layout", path, "-"])).text));
			}
			for (const one of SHEETS) {
				const text = papers.find((paper) => paper.includes(`様式第${one}号`));
				assert.ok(text !== undefined, `no PDF of form ${one}`);
				for (const wanted of [one === "2" ? "USB" : SERIAL, await nameOf(clerk)])
					assert.ok(text.includes(plainText(wanted)), `form ${one} does not hold ${wanted}`);
			}
		});
	});
}

theTelework("telework", {});
theTelework("telework without JavaScript", { javaScriptEnabled: false });

about("one head, two roles", () => {
	promise("a section head who is the system's manager is asked once and recorded in both roles", async (house) => {
		const all = await systems(house);
		let own, clerk;
		for (const one of all) { // a clerk of the section that keeps the system
			const [found] = await house.ask("SELECT a.login FROM people_account a JOIN people_assignment s ON s.person = a.id " +
				"JOIN people_post p ON p.id = s.post JOIN people_unit u ON u.id = p.unit JOIN people_post_role o ON o.post <> p.id " +
				`WHERE u.name = '${one.unit}' AND s.until IS NULL AND a.is_closed = 0 AND a.id <> ${one.person} ` +
				"AND NOT EXISTS (SELECT 1 FROM people_post_role r WHERE r.post = p.id) LIMIT 1");
			if (found === undefined) continue;
			[own, clerk] = [one, await house.visitor(found.login)];
			break;
		}
		assert.ok(clerk !== undefined, "no clerk stands beside a system manager");
		await say(clerk, ["機器をネットワークにつなぐ"], "試験機をつなぐため", "必要な手続");
		await press(clerk, /次へ/);
		await answer(clerk, [["device-from", "section"], ...ABOUT_IT, ["mac", "00:1A:2B:3C:4D:5F"], ["connect-place", "3階"]]);
		await chooseRow(clerk, "network", own.title);
		await press(clerk, /次へ/);
		await sees(clerk, "同じ人なので");
		await isSound(clerk, "two-roles-send", house);
		await press(clerk, "申請する");
		const dossier = new URL(clerk.url()).pathname;
		const head = await house.visitor(own.login);
		await decideOnce(head, dossier);
		await sees(head, /情報セキュリティ管理者、情報システム管理者\(許可\)/);
		assert.equal((await words(head)).match(/両管理者の許可なく/g).length, 1, "the same clause is said twice");
		await isSound(head, "two-roles-decide", house);
		await permit(head);
		await clerk.goto(dossier);
		await sees(clerk, "許可証", "情報セキュリティ管理者", "情報システム管理者");
		await isSound(clerk, "two-roles-done", house);
		const done = clerk.locator("ol.route li.is-done").filter({ hasText: await nameOfHead(head) });
		assert.equal(await done.count(), 2, "recorded in both roles");
		const [{ decisions }] = await house.ask(`SELECT count(*) AS decisions FROM flow_decision WHERE dossier = ${dossier.split("/")[2]}`);
		assert.equal(decisions, 1);
	});
});

await keepIn(House, { staff: 300, assets: 600 });
