// April 1st on the demonstration body: 300 staff, 100 moves, the clock moved (clock_at.c).
// node tests/e2e/april.mjs FOLDER-OF-PROGRAMS; TAP on stdout. CLOCK_AT_SO: the library that moves the clock;
// BOOK_OF: the program that makes a workbook of a table.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { isFine } from "./checks.mjs";
import { mustRun } from "./house.mjs";
import { LaterHouse } from "./later.mjs";
import { button, fill, follow, press, sees, seesNot, words } from "./steps.mjs";
import { anyPort, keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const BOOK_OF = [process.env.BOOK_OF, join(here, "../../build/check/tests/book_of"), join(here, "../../build/dev/tests/book_of")]
	.find((path) => path !== undefined && existsSync(path));
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/* The next April 1st that is at least ten days away. */
const soon = new Date(Date.now() + 10 * 86400000);
const year = soon < new Date(Date.UTC(soon.getUTCFullYear(), 2, 31)) ? soon.getUTCFullYear() : soon.getUTCFullYear() + 1;
const APRIL = `${year}-04-01`;

let staff, list, second, boss, leaver, mover, made;

async function readStaff(house) {
	return house.ask(`SELECT p.id, p.number, u.code, u.name AS unit, u.kind, po.name AS post, a.post AS post_id, acc.login,
		(SELECT count(*) FROM people_assignment b WHERE b.person = a.person AND b.until IS NULL) AS posts
		FROM people_assignment a JOIN people_post po ON po.id = a.post JOIN people_unit u ON u.id = po.unit
		JOIN people_person p ON p.id = a.person LEFT JOIN people_account acc ON acc.id = p.id
		WHERE a.is_main = 1 AND a.until IS NULL AND p.until IS NULL AND u.kind = 'section' ORDER BY p.id`);
}

/** 100 lines: a third of the posts. Two of them wrong, and one head is missing. */
function makeList() {
	const known = new Set(["shokuin", "kacho", "ciso", "system", "kansa", "dairi"]);
	const plain = staff.filter((one) => !known.has(one.login));
	const of = (post) => plain.filter((one) => one.post === post);
	// Heads who hold nothing besides: the CSIRT would lose its leader, and the page would rightly say so.
	const heads = of("課長").filter((one) => one.posts === 1), vices = of("課長補佐"), clerks = of("主事"), seniors = of("主任主事");
	const rows = [];
	const row = (kind, one, to = {}) => rows.push([one?.number ?? "", to.name ?? "", one?.unit ?? "", one?.post ?? "",
		to.unit ?? "", to.post ?? "", kind, to.day ?? "", to.above ?? ""]);
	mover = staff.find((one) => one.login === "shokuin");
	leaver = staff.find((one) => one.login === "dairi");
	// A head retires, their deputy follows.
	const followed = heads.find((one) => vices.some((vice) => vice.unit === one.unit) && one.unit !== leaver.unit);
	row("退職", followed, { day: `${year}-03-31` });
	row("昇任", vices.find((one) => one.unit === followed.unit), { unit: followed.unit, post: "課長" });
	// Another moves away and nobody follows: the page must say so.
	boss = heads.find((one) => one.unit !== followed.unit && one.unit !== leaver.unit && one.unit !== mover.unit &&
		vices.some((vice) => vice.unit === one.unit));
	boss.vice = vices.find((vice) => vice.unit === boss.unit);
	rows.push([boss.number, "", boss.unit, boss.post, "", "デジタル推進課 課長 予定", "異動", "", ""]); // wrong: no unit
	rows.push(["1099", "", "", "", "デジタル推進課", "", "新設", "", "政策局"]);
	row("退職", leaver, { day: `${year}-03-31` });
	row("異動", mover, { unit: boss.unit, post: "係長" });
	for (const one of seniors.slice(0, 5)) row("退職", one, { day: `${year}-03-31` });
	const units = [...new Set(clerks.map((one) => one.code))];
	clerks.slice(0, 62).forEach((one) => {
		const at = units.indexOf(one.code);
		row("異動", one, { unit: units[(at + 3) % units.length], post: "主事" });
	});
	for (let at = 0; at < 15; at++)
		rows.push([`7${String(at).padStart(5, "0")}`, `新人　${"一二三四五六七八九十甲乙丙丁戊"[at]}`, "", "", units[at % units.length], "主事", "採用", "", ""]);
	for (const one of seniors.slice(5, 10)) row("兼務", one, { unit: units[(units.indexOf(one.code) + 1) % units.length], post: "主任主事" });
	for (const one of clerks.slice(62, 99 - rows.length + 62)) row("昇任", one, { unit: one.code, post: "主任主事" });
	rows.push([clerks[0].number.slice(0, 5) + "999", "だれか", "", "", units[0], "主事", "異動", "", ""]); // wrong: nobody
	const head = "職員番号,氏名,異動前所属,異動前職,異動後所属,異動後職,区分,発令日,上位所属";
	return { text: `令和${year - 2018}年4月1日付け人事異動（案）\r\n${head}\r\n${rows.map((one) => one.join(",")).join("\r\n")}\r\n`, count: rows.length };
}

async function upload(page, name, text, title) {
	await page.goto("/transfers");
	await page.locator('[name="title"]').fill(title);
	await page.locator('[name="day"]').fill(`R${year - 2018}.4.1`);
	await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(`\ufeff${text}`) });
	await press(page, "読み込んで確かめる");
	return new URL(page.url()).pathname;
}

/** The same rows as a workbook: numbers that are numbers, days that are days. */
async function workbook(house, text) {
	const path = join(house.folder, "ido.xlsx");
	await mustRun(BOOK_OF, [path], { input: text });
	return readFile(path);
}

/** What the list would do, as its table says it. */
const deeds = (page) => page.locator("#deeds + div.wide").innerText();

async function uploadAgain(page, file) {
	await page.goto(list);
	await page.getByText("ファイルを読み込み直す", { exact: true }).click();
	await page.locator('input[type="file"]').setInputFiles(file);
	await press(page, "読み込み直す");
}

/** The roles that the store's people hold are asked from outside, in the browser. */
async function rolesOf(page, person) {
	await page.goto(`/people/${person}`);
	return words(page);
}

about("April 1st", () => {
	promise("a list of a hundred moves is read, and says what it would do", async (house) => {
		staff = await readStaff(house);
		const [{ number }] = await house.ask("SELECT p.number FROM people_account a JOIN people_person p ON p.id = a.id WHERE a.login = 'kacho'");
		await mustRun(house.bansho, ["user", "grant", number, "--kind", "people", "--data", house.data]);
		made = makeList();
		assert.equal(made.count, 100);
		const page = await house.as("system");
		await page.goto("/people");
		await follow(page, "人事異動");
		await isFine(page);
		await house.picture("transfers");
		list = await upload(page, "ido.csv", made.text, `令和${year - 2018}年4月1日付け人事異動`);
		await sees(page, "まだ何も変わっていません", /直すところが2件/, "異動後の所属が空です", "の人はいません",
			"だれも担わなくなる役割が", "役割の変わる人", "残していくもの", "新しい空き");
		assert.equal(await button(page, "この内容で決裁を求める").count(), 0);
		await isFine(page);
		await house.picture("transfer-preview");
	}, 180);

	promise("accounts elsewhere and permits that would stay are said, with a link only for who may open them", async (house) => {
		const page = await house.as("system");
		await page.goto(list);
		const rows = page.locator("#accounts ~ div.wide").first().locator("tbody tr");
		const seen = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " "));
		const leavers = made.text.split("\r\n").map((line) => line.split(",")).filter((line) => line[6] === "退職").map((line) => line[0]);
		const [{ held }] = await house.ask(`SELECT count(*) AS held FROM access_account a JOIN people_person p ON p.id = a.person
			WHERE a.closed IS NULL AND a.is_disabled = 0 AND p.number IN (${leavers.map((one) => `'${one}'`).join(",")})`);
		assert.ok(held >= leavers.length, `${held} accounts of ${leavers.length} leavers`);
		assert.ok(seen.length > held, `${seen.length} rows for ${held} accounts of leavers`);
		// Who moves out of the section that keeps the residents' register keeps its account, but mail goes along.
		await page.goto(`/people/${mover.id}`);
		const name = (await page.locator("h1").innerText()).split("\n")[0].trim().replaceAll(/\s+/g, " ");
		const of = seen.filter((row) => row.startsWith(name));
		assert.equal(of.length, 1, `${name}: ${of.join("\n")} of ${seen.join("\n")}`);
		assert.match(of[0], /住民記録システム/);
		await page.goto(list);
		const links = await rows.getByRole("link").count();
		const other = await house.as("kacho");
		await other.goto(list);
		await isFine(other);
		const own = other.locator("#accounts ~ div.wide").first().locator("tr", { hasText: "住民記録システム" });
		assert.ok(await own.getByRole("link").count() >= 2, "who answers for a system gets no link to it");
		assert.ok(links < seen.length * 2, "links lead where the visitor is refused");
		await Promise.all([other.waitForNavigation(), own.getByRole("link").first().click()]);
		assert.match(new URL(other.url()).pathname, /^\/systems\/\d+$/);
		await page.goto(list);
	}, 120);

	promise("the same list as a workbook says the same, and a file that is none says what to do", async (house) => {
		const page = await house.as("system");
		const before = await deeds(page);
		await uploadAgain(page, { name: "ido.xlsx", mimeType: XLSX, buffer: await workbook(house, made.text) });
		await sees(page, /直すところが2件/);
		assert.equal(await deeds(page), before);
		await isFine(page);
		await house.picture("transfer-workbook");
		await uploadAgain(page, { name: "ido.xlsx", mimeType: XLSX, buffer: Buffer.from("PK\u0003\u0004 not a workbook") });
		await house.picture("transfer-workbook-broken");
		assert.match(await page.getByRole("alert").first().innerText(), /ファイル/);
		assert.ok(await page.locator('input[type="file"]').isVisible(), "the box to choose another file is folded away");
		await isFine(page);
		await page.goto(list);
		assert.equal(await deeds(page), before);
	}, 180);

	promise("wrong lines are put right in the page, and a missing head is added", async (house) => {
		const page = await house.as("system");
		await Promise.all([page.waitForNavigation(), page.locator("table").first().locator("tr", { hasText: "異動後の所属が空です" }).getByRole("link").click()]);
		await sees(page, "を直す", "異動後の所属が空です");
		await isFine(page);
		await house.picture("transfer-line");
		await fill(page, "to_unit", "デジタル推進課");
		await fill(page, "to_post", "課長");
		await press(page, "直す");
		await sees(page, /直すところが1件/);
		await Promise.all([page.waitForNavigation(), page.locator("table").first().locator("tr", { hasText: "の人はいません" }).getByRole("link").click()]);
		await press(page, "この行を除く");
		await seesNot(page, "直すところが");
		await sees(page, "除いた行", "だれも担わなくなる役割が");
		await follow(page, "行を加える");
		await isFine(page);
		await fill(page, "kind", "promotion");
		await fill(page, "number", boss.vice.number);
		await fill(page, "to_unit", boss.unit);
		await fill(page, "to_post", "課長");
		await press(page, "加える");
		const empty = (await words(page)).split("\n").filter((line) => line.includes("新しい空き"));
		assert.deepEqual(empty, []);
		await isFine(page);
		await house.picture("transfer-ready");
	}, 180);

	promise("who asks for it does not decide it", async (house) => {
		const page = await house.as("system");
		await press(page, "この内容で決裁を求める");
		await sees(page, "決裁待ち", "決裁は別の人がします");
		assert.equal(await button(page, "この内容で決裁する").count(), 0);
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto(list)).status(), 403);
		assert.equal((await clerk.goto("/transfers")).status(), 403);
	});

	promise("of two lists the second meets a conflict and a new preview", async (house) => {
		const page = await house.as("system");
		const head = "職員番号,氏名,異動前所属,異動前職,異動後所属,異動後職,区分";
		second = await upload(page, "b.csv", `${head}\r\n${mover.number},,${mover.unit},${mover.post},政策局,主査,異動\r\n`, "追加の異動");
		await press(page, "この内容で決裁を求める");
		const other = await house.as("kacho");
		await other.goto(second);
		assert.equal(await button(other, "この内容で決裁する").count(), 1);
		const late = await house.visitor("kacho");
		await late.goto(list);
		await sees(late, "この内容で決裁する".slice(0, 2));
		await press(late, "この内容で決裁する");
		await sees(late, "決裁を記録しました", "決裁済み", "引継ぎ");
		await isFine(late);
		await house.picture("transfer-decided");
		// The other page was drawn before.
		await press(other, "この内容で決裁する");
		await sees(other, "決裁待ち", "起きることが変わりました");
		await house.picture("transfer-conflict");
		await press(page, "取り下げる").catch(() => {});
		await page.goto(second);
		await page.getByText("取り下げる", { exact: true }).first().click();
		await fill(page, "why", "先の一覧に含めたため");
		await press(page, "取り下げる");
		await sees(page, "取下げ");
	}, 180);

	promise("before the day nothing is different, and nobody hears of it", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/");
		await seesNot(page, "引継ぎ");
		await page.goto("/handover");
		await sees(page, "いまのところ、あなたの異動はありません");
		await isFine(page);
		const seen = await rolesOf(page, mover.id);
		assert.ok(!seen.includes(boss.unit), "a move is seen before it is told");
	});

	promise("another's hand-over is refused to who guesses its address", async (house) => {
		const page = await house.as("shokuin");
		for (const path of [`${list}/handover/${leaver.id}`, `${list}/handover/${mover.id}`, `${list}/leavers`, `${list}/lines`, `${list}/lines/1`, list])
			assert.equal((await page.goto(path)).status(), 403, path);
		await page.goto(`/people/${leaver.id}?day=${APRIL}`);
		await seesNot(page, `令和${year - 2018}年`, "退職しています");
	});

	promise("some days before, each sees what they leave and take on", async (house) => {
		await house.sleepUntil(`${year}-03-28T09:00:00`);
		const page = await house.visitor("shokuin");
		house.last = page;
		await page.goto("/");
		await sees(page, "引継ぎ");
		await follow(page, "引継ぎを見る");
		await sees(page, "残していく職", "引き受ける職", boss.unit);
		await isFine(page);
		await house.picture("handover");
		const goes = await house.visitor("dairi");
		house.last = goes;
		await goes.goto("/handover");
		await sees(goes, "退職の前にすること", "職員証", "秘密を守ること");
		await isFine(goes);
		await house.picture("handover-leaver");
		await press(goes, "読みました。退職後も秘密を守ります");
		await sees(goes, "確認しました");
		const keeper = await house.visitor("system");
		await keeper.goto(list);
		await follow(keeper, "退職する人の返却と秘密保持");
		await sees(keeper, "確認済み", "まだ");
		await isFine(keeper);
		house.last = keeper;
		await house.picture("leavers");
		const open = await button(keeper, /を受け取った$/).count();
		await Promise.all([keeper.waitForNavigation(), button(keeper, /職員証.*を受け取った$/).first().click()]);
		await sees(keeper, "返却済み");
		assert.equal(await button(keeper, /を受け取った$/).count(), open - 1);
		const told = await house.ask(`SELECT count(*) AS n FROM transfer_told WHERE stage = 'coming'`);
		assert.ok(told[0].n > 80, `${told[0].n} were told`);
	}, 240);

	promise("what a leaver has borrowed stands among what they give back, until it is back", async (house) => {
		const goes = await house.visitor("dairi");
		const [thing] = (await house.ask(`SELECT r.id, r.title, r.field_values AS given FROM ledger_row r JOIN shown_post q ON q.unit = r.owner
			WHERE q.id = ${leaver.post_id} AND r.ledger = 'asset' AND r.is_retired = 0 AND r.id NOT IN (SELECT asset FROM flow_outing WHERE back IS NULL)`))
			.filter(({ given }) => ["usb", "disk", "card", "optical"].includes(JSON.parse(given).shape));
		await goes.goto(`/things/${thing.id}`);
		await fill(goes, "words", "引継ぎの資料を写す");
		await press(goes, "いま借りる・貸す");
		await sees(goes, "貸出を記録しました");
		await goes.goto("/handover");
		await sees(goes, "借りている物", thing.title, "最後の日までに返してください");
		await isFine(goes);
		const keeper = await house.visitor("system");
		await keeper.goto(`${list}/leavers`);
		await sees(keeper, "借りている物", thing.title);
		await isFine(keeper);
		await goes.goto(`/things/${thing.id}`);
		await press(goes, "いま戻した");
		await keeper.goto(`${list}/leavers`);
		await seesNot(keeper, thing.title);
	});

	promise("on the morning it holds, on a server that was off at midnight", async (house) => {
		await house.stop();
		await house.sleepUntil(`${APRIL}T08:25:00`);
		const stranger = await house.stranger();
		await stranger.goto("/sign-in");
		await stranger.getByLabel("ログイン名").fill("dairi");
		await stranger.getByLabel("パスワード").fill(house.password);
		await button(stranger, "サインイン").click();
		await stranger.waitForLoadState();
		assert.equal(new URL(stranger.url()).pathname, "/sign-in");
		const page = await house.visitor("shokuin");
		await page.goto("/");
		await sees(page, boss.unit, "引継ぎ");
		const seen = await rolesOf(page, boss.vice.id);
		assert.match(seen, new RegExp(`${boss.unit}[^\\n]*課長`));
		const keeper = await house.visitor("system");
		await keeper.goto(list);
		await sees(keeper, "発令済み");
		assert.equal(await button(keeper, "取り下げる").count(), 0);
		await isFine(keeper);
		house.last = keeper;
		await house.picture("transfer-in-force");
		await keeper.goto("/people/roles");
		await isFine(keeper);
	}, 240);

	promise("the journal of that night verifies", async (house) => {
		await house.stop();
		await mustRun(house.bansho, ["verify", "--data", house.data]);
	}, 120);
});

await keepIn(LaterHouse, { staff: 300, assets: 400, port: await anyPort() },
	{ first: () => assert.ok(BOOK_OF !== undefined, "book_of is not built") });
