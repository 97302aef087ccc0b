// Lets the page of a room's tablet open while the network is down. Keeps the page and its files, nobody's data.

const KEPT = "door-1";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function pageFirstFromNetwork(request) {
	const kept = await caches.open(KEPT);
	try {
		const answer = await fetch(request);
		if (answer.ok && !answer.redirected) await kept.put("/tablet/door", answer.clone());
		return answer;
	} catch (error) {
		const old = await kept.match("/tablet/door");
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
