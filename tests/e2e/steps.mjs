// What visitors do, in their words: each step works with and without JavaScript.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { run } from "./house.mjs";

let ahead = 0;

/** The house believes in a later day; what is typed from here on is counted from there. */
export function itIsLater(days) {
	ahead += days;
}

/** A day some days from now, as a clerk writes it: R8.11.21. */
export function wareki(plus = 0) {
	const day = tokyo(plus);
	return `R${day.getUTCFullYear() - 2018}.${day.getUTCMonth() + 1}.${day.getUTCDate()}`;
}

/** For a datetime-local box. */
export function moment(plus = 0, clock = "09:00") {
	return `${tokyo(plus).toISOString().slice(0, 10)}T${clock}`;
}

function tokyo(plus) {
	return new Date(Date.now() + 9 * 3600000 + (plus + ahead) * 86400000);
}

export const main = (page) => page.locator("main");
export const heading = (page) => page.locator("h1");
export const button = (page, name) => page.getByRole("button", { name });
export const link = (page, name) => page.getByRole("link", { name });
export const group = (page, name) => page.getByRole("group", { name });
export const words = async (page) => (await main(page).innerText()).replaceAll(/[ \t\u3000]+/g, " ");

export const box = (page, name) => page.locator(`main [name="${name}"]`);
export const where = (page) => new URL(page.url()).pathname;
/** Who is signed in, as the pages call them. */
export const nameOf = async (page) => plainText(await page.locator("nav.me a").nth(1).innerText());

export async function sees(page, ...wanted) {
	const all = await words(page);
	for (const one of wanted)
		assert.ok(one instanceof RegExp ? one.test(all) : all.includes(one),
			`the page ${page.url()} does not show ${one}:\n${all.slice(0, 900)}`);
}

export async function seesNot(page, ...unwanted) {
	const all = await words(page);
	for (const one of unwanted)
		assert.ok(!(one instanceof RegExp ? one.test(all) : all.includes(one)),
			`the page ${page.url()} shows ${one}`);
}

/** Press and wait for the next page. */
export async function press(page, name) {
	await Promise.all([page.waitForNavigation(), button(page, name).first().click()]);
}

export async function follow(page, name) {
	await Promise.all([page.waitForNavigation(), link(page, name).first().click()]);
}

/** Press a submit button by its value of "do", whatever its words. */
export async function submit(page, locator) {
	await Promise.all([page.waitForNavigation(), locator.click()]);
}

/** Try until it is so: the clock comes round, banshod is away for a moment. */
export async function until(look, seconds = 60) {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		try {
			return await look();
		} catch (error) {
			if (Date.now() > end) throw error;
			await new Promise((done) => setTimeout(done, 500));
		}
	}
}

/* ---- Saying what one wants to do ---- */

/** Tick a choice, opening the heading it stands under. */
export async function tick(page, label) {
	const box = page.getByLabel(label).first();
	const closed = page.locator("details.group:not([open])").filter({ has: box });
	if (await closed.count() > 0) await closed.first().locator("summary").click();
	await box.check();
}

/** `then` is what the next page says. */
export async function say(page, doing, purpose, then = "情報資産を選ぶ") {
	await page.goto("/");
	await follow(page, "申請する");
	for (const one of doing) await tick(page, one);
	await page.getByLabel("何のためですか").fill(purpose);
	await press(page, /次へ/);
	await sees(page, then);
}

/** Choose from the ledger: rows of our own section that fit. Returns what was chosen. */
export async function choose(page, fits, count = 1) {
	const chosen = [];
	for (let at = 0; at < count; at++) {
		const rows = page.locator("table").last().locator("tbody tr").filter({ has: page.getByRole("button") });
		const texts = await rows.allInnerTexts();
		const found = texts.findIndex((text) => fits(text));
		assert.ok(found >= 0, `no asset fits among:\n${texts.join("\n").slice(0, 900)}`);
		const cells = (await rows.nth(found).locator("th, td").allInnerTexts()).map((cell) => cell.trim());
		chosen.push({ title: cells[1].split("\n")[0].trim(), class: cells[2], owner: cells[3], serial: cells[4] });
		await submit(page, rows.nth(found).getByRole("button"));
	}
	return chosen;
}

/* ---- Filling in ---- */

/** Fill a box by its name, whatever its kind: text, several choices, one choice, a select. */
export async function fill(page, name, value) {
	const boxes = page.locator(`main [name="${name}"]:not([type=hidden])`);
	const first = boxes.first();
	const kind = (await first.getAttribute("type")) ?? (await first.evaluate((box) => box.localName));
	const isDriver = (await page.locator("[data-driver]").filter({ has: first }).count()) > 0;
	const asked = isDriver && !page.context().isPlain ? await page.locator("form[data-live]").elementHandle() : null;
	if (kind === "checkbox" || kind === "radio")
		for (const one of [value].flat()) await page.locator(`main [name="${name}"][value="${one}"]`).check();
	else if (kind === "select") await first.selectOption(value);
	else if (kind === "file") await first.setInputFiles(value);
	else await first.fill(value);
	await asked?.waitForElementState("hidden"); // a fresh form with other questions has taken its place
}

export async function has(page, name) {
	return (await page.locator(`main [name="${name}"]:not([type=hidden])`).count()) > 0;
}

/** Words without what only sets them apart. */
export const plainText = (text) => text.replaceAll(/[\s\u3000]+/g, "");

/** The bytes behind a link, fetched as the visitor. */
export async function fetched(page, href) {
	const answer = await page.context().request.get(href);
	assert.equal(answer.status(), 200, `${href} answers ${answer.status()}`);
	return { bytes: await answer.body(), type: answer.headers()["content-type"] };
}

/** What stands in the PDF behind the link of that name. */
export async function pdfWords(house, page, name, file) {
	const { bytes, type } = await fetched(page, await link(page, name).first().getAttribute("href"));
	assert.match(type, /^application\/pdf/);
	const path = join(house.folder, file);
	await writeFile(path, bytes);
	return plainText((await run("pdftotext", ["-layout", path, "-"])).text);
}
