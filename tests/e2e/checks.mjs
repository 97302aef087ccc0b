// What every page must pass: axe-core's rules of WCAG 2.2 A and AA, and 320 px.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const NARROW = 320;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, one line each. */
export async function violations(page) {
	await page.evaluate(axe);
	const found = await page.evaluate(async (rules) => {
		const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values: rules },
			resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
		return result.violations.map((one) => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.slice(0, 3)
			.map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
	}, RULES);
	return found;
}

/** Empty when the page does not scroll sideways on a narrow screen, nor a table that is read row by row there; else what sticks out. */
export async function wideParts(page) {
	await page.setViewportSize({ width: NARROW, height: 700 });
	const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
	let parts = "";
	if (width > NARROW)
		parts = await page.evaluate((narrow) => [...document.querySelectorAll("main *, header *, footer *")]
			.filter((one) => one.getBoundingClientRect().right > narrow + 1 && one.closest(".wide") === null)
			.slice(0, 4).map((one) => `${one.localName}.${one.className}`).join(", "), NARROW);
	const cut = await page.evaluate(() => [...document.querySelectorAll(".stack")]
		.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText.slice(0, 40)).join(", "));
	await page.setViewportSize({ width: 1100, height: 800 });
	if (cut !== "") return `a table is cut off: ${cut}`;
	return width > NARROW ? `${width} px wide: ${parts}` : "";
}

/** A page nobody is shut out of: axe finds nothing, nothing sticks out. */
export async function isFine(page) {
	assert.deepEqual(await violations(page), [], page.url());
	assert.equal(await wideParts(page), "", page.url());
}

/** The same of a page that also keeps its picture, and may be without JavaScript. */
export async function isSound(page, name, house) {
	house.last = page;
	await house.picture(name);
	if (!page.context().isPlain) await isFine(page); // axe is a script
}
