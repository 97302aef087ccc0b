// The three cases of docs/three-cases.md, each with Bansho followed and with somebody cheating, on a body of its own:
// node tests/e2e/cases.mjs FOLDER-OF-PROGRAMS; TAP on stdout. With CASES_PICTURES=FOLDER it makes the pictures of that page too.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { violations, wideParts } from "./checks.mjs";
import { below, box, claim, consent, decider, fillAll, hand, linkOf, openContract, shown, signed, verify, worker } from "./contracts.mjs";
import { enterFirst, held, line, newest, openDoor, tabletCode, theKeeper, tiedTablet, visits } from "./door.mjs";
import { mustRun, run } from "./house.mjs";
import { LaterHouse } from "./later.mjs";
import { button, choose, fill, follow, itIsLater, moment, press, say, sees, seesNot, until, wareki, where } from "./steps.mjs";
import { keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const DAY = 86400000;
const work = await workFolder("cases");

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

/** For docs/three-cases.md: what stands in the page from `from` on, in few colours. */
async function picture(page, name, { from = "h1", height = 620 } = {}) {
	const folder = process.env.CASES_PICTURES;
	if (folder === undefined) return;
	await mkdir(folder, { recursive: true });
	const before = page.viewportSize(), path = join(folder, `${name}.png`);
	await page.setViewportSize({ width: 1000, height: 800 });
	await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
	const { y } = await page.locator(from).first().boundingBox();
	await page.screenshot({ path, fullPage: true, animations: "disabled", clip: { x: 0, y: Math.max(0, y - 16), width: 1000, height } });
	await page.setViewportSize(before);
	await mustRun("convert", [path, "-strip", "+dither", "-colors", "24", "-define", "png:compression-level=9", `PNG8:${path}`]);
}

const sorted = (list) => [...list].sort();
const rows = (house, sql) => house.ask(sql);

// ---- Reconciliations ----

/** Who answers for the reconciliations: the head of the section for information policy. */
const owner = (house) => house.holder("policy-manager");

/** Open differences of a reconciliation: "left HDD-1", "right HDD-2" … */
async function differences(house, code) {
	const open = await rows(house, `SELECT kind, title FROM reconcile_difference WHERE code = '${code}' AND end_run IS NULL`);
	return sorted(open.map((one) => `${one.kind} ${one.title}`));
}

async function reconcile(page, code) {
	await page.goto(`/reconciliations/${code}`);
	await press(page, "突き合わせる");
	await sees(page, "これまでの突き合わせ");
}

async function handIn(page, code, lines, which = "right") {
	const file = join(work, `${code}.csv`);
	await writeFile(file, `\ufeff${lines.join("\r\n")}\r\n`);
	await page.goto(`/reconciliations/${code}/lists/${which}`);
	await page.locator("#i-file").setInputFiles(file);
	await press(page, "読み込んで確かめる");
	await press(page, "この一覧を取り込む");
	await sees(page, "一覧を取り込みました");
	await reconcile(page, code);
}

/** The rows of one side as the newest run kept them, by column. */
async function side(page, house, code, which) {
	const [{ id }] = await house.ask(`SELECT max(id) AS id FROM reconcile_run WHERE code = '${code}'`);
	const text = await (await page.context().request.get(`/reconciliations/${code}/runs/${id}/${which}`)).text();
	const [names, ...all] = text.replace("\ufeff", "").trim().split("\r\n").map((one) => one.split(",").map((cell) => cell.replaceAll('"', "")));
	return all.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
}

// ---- Behind Bansho's back ----

/** What `bansho verify` finds: "row-removed flow_item 12" …; none and a clean end when nothing is wrong. */
async function verified(house) {
	const done = await run(house.bansho, ["verify", "--data", house.data, "--json"]);
	const said = JSON.parse(done.text);
	assert.equal(done.code, said.total === 0 ? 0 : 1, done.error);
	return sorted(said.findings.map((one) => `${one.kind} ${one.table} ${one.id}`));
}

/** Somebody writes in the store itself; `back` puts it as it was. */
async function tampered(house, table, condition, change) {
	const beside = join(work, "beside.sqlite");
	await mustRun("sqlite3", [house.store, `ATTACH '${beside}' AS beside; DROP TABLE IF EXISTS beside.kept;
		CREATE TABLE beside.kept AS SELECT * FROM ${table} WHERE ${condition}`]);
	await mustRun("sqlite3", [house.store, `PRAGMA busy_timeout = 10000; ${change}`]);
	return () => mustRun("sqlite3", [house.store, `PRAGMA busy_timeout = 10000; ATTACH '${beside}' AS beside;
		INSERT OR REPLACE INTO ${table} SELECT * FROM beside.kept`]);
}

/** What the auditor's own verification in the pages counts. */
async function auditorSees(house, count, name) {
	const auditor = await house.as("kansa");
	await auditor.goto("/journal/verify");
	await sees(auditor, count === 0 ? "問題は見つかりませんでした" : `${count}件の問題が見つかりました`);
	if (name !== undefined) await picture(auditor, name, { height: 680 });
}

/** A finding about it, open: who answers and what it says. */
async function finding(house, about) {
	return until(async () => {
		const [found] = await rows(house, `SELECT f.*, u.name AS unit_name FROM assure_finding f LEFT JOIN people_unit u ON u.id = f.unit
			WHERE f.about = '${about}' AND f.state = 'open'`);
		assert.ok(found !== undefined, `no open finding about ${about}`);
		return found;
	}, 90);
}

// ---- 2022 ----

const FIRST = "見本データ処理株式会社", SECOND = "例示システムサービス株式会社", THIRD = "仮名ワークス", FOURTH = "無届ネット";
const OWN = ["青柳", "赤松", "秋元", "芦田", "安達", "有馬", "飯塚", "池内", "石黒"];
const OUTSIDERS = ["市原", "稲垣", "今泉", "岩瀬", "上原", "宇野", "江口", "遠山", "大沢", "岡部"];

let tablet, room, keeper, unit;

/** Somebody is applied for, and permitted for the server room; or not, and the page says why. */
async function listed(house, name, firm, why) {
	const clerk = await house.as("shokuin");
	await say(clerk, ["サーバ室に入る人を登録する"], "給付金の機器の設定", "必要な手続");
	await press(clerk, /次へ/);
	for (const [box, value] of [["room", room.name], ["entrant", name], ["entrant-of", firm], ["entrant-kind", "contractor"],
		["period-from", wareki(0)], ["period-until", wareki(30)], ["entry-check", ["card", "log"]]])
		await fill(clerk, box, value);
	await press(clerk, /次へ/);
	await press(clerk, "申請する");
	const dossier = where(clerk), head = await house.as(keeper);
	await head.goto(`${dossier}/decide`);
	await head.getByRole("radio", { name: /許可する/ }).first().check();
	await press(head, "この内容で記録する");
	await sees(head, ...(why === undefined ? ["決裁を記録しました"] : [`「${name}」さんは名簿に載せられません`, why]));
	const rows = await house.ask(`SELECT id FROM ledger_row WHERE ledger = 'room-list' AND title = '${name}'`);
	assert.equal(rows.length, why === undefined ? 1 : 0);
	return head;
}

/** They stand at the door and nobody of the body is with them: it stays shut, and that is kept. */
async function turnedAway(house, name, firm) {
	const before = await visits(house);
	await openDoor(tablet);
	await button(tablet, "入室する").click();
	assert.equal(await tablet.locator("#who-list").getByText(name).count(), 0);
	await button(tablet, "名簿にない").click();
	await tablet.getByLabel("氏名").fill(name);
	await tablet.getByLabel("所属・会社").fill(firm);
	await tablet.getByText("点検・保守").click();
	await button(tablet, "入室を記録する").click();
	await button(tablet, "立ち会う職員がいないので帰る").click();
	await tablet.getByRole("heading", { name: "入室できません" }).waitFor();
	// Nothing is held before it is queued, either.
	await until(async () => assert.equal(await visits(house), before + 1), 20);
	await held(tablet, 0);
	const visit = await newest(house);
	assert.deepEqual([visit.name, visit.state], [name, "refused"]);
}

/** Why the keeper's page says they may not. */
async function whyNot(house, name) {
	const page = await house.as(keeper);
	await page.goto(room.path);
	await page.locator("summary", { hasText: "名前を見る" }).click();
	return page.locator("tr", { hasText: name }).last().innerText();
}

about("2022, followed", () => {
	promise("the third firm asks for consent and never gets it: no work, no data", async (house) => {
		const page = await house.as("kacho");
		await signed(page, house, { title: "臨時給付金の支給事務", work: "対象者の抽出、案内の発送、電話の受付。", firm: FIRST, code: "E9101",
			number: "4市第101号", place: "見本データ処理 本社" });
		[{ unit }] = await house.ask("SELECT unit FROM contract_case ORDER BY id DESC LIMIT 1");
		await below(page, house, FIRST, SECOND, "E9102");
		await below(page, house, SECOND, THIRD, "E9103");
		await consent(await house.as(await decider(house)), house, SECOND);
		await worker(page, house, SECOND, "同意済", true);
		await worker(page, house, THIRD, "無断者", true);
		await sees(page, "再委託に同意していない事業者の人です");
		await isFine(page);
		await picture(page, "case-2022-chain", { from: "#chain", height: 520 });
		const before = (await rows(house, "SELECT id FROM contract_handover")).length;
		await hand(page, house, { to: THIRD });
		await sees(page, "同意していません", "データを渡すことはできません");
		assert.equal((await rows(house, "SELECT id FROM contract_handover")).length, before);
	});

	promise("its worker gets no permit for the server room, and is refused at its door", async (house) => {
		keeper = await theKeeper(house);
		const page = await house.as(keeper);
		await page.goto("/entrance");
		room = { name: await page.locator("main table a").first().innerText() };
		await page.locator("main table a").first().click();
		await page.waitForURL(/rooms/);
		room.path = where(page);
		tablet = await tiedTablet(house, await tabletCode(page, "三つの事例の一台"));
		const head = await listed(house, "無断者 太郎", THIRD, "再委託に同意していない事業者の人です");
		await picture(head, "case-2022-permit", { from: ".notice.bad", height: 300 });
		await listed(house, "同意済 太郎", SECOND);
		assert.match(await whyNot(house, "同意済 太郎"), /入室できる/);
		await turnedAway(house, "無断者 太郎", THIRD);
		await picture(tablet, "case-2022-door", { from: "main", height: 420 });
	});

	promise("the stick does not leave the house without a running permit", async (house) => {
		const page = await house.as("kacho");
		const [stick] = await house.ask(`SELECT r.id FROM ledger_row r WHERE r.ledger = 'asset' AND r.is_retired = 0 AND r.owner = ${unit}
			AND json_extract(r.field_values, '$.shape') IN ('usb', 'disk', 'card', 'optical') AND r.class IN ('I', 'II')
			AND r.id NOT IN (SELECT asset FROM flow_outing WHERE asset IS NOT NULL) ORDER BY r.id LIMIT 1`);
		await page.goto(`/things/${stick.id}`);
		await sees(page, "庁舎の外へ持ち出すには許可が要ります");
		assert.equal(await button(page, /いま持ち出す/).count(), 0);
		await isFine(page);
		/* Nor by asking without the button: refused in words, and nothing went out. */
		const outings = async () => (await house.ask("SELECT count(*) AS count FROM flow_outing"))[0].count;
		const before = await outings();
		const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate((path) => {
			const form = document.createElement("form");
			form.method = "post";
			form.action = path;
			form.append(document.querySelector('[name="csrf"]').cloneNode());
			document.body.append(form);
			form.submit();
		}, `/things/${stick.id}/out`)]);
		assert.equal(answer.status(), 403);
		await sees(page, "持ち出せません", "この物を持ち出す申請をして、許可を受けてください");
		assert.equal(await outings(), before);
	});

	promise("the contract does not end while one copy has no answer", async (house) => {
		const page = await house.as("kacho");
		await hand(page, house, { to: FIRST, what: "対象者の表（46万人分）", copies: "1" });
		await hand(page, house, { to: SECOND, from: FIRST, what: "作業用パソコンへの写し", copies: "1" });
		const [one, other] = await rows(house, `SELECT id FROM contract_handover WHERE contract = ${await shown(house)} ORDER BY id`);
		await claim(page, house, one.id);
		await verify(page, house, one.id);
		await openContract(page, house, "/end");
		await sees(page, "まだ終えられません", "1件", "作業用パソコンへの写し");
		await seesNot(page, "対象者の表（46万人分）");
		assert.equal(await button(page, "委託を終える").count(), 0);
		await isFine(page);
		await picture(page, "case-2022-end", { height: 420 });
		await claim(page, house, other.id);
		await openContract(page, house, "/end");
		await sees(page, "まだ終えられません");
	});
});

about("2022, somebody cheats", () => {
	promise("ten of nineteen people named as its own are not the firm's: exactly they stand without proof", async (house) => {
		const page = await house.as("kacho"), head = await house.as(await owner(house));
		for (const family of [...OWN, ...OUTSIDERS]) await worker(page, house, FIRST, family, true);
		await handIn(head, "workers-proof", ["氏名,会社,書類", "だれか 太郎,別の会社,健康保険"]);
		const others = (await side(head, house, "workers-proof", "left")).filter((one) => one.firm !== FIRST);
		await handIn(head, "workers-proof", ["氏名,会社,書類", ...others.map((one) => `${one.name},${one.firm},健康保険`),
			...OWN.map((family) => `${family} 太郎,${FIRST},健康保険`)]);
		const found = await differences(house, "workers-proof");
		assert.deepEqual(found, sorted(OUTSIDERS.map((family) => `left ${family}　太郎 / ${FIRST}`)));
		await isFine(head);
		await picture(head, "case-2022-proof", { from: "h2:text-is('違い')" });
	});

	promise("an outsider listed for the room as one of the firm's is nobody it has named", async (house) => {
		await listed(house, "外野 次郎", FIRST, "会社の従事者として届けられていません");
	});

	promise("an entry written into the log afterwards is counted apart and matches nobody who may work", async (house) => {
		const page = await house.as(keeper), head = await house.as(await owner(house));
		await reconcile(head, "entries");
		const before = await differences(house, "entries");
		const byHand = async () => {
			await page.goto(room.path);
			return Number(await page.locator("table").filter({ hasText: "手書き" }).locator("tbody tr").first().locator("td").nth(4).innerText());
		};
		const counted = await byHand();
		await page.goto("/ledger/entry-log/new");
		for (const [box, value] of [["name", "無断者 太郎"], ["room", room.name], ["of", THIRD], ["purpose", "機器の設定"],
			["entered", moment(-1, "10:00")], ["id-shown", "yes"]])
			await fill(page, box, value);
		await press(page, "台帳に登録する");
		await sees(page, "登録");
		assert.equal(await byHand(), counted + 1);
		await reconcile(head, "entries");
		assert.deepEqual((await differences(house, "entries")).filter((one) => !before.includes(one)), ["differs 無断者 太郎"]);
	});

	promise("what a tablet kept for an hour is marked late, with both times", async (house) => {
		await openDoor(tablet);
		await tablet.context().setOffline(true);
		await tablet.clock.install({ time: Date.now() });
		await enterFirst(tablet);
		await held(tablet, 1);
		await tablet.clock.fastForward(3600000);
		await tablet.context().setOffline(false);
		await tablet.clock.fastForward(70000);
		await held(tablet, 0);
		const visit = await newest(house), page = await house.as(keeper);
		assert.ok(visit.received - visit.entered >= 3600000, `${visit.received - visit.entered}`);
		await page.goto(`/entrance/visits/${visit.id}`);
		await sees(page, "回線が切れていたため", "タブレットの時計では");
		await tablet.close();
	});

	promise("a row taken out of the entry log in the store is missed by the journal, and by what the tablet took", async (house) => {
		const head = await house.as(await owner(house)), visit = await newest(house);
		await reconcile(head, "visits-kept");
		const before = await differences(house, "visits-kept");
		assert.deepEqual(await verified(house), []);
		const back = await tampered(house, "ledger_row", `id = ${visit.ledger_row}`, `DELETE FROM ledger_row WHERE id = ${visit.ledger_row}`);
		assert.deepEqual(await verified(house), [`row-removed ledger_row ${visit.ledger_row}`]);
		await reconcile(head, "visits-kept");
		const more = (await differences(house, "visits-kept")).filter((one) => !before.includes(one));
		assert.equal(more.length, 1);
		assert.ok(more[0].startsWith(`left ${visit.name} `), more[0]);
		await back();
		assert.deepEqual(await verified(house), []);
		await reconcile(head, "visits-kept");
		assert.deepEqual(await differences(house, "visits-kept"), before);
	});

	promise("the refusal at the door, taken out of the store, is missed by its number", async (house) => {
		const [{ id }] = await house.ask("SELECT id FROM entrance_visit WHERE state = 'refused' AND name = '無断者 太郎'");
		const back = await tampered(house, "entrance_visit", `id = ${id}`, `DELETE FROM entrance_visit WHERE id = ${id}`);
		assert.deepEqual(await verified(house), [`row-removed entrance_visit ${id}`]);
		await back();
		assert.deepEqual(await verified(house), []);
	});

	promise("a firm that works without having asked is a finding with somebody who answers", async (house) => {
		const page = await house.as("kacho");
		await below(page, house, SECOND, FOURTH, "E9104", true);
		await sees(page, "無断");
		const found = await finding(house, `contract-link:${await linkOf(house, FOURTH)}`);
		assert.equal(found.why, `「臨時給付金の支給事務」で、${FOURTH}が同意のないまま働いています。`);
		assert.deepEqual([found.role, found.unit], ["manager", unit]);
	});
});

// ---- 2019 ----

const LEASED = Array.from({ length: 395 }, (_, at) => `LEASE-19-${String(at + 2).padStart(4, "0")}`); // and one of our own ledger
const MISSING = LEASED.filter((_, at) => at % 22 === 4).slice(0, 18);
let disks, arrived, disposal, theirs;

/** A list of certificates: those of the body's other disposals, and these. */
const certificates = (serials) => ["製造番号,証明書番号,消去日", ...theirs, ...serials.map((one, at) => `${one},証${at + 1},${wareki(0)}`)];

about("2019, followed", () => {
	promise("396 disks are let go by serial, and each waits for its end", async (house) => {
		const clerk = await house.as("shokuin");
		await say(clerk, ["捨てる・消す・リースを返す"], "リースが終わるため");
		const busy = await house.ask("SELECT serial FROM flow_item i JOIN flow_dossier d ON d.id = i.dossier WHERE d.state IN ('sent', 'granted')");
		const [own] = await choose(clerk, (row) => /[A-Z]{2,4}-\d{5}/.test(row) && /[ⅠⅡ]/.test(row)
			&& !busy.some((one) => row.includes(one.serial)));
		disks = [own.serial, ...LEASED];
		arrived = disks.filter((one) => !MISSING.includes(one));
		assert.deepEqual([disks.length, arrived.length], [396, 378]);
		await follow(clerk, /次へ/);
		await press(clerk, /次へ/);
		for (const [box, value] of [["items", disks.join("\n")], ["method", "return"], ["planned-on", wareki(3)], ["vendor-used", "yes"]])
			await fill(clerk, box, value);
		await fill(clerk, "vendor", "見本リース株式会社");
		await press(clerk, /次へ/);
		await press(clerk, "申請する");
		disposal = where(clerk);
		const head = await house.as("kacho");
		await head.goto(`${disposal}/decide`);
		await head.getByRole("radio", { name: /許可する/ }).first().check();
		await press(head, "この内容で記録する");
		await clerk.goto(disposal);
		await sees(clerk, "まだ合っていません", /申請 396、終わり 0/);
		await isFine(clerk);
	});

	promise("within the sixty days nothing is wrong yet: 396 wait", async (house) => {
		const page = await house.as(await owner(house));
		await reconcile(page, "disposals");
		theirs = (await side(page, house, "disposals", "left")).filter((one) => !disks.includes(one.serial))
			.map((one) => `${one.serial},,${one.granted}`);
		await handIn(page, "disposals", certificates([]));
		assert.deepEqual(await differences(house, "disposals"), []);
		const [last] = await house.ask("SELECT waiting, differences FROM reconcile_run WHERE code = 'disposals' ORDER BY id DESC LIMIT 1");
		assert.deepEqual(last, { waiting: 396, differences: 0 });
	});

	promise("after them the 378 certificates that came leave exactly the 18 serials, with owner and day", async (house) => {
		await house.sleep(61 * DAY);
		itIsLater(61);
		const page = await house.as(await owner(house));
		await handIn(page, "disposals", certificates(arrived));
		assert.deepEqual(await differences(house, "disposals"), sorted(MISSING.map((one) => `left ${one}`)));
		await sees(page, MISSING[0], `${wareki(30).replace("R", "令和").replace(/\./, "年").replace(".", "月")}日まで`);
		await isFine(page);
		await picture(page, "case-2019-missing", { from: "h2:text-is('違い')" });
		const found = await finding(house, "reconciliation:disposals");
		assert.deepEqual([found.role, found.state], ["policy-manager", "open"]);
	});
});

about("2019, somebody cheats", () => {
	promise("a list filled up by naming 18 disks twice has 396 lines, and names 36 faults", async (house) => {
		const page = await house.as(await owner(house)), twice = arrived.slice(0, 18);
		await handIn(page, "disposals", certificates([...arrived, ...twice]));
		const found = await differences(house, "disposals");
		for (const one of MISSING) assert.ok(found.includes(`left ${one}`), one);
		for (const one of twice) assert.ok(found.some((other) => !other.startsWith("left ") && other.endsWith(` ${one}`)), one);
		assert.equal(found.length, 36);
	});

	promise("a list filled up with serials that never were names them too", async (house) => {
		const page = await house.as(await owner(house)), invented = Array.from({ length: 18 }, (_, at) => `LEASE-19-9${String(at).padStart(3, "0")}`);
		await handIn(page, "disposals", certificates([...arrived, ...invented]));
		assert.deepEqual(await differences(house, "disposals"), sorted([...MISSING.map((one) => `left ${one}`), ...invented.map((one) => `right ${one}`)]));
	});

	promise("the 18 taken out of the store balance, but the journal misses each of them", async (house) => {
		const page = await house.as(await owner(house));
		const inList = MISSING.map((one) => `'${one}'`).join(", ");
		const gone = await rows(house, `SELECT id FROM flow_item WHERE serial IN (${inList})`);
		assert.equal(gone.length, 18);
		assert.deepEqual(await verified(house), []);
		const back = await tampered(house, "flow_item", `serial IN (${inList})`, `DELETE FROM flow_item WHERE serial IN (${inList})`);
		await handIn(page, "disposals", certificates(arrived));
		assert.deepEqual(await differences(house, "disposals"), []);
		assert.deepEqual(await verified(house), sorted(gone.map(({ id }) => `row-removed flow_item ${id}`)));
		await auditorSees(house, 18, "case-2019-journal");
		await back();
		assert.deepEqual(await verified(house), []);
		await reconcile(page, "disposals");
		assert.deepEqual(await differences(house, "disposals"), sorted(MISSING.map((one) => `left ${one}`)));
	});
});

// ---- 2024 ----

const TEST = "印字試験用の宛名 1,605件", digest = (words) => createHash("sha256").update(words).digest("hex");
const PRINTER = "仮名印刷株式会社", BELOW = "例示発送サービス";
let data;

about("2024, followed", () => {
	promise("every copy is in the register: the data, the test data, what went on to another firm", async (house) => {
		const page = await house.as("kacho");
		await signed(page, house, { title: "避難計画の案内の印刷", work: "宛名の印刷、封入、発送。", firm: PRINTER, code: "E9201", number: "6市第88号",
			place: "仮名印刷 第一工場", until: 20 });
		await below(page, house, PRINTER, BELOW, "E9202");
		await consent(await house.as(await decider(house)), house, BELOW);
		await hand(page, house, { to: PRINTER, what: "個別避難計画の宛名（1,605人分）", copies: "1" });
		await hand(page, house, { to: PRINTER, what: "印字試験用の宛名", copies: "1", isTest: true, file: digest(TEST) });
		await hand(page, house, { to: BELOW, from: PRINTER, what: "発送用の宛名", copies: "1" });
		data = await rows(house, `SELECT id, what FROM contract_handover WHERE contract = ${await shown(house)} ORDER BY id`);
		assert.equal(data.length, 3);
	});

	promise("deletion that is only reported ends nothing", async (house) => {
		const page = await house.as("kacho");
		for (const { id } of data) await claim(page, house, id, "全て消去したと報告書が届いた。");
		await openContract(page, house, "/end");
		await sees(page, "まだ終えられません", "3件", ...data.map((one) => one.what));
		assert.equal(await button(page, "委託を終える").count(), 0);
		await isFine(page);
	});

	promise("looking finds the test data still there: a demand with a day, and past it a finding", async (house) => {
		await house.sleep(5 * DAY);
		itIsLater(5);
		const page = await house.as("kacho");
		await verify(page, house, data[0].id);
		const head = await house.as(await owner(house));
		await handIn(head, "data-left", ["SHA-256,ファイル名,場所,確認日", `${digest(TEST)},test.csv,試験用サーバ,${wareki(0)}`], "left");
		assert.deepEqual(await differences(house, "data-left"), [`differs ${digest(TEST)}`]);
		await picture(head, "case-2024-left", { from: "h2:text-is('違い')", height: 420 });
		await openContract(page, house);
		await follow(page, "改善を求める");
		await fillAll(page, { found: "印字試験用の宛名が試験用のサーバに残っていた。", wanted: "消去し、職員の立会いで確かめさせる。", due: wareki(14) });
		await press(page, "求めたことを記録する");
		await sees(page, "答え待ち");
		const [{ id: demand }] = await house.ask("SELECT max(id) AS id FROM contract_demand");
		const due = wareki(14).replace("R", "令和").replace(".", "年").replace(".", "月");
		await house.sleep(20 * DAY);
		itIsLater(20);
		const late = await finding(house, `contract-demand:${demand}`);
		assert.equal(late.why, `「避難計画の案内の印刷」の委託先に求めた改善が、${due}日の期限を過ぎています。`);
		assert.deepEqual([late.role, late.unit], ["manager", unit]);
		const past = await finding(house, `contract:${await shown(house)}`);
		assert.match(past.why, /「避難計画の案内の印刷」の期間が終わりましたが、データ2件の返却・消去を確かめて終えていません/);
		const auditor = await house.as("kansa");
		await auditor.goto(`/findings?q=${encodeURIComponent("避難計画の案内の印刷")}`);
		await sees(auditor, late.why);
		await picture(auditor, "case-2024-finding", { from: "main table", height: 360 });
	});
});

about("2024, somebody cheats", () => {
	promise("a claim turned into a verification in the store: the end would be open, the journal says it is not", async (house) => {
		const [, test] = data;
		assert.deepEqual(await verified(house), []);
		const back = await tampered(house, "contract_handover", `id = ${test.id}`,
			`UPDATE contract_handover SET state = 'verified', verified = claimed, verifier = maker, verify = '確かめた。' WHERE id = ${test.id}`);
		assert.deepEqual(await verified(house), [`row-edited contract_handover ${test.id}`]);
		await auditorSees(house, 1, "case-2024-journal");
		await back();
		assert.deepEqual(await verified(house), []);
	});

	promise("the line about the test data taken out of the register is missed", async (house) => {
		const [, test] = data;
		const back = await tampered(house, "contract_handover", `id = ${test.id}`, `DELETE FROM contract_handover WHERE id = ${test.id}`);
		assert.deepEqual(await verified(house), [`row-removed contract_handover ${test.id}`]);
		await back();
		assert.deepEqual(await verified(house), []);
	});

	promise("a verification written in afterwards with an early day shows in the journal when it was written", async (house) => {
		const page = await house.as("kacho");
		await verify(page, house, data[1].id, "サーバの消去を立会いで見た。", wareki(-20));
		const [{ entry }] = await house.ask(`SELECT CAST(entry AS TEXT) AS entry FROM journal_entry WHERE instr(entry, '"contract.verify"') ORDER BY id DESC LIMIT 1`);
		const told = JSON.parse(entry), [row] = await rows(house, `SELECT verified FROM contract_handover WHERE id = ${data[1].id}`);
		assert.ok(told.about.includes(`contract-data:${data[1].id}`));
		const written = Math.floor((Date.parse(told.time) + 9 * 3600000) / DAY);
		assert.equal(written - row.verified, 20);
	});

	promise("when all of it was seen to be gone, the contract ends", async (house) => {
		const page = await house.as("kacho");
		await verify(page, house, data[2].id);
		await openContract(page, house, "/end");
		await box(page, "words").fill("発送が終わり、すべて消去を確かめた。");
		await press(page, "委託を終える");
		await sees(page, "委託を終えました", "終了");
	});
});

await keepIn(LaterHouse, { staff: 120, assets: 200, seed: 7 });
