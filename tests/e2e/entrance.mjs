// A server room, its tablet and its keeper in the browser: node tests/e2e/entrance.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { violations, wideParts } from "./checks.mjs";
import { enterFirst, fillFirst, held, line, newest, openDoor, TABLET, tabletCode, theKeeper, tiedTablet, visits } from "./door.mjs";
import { House } from "./house.mjs";
import { button, fetched, follow, pdfWords, press, sees, seesNot, submit, until } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

let tablet, room, keeper;

about("a server room", () => {
	promise("its keeper finds the room, and gets a code for a tablet that is shown once", async (house) => {
		keeper = await theKeeper(house);
		const page = await house.as(keeper);
		await page.goto("/entrance");
		await sees(page, "サーバ室の入退室", "本庁舎 サーバ室");
		await isFine(page);
		await house.picture("entrance");
		await submit(page, page.locator("main table a").first());
		room = new URL(page.url()).pathname;
		await sees(page, "いま中にいる人", "説明の要る入室", "月ごとの記録", "タブレット");
		await isFine(page);
		await house.picture("entrance-room");
		await page.getByText("タブレットを登録する").click();
		await page.locator('[name="name"]').fill("サーバ室 入口");
		await press(page, "番号を出す");
		await sees(page, "同じ名前のタブレットがあります");
		assert.equal(await page.locator('[name="name"]').inputValue(), "サーバ室 入口");
		await page.getByText("タブレットを登録する").click();
		await page.locator('[name="name"]').fill("試験の二台目");
		await press(page, "番号を出す");
		await sees(page, "タブレットの番号", "30分");
		await isFine(page);
		await house.picture("entrance-code");
		tablet = { code: (await page.locator(".code.big").innerText()).trim() };
	});

	promise("a tablet without a token sees nothing, and a wrong code ties nothing", async (house) => {
		const page = await house.stranger(TABLET);
		tablet.page = page;
		for (const path of ["/tablet/state", "/tablet/key"]) {
			const answer = await page.request.get(path);
			assert.equal(answer.status(), 403);
			assert.deepEqual(await answer.json(), { state: "none" });
		}
		await page.goto("/tablet/door");
		assert.equal(new URL(page.url()).pathname, "/tablet");
		await page.getByLabel("番号").fill("AAAA-2222");
		await button(page, "このタブレットを登録する").click();
		await page.getByText("この番号では登録できません").waitFor();
		assert.equal(await page.getByLabel("番号").inputValue(), "AAAA-2222");
		await isFine(page);
		await house.picture("tablet-tie");
		await page.getByLabel("番号").fill(tablet.code.toLowerCase());
		await button(page, "このタブレットを登録する").click();
		await line(page, "online");
		await isFine(page);
		await house.picture("tablet-home");
		assert.equal((await house.ask("SELECT count(*) AS count FROM entrance_tablet WHERE token IS NOT NULL AND stopped IS NULL"))[0].count, 2);
	});

	promise("its token opens no page of anybody, and shows names alone", async (house) => {
		const { page } = tablet;
		for (const path of ["/entrance", room, `${room}/log`, "/ledger", "/people", "/journal"]) {
			const answer = await page.request.get(path, { maxRedirects: 0, headers: { accept: "text/html" } });
			assert.equal(answer.status(), 303, path);
			assert.ok(answer.headers().location.startsWith("/sign-in"), path);
		}
		const state = await (await page.request.get("/tablet/state")).json();
		assert.deepEqual(Object.keys(state).sort(), ["devices", "entrants", "inside", "room", "state", "visitors"]);
		for (const one of state.entrants)
			assert.deepEqual(Object.keys(one).sort(), ["key", "may", "name", "outside"]);
		const answer = await page.request.post("/tablet/entries", { data: { body: "{}", sign: "00", sent: Date.now() },
			headers: { "Sec-Fetch-Site": "same-origin" } });
		assert.equal((await answer.json()).state, "wrong");
		const foreign = await page.request.post("/tablet/entries", { data: {}, headers: { "Sec-Fetch-Site": "cross-site" } });
		assert.equal(foreign.status(), 403);
		assert.match(await page.locator("body").innerHTML(), /目的/);
	});

	promise("somebody of the list enters and leaves, and the ledger has it", async (house) => {
		const { page } = tablet;
		house.last = page;
		const before = await visits(house);
		await button(page, "入室する").click();
		await isFine(page);
		await house.picture("tablet-who");
		await page.locator("#who-list button").first().click();
		await isFine(page);
		await house.picture("tablet-enter");
		await button(page, "入室を記録する").click();
		await page.getByText("目的を選んでください").waitFor();
		await button(page, "やめる").last().click();
		await openDoor(page);
		const name = await enterFirst(page);
		await house.picture("tablet-done");
		const visit = await newest(house);
		assert.equal(await visits(house), before + 1);
		assert.equal(visit.state, "inside");
		assert.equal(visit.trouble, "");
		assert.equal(visit.id_shown, 1);
		assert.equal((await house.ask(`SELECT count(*) AS count FROM ledger_row WHERE id = ${visit.ledger_row} AND ledger = 'entry-log'`))[0].count, 1);
		await openDoor(page);
		await button(page, "退室する").click();
		await page.locator("#who-list").getByText(name, { exact: true }).click();
		await button(page, "退室を記録する").click();
		await page.getByText("退室を記録しました").waitFor();
		assert.equal((await newest(house)).state, "left");
	});

	promise("who is not on the list needs somebody of the body, and is turned away without", async (house) => {
		const { page } = tablet;
		await openDoor(page);
		await button(page, "入室する").click();
		await button(page, "名簿にない").click();
		await page.getByLabel("氏名").fill("見学 太郎");
		await page.getByLabel("所属・会社").fill("となり市");
		await page.getByText("下見・見学").click();
		await button(page, "入室を記録する").click();
		await page.getByText("立ち会う職員を選んでください").waitFor();
		await house.picture("tablet-visitor");
		await button(page, "立ち会う職員がいないので帰る").click();
		await page.getByRole("heading", { name: "入室できません" }).waitFor();
		const refused = await until(async () => {
			const visit = await newest(house);
			assert.equal(visit.state, "refused");
			return visit;
		});
		await held(page, 0);
		assert.equal(refused.name, "見学 太郎");
		await openDoor(page);
		await button(page, "入室する").click();
		await button(page, "名簿にない").click();
		await page.getByLabel("氏名").fill("見学 次郎");
		await page.getByLabel("所属・会社").fill("となり市");
		await page.getByText("下見・見学").click();
		await page.locator("#escort").selectOption({ index: 1 });
		await button(page, "入室を記録する").click();
		await page.getByText("入室を記録しました").waitFor();
		const visit = await newest(house);
		assert.equal(visit.kind, "visitor");
		assert.notEqual(visit.escort, "");
		assert.equal(visit.trouble, "");
	});

	promise("a badge is read; a garbled or repeated one is told", async (house) => {
		const { page } = tablet;
		const head = await house.as(keeper);
		await head.goto(`${room}/badges`);
		await isFine(head);
		await house.picture("entrance-badges");
		const badge = (await head.locator(".badges .code").first().innerText()).trim();
		const picture = await head.request.get(await head.locator(".badges img").first().getAttribute("src"));
		assert.equal(picture.headers()["content-type"], "image/svg+xml");
		await openDoor(page);
		await page.locator("#scan").fill(badge.slice(0, -1) + (badge.endsWith("7") ? "8" : "7"));
		await page.keyboard.press("Enter");
		await page.getByText("読み取れませんでした").waitFor();
		await page.locator("#scan").fill(badge);
		await page.keyboard.press("Enter");
		await page.locator("#door-enter").waitFor();
		await button(page, "やめる").first().click();
		await page.locator("#scan").fill(badge);
		await page.keyboard.press("Enter");
		await page.getByText("いま受け付けたところです").waitFor();
	});

	promise("an hour without network loses nothing, even when the page is opened anew", async (house) => {
		const { page } = tablet;
		await openDoor(page);
		await page.evaluate(async () => {
			await navigator.serviceWorker.ready;
			const cache = await caches.open("door-1");
			while (!(await cache.match("/tablet/door"))) await new Promise((go) => setTimeout(go, 100));
		});
		const before = await visits(house);
		await page.context().setOffline(true);
		const name = await enterFirst(page);
		await line(page, "offline");
		await held(page, 1);
		await page.reload();
		await line(page, "offline");
		await held(page, 1);
		await house.picture("tablet-offline");
		await page.locator("#go-leave").click({ timeout: 10000 });
		await page.locator("#who-list").getByText(name, { exact: true }).last().click();
		await button(page, "退室を記録する").click();
		await page.getByText("このタブレットが預かりました").waitFor();
		await held(page, 2);
		assert.equal(await visits(house), before);
		await page.context().setOffline(false);
		await held(page, 0);
		await line(page, "online");
		assert.equal(await visits(house), before + 1);
		const visit = await newest(house);
		assert.equal(visit.state, "left");
		assert.equal((await house.ask("SELECT count(*) AS count FROM (SELECT mark FROM entrance_visit GROUP BY mark HAVING count(*) > 1)"))[0].count, 0);
	});

	promise("what was taken an hour ago is marked late, with both times", async (house) => {
		const { page } = tablet;
		await openDoor(page);
		await page.context().setOffline(true);
		await page.clock.install({ time: Date.now() });
		await enterFirst(page);
		await held(page, 1);
		await page.clock.fastForward(3600000);
		await page.context().setOffline(false);
		await page.clock.fastForward(70000);
		await held(page, 0);
		const visit = await newest(house);
		assert.ok(visit.received - visit.entered >= 3600000, `${visit.received - visit.entered}`);
		const head = await house.as(keeper);
		await head.goto(`/entrance/visits/${visit.id}`);
		await sees(head, "回線が切れていたため", "タブレットの時計では");
		await isFine(head);
		await house.picture("entrance-late");
		tablet.context = page.context();
		await page.close();
	});

	promise("nobody waits for a network that answers nothing, and two presses are one entry", async (house) => {
		const page = tablet.page = await tablet.context.newPage();
		house.last = page;
		await openDoor(page);
		const before = await visits(house);
		await page.route(/\/tablet\/(state|entries)$/, () => {});
		await fillFirst(page);
		const began = Date.now();
		await page.evaluate(() => { for (let at = 0; at < 2; at++) document.getElementById("enter-form").requestSubmit(); });
		await page.getByText("このタブレットが預かりました").waitFor();
		assert.ok(Date.now() - began < 8000, `${Date.now() - began} ms`);
		await held(page, 1);
		await page.unroute(/\/tablet\/(state|entries)$/);
		await held(page, 0);
		assert.equal(await visits(house), before + 1);
	});

	promise("who came in may leave even if the network went right after, and a clock set back loses nothing", async (house) => {
		const { page } = tablet;
		await openDoor(page);
		await page.route("**/tablet/state", (route) => route.abort());
		const before = await visits(house);
		const name = await enterFirst(page);
		await held(page, 0);
		assert.equal(await visits(house), before + 1);
		await page.context().setOffline(true);
		await page.locator("#go-leave").click({ timeout: 10000 });
		await page.locator("#who-list").getByText(name, { exact: true }).last().click();
		await button(page, "退室を記録する").click();
		await held(page, 1);
		await page.evaluate(() => { const now = Date.now; Date.now = () => now() - 600000; });
		await page.unroute("**/tablet/state");
		await page.context().setOffline(false);
		await held(page, 0);
		assert.equal(await page.locator("#wrong-list li").count(), 0);
		const visit = await newest(house);
		assert.equal(visit.state, "left");
		assert.ok(Math.abs(visit.left_received - visit.left_at) < 120000, `${visit.left_received - visit.left_at}`);
	});

	promise("what the tablet cannot keep is said, not lost; so is a key that is gone", async (house) => {
		const { page } = tablet;
		await openDoor(page);
		const before = await visits(house);
		await page.evaluate(() => {
			Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
		});
		await fillFirst(page);
		await button(page, "入室を記録する").click();
		await page.getByText("記録できませんでした").waitFor();
		assert.equal(await visits(house), before);
		await page.route("**/tablet/key", (route) => route.fulfill({ status: 403, json: { state: "none" } }));
		await page.evaluate(() => new Promise((done) => { indexedDB.deleteDatabase("door").onsuccess = done; location.reload(); }).catch(() => {})).catch(() => {});
		await line(page, "unkeyed");
		await sees(page, "紙の管理簿に記入し");
		assert.ok(await button(page, "入室する").isDisabled());
		await isFine(page);
		await page.unroute("**/tablet/key");
		await openDoor(page);
	});

	promise("the camera is offered where it can read; elsewhere it is said what to do", async (house) => {
		const { page } = tablet;
		await page.addInitScript(() => { delete window.BarcodeDetector; });
		await openDoor(page);
		assert.equal(await page.locator("#door-camera").isVisible(), false);
		await sees(page, "欄に触れて名札の番号を打つか、「入室する」「退室する」から名前を選びます");
		const head = await house.as(keeper);
		await head.goto(`${room}/badges`);
		const badge = (await head.locator(".badges .code").last().innerText()).trim();
		const reads = await tablet.context.newPage();
		house.last = reads;
		/* There is no camera here: what the browser would see is given. */
		await reads.addInitScript(() => {
			window.BarcodeDetector = class {
				static async getSupportedFormats() { return ["qr_code"]; }
				async detect() { return window.seen ? [{ rawValue: window.seen }] : []; }
			};
			navigator.mediaDevices.getUserMedia = async () => {
				if (window.isForbidden) throw new DOMException("no", "NotAllowedError");
				const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
				const pen = canvas.getContext("2d");
				setInterval(() => pen.fillRect(0, 0, Math.random() * 640, 480), 100);
				return canvas.captureStream(5);
			};
		});
		await reads.goto("/tablet/door");
		await line(reads, "online");
		await reads.setViewportSize({ width: 390, height: 844 });
		await button(reads, "カメラで読む").click();
		await button(reads, "カメラを止める").waitFor();
		await reads.waitForFunction(() => document.querySelector("video").videoWidth > 0);
		await isFine(reads);
		await house.picture("tablet-camera");
		await button(reads, "入室する").click();
		assert.equal(await reads.evaluate(() => document.querySelector("video").srcObject), null); // it looks on nowhere else
		await button(reads, "戻る").first().click();
		await reads.evaluate((seen) => { window.seen = seen; }, badge);
		await button(reads, "カメラで読む").click();
		await reads.locator("#door-enter:visible, #door-leave:visible").waitFor();
		await button(reads, "やめる").locator("visible=true").first().click();
		await reads.evaluate(() => { window.isForbidden = true; });
		await button(reads, "カメラで読む").click();
		await sees(reads, "カメラを使えません", "から名前を選んでください");
		await reads.close();
	});

	promise("the keeper writes down who left unsaid and explains what was not permitted", async (house) => {
		const page = await house.as(keeper);
		const [inside] = await house.ask("SELECT id FROM entrance_visit WHERE state = 'inside' ORDER BY id DESC LIMIT 1");
		await page.goto(`/entrance/visits/${inside.id}`);
		await sees(page, "退室を記入する");
		await page.locator('[name="left"]').fill("2020-01-01T10:00");
		await page.locator('[name="words"]').fill("本人に電話で確かめた");
		await press(page, "退室を記入する");
		await sees(page, "入室した後で、今より前");
		assert.equal(await page.locator('[name="words"]').inputValue(), "本人に電話で確かめた");
		await isFine(page);
		const now = new Date(Date.now() + 9 * 3600000).toISOString().slice(0, 16);
		await page.locator('[name="left"]').fill(now);
		await press(page, "退室を記入する");
		await sees(page, "退室を記入しました", "管理する課が記入");
		const [open] = await house.ask("SELECT id FROM entrance_visit WHERE trouble <> '' AND settled IS NULL LIMIT 1");
		await page.goto(`/entrance/visits/${open.id}`);
		await sees(page, "立ち会う職員がいませんでした", "この入室を説明する");
		await isFine(page);
		await house.picture("entrance-visit");
		await page.locator('[name="settled"]').fill("課長が一緒だったが、選び忘れた。");
		await press(page, "説明を記録する");
		await sees(page, "説明を記録しました", "選び忘れた");
		await seesNot(page, "この入室を説明する");
	});

	promise("the month is looked through, and taken away as a list", async (house) => {
		const page = await house.as(keeper);
		await page.goto(`${room}/log`);
		await sees(page, "入退室", "この月の点検", "月が替わってから点検します");
		await isFine(page);
		await house.picture("entrance-log");
		const csv = await page.request.get(`${room}/log/csv`);
		assert.match(await csv.text(), /見学 次郎/);
		await follow(page, "前の月");
		await isFine(page);
		await page.goto(`${room}/log`);
		const printed = await pdfWords(house, page, /\(PDF\)$/, "form-5.pdf");
		const last = new Date(Date.now() - 32 * 86400000).toISOString().slice(0, 8);
		assert.match(printed, /見学次郎/);
		const other = await fetched(page, `${room}/log/paper?month=${last}01`);
		assert.match(other.type, /^application\/pdf/);
	});

	promise("a stopped tablet sees nothing and forgets the names", async (house) => {
		const page = await house.as(keeper);
		await page.goto(room);
		const door = await tiedTablet(house, await tabletCode(page, "止める一台"));
		await page.goto(room);
		const row = page.locator("tr", { hasText: "止める一台" });
		await row.locator('[name="why"]').fill("なくした");
		await submit(page, row.getByRole("button", { name: "止める" }));
		await sees(page, "タブレットを止めました", "なくした");
		await button(door, "入室する").click();
		await door.locator("#who-list button").first().click();
		await door.getByText("点検・保守").click();
		await button(door, "入室を記録する").click();
		await line(door, "stopped");
		await held(door, 1);
		assert.equal(await door.evaluate(() => localStorage.getItem("door-state")), null);
		await door.locator("#door-wrong").waitFor();
		house.last = door;
		await house.picture("tablet-stopped");
		assert.equal((await door.request.get("/tablet/state")).status(), 403);
	});

	promise("whoever does not read the unit's rows learns nothing of its room", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/entrance");
		await sees(page, "入退室を記録する部屋が");
		await isFine(page);
		for (const path of [room, `${room}/log`, `${room}/badges`]) {
			const answer = await page.goto(path);
			assert.equal(answer.status(), 404, path);
		}
	});
});

await keepIn(House, { staff: 120, assets: 200 });
