// The list of people at the left: who, what was said last, how much is unread.

import * as store from "./store.js";
import * as desk from "./desk.js";
import { $, h } from "./dom.js";
import { initials, short } from "./format.js";
import { now } from "./clock.js";

const rows = new Map();

export function start() {
  store.listen((e) => {
    if (e.kind === "reset") rebuild();
    else if (e.kind !== "typing") update(e.phone);
    title();
  });
  desk.onChange(() => { for (const id of rows.keys()) update(id); });
}

function rebuild() {
  rows.clear();
  $("people").replaceChildren(...[...store.phones.values()].map(row));
  for (const id of rows.keys()) update(id);
}

function row(p, i) {
  const parts = {
    time: h("time", { class: "person-time" }),
    last: h("span", { class: "person-last" }),
    badge: h("span", { class: "badge", hidden: true }),
  };
  parts.button = h("button", { type: "button", class: "person", dataset: { phone: p.id }, onclick: () => desk.toggle(p.id) },
    h("span", { class: "face", dataset: { tone: i % 8 }, "aria-hidden": "true" }, initials(p.name)),
    h("span", { class: "person-main" },
      h("span", { class: "person-top" }, h("strong", {}, p.name), parts.time),
      h("span", { class: "person-role" }, p.role),
      h("span", { class: "person-bottom" }, parts.last, parts.badge)));
  rows.set(p.id, parts);
  return h("li", {}, parts.button);
}

function update(id) {
  const p = store.phones.get(id);
  const { button, time, last, badge } = rows.get(id) || {};
  if (!button) return;
  const m = p.messages[p.messages.length - 1];
  last.textContent = m ? preview(m) : "Belum ada pesan";
  time.textContent = m ? short(m.at, now()) : "";
  badge.hidden = p.unread === 0;
  badge.textContent = p.unread > 99 ? "99+" : String(p.unread);
  badge.setAttribute("aria-label", p.unread + " pesan belum dibaca");
  button.setAttribute("aria-pressed", String(desk.isOpen(id)));
}

function preview(m) {
  const text = (m.text || "").replace(/\s+/g, " ").trim();
  const what = text || (m.files?.length ? m.files.map((f) => f.name).join(", ") : m.location ? "Lokasi" : "");
  return (m.mine ? "Anda: " : "") + what;
}

function title() {
  let unread = 0;
  for (const p of store.phones.values()) unread += p.unread;
  document.title = (unread ? `(${unread}) ` : "") + "izinbot · demo";
  const back = $("back");
  back.dataset.unread = unread ? String(unread) : "";
  back.setAttribute("aria-label", "Kembali ke daftar orang" + (unread ? `, ${unread} pesan belum dibaca` : ""));
}
