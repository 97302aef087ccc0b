// The main walk: a clerk says what they want to do, gets the permit, uses it, returns; and disposal.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { about, promise } from "./tap.mjs";
import { run } from "./house.mjs";
import { button, choose, fetched, fill, follow, link, moment, nameOf, pdfWords, plainText, press, say, sees, seesNot, submit,
	wareki, words } from "./steps.mjs";

/** The names as the header and the route show them, without spaces. */
async function fillTransport(page) {
	await fill(page, "destination", "高松支所 市民窓口");
	await fill(page, "often", "once");
	await fill(page, "period-from", wareki(0));
	await fill(page, "period-until", wareki(1));
	await fill(page, "medium", "optical");
	if (page.context().isPlain) { // the questions that follow from it come with the next page
		await press(page, "保存する");
		await fill(page, "medium", "optical");
	}
	await fill(page, "container", "locked");
	await fill(page, "carry-protection", ["encrypted"]);
	await fill(page, "route", "公用車で本庁から支所へ直行");
	await fill(page, "leaves-at", moment(0, "09:00"));
}

/** From the question to the sent dossier. Returns its address. */
async function apply(page) {
	await say(page, ["庁舎の外へ持ち出す"], "国勢調査の説明会で使うため");
	await choose(page, (row) => /(DVD|USB|HDD)-/.test(row) && row.includes("Ⅰ"));
	await sees(page, "重要性分類Ⅰの取扱いの決まり");
	await follow(page, /次へ/);
	await sees(page, "必要な手続", "3.2.(8) b)", "施設外運搬は前もって管理者の許可を得る", "情報セキュリティ管理者", "様式第2号");
	await press(page, /次へ/);
	await sees(page, "様式に記入する");
	await fillTransport(page);
	await press(page, /次へ/); // the time of return is not there yet
	assert.match(page.url(), /\/(edit|send)(\?|$)/);
	await sees(page, /戻す日時/);
	if (page.url().includes("/send")) {
		await sees(page, "まだ申請できません");
		await follow(page, "書き直す");
	}
	assert.equal(await page.locator('[name="route"]').inputValue(), "公用車で本庁から支所へ直行", "what was typed is gone");
	await fill(page, "returns-at", moment(1, "17:00"));
	await press(page, /次へ/);
	await sees(page, "確かめて申請する", "だれが、どの順で決めるか", "課長", "高松支所 市民窓口", "公用車で本庁から支所へ直行");
	await press(page, "申請する");
	await sees(page, "申請を送りました");
	return new URL(page.url()).pathname;
}

async function decide(page, dossier, verdict, reason = "") {
	await page.goto("/waiting");
	const row = page.locator(`a[href="${dossier}/decide"]`);
	assert.equal(await row.count() > 0, true, `${dossier} does not wait for this person`);
	await submit(page, row.first());
	const radio = page.getByRole("radio", { name: verdict });
	await radio.first().check();
	if (reason !== "") await fill(page, "words", reason);
	await press(page, "この内容で記録する");
}

/** Media with a number, of class Ⅰ or Ⅱ, that no other open dossier disposes of. */
async function freeMedia(house) {
	const busy = await house.ask("SELECT serial FROM flow_item i JOIN flow_dossier d ON d.id = i.dossier " +
		"WHERE d.state IN ('sent', 'granted')");
	return (row) => /[A-Z]{2,4}-\d{5}/.test(row) && /[ⅠⅡ]/.test(row) &&
		!busy.some((one) => row.includes(one.serial));
}

function theWalk(name, options) {
	about(name, () => {
		let dossier, clerk, head;

		promise("a clerk says what they want, sees clauses, class and route, fills in form 2 and sends it", async (house) => {
			clerk = await house.visitor("shokuin", options);
			dossier = await apply(clerk);
			await sees(clerk, "決裁中", "国勢調査の説明会で使うため");
		});

		promise("the section head decides with clause text, class and the digest in view", async (house) => {
			head = await house.visitor("kacho", options);
			await head.goto(`${dossier}/decide`);
			await sees(head, "許可するか決める", "3.2.(8) b)", "施設外運搬は前もって管理者の許可を得る", "重要性分類Ⅰ",
				"取扱いの決まり", "国勢調査の説明会で使うため", "公用車で本庁から支所へ直行", /[0-9a-f]{64}/);
			await decide(head, dossier, /許可する/);
			await sees(head, "決裁を記録しました");
		});

		promise("a permit exists and the clerk hears of it", async (house) => {
			house.last = clerk;
			await clerk.goto("/notices");
			await sees(clerk, "許可されました");
			await clerk.goto(dossier);
			await sees(clerk, "許可証", "有効");
		});

		promise("form 2 comes as PDF with applicant and decision", async (house) => {
			const text = await pdfWords(house, clerk, /様式をPDFで開く/, "form2.pdf");
			for (const wanted of ["様式第2号", "情報資産送信・提供・運搬許可申請書", await nameOf(clerk), await nameOf(head),
				"許可", "国勢調査の説明会で使うため", "banshoverify"])
				assert.ok(text.includes(plainText(wanted)), `the PDF does not hold ${wanted}:\n${text}`);
		});

		promise("leaving and return are recorded on the spot", async (house) => {
			house.last = clerk;
			await clerk.locator('main a[href^="/permits/"]').first().click();
			await clerk.waitForURL(/\/permits\//);
			await press(clerk, /持ち出す/);
			await sees(clerk, "持ち出しを記録しました", "持ち出し中");
			await clerk.goto("/out");
			await sees(clerk, "国勢調査の説明会で使うため");
			await clerk.goBack();
			await press(clerk, /戻した/);
			await sees(clerk, "返却を記録しました");
			await clerk.goto("/out");
			await seesNot(clerk, "国勢調査の説明会で使うため");
		});

		promise("after that the dossier is complete, and offers nothing that leads nowhere", async (house) => {
			house.last = clerk;
			await clerk.goto(dossier);
			if (await button(clerk, /使い終わった/).count() > 0) await press(clerk, /使い終わった/);
			await sees(clerk, "完了");
			await seesNot(clerk, "結果を記録する");
		});

		promise("the command printed on the paper works on the dossier's own bundle", async (house) => {
			const auditor = await house.as("kansa");
			const about = dossier.replace("/dossiers/", "dossier:");
			await auditor.goto(`/journal?about=${about}`);
			const answer = await auditor.context().request.get(
				await link(auditor, "検証用の束をダウンロード").getAttribute("href"));
			const [, name] = answer.headers()["content-disposition"].match(/filename="?([^";]+)/);
			const paper = plainText((await run("pdftotext", ["-layout", join(house.folder, "form2.pdf"), "-"])).text);
			assert.ok(paper.includes(`banshoverify${name}`), `${name} is not what is printed`);
			await writeFile(join(house.folder, name), await answer.body());
			const done = await run(house.bansho, ["verify", join(house.folder, name)]);
			assert.equal(done.code, 0, done.text + done.error);
		});
	});
}

theWalk("the walk", {});
theWalk("the walk without JavaScript", { javaScriptEnabled: false });

about("disposal", () => {
	let dossier, clerk, chosen, witnessName;

	promise("an application for form 3 lists the serial numbers of what is chosen", async (house) => {
		clerk = await house.as("shokuin");
		await say(clerk, ["捨てる・消す・リースを返す"], "保存期限が過ぎたため");
		chosen = await choose(clerk, await freeMedia(house), 3);
		await follow(clerk, /次へ/);
		await sees(clerk, "3.2.(9)", "様式第3号");
		await press(clerk, /次へ/);
		const items = await clerk.locator('[name="items"]').inputValue();
		for (const one of chosen) assert.ok(items.includes(one.serial), `${one.serial} is not among ${items}`);
		await fill(clerk, "method", "crush");
		await fill(clerk, "planned-on", wareki(3));
		await fill(clerk, "vendor-used", "no");
		await press(clerk, /次へ/);
		await press(clerk, "申請する");
		await sees(clerk, "申請を送りました");
		dossier = new URL(clerk.url()).pathname;
		const head = await house.as("kacho");
		await decide(head, dossier, /許可する/);
		await sees(head, "決裁を記録しました");
	});

	async function begin(serial, method, what) {
		await clerk.goto(`${dossier}/result`);
		await clerk.getByRole("checkbox", { name: serial }).check();
		await fill(clerk, "end-method", method);
		await fill(clerk, "end-at", moment(0, "10:00"));
		await fill(clerk, "end-what", what);
	}

	async function record() {
		await press(clerk, /選んだ物に記録/);
	}

	promise("one item destroyed before a witness is ended; the dossier stays open", async (house) => {
		house.last = clerk;
		await begin(chosen[0].serial, "destroyed", "穴をあけて壊した");
		const witness = clerk.locator('select[name="end-witness"] option').nth(2);
		[witnessName] = (await witness.innerText()).split("(");
		await fill(clerk, "end-witness", await witness.getAttribute("value"));
		await record();
		await clerk.goto(dossier);
		await sees(clerk, "まだ合っていません", "立会いの下で壊した", /申請 3、終わり 1/);
		await seesNot(clerk, "完了");
	});

	promise("a certificate alone is claimed and unverified", async (house) => {
		house.last = clerk;
		const certificate = join(house.folder, "certificate.txt");
		await writeFile(certificate, "廃棄証明書\n");
		await begin(chosen[1].serial, "vendor", "業者が溶かした");
		await fill(clerk, "end-certificate", certificate);
		await record();
		await clerk.goto(dossier);
		await sees(clerk, "証明書のみ・未確認", "まだ合っていません", /証明書だけ 1/, /申請 3、終わり 2/);
		const kept = await fetched(clerk, await clerk.locator('a[href*="/files/"]').first().getAttribute("href"));
		assert.equal(kept.bytes.toString(), "廃棄証明書\n");
	});

	promise("an incomplete result is refused or stays open, and what was typed is still there", async (house) => {
		house.last = clerk;
		await begin(chosen[2].serial, "wiped", "米国DoD方式で消した");
		await clerk.locator('[name="end-at"]').fill("");
		await record();
		await sees(clerk, "直してください");
		assert.equal(await clerk.locator('[name="end-what"]').inputValue(), "米国DoD方式で消した");
		assert.ok(await clerk.locator('[name="end-method"][value="wiped"]').isChecked());
		assert.ok(await clerk.getByRole("checkbox", { name: chosen[2].serial }).isChecked());
	});

	promise("when every item has ended the balance closes and the ledger rows are retired", async (house) => {
		house.last = clerk;
		const log = join(house.folder, "wipe.log");
		await writeFile(log, "pass 1 ok\npass 2 ok\npass 3 ok\n");
		await begin(chosen[2].serial, "wiped", "米国DoD方式で消した");
		await fill(clerk, "end-log", log);
		await record();
		await clerk.goto(dossier);
		await sees(clerk, "合っています", "完了", /申請 3、終わり 3/, "消去の記録がある", "証明書のみ・未確認");
		await clerk.goto("/ask");
		await say(clerk, ["捨てる・消す・リースを返す"], "もう一度捨てようとする");
		await fill(clerk, "q", chosen[0].serial);
		await press(clerk, "探す");
		assert.ok(!(await clerk.locator("table").allInnerTexts()).join().includes(chosen[0].serial),
			"what was disposed of can still be chosen");
	});

	promise("form 3 comes as PDF with every serial and its end", async (house) => {
		house.last = clerk;
		await clerk.goto(dossier);
		const text = await pdfWords(house, clerk, /様式をPDFで開く/, "form3.pdf");
		for (const wanted of ["様式第3号", ...chosen.map((one) => one.serial), witnessName])
			assert.ok(text.includes(plainText(wanted)), `the PDF does not hold ${wanted}:\n${text}`);
	});
});

about("deciding", () => {
	async function sent(house, purpose) {
		const clerk = await house.as("shokuin");
		await say(clerk, ["捨てる・消す・リースを返す"], purpose);
		await choose(clerk, (row) => row.includes("簿冊、") && row.includes("Ⅰ"));
		await follow(clerk, /次へ/);
		await press(clerk, /次へ/);
		await fill(clerk, "items", `簿冊-${purpose}`);
		await fill(clerk, "method", "crush");
		await fill(clerk, "planned-on", wareki(3));
		await fill(clerk, "vendor-used", "no");
		await press(clerk, /次へ/);
		await press(clerk, "申請する");
		await sees(clerk, "申請を送りました");
		return new URL(clerk.url()).pathname;
	}

	promise("of two who decide at once the second is told, and the first decision stands", async (house) => {
		const dossier = await sent(house, "同時に決裁する");
		const first = await house.as("kacho");
		const second = await house.visitor("kacho");
		for (const page of [first, second]) {
			await page.goto(`${dossier}/decide`);
			await page.getByRole("radio", { name: page === first ? /許可する/ : /差し戻/ }).first().check();
		}
		await fill(second, "words", "書き直してください");
		await press(first, "この内容で記録する");
		await sees(first, "決裁を記録しました");
		await press(second, "この内容で記録する");
		assert.doesNotMatch(await words(second), /決裁を記録しました/);
		await sees(second, /すでに|済んで|変わって|ほかの/);
		await first.goto(dossier);
		await sees(first, "許可");
		await seesNot(first, "差し戻されました");
		await second.context().close();
	});

	promise("sending back asks for a reason and keeps what was chosen; the clerk corrects and sends again", async (house) => {
		const dossier = await sent(house, "差し戻される申請");
		const head = await house.as("kacho");
		await decide(head, dossier, /差し戻/);
		await sees(head, "直してください");
		assert.ok(await head.getByRole("radio", { name: /差し戻/ }).first().isChecked());
		await fill(head, "words", "予定日を書き直してください");
		await press(head, "この内容で記録する");
		await sees(head, "決裁を記録しました");
		const clerk = await house.as("shokuin");
		await clerk.goto(dossier);
		await sees(clerk, "差戻し", "予定日を書き直してください");
		await clerk.goto(`${dossier}/edit`);
		await fill(clerk, "planned-on", wareki(5));
		await press(clerk, /次へ/);
		await press(clerk, "申請する");
		await sees(clerk, "申請を送りました");
	});

	promise("nobody decides their own application", async (house) => {
		const head = await house.as("kacho");
		await say(head, ["捨てる・消す・リースを返す"], "課長が自分で申請する");
		await choose(head, (row) => row.includes("簿冊、") && row.includes("Ⅰ"));
		await follow(head, /次へ/);
		const dossier = new URL(head.url()).pathname.replace(/\/needs$/, "");
		await press(head, /次へ/);
		await fill(head, "items", "簿冊-課長");
		await fill(head, "method", "crush");
		await fill(head, "planned-on", wareki(3));
		await fill(head, "vendor-used", "no");
		await press(head, /次へ/);
		await press(head, "申請する");
		const answer = await head.goto(`${dossier}/decide`);
		assert.notEqual(answer.status(), 200, "the applicant may decide");
	});
});


