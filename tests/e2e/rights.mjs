// Who may not, may not; and is told so in plain words.

import assert from "node:assert/strict";

import { about, promise } from "./tap.mjs";
import { heading, sees } from "./steps.mjs";

about("rights", () => {
	promise("who lacks the right gets a plain page and the way home", async (house) => {
		const page = await house.as("shokuin");
		for (const path of ["/journal", "/settings", "/map", "/people/new", "/waiting", "/journal/bundle", "/people/import"]) {
			const answer = await page.goto(path);
			assert.equal(answer.status(), 403, path);
			assert.equal(await heading(page).innerText(), "この操作はできません", path);
			await sees(page, "権限がありません", "ホームに戻る");
		}
	});

	promise("what does not exist is said to be missing", async (house) => {
		const page = await house.as("shokuin");
		const [{ own }] = await house.ask("SELECT d.id AS own FROM flow_dossier d JOIN people_account a ON a.id = d.applicant " +
			"WHERE a.login = 'shokuin' AND d.state <> 'draft' LIMIT 1");
		for (const path of ["/nothing", "/dossiers/999999", "/permits/999999", "/clauses/99.99", `/dossiers/${own}/paper/99`]) {
			const answer = await page.goto(path);
			assert.equal(answer.status(), 404, path);
			assert.equal(await heading(page).innerText(), "見つかりません", path);
		}
	});

	promise("a post without the page's token, with another's, or from elsewhere changes nothing", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/ask");
		const csrf = await page.locator('main [name="csrf"]').inputValue();
		const stranger = await house.as("kacho");
		await stranger.goto("/ask");
		const foreign = await stranger.locator('main [name="csrf"]').inputValue();
		const before = await house.ask("SELECT count(*) AS n FROM flow_dossier");
		const form = { doing: "carry", purpose: "だまして送らせる", change: "0" };
		const request = page.context().request;
		for (const [fields, headers] of [
			[form, { origin: house.address }],
			[{ ...form, csrf: "" }, { origin: house.address }],
			[{ ...form, csrf: foreign }, { origin: house.address }],
			[{ ...form, csrf }, { origin: "https://evil.example" }],
			[{ ...form, csrf }, { "sec-fetch-site": "cross-site" }],
		]) {
			/* A connection that idled away is opened anew. */
			const answer = await request.post("/ask", { form: fields, headers, maxRedirects: 0, maxRetries: 1 });
			assert.equal(answer.status(), 403, JSON.stringify([fields, headers]));
		}
		assert.deepEqual(await house.ask("SELECT count(*) AS n FROM flow_dossier"), before);
	});

	promise("another section's dossier, its permit and its paper are closed alike", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/account");
		const rows = await house.ask("SELECT d.id, (SELECT p.id FROM flow_permit p WHERE p.dossier = d.id) AS permit " +
			"FROM flow_dossier d WHERE d.unit <> (SELECT a.unit FROM flow_dossier a JOIN people_account c ON c.id = a.applicant " +
			"WHERE c.login = 'shokuin' LIMIT 1) AND d.state <> 'draft'");
		let closed = 0;
		for (const row of rows.slice(0, 25)) {
			const answer = await page.context().request.get(`/dossiers/${row.id}`);
			if (answer.status() === 200) continue;
			closed++;
			assert.equal(answer.status(), 403);
			for (const path of [`/dossiers/${row.id}/paper/2`, `/dossiers/${row.id}/paper/3`, `/dossiers/${row.id}/decide`,
				`/dossiers/${row.id}/edit`, ...(row.permit ? [`/permits/${row.permit}`] : [])]) {
				const other = await page.context().request.get(path);
				assert.notEqual(other.status(), 200, `${path} is open though the dossier is closed`);
			}
		}
		assert.ok(closed > 0, "no dossier of another section is closed");
	});

	promise("a draft is nobody's but the applicant's, its paper too", async (house) => {
		const head = await house.as("kacho");
		const rows = await house.ask("SELECT id FROM flow_dossier WHERE state = 'draft'");
		assert.ok(rows.length > 0);
		for (const row of rows)
			for (const path of [`/dossiers/${row.id}`, `/dossiers/${row.id}/paper/2`, `/dossiers/${row.id}/paper/3`]) {
				const answer = await head.context().request.get(path);
				assert.notEqual(answer.status(), 200, path);
			}
	});

	promise("the cookie of the session is out of the reach of scripts, and the page lets no foreign script in", async (house) => {
		const page = await house.as("shokuin");
		const cookie = (await page.context().cookies()).find((one) => one.name.includes("session"));
		assert.ok(cookie.httpOnly && cookie.secure && ["Lax", "Strict"].includes(cookie.sameSite), JSON.stringify(cookie));
		const headers = (await page.goto("/")).headers();
		assert.match(headers["content-security-policy"], /default-src 'none'|default-src 'self'/);
		assert.doesNotMatch(headers["content-security-policy"], /unsafe-inline|unsafe-eval|\*/);
		assert.equal(headers["x-content-type-options"], "nosniff");
	});
});
