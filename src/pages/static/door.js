// The tablet at a room's door. What it takes is signed and kept at once, and handed in as soon as the network is there;
// names come from the room's list and are forgotten when the list is old or the tablet is stopped.

const POLL_MS = 60000, RETRY_MS = 5000, OLD_MS = 12 * 3600000, AGAIN_MS = 10000, SHOWN_MS = 5000, LOOK_MS = 250, CAMERA_MS = 60000;
const ANSWER_MS = 10000, PATIENCE_MS = 2000; // how long an answer is waited for; and how long whoever stands there waits
const $ = (id) => document.getElementById(id);
const words = (id, name) => $(id).dataset[`words${name[0].toUpperCase()}${name.slice(1)}`];
const kept = (name, usual) => JSON.parse(localStorage.getItem(name) ?? JSON.stringify(usual));
const keep = (name, value) => localStorage.setItem(name, JSON.stringify(value));
const same = (a, b) => a.normalize("NFKC").toLowerCase().replace(/[\s\-:./_]/g, "") === b.normalize("NFKC").toLowerCase().replace(/[\s\-:./_]/g, "");

let state = kept("door-state", null); // { at, room, entrants, devices, inside, visitors }
let isOnline = false, isStopped = false, key = null, chosen = null, handing = null, isTaking = false, last = { code: "", at: 0 };

// A network that answers nothing must not keep anybody standing at the door.
const ask = (path, options = {}) => fetch(path, { ...options, signal: AbortSignal.timeout(ANSWER_MS) });

// ---- The key: kept so that no script can read it ----

const database = () => new Promise((done, failed) => {
	const asked = indexedDB.open("door", 1);
	asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
	asked.onsuccess = () => done(asked.result);
	asked.onerror = () => failed(asked.error);
});
const inStore = async (mode, act) => {
	const base = await database();
	return new Promise((done, failed) => {
		const asked = act(base.transaction("keys", mode).objectStore("keys"));
		asked.onsuccess = () => done(asked.result);
		asked.onerror = () => failed(asked.error);
	});
};
const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");

async function readKey() {
	const fresh = await ask("/tablet/key").then((answer) => answer.json()).catch(() => ({}));
	if (fresh.key) {
		const bytes = Uint8Array.from(fresh.key.match(/../g), (two) => parseInt(two, 16));
		key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
		await inStore("readwrite", (store) => store.put(key, "sign"));
	} else key = await inStore("readonly", (store) => store.get("sign")) ?? null;
}

// ---- Keeping and handing in ----

const OPENED = hex(crypto.getRandomValues(new Uint8Array(8)));

// How long ago it was, Bansho works out from this. Where the clock was set back meanwhile, the page has counted on.
function sentAt({ body, opened, counted }) {
	const since = opened === OPENED ? Math.round(JSON.parse(body).at + performance.now() - counted) : 0;
	return Math.max(Date.now(), since);
}

// Signed and kept, once however often the button is pressed; then handed in, which nobody waits for long. "in": Bansho has
// it; "held": not yet; "": it could not be kept or was not taken, and that is said. `told`: for whoever must copy it then.
async function take(event, told) {
	if (isTaking) return "";
	isTaking = true;
	try {
		const mark = hex(crypto.getRandomValues(new Uint8Array(16)));
		const body = JSON.stringify({ ...event, mark, at: Date.now() });
		const sign = hex(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(body)));
		keep("door-queue", [...kept("door-queue", []), { body, sign, told, opened: OPENED, counted: performance.now() }]);
		await Promise.race([handIn(), new Promise((go) => setTimeout(go, PATIENCE_MS))]);
		const isIn = (name) => kept(name, []).some((one) => one.body === body);
		if (isIn("door-wrong")) draw("door-home"); // where it stands, with why
		return isIn("door-wrong") ? "" : isIn("door-queue") ? "held" : "in";
	} catch {
		draw("door-home");
		$("scan-fault").textContent = words("scan-fault", "full");
		return "";
	} finally {
		isTaking = false;
	}
}

// What Bansho has now, the tablet shows even if the network goes before the next look at its state.
function isThere({ what, mark, key, name, devices, visit }) {
	if (!state || what === "refuse") return;
	state.inside = state.inside.filter((one) => one.mark !== (what === "leave" ? visit : mark));
	if (what === "enter") state.inside.push({ key, mark, name, devices: devices ?? [] });
	keep("door-state", state);
}

async function handInFirst([first]) {
	const { body, sign } = first;
	const answer = await ask("/tablet/entries", { method: "POST", headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ body, sign, sent: sentAt(first) }) });
	const said = await answer.json();
	if (said.state === "stopped" || said.state === "none") return stopped();
	if (!["taken", "known", "wrong"].includes(said.state)) throw new Error("in trouble");
	if (said.state === "wrong") keep("door-wrong", [...kept("door-wrong", []), { ...first, words: said.words }]);
	keep("door-queue", kept("door-queue", []).filter((one) => one.body !== body));
	if (said.state !== "wrong") isThere(JSON.parse(body));
	return true;
}

// True when nothing is left. A server in trouble answers something else: what was taken stays.
const handIn = () => handing ??= handInAll().finally(() => { handing = null; });

async function handInAll() {
	if (isStopped) return false;
	try {
		for (let queue = kept("door-queue", []); queue.length > 0; queue = kept("door-queue", []))
			if (!await handInFirst(queue)) return false;
		isOnline = true;
		return true;
	} catch {
		isOnline = false;
		return false;
	} finally {
		show();
	}
}

function stopped() {
	isStopped = true;
	forget();
	draw("door-home");
	return false;
}

function forget() {
	state = null;
	localStorage.removeItem("door-state");
}

async function refresh() {
	try {
		const answer = await ask("/tablet/state");
		const said = await answer.json();
		if (said.state === "stopped" || said.state === "none") {
			stopped();
			return;
		}
		if (said.state !== "tied") throw new Error("in trouble");
		state = { ...said, at: Date.now() };
		keep("door-state", state);
		isOnline = true;
		isStopped = false;
		await handIn();
	} catch {
		isOnline = false;
	}
	if (state && Date.now() - state.at > OLD_MS) {
		forget();
		if (!$("door-who").hidden) draw("door-home");
	}
	show();
}

// Who is inside: as Bansho knows it, with what has not been handed in.
function inside() {
	const list = new Map((state?.inside ?? []).map((one) => [one.mark, one]));
	for (const { body } of kept("door-queue", [])) {
		const event = JSON.parse(body);
		if (event.what === "enter") list.set(event.mark, { key: event.key, mark: event.mark, name: event.name, devices: event.devices ?? [] });
		if (event.what === "leave") list.delete(event.visit);
	}
	return [...list.values()];
}

// ---- What is shown ----

const screens = ["door-home", "door-who", "door-enter", "door-refused", "door-leave", "door-done"];
function draw(screen) {
	for (const one of screens) $(one).hidden = one !== screen;
	show();
	if (screen === "door-home") $("scan").focus();
	else stopCamera();
	scrollTo(0, 0);
}

function show() {
	const held = kept("door-queue", []).length;
	const line = $("door-line");
	const said = !globalThis.crypto?.subtle ? "insecure" : isStopped ? "stopped" : !key ? "unkeyed" : !state ? "old" : isOnline ? "online" : "offline";
	line.textContent = words("door-line", said) + (held > 0 ? ` (${words("door-line", "held")} ${held})` : "");
	line.className = `notice ${said === "online" ? "good" : said === "offline" ? "warn" : "bad"}`;
	line.dataset.state = said;
	line.dataset.held = held;
	$("go-enter").disabled = !state || isStopped || !key;
	$("go-leave").disabled = isStopped || !key;
	showWrong();
}

function showWrong() {
	const wrong = kept("door-wrong", []);
	const list = isStopped ? [...wrong, ...kept("door-queue", [])] : wrong;
	$("door-wrong").hidden = list.length === 0;
	$("wrong-list").replaceChildren(...list.map((one) => {
		const item = document.createElement("li"), button = document.createElement("button");
		const event = JSON.parse(one.body);
		const parts = [words("wrong-list", event.what), event.name, event.of, one.told].filter(Boolean).join(" ");
		item.append(`${new Date(event.at).toLocaleString()} ${parts} ${one.words ? `(${one.words})` : ""} `);
		button.type = "button";
		button.className = "small";
		button.textContent = words("wrong-list", "drop");
		button.addEventListener("click", () => {
			if (!confirm(words("wrong-list", "sure"))) return;
			for (const name of ["door-wrong", "door-queue"])
				keep(name, kept(name, []).filter((other) => other.body !== one.body));
			show();
		});
		item.append(button);
		return item;
	}));
}

function buttons(into, list, act) {
	into.replaceChildren(...list.map((one) => {
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = one.name;
		button.addEventListener("click", () => act(one));
		return button;
	}));
}

const tick = (into, name, list) => into.replaceChildren(...list.map((serial) => {
	const label = document.createElement("label"), box = document.createElement("input"), said = document.createElement("span");
	label.className = "choice";
	Object.assign(box, { type: "checkbox", name, value: serial });
	said.textContent = serial;
	label.append(box, " ", said);
	return label;
}));

function done(which, taken) {
	if (taken === "" || isStopped) return;
	$("done-words").textContent = words("done-words", which) + (taken === "held" ? words("done-words", "held") : "");
	draw("door-done");
	setTimeout(() => { if (!$("door-done").hidden) draw("door-home"); }, SHOWN_MS);
	refresh();
}

// ---- Entering ----

async function refused(event, why) {
	$("refused-why").textContent = words("refused-why", why);
	draw("door-refused");
	await take({ what: "refuse", ...event }, "");
}

function enter(entrant) {
	if (entrant && !entrant.may) return refused({ key: entrant.key, name: entrant.name }, "list");
	if (!entrant && !state.visitors) return refused({ name: "?", words: words("refused-why", "visitor") }, "visitor");
	chosen = entrant;
	$("enter-form").reset();
	$("enter-fault").hidden = true;
	showImpact();
	$("enter-title").textContent = entrant ? entrant.name + words("enter-title", "of") : words("enter-title", "visitor");
	$("visitor-fields").hidden = Boolean(entrant);
	$("no-escort").hidden = Boolean(entrant);
	tick($("device-list"), "device", state.devices);
	$("device-none").hidden = state.devices.length > 0;
	const none = document.createElement("option");
	none.value = "";
	none.textContent = words("escort", "none");
	$("escort").replaceChildren(none, ...state.entrants.filter((one) => one.may && !one.outside && one.key !== entrant?.key).map((one) => {
		const option = document.createElement("option");
		option.value = one.key;
		option.textContent = one.name;
		return option;
	}));
	$("escort-help").textContent = words("escort-help", "need");
	draw("door-enter");
}

// What is wrong with the form, by the name of its words; empty: nothing.
function wrong(data) {
	const needsEscort = !chosen || (data.has("moved") && chosen.outside);
	if (!chosen && (!data.get("name").trim() || !data.get("of").trim())) return "name";
	if (!data.get("purpose")) return "purpose";
	if (needsEscort && !data.get("escort")) return "escort";
	return data.has("moved") && !data.has("impact") ? "impact" : "";
}

// What else stands in the form, in words.
function toldOf(data) {
	const purpose = $("enter-form").querySelector("[name=purpose]:checked").parentElement.textContent.trim();
	const escort = $("escort").value ? $("escort").selectedOptions[0].textContent : "";
	const ticked = ["shown", "moved", "impact"].filter((name) => data.has(name));
	return [purpose, data.get("words").trim(), escort, ...data.getAll("device"), data.get("outside").trim(),
		...ticked.map((name) => $("enter-form").elements[name].parentElement.textContent.trim())].filter(Boolean).join("、");
}

const showImpact = () => { $("impact-box").hidden = !$("enter-form").elements.moved.checked; };
$("enter-form").addEventListener("change", showImpact);
$("enter-form").addEventListener("submit", async (event) => {
	event.preventDefault();
	const data = new FormData($("enter-form"));
	const fault = wrong(data);
	$("enter-fault").hidden = !fault;
	if (fault) {
		$("enter-fault").textContent = words("enter-fault", fault);
		$("enter-fault").scrollIntoView({ block: "center" });
		return;
	}
	const taken = await take({
		what: "enter", key: chosen?.key ?? "", name: chosen?.name ?? data.get("name").trim(), of: chosen ? "" : data.get("of").trim(),
		purpose: data.get("purpose"), words: data.get("words").trim(), escort: data.get("escort"),
		shown: data.has("shown"), moved: data.has("moved"), impact: data.has("impact"),
		devices: data.getAll("device"), outside: data.get("outside").trim() ? [data.get("outside").trim()] : [],
	}, toldOf(data));
	done("enter", taken);
});

$("no-escort").addEventListener("click", () => {
	const data = new FormData($("enter-form"));
	refused({ name: data.get("name").trim() || "?", of: data.get("of").trim(), words: words("refused-why", "visitor") }, "visitor");
});

// ---- Leaving ----

function leave(visit) {
	chosen = visit;
	$("leave-title").textContent = visit.name + words("leave-title", "of");
	tick($("left-list"), "left", visit.devices ?? []);
	$("leave-devices").hidden = (visit.devices ?? []).length === 0;
	draw("door-leave");
}

$("leave-form").addEventListener("submit", async (event) => {
	event.preventDefault();
	const left = new FormData($("leave-form")).getAll("left");
	const visit = chosen;
	done("leave", await take({ what: "leave", visit: visit.mark, name: visit.name, devices: left }, left.join("、")));
});

// ---- Choosing, and badges ----

function choose(which) {
	const list = which === "enter" ? state.entrants : inside();
	$("who-title").textContent = words("who-title", list.length > 0 || which === "enter" ? which : "none");
	$("who-visitor").hidden = which !== "enter";
	buttons($("who-list"), list, which === "enter" ? enter : leave);
	draw("door-who");
}
$("go-enter").addEventListener("click", () => choose("enter"));
$("go-leave").addEventListener("click", () => choose("leave"));
$("who-visitor").addEventListener("click", () => enter(null));
for (const back of document.querySelectorAll(".back")) back.addEventListener("click", () => draw("door-home"));

// "B-L12-7": the last sign tells a misread one (ISO 7064, MOD 37,36).
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
function badge(code) {
	const plain = code.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
	if (!/^B[0-9A-Z]{3,}$/.test(plain)) return "";
	const named = plain.slice(1, -1);
	let product = 36;
	for (const sign of named) product = 2 * ((product + SIGNS.indexOf(sign)) % 36 || 36) % 37;
	return (product + SIGNS.indexOf(plain.at(-1))) % 36 === 1 ? named : "";
}

// Two of the list may have one name; who came in by another row of it, or as a visitor, is known by name alone.
function visitOf(entrant) {
	const list = inside();
	const isListed = (key) => state.entrants.some((one) => one.key === key);
	return list.find((one) => one.key === entrant.key) ?? list.find((one) => !isListed(one.key) && same(one.name, entrant.name));
}

function scanned(code) {
	const named = badge(code), now = Date.now();
	const isAgain = named !== "" && named === last.code && now - last.at < AGAIN_MS;
	const entrant = state?.entrants.find((one) => one.key === named);
	const fault = named === "" ? "garbled" : isAgain ? "again" : !state ? "old" : !entrant ? "unknown" : "";
	$("scan-fault").textContent = fault ? words("scan-fault", fault) : "";
	if (fault || isStopped || !key) return;
	last = { code: named, at: now };
	const visit = visitOf(entrant);
	if (visit) leave(visit);
	else enter(entrant);
}
$("door-scan").addEventListener("submit", (event) => {
	event.preventDefault();
	const code = $("scan").value;
	$("scan").value = "";
	if (code.trim() !== "") scanned(code);
});

// Who touches the box wants to type; the focus alone, which a scanner needs, opens no keyboard.
$("scan").addEventListener("pointerdown", () => { $("scan").inputMode = "text"; });
$("scan").addEventListener("blur", () => { $("scan").inputMode = "none"; });

// ---- The tablet's own camera, where the browser reads codes ----

async function readsCodes() {
	if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
	return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

const video = document.createElement("video");
video.muted = video.playsInline = video.hidden = true;

function stopCamera() {
	for (const track of video.srcObject?.getTracks() ?? []) track.stop();
	video.srcObject = null;
	video.hidden = true;
	$("door-camera").textContent = words("door-camera", "start");
}

async function look(detector, until) {
	if (video.srcObject === null) return;
	const found = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
	if (video.srcObject === null) return;
	if (found.length === 0 && Date.now() < until) return setTimeout(() => look(detector, until), LOOK_MS);
	stopCamera();
	if (found.length !== 0) scanned(found[0].rawValue);
}

async function offerCamera() {
	if (!await readsCodes()) return;
	$("door-camera").hidden = false;
	$("door-scan").append(video);
	$("door-camera").addEventListener("click", async () => {
		if (video.srcObject !== null) return stopCamera();
		$("scan-fault").textContent = "";
		$("door-camera").disabled = true; // until the browser has asked whether it may
		try {
			video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
			video.hidden = false;
			$("door-camera").textContent = words("door-camera", "stop");
			await video.play();
		} catch {
			stopCamera();
			$("scan-fault").textContent = words("door-camera", "fail");
			return;
		} finally {
			$("door-camera").disabled = false;
		}
		if ($("door-home").hidden) return stopCamera();
		look(new BarcodeDetector({ formats: ["qr_code"] }), Date.now() + CAMERA_MS);
	});
}

// ---- Beginning ----

async function keepFiles() {
	await navigator.serviceWorker?.register("/tablet/worker.js", { scope: "/tablet/" });
	const files = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href ?? one.src);
	const cache = await caches.open("door-1");
	await cache.addAll([...files, "/tablet/door"]);
	const wanted = new Set([...files, new URL("/tablet/door", location).href]);
	for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
	navigator.storage?.persist?.();
}

async function begin() {
	offerCamera().catch(() => {});
	setInterval(() => { $("door-clock").textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }); }, 1000);
	if (!globalThis.crypto?.subtle) {
		show();
		return;
	}
	await readKey().catch(() => {});
	draw("door-home");
	await refresh();
	if (state && isOnline) keepFiles().catch(() => {});
	setInterval(refresh, POLL_MS);
	setInterval(() => { if (kept("door-queue", []).length > 0) handIn(); }, RETRY_MS);
	addEventListener("online", refresh);
}
if ($("door-home")) begin();
