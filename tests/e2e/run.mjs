// The browser tests that share one body: node tests/e2e/run.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]; TAP on stdout.
// E2E_KEEP=1 keeps the body's folder, E2E_PICTURES=FOLDER keeps what a failed page looked like.

import { House } from "./house.mjs";
import { keepIn } from "./suite.mjs";

if (process.argv[2] === undefined) {
	process.stderr.write("node run.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]\n");
	process.exit(2);
}

const parts = (process.env.E2E_PARTS ?? "walk,account,rights,privileges,ledger,forms,exceptions,evidence,organisation,reach,proof").split(",");
for (const part of parts) await import(`./${part}.mjs`);

setTimeout(() => {
	process.stderr.write("the whole run took too long\n");
	process.exit(2);
}, 2300000);
await keepIn(House);
