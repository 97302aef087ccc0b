// The pictures of the README: node tests/e2e/pictures.mjs FOLDER-OF-PROGRAMS [FOLDER]. Not a test.

import { mkdir, writeFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { House, mustRun } from "./house.mjs";
import { choose, fill, follow, link, moment, press, say, tick, wareki } from "./steps.mjs";

const [programs, given] = process.argv.slice(2);
const folder = given ?? join(dirname(fileURLToPath(import.meta.url)), "../../docs/pictures");
const MOST = 150 * 1024;

const house = new House(programs ?? "build/bin");

async function picture(page, name) {
	const path = join(folder, `${name}.png`);
	await page.mouse.move(0, 0);
	await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
	await page.screenshot({ path, animations: "disabled" });
	const { size } = await stat(path);
	process.stdout.write(`${path} ${Math.ceil(size / 1024)} KB${size > MOST ? " TOO LARGE" : ""}\n`);
}

async function sendForm2(page) {
	await say(page, ["庁舎の外へ持ち出す"], "国勢調査の説明会で使うため");
	await choose(page, (row) => /(DVD|USB|HDD)-/.test(row) && row.includes("Ⅰ"));
	await follow(page, /次へ/);
	await press(page, /次へ/);
	for (const [name, value] of [["amount", "1本"], ["destination", "高松支所 市民窓口"], ["often", "once"],
		["period-from", wareki(0)], ["period-until", wareki(1)], ["medium", "usb"], ["container", "locked"],
		["carry-protection", ["encrypted"]], ["route", "公用車で本庁から支所へ直行"],
		["leaves-at", moment(0, "09:00")], ["returns-at", moment(1, "17:00")]])
		await fill(page, name, value);
	await press(page, /次へ/);
	await press(page, "申請する");
	return new URL(page.url()).pathname;
}

try {
	await mkdir(folder, { recursive: true });
	await house.open({ staff: 300, assets: 2000, seed: 2026 });
	const clerk = await house.as("shokuin"), head = await house.as("kacho"), auditor = await house.as("kansa");
	await clerk.goto("/");
	await picture(clerk, "home");
	await clerk.goto("/ask");
	await tick(clerk, "庁舎の外へ持ち出す");
	await clerk.getByLabel("何のためですか").fill("国勢調査の説明会で使うため");
	await picture(clerk, "ask");
	const dossier = await sendForm2(clerk);
	await head.goto(`${dossier}/decide`);
	await picture(head, "decide");
	await head.getByRole("radio", { name: /許可する/ }).first().check();
	await press(head, "この内容で記録する");
	await clerk.goto(dossier);
	await picture(clerk, "dossier");
	const answer = await clerk.context().request.get(await link(clerk, /様式をPDFで開く/).first().getAttribute("href"));
	const pdf = join(house.folder, "form2.pdf");
	await writeFile(pdf, await answer.body());
	await mustRun("pdftoppm", ["-png", "-gray", "-r", "96", "-f", "1", "-l", "1", "-singlefile", pdf, join(folder, "form2")]);
	await head.goto("/ledger/asset");
	await picture(head, "ledger");
	await auditor.goto("/map");
	await picture(auditor, "map");
	await auditor.goto("/journal");
	await picture(auditor, "journal");
} finally {
	await house.close();
}
