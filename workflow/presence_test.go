package workflow_test

import (
	"encoding/json"
	"testing"
	"time"

	"izinbot/workflow"
)

func TestPointsThatProvePresence(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		point workflow.CheckIn
		want  workflow.Weakness
	}{
		"sent":             {workflow.CheckIn{}, workflow.Proves},
		"sharp":            {workflow.CheckIn{Accuracy: 12}, workflow.Proves},
		"live":             {workflow.CheckIn{Kind: workflow.PointLive, Accuracy: 200}, workflow.Proves},
		"of a mast":        {workflow.CheckIn{Kind: workflow.PointLive, Accuracy: 1500}, workflow.TooVague},
		"forwarded":        {workflow.CheckIn{Kind: workflow.PointForwarded}, workflow.NotOwn},
		"forwarded, sharp": {workflow.CheckIn{Kind: workflow.PointForwarded, Accuracy: 1}, workflow.NotOwn},
		"venue":            {workflow.CheckIn{Kind: workflow.PointVenue}, workflow.PickedByName},
		"old":              {workflow.CheckIn{Kind: workflow.PointOld}, workflow.TooOld},
	} {
		if got := tt.point.Weakness(); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if (workflow.Visit{CheckIns: []workflow.CheckIn{{Kind: workflow.PointVenue}}}).Present() {
		t.Error("a venue proves presence")
	}
}

// What earlier versions stored told no kind: it stays what it was.
func TestOldPointsReadOn(t *testing.T) {
	t.Parallel()
	var l workflow.CheckIn
	old := `{"lat":2.74,"lon":98.32,"distance":120,"by":{"name":"Contoh"},"at":"2026-11-26T02:41:00Z"}`
	if err := json.Unmarshal([]byte(old), &l); err != nil {
		t.Fatal(err)
	}
	if l.Weakness() != workflow.Proves || !l.When().Equal(time.Date(2026, 11, 26, 2, 41, 0, 0, time.UTC)) {
		t.Errorf("it is %+v", l)
	}
	if again, err := json.Marshal(l); err != nil || len(again) == 0 || string(again[:len(`{"lat":2.74,"lon":98.32,"distance":120`)]) != old[:len(`{"lat":2.74,"lon":98.32,"distance":120`)] {
		t.Errorf("it is stored as %s, %v", again, err)
	}
}

func TestPhotosThatDoNotFitTheVisit(t *testing.T) {
	t.Parallel()
	wib := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, workflow.WIB())
	}
	site := &workflow.Coordinates{Lat: 2.74, Lon: 98.32}
	v := workflow.Visit{
		Started:  workflow.Mark{At: wib(26, 9, 40)},
		CheckIns: []workflow.CheckIn{{Coordinates: workflow.Coordinates{Lat: 2.75, Lon: 98.32}}, {Kind: workflow.PointForwarded, Coordinates: workflow.Coordinates{Lat: 3.59, Lon: 98.67}}},
	}
	sent := workflow.Mark{At: wib(26, 10, 0)}
	for name, tt := range map[string]struct {
		photo workflow.Photo
		site  *workflow.Coordinates
		time  bool
		place bool
	}{
		"nothing recorded":          {workflow.Photo{Mark: sent}, site, false, false},
		"taken at the visit":        {workflow.Photo{Mark: sent, Taken: wib(26, 9, 50)}, site, false, false},
		"taken before the dialogue": {workflow.Photo{Mark: sent, Taken: wib(26, 6, 30)}, site, false, false},
		"taken at night":            {workflow.Photo{Mark: sent, Taken: wib(26, 3, 0)}, site, true, false},
		"taken the day before":      {workflow.Photo{Mark: sent, Taken: wib(25, 10, 0)}, site, true, false},
		"taken after it was sent":   {workflow.Photo{Mark: sent, Taken: wib(26, 11, 0)}, site, true, false},
		"on the second day":         {workflow.Photo{Mark: workflow.Mark{At: wib(27, 9, 0)}, Taken: wib(27, 8, 0)}, site, false, false},
		"near the team":             {workflow.Photo{Mark: sent, Coordinates: &workflow.Coordinates{Lat: 2.755, Lon: 98.32}}, nil, false, false},
		"near the site":             {workflow.Photo{Mark: sent, Coordinates: &workflow.Coordinates{Lat: 2.735, Lon: 98.32}}, site, false, false},
		"far from both":             {workflow.Photo{Mark: sent, Coordinates: &workflow.Coordinates{Lat: 2.70, Lon: 98.32}}, site, false, true},
		"near a forwarded point":    {workflow.Photo{Mark: sent, Coordinates: &workflow.Coordinates{Lat: 3.59, Lon: 98.67}}, nil, false, true},
	} {
		tt.photo.File.SHA256 = name
		got := v.Doubts(tt.photo, tt.site)
		if got.Time != tt.time || got.Distance > 0 != tt.place || got.Any() != (tt.time || tt.place) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if d := (workflow.Visit{}).Doubts(workflow.Photo{Coordinates: site}, nil); d.Any() {
		t.Errorf("a photo that nothing can be compared with: %+v", d)
	}
}

func TestPointsThatAreRefused(t *testing.T) {
	w := start(t, lks()).to(granting(), 7)
	here := workflow.Coordinates{Lat: 2.74, Lon: 98.32}
	w.refused(workflow.CodeInvalid, team(1), workflow.Locate{Coordinates: here, Accuracy: -1})
	w.refused(workflow.CodeInvalid, team(1), workflow.Locate{Coordinates: here, Kind: "guessed"})
	w.do(team(1), workflow.Locate{Coordinates: here, Kind: workflow.PointForwarded, Accuracy: 12, Name: "Panti Contoh"})
	if l := w.c.Visit.CheckIns[0]; l.Kind != workflow.PointForwarded || l.Accuracy != 12 || l.Name != "Panti Contoh" {
		t.Errorf("it is %+v", l)
	}
}
