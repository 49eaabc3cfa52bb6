// Dates, times and sizes as people in Sidikalang write them.

const DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const WIB = 7 * 3600 * 1000; // western Indonesian time has no summer time

const shifted = (at) => new Date(new Date(at).getTime() + WIB);
const two = (n) => String(n).padStart(2, "0");

/** "15.45" */
export function clock(at) {
  const d = shifted(at);
  return two(d.getUTCHours()) + "." + two(d.getUTCMinutes());
}

/** "Senin, 23 November 2026" */
export function day(at) {
  const d = shifted(at);
  return `${DAYS[d.getUTCDay()]}, ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/** The time if it is today, else "23 Nov". */
export function short(at, now) {
  if (day(at) === day(now)) return clock(at);
  const d = shifted(at);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()].slice(0, 3)}`;
}

/** "1,2 MB" */
export function size(bytes) {
  if (bytes < 1024) return bytes + " byte";
  const kb = bytes / 1024;
  const [n, unit] = kb < 1024 ? [kb, "KB"] : [kb / 1024, "MB"];
  return (n < 10 ? n.toFixed(1) : String(Math.round(n))).replace(".", ",") + " " + unit;
}

/** Two letters for a face that is not there. */
export function initials(name) {
  const words = name.replace(/\bCONTOH\b/g, "").split(/[^\p{L}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words[0][0] + words[words.length - 1][0] : (words[0] || name || "?").slice(0, 2);
  return letters.toUpperCase();
}
