// A small runner: promises kept one after another, reported as TAP on stdout.

const promises = [];
let chapter = "";

export function about(name, fill) {
	chapter = name;
	fill();
	chapter = "";
}

/** A promise and the function that throws when it is not kept. */
export function promise(name, keep, seconds = 120) {
	promises.push({ name: chapter === "" ? name : `${chapter}: ${name}`, keep, seconds });
}

async function within(work, seconds) {
	let timer;
	const late = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error(`not done after ${seconds} s`)), seconds * 1000);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

function say(line) {
	process.stdout.write(`${line}\n`);
}

function explain(error) {
	const words = String(error?.stack ?? error).replaceAll(/\u001b\[[0-9;]*m/g, "");
	for (const line of words.split("\n").slice(0, 40)) say(`# ${line}`);
}

/** Keep them all (or those whose name holds `only`); returns how many were not kept. */
export async function keepAll(house, only) {
	const chosen = promises.filter((one) => only === undefined || one.name.includes(only));
	let failed = 0;
	say("TAP version 13");
	say(`1..${chosen.length}`);
	for (const [at, one] of chosen.entries()) {
		const begun = Date.now();
		try {
			await within(one.keep(house), one.seconds);
			say(`ok ${at + 1} - ${one.name}`);
		} catch (error) {
			failed++;
			say(`not ok ${at + 1} - ${one.name}`);
			explain(error);
			await house.picture?.(`failed-${at + 1}`);
		}
		process.stderr.write(`${((Date.now() - begun) / 1000).toFixed(1)} s  ${one.name}\n`);
	}
	return failed;
}
