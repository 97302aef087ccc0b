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
