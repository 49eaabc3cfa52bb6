// One message: its text, files, place, choices, time and ticks.

import { h, icon, linked } from "./dom.js";
import { fileURL } from "./api.js";
import { clock, size } from "./format.js";
import { view } from "./viewer.js";

const PICTURE = /\.(jpe?g|png|webp)$/i;

const PROBLEMS = {
  too_large: "lebih dari 20 MB, tidak terkirim",
  gone: "tidak dapat diambil",
};

const TICKS = { wait: "Belum terkirim", tick: "Terkirim", ticks: "Diterima" };

export function bubble(m, onPress, onRetry) {
  const files = m.files || [];
  const el = h("article", { class: "bubble " + (m.mine ? "mine" : "theirs"), dataset: { n: m.n } },
    files.length > 0 && h("div", { class: "files" }, files.map(file)),
    m.location && place(m.location),
    m.text && h("div", { class: "text" }, linked(m.text)),
    h("footer", {}, h("time", { datetime: m.at }, clock(m.at)), m.mine && h("span", { class: "tick" }),
      m.mine && h("button", { type: "button", class: "retry", onclick: onRetry }, "Kirim ulang")),
    m.choices?.length > 0 && h("div", { class: "choices", role: "group", "aria-label": "Pilihan" },
      m.choices.map((c) => h("button", { type: "button", class: "choice", "aria-pressed": "false", dataset: { choice: c.id }, onclick: () => onPress(c) }, c.label))));
  if (m.mine) setTick(el, m.sent ? "tick" : "wait");
  return el;
}

/** Shows how far the person's message has come: wait, tick or ticks. */
export function setTick(el, name) {
  const tick = el.querySelector(".tick");
  tick.replaceChildren(icon(name));
  tick.setAttribute("role", "img");
  tick.setAttribute("aria-label", TICKS[name]);
  el.classList.toggle("is-unsent", name === "wait");
  el.classList.toggle("is-sent", name === "tick");
  el.classList.toggle("is-heard", name === "ticks");
}

function file(f) {
  if (f.key && (f.photo || PICTURE.test(f.name))) return picture(f);
  return card(f);
}

function picture(f) {
  const img = h("img", { src: fileURL(f), alt: f.name });
  const button = h("button", { type: "button", class: "picture", "aria-label": "Lihat " + f.name, onclick: () => view(f) }, img);
  // Not every file that is named so is a picture.
  img.addEventListener("error", () => button.replaceWith(card(f)));
  return button;
}

function card(f) {
  const ext = (f.name.match(/\.([a-z0-9]{1,4})$/i)?.[1] || "?").toUpperCase();
  const detail = PROBLEMS[f.problem] || `${size(f.size)} · ${ext}`;
  return h("button", { type: "button", class: "card", disabled: !f.key, title: f.name, onclick: () => view(f) },
    h("span", { class: "card-kind", dataset: { kind: ext } }, ext),
    h("span", { class: "card-text" }, h("strong", {}, f.name), h("small", {}, detail)));
}

function place({ lat, lon }) {
  return h("div", { class: "place" }, h("span", { class: "place-map" }, icon("pin")),
    h("span", { class: "card-text" }, h("strong", {}, "Lokasi"), h("small", {}, `${lat.toFixed(5)}, ${lon.toFixed(5)}`)));
}
