// Looking at a file without leaving the page.

import { $, h } from "./dom.js";
import { fileURL } from "./api.js";
import { size } from "./format.js";

let wired = false;

function wire() {
  if (wired) return;
  wired = true;
  $("viewer-close").addEventListener("click", () => $("viewer").close());
  $("viewer").addEventListener("click", (e) => { if (e.target === $("viewer")) $("viewer").close(); });
  $("viewer").addEventListener("close", () => $("viewer-body").replaceChildren());
}

export async function view(file) {
  wire();
  const url = fileURL(file);
  $("viewer-name").textContent = file.name;
  $("viewer-tab").href = url;
  $("viewer-body").replaceChildren();
  $("viewer").showModal();
  $("viewer-body").replaceChildren(content(file, url, await kind(url)));
}

// The server tells the type by the content.
async function kind(url) {
  try {
    const answer = await fetch(url, { method: "HEAD" });
    return answer.ok ? answer.headers.get("Content-Type") : "";
  } catch {
    return "";
  }
}

function content(file, url, type) {
  if (type?.startsWith("image/")) return h("img", { src: url, alt: file.name });
  if (type === "application/pdf") return h("iframe", { src: url, title: file.name });
  return h("div", { class: "viewer-none" },
    h("p", {}, "Berkas ini tidak dapat ditampilkan di sini."),
    h("p", {}, h("a", { href: url, download: file.name }, `Simpan berkas (${size(file.size)})`)));
}
