// What people do at the tablet of a server room, and who keeps the room.

import { button, press } from "./steps.mjs";

export const TABLET = { viewport: { width: 1024, height: 768 } };

/** Who heads the unit that runs the room. */
export async function theKeeper(house) {
	const [{ login }] = await house.ask(`SELECT c.login FROM ledger_row r JOIN shown_post q ON q.unit = r.owner
		JOIN shown_post_role o ON o.post = q.id AND o.role = 'manager' JOIN shown_assignment a ON a.post = q.id AND a.until IS NULL
		JOIN people_account c ON c.id = a.person WHERE r.ledger = 'room' AND r.is_retired = 0 LIMIT 1`);
	return login;
}

export const line = (page, state) => page.locator(`#door-line[data-state="${state}"]`).waitFor();
export const held = (page, count) => page.locator(`#door-line[data-held="${count}"]`).waitFor();
export const newest = async (house) => (await house.ask("SELECT * FROM entrance_visit ORDER BY id DESC LIMIT 1"))[0];
export const visits = async (house) => (await house.ask("SELECT count(*) AS count FROM entrance_visit"))[0].count;

/** On the page of the room: a place for a tablet; returns the code it is tied with. */
export async function tabletCode(page, name) {
	await page.getByText("タブレットを登録する").click();
	await page.locator('[name="name"]').fill(name);
	await press(page, "番号を出す");
	return (await page.locator(".code.big").innerText()).trim();
}

/** A tablet's own browser, tied with the code. */
export async function tiedTablet(house, code) {
	const door = await house.stranger(TABLET);
	await door.goto("/tablet");
	await door.getByLabel("番号").fill(code);
	await button(door, "このタブレットを登録する").click();
	await line(door, "online");
	return door;
}

export async function openDoor(page) {
	await page.goto("/tablet/door");
	await line(page, "online");
}

/** The form of the first of the list, filled in; returns their name. */
export async function fillFirst(page) {
	await button(page, "入室する").click();
	const name = await page.locator("#who-list button").first().innerText();
	await page.locator("#who-list button").first().click();
	await page.getByText("点検・保守").click();
	await page.getByText("身分証明書(名札)を見せた").click();
	return name;
}

/** The first of the list enters; returns their name. */
export async function enterFirst(page) {
	const name = await fillFirst(page);
	await button(page, "入室を記録する").click();
	await page.getByText("入室を記録しました").waitFor();
	return name;
}
