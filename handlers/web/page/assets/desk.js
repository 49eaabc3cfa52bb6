// Which phones lie on the desk, side by side.

import * as store from "./store.js";
import { code } from "./clock.js";
import { $ } from "./dom.js";
import { PhoneView } from "./phone.js";

const KEY = "izinbot.open";
const PHONE_WIDTH = 330; // px, the least
const GAP = 20; // px, as in the style sheet

const open = new Map(); // id → PhoneView
const watchers = new Set();
const narrow = window.matchMedia("(max-width: 760px)");

export const isOpen = (id) => open.has(id);
export const onChange = (callback) => watchers.add(callback);

export function start() {
  $("all").addEventListener("click", toggleAll);
  $("back").addEventListener("click", () => { for (const id of [...open.keys()]) close(id); });
  new ResizeObserver(arrange).observe($("phones"));
  store.listen((e) => {
    if (e.kind === "reset") for (const view of open.values()) view.reload();
    else open.get(e.phone)?.take(e);
  });
}

/** Opens what was open when the page was last left, or a first few. */
export function restore() {
  for (const id of [...open.keys()]) if (!store.phones.has(id)) close(id);
  if (open.size > 0) return;
  for (const id of remembered() || firstFew()) show(id);
  changed();
}

function remembered() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY)).filter((id) => store.phones.has(id));
    return narrow.matches ? ids.slice(0, 1) : ids;
  } catch {
    return null;
  }
}

// An applicant beside the officers to whom he writes; officers have codes.
function firstFew() {
  if (narrow.matches) return [];
  const room = Math.min(3, columns());
  const ids = [...store.phones.keys()];
  const officers = ids.filter((id) => code(id));
  return [...new Set([ids[0], ...(officers.length ? officers : ids)])].slice(0, room);
}

function columns() {
  return Math.max(1, Math.floor(($("phones").clientWidth - GAP) / (PHONE_WIDTH + GAP)));
}

function arrange() {
  const n = Math.min(columns(), Math.max(1, open.size));
  $("phones").style.setProperty("--columns", n);
  $("phones").classList.toggle("rows", open.size > n);
}

export function toggle(id) {
  if (open.has(id) && !narrow.matches) return close(id);
  if (narrow.matches) for (const other of [...open.keys()]) close(other);
  show(id);
  changed();
  open.get(id).focus();
}

function show(id) {
  if (open.has(id)) return;
  const view = new PhoneView(store.phones.get(id), () => close(id));
  open.set(id, view);
  const order = [...store.phones.keys()];
  const next = [...open.keys()].filter((other) => order.indexOf(other) > order.indexOf(id))
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
  $("phones").insertBefore(view.element, next ? open.get(next).element : null);
  view.reload();
}

function close(id) {
  open.get(id)?.dispose();
  open.delete(id);
  changed();
}

function toggleAll() {
  if (open.size === store.phones.size) for (const id of [...open.keys()]) close(id);
  else for (const id of store.phones.keys()) show(id);
  changed();
}

function changed() {
  arrange();
  $("empty").hidden = open.size > 0;
  $("all").textContent = open.size === store.phones.size && open.size > 0 ? "Tutup semua" : "Semua";
  document.body.classList.toggle("has-open", open.size > 0);
  localStorage.setItem(KEY, JSON.stringify([...open.keys()]));
  for (const w of watchers) w();
}
