package public

import (
	"context"
	"slices"
	"strings"
	"time"

	"izinbot/handlers/mycases"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// Letter words whether a letter of a case exists and is in force.
func (p Pages) Letter(ctx context.Context, typed, letter string, lang workflow.Lang) (Sheet, error) {
	l := p.leaf(lang)
	def, c, _, err := p.find(ctx, typed)
	if err != nil {
		return Sheet{}, err
	}
	found, ok := c.Letter(workflow.LetterID(strings.ToLower(letter)))
	if !ok || !mycases.Registered(c) || !Issued(found) {
		return l.nothing(), nil
	}
	return l.letter(def, c.ID, found), nil
}

// Issued tells whether a letter has left the office. The addresses of letters can be
// guessed, so of any other one nobody may learn that it exists: a draft, or a refusal
// that is signed and not sent, tells how a case will end.
func Issued(of workflow.Letter) bool {
	switch of.Status {
	case workflow.LetterReleased:
		return true
	case workflow.LetterFinal:
		return of.Number == nil
	case workflow.LetterVoid:
		return of.Recorded != nil
	case workflow.LetterDraft:
	}
	return false
}

func (l *leaf) letter(def *workflow.SOP, id workflow.CaseID, of workflow.Letter) Sheet {
	l.Found, l.Title, l.About = true, l.text("page.letter.title"), letterTitle(def, of.Kind)
	if of.Number != nil {
		l.fact(l.text("page.letter.number"), of.Number.Text)
	}
	l.fact(l.text("page.letter.date"), calendar.Date(letterDate(of), l.lang))
	l.fact(l.text("page.letter.case"), string(id))
	if !shownToAll(of.Kind) {
		l.mark(ToneGood, l.text("page.letter.exists"))
		l.note(l.text("page.letter.internal"))
		return l.Sheet
	}
	l.markLetter(def, of)
	l.notes(of)
	l.compare(of)
	return l.Sheet
}

// shownToAll tells whether a letter goes to somebody who shows it to others. Of all
// other kinds a stranger learns only that the letter exists.
func shownToAll(kind workflow.LetterKind) bool {
	return slices.Contains([]workflow.LetterKind{
		"resi", "berita_acara", "rekomendasi", "surat_penolakan", "surat_izin", "skrd",
	}, kind)
}

// letterTitle is the procedure's own heading, or one made of the kind's name.
func letterTitle(def *workflow.SOP, kind workflow.LetterKind) string {
	if found, ok := def.Letter(kind); ok && found.Title != "" {
		return found.Title
	}
	return strings.ToUpper(strings.ReplaceAll(string(kind), "_", " "))
}

// letterDate is the day that a letter bears.
func letterDate(of workflow.Letter) time.Time {
	if of.Signed != nil {
		return of.Signed.At
	}
	return of.Made.At
}

// markLetter words whether a letter is in force, by whom and until when.
func (l *leaf) markLetter(def *workflow.SOP, of workflow.Letter) {
	until, lapsed := validUntil(def, of), false
	if !until.IsZero() {
		l.fact(l.text("page.letter.until"), calendar.Date(until, l.lang))
		lapsed = !l.now.Before(until.AddDate(0, 0, 1))
	}
	switch {
	case of.Status == workflow.LetterVoid:
		l.mark(ToneBad, l.text("page.letter.void"))
	case lapsed:
		l.mark(ToneBad, l.text("page.letter.lapsed"))
	case of.Number != nil:
		l.mark(ToneGood, l.text("page.letter.released"))
	default:
		l.mark(ToneGood, l.text("page.letter.final"))
	}
	switch {
	case of.Signed != nil:
		l.fact(l.text("page.letter.signer"), officeTitle(def, of.Signed.By))
	case of.Status != workflow.LetterVoid:
		l.fact(l.text("page.letter.maker"), officeTitle(def, of.Made.By))
	}
}

// validUntil is the last day of a permit, from its start, or zero.
func validUntil(def *workflow.SOP, of workflow.Letter) time.Time {
	step, _ := def.Step(of.Step)
	day, err := time.ParseInLocation(time.DateOnly, of.Fields.Of(step.Fields, workflow.MeansValidUntil), workflow.WIB())
	if err != nil {
		return time.Time{}
	}
	return day
}

// officeTitle gives an officer's title without his name, with "Plh." or "Plt." for a stand-in.
func officeTitle(def *workflow.SOP, by workflow.Actor) string {
	title := by.Title
	if title == "" {
		rd, _ := def.RoleDef(by.Role)
		title = rd.Title
	}
	return strings.TrimSpace(by.Acting + " " + title)
}

// notes say what the page does not vouch for.
func (l *leaf) notes(of workflow.Letter) {
	switch {
	case of.Status == workflow.LetterVoid:
		return
	case of.Signed == nil:
		l.note(l.text("page.letter.unsigned"))
	case l.Certified:
		l.note(l.text("page.letter.certified"))
	default:
		l.Warning = l.text("page.letter.sample")
	}
	l.note(l.text("page.letter.paper"))
}

// compare offers to compare a file. A void letter has no copy that anybody could
// rightly hold.
func (l *leaf) compare(of workflow.Letter) {
	if of.Status == workflow.LetterVoid {
		return
	}
	l.Compare.SHA256 = of.File.SHA256
	l.Compare.Title = l.text("page.compare.title")
	l.Compare.How = l.text("page.compare.how")
	l.Compare.Choose = l.text("page.compare.choose")
	l.Compare.Busy = l.text("page.compare.busy")
	l.Compare.Same = l.text("page.compare.same")
	l.Compare.Different = l.text("page.compare.different")
	l.Compare.Unable = l.text("page.compare.unable")
	l.Compare.ByHand = l.text("page.compare.by_hand")
	l.Compare.Sum = l.text("page.compare.sum")
}
