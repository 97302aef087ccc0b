// The browser tests: node tests/e2e/run.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]; TAP on stdout.
// E2E_KEEP=1 keeps the body's folder, E2E_PICTURES=FOLDER keeps what a failed page looked like.

import { House } from "./house.mjs";
import { keepAll } from "./tap.mjs";

const [programs, only] = process.argv.slice(2);
if (programs === undefined) {
	process.stderr.write("node run.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]\n");
	process.exit(2);
}

const parts = (process.env.E2E_PARTS ?? "walk,account,rights,privileges,ledger,forms,exceptions,evidence,organisation,reach,proof").split(",");
for (const part of parts) await import(`./${part}.mjs`);

const house = new House(programs);
let failed = 1;
const latest = setTimeout(() => {
	process.stderr.write("the whole run took too long\n");
	process.exit(2);
}, 2300000);
try {
	await house.open();
	failed = await keepAll(house, only);
} catch (error) {
	process.stdout.write(`1..1\nnot ok 1 - a demonstration body opens\n# ${String(error).replaceAll("\n", "\n# ")}\n`);
} finally {
	clearTimeout(latest);
	await house.close();
	if (failed !== 0) process.stderr.write(house.said);
}
process.exit(failed === 0 ? 0 : 1);
