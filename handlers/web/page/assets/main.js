// Start: take the state, show it, and follow what happens.

import * as store from "./store.js";
import * as clock from "./clock.js";
import * as people from "./people.js";
import * as desk from "./desk.js";
import { setPlaces } from "./location.js";
import { $, toast } from "./dom.js";

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function run() {
  for (let wait = 500; ;) {
    try {
      const state = await store.load();
      clock.take(state.clock);
      setPlaces(state.places);
      desk.restore();
      $("offline").hidden = true;
      wait = 500;
      for (;;) await store.follow();
    } catch (err) {
      $("offline").hidden = false;
      if (err.code === undefined) console.error(err);
      await pause(wait);
      wait = Math.min(wait * 2, 5000);
    }
  }
}

clock.start();
people.start();
desk.start();
$("help").addEventListener("click", () => $("about").showModal());
window.addEventListener("dragover", (e) => e.preventDefault());
window.addEventListener("drop", (e) => {
  e.preventDefault();
  if (!e.target.closest?.(".phone")) toast("Lepaskan berkas di atas salah satu telepon.");
});
run();
