// A change of policy in the browser, on a body of its own: node tests/e2e/enact.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { appendFile, cp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { isFine } from "./checks.mjs";
import { House, mustRun } from "./house.mjs";
import { button, choose, fill, follow, has, link, moment, press, say, sees, seesNot, submit, until, wareki } from "./steps.mjs";
import { anyPort, keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const work = await workFolder("enact");
const first = join(work, "first"), second = join(work, "second");

async function twoVersions() {
	await cp(process.env.E2E_PACK ?? join(here, "../../packs/takamatsu"), first, { recursive: true });
	if (!/^publishes:/m.test(await readFile(join(first, "pack.yaml"), "utf8")))
		await appendFile(join(first, "pack.yaml"), "publishes: ciso\n");
	await mustRun("python3", [join(here, "../next_version.py"), first, second]);
}

async function sendOut(page, purpose) {
	await say(page, ["庁舎の外へ持ち出す"], purpose);
	await choose(page, (row) => /(DVD|USB|HDD)-/.test(row) && row.includes("Ⅰ"));
	await follow(page, /次へ/);
	await press(page, /次へ/);
	for (const [name, value] of [["amount", "1本"], ["destination", "支所"], ["often", "once"], ["period-from", wareki(0)],
		["period-until", wareki(1)], ["medium", "usb"], ["container", "locked"], ["carry-protection", ["encrypted"]],
		["route", "公用車"], ["leaves-at", moment(0, "09:00")], ["returns-at", moment(1, "17:00")]])
		if (await has(page, name)) await fill(page, name, value);
	await press(page, /次へ/);
	await press(page, "申請する");
	return new URL(page.url()).pathname;
}

let dossier;

about("change of policy", () => {
	promise("whoever is signed in sees the versions", async (house) => {
		const page = await house.as("shokuin");
		await page.goto("/policy");
		await follow(page, "これまでの版と、これからの版");
		await sees(page, "施行中", "第1.");
		await isFine(page);
		dossier = await sendOut(page, "説明会で使うため");
	});

	promise("a proposal shows clause by clause what is different", async (house) => {
		await mustRun(house.bansho, ["pack", "propose", second, "--data", house.data]);
		const page = await house.as("shokuin");
		await page.goto("/policy/versions");
		await follow(page, "第2.0版");
		await sees(page, "案", "変更", "新設", "廃止", "との違い");
		assert.ok((await page.locator("del").count()) > 0 && (await page.locator("ins").count()) > 0);
		await page.getByText("番号や場所だけが変わった条項").click();
		await sees(page, /9\.3 b\)[\s\S]*12\.3 b\)/);
		assert.equal(await button(page, "この版を公布する").count(), 0);
		await isFine(page);
		await house.picture("version-read");
	});

	promise("who publishes is asked per item, and can save half-way", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/policy/versions");
		await follow(page, "第2.0版");
		await sees(page, "決裁中の案件", "なくなる役割", "なくなる列", "まだ答えのないもの");
		assert.equal(await button(page, "この版を公布する").count(), 0);
		await isFine(page);
		await house.picture("version-asked");
		await page.locator('[name="role:chief"][value="carry"]').check();
		await page.locator('[name="to:role:chief"]').selectOption("bureau-chief");
		await press(page, "答えを保存する");
		await sees(page, "保存しました", "まだ答えのないもの");
		assert.ok(await page.locator('[name="role:chief"][value="carry"]').isChecked());
		// An answer that does not fit is said at its box, and what was chosen stays.
		await page.locator('[name="to:role:chief"]').selectOption("");
		await press(page, "答えを保存する");
		await sees(page, "引き継ぐ役割を、新しい版の役割から選んでください");
		await isFine(page);
		await page.locator('[name="to:role:chief"]').selectOption("bureau-chief");
		for (const box of await page.locator('main input[type=radio][value="continue"], main input[type=radio][value="later"]').all())
			await box.check();
		// A judgement about a clause that is gone cannot go on.
		for (const box of await page.locator('main input[type=radio][name^="judgements:"][value="end"]').all())
			if (!await page.locator(`[name="${await box.getAttribute("name")}"]:checked:not([value=""])`).count()) await box.check();
		await page.locator('[name="dossiers:transport"][value="continue"]').check();
		await press(page, "答えを保存する");
		await sees(page, "保存しました");
		await seesNot(page, "まだ答えのないもの");
	});

	promise("it is published for a day, and withdrawn only by who may", async (house) => {
		const page = await house.as("ciso");
		await page.locator('[name="effective"]').fill("R1.5.1");
		await press(page, "この版を公布する");
		await sees(page, "今日か、それよりあとの日");
		await isFine(page);
		await page.locator('[name="effective"]').fill(wareki(0));
		await press(page, "この版を公布する");
		await sees(page, "公布しました", "公布済み");
		const clerk = await house.as("shokuin");
		await clerk.goto(new URL(page.url()).pathname);
		assert.equal(await button(clerk, "この版を取り下げる").count(), 0);
	});

	promise("the clock puts it into force, and everybody is asked to acknowledge", async (house) => {
		const page = await house.as("shokuin");
		await until(async () => {
			// A page of before that may name the new version, and nobody answers while banshod starts again.
			assert.match(house.said, /bansho: banshod を、新しい版の方針で始め直します/);
			await page.goto("/");
			await sees(page, "方針が変わりました", "第2.0版");
		}, 90);
		await isFine(page);
		await house.picture("home-changed");
		await follow(page, "読んで確認する");
		await sees(page, "あなたに関わる変わったこと", "あなたが守ること");
		await isFine(page);
		await house.picture("acknowledge");
		await press(page, "読みました。確認しました");
		await sees(page, "方針の確認を記録しました");
		await seesNot(page, "方針が変わりました（");
		await page.goto("/policy/acknowledge");
		await sees(page, "確認済み");
	}, 180);

	promise("what was sent under the older version is read and decided under it", async (house) => {
		const page = await house.as("kacho");
		await page.goto(`${dossier}/decide`);
		await sees(page, "前の版の方針", "説明会で使うため");
		await page.getByRole("radio", { name: /許可する/ }).first().check();
		await press(page, "この内容で記録する");
		const clerk = await house.as("shokuin");
		await clerk.goto(dossier);
		await sees(clerk, "許可", "前の版の方針");
		const paper = await clerk.context().request.get(await link(clerk, /様式をPDFで開く/).first().getAttribute("href"));
		assert.equal(paper.status(), 200);
		assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
	});

	promise("who has not acknowledged is a list by unit", async (house) => {
		const page = await house.as("ciso");
		await page.goto("/policy/versions");
		await follow(page, "だれが確認したか");
		await sees(page, /\d+人のうち1人が確認しました/);
		await isFine(page);
		await house.picture("acknowledged");
		await submit(page, page.locator("table").first().getByRole("link").first());
		await sees(page, "でまだの人");
		await isFine(page);
		const context = page.context().request;
		const csv = await (await context.get("/policy/acknowledged.csv")).text();
		assert.match(csv, /^\ufeff職員番号,氏名,所属,職/);
		const [{ open }] = await house.ask(`SELECT count(DISTINCT a.person) - 1 AS open FROM shown_assignment a
			JOIN shown_person p ON p.id = a.person WHERE (a.until IS NULL OR a.until >= strftime('%s', 'now', '+9 hours') / 86400)
			AND (a.since IS NULL OR a.since <= strftime('%s', 'now', '+9 hours') / 86400)
			AND (p.until IS NULL OR p.until >= strftime('%s', 'now', '+9 hours') / 86400)`);
		assert.equal(csv.trim().split("\r\n").length, open + 1);
		const xlsx = await context.get("/policy/acknowledged.xlsx");
		assert.equal((await xlsx.body()).subarray(0, 2).toString(), "PK");
		const clerk = await house.as("shokuin");
		const answer = await clerk.goto("/policy/acknowledged");
		assert.equal(answer.status(), 403);
	});
});

await keepIn(House, { pack: first, port: await anyPort() }, { first: twoVersions });
