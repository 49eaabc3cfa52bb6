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

func TestShortEpisodesAreNotTold(t *testing.T) {
	e := bot.Episodes{Grace: time.Minute}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if e.Begin("net", "", at) || e.Begin("net", "", at.Add(59*time.Second)) {
		t.Error("told before a minute")
	}
	if _, news := e.End("net", at.Add(59*time.Second)); news {
		t.Error("the end is told of what was not")
	}
	if e.Begin("net", "", at.Add(time.Minute)) {
		t.Error("the second one is told for the first one's time")
	}
	if !e.Begin("net", "", at.Add(2*time.Minute)) || e.Begin("net", "", at.Add(3*time.Minute)) {
		t.Error("after a minute it is not told, or twice")
	}
	if lasted, news := e.End("net", at.Add(4*time.Minute)); !news || lasted != 3*time.Minute {
		t.Errorf("the end: %v, %v", lasted, news)
	}
}

// A condition that comes and goes within Calm is one episode, which lasts until the last end.
func TestEpisodesThatComeAndGo(t *testing.T) {
	e := bot.Episodes{Calm: time.Minute}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for n := range 5 {
		now := at.Add(time.Duration(n) * time.Minute)
		if news := e.Begin("disk", "", now); news != (n == 0) {
			t.Errorf("minute %d: news is %v", n, news)
		}
		if _, news := e.End("disk", now.Add(30*time.Second)); news {
			t.Errorf("minute %d: the end is told", n)
		}
	}
	ended := at.Add(4*time.Minute + 30*time.Second)
	if _, news := e.Over("disk", ended.Add(59*time.Second)); news {
		t.Error("the end is told before a minute of calm")
	}
	lasted, news := e.Over("disk", ended.Add(time.Hour))
	if !news || lasted != 4*time.Minute+30*time.Second {
		t.Errorf("%v, %v", lasted, news)
	}
	if _, news := e.Over("disk", ended.Add(2*time.Hour)); news {
		t.Error("told twice")
	}
}
