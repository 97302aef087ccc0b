// A house whose programs believe in another day: the clock is moved by a library (clock_at.c).
// CLOCK_AT_SO says where it is, else it is looked for in the build folders.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { House } from "./house.mjs";
import { itIsLater, moment } from "./steps.mjs";

const DAY = 86400000;
const here = dirname(fileURLToPath(import.meta.url));
const MOVER = [process.env.CLOCK_AT_SO, join(here, "../../build/check/tests/libclock_at.so"),
	join(here, "../../build/dev/tests/libclock_at.so")].find((path) => path !== undefined && existsSync(path));

/** A house whose programs believe in another day. */
export class LaterHouse extends House {
	#clock;
	#ahead = 0;

	/** `ahead`: the demonstration itself ends so many days from now. */
	async open({ ahead = 0, ...wanted } = {}) {
		assert.ok(MOVER !== undefined, "libclock_at.so is not built");
		this.#ahead = ahead * DAY;
		itIsLater(ahead);
		await super.open({ ...wanted, ...(ahead === 0 ? {} : { today: moment().slice(0, 10) }) });
	}

	async start() {
		this.#clock ??= join(this.folder, "clock");
		if (!existsSync(this.#clock)) await this.later(this.#ahead);
		process.env.LD_PRELOAD = resolve(MOVER);
		process.env.CLOCK_AT = this.#clock;
		try {
			await super.start();
		} finally {
			delete process.env.LD_PRELOAD;
			delete process.env.CLOCK_AT;
		}
	}

	/** Milliseconds from the machine's clock. */
	async later(ms) {
		const bytes = Buffer.alloc(8);
		bytes.writeBigInt64LE(BigInt(Math.round(ms)));
		const file = await open(this.#clock, existsSync(this.#clock) ? "r+" : "w");
		await file.write(bytes, 0, 8, 0);
		await file.close();
	}

	/** So much later, with nothing running meanwhile; everybody signs in anew. */
	async sleep(ms) {
		await this.stop();
		this.#ahead += ms;
		await this.later(this.#ahead);
		await this.start();
		this.forget();
	}

	/** To that moment in Japan, with nothing running meanwhile. */
	async sleepUntil(iso) {
		await this.stop();
		await this.later(Date.parse(`${iso}+09:00`) - Date.now());
		await this.start();
	}
}
