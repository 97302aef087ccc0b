// Lets the page of a room's tablet open while the network, or what is behind it, is down. The page and its files are kept
// together by door.js; nobody's data.

const KEPT = "door-1", ANSWER_MS = 10000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const late = () => new Promise((_, failed) => { setTimeout(() => failed(new Error("late")), ANSWER_MS); });

async function pageFirstFromNetwork(request) {
	const kept = await caches.open(KEPT);
	const old = await kept.match("/tablet/door");
	try {
		const answer = await Promise.race([fetch(request), ...(old ? [late()] : [])]);
		return answer.status >= 500 && old ? old : answer;
	} catch (error) {
		if (old) return old;
		throw error;
	}
}

async function fileFirstFromKept(request) {
	const kept = await caches.open(KEPT);
	const old = await kept.match(request);
	if (old) return old;
	const answer = await fetch(request);
	if (answer.ok) await kept.put(request, answer.clone());
	return answer;
}

addEventListener("fetch", (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== "GET" || url.origin !== location.origin) return;
	if (url.pathname === "/tablet/door") event.respondWith(pageFirstFromNetwork(event.request));
	else if (url.pathname.startsWith("/static/")) event.respondWith(fileFirstFromKept(event.request));
});
