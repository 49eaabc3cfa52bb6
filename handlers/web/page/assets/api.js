// The server's JSON API. A refusal becomes an Error with .code and the sentence.

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch("/sim/" + path, options);
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw Object.assign(new Error("Tidak tersambung dengan program."), { code: "offline" });
  }
  if (answer.status === 204) return null;
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(body.text || "Ada gangguan. Silakan coba lagi."), { code: body.code || "http" });
  }
  return body;
}

const post = (path, body) => call(path, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

const phone = (id) => "phones/" + encodeURIComponent(id);

// A file that is too large is cut here already: one byte too many says as much as
// all of them.
const MAX_FILE = 20 * 1024 * 1024;
const cut = (file) => (file.size > MAX_FILE + 1 ? file.slice(0, MAX_FILE + 1) : file);

export const state = () => call("state");
export const events = (after) => call("events?after=" + after);
export const clock = () => call("clock");
export const advance = (step) => post("clock", { step });
export const samples = () => call("samples");
export const resend = () => post("resend", {});
export const say = (id, message) => post(phone(id) + "/messages", message);
export const read = (id, upTo) => post(phone(id) + "/read", { upTo });

export function upload(id, files, asPhotos) {
  const form = new FormData();
  for (const file of files) form.append(asPhotos ? "photo" : "file", cut(file), file.name);
  return call(phone(id) + "/messages", { method: "POST", body: form });
}

export const fileURL = (file) => `/sim/files/${file.key}?name=${encodeURIComponent(file.name)}`;
