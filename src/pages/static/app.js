// Comfort only: every page works without this.

// A form is sent once; the button says so.
for (const form of document.querySelectorAll("form[method=post]")) {
	form.addEventListener("submit", (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		form.dataset.sent = "1";
		setTimeout(() => delete form.dataset.sent, 8000);
	});
}
addEventListener("pageshow", () => {
	for (const form of document.querySelectorAll("form[method=post]")) delete form.dataset.sent;
});

// Leaving a page with typed but unsent text asks first.
let isTyped = false;
for (const form of document.querySelectorAll("form[method=post]")) {
	form.addEventListener("input", () => { isTyped = true; });
	form.addEventListener("submit", () => { isTyped = false; });
}
addEventListener("beforeunload", (event) => { if (isTyped) event.preventDefault(); });

// "/" goes to the search box.
addEventListener("keydown", (event) => {
	if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
	if (event.target.closest("input, textarea, select")) return;
	const box = document.querySelector("input[type=search]");
	if (box) { event.preventDefault(); box.focus(); box.select(); }
});

// The list of faults takes the focus when a form comes back.
document.querySelector(".notice.bad[role=alert]")?.setAttribute("tabindex", "-1");
document.querySelector(".notice.bad[role=alert]")?.focus();

// An answer on which other questions depend is kept at once, and the questions appear.
async function refresh(form, field) {
	const body = new URLSearchParams(new FormData(form));
	body.set("do", "stay");
	const answer = await fetch(form.action, { method: "POST", body });
	if (!answer.ok) return;
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const fresh = page.querySelector("form[data-live]");
	if (!fresh) return;
	form.replaceWith(document.adoptNode(fresh));
	listen(fresh);
	document.getElementById(field)?.focus();
}
function listen(form) {
	form.addEventListener("change", (event) => {
		if (event.target.closest("[data-driver]")) refresh(form, event.target.id);
	});
	form.addEventListener("input", () => { isTyped = true; });
	form.addEventListener("submit", () => { isTyped = false; });
}
for (const form of document.querySelectorAll("form[data-live]")) listen(form);
