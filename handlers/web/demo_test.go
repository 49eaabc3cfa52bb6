package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/handlers/web"
)

type state struct {
	Cursor int64                  `json:"cursor"`
	Phones []simulator.PhoneState `json:"phones"`
	Clock  struct {
		Work  string `json:"work"`
		Codes map[string]struct {
			Value  string `json:"value"`
			LeftMS int    `json:"leftMs"`
		} `json:"codes"`
	} `json:"clock"`
}

func TestWhatIsSaidArrives(t *testing.T) {
	d := newDesk(t)
	must(t, d.net.Send(t.Context(), "d1", "sim:budi", bot.Message{Choices: []bot.Choice{{ID: "ya", Label: "Ya"}}}))
	of := decode[state](t, d.get(t, "/sim/state")).Phones[0].Messages[0].N

	d.post(t, "/sim/phones/budi/messages", `{"text":"halo"}`).want(t, http.StatusOK, `"n":`)
	if in := d.inbox.Last(t); in.Text != "halo" || in.Chat != "sim:budi" {
		t.Errorf("arrived: %+v", in)
	}
	d.post(t, "/sim/phones/budi/messages", `{"choice":"ya","of":1}`).want(t, http.StatusOK)
	if in := d.inbox.Last(t); in.Choice != "ya" {
		t.Errorf("arrived: %+v", in)
	}
	d.post(t, "/sim/phones/budi/messages", `{"location":{"lat":2.7,"lon":98.3}}`).want(t, http.StatusOK)
	if in := d.inbox.Last(t); in.Location == nil || in.Location.Lat != 2.7 {
		t.Errorf("arrived: %+v", in)
	}
	d.post(t, "/sim/phones/budi/messages", `{"samples":[0]}`).want(t, http.StatusOK)
	if in := d.inbox.Last(t); len(in.Files) != 1 || in.Files[0].Name != "a.pdf" {
		t.Errorf("arrived: %+v", in)
	}
	d.post(t, "/sim/phones/budi/read", `{"upTo":1000}`).want(t, http.StatusNoContent)
	s := decode[state](t, d.get(t, "/sim/state"))
	if p := s.Phones[0]; p.Unread != 0 || len(p.Messages) != 5 || p.Messages[2].Text != "Ya" || p.Messages[2].Of != of {
		t.Errorf("state: %+v", p)
	}
}

func TestBadRequestsAreRefusedAndSendNothing(t *testing.T) {
	d := newDesk(t)
	const say = "/sim/phones/budi/messages"
	for _, c := range []struct {
		path, body string
		status     int
		code       string
	}{
		{say, `{}`, 400, "nothing"},
		{say, `{"text":"  "}`, 400, "nothing"},
		{say, `{"text":`, 400, "bad_json"},
		{say, `{"samples":[7]}`, 400, "no_sample"},
		{say, `{"samples":[-1]}`, 400, "no_sample"},
		{say, `{"location":{"lat":91,"lon":0}}`, 400, "location"},
		{say, `{"text":"` + strings.Repeat("a", 70_000) + `"}`, 413, "too_long"},
		{"/sim/phones/siapa/messages", `{"text":"a"}`, 404, "no_phone"},
		{"/sim/phones/siapa/read", `{"upTo":1}`, 404, "no_phone"},
		{"/sim/clock", `{"step":"9y"}`, 400, "bad_step"},
		{"/sim/none", `{}`, 404, "http"},
	} {
		d.post(t, c.path, c.body).want(t, c.status, `"code":"`+c.code+`"`, `"text":"`)
	}
	d.do(t, http.MethodPost, say, strings.NewReader(`{"text":"a"}`), "Content-Type", "text/plain").
		want(t, http.StatusUnsupportedMediaType, "not_json")
	if len(d.inbox.All()) != 0 {
		t.Errorf("arrived: %+v", d.inbox.All())
	}
	long := strings.Repeat("é", 5000)
	d.post(t, say, `{"text":"`+long+`"}`).want(t, http.StatusOK)
	if d.inbox.Last(t).Text != long {
		t.Error("a long text was changed")
	}
}

func TestInternalCausesAreNotShown(t *testing.T) {
	d := newDesk(t)
	d.inbox.Refuse(errors.New("disk sda1 is full"))
	a := d.post(t, "/sim/phones/budi/messages", `{"text":"halo"}`)
	a.want(t, http.StatusServiceUnavailable, `"code":"unsent"`)
	if strings.Contains(a.body, "sda1") {
		t.Errorf("shown: %s", a.body)
	}
	d.inbox.Refuse(nil)
	d.post(t, "/sim/resend", `{}`).want(t, http.StatusNoContent)
	if d.inbox.Last(t).Text != "halo" {
		t.Error("the unsent message did not go out")
	}
}

func TestEvents(t *testing.T) {
	d := newDesk(t)
	d.get(t, "/sim/events?after=999").want(t, http.StatusGone, `"code":"gap"`)
	waited := make(chan answer, 1)
	go func() { waited <- d.get(t, "/sim/events?after=0") }()
	must(t, d.net.Send(t.Context(), "d1", "sim:kadis", bot.Message{Text: "Tugas baru"}))
	(<-waited).want(t, http.StatusOK, `"kind":"message"`, "Tugas baru", `"phone":"kadis"`)
}

func TestClockAndCodes(t *testing.T) {
	d := newDesk(t)
	s := decode[state](t, d.get(t, "/sim/state"))
	if c := s.Clock.Codes["kadis"]; s.Clock.Work != "buka" || c.Value != "123456" || c.LeftMS != 18_000 || len(s.Clock.Codes) != 1 {
		t.Errorf("clock: %+v", s.Clock)
	}
	d.post(t, "/sim/clock", `{"step":"1h"}`).want(t, http.StatusOK, "2026-11-23T09:45:12Z")
	d.get(t, "/sim/clock").want(t, http.StatusOK, "2026-11-23T09:45:12Z", `"canMove":true`)
}

// TestSamplePhotosAreTakenWhenTheyAreSent: else each of them would not fit the visit.
func TestSamplePhotosAreTakenWhenTheyAreSent(t *testing.T) {
	photo := web.Sample{Data: []byte("a2026:01:01 09:00:00b"), Taken: "2026:01:01 09:00:00"}
	if got := string(photo.At(time.Date(2026, 11, 23, 8, 45, 12, 0, time.UTC))); got != "a2026:11:23 15:00:00b" {
		t.Errorf("sent as %q", got)
	}
	if got := string(web.Sample{Data: []byte("a.pdf")}.At(time.Time{})); got != "a.pdf" {
		t.Errorf("without a camera sent as %q", got)
	}
}

func TestSamplesList(t *testing.T) {
	newDesk(t).get(t, "/sim/samples").want(t, http.StatusOK, `{"name":"a.pdf","group":"g","note":"n","photo":false,"size":6}`)
}
