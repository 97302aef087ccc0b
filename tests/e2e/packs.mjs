// The pages under every other pack that lies in packs/: node tests/e2e/packs.mjs FOLDER-OF-PROGRAMS [PACK...]; TAP.
// A pack somebody puts there is walked without a line here.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { crawl, faults } from "./crawl.mjs";
import { House } from "./house.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const programs = process.argv[2] ?? "build/bin";
const given = process.argv.slice(3).map((folder) => resolve(folder));
const packs = given.length > 0 ? given
	: (await readdir(join(here, "../../packs"), { withFileTypes: true }))
		.filter((one) => one.isDirectory() && one.name !== "takamatsu").map((one) => join(here, "../../packs", one.name));
const EACH = { usual: 1, "/dossiers/{}": 6, "/ledger/{}": 2, "/clauses/{}": 2 };
let count = 0, failures = 0;

function ok(passed, name, why = "") {
	count += 1;
	if (!passed) failures += 1;
	console.log(`${passed ? "ok" : "not ok"} ${count} - ${name}`);
	if (!passed) console.log(why.split("\n").slice(0, 40).map((line) => `# ${line}`).join("\n"));
}

/** Who signs in: a clerk, and the first who holds a role of the whole body. */
async function logins(pack) {
	const roles = await readFile(join(pack, "roles.yaml"), "utf8");
	const codes = [...roles.matchAll(/code: "?([\w-]+)"?[\s\S]*?scope: (\w+)/g)];
	const of = (scope) => codes.find(([, , one]) => one === scope)?.[1];
	return ["shokuin", of("body") ?? "system"];
}

for (const pack of packs) {
	const name = pack.split("/").pop();
	const house = new House(programs);
	await house.open({ pack });
	try {
		for (const login of await logins(pack)) {
			const found = await crawl(house, login, EACH);
			assert.ok(found.visited.length > 0);
			ok(faults(found).length === 0, `${name}: ${found.visited.length} pages as ${login}`, faults(found).join("\n"));
		}
		const page = await house.as("shokuin");
		await page.goto("/ask");
		ok((await page.locator("h1").count()) === 1, `${name}: a clerk can say what they want to do`, await page.content());
	} finally {
		await house.close();
	}
}
console.log(`1..${count}`);
process.exit(failures === 0 ? 0 : 1);
