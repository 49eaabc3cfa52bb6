// The simulated time: the top bar, and the one-time codes that hang on it.

import * as api from "./api.js";
import { $, toast } from "./dom.js";
import { clock, day } from "./format.js";

const POLL = 10_000; // ms; the time may be moved from elsewhere

let offset = 0; // simulated minus real, ms
let codes = {}; // phone → {value, until (real ms)}
const watchers = new Set();

/** The simulated time in ms. */
export const now = () => Date.now() + offset;

/** The phone's one-time code {value, left (s)}, or null. */
export function code(phone) {
  const c = codes[phone];
  return c ? { value: c.value, left: Math.max(0, Math.ceil((c.until - Date.now()) / 1000)) } : null;
}

/** Calls back every second and when the time was moved. */
export function onTick(callback) {
  watchers.add(callback);
  return () => watchers.delete(callback);
}

/** Takes over what the server says about the time. */
export function take(view) {
  offset = new Date(view.now).getTime() - Date.now();
  codes = Object.fromEntries(Object.entries(view.codes).map(([id, c]) =>
    [id, { value: c.value, until: Date.now() + c.leftMs }]));
  $("steps").hidden = !view.canMove;
  $("work").hidden = !view.work;
  $("work").textContent = view.work;
  $("work").dataset.work = view.work.split(/[^a-z]/i)[0].toLowerCase();
  tick();
}

function tick() {
  $("now").textContent = `${day(now())}, ${clock(now())} WIB`;
  for (const w of watchers) w();
}

async function refresh() {
  try {
    take(await api.clock());
  } catch { /* the event loop shows that the connection is lost */ }
}

let asked = 0;

function everySecond() {
  const spent = Object.values(codes).some((c) => c.until <= Date.now());
  if (Date.now() - asked >= (spent ? 1000 : POLL)) {
    asked = Date.now();
    refresh();
  }
  tick();
}

export function start() {
  setInterval(everySecond, 1000);
  for (const button of $("steps").querySelectorAll("button")) {
    button.addEventListener("click", () => move(button));
  }
}

async function move(button) {
  button.disabled = true;
  try {
    take(await api.advance(button.dataset.step));
  } catch (err) {
    toast(err.message);
  } finally {
    button.disabled = false;
  }
}
