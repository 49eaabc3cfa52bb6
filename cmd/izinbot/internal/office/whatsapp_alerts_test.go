package office

import (
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/notifications/texts"
)

// TestConditions: each side is spoken of only where something certain is known.
func TestConditions(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := newWhatsAppAlerts()
	h.texts = words
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	at := func(code whatsapp.StateCode, ago time.Duration) whatsapp.State {
		return whatsapp.State{Code: code, Since: now.Add(-ago)}
	}
	locked := whatsapp.State{Code: whatsapp.StateTimelock, Since: now, Until: now.Add(time.Hour)}
	unseen := whatsapp.State{Code: whatsapp.StatePhoneUnseen, Since: now, Detail: "10"}
	connected := at(whatsapp.StateConnected, time.Hour)
	tests := map[string]struct {
		states []whatsapp.State
		want   []string // side and trouble, "-" for none
	}{
		"at a start":          {[]whatsapp.State{at(whatsapp.StateStopped, 0)}, nil},
		"connecting":          {[]whatsapp.State{at(whatsapp.StateConnecting, time.Minute)}, nil},
		"all is well":         {[]whatsapp.State{connected}, []string{"link -", "lock -", "phone -"}},
		"locked":              {[]whatsapp.State{connected, locked}, []string{"link -", "phone -", "lock timelock"}},
		"locked and unseen":   {[]whatsapp.State{connected, locked, unseen}, []string{"link -", "lock timelock", "phone phone_unseen"}},
		"silent for a moment": {[]whatsapp.State{at(whatsapp.StateSilent, time.Second)}, nil},
		"silent":              {[]whatsapp.State{at(whatsapp.StateSilent, time.Minute)}, []string{"link silent"}},
		"unreachable":         {[]whatsapp.State{at(whatsapp.StateUnreachable, 0)}, []string{"link unreachable"}},
		"gone and locked":     {[]whatsapp.State{at(whatsapp.StateBanned, 0), locked}, []string{"link banned", "lock timelock"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range h.conditions(tt.states, now) {
				trouble, _, _ := strings.Cut(c.Trouble, "@")
				if trouble == "" {
					trouble = "-"
				}
				got = append(got, c.Side+" "+trouble)
				if c.Text == "" || strings.Contains(c.Text, "%!") {
					t.Errorf("%s is worded %q", c.Side, c.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("told %q, want %q", got, tt.want)
			}
		})
	}
}

// TestTroubleKeepsItsName: after a restart the same trouble must not be news. What
// has an end is known by it; what was read from the session file has lost what is
// finer than a millisecond.
func TestTroubleKeepsItsName(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := newWhatsAppAlerts()
	h.texts = words
	since := time.Date(2026, 11, 23, 10, 0, 0, 123456789, time.UTC)
	for _, s := range []whatsapp.State{
		{Code: whatsapp.StateLoggedOut, Since: since},
		{Code: whatsapp.StateTempBanned, Since: since, Until: since.Add(time.Hour)},
		{Code: whatsapp.StateTimelock, Since: since, Until: since.Add(time.Hour)},
	} {
		again := s
		again.Since = s.Since.Truncate(time.Millisecond)
		if !s.Until.IsZero() {
			again.Since, again.Until = since.Add(5*time.Minute), s.Until.Truncate(time.Millisecond)
		}
		if a, b := h.trouble(s).Trouble, h.trouble(again).Trouble; a != b {
			t.Errorf("%s is named %q, then %q", s.Code, a, b)
		}
		later := s
		later.Since, later.Until = s.Since.Add(time.Hour), s.Until.Add(time.Hour)
		if a, b := h.trouble(s).Trouble, h.trouble(later).Trouble; a == b {
			t.Errorf("%s an hour later is the same trouble, %q", s.Code, b)
		}
	}
}
