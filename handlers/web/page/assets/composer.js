// Where a person writes: text, hints, and the sheet of things to attach.

import * as api from "./api.js";
import { h, icon, toast } from "./dom.js";
import { locationForm } from "./location.js";
import { sampleList, samples, wantedSample } from "./samples.js";

export class Composer {
  constructor(phone) {
    this.id = phone.id;
    this.queue = Promise.resolve(); // what is sent goes out in order
    this.text = h("textarea", { rows: "1", placeholder: "Ketik pesan", "aria-label": "Pesan dari " + phone.name,
      oninput: () => this.grow(), onkeydown: (e) => this.key(e) });
    this.photos = this.picker("image/*", true);
    this.files = this.picker("", false);
    this.sheet = h("div", { class: "sheet", hidden: true, onkeydown: (e) => { if (e.key === "Escape") this.closeSheet(true); } });
    this.plus = h("button", { type: "button", class: "icon-button", "aria-label": "Lampirkan", "aria-expanded": "false", onclick: () => this.toggleSheet() }, icon("plus"));
    this.offer = h("button", { type: "button", class: "hint offer", hidden: true });
    this.asked = 0; // counts questions, so that a late answer offers nothing
    this.element = h("form", { class: "composer", onsubmit: (e) => { e.preventDefault(); this.submit(); } },
      this.sheet,
      h("div", { class: "hints", role: "group", "aria-label": "Contoh pesan" },
        this.offer, phone.hints.map((text) => h("button", { type: "button", class: "hint", onclick: () => this.send({ text }) }, text))),
      h("div", { class: "write" }, this.plus, this.text,
        h("button", { type: "submit", class: "icon-button send", "aria-label": "Kirim" }, icon("send"))),
      this.photos, this.files);
  }

  picker(accept, asPhotos) {
    const input = h("input", { type: "file", multiple: true, accept: accept || null, hidden: true, dataset: { pick: asPhotos ? "photo" : "file" } });
    input.addEventListener("change", () => {
      this.upload([...input.files], asPhotos);
      input.value = "";
    });
    return input;
  }

  acceptDrops(target) {
    const over = (on) => target.classList.toggle("dropping", on);
    target.addEventListener("dragover", (e) => { e.preventDefault(); over(true); });
    target.addEventListener("dragleave", (e) => { if (!target.contains(e.relatedTarget)) over(false); });
    target.addEventListener("drop", (e) => {
      e.preventDefault();
      over(false);
      if (e.dataTransfer.files.length) this.upload([...e.dataTransfer.files], false);
    });
  }

  /** Offers with one press the made-up file that the newest question asks for. */
  async suggest(question) {
    const mine = ++this.asked;
    this.offer.hidden = true;
    const sample = await wantedSample(question);
    if (!sample || mine !== this.asked) return;
    this.offer.replaceChildren(icon("folder"), "Contoh " + sample.name);
    this.offer.onclick = () => this.send({ samples: [sample.i] });
    this.offer.hidden = false;
  }

  focus() { this.text.focus({ preventScroll: true }); }

  fill(text) {
    this.text.value = text;
    this.grow();
    this.focus();
  }

  key(e) {
    if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
    e.preventDefault();
    this.submit();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = Math.min(this.text.scrollHeight, 120) + "px";
  }

  submit() {
    const text = this.text.value;
    if (!text.trim()) return;
    this.fill("");
    this.send({ text }, () => { if (!this.text.value) this.fill(text); });
  }

  send(message, onFail) {
    this.enqueue(() => api.say(this.id, message), onFail);
  }

  upload(files, asPhotos) {
    this.closeSheet();
    if (files.length === 0) return;
    this.element.classList.add("uploading");
    this.enqueue(() => api.upload(this.id, files, asPhotos).finally(() => this.element.classList.remove("uploading")));
  }

  // A message that is on the phone but not taken shows there that it is unsent.
  enqueue(send, onFail) {
    this.queue = this.queue.then(send).catch((err) => {
      if (err.code !== "unsent") onFail?.();
      toast(err.message);
    });
  }

  toggleSheet() {
    if (this.sheet.hidden) this.showSheet(this.menu());
    else this.closeSheet(true);
  }

  showSheet(content) {
    this.sheet.replaceChildren(content);
    this.sheet.hidden = false;
    this.plus.setAttribute("aria-expanded", "true");
    this.sheet.querySelector("button, input")?.focus({ preventScroll: true });
  }

  closeSheet(refocus) {
    this.sheet.hidden = true;
    this.sheet.replaceChildren();
    this.plus.setAttribute("aria-expanded", "false");
    if (refocus) this.plus.focus();
  }

  menu() {
    const item = (name, label, act) => h("button", { type: "button", class: "menu-item", dataset: { act: name }, onclick: act }, icon(name), label);
    return h("div", { class: "menu" },
      item("photo", "Foto", () => this.photos.click()),
      item("file", "Dokumen", () => this.files.click()),
      item("pin", "Lokasi", () => this.showSheet(locationForm((location) => this.chosen({ location })))),
      item("folder", "Contoh berkas", () => this.showSamples()));
  }

  async showSamples() {
    try {
      this.showSheet(sampleList(await samples(), (i) => this.chosen({ samples: [i] })));
    } catch (err) {
      toast(err.message);
    }
  }

  chosen(message) {
    this.closeSheet();
    this.focus();
    this.send(message);
  }
}
