package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of what is stored of an inbound message. They lie far above what networks
// carry and people write; a message must never be refused by a store for its form.
const (
	maxID     = 200      // bytes of an id or an address
	maxShort  = 256      // bytes of a name, a choice, an album or a kind
	maxText   = 64 << 10 // bytes of a text
	maxRef    = 8 << 10  // bytes of a network's reference to a file
	maxParts  = 100      // files, or quoted choices
	dateSlack = 24 * time.Hour
)

// oldest is the earliest date of a message that is believed: no network is older.
func oldest() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// Storable gives the message in a form that every store takes: dates in reach, valid
// UTF-8 without NUL, bounded lengths, a point that is on the ground. What a network
// says of itself is not trusted: one message that can never be stored would come back
// for ever, with everybody's messages behind it. ok is false if it has no chat that
// could be answered; such a message is dropped.
func (in Inbound) Storable(now time.Time) (out Inbound, ok bool) {
	out = in
	if in.ID == "" || in.Chat.Channel() == "" || in.Chat.Chat() == "" || fit(string(in.Chat), maxID) != string(in.Chat) {
		return out, false
	}
	if fit(in.ID, maxID) != in.ID {
		sum := sha256.Sum256([]byte(in.ID)) // a repeat is still known as one
		out.ID = fit(in.Chat.Channel(), maxID/2) + ":#" + hex.EncodeToString(sum[:])
	}
	if in.At.Before(oldest()) || in.At.After(now.Add(dateSlack)) {
		out.At = now
	}
	out.Name, out.Text = fit(in.Name, maxShort), fit(in.Text, maxText)
	out.Lang = fit(in.Lang, maxShort)
	out.Choice, out.Album, out.Other = fit(in.Choice, maxShort), fit(in.Album, maxShort), fit(in.Other, maxShort)
	out.Quotes = fit(in.Quotes, maxText)
	out.Message, out.Edits = fit(in.Message, maxID), fit(in.Edits, maxID)
	out.Better, out.Withdrawn = fit(in.Better, maxID), fit(in.Withdrawn, maxID)
	out.Asked = atMost(in.Asked, func(c Choice) Choice { return Choice{ID: fit(c.ID, maxShort), Label: fit(c.Label, maxShort)} })
	out.Files = atMost(in.Files, InboundFile.storable)
	if l := in.Location; l != nil && !l.onGround() {
		out.Location, out.Other = nil, "unknown"
	}
	if out.Location != nil {
		l := out.Location.storable()
		out.Location = &l
	}
	return out, true
}

// storable gives a point without an accuracy or a date that cannot be.
func (l Location) storable() Location {
	l.Kind, l.Name = LocationKind(fit(string(l.Kind), maxShort)), fit(l.Name, maxShort)
	if !(l.Accuracy >= 0 && l.Accuracy < 1e7) { // not a number is neither
		l.Accuracy = 0
	}
	if l.At.Before(oldest()) {
		l.At = time.Time{}
	}
	return l
}

func (f InboundFile) storable() InboundFile {
	f.Name, f.Key, f.Size = fit(f.Name, maxShort), fit(f.Key, maxShort), max(f.Size, 0)
	if fit(f.Ref, maxRef) != f.Ref {
		f.Ref, f.Problem = "", FileGone
	}
	return f
}

// atMost gives the first maxParts elements, each made fit.
func atMost[T any](list []T, fit func(T) T) []T {
	var out []T
	for _, v := range list[:min(len(list), maxParts)] {
		out = append(out, fit(v))
	}
	return out
}

// onGround tells whether a point has coordinates that exist; NaN has none.
func (l Location) onGround() bool { return math.Abs(l.Lat) <= 90 && math.Abs(l.Lon) <= 180 }

// fit gives at most limit bytes of s, as valid UTF-8 without NUL.
func fit(s string, limit int) string {
	if len(s) <= limit && utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(utf8.RuneError)), "\x00", "")
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
