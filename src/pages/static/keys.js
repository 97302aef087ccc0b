// Passkeys and security keys (WebAuthn): the browser asks the key, the form carries its answer. Loaded where a
// button has data-key; without it the page says what else to do.

const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
const fromUrl = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toUrl = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
	.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const keys = (ids) => ids.split(" ").filter((id) => id !== "").map((id) => ({ type: "public-key", id: fromUrl(id) }));

async function create({ challenge, rp, rpName, user, userName, userShown, ids }) {
	const made = await navigator.credentials.create({ publicKey: {
		challenge: fromHex(challenge),
		rp: { id: rp, name: rpName },
		user: { id: new TextEncoder().encode(user), name: userName, displayName: userShown },
		pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
		excludeCredentials: keys(ids),
		authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
		attestation: "none",
		extensions: { credProps: true },
		timeout: 120000,
	} });
	return { "key-id": toUrl(made.rawId), "key-client": toUrl(made.response.clientDataJSON),
		"key-data": toUrl(made.response.getAuthenticatorData()),
		"key-resident": made.getClientExtensionResults().credProps?.rk ? "1" : "" };
}

async function get({ challenge, rp, ids, alone }) {
	const shown = await navigator.credentials.get({ publicKey: {
		challenge: fromHex(challenge),
		rpId: rp,
		allowCredentials: keys(ids ?? ""),
		userVerification: alone ? "required" : "preferred",
		timeout: 120000,
	} });
	return { "key-id": toUrl(shown.rawId), "key-client": toUrl(shown.response.clientDataJSON),
		"key-data": toUrl(shown.response.authenticatorData), "key-signature": toUrl(shown.response.signature),
		"key-user": shown.response.userHandle ? toUrl(shown.response.userHandle) : "" };
}

async function ask(form, button) {
	const fault = form.querySelector(`[data-key-fault="${button.dataset.key}"]`);
	if (fault) fault.hidden = true;
	try {
		const answer = await (button.dataset.key === "create" ? create : get)(button.dataset);
		for (const [name, value] of Object.entries(answer)) form.elements[name].value = value;
		if (button.name) {
			const what = document.createElement("input");
			Object.assign(what, { type: "hidden", name: button.name, value: button.value });
			form.append(what);
		}
		form.submit();
	} catch {
		delete form.dataset.sent;
		if (!fault) return;
		fault.textContent = button.dataset.words;
		fault.hidden = false;
		fault.setAttribute("role", "alert");
	}
}

for (const button of document.querySelectorAll("button[data-key]"))
	button.form.addEventListener("submit", (event) => {
		if (event.submitter !== button) return;
		event.preventDefault();
		ask(button.form, button);
	});
