// Compares a file with the fingerprint of the issued one, on the visitor's own
// device. The page's policy forbids sending anything anywhere.

const compare = document.getElementById("compare");
const drop = document.getElementById("drop");
const input = document.getElementById("file");
const verdict = document.getElementById("verdict");
const sum = document.getElementById("sum");
let latest = 0; // number of the file that was chosen last

function show(word) {
  verdict.dataset.verdict = word;
  verdict.textContent = compare.dataset[word];
}

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}

async function check(file) {
  const mine = ++latest;
  document.getElementById("name").textContent = file.name;
  sum.hidden = true;
  show("busy");
  const found = await fingerprint(file).catch(() => "");
  if (mine !== latest) return;
  if (!found) return show("unable");
  sum.querySelector("code").textContent = found;
  sum.hidden = false;
  show(found === compare.dataset.sha256 ? "same" : "different");
}

input.addEventListener("change", () => {
  if (input.files.length) check(input.files[0]);
});

// A file that misses the box must not replace the page either.
document.addEventListener("dragover", (e) => {
  e.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", (e) => {
  if (!e.relatedTarget) drop.classList.remove("over");
});
document.addEventListener("drop", (e) => {
  e.preventDefault();
  drop.classList.remove("over");
  const [file] = e.dataTransfer.files;
  if (file) check(file);
});

drop.hidden = false;
// Browsers count only https and this machine as safe enough to compute in.
if (!globalThis.crypto?.subtle) show("unable");
