package visit

import (
	"slices"
	"strings"

	"izinbot/bot"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
)

// maxPlaceName is the longest name of a place that is kept, in characters.
const maxPlaceName = 80

// locate gives the act that records a point as what it is. A point without a time of its own
// was taken when its message was sent, however late that was handled.
func locate(s *session.Session, at bot.Location) workflow.Locate {
	act := workflow.Locate{
		Coordinates: workflow.Coordinates{Lat: at.Lat, Lon: at.Lon}, Accuracy: at.Accuracy,
		Name: texts.Cut(normalize.Line(at.Name), maxPlaceName), Taken: at.At,
	}
	if act.Taken.IsZero() {
		act.Taken = s.In.At
	}
	switch at.Kind {
	case bot.LocationForwarded:
		act.Kind = workflow.PointForwarded
	case bot.LocationVenue:
		act.Kind = workflow.PointVenue
	case bot.LocationLive:
		act.Kind = workflow.PointLive
	case bot.LocationSent:
	}
	own := act.Kind == workflow.PointSent || act.Kind == workflow.PointLive
	if own && s.In.At.Sub(act.Taken) > workflow.FreshPoint {
		act.Kind = workflow.PointOld
	}
	return act
}

// sayLocated tells what was recorded. present tells whether some point proves that the team
// is there.
func sayLocated(s *session.Session, l workflow.CheckIn, present bool) {
	accuracy := ""
	if l.Accuracy > 0 {
		accuracy = wording.Metres(l.Accuracy)
	}
	at := calendar.Time(l.When())
	distance := s.Text("visit.distance_unknown")
	if l.Distance >= 0 {
		distance = s.Text("visit.distance", "distance", wording.Metres(l.Distance))
	}
	weak := l.Weakness()
	if weak == workflow.Proves {
		s.Say("visit.located", "at", at, "distance", distance, "accuracy", accuracy)
		return
	}
	told := s.Text("visit.weak_"+string(weak), "at", calendar.ShortDateTime(l.When(), s.Lang()), "accuracy", accuracy, "name", l.Name)
	s.Say("visit.located_weak", "what", told, "distance", distance)
	if !present {
		s.Say("visit.prove")
	}
}

// sayDoubts names the photos just sent of which the camera's time or place does not fit.
func sayDoubts(s *session.Session, def *workflow.SOP, c workflow.Case, fresh []workflow.Photo) {
	var lines []string
	for i, p := range c.Visit.Photos {
		if !slices.ContainsFunc(fresh, func(f workflow.Photo) bool { return f.File.SHA256 == p.File.SHA256 }) {
			continue
		}
		d := c.Visit.Doubts(p, c.Site(def))
		if d.Time {
			lines = append(lines, s.Text("visit.doubt_time", "n", i+1, "at", calendar.ShortDateTime(p.Taken, s.Lang())))
		}
		if d.Distance > 0 {
			lines = append(lines, s.Text("visit.doubt_place", "n", i+1, "distance", wording.Metres(d.Distance)))
		}
	}
	if len(lines) > 0 {
		s.SayText(strings.Join(lines, "\n") + "\n" + s.Text("visit.doubt_marked"))
	}
}

// doubtful counts the photos of which something does not fit.
func doubtful(def *workflow.SOP, c workflow.Case, photos []workflow.Photo) (n int) {
	for _, p := range photos {
		if c.Visit.Doubts(p, c.Site(def)).Any() {
			n++
		}
	}
	return n
}
