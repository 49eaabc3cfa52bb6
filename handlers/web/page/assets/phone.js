// One phone: its frame, the chat in it, and what makes it scroll and count.

import * as api from "./api.js";
import * as store from "./store.js";
import { code, now, onTick } from "./clock.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { h, icon } from "./dom.js";
import { clock, initials } from "./format.js";

const TYPING = 6000; // ms that "is typing" stays

export class PhoneView {
  constructor(phone, onClose) {
    this.id = phone.id;
    this.composer = new Composer(phone);
    this.log = new Log(phone, this.composer);
    this.build(phone, onClose);
    this.stopTick = onTick(() => this.tick());
    this.visible = false;
    this.observer = new IntersectionObserver(([entry]) => {
      this.visible = entry.isIntersecting;
      this.markRead();
    }, { threshold: 0.4 });
    // The newest message stands right above where one writes.
    this.observer.observe(this.composer.element);
    this.onVisible = () => this.markRead();
    document.addEventListener("visibilitychange", this.onVisible);
    this.tick();
  }

  build(phone, onClose) {
    const tone = [...store.phones.keys()].indexOf(phone.id) % 8;
    this.time = h("span", {});
    this.status = h("small", { class: "peer-status" }, "Layanan perizinan");
    this.code = h("output", { class: "code-value" });
    this.left = h("span", { class: "code-left" });
    this.meter = h("progress", { class: "code-meter", max: 30, "aria-hidden": "true" });
    this.codeStrip = h("div", { class: "code", hidden: true }, icon("key"),
      h("span", { class: "code-text" }, h("small", {}, "Kode sekali pakai"), this.code),
      this.left, this.meter,
      h("button", { type: "button", class: "plain", onclick: () => this.composer.fill(this.code.textContent.replace(/\s/g, "")) }, "Pakai"));
    this.screen = h("div", { class: "screen" },
      h("div", { class: "status-bar", "aria-hidden": "true" }, this.time, h("span", { class: "battery" })),
      h("div", { class: "peer" }, h("img", { src: "/assets/icon.svg", alt: "", width: 34, height: 34 }),
        h("div", {}, h("strong", {}, "izinbot"), this.status)),
      this.codeStrip, this.log.element, this.composer.element);
    this.element = h("section", { class: "phone", "aria-label": "Telepon " + phone.name, dataset: { phone: phone.id } },
      h("header", { class: "owner" },
        h("span", { class: "face", dataset: { tone }, "aria-hidden": "true" }, initials(phone.name)),
        h("div", { class: "owner-text" }, h("h3", {}, phone.name), h("small", {}, phone.role)),
        h("button", { type: "button", class: "icon-button", "aria-label": "Tutup telepon " + phone.name, onclick: onClose }, icon("close"))),
      this.screen);
    this.composer.acceptDrops(this.screen);
    this.log.element.addEventListener("pointerdown", () => this.composer.closeSheet());
  }

  focus() {
    this.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.composer.focus();
  }

  reload() {
    const phone = store.phones.get(this.id);
    this.log.reload(phone);
    this.suggest(phone.messages.at(-1));
    this.markRead();
  }

  take(e) {
    if (e.kind === "typing") return this.typing();
    if (e.kind === "message") {
      if (!e.message.mine) this.typing(false);
      this.log.add(e.message);
      this.suggest(e.message);
      this.markRead();
    }
    if (e.kind === "sent") this.log.sent(e.of);
  }

  suggest(newest) {
    this.composer.suggest(!newest || newest.mine ? "" : newest.text);
  }

  typing(on = true) {
    clearTimeout(this.typingTimer);
    this.status.textContent = on ? "sedang mengetik…" : "Layanan perizinan";
    if (on) this.typingTimer = setTimeout(() => this.typing(false), TYPING);
  }

  tick() {
    this.time.textContent = clock(now());
    const c = code(this.id);
    this.codeStrip.hidden = !c;
    if (!c) return;
    const spaced = c.value.slice(0, 3) + " " + c.value.slice(3);
    if (this.code.textContent !== spaced) this.code.textContent = spaced;
    this.left.textContent = c.left + " dtk";
    this.meter.value = c.left;
    this.codeStrip.classList.toggle("soon", c.left <= 5);
  }

  // What is on a screen that somebody can see counts as read.
  markRead() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      const p = store.phones.get(this.id);
      if (!p || !this.visible || document.hidden || p.unread === 0) return;
      api.read(this.id, p.messages[p.messages.length - 1].n).catch(() => {});
    }, 250);
  }

  dispose() {
    this.stopTick();
    this.observer.disconnect();
    document.removeEventListener("visibilitychange", this.onVisible);
    clearTimeout(this.readTimer);
    clearTimeout(this.typingTimer);
    this.element.remove();
  }
}
