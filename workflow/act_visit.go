package workflow

import (
	"cmp"
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// fieldWork is the rule of the acts by which the team makes its visit (tinjau): any of
// its members may do any of them.
func fieldWork() rule {
	return rule{at: working(KindVisit), actor: byPerformer, shared: true, done: (*transition).reported}
}

// reported finds who closed the visit whose report waits for approval.
func (t *transition) reported(r rule) (Mark, bool) {
	if t.c.Stage == StageApprove && t.officerAs(t.step.Role) {
		return *t.c.Visit.Reported, true
	}
	return t.lastRun(r)
}

// StartVisit begins the visit.
type StartVisit struct{}

func (StartVisit) name() string { return "start_visit" }

func (StartVisit) rule() rule { return fieldWork() }

func (StartVisit) apply(t *transition) error {
	if v := t.c.Visit; v != nil {
		return refuseBy(CodeAlreadyDone, v.Started)
	}
	t.visit()
	return nil
}

// visit gives the visit, begun now if it was not: in the field pieces arrive out
// of order.
func (t *transition) visit() *Visit {
	if t.c.Visit == nil {
		t.c.Visit = &Visit{Started: t.mark()}
	}
	return t.c.Visit
}

// Locate records a position that a team member sent, as what it is.
type Locate struct {
	Coordinates Coordinates `json:"place"`
	Kind        PointKind   `json:"kind,omitempty"`
	Accuracy    float64     `json:"accuracy,omitempty"` // see [CheckIn]
	Taken       time.Time   `json:"taken,omitzero"`
	Name        string      `json:"name,omitempty"`
}

func (Locate) name() string { return "locate" }

func (Locate) rule() rule { return fieldWork() }

func (a Locate) apply(t *transition) error {
	if !a.Coordinates.valid() || !(a.Accuracy >= 0) || !a.Kind.known() {
		return Refuse(CodeInvalid, "location")
	}
	v := t.visit()
	v.CheckIns = append(v.CheckIns, CheckIn{
		Coordinates: a.Coordinates, Distance: t.distance(a.Coordinates), Mark: t.mark(),
		Kind: a.Kind, Accuracy: a.Accuracy, Taken: a.Taken.UTC(), Name: a.Name,
	})
	return nil
}

// distance gives the distance of a place from the declared site in whole metres; -1 if
// none is declared.
func (t *transition) distance(p Coordinates) float64 {
	site := t.c.Site(t.def)
	if site == nil {
		return -1
	}
	return math.Round(p.Distance(*site))
}

// MaxCaption is the length of the longest caption of a photo, in [Letters].
const MaxCaption = 200

// Photograph adds pictures; one that is there already is not added again.
type Photograph struct {
	Photos []Photo `json:"photos"`
	// Instead is the id of a message: Photos take the place of those that it brought, which
	// without Photos are taken out. CodeNotFound: there are none.
	Instead string `json:"instead,omitempty"`
}

func (Photograph) name() string { return "photograph" }

func (Photograph) rule() rule { return fieldWork() }

func (a Photograph) apply(t *transition) error {
	if a.Instead != "" {
		return a.replace(t)
	}
	if len(a.Photos) == 0 {
		return Refuse(CodeIncomplete, "photos")
	}
	v := t.visit()
	for _, p := range a.Photos {
		if Letters(p.Caption) > MaxCaption || !utf8.ValidString(p.Caption) {
			return Refuse(CodeInvalid, "caption")
		}
		known := slices.ContainsFunc(v.Photos, func(q Photo) bool { return q.File.SHA256 == p.File.SHA256 })
		if !known {
			p.Mark = t.mark()
			v.Photos = append(v.Photos, p)
		}
	}
	return nil
}

// replace puts the photos in the place of those of an earlier message.
func (a Photograph) replace(t *transition) error {
	of := func(p Photo) bool { return p.File.Message == a.Instead }
	v := t.c.Visit
	if v == nil || !slices.ContainsFunc(v.Photos, of) {
		return Refuse(CodeNotFound, "photos")
	}
	at := slices.IndexFunc(v.Photos, of)
	caption := v.Photos[at].Caption // the sharper copy of a photo comes without it
	v.Photos = slices.DeleteFunc(v.Photos, of)
	for _, p := range slices.Backward(a.Photos) {
		p.Mark, p.Caption = t.mark(), cmp.Or(p.Caption, caption)
		v.Photos = slices.Insert(v.Photos, at, p)
	}
	return nil
}

// Find answers one line of the check table; a later answer replaces it.
type Find struct {
	Item string `json:"item"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

func (Find) name() string { return "find" }

func (Find) rule() rule { return fieldWork() }

func (a Find) apply(t *transition) error {
	rank := func(key string) int {
		return slices.IndexFunc(t.step.Checklist, func(i CheckItem) bool { return i.Key == key })
	}
	if rank(a.Item) < 0 {
		return Refuse(CodeNotFound, a.Item)
	}
	note, err := optional(a.Note, "note")
	if err != nil {
		return err
	}
	v := t.visit()
	f := Finding{Item: a.Item, OK: a.OK, Note: note, Mark: t.mark()}
	i, found := slices.BinarySearchFunc(v.Findings, a.Item, func(f Finding, key string) int { return rank(f.Item) - rank(key) })
	if found {
		v.Findings[i] = f
		return nil
	}
	v.Findings = slices.Insert(v.Findings, i, f)
	return nil
}

// Report closes the visit with its conclusion and makes the berita acara. A missing or
// a far location is recorded and shown, never a block; a missing finding or conclusion
// is one.
type Report struct {
	Conclusion string `json:"conclusion"`
	Statement  string `json:"statement,omitempty"`
}

func (Report) name() string { return "report" }

func (Report) rule() rule { return fieldWork() }

func (a Report) apply(t *transition) error {
	v := t.visit()
	for _, item := range t.step.Checklist {
		if !slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Item == item.Key }) {
			return Refuse(CodeIncomplete, item.Key)
		}
	}
	conclusion, err := optional(a.Conclusion, "conclusion")
	if err != nil {
		return err
	}
	if conclusion == "" {
		return Refuse(CodeIncomplete, "conclusion")
	}
	statement, err := optional(a.Statement, "statement")
	if err != nil {
		return err
	}
	mark := t.mark()
	v.Conclusion, v.Statement = conclusion, statement
	v.Reported, v.Approved, v.Agreed, v.Absent = &mark, []Mark{mark}, nil, nil
	t.c.Stage, t.c.Holder, t.c.Return = StageApprove, nil, nil
	ids := t.visitLetters(LetterDraft)
	for _, id := range ids { // it is part of what is approved
		if err := t.takeNumber(id); err != nil {
			return err
		}
	}
	t.tell(Notice{Person: t.c.Applicant, Key: "told.report", Letters: ids})
	if t.c.teamMissing(t.step) > 0 {
		t.tell(Notice{Role: t.step.Role, Key: "task.approve", Letters: ids})
	}
	t.waitForApplicant()
	return nil
}

func (t *transition) visitLetters(status LetterStatus) []LetterID {
	var ids []LetterID
	for _, kind := range t.step.Letters {
		ids = append(ids, t.make(LetterID(kind), kind, nil, status))
	}
	return ids
}
