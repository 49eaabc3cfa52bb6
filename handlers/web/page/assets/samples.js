// The menu of made-up files, for who has none at hand.

import * as api from "./api.js";
import { h } from "./dom.js";
import { size } from "./format.js";

let known; // a promise of all samples; they stay the same while the program runs

export function samples() {
  known ??= api.samples().catch((err) => {
    known = undefined;
    throw err;
  });
  return known;
}

/** The sample that a question such as "Dokumen 4 dari 14 · B1 Bukti …" asks for,
 * as {i, name}, or null. Samples are named by the code they begin with. */
export async function wantedSample(question) {
  const code = /· ([A-Z]\d{1,2}) /.exec(question)?.[1];
  if (!code) return null;
  const list = await samples().catch(() => []);
  const i = list.findIndex((s) => s.name.split(/[ .]/)[0] === code);
  return i < 0 ? null : { i, name: list[i].name };
}

export function sampleList(samples, onPick) {
  const groups = new Map();
  samples.forEach((s, i) => groups.set(s.group, [...(groups.get(s.group) || []), { ...s, i }]));
  return h("div", { class: "pane" }, h("h4", {}, "Contoh berkas"),
    samples.length === 0 && h("p", { class: "none" }, "Belum ada contoh berkas."),
    [...groups].map(([name, list]) => [
      name && h("h5", {}, name),
      list.map((s) => h("button", { type: "button", class: "row", dataset: { sample: s.name }, onclick: () => onPick(s.i) },
        h("strong", {}, s.name), h("small", {}, [s.note, size(s.size)].filter(Boolean).join(" · ")))),
    ].flat()).flat());
}
