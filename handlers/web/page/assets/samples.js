// The menu of made-up files, for who has none at hand.

import { h } from "./dom.js";
import { size } from "./format.js";

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
