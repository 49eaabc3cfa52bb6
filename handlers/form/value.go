package form

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
	case workflow.FieldList:
		return readList(text, s.Parts)
	case workflow.FieldReasons:
		return strings.Join(lines(text), "\n"), nil
	case workflow.FieldText, workflow.FieldLong, workflow.FieldChoice, workflow.FieldOfficers:
	}
	switch field.Meaning { //nolint:exhaustive // the others are free text
	case workflow.MeansIDNumber:
		return f.readIdentity(answers, text)
	case workflow.MeansPeriod:
		return parse.Period(text, s.Now)
	}
	return readWords(field, text)
}

// readList reads one item a line. Of lines that came in a message each it is asked whether they
// are one item, unless they are numbered or have a column each.
func readList(text string, parts int) (string, error) {
	items := lines(text)
	list := strings.Join(items, "\n")
	itself := func(item string) bool {
		first, _ := utf8.DecodeRuneInString(item)
		return strings.ContainsRune("0123456789-–•*", first) || strings.Contains(item, "|")
	}
	if parts < 2 || len(items) != parts || !slices.ContainsFunc(items, func(item string) bool { return !itself(item) }) {
		return list, nil
	}
	return "", &parse.DoubtError{Code: doubtList, Meant: []string{strings.Join(items, " "), list}}
}

// readWords takes an answer in words out of the sentence that it stands in, and asks about
// one that cannot be what the field asks for.
func readWords(field workflow.Field, text string) (string, error) {
	st := stated(field, text)
	value := strings.Join(strings.Fields(st.value), " ")
	if field.Type == workflow.FieldLong {
		value = strings.Join(lines(st.value), "\n")
	}
	switch {
	case st.whole != "":
		return "", &parse.DoubtError{Code: doubtStated, Meant: []string{value, strings.Join(strings.Fields(st.whole), " ")}}
	case field.Meaning == workflow.MeansCountry && isHome(value):
		return "", &parse.DoubtError{Code: doubtHome, Meant: []string{"Indonesia"}}
	case !plausible(field, value):
		code := doubtWords
		if isAddress(field) {
			code = doubtAddress
		}
		return "", &parse.DoubtError{Code: code, Meant: []string{value}}
	case field.Meaning == workflow.MeansCountry && !isCountry(value):
		meant := []string{value}
		if _, near := parse.Country(value); near != "" {
			meant = []string{near, value}
		}
		return "", &parse.DoubtError{Code: doubtCountry, Meant: meant}
	}
	return value, nil
}

func isAddress(field workflow.Field) bool {
	return field.Meaning == workflow.MeansAddress || field.Meaning == workflow.MeansSite
}

// plausible tells whether words can be what a field asks for: a name has letters and is no
// address of another kind, an address has a number, a word for a street or several words.
func plausible(field workflow.Field, value string) bool {
	switch {
	case isAddress(field):
		streets := strings.Fields("jl jln jalan gang gg dusun desa kelurahan kampung kp kompleks komplek perumahan perum blok lorong simpang street road avenue lane")
		words := strings.Fields(normalize.Plain(value))
		return letterCount(value) > minLetters && (len(words) > 1 || strings.ContainsAny(value, "0123456789") ||
			slices.ContainsFunc(words, func(w string) bool { return slices.Contains(streets, w) }))
	case field.Type == workflow.FieldLong || mayBeNumber(field):
		return true
	case field.Meaning == workflow.MeansCountry && strings.ContainsAny(value, "0123456789"):
		return false
	}
	return letterCount(value) >= minLetters && !onlyTitle(value) && !strings.ContainsAny(value, "@") && !strings.Contains(value, "://")
}

// onlyTitle tells whether a text is a form of address without a name: "Pak".
func onlyTitle(value string) bool {
	titles := strings.Fields("pak bapak bpk bu ibu mr mrs ms miss sir madam dr dra drs prof ir hj haji rev pdt saudara saudari sdr tuan nyonya ny kak mas mbak bang")
	return !slices.ContainsFunc(strings.Fields(normalize.Plain(value)), func(w string) bool { return !slices.Contains(titles, w) })
}

// mayBeNumber tells whether the answer in words may be a number without letters: the label
// or the example has one.
func mayBeNumber(field workflow.Field) bool {
	asked := field.Label.ID + " " + field.Label.EN + " " + field.Help.ID + " " + field.Default
	return strings.ContainsAny(asked, "0123456789") || slices.ContainsFunc(strings.Fields(normalize.Plain(asked)), func(w string) bool {
		return slices.Contains(strings.Fields("nomor no kode angka number code"), w)
	})
}

// mayAnswer tells whether a text can be what a field asks for: of a country, a name of one.
func mayAnswer(field workflow.Field, text string) bool {
	_, err := readWords(field, text)
	d := &parse.DoubtError{}
	return !errors.As(err, &d) || d.Code != doubtCountry || len(d.Meant) > 1
}

func isCountry(text string) bool { known, _ := parse.Country(text); return known }

// isHome tells whether a country is Indonesia, with words around it that name no other.
func isHome(text string) bool {
	words := slices.DeleteFunc(strings.Fields(normalize.Plain(text)), func(w string) bool {
		return slices.Contains([]string{"negara", "republik", "republic", "of", "dari", "from", "nkri", "ri"}, w)
	})
	return len(words) == 1 && (words[0] == "indonesia" || words[0] == "indonesian")
}

// Doubts that depend on the office, its permit and what is asked for.
const (
	doubtHome    parse.DoubtCode = "home"    // a foreign body of Indonesia
	doubtArea    parse.DoubtCode = "area"    // a point outside the office's area
	doubtStated  parse.DoubtCode = "stated"  // words around an answer that may belong to it
	doubtCountry parse.DoubtCode = "country" // no known country
	doubtWords   parse.DoubtCode = "words"   // a name without letters
	doubtList    parse.DoubtCode = "list"    // one item in several messages, or several
	doubtAddress parse.DoubtCode = "address" // an address without street or number
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
	args := []any{"label", field.Label.In(s.Lang()), "n", s.Parts}
	if n := len(d.Meant); n > 0 {
		said := d.Meant[0]
		if d.Code == doubtCountry {
			said = d.Meant[n-1] // behind the country that it is nearest to
		}
		args = append(args, "value", wording.Shown(s, field, said))
	}
	for _, value := range d.Meant {
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
	if in.Choice != "" || phrases.Of(in.Text) != phrases.Yes || s.State.Menu == nil {
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
