// Walking from the home page along links: what a person can reach, and whether it is in order.

import { violations, wideParts } from "./checks.mjs";

/** How many pages of one kind are visited. */
const EACH = { usual: 1, "/dossiers/{}": 8, "/dossiers/{}/decide": 2, "/permits/{}": 5, "/clauses/{}": 2,
	"/journal/entries/{}": 2, "/ledger/{}": 3, "/ledger/{}/{}": 3, "/people/{}": 2, "/units/{}": 2, "/now?of": 4 };

/** A page's kind: numbers and clause names in the path fall together, so do the values of a query. */
export function kindOf(address) {
	const url = new URL(address);
	const path = url.pathname.split("/").map((piece, at, all) =>
		/^\d+$/.test(piece) || /[0-9a-f]{32}/.test(piece) || /^\d{4}-\d{2}$/.test(piece) ||
		(at === 2 && ["clauses", "forms", "ledger"].includes(all[1])) ||
		(at === 3 && all[2] === "roles") || (at === 3 && all[2] === "entries") ? "{}" : piece).join("/");
	const names = [...new Set(url.searchParams.keys())].filter((name) => name !== "done").sort();
	return names.length === 0 ? path : `${path}?${names.join("&")}`;
}

/* What tells two pages apart: neither an empty question nor the order of the questions; as of another day, one page of a kind is enough. */
function pageOf(address) {
	const url = new URL(address);
	if (url.searchParams.get("day")) return kindOf(address);
	const asked = [...url.searchParams].filter(([name, value]) => value !== "" && name !== "done");
	return `${url.pathname}?${new URLSearchParams(asked.sort())}`;
}

async function linksOf(page, within = "body") {
	return page.evaluate((within) => [...document.querySelectorAll(`${within} a[href]`)].map((a) => a.href)
		.concat([...document.querySelectorAll(`${within} form[method=get]`)].filter((form) => !form.action.includes("/language"))
			.map((form) => `${form.action}?${new URLSearchParams(new FormData(form))}`)), within);
}

/* What a page is made of: every pair of elements that stand in one another, by tag, class, role and names of
   attributes, and whether they have words. axe judges by these, not by how often they come or what they say. */
function makeOf(page) {
	return page.evaluate(() => {
		const shapeOf = (one) => `${one.localName}.${one.className}[${[...one.attributes].map(({ name, value }) =>
			["type", "role", "scope", "aria-current", "lang"].includes(name) ? `${name}=${value}` : name).join()}]${one.textContent.trim() === "" ? "" : "t"}`;
		return [...new Set([...document.querySelectorAll("body *")].map((one) => `${shapeOf(one.parentElement)}>${shapeOf(one)}`))].sort().join("\n");
	});
}

/* Where pages led whose content somebody has seen already: what two people are shown alike is drawn and judged
   once. The frame around it, which differs, is judged on the pages that are a person's own. */
const drawn = new Map();

const contentOf = (address, html) => `${address}\n${html.slice(html.indexOf("<main"), html.indexOf("</main>"))
	.replaceAll(/name="csrf" value="[^"]*"/g, "")}`;

/* What axe has judged already, as whoever. */
const judged = new Set();

async function judge(page, kind) {
	const make = `${kind}\n${await makeOf(page)}`;
	if (judged.has(make)) return [];
	judged.add(make);
	return violations(page);
}

/** Walk from the home page along links, one page (or a few) of each kind. Pages of one kind and one make are given to axe once,
    what is the same to the byte is opened once. */
export async function crawl(house, login, each = EACH) {
	const found = { axe: [], wide: [], shape: [], broken: [], visited: [] };
	const page = await house.visitor(login);
	const errors = [];
	page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
	page.on("pageerror", (error) => errors.push(String(error)));
	const queue = [`${house.address}/`, `${house.address}/password`], counts = new Map(), known = new Set(queue.map(pageOf));
	const from = new Map(); // which page led there first
	const follow = (links, address) => {
		for (const next of links) {
			const url = new URL(next);
			url.hash = "";
			const key = pageOf(url.href);
			if (url.origin !== house.address || known.has(key) || url.pathname === "/language") continue;
			known.add(key);
			queue.push(url.href);
			from.set(url.href, new URL(address).pathname);
		}
	};
	while (queue.length > 0) {
		const address = queue.shift();
		const kind = kindOf(address);
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
		if (counts.get(kind) > (each[kind] ?? each.usual)) continue;
		const head = await page.context().request.get(address, { maxRedirects: 5 });
		found.visited.push(address);
		const where = `${login} ${kind} (${new URL(address).pathname}${new URL(address).search})`;
		if (head.status() !== 200) {
			found.broken.push(`${where} answers ${head.status()}; ${from.get(address)} leads there`);
			continue;
		}
		if (!(head.headers()["content-type"] ?? "").startsWith("text/html")) continue;
		const content = contentOf(address, await head.text());
		if (drawn.has(content)) {
			follow(drawn.get(content), address);
			continue;
		}
		errors.length = 0;
		await page.goto(address);
		house.last = page;
		follow(await linksOf(page), address);
		drawn.set(content, await linksOf(page, "main"));
		const shape = await page.evaluate(() => ({
			h1: document.querySelectorAll("h1").length, title: document.title, lang: document.documentElement.lang,
			twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at),
		}));
		if (shape.h1 !== 1 || shape.title === "" || shape.lang === "" || shape.twice.length > 0 || errors.length > 0)
			found.shape.push(`${where}: ${JSON.stringify(shape)} ${errors.join(" | ")}`);
		for (const one of await judge(page, kind)) found.axe.push(`${where}: ${one}`);
		const wide = await wideParts(page);
		if (wide !== "") found.wide.push(`${where}: ${wide}`);
	}
	await page.context().close();
	return found;
}

/** Everything a crawl found wrong, one line each. */
export function faults(found) {
	return [...found.broken, ...found.shape, ...found.axe, ...found.wide];
}
