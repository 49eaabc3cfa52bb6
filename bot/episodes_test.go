package bot_test

import (
	"testing"
	"time"

	"izinbot/bot"
)

func TestEpisodes(t *testing.T) {
	var e bot.Episodes
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if _, ended := e.End("disk", at); ended {
		t.Error("what never began has ended")
	}
	for n, step := range []struct {
		kind string
		news bool
	}{{"low", true}, {"low", false}, {"full", true}, {"full", false}, {"low", true}} {
		if e.Begin("disk", step.kind, at.Add(time.Duration(n)*time.Minute)) != step.news {
			t.Errorf("step %d, %s: news is %v", n, step.kind, !step.news)
		}
	}
	if !e.Begin("net", "", at) {
		t.Error("another one is no news")
	}
	if lasted, ended := e.End("disk", at.Add(time.Hour)); !ended || lasted != time.Hour {
		t.Errorf("%v, %v", lasted, ended)
	}
	if _, ended := e.End("disk", at.Add(time.Hour)); ended {
		t.Error("it has ended twice")
	}
}
