// IC cards in the browser, on a body of its own: node tests/e2e/cards.mjs FOLDER-OF-PROGRAMS; TAP on stdout. What is refused
// is in tests/cards_test.py; here is what people see and press.

import assert from "node:assert/strict";
import { mkdir, writeFile, copyFile } from "node:fs/promises";
import { join } from "node:path";

import { isFine } from "./checks.mjs";
import { House, mustRun } from "./house.mjs";
import { follow, press, sees, submit } from "./steps.mjs";
import { anyPort, keepIn, workFolder } from "./suite.mjs";
import { about, promise } from "./tap.mjs";

const work = await workFolder("cards");
const folder = join(work, "cards");
const port = await anyPort(), door = port + 1;
const EC = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8"];

async function authority() {
	const at = (name) => join(work, name);
	await mkdir(folder);
	await writeFile(at("index.txt"), "");
	await writeFile(at("crlnumber"), "01\n");
	await writeFile(at("ca.cnf"), `[ca]\ndefault_ca = one\n[one]\ndatabase = ${at("index.txt")}\ncrlnumber = ${at("crlnumber")}\n` +
		`certificate = ${at("ca.pem")}\nprivate_key = ${at("ca.key")}\ndefault_md = sha256\ndefault_crl_days = 30\n` +
		"crl_extensions = crl\n[crl]\nauthorityKeyIdentifier = keyid\n[card]\nbasicConstraints = critical,CA:FALSE\n" +
		"keyUsage = critical,digitalSignature\nextendedKeyUsage = clientAuth\nauthorityKeyIdentifier = keyid\nsubjectKeyIdentifier = hash\n");
	await mustRun("openssl", ["req", "-x509", ...EC, "-subj", "/CN=番所市 職員認証局", "-days", "60", "-keyout", at("ca.key"),
		"-out", at("ca.pem"), "-addext", "keyUsage=critical,keyCertSign,cRLSign"]);
	await mustRun("openssl", ["ca", "-config", at("ca.cnf"), "-gencrl", "-out", join(folder, "list.crl")]);
	await copyFile(at("ca.pem"), join(folder, "issuers.pem"));
}

async function card(name, file) {
	const at = (end) => join(work, file + end);
	await mustRun("openssl", ["req", "-new", ...EC, "-subj", `/CN=${name}`, "-keyout", at(".key"), "-out", at(".csr")]);
	await mustRun("openssl", ["x509", "-req", "-in", at(".csr"), "-CA", join(work, "ca.pem"), "-CAkey", join(work, "ca.key"), "-set_serial",
		`0x${Date.now().toString(16)}`, "-days", "30", "-extfile", join(work, "ca.cnf"), "-extensions", "card", "-out", at(".pem")]);
	return { clientCertificates: [{ origin: `https://127.0.0.1:${door}`, certPath: at(".pem"), keyPath: at(".key") }], file: at(".pem") };
}

let mine, clerk, holder;

about("IC cards", () => {
	promise("without a card in the reader the page says what to do, and leads back", async (house) => {
		const page = await house.stranger();
		await page.goto("/sign-in");
		await isFine(page);
		await follow(page, "ICカードでサインイン");
		assert.equal(new URL(page.url()).port, String(door));
		await sees(page, "カードを読み取れませんでした", "ブラウザーをすべて閉じて");
		await isFine(page);
		await house.picture("card-none");
		await follow(page, "ほかの方法でサインインする");
		assert.equal(new URL(page.url()).port, String(port));
		await page.context().close();
	});

	promise("a card that is not registered is refused with the way on", async (house) => {
		mine = await card("山田 太郎", "mine");
		const page = await house.stranger(mine);
		await page.goto("/sign-in");
		await follow(page, "ICカードでサインイン");
		await sees(page, "山田 太郎", "番所市 職員認証局");
		await isFine(page);
		await house.picture("card-shown");
		await press(page, "このカードでサインインする");
		await sees(page, "このカードは登録されていません");
		await isFine(page);
		await page.context().close();
	});

	promise("a person registers the card in the reader", async (house) => {
		clerk = await house.visitor("shokuin", mine);
		await clerk.goto("/account");
		await follow(clerk, "カードを登録する・なくしたときに止める");
		await sees(clerk, "登録されたカードはありません");
		await isFine(clerk);
		await follow(clerk, "手元のカードを登録する");
		await sees(clerk, "山田 太郎", /さんのカードとして登録します/);
		await isFine(clerk);
		await house.picture("card-register");
		await press(clerk, "登録する");
		assert.equal(new URL(clerk.url()).port, String(port));
		await sees(clerk, "カードを登録しました", "使えます", "まだありません");
		await isFine(clerk);
		await house.picture("card-own");
	});

	promise("and signs in with it, landing on the page first asked for", async (house) => {
		holder = await house.stranger(mine);
		await holder.goto("/account");
		await follow(holder, "ICカードでサインイン");
		await press(holder, "このカードでサインインする");
		assert.equal(holder.url(), `https://127.0.0.1:${port}/account`);
		await sees(holder, "shokuin");
	});

	promise("who keeps accounts sees issuers, lists and cards, and registers one from a file", async (house) => {
		const page = await house.as("system");
		await page.goto("/people");
		await submit(page, page.getByRole("navigation", { name: "人と職のページ" }).getByRole("link", { name: "ICカード" }));
		await sees(page, "番所市 職員認証局", "正常", "山田 太郎");
		await isFine(page);
		await house.picture("cards");
		await submit(page, page.locator("table").last().getByRole("link").first());
		await sees(page, /さんのICカード/);
		const other = await card("山田 太郎 予備", "spare");
		await page.locator('input[type="file"]').setInputFiles(other.file);
		await press(page, "登録する");
		await sees(page, "カードを登録しました", "山田 太郎 予備");
		await isFine(page);
		await house.picture("cards-person");
		await page.locator('input[type="file"]').setInputFiles(join(work, "ca.cnf"));
		await press(page, "登録する");
		await sees(page, "証明書として読めません");
		await isFine(page);
	});

	promise("a lost card is stopped, and whoever holds it is out at the next click", async (house) => {
		await clerk.goto("/account/cards");
		await submit(clerk, clerk.getByRole("row", { name: /山田 太郎\s*[0-9A-F]/ }).getByRole("link"));
		await sees(clerk, "すぐに止まります");
		await isFine(clerk);
		house.last = clerk;
		await house.picture("card-stop");
		await press(clerk, "カードを止める");
		await sees(clerk, "カードを止めました", "ICカードをなくした", "停止");
		await isFine(clerk);
		await house.picture("card-stopped");
		await holder.goto("/dossiers?list=mine");
		assert.equal(new URL(holder.url()).pathname, "/sign-in");
		await follow(holder, "ICカードでサインイン");
		await press(holder, "このカードでサインインする");
		await sees(holder, "このカードは止められています");
		const page = await house.as("system");
		await page.goto("/notices");
		await sees(page, "なくなったと届け出");
		await page.goto("/health");
		await sees(page, "発行者と失効リストは正常です");
	});
});

await keepIn(House, { port, more: ["--cards", folder, "--card-port", String(door)] }, { first: authority });
