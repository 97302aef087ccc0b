// One suite on a body of its own: node tests/e2e/SUITE.mjs FOLDER-OF-PROGRAMS [PART-OF-A-NAME]; TAP on stdout.

import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
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

/** A port for a house that must keep it when it starts again, and the one after it. They are below those the kernel gives
    away; the same of another address of this machine are held till the end, so that no suite beside this one takes them. */
export async function anyPort() {
	for (;;) {
		const port = 20000 + 2 * Math.floor(Math.random() * 6000);
		if (await held(port, "127.0.0.2") && await held(port + 1, "127.0.0.2") &&
			await isFree(port) && await isFree(port + 1)) return port;
	}
}

function held(port, host) {
	return new Promise((done) => {
		const holder = createServer().unref();
		holder.on("error", () => done(null)).listen(port, host, () => done(holder));
	});
}

async function isFree(port) {
	const holder = await held(port, "127.0.0.1");
	if (holder !== null) await new Promise((done) => holder.close(done));
	return holder !== null;
}

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
