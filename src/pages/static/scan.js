// Labels read with the camera of a phone or tablet. A keyboard wedge types into the box by itself; without a
// camera, or in a browser that reads no codes, the box is all there is.

const EVERY = 250; // ms between two looks at the picture

async function canRead() {
	if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
	return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function readInto(form, video, detector, stop) {
	let isOver = false;
	const look = async () => {
		if (isOver || video.srcObject === null) return;
		const found = video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
		if (found.length !== 0 && !isOver) {
			isOver = true;
			form.elements.code.value = found[0].rawValue;
			if (form.elements.typed) form.elements.typed.value = "";
			stop();
			form.requestSubmit();
			return;
		}
		setTimeout(look, EVERY);
	};
	look();
}

async function offer(form) {
	const button = document.createElement("button");
	const video = document.createElement("video");
	const trouble = document.createElement("p");
	const stop = () => {
		for (const track of video.srcObject?.getTracks() ?? []) track.stop();
		video.srcObject = null;
		video.hidden = true;
		button.textContent = form.dataset.wordsCamera;
	};
	button.type = "button";
	button.textContent = form.dataset.wordsCamera;
	video.hidden = true;
	video.muted = true;
	video.playsInline = true;
	trouble.className = "fault";
	trouble.setAttribute("role", "alert");
	button.addEventListener("click", async () => {
		if (video.srcObject !== null) return stop();
		trouble.textContent = "";
		try {
			video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
		} catch {
			trouble.textContent = form.dataset.wordsFail;
			return;
		}
		video.hidden = false;
		button.textContent = form.dataset.wordsStop;
		await video.play();
		readInto(form, video, new BarcodeDetector({ formats: ["qr_code"] }), stop);
	});
	form.querySelector(".actions").append(" ", button);
	form.append(video, trouble);
	addEventListener("pagehide", stop);
}

// Most phones read no codes in the browser: what to do instead is said, before the camera is looked for.
function say(form) {
	const words = document.createElement("p");
	words.className = "help";
	words.textContent = form.dataset.wordsNone;
	form.querySelector("#scan-help").after(words);
}

// Whose hand holds a scanner types nothing: the box tells them apart by the time between two characters.
function noticeTyping(form) {
	const box = form.elements.code;
	let last = 0, fast = 0;
	box.addEventListener("keydown", (event) => {
		if (event.key.length !== 1) return;
		fast = event.timeStamp - last < 40 ? fast + 1 : 0;
		last = event.timeStamp;
		if (form.elements.typed) form.elements.typed.value = fast >= 6 ? "" : "1";
	});
}

const forms = document.querySelectorAll("form[data-scan]");
const reads = await canRead();
for (const form of forms) {
	noticeTyping(form);
	if (reads) offer(form);
	else if (matchMedia("(pointer: coarse)").matches) say(form); // at a desk nobody looks for a camera
}
// Where one thing after another is scanned, the box waits for the next.
if (forms.length === 1 && forms[0].method === "post" && matchMedia("(pointer: fine)").matches) {
	forms[0].elements.code.focus();
	forms[0].elements.code.select(); // what could not be read is written over
}
