// Second factors, step-up and recovery in the browser, on a body of its own, with Chromium's virtual authenticator:
// node tests/e2e/factors.mjs FOLDER-OF-PROGRAMS [ONLY]; TAP on stdout.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

import { isFine } from "./checks.mjs";
import { House } from "./house.mjs";
import { button, fill, press, sees, seesNot, submit, wareki, where } from "./steps.mjs";
import { anyPort, keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const NEW = "たかまつの海は今日もしずか";

/** What an app shows for the secret, `steps` of 30 seconds from now (RFC 6238). */
function code(secret, steps = 0) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const bits = [...secret.replaceAll(" ", "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
	const key = Buffer.from(bits.match(/.{8}/g).map((eight) => parseInt(eight, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
	const hash = createHmac("sha1", key).update(counter).digest();
	return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

/** A time step has at least so many seconds left, so that a code means one and the same for a while. */
async function earlyInStep(seconds = 12) {
	const left = 30 - (Date.now() / 1000) % 30;
	if (left < seconds) await new Promise((done) => setTimeout(done, left * 1000 + 200));
}

/** A key of the browser's own: { passkey } asks for its finger, otherwise it is only touched. */
async function authenticator(page, { passkey = true } = {}) {
	const cdp = await page.context().newCDPSession(page);
	await cdp.send("WebAuthn.enable", { enableUI: false });
	const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: {
		protocol: "ctap2", transport: passkey ? "internal" : "usb", hasResidentKey: passkey, hasUserVerification: passkey,
		isUserVerified: passkey, automaticPresenceSimulation: true } });
	return { cdp, authenticatorId };
}

async function people(house) {
	return await house.ask("SELECT p.id, p.number, a.login FROM people_person p JOIN people_account a ON a.id = p.id " +
		"WHERE a.login GLOB '[0-9]*' AND p.until IS NULL AND a.is_closed = 0 ORDER BY p.id DESC LIMIT 20");
}

async function parameter(house, name, value) {
	const page = await house.as("system");
	await page.goto("/settings");
	await page.locator(`[name="${name}"]`).fill(String(value));
	await press(page, "値を保存する");
	await sees(page, "設定を変更しました");
}

/** The name and password, whatever comes then. */
async function knock(page, login, password) {
	await page.goto("/sign-in");
	await page.getByLabel("ログイン名").fill(login);
	await page.getByLabel("パスワード").fill(password);
	await submit(page, page.getByRole("button", { name: "サインイン", exact: true }));
}

let who, secret, used;

about("second factors", () => {
	promise("where the address is a number the page says why passkeys cannot be used", async (house) => {
		const page = await house.visitor((await people(house))[0].login);
		await page.goto("/account/factors/key");
		await sees(page, /設定されていない|数字のアドレス/);
		assert.equal(await button(page, "登録する").count(), 0);
		await isFine(page);
		await page.context().close();
		const operator = await house.as("system");
		await operator.goto("/settings");
		await fill(operator, "address", house.address);
		await press(operator, "団体の設定を保存する");
		await operator.goto("/account/factors/key");
		await sees(operator, "数字のアドレスなので");
		await operator.goto("/settings");
		await fill(operator, "address", house.address.replace("127.0.0.1", "localhost"));
		await press(operator, "団体の設定を保存する");
		await operator.goto("/account/factors/key");
		await sees(operator, /いまは別のアドレスで開いています/);
		house.move("localhost");
	});

	promise("an app is registered by its code, and a wrong code is refused", async (house) => {
		[who] = await people(house);
		const page = await house.visitor(who.login);
		await page.goto("/account");
		await sees(page, "登録していません");
		await page.goto("/account/factors");
		await isFine(page);
		await house.picture("factors-none");
		await page.goto("/account/factors/totp");
		await isFine(page);
		await house.picture("factor-totp");
		const picture = await page.locator("main img").evaluate((img) => img.complete && img.naturalWidth > 0);
		assert.ok(picture, "the QR code is not drawn");
		secret = (await page.locator("code.big").innerText()).trim();
		await fill(page, "name", "自分のスマートフォン");
		await fill(page, "code", "000000");
		await press(page, "登録する");
		await sees(page, "6桁の数字と合いません");
		assert.equal((await page.locator("code.big").innerText()).trim(), secret, "the secret changed under the person's hands");
		await isFine(page);
		await earlyInStep();
		used = code(secret);
		await fill(page, "code", used);
		await press(page, "登録する");
		await sees(page, "登録しました", "自分のスマートフォン", "確認コードのアプリ");
		await isFine(page);
		await house.picture("factors");
		await page.context().close();
	});

	promise("whoever has an app is sent to /sign-in/more and nowhere else", async (house) => {
		const page = await house.stranger();
		await knock(page, who.login, house.password);
		assert.equal(where(page), "/sign-in/more");
		await isFine(page);
		await house.picture("more");
		for (const path of ["/", "/dossiers", "/people", "/account", "/account/factors", "/password", "/notices"]) {
			await page.goto(path);
			assert.equal(where(page), "/sign-in/more", `${path} is open`);
		}
		for (const path of ["/account/factors/totp", "/account/factors/key"])
			assert.equal((await page.goto(path)).status(), 403, `${path} lets a second app be registered by a password alone`);
		const context = page.context().request;
		await page.goto("/sign-in/more");
		const csrf = await page.locator('main [name="csrf"]').first().inputValue();
		const posted = await context.post("/account/language", { form: { csrf, language: "en" }, maxRedirects: 0,
			headers: { origin: house.address } });
		assert.equal(posted.status(), 303);
		assert.match(posted.headers().location, /^\/sign-in\/more/);
		await page.context().close();
	});

	promise("a replayed code is refused, the next one signs in, and the token changes", async (house) => {
		const page = await house.stranger();
		await knock(page, who.login, house.password);
		await fill(page, "code", used);
		await press(page, "確認コードで進む");
		await sees(page, "一度使ったものです");
		assert.equal(where(page), "/sign-in/more");
		const token = async () => (await page.context().cookies()).find((one) => one.name.endsWith("session")).value;
		const before = await token();
		await fill(page, "code", code(secret, 1));
		await press(page, "確認コードで進む");
		assert.equal(where(page), "/");
		assert.notEqual(await token(), before);
		const fixed = await house.stranger();
		await fixed.context().addCookies([{ name: "__Host-session", value: before, url: house.address, secure: true }]);
		await fixed.goto("/");
		assert.equal(where(fixed), "/sign-in", "the token from before is still worth something");
		await fixed.context().close();
		await page.context().close();
	});

	promise("a passkey is registered and signs in alone", async (house) => {
		const one = (await people(house))[1];
		const page = await house.visitor(one.login);
		const key = await authenticator(page);
		await page.goto("/account/factors/key");
		await isFine(page);
		await house.picture("factor-key");
		await fill(page, "name", "庁内PCの指紋");
		await press(page, "登録する");
		await sees(page, "登録しました", "庁内PCの指紋", "パスキー");
		await press(page, "サインアウト");
		await page.goto("/sign-in");
		await isFine(page);
		await house.picture("sign-in-passkey");
		await press(page, "パスキーでサインイン");
		assert.equal(where(page), "/");
		await page.goto("/account/factors");
		await seesNot(page, "まだありません");
		// The same answer once more is no answer.
		await page.goto("/sign-in");
		const sent = page.waitForRequest((request) => new URL(request.url()).pathname === "/sign-in/passkey");
		await press(page, "パスキーでサインイン");
		const body = (await sent).postData();
		const thief = await house.stranger();
		await thief.goto("/sign-in");
		const answer = await thief.context().request.post("/sign-in/passkey", { data: body, maxRedirects: 0,
			headers: { origin: house.address, "content-type": "application/x-www-form-urlencoded" } });
		assert.equal(answer.status(), 200);
		assert.match(await answer.text(), /このパスキーではサインインできません/);
		await thief.context().close();
		await key.cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: key.authenticatorId });
		await page.context().close();
	});

	promise("a key that is only touched is a second factor, not a way in", async (house) => {
		const one = (await people(house))[2];
		const page = await house.visitor(one.login);
		await authenticator(page, { passkey: false });
		await page.goto("/account/factors/key");
		await fill(page, "name", "机の引き出しのキー");
		await press(page, "登録する");
		await sees(page, "登録しました", "セキュリティキー");
		await press(page, "サインアウト");
		await knock(page, one.login, house.password);
		assert.equal(where(page), "/sign-in/more");
		await press(page, "パスキー・セキュリティキーで進む");
		assert.equal(where(page), "/");
		await page.context().close();
	});

	promise("without JavaScript the page says what else to do", async (house) => {
		const page = await house.visitor((await people(house))[5].login, { javaScriptEnabled: false });
		await page.goto("/account/factors/key");
		await sees(page, "JavaScriptが要ります");
		await fill(page, "name", "キー");
		await press(page, "登録する");
		await sees(page, "JavaScript");
		await page.context().close();
	});

	promise("a factor that is taken away is not asked for any more", async (house) => {
		const page = await house.stranger();
		await knock(page, who.login, house.password);
		await earlyInStep();
		await new Promise((done) => setTimeout(done, 30000));
		await fill(page, "code", code(secret, 1));
		await press(page, "確認コードで進む");
		await page.goto("/account/factors");
		await press(page, "自分のスマートフォンを外す");
		await sees(page, "登録を外しました", "まだ何も登録していません");
		const again = await house.visitor(who.login);
		assert.equal(where(again), "/");
		await again.context().close();
		await page.context().close();
	});
});

about("demands", () => {
	promise("a zone's addresses are set by the operator, who cannot lock themselves out", async (house) => {
		const page = await house.as("system");
		await page.goto("/settings/sign-in");
		await isFine(page);
		await fill(page, "zone.my-number", "192.0.2.0/33");
		await press(page, "区域を保存する");
		await sees(page, "アドレスの範囲として読めません");
		await fill(page, "zone.my-number", "127.0.0.0/8\n::1");
		await press(page, "区域を保存する");
		await sees(page, "あなたが操作できなくなります");
		await isFine(page);
		await house.picture("zones");
	});

	promise("what a role demands is asked, and enrolled only after a temporary password", async (house) => {
		const operator = await house.as("system");
		await authenticator(operator);
		await operator.goto("/account/factors/key");
		await fill(operator, "name", "運用端末");
		await press(operator, "登録する");
		await sees(operator, "登録しました");
		await operator.goto("/settings/sign-in");
		await fill(operator, "zone.my-number", "127.0.0.0/8\n::1");
		await press(operator, "区域を保存する");
		await sees(operator, "設定を変更しました");
		const one = (await people(house))[3];
		const page = await house.stranger();
		await knock(page, one.login, house.password);
		assert.equal(where(page), "/sign-in/more");
		await sees(page, "マイナンバー利用事務系", "仮パスワードを手渡しで");
		await isFine(page);
		await house.picture("more-nothing");
		assert.equal((await page.goto("/account/factors/totp")).status(), 403);
		await operator.goto(`/people/${one.id}/account`);
		await press(operator, "仮パスワードを発行する");
		const temporary = (await operator.locator("code.big").nth(1).innerText()).trim();
		await knock(page, one.login, temporary);
		assert.equal(where(page), "/password");
		await fill(page, "present", temporary);
		await fill(page, "password", NEW);
		await fill(page, "again", NEW);
		await press(page, "変更する");
		assert.equal(where(page), "/sign-in/more");
		await isFine(page);
		await house.picture("more-enrol");
		await submit(page, page.getByRole("link", { name: "確認コードのアプリを登録する" }));
		const mine = (await page.locator("code.big").innerText()).trim();
		await fill(page, "name", "スマホ");
		await fill(page, "code", code(mine));
		await press(page, "登録する");
		await sees(page, "登録しました");
		await page.goto("/");
		assert.equal(where(page), "/");
		// The last one that the zone demands stays.
		await page.goto("/account/factors");
		await press(page, "スマホを外す");
		await sees(page, /求められている確認ができなくなります/);
		await page.context().close();
		await operator.goto("/settings/sign-in");
		await fill(operator, "zone.my-number", "");
		await press(operator, "区域を保存する");
		await sees(operator, "設定を変更しました");
	});
});

about("recovery", () => {
	let page, one;

	promise("who lost their key is recovered by two, never by one", async (house) => {
		one = (await people(house))[2];
		const holders = await house.ask(`SELECT DISTINCT a.login FROM people_account a
			JOIN shown_assignment s ON s.person = a.id AND s.until IS NULL
			JOIN shown_post_role r ON r.post = s.post AND r.until IS NULL
			WHERE r.role IN ('chief', 'policy-manager', 'csirt-leader', 'csirt-coordinator', 'system-manager')
			AND a.login NOT IN ('system') ORDER BY a.id LIMIT 2`);
		assert.equal(holders.length, 2, "two holders of the roles");
		const first = await house.as(holders[0].login);
		await first.goto("/recoveries");
		await isFine(first);
		await first.locator('main [name="number"]').fill(one.number);
		await press(first, "次へ");
		await fill(first, "reason", "キーをなくした。窓口で顔と職員証を確かめた。");
		await first.locator('[name="removes"][value="yes"]').check();
		await isFine(first);
		await house.picture("recovery-ask");
		await press(first, "回復を頼む");
		await sees(first, "あなたが頼みました");
		assert.equal(await button(first, "同意して回復させる").count(), 0);
		const path = where(first);
		const csrf = await first.locator('[name="csrf"]').first().inputValue();
		const alone = await first.context().request.post(`${path}/agree`, { form: { csrf }, maxRedirects: 0,
			headers: { origin: house.address } });
		assert.equal(alone.status(), 403);
		assert.match(await alone.text(), /頼んだ人は、自分では同意できません/);
		page = await house.as(holders[1].login);
		await page.goto(path);
		await isFine(page);
		await house.picture("recovery");
		await press(page, "同意して回復させる");
		await sees(page, "回復しました", "二度と表示できません");
		await isFine(page);
		await house.picture("recovered");
	});

	promise("the temporary password opens the door, the old key is gone, and the person was told", async (house) => {
		const temporary = (await page.locator("code.big").innerText()).trim();
		const back = await house.stranger();
		await knock(back, one.login, temporary);
		assert.equal(where(back), "/password");
		await fill(back, "present", temporary);
		await fill(back, "password", NEW);
		await fill(back, "again", NEW);
		await press(back, "変更する");
		assert.equal(where(back), "/");
		await back.goto("/notices");
		await sees(back, "二人の担当者によって回復されました");
		await back.context().close();
	});
});

about("step-up", () => {
	promise("after a while what weighs asks for a proof, keeps what was typed and goes on", async (house) => {
		await parameter(house, "sign-in.step-up-minutes", 1);
		const page = await house.as("system");
		const one = (await people(house))[6];
		await page.goto(`/people/${one.id}/account`);
		await page.waitForTimeout(62000);
		await page.getByText("権限を付ける").first().click();
		await page.locator('[name="kind"][value="auditor"]').check();
		const until = wareki(100);
		await fill(page, "until", until);
		await press(page, "権限を付ける");
		await sees(page, "本人確認", "まだ何も行われていません");
		await isFine(page);
		await house.picture("proof");
		assert.equal((await house.ask(`SELECT id FROM people_grant WHERE person = ${one.id}`)).length, 0);
		await press(page, "パスキー・セキュリティキーで進む");
		await page.waitForURL((url) => url.pathname === `/people/${one.id}/account`);
		await sees(page, "追加しました", `${until.replace("R", "令和").replace(".", "年").replace(".", "月")}日`);
		assert.equal((await house.ask(`SELECT id FROM people_grant WHERE person = ${one.id}`)).length, 1);
	}, 180);
});

class Named extends House {
	/** From now on visitors open the pages under this name. */
	move(name) {
		this.address = this.address.replace("127.0.0.1", name);
		this.forget();
	}
}

await keepIn(Named, { port: await anyPort() });
