// Signing in, temporary passwords, sessions.

import assert from "node:assert/strict";

import { about, promise } from "./tap.mjs";
import { fill, heading, press, sees, submit } from "./steps.mjs";

const NEW = "たかまつの海は今日もしずか";

/** Somebody of no story in the demonstration, with an account. */
async function anybody(house, at) {
	const rows = await house.ask("SELECT p.id, a.login FROM people_person p JOIN people_account a ON a.id = p.id " +
		"WHERE a.login GLOB '[0-9]*' AND p.until IS NULL AND a.is_closed = 0 " +
		`ORDER BY p.id DESC LIMIT 1 OFFSET ${at}`);
	return rows[0];
}

about("account", () => {
	promise("a wrong password is refused in plain words and the login name is still there", async (house) => {
		const page = await house.stranger();
		await page.goto("/sign-in");
		await fill(page, "login", "shokuin");
		await fill(page, "password", "ちがうパスワード");
		await press(page, "サインイン");
		await sees(page, "そのままでは進めません", /パスワード/);
		assert.equal(await page.locator('[name="login"]').inputValue(), "shokuin");
		assert.equal(await page.locator('[name="password"]').inputValue(), "");
		await page.context().close();
	});

	promise("a page asked for before signing in comes after it", async (house) => {
		const page = await house.stranger();
		await page.goto("/dossiers?list=mine");
		assert.equal(new URL(page.url()).pathname, "/sign-in");
		await fill(page, "login", "shokuin");
		await fill(page, "password", house.password);
		await press(page, "サインイン");
		assert.equal(new URL(page.url()).pathname, "/dossiers");
		await page.context().close();
	});

	promise("a temporary password must be changed before anything else, and a weak one is refused", async (house) => {
		const who = await anybody(house, 0);
		const operator = await house.as("system");
		await operator.goto(`/people/${who.id}/account`);
		await press(operator, "仮パスワードを発行する");
		const temporary = (await operator.locator("code.big").nth(1).innerText()).trim();
		const page = await house.stranger();
		await house.signIn(page, who.login, temporary);
		assert.equal(new URL(page.url()).pathname, "/password");
		for (const path of ["/", "/ask", "/dossiers"]) {
			await page.goto(path);
			assert.equal(new URL(page.url()).pathname, "/password", `${path} is open`);
		}
		await fill(page, "present", temporary);
		await fill(page, "password", "short");
		await fill(page, "again", "short");
		await press(page, "変更する");
		await sees(page, "そのままでは進めません");
		await fill(page, "present", temporary);
		await fill(page, "password", NEW);
		await fill(page, "again", NEW);
		await press(page, "変更する");
		await sees(page, "パスワードを変更しました");
		assert.equal(new URL(page.url()).pathname, "/");
		await page.context().close();
		const again = await house.visitor(who.login, { password: NEW });
		await sees(again, /前回のサインイン/);
		await again.context().close();
	});

	promise("too many wrong passwords lock the account for a while, and say so", async (house) => {
		const who = await anybody(house, 1);
		const page = await house.stranger();
		for (let at = 0; at < 6; at++) {
			await page.goto("/sign-in");
			await fill(page, "login", who.login);
			await fill(page, "password", `まちがい${at}`);
			await press(page, "サインイン");
		}
		await fill(page, "login", who.login);
		await fill(page, "password", house.password);
		await press(page, "サインイン");
		assert.equal(new URL(page.url()).pathname, "/sign-in", "the right password still opens a locked account");
		await sees(page, /分|しばらく|間違/);
		await page.context().close();
	});

	promise("a session ended from elsewhere is over at once", async (house) => {
		const one = await house.visitor("dairi");
		const other = await house.visitor("dairi");
		await one.goto("/account");
		await submit(one, one.getByRole("button", { name: "この端末のほかをすべてサインアウトさせる" }));
		await sees(one, "サインアウトさせました");
		await other.goto("/dossiers");
		assert.equal(new URL(other.url()).pathname, "/sign-in");
		await one.context().close();
		await other.context().close();
	});

	promise("signing out ends the session", async (house) => {
		const page = await house.visitor("kansa");
		const out = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/sign-out");
		await press(page, "サインアウト");
		assert.equal(await (await out).headerValue("clear-site-data"), '"storage"');
		await page.goto("/");
		assert.equal(new URL(page.url()).pathname, "/sign-in");
		assert.equal(await heading(page).innerText(), "サインイン");
		await page.context().close();
	});
});

