// What the page knows: the phones and what is on them. Events change it, views
// listen to it.

import * as api from "./api.js";

/** Phones by id, in the order in which they are listed. */
export const phones = new Map();

let cursor = 0;
const bus = new EventTarget();

/** Calls back with each change: {kind, phone, message, of}; kind "reset": everything. */
export function listen(callback) {
  bus.addEventListener("change", (e) => callback(e.detail));
}

const emit = (detail) => bus.dispatchEvent(new CustomEvent("change", { detail }));

/** Takes everything anew and gives the rest of the state: clock and places. */
export async function load() {
  const state = await api.state();
  phones.clear();
  for (const p of state.phones) phones.set(p.id, p);
  cursor = state.cursor;
  emit({ kind: "reset" });
  return state;
}

/** Waits for the next events once and applies them. */
export async function follow() {
  try {
    const { events } = await api.events(cursor);
    for (const e of events) {
      cursor = e.n;
      apply(e);
    }
  } catch (err) {
    if (err.code !== "gap") throw err;
    await load();
  }
}

function apply(e) {
  const p = phones.get(e.phone);
  if (!p) return;
  if (e.kind === "message") {
    p.messages.push(e.message);
    if (!e.message.mine) p.unread++;
  }
  if (e.kind === "sent") {
    const m = p.messages.find((m) => m.n === e.of);
    if (m) m.sent = true;
  }
  if (e.kind === "read") {
    p.readTo = e.of;
    p.unread = p.messages.filter((m) => !m.mine && m.n > e.of).length;
  }
  emit(e);
}
