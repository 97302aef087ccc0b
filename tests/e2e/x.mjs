import { House } from "./house.mjs";
import * as s from "./steps.mjs";
const h = new House("/tmp/b-e2e/bin");
process.env.E2E_PICTURES="/tmp/b-e2e/pics";
try {
 await h.open({});
 const p = await h.as("shokuin");
 await s.say(p, ["庁舎の外へ持ち出す"], "国勢調査の説明会で使うため");
 console.log(await s.choose(p, (t)=>t.includes("DVD")&&t.includes("Ⅰ")));
 await h.picture("assets2");
 await s.follow(p,/次へ/);
 console.log(p.url(), await p.locator("main").innerText()); await h.picture("needs");
 await s.press(p,/次へ/);
 console.log(p.url(), await p.locator("main").innerText()); await h.picture("needs2");
 if (await s.has(p,"destination")) {
 await p.getByLabel("だれに、またはどこへですか").fill("高松支所");
 await s.group(p,/いつからいつまで/).getByLabel("から").fill("R8.11.21");
 await s.group(p,/いつからいつまで/).getByLabel("まで").fill("R8.11.21");
 await s.press(p,/次へ/);}
 console.log(p.url(), await p.locator("main").innerText()); await h.picture("form");
 console.log(await p.locator("main").innerHTML());
 await s.press(p,/次へ/);
 console.log(p.url(), await p.locator("main").innerText()); await h.picture("form2");
} finally { console.log(h.said); await h.close(); }
