// An audit in the browser, on a body of its own: node tests/e2e/audit.mjs FOLDER-OF-PROGRAMS; TAP on stdout. Planned, put before
// the council, sampled, reported, ordered, answered, verified; and the sample drawn again from the bundle alone.

import assert from "node:assert/strict";
import { join } from "node:path";

import { isFine } from "./checks.mjs";
import { House, mustRun } from "./house.mjs";
import { box, follow, link, main, press, sees, seesNot, wareki } from "./steps.mjs";
import { keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const work = await workFolder("audit");
const TITLE = "標的の業務の記録";
let audit = "";

about("an audit", () => {
	promise("the demonstration's audits can be read by auditors and not by clerks", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/audits");
		await sees(page, "窓口の部署の利用者管理と記録", "期限切れ");
		await isFine(page);
		for (const path of ["/audits/1", "/audits/3", "/audit-points/1", "/audits/1/samples/1", "/council", "/council/2", "/reviews", "/reviews/1"]) {
			const answer = await page.goto(path);
			assert.equal(answer.status(), 200, path);
			await isFine(page);
		}
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto("/audits/1")).status(), 403);
		assert.equal((await clerk.goto("/audit-points/1")).status(), 403);
	});

	promise("a plan keeps what was typed when something is missing", async (house) => {
		const page = await house.as(await house.holder("chief"));
		await page.goto("/audits");
		await follow(page, "監査を計画する");
		await box(page, "title").fill(TITLE);
		await box(page, "aim").fill("記録が整っているかを確かめる。");
		await page.getByLabel(/バックアップ/).check();
		await press(page, "計画を残す");
		await sees(page, "監査する所属を一つ以上選んでください。");
		assert.equal(await box(page, "title").inputValue(), TITLE);
		await page.getByLabel("市民課", { exact: true }).check();
		await press(page, "計画を残す");
		audit = new URL(page.url()).pathname;
		await sees(page, TITLE, "監査人を決めてください");
	});

	promise("nobody who belongs to the unit is named; an independent auditor is", async (house) => {
		const page = await house.as(await house.holder("chief"));
		await page.goto(audit);
		await follow(page, "監査人を決める");
		await box(page, "person").selectOption({ index: 1 });
		await press(page, "監査人にする");
		await sees(page, "責任者", "会議の議題にして");
		await press(page, "監査を始める");
		await sees(page, "監査計画が、まだ");
	});

	promise("the council takes note of the plan; then it begins", async (house) => {
		const page = await house.as(await house.holder("chief"));
		await page.goto("/council");
		await follow(page, "会議を開く");
		await box(page, "title").fill("臨時会議");
		await box(page, "day").fill(wareki());
		await press(page, "構成員に知らせる");
		const session = new URL(page.url()).pathname;
		await follow(page, "議題を加える");
		await page.getByLabel(new RegExp(`監査計画の報告「${TITLE}」`)).check();
		await box(page, "title").fill("監査計画の報告");
		await press(page, "加える");
		const member = await house.as("ciso");
		await member.goto(session);
		await follow(member, "議事と決定を残す");
		await box(member, "present").fill("副市長ほか3人");
		await press(member, "残す");
		await sees(member, "議事の記録を書いてください。", "どうなったかを選んでください");
		assert.equal(await box(member, "present").inputValue(), "副市長ほか3人");
		await box(member, "minutes").fill("計画の報告を受けた。");
		await member.getByLabel("了承").check();
		await press(member, "残す");
		await sees(member, "記録済み", "了承");
		await page.goto(audit);
		await press(page, "監査を始める");
		await sees(page, "監査を始めました");
	});

	promise("the auditor asks a unit for papers, which answers with a file; a clerk does not see the asking", async (house) => {
		const auditor = await house.as("kansa");
		await auditor.goto(audit);
		await follow(auditor, "所属に資料を求める");
		await box(auditor, "unit").selectOption({ index: 1 });
		await press(auditor, "求める");
		await sees(auditor, "見せてほしい資料や説明を書いてください。");
		await box(auditor, "words").fill("控えを戻した試験の記録。");
		await press(auditor, "求める");
		await sees(auditor, "控えを戻した試験の記録。", "回答待ち");
		const head = await house.as("kacho");
		await head.goto("/audits");
		await follow(head, "監査人が資料を求めています");
		const request = new URL(head.url()).pathname;
		await isFine(head);
		await follow(head, "答える");
		await isFine(head);
		await box(head, "words").fill("試験はしていない。手順書だけある。");
		await head.locator('main input[type="file"]').setInputFiles({ name: "手順書.txt", mimeType: "text/plain", buffer: Buffer.from("手順") });
		await press(head, "答える");
		await sees(head, "回答済み", "手順書だけある");
		const clerk = await house.as("shokuin");
		assert.equal((await clerk.goto(request)).status(), 403);
		await auditor.goto(audit);
		await sees(auditor, "回答済み", "手順書.txt");
		const kept = await auditor.context().request.get(await link(auditor, "手順書.txt").getAttribute("href"));
		assert.equal(await kept.text(), "手順");
	});

	promise("an auditor draws a sample, signs the items and writes a point", async (house) => {
		const page = await house.as("kansa");
		await page.goto(audit);
		await follow(page, "記録簿から標本を選ぶ");
		await box(page, "seed").fill("さいころ 6 1 4");
		await box(page, "most").fill("3");
		await press(page, "くじを引く");
		await sees(page, "さいころ 6 1 4", "bansho audit sample");
		await box(page, "r-1").selectOption("doubt");
		await press(page, "見た結果を残す");
		await sees(page, "何が疑問かを書いてください。");
		await box(page, "w-1").fill("意見がない。");
		for (const place of [2, 3]) await box(page, `r-${place}`).selectOption("good");
		await press(page, "見た結果を残す");
		await page.goto(audit);
		await sees(page, "疑問1件");
		for (;;) {
			const open = main(page).locator("tr").filter({ hasText: "まだ見ていない" }).getByRole("link").first();
			if (await open.count() === 0) break;
			await Promise.all([page.waitForNavigation(), open.click()]);
			await page.getByLabel("一部不十分").check();
			await box(page, "words").fill("戻す試験をしていない。");
			await press(page, "署名して残す");
		}
		await follow(page, "指摘を書く");
		await box(page, "clause").selectOption({ index: 1 });
		await box(page, "unit").selectOption({ index: 1 });
		await page.getByLabel("重大な指摘").check();
		await box(page, "title").fill("戻す試験をしていない");
		await box(page, "words").fill("1年のあいだ、戻す試験の記録がない。");
		await box(page, "wish").fill("年に1回は戻して確かめる。");
		await press(page, "指摘を残す");
		await follow(page, "結果を報告する");
		await box(page, "words").fill("控えは取られているが、戻す試験がない。");
		await press(page, "報告する");
		await sees(page, "監査の結果を報告しました", "報告書(PDF)");
		const pdf = await page.context().request.get(`${audit}/report.pdf`);
		assert.equal((await pdf.body()).subarray(0, 4).toString(), "%PDF");
	});

	promise("the CISO orders, the unit answers from a phone, the auditor verifies", async (house) => {
		const ciso = await house.as("ciso");
		await ciso.goto(audit);
		await press(ciso, "報告を受け取る");
		await follow(ciso, "戻す試験をしていない");
		await follow(ciso, "是正を指示する");
		await press(ciso, "指示する");
		await sees(ciso, "回答待ち");
		const point = new URL(ciso.url()).pathname;
		const head = await house.visitor("kacho", { viewport: { width: 390, height: 800 } });
		await head.goto("/audits");
		await sees(head, "あなたの所属への求めと指摘");
		await follow(head, "戻す試験をしていない");
		await isFine(head);
		await seesNot(head, "是正を指示する");
		await follow(head, "答える");
		await head.getByLabel(/^直した/).check();
		await box(head, "words").fill("戻す試験をして、記録を残した。");
		await press(head, "答える");
		await sees(head, "確認待ち");
		const auditor = await house.as("kansa");
		await auditor.goto(point);
		await follow(auditor, "直ったかを確かめる");
		await auditor.getByLabel("直ったことを確かめた").check();
		await box(auditor, "words").fill("試験の記録を見た。");
		await press(auditor, "残す");
		await sees(auditor, "是正を確認");
		assert.equal(await link(auditor, "直ったかを確かめる").count(), 0);
	});

	promise("an outsider draws the same sample from the bundle alone", async (house) => {
		const file = join(work, "whole.zip");
		await mustRun(house.bansho, ["export", file, "--data", house.data]);
		const done = await mustRun(house.bansho, ["audit", "sample", "--bundle", file, "--json"]);
		const { samples, findings } = JSON.parse(done.text);
		assert.equal(findings, 0);
		assert.ok(samples.some((one) => one.seed === "さいころ 6 1 4" && one.same && one.entries.length === 3), done.text);
	});

	promise("a review collects what happened and waits for the council", async (house) => {
		const page = await house.as(await house.holder("chief"));
		await page.goto("/reviews");
		await follow(page, "見直しを始める");
		await press(page, "始める");
		await sees(page, "監査の結果", "例外措置", "会議の議題にしてください");
		await main(page).locator("tr").filter({ hasText: "監査の結果" }).getByRole("link", { name: "書く" }).click();
		await box(page, "words").fill("戻す試験を手順に加える。");
		await press(page, "残す");
		await sees(page, "戻す試験を手順に加える。");
		await isFine(page);
	});
});

await keepIn(House, { staff: 300, pack: process.env.E2E_PACK });
