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
// What only leads on goes on by itself.
document.querySelector("form[data-at-once]")?.requestSubmit();

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

// What was answered in a form with data-keep stays in this tab until it is sent, though the session ends meanwhile.
for (const form of document.querySelectorAll("form[data-keep]")) {
	const key = `keep:${location.pathname}`;
	const isAgain = document.querySelector(".notice.bad[role=alert]") !== null;
	for (const [name, value] of isAgain ? [] : JSON.parse(sessionStorage.getItem(key) ?? "[]"))
		for (const one of form.elements)
			if (one.name === name && one.type === "radio") one.checked = one.value === value;
			else if (one.name === name) one.value = value;
	form.addEventListener("input", () => {
		const typed = [...new FormData(form)].filter(([name]) => name !== "csrf");
		sessionStorage.setItem(key, JSON.stringify(typed));
	});
}
if (new URLSearchParams(location.search).has("done"))
	for (const key of Object.keys(sessionStorage)) if (key.startsWith("keep:")) sessionStorage.removeItem(key);

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

/* What was typed while the answer was on its way goes over into the fresh form. */
function carry(from, to, sent) {
	for (const old of from.elements) {
		if (!old.name || ["hidden", "submit", "file"].includes(old.type)) continue;
		const isTick = old.type === "checkbox" || old.type === "radio";
		const was = isTick ? sent.getAll(old.name).includes(old.value) : sent.get(old.name);
		if (was === (isTick ? old.checked : old.value)) continue;
		const fresh = [...to.elements].find((one) => one.name === old.name && (!isTick || one.value === old.value));
		if (!fresh) continue;
		if (isTick) fresh.checked = old.checked;
		else fresh.value = old.value;
	}
}

async function refresh() {
	const form = document.querySelector("form[data-live]");
	const sent = new URLSearchParams(new FormData(form));
	const body = new URLSearchParams(sent);
	body.set("do", "stay");
	const answer = await fetch(form.action, { method: "POST", body });
	if (!answer.ok) return;
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	const fresh = page.querySelector("form[data-live]");
	if (!fresh) return;
	const here = document.activeElement;
	const caret = here.selectionStart ?? null;
	carry(form, fresh, sent);
	form.replaceWith(document.adoptNode(fresh));
	listen(fresh);
	const there = document.getElementById(here.id);
	there?.focus();
	if (caret !== null && there?.type === here.type) there?.setSelectionRange?.(caret, caret);
}

let turn = Promise.resolve(); // one after another
let waiting = 0;

function listen(form) {
	form.addEventListener("change", (event) => {
		if (!event.target.closest("[data-driver]")) return;
		waiting++;
		turn = turn.then(refresh).catch(() => {}).finally(() => { waiting--; });
	});
	form.addEventListener("input", () => { isTyped = true; });
	form.addEventListener("submit", (event) => {
		isTyped = false;
		if (waiting === 0) return;
		event.preventDefault();
		const { name, value } = event.submitter ?? {};
		turn.then(() => {
			const now = document.querySelector("form[data-live]");
			delete now.dataset.sent;
			now.requestSubmit([...now.elements].find((one) =>
				one.type === "submit" && one.name === name && one.value === value));
		});
	});
}
for (const form of document.querySelectorAll("form[data-live]")) listen(form);

// A long list of choices narrows while one types; what is ticked stays in sight.
const folded = (words) => words.normalize("NFKC").toLowerCase();
for (const search of document.querySelectorAll("form[data-filter]")) {
	const box = search.querySelector("input[type=search]");
	const narrow = () => {
		const words = folded(box.value.trim());
		for (const group of document.querySelectorAll("[data-filtered] .group")) {
			const isNamed = folded(group.querySelector("summary").firstChild.textContent).includes(words);
			let left = 0;
			for (const choice of group.querySelectorAll(".choice")) {
				choice.hidden = !isNamed && !choice.querySelector("input").checked && !folded(choice.textContent).includes(words);
				left += choice.hidden ? 0 : 1;
			}
			group.hidden = left === 0;
			group.open = words === "" ? group.querySelector("input:checked") !== null : left !== 0;
		}
	};
	box.addEventListener("input", narrow);
	search.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
}

// Keys and passkeys need a script of their own.
if (document.querySelector("button[data-key]")) import("./keys.js");
// So do labels.
if (document.querySelector("form[data-scan]")) import("./scan.js");

// What was proven goes on by itself; without this there is a button.
document.querySelector("form[data-go-on]")?.requestSubmit();
