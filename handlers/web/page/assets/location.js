// The form that sends a place.

import { h } from "./dom.js";

let places = [];

export function setPlaces(list) { places = list; }

export function locationForm(onSend) {
  const lat = h("input", { type: "number", step: "any", min: "-90", max: "90", required: true, name: "lat" });
  const lon = h("input", { type: "number", step: "any", min: "-180", max: "180", required: true, name: "lon" });
  const send = () => {
    if (lat.reportValidity() && lon.reportValidity()) onSend({ lat: lat.valueAsNumber, lon: lon.valueAsNumber });
  };
  const enter = (e) => { if (e.key === "Enter") { e.preventDefault(); send(); } };
  lat.addEventListener("keydown", enter);
  lon.addEventListener("keydown", enter);
  if (places[0]) [lat.value, lon.value] = [places[0].lat, places[0].lon];
  return h("div", { class: "pane" }, h("h4", {}, "Kirim lokasi"),
    places.map((p) => h("button", { type: "button", class: "row", onclick: () => onSend({ lat: p.lat, lon: p.lon }) },
      h("strong", {}, p.label), h("small", {}, `${p.lat}, ${p.lon}`))),
    h("div", { class: "coordinates" }, h("label", {}, "Lintang", lat), h("label", {}, "Bujur", lon),
      h("button", { type: "button", class: "primary", onclick: send }, "Kirim")));
}
