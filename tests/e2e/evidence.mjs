// The map and what is behind its numbers: clauses, a past day, judgements, findings.

import assert from "node:assert/strict";

import { about, promise } from "./tap.mjs";
import { fill, heading, pdfWords, plainText, press, sees, seesNot, submit, wareki, words } from "./steps.mjs";
import { isFine } from "./checks.mjs";

const number = (text) => Number(text.replaceAll(",", ""));

about("evidence", () => {
	promise("every number of the map leads to a list of so many clauses", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/map");
		const links = await page.locator(".rings dd a, .legend a").evaluateAll((all) =>
			all.map((one) => ({ href: one.getAttribute("href"), says: one.innerText })));
		assert.ok(links.length > 3 * 8 + 7, `${links.length} numbers`);
		for (const { href, says } of links.filter((_, at) => at % 4 === 0)) {
			await page.goto(href);
			const wanted = number(says.match(/[\d,]+\s*$/)[0]);
			assert.equal(await page.locator("tbody tr").count(), wanted, href);
			await sees(page, `のうち${wanted}件`);
		}
		await page.goto("/clauses?ring=defined&has=no&chapter=3");
		await sees(page, "定めた =", "何で示すか");
	});

	promise("map, clauses, one clause, judgements, findings: accessible, and no wider than a telephone", async (house) => {
		const page = await house.as("ciso");
		const [{ id }] = await house.ask("SELECT id FROM assure_finding ORDER BY id LIMIT 1");
		for (const path of ["/map", "/map?at=R8.3.31", "/clauses?state=late", "/clauses/3.2.9.b", "/judgements?kind=all",
			"/findings?state=all", `/findings/${id}`]) {
			await page.goto(path);
			await isFine(page);
		}
	});

	promise("a past day shows what was written down, and from which entry", async (house) => {
		const page = await house.as("kansa");
		const [round] = await house.ask("SELECT at, states FROM assure_round ORDER BY id LIMIT 1 OFFSET 3");
		const day = new Date(Number(round.at) + 9 * 3600000).toISOString().slice(0, 10);
		await page.goto("/map");
		await page.locator('[name="at"]').fill(day);
		await press(page, "その日を見る");
		await sees(page, "の終わりの状態");
		const states = JSON.parse(round.states);
		for (const [name, count] of Object.entries(states)) {
			if (name === "proved") continue;
			const says = await page.locator(`.legend a:has(.state.${name})`).innerText();
			assert.equal(number(says.match(/[\d,]+\s*$/)[0]), count, name);
		}
		await submit(page, page.locator(".notice a").first());
		await sees(page, "条項の状態の確認");
		await page.goto("/map?at=H1.1.8");
		await sees(page, "より前の記録はありません");
		await page.goto(`/map?at=${encodeURIComponent("きのう")}`);
		await sees(page, "日付として読めません");
	});

	promise("a clause shows its year, who answers, and what was seen and judged", async (house) => {
		const page = await house.as("ciso");
		const [{ clause }] = await house.ask("SELECT clause FROM assure_state WHERE before <> '' ORDER BY id DESC LIMIT 1");
		await page.goto(`/clauses/${clause}`);
		await sees(page, "番所が見たもの", "人の判断", "状態の移り変わり", "だれが");
		assert.equal(await page.locator(".months li").count(), 12);
		assert.ok(await page.locator("table tbody tr").count() >= 1);
		await submit(page, page.locator("table tbody tr a").first());
		await sees(page, "条項の状態");
	});

	promise("a judgement that is asked for is given on the clause's page and leaves the list", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/judgements?kind=unanswered&mine=1");
		const first = page.locator("tbody tr").first();
		const name = await first.locator("td a").first().innerText();
		const before = await page.locator("tbody tr").count();
		await submit(page, first.getByRole("link", { name: "判断する" }));
		assert.equal(await heading(page).innerText(), name);
		await sees(page, "要るか要らないかの判断");
		await page.getByRole("radio", { name: "必要ないと判断した" }).check();
		await fill(page, "words", "対象がないため");
		await fill(page, "until", wareki(200));
		await press(page, "判断を記録する");
		await sees(page, "不要と判断", "対象がないため");
		await page.goto("/judgements?kind=unanswered&mine=1");
		assert.equal(await page.locator("tbody tr").count(), before - 1);
	});

	promise("a finding is planned, closed with words, and stays readable", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/findings?mine=1");
		// What is overdue is put right where it is to be done; the others are closed here.
		let path;
		for (const one of await page.locator("tbody tr th a, tbody tr td:first-child a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
			await page.goto(one);
			path = one;
			if (await page.locator("main").getByRole("button", { name: "処理済みにする" }).count() > 0) break;
		}
		await press(page, "処理済みにする");
		await sees(page, "そのままでは進めません");
		await fill(page, "plan", "手順を直す");
		await fill(page, "due", wareki(20));
		await press(page, "予定を記録する");
		await sees(page, "手順を直す");
		await fill(page, "done", "手順を直し、周知した");
		await press(page, "処理済みにする");
		await sees(page, "処理済み", "手順を直し、周知した");
		await isFine(page);
		await page.goto("/findings");
		assert.equal(await page.locator(`tbody a[href="${path}"]`).count(), 0);
		await page.goto("/findings?state=all");
		assert.ok(await page.locator(`tbody a[href="${path}"]`).count() > 0);
	});

	promise("who answers for nothing sees findings and no button", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/findings?state=all");
		await submit(page, page.locator("tbody tr a").first());
		await seesNot(page, "予定を記録する");
		assert.equal(await page.locator("main form button").count(), 0);
	});

	promise("the lists come as CSV and as a workbook with the same rows", async (house) => {
		const page = await house.as("kansa");
		for (const path of ["/map", "/judgements", "/findings"]) {
			const query = path === "/findings" ? "?state=all" : path === "/judgements" ? "?kind=all" : "";
			const shown = await page.goto(path === "/map" ? "/clauses" : path + query).then(() => page.locator("tbody tr").count());
			const csv = await page.context().request.get(`${path}/csv${query}`);
			assert.equal(csv.status(), 200);
			const lines = (await csv.text()).trimEnd().split("\r\n");
			assert.equal(lines.length, shown + 1, path);
			const xlsx = await page.context().request.get(`${path}/xlsx${query}`);
			assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
		}
	});

	promise("in English the words are English", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/map");
		await page.getByRole("button", { name: "English" }).click();
		for (const path of ["/map", "/judgements?kind=all", "/findings", "/clauses?ring=done"]) {
			await page.goto(path);
			assert.doesNotMatch((await words(page)).split("\n")[0], /[ぁ-ん]/, path);
		}
		await page.getByRole("button", { name: "日本語" }).click();
	});

	promise("what stands now: each sees their own, and the body's page counts what its lists count", async (house) => {
		const ciso = await house.as("ciso");
		await ciso.goto("/findings");
		const [, late] = (await words(ciso)).match(/期限を過ぎたもの([\d,]+)件/);
		await ciso.goto("/now?of=body");
		const red = ciso.locator(".now.red");
		const shown = await red.locator("li", { has: ciso.locator(".tag", { hasText: /^指摘$/ }) }).count();
		const more = (await red.innerText()).match(/ほかに:.*?(?<!の)指摘([\d,]+)件/);
		assert.equal(shown + (more === null ? 0 : number(more[1])), number(late));
		await isFine(ciso);
		const head = await house.as("kacho");
		await head.goto("/now");
		const badge = await head.locator('nav.menu a[href="/waiting"] .badge');
		const waits = await badge.count() === 0 ? 0 : number(await badge.innerText());
		const listed = await head.locator(".now.do li", { hasText: "承認待ち" }).count();
		assert.equal(listed, Math.min(waits, 8));
		await isFine(head);
	});

	promise("what stands now: the working year stands there, each line leading to its own page", async (house) => {
		const ciso = await house.as("ciso");
		await ciso.goto("/now?of=body");
		const [{ n }] = await house.ask("SELECT count(*) AS n FROM incident_case WHERE state NOT IN ('closed', 'dismissed')");
		const cases = ciso.locator(".now li", { hasText: "事案令和" });
		assert.equal(await cases.count(), Math.min(n, 8));
		for (const href of await ciso.locator(".now li a").evaluateAll((all) => [...new Set(all.map((one) => one.href))]))
			assert.equal((await ciso.context().request.get(href)).status(), 200, href);
	});

	promise("what stands now: nobody sees the whole body by guessing its address", async (house) => {
		const head = await house.as("kacho");
		const answer = await head.goto("/now?of=body");
		assert.equal(answer.status(), 403);
		await seesNot(head, "団体全体の");
		await sees(head, "この範囲の状況を見る役割がありません");
	});

	promise("the monthly report counts what the journal holds, and prints the checkpoint that covers it", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/monthly");
		// The newest month that is over.
		await submit(page, page.locator("tbody tr", { hasNotText: "今日まで" }).first().locator("th a"));
		const [, month] = page.url().match(/monthly\/(\d{4}-\d{2})$/);
		await isFine(page);
		const [year, no] = month.split("-").map(Number);
		const from = Date.UTC(year, no - 1, 1) - 9 * 3600000, until = Date.UTC(year, no, 1) - 9 * 3600000;
		const entries = (await house.ask("SELECT entry FROM journal_entry ORDER BY id")).map((row) => JSON.parse(row.entry))
			.filter((entry) => { const at = Date.parse(entry.time); return at >= from && at < until; });
		const sent = entries.filter((entry) => entry.act === "dossier.send").length;
		assert.ok(sent > 0, "nothing was sent in that month");
		assert.equal(number(await page.locator("tr", { has: page.getByText("申請", { exact: true }) }).locator("td.number").first().innerText()), sent);
		const note = await page.locator("pre.note").innerText();
		const pdf = await pdfWords(house, page, /PDFで開く/, "month.pdf");
		for (const line of note.split("\n").slice(0, 3)) assert.ok(pdf.includes(plainText(line)), `the paper lacks ${line}`);
		for (const bad of ["2026-13", "2099-01", "x"]) assert.equal((await page.goto(`/monthly/${bad}`)).status(), 404);
	});
});
