package public

import (
	"context"
	"fmt"
	"time"

	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
)

// Pages words what anybody may see without saying who he is: the pages that the
// codes on letters lead to. It shows no name, no document and no other data of a
// person.
type Pages struct {
	Store interface {
		// Case: CodeNotFound.
		Case(ctx context.Context, id workflow.CaseID) (workflow.Case, error)
	}
	Library *casework.Library
	Texts   *texts.Catalogue
	Now     func() time.Time
	Office  string // its full name
	// Certified says that signatures on letters are certified ones.
	Certified bool
}

// Sheet is a public page in words. What is empty is not shown.
type Sheet struct {
	Found   bool   // false: there is no such thing, or nobody may know of it
	Lang    string // of the words, see [workflow.Lang]
	Other   string // name of the other language
	Office  string
	Title   string
	About   string // what the page is about: a permit, a letter
	Mark    string // how it stands, in a few words
	Tone    string // of the mark: "good", "wait" or "bad"
	Warning string // what must not be overlooked
	Step    string // present step
	Done    int    // steps that are done
	Ahead   int    // steps that are expected to follow, the present one included
	Dots    string // the two numbers in words
	Facts   [][2]string
	Notes   []string
	Search  struct{ Label, Button, Sample string } // to ask for another number
	// Compare lets a person compare his file with the one that was issued.
	Compare struct {
		SHA256                                                         string // hex; empty: not offered
		Title, How, Choose, Busy, Same, Different, Unable, ByHand, Sum string
	}
}

// The tones of a mark.
const (
	ToneGood = "good"
	ToneWait = "wait"
	ToneBad  = "bad"
)

// leaf is a public page while it is worded.
type leaf struct {
	Pages
	lang workflow.Lang
	now  time.Time
	Sheet
}

func (p Pages) leaf(lang workflow.Lang) *leaf {
	if lang != workflow.English {
		lang = workflow.Indonesian
	}
	l := &leaf{Pages: p, lang: lang, now: p.Now()}
	l.Sheet = Sheet{Lang: string(lang), Other: l.text("page.other"), Office: p.Office}
	return l
}

func (l *leaf) text(key string, args ...any) string { return l.Texts.Say(l.lang, key, args...) }

func (l *leaf) fact(label, value string) {
	if value != "" {
		l.Facts = append(l.Facts, [2]string{label, value})
	}
}

func (l *leaf) note(text string) { l.Notes = append(l.Notes, text) }

func (l *leaf) mark(tone, text string) { l.Tone, l.Mark = tone, text }

// roleName gives a role's name in the procedure of a case.
func (l *leaf) roleName(def *workflow.SOP, role workflow.Role) string {
	rd, _ := def.RoleDef(role)
	return rd.Name.In(l.lang)
}

// find loads the case with a number as somebody may have typed it; ok is false if
// there is none, or if it cannot be a number at all.
func (p Pages) find(ctx context.Context, typed string) (def *workflow.SOP, c workflow.Case, ok bool, err error) {
	id, err := workflow.ParseCaseID(typed)
	if err != nil {
		return nil, c, false, nil //nolint:nilerr // a mistyped number is not found, like any other
	}
	c, err = p.Store.Case(ctx, id)
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		return nil, c, false, nil
	}
	if err != nil {
		return nil, c, false, fmt.Errorf("load case: %w", err)
	}
	def, err = p.Library.Get(ctx, c.SOP)
	if err != nil {
		return nil, c, false, fmt.Errorf("load sop of case: %w", err)
	}
	return def, c, true, nil
}

// nothing is the page for all that is not there, or not for everybody to know.
// It is the same whatever was asked for, so that nothing can be told from it.
func (l *leaf) nothing() Sheet {
	l.Title = l.text("page.nothing.title")
	l.note(l.text("page.nothing.check"))
	l.search()
	return l.Sheet
}

// ask is the page for somebody who has named no number yet: the office's address as
// people type it leads there.
func (l *leaf) ask() Sheet {
	l.Found, l.Title = true, l.text("page.status.title")
	l.search()
	return l.Sheet
}

// search offers to look for a number.
func (l *leaf) search() {
	l.note(l.text("page.nothing.early"))
	l.Search.Label, l.Search.Button = l.text("page.nothing.number"), l.text("page.nothing.look")
	l.Search.Sample = string(workflow.MakeCaseID(l.Library.Current().Code, l.now.In(workflow.WIB()).Year(), 42))
}
