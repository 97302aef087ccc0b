// A contract from choosing the contractor to its end, with three links of subcontracting, one never consented, on a body of its
// own: node tests/e2e/contract.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";

import { violations, wideParts } from "./checks.mjs";
import { answerAll, below, box, claim, decider, fillAll, fillSigning, hand, linkOf, openContract, pick, shown, verify, worker } from "./contracts.mjs";
import { House } from "./house.mjs";
import { button, follow, main, press, sees, seesNot, submit, wareki } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const PHONE = { width: 390, height: 800 };

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

const named = (page, name) => main(page).getByRole("link", { name }).first();

about("a contract from selection to end", () => {
	promise("a contractor is chosen by the criteria, and nobody who does not meet what must be met", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/");
		await follow(page, "委託・物品");
		await sees(page, "外の事業者に任せた仕事");
		await isFine(page);
		await house.picture("outside");
		await follow(page, "委託の一覧");
		await follow(page, "新しい委託を始める");
		await isFine(page);
		await house.picture("contract-new");
		await fillAll(page, { title: "給付金の案内の発送", work: "案内文の印刷、宛名の入力、封入、発送。" });
		await press(page, "選定に進む");
		await sees(page, "委託の種類を選んでください");
		assert.equal(await box(page, "title").inputValue(), "給付金の案内の発送");
		await box(page, "kind").selectOption("other");
		await box(page, "class").selectOption("I");
		await press(page, "選定に進む");
		await sees(page, "委託を始めました", "選定中");
		for (const firm of ["讃岐印刷株式会社", "小豆ビジネス株式会社"]) {
			await openContract(page, house, "/candidates");
			await box(page, "firm-name").fill(firm);
			await press(page, "加える");
			await sees(page, "候補に加えました");
		}
		await isFine(page);
		await pick(page, "answer.ability", "no");
		await box(page, "words.ability").fill("発送の実績がない。");
		await pick(page, "answer.trust", "yes");
		await press(page, "答えを保存する");
		await sees(page, "何で確かめたかを書いてください");
		assert.equal(await box(page, "words.ability").inputValue(), "発送の実績がない。");
		await house.picture("contract-answers");
		await openContract(page, house);
		await submit(page, named(page, "讃岐印刷株式会社"));
		await answerAll(page);
		await follow(page, "事業者を選ぶ");
		await page.getByLabel(/小豆ビジネス/).check();
		await box(page, "reason").fill("安い。");
		await press(page, "この事業者に決める");
		await sees(page, "まだ答えていません");
		assert.equal(await box(page, "reason").inputValue(), "安い。");
		await page.getByLabel(/讃岐印刷/).check();
		await box(page, "reason").fill("基準をすべて満たす。");
		await press(page, "この事業者に決める");
		await sees(page, "事業者を選びました", "讃岐印刷株式会社");
		await isFine(page);
	});

	promise("each of the thirteen items stands in the contract, or the reason why not", async (house) => {
		const page = await house.as("kacho");
		await openContract(page, house);
		await follow(page, "契約を記録する");
		await isFine(page);
		const names = await fillSigning(page, { "firm-code": "E9001", number: "8市第45号", agreed: wareki(-2), since: wareki(-1),
			until: wareki(60), place: "讃岐印刷 本社工場" });
		assert.equal(names.length, 13);
		await pick(page, "has.publish", "no");
		await pick(page, "has.secrecy", "no");
		await press(page, "契約を記録する");
		await sees(page, "「守秘義務」のない契約は結べません", "「インシデントの公表」を明記しない理由");
		assert.equal(await box(page, "number").inputValue(), "8市第45号");
		await isFine(page);
		await house.picture("contract-sign");
		await pick(page, "has.secrecy", "yes");
		await box(page, "item.publish").fill("公表は市が行う。");
		await press(page, "契約を記録する");
		await sees(page, "契約を記録しました", "契約中", "公表は市が行う。");
		const [row] = await house.ask("SELECT title FROM shown_row WHERE ledger = 'contract' ORDER BY id DESC LIMIT 1");
		assert.equal(row.title, "給付金の案内の発送");
	});

	promise("subcontracting is consented from the top down by who decides; one link never is", async (house) => {
		const page = await house.as("kacho");
		await below(page, house, "讃岐印刷株式会社", "瀬戸データ株式会社", "E9002");
		await sees(page, "再委託の求めを記録しました", "再委託先 瀬戸データ株式会社", "同意待ち");
		await below(page, house, "瀬戸データ株式会社", "名無しワークス", "E9003");
		await sees(page, "2段目の再委託先 名無しワークス");
		await openContract(page, house, `/links/${await linkOf(house, "瀬戸データ株式会社")}`);
		await seesNot(page, "同意するかどうかを決める");
		const head = await house.as(await decider(house));
		await head.goto("/notices");
		await sees(head, "再委託について、同意するかどうかを決めてください");
		await openContract(head, house, `/links/${await linkOf(house, "名無しワークス")}`);
		await sees(head, "まだ同意がないので");
		assert.equal(await button(head, "同意する").count(), 0);
		await openContract(head, house, `/links/${await linkOf(house, "瀬戸データ株式会社")}`);
		await isFine(head);
		await house.picture("contract-link");
		await press(head, "同意する");
		await sees(head, "何を確かめて同意するのか");
		await box(head, "words").fill("体制と名簿を確かめた。");
		await press(head, "同意する");
		await sees(head, "再委託に同意しました", "同意済み", "同意待ち");
	});

	promise("workers of a consented firm may work once they have pledged and were trained; of the other never", async (house) => {
		const page = await house.as("kacho");
		await worker(page, house, "瀬戸データ株式会社", "誓約済", true);
		await worker(page, house, "瀬戸データ株式会社", "誓約前", false);
		await worker(page, house, "名無しワークス", "無断者", true);
		await named(page, "誓約前").click();
		await fillAll(page, { pledged: wareki(-1), last: wareki(1) });
		await press(page, "記録する");
		await sees(page, "別に記録してください");
		assert.equal(await box(page, "pledged").inputValue(), wareki(-1));
		await openContract(page, house);
		const rows = main(page).locator("tr");
		const text = async (name) => rows.filter({ hasText: name }).innerText();
		assert.match(await text("誓約済"), /従事できる/);
		assert.match(await text("誓約前"), /守秘の誓約がありません/);
		assert.match(await text("無断者"), /再委託に同意していない事業者の人です/);
		await isFine(page);
		await house.picture("contract-chain");
		const covered = await house.ask("SELECT count(*) AS n FROM shown_worker w JOIN contract_worker c ON c.person = w.person");
		assert.equal(covered[0].n >= 1, true);
		const none = await house.ask(`SELECT count(*) AS n FROM shown_worker w JOIN contract_worker c ON c.person = w.person
			JOIN contract_link l ON l.id = c.link WHERE l.state <> 'consented' AND l.state <> 'ended'`);
		assert.equal(none[0].n, 0);
	});

	promise("data goes to nobody without consent, and what went on to them is written down", async (house) => {
		const page = await house.as("kacho");
		await hand(page, house, { to: "名無しワークス" });
		await sees(page, "同意していません", "データを渡すことはできません");
		await hand(page, house, { to: "讃岐印刷株式会社" });
		await sees(page, "渡したデータを記録しました", "渡したまま");
		await hand(page, house, { to: "名無しワークス", from: "瀬戸データ株式会社" });
		await sees(page, "瀬戸データ株式会社から");
		await isFine(page);
		await house.picture("contract-data");
		await page.setViewportSize(PHONE);
		await house.picture("contract-phone");
		await isFine(page);
		await page.setViewportSize({ width: 1100, height: 800 });
		const get = (path) => page.context().request.get(`/contracts/${path}`);
		const id = await shown(house);
		assert.match(await (await get(`${id}/handovers/csv`)).text(), /何を,分類,だれに.*受け取った日.*確認した日/);
		for (const path of [`${id}/handovers/xlsx`, "xlsx"])
			assert.equal((await (await get(path)).body()).subarray(0, 2).toString(), "PK");
		assert.equal((await (await get(`${id}/handovers.pdf`)).body()).subarray(0, 5).toString(), "%PDF-");
	});

	promise("an amendment prolongs the contract, not what was consented and named under it", async (house) => {
		const page = await house.as("kacho");
		const until = `SELECT c.until, max(w.until) AS worker FROM contract_case c JOIN contract_link l ON l.contract = c.id
			JOIN contract_worker w ON w.link = l.id WHERE c.id = ${await shown(house)}`;
		const [was] = await house.ask(until);
		await openContract(page, house);
		await follow(page, "期間を延ばす");
		await sees(page, "再委託の同意、従事者、許可証は元の日で終わる");
		await isFine(page);
		await fillAll(page, { until: wareki(30), agreed: wareki(), words: "8市第45号の2。発送先が増えたため。" });
		await press(page, "延ばす");
		await sees(page, "いまの終わりの日");
		assert.equal(await box(page, "words").inputValue(), "8市第45号の2。発送先が増えたため。");
		await house.picture("contract-prolong");
		await box(page, "until").fill(wareki(120));
		await press(page, "延ばす");
		await sees(page, "期間を延ばしました", "延長", "発送先が増えたため。");
		await isFine(page);
		const [is] = await house.ask(until);
		assert.equal(is.until, was.until + 60);
		assert.equal(is.worker, was.worker);
	});

	promise("the contract does not end while data is open or only claimed; it ends when staff have seen it gone", async (house) => {
		const page = await house.as("kacho");
		await openContract(page, house);
		await follow(page, "委託を終える");
		await sees(page, "まだ終えられません", "2件");
		assert.equal(await main(page).locator("dl.facts a").count(), 2); // each leads to what is to be done
		await isFine(page);
		const data = await house.ask(`SELECT id FROM contract_handover WHERE contract = ${await shown(house)} ORDER BY id`);
		for (const { id } of data) {
			await openContract(page, house, `/handovers/${id}`);
			await sees(page, "職員が返却・消去を確かめるまで");
			await follow(page, "委託先の申告を記録する");
			await box(page, "words").fill("電話で聞いた。");
			await press(page, "申告を記録する");
			await sees(page, "返却か消去かを選んでください");
			assert.equal(await box(page, "words").inputValue(), "電話で聞いた。");
			await claim(page, house, id);
		}
		await openContract(page, house, `/handovers/${data[0].id}`);
		await isFine(page);
		await house.picture("contract-handover");
		assert.match(await (await page.context().request.get(`/contracts/${await shown(house)}/handovers/${data[0].id}/certificate`)).text(), /消去証明/);
		await openContract(page, house, "/end");
		await sees(page, "まだ終えられません");
		for (const { id } of data) await verify(page, house, id);
		await openContract(page, house, "/end");
		await box(page, "words").fill("発送が終わった。");
		await press(page, "委託を終える");
		await sees(page, "委託を終えました", "終了", "発送が終わった。");
		await isFine(page);
		await house.picture("contract-ended");
		await seesNot(page, "期間を延ばす");
		await openContract(page, house, "/prolong");
		await sees(page, "新しい委託として始めてください");
		assert.equal(await button(page, "延ばす").count(), 0);
		const [left] = await house.ask(`SELECT count(*) AS n FROM shown_engagement e JOIN contract_case c ON c.engagement = e.id
			WHERE c.id = ${await shown(house)} AND e.until > c.ended`);
		assert.equal(left.n, 0);
	});

	promise("demands have a day, are answered, and settled when seen", async (house) => {
		const [row] = await house.ask(`SELECT c.id, b.login FROM contract_case c JOIN shown_post p ON p.unit = c.unit
			JOIN shown_post_role r ON r.post = p.id AND r.role = 'manager' JOIN shown_assignment a ON a.post = p.id AND a.until IS NULL
			JOIN people_account b ON b.id = a.person WHERE c.stage = 'running' LIMIT 1`);
		const page = await house.as(row.login);
		await page.goto(`/contracts/${row.id}`);
		await follow(page, "改善を求める");
		await fillAll(page, { found: "名簿が古い。", wanted: "今月中に直す。" });
		await press(page, "求めたことを記録する");
		await sees(page, "答え待ち", "今月中に直す。");
		await submit(page, named(page, "今月中に直す。"));
		await isFine(page);
		await box(page, "words").fill("直したとの連絡。");
		await press(page, "記録する");
		await sees(page, "答えあり・未確認");
		await named(page, "今月中に直す。").click();
		await box(page, "words").fill("新しい名簿を見た。");
		await press(page, "記録する");
		await sees(page, "確かめて終わり");
		await follow(page, "確認を記録する");
		await fillAll(page, { how: "訪問", found: "要件が守られている。" });
		await press(page, "記録する");
		await sees(page, "守られている", "要件が守られている。");
		await house.picture("contract-kept");
	});

	promise("others see nothing of it: no list, no page, no data by its number", async (house) => {
		const page = await house.as("shokuin");
		const [foreign] = await house.ask(`SELECT c.id FROM contract_case c WHERE c.unit NOT IN (SELECT a.unit FROM people_account k
			JOIN shown_assignment a ON a.person = k.id WHERE k.login = 'shokuin') LIMIT 1`);
		const answer = await page.goto(`/contracts/${foreign.id}`);
		assert.equal(answer.status(), 403);
		await page.goto("/contracts");
		await seesNot(page, "新しい委託を始める");
		await openContract(page, house);
		await sees(page, "給付金の案内の発送");
		assert.equal(await button(page, "委託を終える").count(), 0);
		await page.goto("/clauses/9.1.2");
		await sees(page, "委託");
	});
});

await keepIn(House, { staff: 120, pack: process.env.E2E_PACK });
