// Standing delegation, privileged windows and one's own data, in the browser.

import assert from "node:assert/strict";

import { isFine } from "./checks.mjs";
import { button, fill, follow, press, sees, wareki } from "./steps.mjs";
import { about, promise } from "./tap.mjs";

/** What the head of every page says about the window. */
const band = (page) => page.locator("form.window").innerText();

about("privileges", () => {
	promise("an operator's act without a window is refused, with one it is done, and auditors see why", async (house) => {
		const page = await house.stranger();
		await page.goto("/sign-in");
		await page.getByLabel("ログイン名").fill("system");
		await page.getByLabel("パスワード").fill(house.password);
		await page.getByRole("button", { name: "サインイン" }).click();
		await page.waitForURL((url) => url.pathname !== "/sign-in");
		await page.goto("/units/new");
		await sees(page, "特権を使う時間の中でだけ行えます");
		const csrf = await page.locator('[name="csrf"]').first().inputValue();
		const status = await page.evaluate(async (token) => (await fetch("/units/new", { method: "POST",
			body: new URLSearchParams({ csrf: token, code: "9999", name: "ないはずの課", kind: "section" }) })).status, csrf);
		assert.equal(status, 403);
		assert.equal((await house.ask("SELECT id FROM people_unit WHERE code = '9999'")).length, 0);
		await page.goto("/privileges?next=%2Funits%2Fnew");
		await press(page, "特権を使い始める");
		await sees(page, "そのままでは進めません");
		await fill(page, "reason", "新しい課の登録");
		await fill(page, "minutes", "20");
		await press(page, "特権を使い始める");
		assert.equal(new URL(page.url()).pathname, "/units/new");
		assert.match(await band(page), /特権を使用中.*残り20分.*新しい課の登録/s);
		const other = await house.stranger();
		await other.goto("/sign-in");
		await other.getByLabel("ログイン名").fill("system");
		await other.getByLabel("パスワード").fill(house.password);
		await other.getByRole("button", { name: "サインイン" }).click();
		await other.waitForURL((url) => url.pathname !== "/sign-in");
		assert.equal(await other.getByText("特権を使用中").count(), 0);
		await press(page, "終える");
		await sees(page, "特権を使う時間を終えました");
		const auditor = await house.as("kansa");
		await auditor.goto("/privileges?all=1");
		await sees(auditor, "新しい課の登録", "途中で終えた");
		await isFine(auditor);
	});

	promise("the CISO delegates what the policy allows, takes it back, and others are not offered it", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/delegations");
		await sees(page, "施設外の機器の期間の延長", "統括情報セキュリティ責任者", "委任中");
		await isFine(page);
		await page.locator("tbody tr", { hasText: "施設外の機器" }).getByRole("link", { name: "終える" }).click();
		await fill(page, "last", wareki(-1));
		await press(page, "委任を終える");
		await page.goto("/delegations/new");
		await isFine(page);
		await page.getByRole("radio", { name: /施設外の機器/ }).check();
		await fill(page, "until", wareki(90));
		await press(page, "委任する");
		await sees(page, "理由を入れてください");
		await fill(page, "reason", "定例のため");
		await press(page, "委任する");
		await sees(page, "権限を委任しました", "定例のため");
		const clerk = await house.as("shokuin");
		await clerk.goto("/delegations/new");
		await sees(clerk, "方針が委任を認めている権限がありません");
	});

	promise("everybody sees what is kept about them; who takes out somebody's is named there", async (house) => {
		const clerk = await house.as("shokuin");
		await clerk.goto("/account");
		await follow(clerk, "あなたについて番所が持っているもの");
		await sees(clerk, "氏名など", "サインインの記録", "いつまで", "まだだれも取り出していません", "権限の委任", "人事異動の一覧",
			"退職などの日から5年", "聞かれた点検", "終わった訓練メール", "報告した事案", "行ったもの", "監査人になった監査");
		await isFine(clerk);
		const csv = await clerk.request.get("/account/data.csv");
		assert.equal(csv.status(), 200);
		assert.match(await csv.text(), /職員番号/);
		const [{ id }] = await house.ask("SELECT id FROM people_account WHERE login = 'shokuin'");
		const keeper = await house.as("system");
		await keeper.goto(`/people/${id}/data`);
		await sees(keeper, "本人の画面でだけ見られます");
		await isFine(keeper);
		const [saved] = await Promise.all([keeper.waitForEvent("download"), button(keeper, "表(CSV)で取り出す").click()]);
		assert.match(saved.suggestedFilename(), /^個人データ-/);
		await clerk.goto("/account/data");
		await sees(clerk, "取り出した人");
		assert.equal(await clerk.getByText("まだだれも取り出していません").count(), 0);
		assert.equal((await clerk.goto(`/people/${id}/data`)).status(), 403);
	});
});
