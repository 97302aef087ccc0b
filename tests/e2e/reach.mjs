// Every page every role reaches by links: accessible, narrow, without script errors, in both languages.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { violations, wideParts } from "./checks.mjs";
import { crawl } from "./crawl.mjs";
import { sees, submit } from "./steps.mjs";
import { about, promise } from "./tap.mjs";

const ROLES = ["shokuin", "kacho", "dairi", "ciso", "system", "kansa"];
const here = dirname(fileURLToPath(import.meta.url));

const seenBy = new Map();

/* So many walk at once; whoever is asked for first starts all the walks. */
const AT_ONCE = 2;
const walks = new Map();

function crawlAs(house, login) {
	if (walks.size === 0)
		for (const [at, one] of ROLES.entries()) {
			const before = walks.get(ROLES[at - AT_ONCE]) ?? Promise.resolve();
			const walk = before.catch(() => {}).then(() => crawl(house, one)).then((found) => (seenBy.set(one, found), found));
			walk.catch(() => {}); // told to whoever asks for it
			walks.set(one, walk);
		}
	return walks.get(login);
}

function none(lines, words) {
	assert.equal(lines.length, 0, `${lines.length} ${words}:\n${lines.slice(0, 80).join("\n")}`);
}

for (const login of ROLES)
	about(`pages as ${login}`, () => {
		promise("every link leads somewhere", async (house) => {
			const found = await crawlAs(house, login);
			assert.ok(found.visited.length > 10, "hardly any page was found");
			none(found.broken, "pages cannot be opened");
		}, 600);
		promise("axe finds no violation of WCAG 2.2 AA", async () => none(seenBy.get(login).axe, "violations"));
		promise("no page scrolls sideways at 320 px", async () => none(seenBy.get(login).wide, "pages are too wide"));
		promise("one h1, a title, no id twice, no error in the console", async () =>
			none(seenBy.get(login).shape, "pages are in bad shape"));
	});

/** The GET rows of the dispatch table, read from the sources. */
async function tableRows() {
	const folder = join(here, "../../src/pages");
	const rows = [];
	for (const file of (await readdir(folder)).filter((name) => name.endsWith(".c")))
		for (const [, path] of (await readFile(join(folder, file), "utf8")).matchAll(/METHOD_GET,\s*"([^"]+)"/g))
			rows.push(path);
	return [...new Set(rows)];
}

/* What needs a directory (tests/directory_test.sh), a file sent or recorded first; the tests of the walk, of the ledger and of April 1st go there,
   those of the organisation to a change to come. Tiles are read by
   programs (tests/log_test.sh); somebody's data is erased below. */
const ELSEWHERE = new Set(["/directory/accounts/{file:text}", "/transfers/{id}", "/transfers/{id}/lines", "/transfers/{id}/lines/{line}",
	"/transfers/{id}/handover/{person}", "/transfers/{id}/leavers", "/language", "/sign-in", "/posts/{id}", "/people/import/{file:text}",
	"/ledger/{code:text}/import/{file:text}", "/systems/{id}/import/{file:text}",
	// reconcile.mjs goes there.
	"/reconciliations/{code:text}/lists/{side:text}", "/reconciliations/{code:text}/lists/{side:text}/{file:text}",
	// check.mjs goes there.
	"/checks/plan", "/checks/{id}", "/checks/{id}/items-csv", "/checks/{id}/items-xlsx", "/checks/{id}/units-csv", "/checks/{id}/units-xlsx",
	"/checks/sheets/{sheet}", "/checks/improvements/{id}",
	// A form leads there: inventory.mjs reads labels.
	"/things/scan",
	// This small body has no systems; access.mjs follows these links on a bigger one.
	"/systems/csv", "/systems/xlsx", "/systems/{id}", "/systems/{id}/csv", "/systems/{id}/xlsx", "/systems/{id}/import",
	"/systems/{id}/accounts/{account}", "/access-review/csv", "/access-review/xlsx", "/access-review/{unit}",
	"/system-settings/csv", "/system-settings/xlsx", "/system-settings/{id}", // settings.mjs
	"/dossiers/{id}/files/{digest:text}", "/duties/occurrences/{id}/files/{digest:text}",
	// audit.mjs follows these as who orders audits, audits, orders and answers.
	"/audits/new", "/audits/{id}/auditors/new", "/audits/{id}/auditors/{auditor}/dismiss", "/audits/{id}/report", "/audits/{id}/close",
	"/audits/{id}/items/{item}", "/audits/{id}/requests/new", "/audits/{id}/papers/new", "/audits/{id}/papers/{paper}",
	"/audits/{id}/samples/new", "/audits/{id}/samples/{draw}", "/audits/{id}/points/new", "/audits/{id}/report.pdf", "/audits/points/csv",
	"/audits/points/xlsx", "/audit-points/{point}/order", "/audit-points/{point}/answer", "/audit-points/{point}/verify",
	"/audit-requests/{request}", "/audit-requests/{request}/answer", "/council/new", "/council/{meeting}/items/new", "/council/{meeting}/minutes", "/reviews/new",
	"/reviews/{review}/inputs/{source:text}", "/reviews/{review}/decide",
	"/log/{place:text}/tile/{path:rest}", "/log/{place:text}/tile/entries/{path:rest}", "/people/{id}/erase",
	// exceptions.mjs, when it ran before
	"/exceptions/{id}",
	// training.mjs: who keeps training is no guest of the demonstration; a drill's link stands in its mail
	"/m/{token:text}", "/training/tries/{id}", "/training/classes", "/training/reports",
	// entrance.mjs: this small body has no server room; a tablet's pages are no person's
	"/entrance/rooms/{id}", "/entrance/rooms/{id}/badges", "/entrance/rooms/{id}/badges/{key:text}", "/entrance/rooms/{id}/log",
	"/entrance/rooms/{id}/log/csv", "/entrance/rooms/{id}/log/xlsx", "/entrance/rooms/{id}/log/paper", "/entrance/visits/{id}", "/tablet", "/tablet/door", "/tablet/key",
	"/tablet/state", "/tablet/worker.js",
	// incident.mjs
	"/report", "/incidents/csv", "/incidents/xlsx", "/incidents/{id}", "/incidents/{id}/judge", "/incidents/{id}/facts", "/incidents/{id}/conclude", "/incidents/{id}/close",
	"/incidents/{id}/links/{link}", "/incidents/{id}/tasks", "/incidents/{id}/tasks/{task}", "/incidents/{id}/affected",
	"/incidents/{id}/affected/{affected}", "/incidents/{id}/outside/{outside}", "/incidents/{id}/draft/{outside}", "/incidents/{id}/evidence",
	"/incidents/{id}/evidence/{evidence}", "/incidents/{id}/forms/{form:text}", "/incidents/{id}/paper", "/incidents/contacts",
	"/incidents/contacts/{id}",
	// contract.mjs
	"/contracts/{id}/candidates", "/contracts/{id}/candidates/{candidate}", "/contracts/{id}/choose", "/contracts/{id}/confirm",
	"/contracts/{id}/demands/new", "/contracts/{id}/demands/{demand}", "/contracts/{id}/drop", "/contracts/{id}/end", "/contracts/{id}/explain",
	"/contracts/{id}/handovers.pdf", "/contracts/{id}/handovers/csv", "/contracts/{id}/handovers/new", "/contracts/{id}/handovers/xlsx",
	"/contracts/{id}/handovers/{handover}", "/contracts/{id}/handovers/{handover}/certificate", "/contracts/{id}/handovers/{handover}/claim",
	"/contracts/{id}/handovers/{handover}/receipt", "/contracts/{id}/handovers/{handover}/verify", "/contracts/{id}/links/{link}", "/contracts/{id}/prolong",
	"/contracts/{id}/links/{link}/below", "/contracts/{id}/links/{link}/workers", "/contracts/{id}/sign", "/contracts/{id}/workers/{worker}",
	// organisation.mjs
	"/people/{id}/secondment/{secondment}/end",
	// cards.mjs
	"/card", "/sign-in/proof", "/card/register", "/account/cards", "/cards/{id}/stop", "/people/{id}/cards",
	// factors.mjs: with a name to open the pages by, and sessions that have shown too little
	"/sign-in/more", "/account/factors/totp.svg", "/account/factors/key", "/recoveries/{id}", "/people/{id}/hold", "/units/{id}/withdraw"]);

about("pages", () => {
	promise("every page of the dispatch table was reached by somebody's links", async () => {
		const visited = [...seenBy.values()].flatMap((one) => one.visited.map((address) => new URL(address).pathname));
		const rows = (await tableRows()).sort((a, b) => (a.match(/\{/g) ?? []).length - (b.match(/\{/g) ?? []).length);
		const matching = rows.map((row) => ({ row, shape: new RegExp(`^${row
			.replaceAll(/\{\w+:text\}/g, "[^/]+").replaceAll(/\{\w+\}/g, "\\d+")}$`) }));
		const reached = new Set(visited.map((path) => matching.find((one) => one.shape.test(path))?.row));
		none(rows.filter((row) => !reached.has(row) && !ELSEWHERE.has(row)), "pages that no link reached");
	});

	promise("what the journal names with a link may be opened", async (house) => {
		const page = await house.as("system");
		await page.goto("/journal");
		const links = await page.locator("main td a").evaluateAll((all) => [...new Set(all.map((a) => a.href))]);
		assert.ok(links.length > 20, "hardly any link");
		const shut = [];
		for (const link of links) {
			const status = (await page.context().request.get(link)).status();
			if (status !== 200) shut.push(`${link} answers ${status}`);
		}
		none(shut, "links are shut");
	});

	promise("a post leads to its unit", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/posts/1");
		assert.match(new URL(page.url()).pathname, /^\/units\/\d+$/);
	});

	promise("the page of somebody who left leads to erasing, which says what goes and what stays", async (house) => {
		const page = await house.as("system");
		const [{ id, number }] = await house.ask("SELECT p.id, p.number FROM people_person p WHERE p.until IS NOT NULL " +
			"AND p.until < strftime('%s', 'now') / 86400 AND p.number NOT LIKE 'erased-%' LIMIT 1");
		await page.goto(`/people/${id}`);
		await submit(page, page.locator(`a[href="/people/${id}/erase"]`));
		await sees(page, "取り消せません", "消えるもの", "残るもの", "鍵束の控え", number);
		none(await violations(page), "violations");
		assert.equal(await wideParts(page), "");
	});

	promise("signing in is accessible and narrow too", async (house) => {
		const page = await house.stranger();
		await page.goto("/sign-in");
		none(await violations(page), "violations");
		assert.equal(await wideParts(page), "");
		await page.context().close();
	});

	promise("the first tab stop is the skip link, and it leads to the content", async (house) => {
		const page = await house.visitor("kacho");
		for (const path of ["/", "/dossiers", "/journal", "/ask"]) {
			await page.goto(path);
			await page.keyboard.press("Tab");
			assert.equal(await page.evaluate(() => document.activeElement.className), "skip", path);
			assert.ok(await page.locator(".skip").evaluate((one) => one.getBoundingClientRect().left >= 0), "not visible");
			await page.keyboard.press("Enter");
			await page.keyboard.press("Tab");
			assert.ok(await page.evaluate(() => document.activeElement.closest("main, footer") !== null), path);
		}
		await page.context().close();
	});

	promise("tab alone reaches every control of a form in the order of the page", async (house) => {
		const page = await house.visitor("shokuin");
		await page.goto("/ask");
		const wanted = await page.evaluate(() => [...document.querySelectorAll("main input:not([type=hidden]), main textarea, main select, main button")]
			.filter((one) => one.checkVisibility()).map((one) => one.id || one.textContent || one.name || one.type));
		const got = [];
		for (let at = 0; at < 200 && got.length < wanted.length; at++) {
			await page.keyboard.press("Tab");
			const where = await page.evaluate(() => document.activeElement.closest("main") === null ? null :
				document.activeElement.id || document.activeElement.textContent || document.activeElement.name ||
				document.activeElement.type);
			if (wanted.includes(where)) got.push(where);
		}
		assert.deepEqual(got, wanted);
		await page.context().close();
	});

	promise("what has the focus is outlined", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/ask");
		for (let at = 0; at < 14; at++) {
			await page.keyboard.press("Tab");
			const outline = await page.evaluate(() => {
				const style = getComputedStyle(document.activeElement);
				return { width: parseFloat(style.outlineWidth), style: style.outlineStyle, what: document.activeElement.outerHTML.slice(0, 80) };
			});
			assert.ok(outline.width >= 2 && outline.style !== "none", JSON.stringify(outline));
		}
	});

	promise("on paper the menus are gone and the content stays", async (house) => {
		const page = await house.visitor("kacho");
		await page.goto("/ledger/asset");
		await page.emulateMedia({ media: "print" });
		for (const selector of [".menu", ".me", ".foot", ".skip", ".search"])
			assert.ok(!(await page.locator(selector).first().isVisible()), `${selector} is printed`);
		assert.ok(await page.locator("main table").first().isVisible());
		await page.context().close();
	});

	promise("English is one press away, on every page, and so is Japanese again", async (house) => {
		const page = await house.visitor("kacho");
		const japanese = /[\u3041-\u30ff]/; // kana: names are in Chinese characters
		for (const path of ["/", "/ask", "/dossiers", "/waiting", "/map", "/account"]) {
			await page.goto(path);
			await page.getByRole("button", { name: "English" }).click();
			await page.locator('html[lang="en"]').waitFor({ state: "attached" });
			await page.waitForLoadState();
			assert.equal(new URL(page.url()).pathname, path);
			assert.doesNotMatch(await page.locator("h1").innerText(), japanese, `${path}: the heading stays Japanese`);
			assert.doesNotMatch((await page.locator(".menu, .me, .foot p").allInnerTexts()).join(" "), japanese, `${path}: the frame stays Japanese`);
			await page.getByRole("button", { name: "日本語" }).click();
			await page.locator('html[lang="ja"]').waitFor({ state: "attached" });
		}
		await page.context().close();
	});
});
