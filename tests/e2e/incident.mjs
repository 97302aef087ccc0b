// Ransomware, from the clerk's phone to the final report to the authorities, the chain's second link absent and the
// clock moved (clock_at.c); then what people outside send without signing in.
// node tests/e2e/incident.mjs FOLDER-OF-PROGRAMS; TAP on stdout. CLOCK_AT_SO: the library that moves the clock.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { isFine, violations } from "./checks.mjs";
import { mustRun, run } from "./house.mjs";
import { LaterHouse } from "./later.mjs";
import { button, follow, link, press, sees, seesNot, until } from "./steps.mjs";
import { anyPort, keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const HOUR = 3600000, DAY = 24 * HOUR, MINUTE_SECONDS = 60;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const put = (page, name, words) => page.locator(`main [name="${name}"]`).fill(words);
const tick = (page, name, value) => page.locator(`main [name="${name}"][value="${value}"]`).check();
const choose = (page, name, value) => page.locator(`main select[name="${name}"]`).selectOption(value);

async function isPdf(page, name) {
	const paper = await page.context().request.get(await link(page, name).first().getAttribute("href"));
	assert.equal(paper.status(), 200, await paper.text());
	assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
}

let incident, csirt;

about("ransomware", () => {
	promise("a clerk reports it from a phone in under a minute", async (house) => {
		const page = await house.visitor("shokuin", PHONE);
		house.last = page;
		const begun = Date.now();
		await follow(page, "事案を報告する");
		await house.picture("incident-kinds-phone");
		await follow(page, /ランサムウェア/);
		await sees(page, "まず、すること", "電源は切らない");
		await house.picture("incident-report-phone");
		await put(page, "title", "窓口の端末に、金銭を求める英語の画面が出ている");
		await press(page, "報告する");
		assert.ok(Date.now() - begun < MINUTE_SECONDS * 1000);
		await sees(page, "報告しました", "まず、すること", "評価待ち", "知った日時", "入力した日時", "金銭を求める英語の画面");
		incident = new URL(page.url()).pathname;
		await house.picture("incident-reported-phone");
		const axe = await violations(page);
		assert.deepEqual(axe, []);
		assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= 390), true);
	});

	promise("what was typed while the session ran out is there after signing in", async (house) => {
		const page = await house.visitor("shokuin", PHONE);
		await page.goto(incident);
		await put(page, "words", "となりの端末でも、ファイルの名前が変わっていた。");
		await page.context().clearCookies();
		await press(page, "経過に書く");
		await sees(page, "書いた内容は残っています");
		await page.getByLabel("ログイン名").fill("shokuin");
		await page.getByLabel("パスワード").fill(house.password);
		await press(page, "サインイン");
		assert.equal(new URL(page.url()).pathname, incident);
		assert.equal(await page.locator('[name="words"]').inputValue(), "となりの端末でも、ファイルの名前が変わっていた。");
		await press(page, "経過に書く");
		await sees(page, "経過に書きました", "ファイルの名前が変わっていた");
		// And the first report itself.
		await page.goto("/incidents/report?kind=other");
		await put(page, "title", "切れている間に書いた報告");
		await page.context().clearCookies();
		await press(page, "報告する");
		await page.getByLabel("ログイン名").fill("shokuin");
		await page.getByLabel("パスワード").fill(house.password);
		await press(page, "サインイン");
		assert.equal(await page.locator('[name="title"]').inputValue(), "切れている間に書いた報告");
		await press(page, "報告する");
		await sees(page, "報告しました", "切れている間に書いた報告");
	});

	promise("the head types in what was told by voice, with its own time", async (house) => {
		const page = await house.as("kacho");
		const [{ number }] = await house.ask("SELECT p.number FROM people_person p JOIN people_account c ON c.id = p.id WHERE c.login = 'shokuin'");
		await page.goto("/incidents/report?kind=paper");
		await put(page, "title", "申請書を別の人に渡した");
		await page.getByText("もっと書く").click();
		await put(page, "who", "いない人");
		await press(page, "報告する");
		await isFine(page);
		assert.equal(await page.locator('[name="title"]').inputValue(), "申請書を別の人に渡した");
		await put(page, "who", number);
		await press(page, "報告する");
		await sees(page, "報告しました", "報告した人", "入力した人", "口頭・電話を入力");
	});

	promise("the first link receives it and passes it up", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/incidents");
		await sees(page, "あなたを待っているもの");
		await isFine(page);
		await house.picture("incident-list");
		await page.goto(incident);
		await sees(page, "あなたの番です");
		await follow(page, "受領する");
		await isFine(page);
		await put(page, "words", "LANから外したことを確かめた。");
		await tick(page, "needed", "yes");
		await tick(page, "grave", "yes");
		await press(page, "受領する");
		await sees(page, "受領を記録しました", "LANから外したことを確かめた");
	});

	promise("somebody without part in it does not learn that it exists", async (house) => {
		const [{ login }] = await house.ask("SELECT c.login FROM people_account c WHERE c.id NOT IN (SELECT a.person FROM people_assignment a JOIN people_post_role r ON r.post = a.post) " +
			"AND c.login <> 'shokuin' AND c.login <> 'system' AND c.login <> 'kansa' AND c.id IN (SELECT person FROM people_assignment) LIMIT 1");
		const page = await house.visitor(login);
		assert.equal((await page.goto(incident)).status(), 404);
		assert.equal((await page.goto(`${incident}/evidence`)).status(), 404);
		await page.goto("/incidents");
		await seesNot(page, "金銭を求める英語の画面");
	});

	promise("the second link is absent: the clock tells its substitute", async (house) => {
		await house.sleep(4 * HOUR);
		csirt = (await house.holders("csirt-leader"))[0];
		await until(async () => {
			const rows = await house.ask(`SELECT level, escalated FROM incident_link WHERE incident = ${incident.split("/").pop()} AND code = 'csirt'`);
			assert.ok(rows.length === 1 && rows[0].level >= 1, JSON.stringify(rows));
		}, 90);
		const page = await house.as(csirt);
		await page.goto(incident);
		await sees(page, "代わりの人に知らせました", "あなたの番です");
		await follow(page, "受領する");
		await press(page, "受領する");
		await sees(page, "遅れて受領");
	}, 180);

	promise("the CSIRT judges it: tasks and days outside begin", async (house) => {
		const page = await house.as(csirt);
		await follow(page, "判断する");
		await isFine(page);
		await house.picture("incident-judge");
		await put(page, "words", "二台で暗号化を確かめた。");
		await press(page, "判断を記録する");
		await sees(page, "インシデントかどうかを選んでください");
		assert.equal(await page.locator('[name="words"]').inputValue(), "二台で暗号化を確かめた。");
		await tick(page, "verdict", "incident");
		await tick(page, "crime", "yes");
		await tick(page, "grounds", "wrongful");
		await press(page, "判断を記録する");
		await sees(page, "判断を記録しました", "外部への報告の期限", "個人情報保護委員会", /あと\d+日/, "感染した端末とサーバーを切り離す");
		await isFine(page);
		await house.picture("incident-case");
	});

	promise("evidence is hashed when it is taken in, and found the same", async (house) => {
		const page = await house.as(csirt), bytes = Buffer.from("READ ME: your files are encrypted");
		await follow(page, "証拠を加える");
		await isFine(page);
		await page.locator('[name="file"]').setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: bytes });
		await put(page, "name", "脅迫文.txt");
		await put(page, "origin", "窓口の端末 PC-0012");
		await press(page, "受け入れる");
		await sees(page, "証拠を受け入れました", createHash("sha256").update(bytes).digest("hex"));
		await tick(page, "doing", "checked");
		await press(page, "記録する");
		await sees(page, "受け入れたときと同じです");
		await tick(page, "doing", "handed");
		await put(page, "holder", "県警察の担当者");
		await press(page, "記録する");
		await sees(page, "県警察の担当者");
		await isFine(page);
		await house.picture("incident-evidence");
		// What the clock writes meanwhile is not counted.
		const taken = async () => (await house.ask(`SELECT count(*) AS n FROM journal_entry WHERE instr(entry, '"incident.evidence-read"')`))[0].n;
		const before = await taken();
		const [download] = await Promise.all([page.waitForEvent("download"), button(page, "ファイルを取り出す").click()]);
		assert.equal(download.suggestedFilename(), "脅迫文.txt");
		assert.equal(await taken(), before + 1);
	});

	promise("an order is given and answered, and so is every task", async (house) => {
		const page = await house.as(csirt);
		await page.goto(`${incident}/tasks`);
		await isFine(page);
		await tick(page, "task", "contain");
		await put(page, "words", "全庁のファイル共有を止める");
		await choose(page, "role", "csirt-leader");
		await press(page, "頼む");
		await sees(page, "全庁のファイル共有を止める", "応急措置の指示");
		for (let at = 0; at < 30; at++) {
			await page.goto(incident);
			const open = await house.ask(`SELECT id FROM incident_task WHERE incident = ${incident.split("/").pop()} AND answered IS NULL LIMIT 1`);
			if (open.length === 0) break;
			await page.goto(`${incident}/tasks/${open[0].id}`);
			await put(page, "words", "行った。");
			await press(page, "結果を記録する");
			await sees(page, "結果を記録しました");
		}
		await sees(page, "済み");
		await seesNot(page, "結果を書く");
	}, 180);

	promise("persons are counted, and entries are written and written anew", async (house) => {
		const page = await house.as(csirt);
		await page.goto(`${incident}/affected`);
		await isFine(page);
		await put(page, "name", "住民の相談記録");
		await put(page, "items", "氏名、住所");
		await put(page, "persons", "多い");
		await press(page, "加える");
		assert.equal(await page.locator('[name="name"]').inputValue(), "住民の相談記録");
		await put(page, "persons", "5200");
		await press(page, "加える");
		await sees(page, "5,200人");
		for (const [category, words] of [["secondary", "二次被害の申出はない。"], ["persons", "本人への手紙を用意した。"], ["publish", "ホームページで公表した。"]]) {
			await put(page, "words", words);
			await page.locator("#i-category").selectOption(category);
			await page.locator("#i-reported-1").check();
			await press(page, "経過に書く");
			await sees(page, words);
		}
		await follow(page, "書き直す");
		await put(page, "words", "ホームページと会見で公表した。");
		await press(page, "経過に書く");
		await sees(page, "ホームページと会見で公表した", "書き直された");
	});

	promise("two put the same line right: the second is told, and what they typed is not lost", async (house) => {
		const one = await house.as(csirt), other = await house.as("shokuin");
		await one.goto(incident);
		await put(one, "words", "端末を三台止めた。");
		await press(one, "経過に書く");
		await sees(one, "端末を三台止めた");
		const again = new URL(await link(one, "書き直す").last().getAttribute("href"), one.url());
		await other.goto(again.href);
		await one.goto(again.href);
		await put(other, "words", "端末を四台止めた。");
		await put(one, "words", "端末を五台止め、一台を戻した。");
		await press(other, "経過に書く");
		await sees(other, "端末を四台止めた");
		await press(one, "経過に書く");
		await sees(one, "書き直");
		assert.equal(await one.locator('main [name="words"]').inputValue(), "端末を五台止め、一台を戻した。");
		await one.goto(incident);
		await sees(one, "端末を四台止めた");
		await seesNot(one, "端末を五台止め");
	});

	promise("the drafts and the body's own forms come out of the timeline", async (house) => {
		const page = await house.as(csirt);
		await page.goto(incident);
		await isPdf(page, "報告書の下書き");
		for (const one of await page.getByRole("link", { name: /をPDFで開く/ }).all()) {
			const paper = await page.context().request.get(await one.getAttribute("href"));
			assert.equal(paper.status(), 200, await one.innerText());
			assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
		}
		// 11-2 has the timeline as a table, what is marked for reports only, and the newest entry about the case below.
		const path = join(house.folder, "form.pdf");
		await writeFile(path, await (await page.context().request.get(`${incident}/forms/11-2`)).body());
		const paper = (await run("pdftotext", ["-layout", path, "-"])).text.replaceAll(/[ \u3000\n]+/g, "");
		for (const words of ["様式第11-2号", "決裁欄", "書いた人", "ホームページと会見で公表した", "SHA-256", "検証のしかた"])
			assert.ok(paper.includes(words), `${words} is not on the form:\n${paper.slice(0, 600)}`);
		assert.ok(!paper.includes("ファイルの名前が変わっていた"), "what is not marked for reports is on the form");
		const [{ seq, leaf }] = await house.ask(`SELECT id AS seq, lower(hex(leaf)) AS leaf FROM journal_entry WHERE id = (SELECT max(entry) FROM journal_about WHERE about = 'incident:${incident.split("/").pop()}')`);
		assert.ok(paper.includes(`記録簿の${seq}番まで`) && paper.includes(leaf));
	});

	promise("the preliminary reports are recorded; the day of the final one stays in sight", async (house) => {
		const page = await house.as(csirt);
		const filed = async () => house.ask(`SELECT id FROM incident_outside WHERE incident = ${incident.split("/").pop()} AND filed IS NULL AND waived IS NULL AND stage = 'first'`);
		for (const { id } of await filed()) {
			await page.goto(`${incident}/outside/${id}`);
			await put(page, "way", "報告フォーム");
			await put(page, "reference", "R-1");
			await press(page, "記録する");
			await sees(page, "外部への報告を記録しました");
		}
		assert.equal((await filed()).length, 0);
		await sees(page, "報告済み", /あと\d+日/);
	});

	promise("weeks later: cause and prevention, the final report, and the CISO closes", async (house) => {
		await house.sleep(20 * DAY);
		const page = await house.as(csirt);
		await page.goto(incident);
		await follow(page, "原因と再発防止を報告する");
		await isFine(page);
		await put(page, "cause", "保守の遠隔接続に、二つめの確認がなかった。");
		await put(page, "prevented", "遠隔接続を止めた。");
		await put(page, "todo", "多要素認証を入れる（情報政策課、年度内）。");
		await press(page, "報告する");
		await sees(page, "原因と再発防止を報告しました");
		await follow(page, "分かったことを直す");
		await isFine(page);
		await choose(page, "disclosure", "done");
		await put(page, "disclosure-words", "ホームページ");
		await press(page, "保存する");
		const rest = await house.ask(`SELECT id FROM incident_outside WHERE incident = ${incident.split("/").pop()} AND filed IS NULL AND waived IS NULL`);
		for (const { id } of rest) {
			await page.goto(`${incident}/outside/${id}`);
			await put(page, "way", "報告フォーム");
			await press(page, "記録する");
		}
		await sees(page, "確報", "報告済み");
		const ciso = await house.as("ciso");
		await ciso.goto(`${incident}/close`);
		await sees(ciso, "受け取っていません");
		await press(ciso, "終結する");
		await sees(ciso, "まだ終結できません");
		const chief = (await house.holders("chief"))[0];
		for (const login of ["ciso", chief]) {
			const one = await house.as(login);
			for (let at = 0; at < 6; at++) {
				await one.goto(incident);
				if (await link(one, "受領する").count() === 0) break;
				await follow(one, "受領する");
				await press(one, "受領する");
			}
		}
		await ciso.goto(incident);
		await follow(ciso, "終結する");
		await isFine(ciso);
		await press(ciso, "終結する");
		await sees(ciso, "終結しました");
		assert.equal(await button(ciso, "経過に書く").count(), 0);
		await house.picture("incident-closed");
	}, 240);
});

about("the plan", () => {
	promise("it is a page and a paper, and its contacts are kept", async (house) => {
		const page = await house.as(csirt);
		await page.goto("/incidents/plan");
		await sees(page, "連絡の順", "報告すべき事項", "まず、すること");
		await isFine(page);
		await house.picture("incident-plan");
		await follow(page, "連絡先を加える");
		await isFine(page);
		await choose(page, "whom", "other");
		await put(page, "name", "通信事業者の当番");
		await put(page, "phone", "087-000-0000");
		await press(page, "保存する");
		await sees(page, "通信事業者の当番");
		assert.equal(await page.getByRole("link", { name: "087-000-0000" }).getAttribute("href"), "tel:0870000000");
		await press(page, "すべて確かめて、正しかった");
		await isPdf(page, /印刷する/);
		const clerk = await house.as("shokuin");
		await clerk.goto("/incidents/plan");
		await seesNot(clerk, "087-000-0000");
	});

	promise("who only reads a case is offered no paper, and gets none by its address", async (house) => {
		const reader = await house.as("kansa"), writer = await house.as(csirt);
		const [{ id }] = await house.ask("SELECT min(id) AS id FROM incident_case");
		assert.equal((await reader.goto(`/incidents/${id}`)).status(), 200);
		assert.equal(await reader.locator("main a[href*='/forms/'], main a[href$='/paper']").count(), 0);
		assert.equal((await reader.context().request.get(`/incidents/${id}/paper`)).status(), 403);
		await writer.goto(`/incidents/${id}`);
		assert.equal(await writer.locator("main a[href$='/paper']").count(), 1);
	});

	promise("the list goes along as CSV and as a workbook", async (house) => {
		const page = await house.as(csirt);
		const csv = await page.context().request.get("/incidents/csv");
		assert.match(await csv.text(), /金銭を求める英語の画面/);
		assert.equal((await (await page.context().request.get("/incidents/xlsx")).body()).subarray(0, 2).toString(), "PK");
	});
});

about("people outside", () => {
	promise("they report without signing in, and get a number of their own", async (house) => {
		const page = await house.stranger(PHONE);
		await page.goto("/sign-in");
		await follow(page, /サインインせずに知らせる/);
		await press(page, "知らせる");
		await sees(page, "気付いたことを書いてください");
		await put(page, "words", "知らない人の名前が書かれた封筒が届きました。");
		await put(page, "contact", "090-0000-1111");
		await press(page, "知らせる");
		await sees(page, "受付番号", /[0-9A-Z]{4}-[0-9A-Z]{4}/);
		await seesNot(page, "事案R", "封筒");
		assert.deepEqual(await violations(page), []);
		house.last = page;
		await house.picture("incident-public-phone");
		const number = (await page.locator("main").innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
		assert.notEqual((await page.goto("/incidents")).url().includes("/sign-in"), false);
		const csirtPage = await house.as(csirt);
		await csirtPage.goto(`/incidents?words=${number}`);
		await follow(csirtPage, /封筒が届きました/);
		await sees(csirtPage, "090-0000-1111", "通報のページ");
	});

	promise("what is reloaded, gone back to or pressed twice is sent once", async (house) => {
		const cases = async () => (await house.ask("SELECT count(*) AS count FROM incident_case WHERE way = 'public'"))[0].count;
		const page = await house.stranger();
		await page.goto("/report");
		const before = await cases(), once = await page.locator('[name="once"]').inputValue();
		await put(page, "words", "駅で名簿らしい紙を拾いました。");
		await put(page, "contact", "090-0000-2222");
		await press(page, "知らせる");
		await sees(page, "受付番号", /[0-9A-Z]{4}-[0-9A-Z]{4}/, "受け付けた日時");
		await seesNot(page, "名簿", "090-0000-2222", "事案令和");
		const number = (await page.locator("main").innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
		assert.equal(await cases(), before + 1);
		await page.reload();
		await sees(page, number);
		assert.deepEqual(await violations(page), []);
		assert.equal(await cases(), before + 1);
		const form = { once, words: "駅で名簿らしい紙を拾いました。", happened: "", place: "", contact: "090-0000-2222" };
		const send = (more = {}) => page.context().request.post("/report", { form: { ...form, ...more }, headers: { origin: house.address }, maxRedirects: 0 });
		const addresses = await Promise.all([send(), send()]);
		for (const one of addresses) assert.equal(one.status(), 303);
		assert.equal(new URL(addresses[0].headers().location, house.address).href, page.url());
		assert.equal(await cases(), before + 1);
		// A new form pressed twice before either is answered.
		const twice = { once: "a1".repeat(32), words: "二度押しました。" };
		const [first, second] = await Promise.all([send(twice), send(twice)]);
		assert.equal(first.headers().location, second.headers().location);
		assert.equal(await cases(), before + 2);
		// Gone back to and written on: that is another report, not a lost one.
		assert.notEqual((await send({ words: "駅で名簿らしい紙を拾いました。2枚です。" })).headers().location, addresses[0].headers().location);
		assert.equal(await cases(), before + 3);
		// The number opens nothing, nor does a guessed key.
		for (const guess of [number, "0".repeat(64)]) {
			assert.equal((await page.goto(`/report?receipt=${guess}`)).status(), 404);
			await seesNot(page, "名簿", "090-0000-2222", "事案令和", "受付番号");
		}
		await house.sleep(2 * HOUR); // the address is forgiven meanwhile
	});

	promise("too many from one address are turned away, and no one else is", async (house) => {
		const page = await house.stranger();
		let turned = 0;
		for (let at = 0; at < 8 && turned === 0; at++) {
			await page.goto("/report");
			await put(page, "words", `試し${at}`);
			await press(page, "知らせる");
			turned = (await page.locator("main, header").first().count(), await page.getByText("しばらく受け付けません").count());
		}
		assert.ok(turned > 0, "nobody was turned away");
		const clerk = await house.as("shokuin");
		await clerk.goto("/incidents/report?kind=other");
		await put(clerk, "title", "職員は報告できる");
		await press(clerk, "報告する");
		await sees(clerk, "報告しました");
	});

	promise("the journal of it all verifies", async (house) => {
		await house.stop();
		await mustRun(house.bansho, ["verify", "--data", house.data]);
	}, 120);
});

await keepIn(LaterHouse, { staff: 120, assets: 150, port: await anyPort() });
