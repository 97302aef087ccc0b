// A demonstration body in a temporary folder, served by the real programs, and whoever visits it.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { once } from "node:events";

import { chromium } from "playwright-core";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-extensions",
	"--font-render-hinting=none",
	"--host-resolver-rules=MAP localhost 127.0.0.1", // nobody listens on the other address of that name
	"--ignore-certificate-errors", // a service worker asks for more than ignoreHTTPSErrors gives
];
const USUAL = { locale: "ja-JP", timezoneId: "Asia/Tokyo", ignoreHTTPSErrors: true,
	viewport: { width: 1100, height: 800 } };

/** Run a program to its end. */
export async function run(program, words, { seconds = 120, input } = {}) {
	const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"], env: environment() });
	const out = [], err = [];
	child.stdout.on("data", (bytes) => out.push(bytes));
	child.stderr.on("data", (bytes) => err.push(bytes));
	child.stdin.on("error", () => {});
	child.stdin.end(input);
	const timer = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
	const [code, signal] = await once(child, "close");
	clearTimeout(timer);
	return { code, signal, out: Buffer.concat(out), text: Buffer.concat(out).toString(),
		error: Buffer.concat(err).toString() };
}

function environment() {
	return { ...process.env, LC_ALL: "C.UTF-8", LANG: "C.UTF-8", LANGUAGE: "ja", NO_COLOR: "1" };
}

export async function mustRun(program, words, options) {
	const done = await run(program, words, options);
	if (done.code !== 0)
		throw new Error(`${program} ${words.join(" ")} ended with ${done.code}\n${done.text}\n${done.error}`);
	return done;
}

export class House {
	#child;
	#browser;
	#people = new Map();
	#said = "";

	/** `programs` is the folder of bansho, banshod and the others. */
	constructor(programs) {
		this.programs = resolve(programs);
	}

	/** `pack`: a folder, else the one that came with us. `port` other than 0 stays the same when banshod starts again.
	    `today`: the day on which the demonstration ends, when it is another. */
	async open({ staff = 60, assets = 200, seed = 7, pack, port = 0, more = [], today } = {}) {
		this.port = port;
		this.more = more; // further words for `bansho run`
		this.folder = await mkdtemp(join(tmpdir(), "bansho-e2e-"));
		this.data = join(this.folder, "data");
		process.on("exit", () => this.#end("SIGKILL"));
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
			process.on(signal, () => process.exit(2));
		await mustRun(this.bansho, ["demo", "--data", this.data, "--staff", String(staff),
			"--assets", String(assets), "--seed", String(seed), ...(pack === undefined ? [] : ["--pack", pack]),
			...(today === undefined ? [] : ["--today", today])],
			{ seconds: 900 });
		await this.start();
		this.#browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS, headless: true });
	}

	get bansho() {
		return join(this.programs, "bansho");
	}

	/** Start the programs and wait until they are ready. */
	async start() {
		this.#child = spawn(this.bansho, ["run", "--data", this.data, "--port", String(this.port), ...(this.more ?? [])],
			{ stdio: ["ignore", "pipe", "pipe"], env: environment(), detached: true });
		this.#child.stderr.on("data", (bytes) => { this.#said += bytes; });
		let heard = "";
		await new Promise((ready, reject) => {
			const timer = setTimeout(() => reject(new Error(`not ready after 60 s\n${heard}\n${this.#said}`)), 60000);
			this.#child.on("exit", (code) => reject(new Error(`bansho run ended with ${code}\n${heard}\n${this.#said}`)));
			this.#child.stdout.on("data", (bytes) => {
				heard += bytes;
				const address = heard.match(/ready (https:\/\/\S+?)\/?\s/);
				const password = heard.match(/(?:パスワード|[Pp]assword)[^\n]*[:：] *(\S+)/);
				if (address === null || password === null) return;
				clearTimeout(timer);
				this.address = address[1];
				this.password = password[1];
				ready();
			});
		});
	}

	#end(signal) {
		if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		try {
			process.kill(-this.#child.pid, signal);
		} catch {
			// it has ended meanwhile
		}
	}

	/** Stop the programs; what was done stays in the folder. */
	async stop() {
		const child = this.#child;
		if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, "exit");
		child.kill("SIGTERM");
		const timer = setTimeout(() => this.#end("SIGKILL"), 15000);
		await ended;
		clearTimeout(timer);
		this.#end("SIGKILL");
	}

	async close() {
		await this.#browser?.close().catch(() => {});
		await this.stop();
		this.#end("SIGKILL");
		if (this.folder !== undefined && process.env.E2E_KEEP === undefined)
			await rm(this.folder, { recursive: true, force: true });
		else
			process.stderr.write(`kept: ${this.folder}\n`);
	}

	/** What the programs wrote to stderr. */
	get said() {
		return this.#said;
	}

	/** A browser of its own, nobody signed in. */
	async stranger(options = {}) {
		const context = await this.#browser.newContext({ ...USUAL, baseURL: this.address, ...options });
		context.setDefaultTimeout(30000);
		context.isPlain = options.javaScriptEnabled === false;
		const page = await context.newPage();
		this.last = page;
		page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
		return page;
	}

	/** A page in a new browser, signed in. */
	async visitor(login, options = {}) {
		const page = await this.stranger(options);
		await this.signIn(page, login, options.password ?? this.password);
		return page;
	}

	async signIn(page, login, password = this.password) {
		await page.goto("/sign-in");
		await page.getByLabel("ログイン名").fill(login);
		await page.getByLabel("パスワード").fill(password);
		await page.getByRole("button", { name: "サインイン", exact: true }).click();
		await page.waitForURL((url) => url.pathname !== "/sign-in");
		await this.takePrivileges(page);
	}

	/** Who needs a privileged window for their work opens one, as they would in the morning. */
	async takePrivileges(page, reason = "試験の作業") {
		const offered = page.getByRole("link", { name: "特権を使う" });
		if (await offered.count() === 0) return;
		const here = new URL(page.url());
		await offered.click();
		await page.locator('[name="reason"]').fill(reason);
		await page.locator('[name="minutes"]').fill("60");
		await page.getByRole("button", { name: "特権を使い始める" }).click();
		await page.getByText("特権を使用中").waitFor();
		if (new URL(page.url()).pathname !== here.pathname) await page.goto(here.pathname + here.search);
	}

	/** The page of somebody of the demonstration, signed in once and kept. */
	async as(login) {
		let page = this.#people.get(login);
		if (page === undefined) {
			page = await this.visitor(login);
			this.#people.set(login, page);
		}
		this.last = page;
		return page;
	}

	/** Who was signed in comes in anew. */
	forget() {
		this.#people.clear();
	}

	get store() {
		return join(this.data, "bodies", readdirSync(join(this.data, "bodies"))[0], "store.sqlite");
	}

	/** Rows of the store, read beside the running programs. */
	async ask(sql) {
		const done = await mustRun("sqlite3", ["-readonly", "-json", this.store, sql]);
		return done.text.trim() === "" ? [] : JSON.parse(done.text);
	}

	/** Logins of who holds a role. */
	async holders(role) {
		const rows = await this.ask(`SELECT DISTINCT c.login FROM people_account c JOIN shown_person p ON p.id = c.id
			JOIN shown_assignment a ON a.person = c.id JOIN shown_post_role r ON r.post = a.post
			WHERE r.role = '${role}' AND r.until IS NULL AND a.until IS NULL AND p.until IS NULL ORDER BY a.person`);
		return rows.map((row) => row.login);
	}

	async holder(role) {
		const [first] = await this.holders(role);
		return first;
	}

	/** When E2E_PICTURES names a folder, what the last page looked like. */
	async picture(name) {
		const folder = process.env.E2E_PICTURES;
		if (folder === undefined || this.last === undefined || this.last.isClosed()) return;
		await mkdir(folder, { recursive: true });
		await this.last.screenshot({ path: join(folder, `${name}.png`), fullPage: true }).catch(() => {});
	}
}
