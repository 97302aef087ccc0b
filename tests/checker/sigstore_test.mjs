// Our checkpoints and inclusion proofs before a verifier others keep: @sigstore/verify, as it stands in npm.
// usage: node sigstore_test.mjs PROGRAMS DRIVER PACK; TAP on stdout.
import { execFileSync } from "node:child_process";
import { createHash, createPublicKey } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [programs, driver, pack] = process.argv.slice(2);
const load = createRequire(import.meta.url);
if (!existsSync(new URL("./node_modules/@sigstore/verify", import.meta.url))) {
	console.log("1..0 # SKIP @sigstore/verify is not installed: npm ci in tests/checker");
	process.exit(0);
}
const { verifyCheckpoint } = load("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = load("@sigstore/verify/dist/tlog/merkle.js");

// ---- what is checked: a journal with proofs about a few objects ----

const folder = mkdtempSync(join(tmpdir(), "sigstore-"));
const data = join(folder, "data");
const run = (...words) => execFileSync(words[0], words.slice(1), { stdio: ["ignore", "pipe", "inherit"] });

function makeProofs() {
	run(`${programs}/bansho`, "init", "--data", data, "--body", "sig", "--name", "試験市", "--pack", pack,
		"--admin", "root1", "--admin-name", "試験 太郎", "--admin-number", "1");
	run(driver, "fill", data, programs, "700");
	const proofs = [];
	for (const about of ["person:1", "unit:2", "unit:255", "unit:256", "unit:257", "unit:600", "unit:700"]) {
		const out = join(folder, about.replace(":", "-"));
		run(`${programs}/bansho`, "export", "--data", data, "--about", about, `${out}.zip`);
		run("python3", "-m", "zipfile", "-e", `${out}.zip`, out);
		for (const name of readdirSync(join(out, "entry")))
			proofs.push(readProof(out, name.replace(".json", "")));
	}
	return proofs;
}

function readProof(out, seq) {
	const words = readFileSync(join(out, "proof", `${seq}.tlog-proof`), "utf8");
	const cut = words.indexOf("\n\n");
	const [first, index, ...hashes] = words.slice(0, cut).split("\n");
	if (first !== "c2sp.org/tlog-proof@v1") throw new Error(`not a tlog-proof: ${first}`);
	return {
		canonicalizedBody: readFileSync(join(out, "entry", `${seq}.json`)),
		inclusionProof: {
			logIndex: index.replace("index ", ""),
			hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
			checkpoint: { envelope: words.slice(cut + 2) },
		},
	};
}

/** A vkey line as the verifier wants its logs. */
function logOf(vkey) {
	const [, name, base64] = vkey.trim().match(/^([^+]+)\+[0-9a-f]{8}\+(.+)$/);
	const typed = Buffer.from(base64, "base64");
	const publicKey = createPublicKey({
		key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), typed.subarray(1)]),
		format: "der", type: "spki",
	});
	const logID = createHash("sha256").update(`${name}\n`).update(typed).digest();
	return { logID, publicKey, baseURL: `https://${name}`, validFor: {} };
}

// ---- the promises ----

let count = 0, failures = 0;
function ok(name, keep) {
	count++;
	try {
		keep();
		console.log(`ok ${count} - ${name}`);
	} catch (error) {
		failures++;
		console.log(`not ok ${count} - ${name}\n# ${String(error.stack ?? error).replaceAll("\n", "\n# ")}`);
	}
}
function refused(words, work) {
	try {
		work();
	} catch (error) {
		if (String(error.message).includes(words)) return;
		throw error;
	}
	throw new Error("was accepted");
}
const changed = (proof, change) => {
	const copy = { ...proof, inclusionProof: { ...proof.inclusionProof } };
	change(copy);
	return copy;
};
const withNote = (proof, change) => changed(proof, (copy) => {
	copy.inclusionProof.checkpoint = { envelope: change(proof.inclusionProof.checkpoint.envelope) };
});
const verify = (proof, log) => verifyMerkleInclusion(proof, verifyCheckpoint(proof, [log]));
const otherRoot = (note) => {
	const lines = note.split("\n");
	lines[2] = Buffer.from(lines[2], "base64").map((byte, at) => (at === 5 ? byte ^ 1 : byte)).toString("base64");
	return lines.join("\n");
};

try {
	const proofs = makeProofs();
	const log = logOf(readFileSync(join(data, "seal/sig/vkey"), "utf8"));
	run(`${programs}/bansho-sealer`, "--data", join(folder, "other"), "--body", "sig", "init");
	const other = logOf(readFileSync(join(folder, "other/seal/sig/vkey"), "utf8"));
	ok(`${proofs.length} entries: checkpoint and inclusion hold`, () => {
		if (proofs.length < 8) throw new Error("too few entries");
		proofs.forEach((proof) => verify(proof, log));
	});
	ok("another root is refused, everywhere", () => proofs.forEach((proof) =>
		refused("invalid checkpoint signature", () => verify(withNote(proof, otherRoot), log))));
	ok("another size is refused", () => proofs.forEach((proof) =>
		refused("invalid checkpoint signature", () =>
			verify(withNote(proof, (note) => note.replace(/^\d+$/m, (size) => `${Number(size) + 1}`)), log))));
	ok("another key of the same name is refused", () => proofs.forEach((proof) =>
		refused("invalid checkpoint signature", () => verify(proof, other))));
	ok("a changed entry is refused", () => proofs.forEach((proof) =>
		refused("does not match", () => verify(changed(proof, (copy) => {
			copy.canonicalizedBody = Buffer.from(String(proof.canonicalizedBody).replace('"v":1', '"v":2'));
		}), log))));
	ok("an entry at another place is refused", () => proofs.forEach((proof) =>
		refused("", () => verify(changed(proof, (copy) => {
			copy.inclusionProof.logIndex = String(Number(proof.inclusionProof.logIndex) ^ 1);
		}), log))));
	ok("a changed hash of a proof is refused", () => proofs.forEach((proof) =>
		refused("does not match", () => verify(changed(proof, (copy) => {
			copy.inclusionProof.hashes = proof.inclusionProof.hashes.map((hash, at) =>
				at === 1 ? createHash("sha256").update(hash).digest() : hash);
		}), log))));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.log(`1..${count}`);
process.exit(failures === 0 ? 0 : 1);
