// What people do with a contract, step by step, in the pages; the newest contract is meant.

import { follow, press, sees, wareki } from "./steps.mjs";

export const box = (page, name) => page.locator(`[name="${name}"]`);
export const pick = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`).check();
export const shown = async (house) => (await house.ask("SELECT max(id) AS id FROM contract_case"))[0].id;

export async function fillAll(page, values) {
	for (const [name, value] of Object.entries(values)) await box(page, name).fill(value);
}

/** Who decides about subcontracting of kacho's section: the head of the bureau above it. */
export async function decider(house) {
	const [row] = await house.ask(`SELECT b.login FROM people_account c JOIN shown_assignment a ON a.person = c.id AND a.until IS NULL
		JOIN people_unit u ON u.id = a.unit JOIN shown_assignment h ON h.unit = u.parent AND (h.until IS NULL)
		JOIN shown_post_role r ON r.post = h.post AND r.role = 'responsible' JOIN people_account b ON b.id = h.person
		WHERE c.login = 'kacho' LIMIT 1`);
	return row.login;
}

export async function openContract(page, house, path = "") {
	await page.goto(`/contracts/${await shown(house)}${path}`);
}

export async function linkOf(house, firm) {
	const [row] = await house.ask(`SELECT l.id FROM contract_link l JOIN shown_firm f ON f.id = l.firm
		WHERE f.name = '${firm}' AND l.contract = ${await shown(house)}`);
	return row.id;
}

/** Begin one and write down who is asked. */
export async function begin(page, house, { title, work, kind = "other", firms }) {
	await page.goto("/contracts/new");
	await fillAll(page, { title, work });
	await box(page, "kind").selectOption(kind);
	await box(page, "class").selectOption("I");
	await press(page, "選定に進む");
	await sees(page, "委託を始めました", "選定中");
	for (const firm of firms) {
		await openContract(page, house, "/candidates");
		await box(page, "firm-name").fill(firm);
		await press(page, "加える");
		await sees(page, "候補に加えました");
	}
}

/** On a candidate's page: every criterion is met. */
export async function answerAll(page, words = "提案書で確かめた。") {
	for (const name of await page.locator('input[type="radio"][value="yes"]').evaluateAll((all) => all.map((one) => one.name))) {
		await pick(page, name, "yes");
		await box(page, name.replace("answer", "words")).fill(words);
	}
	await press(page, "答えを保存する");
}

/** On the page where a contract is written down: every item stands in it. Returns the items. */
export async function fillSigning(page, values) {
	await fillAll(page, values);
	const names = await page.locator('input[name^="has."][value="yes"]').evaluateAll((all) => all.map((one) => one.name));
	for (const name of names) await pick(page, name, "yes");
	return names;
}

/** From choosing to signing, with nothing wrong. */
export async function signed(page, house, { title, work, firm, code, number, place, until = 200 }) {
	await begin(page, house, { title, work, firms: [firm] });
	await openContract(page, house);
	await follow(page, firm);
	await answerAll(page);
	await follow(page, "事業者を選ぶ");
	await page.getByLabel(firm).check();
	await box(page, "reason").fill("基準をすべて満たす。");
	await press(page, "この事業者に決める");
	await follow(page, "契約を記録する");
	await fillSigning(page, { "firm-code": code, number, agreed: wareki(-2), since: wareki(-1), until: wareki(until), place });
	await press(page, "契約を記録する");
	await sees(page, "契約を記録しました", "契約中");
}

/** Subcontracting below a firm, as the head writes it down. */
export async function below(page, house, above, firm, code, isFound = false) {
	await openContract(page, house, `/links/${await linkOf(house, above)}`);
	await follow(page, "この下の再委託を記録する");
	await fillAll(page, { "firm-name": firm, "firm-code": code, work: "宛名の入力", place: `${firm}の作業所`, why: "入力の人手のため" });
	if (isFound) await pick(page, "found", "yes");
	await press(page, "記録する");
}

/** Who decides consents. */
export async function consent(page, house, firm) {
	await openContract(page, house, `/links/${await linkOf(house, firm)}`);
	await box(page, "words").fill("体制と名簿を確かめた。");
	await press(page, "同意する");
	await sees(page, "再委託に同意しました");
}

export async function worker(page, house, firm, family, ready, given = "太郎") {
	await openContract(page, house, `/links/${await linkOf(house, firm)}`);
	await follow(page, "従事者を届け出る");
	await fillAll(page, { family, given, task: "宛名の入力" });
	if (ready) await fillAll(page, { pledged: wareki(), trained: wareki(), "trained-words": "市の研修" });
	await press(page, "届け出る");
	await sees(page, "従事者を届け出ました", family);
}

/** Data goes over to a firm, or on to it from another (`from`); what the page answers is the caller's to look at. */
export async function hand(page, house, { to, from, what = "給付対象者の宛名（3万件）", copies = "2", receipt = "工場長 受領書1号", isTest = false, file }) {
	await openContract(page, house, "/handovers/new");
	await fillAll(page, { what, copies, receipt, received: wareki() });
	await box(page, "class").selectOption("I");
	await box(page, "way").selectOption("person");
	await box(page, "link").selectOption(String(await linkOf(house, to)));
	if (from !== undefined) await box(page, "source").selectOption(String(await linkOf(house, from)));
	if (file !== undefined) await box(page, "file").fill(file);
	if (isTest) await pick(page, "test", "yes");
	await press(page, "記録する");
}

/** The contractor says it is erased, and sends a paper. */
export async function claim(page, house, id, words = "消去したと電話で聞いた。") {
	await openContract(page, house, `/handovers/${id}`);
	await follow(page, "委託先の申告を記録する");
	await pick(page, "end", "no");
	await box(page, "words").fill(words);
	await page.locator('input[type="file"]').setInputFiles({ name: "証明書.txt", mimeType: "text/plain", buffer: Buffer.from(`消去証明 ${id}`) });
	await press(page, "申告を記録する");
	await sees(page, "委託先の申告を記録しました", "委託先の申告");
}

/** Somebody of the body saw that it is gone. */
export async function verify(page, house, id, words = "工場で機器の消去の記録と紙の裁断を二人で見た。", day) {
	await openContract(page, house, `/handovers/${id}/verify`);
	await box(page, "words").fill(words);
	if (day !== undefined) await box(page, "day").fill(day);
	await press(page, "確かめたことを記録する");
	await sees(page, "職員が確かめたことを記録しました", "職員が確認");
}
