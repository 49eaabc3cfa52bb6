package form

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/handlers/phrases"
	"izinbot/handlers/session"
	"izinbot/handlers/wording"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/normalize"
	"izinbot/workflow/parse"
)

// choiceMeant are the choices that offer what an unclear answer may have meant: the key is
// the stored form of the value.
const choiceMeant session.Keyed[string] = "v"

// readValue gives the stored form of a typed answer, or fails with a [*parse.DoubtError]. What
// depends on other answers (the kind of identity document) is looked up in them.
func (f Form) readValue(s *session.Session, answers workflow.Answers, field workflow.Field, text string) (string, error) {
	switch field.Type {
	case workflow.FieldEmail:
		return parse.Email(text)
	case workflow.FieldPhone:
		return parse.Phone(text)
	case workflow.FieldDate:
		return readDay(text, s.Now)
	case workflow.FieldCoordinates:
		lat, lon, err := s.Env.Points.Read(text)
		if err != nil {
			return "", err
		}
		return inArea(s, workflow.Coordinates{Lat: lat, Lon: lon})
	case workflow.FieldNumber:
		n, err := strconv.Atoi(normalize.Plain(text))
		if err != nil {
			return "", nil //nolint:nilerr // the caller words what has no form
		}
		return strconv.Itoa(n), nil
	case workflow.FieldList, workflow.FieldReasons, workflow.FieldLong:
		return strings.Join(lines(text), "\n"), nil
	case workflow.FieldText, workflow.FieldChoice, workflow.FieldOfficers:
	}
	switch field.Meaning { //nolint:exhaustive // the others are free text
	case workflow.MeansIDNumber:
		return f.readIdentity(answers, text)
	case workflow.MeansPeriod:
		return parse.Period(text, s.Now)
	case workflow.MeansCountry:
		if isHome(text) {
			return "", &parse.DoubtError{Code: doubtHome, Meant: []string{"Indonesia"}}
		}
	}
	return strings.Join(strings.Fields(text), " "), nil
}

// isHome tells whether a country is Indonesia, with words around it that name no other.
func isHome(text string) bool {
	words := slices.DeleteFunc(strings.Fields(normalize.Plain(text)), func(w string) bool {
		return slices.Contains([]string{"negara", "republik", "republic", "of", "dari", "from", "nkri", "ri"}, w)
	})
	return len(words) == 1 && (words[0] == "indonesia" || words[0] == "indonesian")
}

// Doubts that depend on the office and its permit.
const (
	doubtHome parse.DoubtCode = "home" // a foreign body of Indonesia
	doubtArea parse.DoubtCode = "area" // a point outside the office's area
)

// readDay reads a date; one that may be another is a doubt.
func readDay(text string, now time.Time) (string, error) {
	day, sure, err := calendar.ReadDate(text, now)
	switch {
	case err != nil:
		return "", nil //nolint:nilerr // the caller words what has no form
	case !sure:
		return "", &parse.DoubtError{Code: parse.DoubtDate, Meant: []string{day.Format(time.DateOnly)}}
	}
	return day.Format(time.DateOnly), nil
}

// readIdentity reads the number of the kind of document that was chosen, or either.
func (f Form) readIdentity(answers workflow.Answers, text string) (string, error) {
	for _, field := range f.Fields {
		switch {
		case field.Type != workflow.FieldChoice:
		case answers[field.Key] == "ktp":
			return parse.NIK(text)
		case answers[field.Key] == "paspor":
			return parse.Passport(text)
		}
	}
	number, err := parse.Passport(text)
	if d := (&parse.DoubtError{}); errors.As(err, &d) && d.Code == parse.DoubtOtherID {
		return parse.NIK(text)
	}
	return number, err
}

// inArea asks about a point outside the office's area.
func inArea(s *session.Session, p workflow.Coordinates) (string, error) {
	if area := s.Env.Desk.Office.Area; area.Distance(p) > area.Radius {
		return "", &parse.DoubtError{Code: doubtArea, Meant: []string{p.String()}}
	}
	return p.String(), nil
}

// sayDoubt words why an answer is not taken, and offers what it may have meant.
func sayDoubt(s *session.Session, field workflow.Field, d *parse.DoubtError) string {
	args := []any{"label", field.Label.In(s.Lang())}
	for i, value := range d.Meant {
		shown := wording.Shown(s, field, value)
		if i == 0 {
			args = append(args, "value", shown)
		}
		s.Meant = append(s.Meant, s.Choice(choiceMeant.ID(value), "form.meant", "value", wording.ShownShort(s, field, value)))
	}
	if d.Code == doubtArea {
		if p, err := workflow.ParseCoordinates(d.Meant[0]); err == nil {
			area := s.Env.Desk.Office.Area
			args = append(args, "km", fmt.Sprintf("%.0f", area.Distance(p)), "place", area.Seat)
		}
	}
	return s.Text("form.ask."+string(d.Code), args...)
}

// meantValue gives the value of a choice that was offered for an unclear answer: pressed,
// or agreed to where it was the only one.
func meantValue(s *session.Session, in session.Input) (string, bool) {
	if value, ok := choiceMeant.Parse(in.Choice); ok {
		return value, true
	}
	if in.Choice != "" || !phrases.Agrees(in.Text) || s.State.Menu == nil {
		return "", false
	}
	offered := ""
	for _, item := range s.State.Menu.Items {
		if value, ok := choiceMeant.Parse(item.ID); ok && offered == "" {
			offered = value
		} else if ok {
			return "", false // which of them?
		}
	}
	return offered, offered != ""
}
