// The chat of one phone, from the first bubble to the last.

import * as api from "./api.js";
import { bubble, setTick } from "./bubble.js";
import { h, icon, toast } from "./dom.js";
import { day } from "./format.js";

const NEAR = 80; // px from the end that still count as at the end

export class Log {
  constructor(phone, composer) {
    this.phone = phone;
    this.composer = composer;
    this.list = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Percakapan " + phone.name, tabindex: "0" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, "aria-label": "Ke pesan terbaru", onclick: () => this.toEnd() }, icon("down"));
    this.list.addEventListener("scroll", () => { if (this.atEnd()) this.jump.hidden = true; });
    // Pictures grow when they are loaded; the keyboard and sheets change the height.
    this.stick = true;
    this.list.addEventListener("scroll", () => { this.stick = this.atEnd(); });
    new ResizeObserver(() => { if (this.stick) this.toEnd(); }).observe(this.list);
    this.list.addEventListener("load", () => { if (this.stick) this.toEnd(); }, true);
    this.element = h("div", { class: "log-box" }, this.list, this.jump);
  }

  reload(phone) {
    this.phone = phone;
    this.lastDay = "";
    this.open = null;
    this.lastHeard = 0;
    this.bubbles = new Map();
    this.list.replaceChildren();
    if (phone.messages.length === 0) {
      const hint = phone.hints[0];
      this.list.append(h("p", { class: "start" }, hint ? `Belum ada percakapan. Tekan “${hint}” di bawah untuk memulai.` : "Belum ada percakapan."));
    }
    for (const m of phone.messages) this.append(m);
    this.toEnd();
  }

  add(m) {
    const follow = m.mine || this.stick;
    this.list.querySelector(".start")?.remove();
    this.append(m);
    if (follow) this.toEnd();
    else this.jump.hidden = false;
  }

  append(m) {
    if (day(m.at) !== this.lastDay) {
      this.lastDay = day(m.at);
      this.list.append(h("div", { class: "day" }, h("span", {}, this.lastDay)));
    }
    if (m.mine) this.answered(m);
    else this.heard(m);
    const el = bubble(m, (choice) => this.press(m, choice), () => this.retry());
    this.bubbles.set(m.n, el);
    this.list.append(el);
    if (m.choices?.length) {
      this.open?.classList.add("old");
      this.open = el;
    }
  }

  // The person spoke: the question on offer is no longer the one asked.
  answered(m) {
    this.open?.classList.add("old");
    this.open = null;
    if (!m.choice) return;
    const asked = this.bubbles.get(m.of);
    if (!asked) return;
    asked.classList.add("old");
    for (const b of asked.querySelectorAll(".choice")) {
      if (b.dataset.choice === m.choice) b.setAttribute("aria-pressed", "true");
    }
  }

  // The bot spoke: it has heard what was sent.
  heard(m) {
    this.lastHeard = m.n;
    for (const el of this.list.querySelectorAll(".mine.is-sent")) setTick(el, "ticks");
  }

  sent(n) {
    const el = this.bubbles.get(n);
    if (el) setTick(el, this.lastHeard > n ? "ticks" : "tick");
  }

  async press(m, choice) {
    try {
      await api.say(this.phone.id, { choice: choice.id, of: m.n });
    } catch (err) {
      toast(err.message);
    }
  }

  async retry() {
    try {
      await api.resend();
    } catch (err) {
      toast(err.message);
    }
  }

  atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.stick = true;
    this.jump.hidden = true;
  }
}
