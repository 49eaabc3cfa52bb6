// Package web serves the program's pages over HTTP: its health, the page on which
// an officer sets up one-time codes, the one on which an admin links the office's
// own phone, the two public pages that the codes on letters
// lead to, and the demo page with its JSON API.
//
// The public pages are for anybody, without a login:
//
//	GET  /s/:case             how far a case is; ?lang=en
//	GET  /s?no=               the same for a number that was typed
//	GET  /v/:case/:letter     whether a letter exists and is in force; ?lang=en
//
// They read one case, change nothing, are kept by no cache, and answer 404 alike for
// all that is not there or not for everybody to know. A letter's page compares a
// PDF with the issued one in the browser; its policy forbids sending it anywhere.
//
// The demo page has no login: whoever can open it holds every phone. So with a
// demo the server listens on loopback only and answers only requests that name a
// loopback host and come from its own pages; that also stops a foreign site that
// lets its own name point here (DNS rebinding).
//
// The API, all under /sim:
//
//	GET  state                every phone with its newest messages, cursor, clock
//	GET  events?after=N       what happened since; waits up to 25 s; 410: take state anew
//	POST phones/:id/messages  JSON {text | choice,of | location | samples} or
//	                          multipart with parts "file" and "photo"
//	POST phones/:id/read      {upTo}
//	POST resend               hand over what the bot did not take
//	GET  files/:key           content of a file; ?name= for its name
//	GET  samples              made-up files to play with
//	GET  clock                simulated time, one-time codes
//	POST clock                {step}: move the time forward
//
// A refusal is {code, text}: a code for machines and a sentence for people.
package web
