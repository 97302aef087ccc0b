// One suite on a body of its own: node tests/e2e/SUITE.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]; TAP on stdout.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { keepAll } from "./tap.mjs";

const [programs = "build/bin", only] = process.argv.slice(2);
const folders = [];

/** A folder of the suite's own; gone when the suite ends. */
export async function workFolder(name) {
	const folder = await mkdtemp(join(tmpdir(), `bansho-${name}-`));
	folders.push(folder);
	return folder;
}

/** A port for a house that must keep it when it starts again: below those the kernel gives away, suites run side by side. */
export const anyPort = () => 20000 + Math.floor(Math.random() * 12000);

/** Open a house, keep every promise of the suite in it, leave nothing behind and end the program.
    `wanted` is what House.open takes; `first` is done before that, `last` whatever happened. */
export async function keepIn(House, wanted, { first, last } = {}) {
	const house = new House(programs);
	let failed = 1;
	try {
		await first?.();
		await house.open(wanted);
		failed = await keepAll(house, only);
	} catch (error) {
		process.stdout.write(`1..1\nnot ok 1 - a demonstration body opens\n# ${String(error).replaceAll("\n", "\n# ")}\n`);
	} finally {
		await last?.();
		await house.close();
		for (const folder of folders) await rm(folder, { recursive: true, force: true });
		if (failed !== 0) process.stderr.write(house.said);
	}
	process.exit(failed === 0 ? 0 : 1);
}
