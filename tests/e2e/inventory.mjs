// Things in the browser, on a body of its own: node tests/e2e/inventory.mjs FOLDER-OF-PROGRAMS; TAP on stdout.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { violations, wideParts } from "./checks.mjs";
import { House, run } from "./house.mjs";
import { button, fetched, follow, main, pdfWords, plainText, press, sees, seesNot } from "./steps.mjs";
import { keepIn } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const UNIT = `(SELECT q.unit FROM people_account c JOIN shown_assignment a ON a.person = c.id
	JOIN shown_post q ON q.id = a.post WHERE c.login = 'kacho' AND a.until IS NULL LIMIT 1)`;
const SHAPES = ["usb", "disk", "card", "optical", "tape", "nas", "server", "computer"];

async function isFine(page) {
	assert.deepEqual(await violations(page), []);
	assert.equal(await wideParts(page), "");
}

/** The ten digits of a row's label. */
function code(row) {
	return String(row).padStart(8, "0") + String(98 - ((row * 100) % 97)).padStart(2, "0");
}

/** Things of the head's own section, or of others, that are not out under a permit. */
async function things(house, which = "own") {
	const rows = await house.ask(`SELECT r.id, r.title, r.field_values AS given FROM ledger_row r WHERE r.is_retired = 0
		AND r.ledger = 'asset' AND r.owner ${which === "own" ? "=" : "<>"} ${UNIT} AND r.owner <> 0
		AND r.id NOT IN (SELECT asset FROM flow_outing WHERE back IS NULL) ORDER BY r.id`);
	return rows.filter(({ given }) => SHAPES.includes(JSON.parse(given).shape));
}

async function scan(page, words) {
	await page.locator("#scan-code").fill(words);
	await page.locator("#scan-code").press("Enter");
	await page.waitForLoadState();
}

about("things", () => {
	promise("one is found by its label, borrowed, found again by a doubled scan, and given back", async (house) => {
		const page = await house.as("kacho");
		const [thing] = await things(house);
		await page.goto("/ledger");
		await follow(page, "物品の貸出と棚卸");
		await sees(page, "外に出ている物");
		await isFine(page);
		await scan(page, code(thing.id));
		await sees(page, thing.title, "保管中", "庁舎の中で借りる");
		await isFine(page);
		await press(page, "いま借りる・貸す");
		await sees(page, "何に使うかを書いてください。");
		await page.locator("#i-words").fill("窓口の説明会で使う");
		await page.locator("#i-due").fill("2099-01-01");
		await press(page, "いま借りる・貸す");
		await sees(page, "戻す日は7日以内にしてください");
		assert.equal(await page.locator("#i-words").inputValue(), "窓口の説明会で使う");
		await page.locator("#i-due").fill(new Date(Date.now() + 33 * 3600000).toISOString().slice(0, 10));
		await press(page, "いま借りる・貸す");
		await sees(page, "貸出を記録しました", "貸出中", "窓口の説明会で使う");
		await isFine(page);
		await house.picture("thing-lent");
		await scan(page, code(thing.id) + code(thing.id));
		await sees(page, thing.title, "貸出中");
		await press(page, "いま戻した");
		await sees(page, "返却を記録しました", "保管中", "出入りの記録");
		assert.equal(await button(page, "いま戻した").count(), 0);
	});

	promise("a code that is garbled, another maker's, or another body's is answered with what to do", async (house) => {
		const page = await house.as("kacho");
		const [thing] = await things(house);
		const right = code(thing.id);
		await page.goto("/things");
		await scan(page, right.slice(0, 9));
		await sees(page, "コードを正しく読み取れませんでした");
		assert.equal(await page.locator("#scan-code").inputValue(), right.slice(0, 9));
		await isFine(page);
		await scan(page, right.slice(0, 8) + right[9] + right[8] + "0");
		await sees(page, "コードを正しく読み取れませんでした");
		await scan(page, "4901234567894");
		await sees(page, "番所のラベルでも、台帳にある製造番号・管理番号でもありません");
		await scan(page, code(98765432));
		await sees(page, "ほかの団体のラベルかもしれません");
		await scan(page, "");
		await sees(page, "コードがありません");
	});

	promise("another section's thing is not shown by guessing its number or its label", async (house) => {
		const page = await house.as("kacho");
		const [other] = await things(house, "others");
		for (const path of [`/things/${other.id}`, `/things/scan?code=${code(other.id)}`]) {
			const answer = await page.goto(path);
			assert.equal(answer.status(), 403);
			await seesNot(page, other.title);
		}
	});

	promise("a camera reads where the browser can, on these pages alone", async (house) => {
		const page = await house.as("kacho");
		const [thing] = await things(house);
		/* There is no camera here: what the browser would see is given. */
		await page.addInitScript((seen) => {
			window.BarcodeDetector = class {
				static async getSupportedFormats() { return ["qr_code"]; }
				async detect() { return [{ rawValue: seen }]; }
			};
			navigator.mediaDevices.getUserMedia = async () => {
				const canvas = document.createElement("canvas");
				const pen = canvas.getContext("2d");
				setInterval(() => pen.fillRect(0, 0, Math.random() * 100, 100), 100);
				return canvas.captureStream(5);
			};
		}, code(thing.id));
		const answer = await page.goto("/things");
		assert.match(answer.headers()["permissions-policy"], /camera=\(self\)/);
		await Promise.all([page.waitForURL(/\/things\/\d+$/), button(page, "カメラで読み取る").click()]);
		await sees(page, thing.title);
		assert.match((await page.goto("/")).headers()["permissions-policy"], /camera=\(\)/);
	});

	promise("labels are printed with their codes, and nothing of what the thing holds", async (house) => {
		const page = await house.as("kacho");
		const [thing] = await things(house);
		await page.goto("/stock");
		const labels = await page.getByRole("link", { name: /のラベルのPDF$/ }).first().getAttribute("href");
		const { bytes, type } = await fetched(page, labels);
		assert.match(type, /^application\/pdf/);
		const path = join(house.folder, "labels.pdf");
		await writeFile(path, bytes);
		const printed = plainText((await run("pdftotext", [path, "-"])).text);
		assert.ok(printed.includes(code(thing.id)), printed.slice(0, 400));
		assert.ok(!printed.includes(plainText(thing.title)));
	});

	promise("a stock-take meets what is there, says what is not, and is closed by the head with every explanation", async (house) => {
		const page = await house.as("kacho");
		await page.goto("/stock");
		await isFine(page);
		await press(page, /の棚卸を始める/);
		await sees(page, "棚卸を始めました", "まだ見ていない物");
		await isFine(page);
		const at = new URL(page.url()).pathname, take = Number(at.split("/").pop());
		const open = await house.ask(`SELECT i.thing, r.title FROM inventory_item i JOIN ledger_row r ON r.id = i.thing
			WHERE i.take = ${take} AND i.state = 'open' AND i.thing NOT IN (SELECT asset FROM flow_outing WHERE back IS NULL) ORDER BY i.id`);
		assert.ok(open.length > 3);
		const [gone, ...there] = open;
		await scan(page, code(there[0].thing));
		await sees(page, `「${there[0].title}」がありました`);
		await house.picture("stock-take");
		await scan(page, code(there[0].thing));
		await sees(page, "もう読み取ってあります");
		await scan(page, "0000000001");
		await sees(page, "コードを正しく読み取れませんでした");
		const [other] = await things(house, "others");
		await scan(page, code(other.id));
		await sees(page, "この課の棚卸にない物です");
		await seesNot(page, other.title);
		for (const one of there.slice(1)) await scan(page, code(one.thing));
		await page.locator("summary", { hasText: "ラベルのない物を見つけた" }).click();
		await page.locator("#i-stray").fill("ラベルのない黒いUSBメモリー");
		await press(page, "どの台帳にもない物として書く");
		await sees(page, "どの台帳にもない物として記録しました");
		await press(page, "棚卸を終える");
		await sees(page, "1件に、わけが書かれていません");
		await main(page).locator("li summary").first().click();
		await main(page).locator('li textarea').first().fill("書庫にも引き出しにもない。");
		await press(page, /のわけを残す/);
		await sees(page, "わけを残しました");
		await press(page, "棚卸を終える");
		await sees(page, "棚卸を終えました", "終わり", "見つからない", "書庫にも引き出しにもない。", "ラベルのない黒いUSBメモリー");
		await isFine(page);
		await house.picture("stock-closed");
		await fetched(page, `${at}/csv`);
		await fetched(page, `${at}/xlsx`);
		assert.match(await pdfWords(house, page, "PDF", "stock.pdf"), /棚卸の記録/);
		await page.goto(`/things/${gone.thing}`);
		await sees(page, "所在不明", "棚卸で見つからなかった物です");
		await isFine(page);
		await follow(page, "紛失を報告する");
		assert.match(await page.locator("#i-title").inputValue(), /見つからない/);
		await page.goto(`/things/${gone.thing}`);
		await page.locator("#i-found_words").fill("会議室の棚");
		await press(page, "見つかったと記録する");
		await sees(page, "見つかったことを記録しました", "保管中");
	});

	promise("software says what has ended and what ends soon", async (house) => {
		const page = await house.as("kansa");
		await page.goto("/software");
		await sees(page, "旧給与計算", "終わった", "みほん圧縮", "あと120日");
		await isFine(page);
		await fetched(page, "/software/csv");
		await fetched(page, "/things/xlsx");
		await page.goto("/findings");
		await sees(page, "物品・ソフトウェアの不備");
	});
});

await keepIn(House, { staff: 120, pack: process.env.E2E_PACK });
