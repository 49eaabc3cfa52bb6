package workflow

import (
	"fmt"
	"time"
)

// Case is one application on its way through a procedure. It is a value: Decide
// returns a new one and leaves the old untouched. It is stored as one document
// without its history, whose length and last hash it carries.
type Case struct {
	ID        CaseID    `json:"id"`
	SOP       SOPRef    `json:"sop"`
	Version   int       `json:"version"` // number of history entries; guards every save
	Head      string    `json:"head"`    // hash of the last history entry
	Applicant PersonID  `json:"applicant"`
	Lang      Lang      `json:"lang"`
	Submitted time.Time `json:"submitted"`
	Agenda    *Number   `json:"agenda,omitempty"` // in the Buku Agenda Surat Masuk; nil: handed in before that was kept
	Form      Answers   `json:"form"`
	// Originals are answers as they were written in a script that no letter prints, by the key
	// of the field. Form has their Latin spelling.
	Originals Answers    `json:"originals,omitempty"`
	Documents []Document `json:"documents"` // in checklist order

	Step   int   `json:"step"`             // row of the SOP; where it ended, once it has ended
	Stage  Stage `json:"stage,omitempty"`  // within the step
	Asker  int   `json:"asker,omitempty"`  // step that asked for clarification and takes the answer
	Holder *Mark `json:"holder,omitempty"` // officer who holds the task, and since when
	Round  int   `json:"round,omitempty"`  // clarification rounds so far
	Return *Note `json:"return,omitempty"` // why the draft came back, until it goes up again

	Promise  *Promised `json:"promise,omitempty"`  // see [Case.Promised]
	Expected *Expected `json:"expected,omitempty"` // the last estimate that was made

	StepClock    Clock `json:"step_clock"`
	ServiceClock Clock `json:"service_clock"`
	ReplyClock   Clock `json:"reply_clock"`

	Letters        []Letter        `json:"letters,omitempty"`
	Current        LetterID        `json:"current,omitempty"` // letter that goes through paraf, signature, number, delivery
	Visit          *Visit          `json:"visit,omitempty"`
	Recommendation *Recommendation `json:"recommendation,omitempty"`
	Trail          []Run           `json:"trail,omitempty"` // finished steps, in order

	End   string    `json:"end,omitempty"` // see the Ends; empty while open
	Ended time.Time `json:"ended,omitzero"`

	Survey *Surveyed `json:"survey,omitempty"`
}

// Stage is a part of a step that has several.
type Stage string

// The stages.
const (
	StageWork    Stage = ""        // the step's performer works
	StageWaiting Stage = "waiting" // the applicant must complete the file
	StageSign    Stage = "sign"    // KindCoordinate: the letters are with the Signer
	StageApprove Stage = "approve" // KindVisit: the report waits for approvals
)

// Ends that every procedure has besides its own.
const (
	EndWithdrawn  = "dicabut"
	EndUnanswered = "tidak_dilengkapi"
	EndGranted    = "terbit"
	EndRefused    = "ditolak"
)

// Open tells whether the case has not ended.
func (c Case) Open() bool { return c.End == "" }

// Document holds the files sent for one row of the checklist, and the verdict on them.
type Document struct {
	Code    DocCode   `json:"code"`
	Files   []File    `json:"files"`
	Expiry  string    `json:"expiry,omitempty"` // 2006-01-02 or NoExpiry, stated by the applicant
	Sent    time.Time `json:"sent"`
	Verdict *Verdict  `json:"verdict,omitempty"` // of the present check; nil while unjudged
}

// File is an uploaded or made file; its bytes are in the file store under SHA256.
type File struct {
	SHA256 string `json:"sha256"` // hex, of the plain content
	Name   string `json:"name"`
	Type   string `json:"type"` // by content: application/pdf, image/jpeg, image/png, image/webp, image/heic
	Size   int64  `json:"size"` // bytes
	Pages  int    `json:"pages,omitempty"`
	// Active are codes, with spaces between, of the parts that a reader of a PDF acts
	// upon: javascript, launch, attachments, xfa, portfolio.
	Active string `json:"active,omitempty"`
	// Message is the inbound id of the message that brought it; "" where that is not known.
	Message string `json:"message,omitempty"`
	// Copy is a JPEG of a picture that not every device shows; nil: none is needed.
	Copy *File `json:"copy,omitempty"`
}

// Shown is the file as people are given it: the copy, if there is one.
func (f File) Shown() File {
	if f.Copy != nil {
		return *f.Copy
	}
	return f
}

// Verdict is an officer's judgement of a document.
type Verdict struct {
	OK     bool      `json:"ok"`
	Reason string    `json:"reason,omitempty"` // the fault and how to correct it
	By     Actor     `json:"by"`
	At     time.Time `json:"at"`
}

// Note is a remark with its author.
type Note struct {
	Text string    `json:"text"`
	By   Actor     `json:"by"`
	At   time.Time `json:"at"`
}

// Mark is a paraf, signature or approval.
type Mark struct {
	By Actor     `json:"by"`
	At time.Time `json:"at"`
}

// LetterStatus is the state of a letter.
type LetterStatus string

// The statuses of a letter.
const (
	LetterDraft    LetterStatus = "draft"
	LetterFinal    LetterStatus = "final"    // made without signature (resi), or signed
	LetterReleased LetterStatus = "released" // its number is recorded
	LetterVoid     LetterStatus = "void"     // the case ended before it was signed; its number is "batal"
)

// Letter is one output document of a case.
type Letter struct {
	ID       LetterID     `json:"id"`
	Kind     LetterKind   `json:"kind"`
	Step     int          `json:"step"`     // step that made it
	Revision int          `json:"revision"` // from 1; one more after each return
	Status   LetterStatus `json:"status"`
	Fields   Answers      `json:"fields,omitempty"`
	Number   *Number      `json:"number,omitempty"`
	Made     Mark         `json:"made"`
	Initials []Mark       `json:"initials,omitempty"` // paraf of this revision, in order
	Signed   *Mark        `json:"signed,omitempty"`
	Recorded *Mark        `json:"recorded,omitempty"` // entered in its register
	Sent     *Dispatch    `json:"sent,omitempty"`
	Received *Receipt     `json:"received,omitempty"`
	File     File         `json:"file,omitzero"`    // the addressee's copy
	Archive  File         `json:"archive,omitzero"` // the office's copy, with the paraf box
}

// AtCounter tells whether the letter waits at the counter to be collected.
func (l Letter) AtCounter() bool { return l.Sent != nil && l.Sent.Means == MeansCounter }

// Number is a number of a register. One that was taken is never given again.
type Number struct {
	Register string `json:"register"`
	Year     int    `json:"year"`
	Seq      int    `json:"seq"`  // from 1, without a gap within register and year
	Text     string `json:"text"` // as printed, unlike any other in the office
}

// Row names a number by its place in its register, "izin/2026/000007". Stores keep it
// instead of a text for numbers of before that have none of their own.
func (n Number) Row() string { return fmt.Sprintf("%s/%d/%06d", n.Register, n.Year, n.Seq) }

// Dispatch records the sending of a letter.
type Dispatch struct {
	Means Means `json:"means"`
	Mark
}

// Means is a way of delivery.
type Means string

// The ways of delivery.
const (
	MeansChat    Means = "elektronik"
	MeansCounter Means = "loket"
)

// Receipt records the receipt of a letter, for the Buku Ekspedisi.
type Receipt struct {
	Recipient       string `json:"recipient"`
	Identity        string `json:"identity,omitempty"` // the document shown at the counter: "KTP"
	IdentityChecked bool   `json:"identity_checked"`
	Means           Means  `json:"means"`
	Mark
}

// Coordinates is a point on the ground.
type Coordinates struct {
	Lat float64 `json:"lat"` // degrees north
	Lon float64 `json:"lon"` // degrees east
}

// Visit is a field visit of the Tim Teknis and its report.
type Visit struct {
	Started    Mark      `json:"started"`
	CheckIns   []CheckIn `json:"locations,omitempty"`
	Photos     []Photo   `json:"photos,omitempty"`
	Findings   []Finding `json:"findings,omitempty"`  // in checklist order, one an item
	Statement  string    `json:"statement,omitempty"` // the applicant's, as told on site
	Conclusion string    `json:"conclusion,omitempty"`
	Reported   *Mark     `json:"reported,omitempty"`
	Approved   []Mark    `json:"approved,omitempty"` // team members
	Agreed     *Mark     `json:"agreed,omitempty"`   // the applicant
	Absent     *Note     `json:"absent,omitempty"`   // why the applicant's agreement is missing
}

// CheckIn is a position that a team member sent at a visit. Not every one proves that he was
// there; see [CheckIn.Presence].
type CheckIn struct {
	Coordinates
	Distance float64   `json:"distance"` // metres from the declared site; -1 if none is declared
	Kind     PointKind `json:"kind,omitempty"`
	Accuracy float64   `json:"accuracy,omitempty"` // radius in metres as the phone told it; 0: not told
	Taken    time.Time `json:"taken,omitzero"`     // when the phone was there; zero: when it was recorded
	Name     string    `json:"name,omitempty"`     // of a place that was picked by its name
	Mark
}

// Photo is a picture of the visit. Taken and Coordinates come from the camera; they are
// zero and nil if it recorded none.
type Photo struct {
	File        File         `json:"file"`
	Caption     string       `json:"caption,omitempty"` // what was written below it
	Taken       time.Time    `json:"taken,omitzero"`
	Coordinates *Coordinates `json:"place,omitempty"`
	Mark
}

// Finding is the answer to one line of the visit's check table.
type Finding struct {
	Item string `json:"item"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
	Mark
}

// Recommendation is the result of the Tim Teknis's assessment.
type Recommendation struct {
	Outcome Outcome `json:"outcome"`
	Fields  Answers `json:"fields,omitempty"`
	Mark
}

// Run is one finished pass through a step.
type Run struct {
	Step    int       `json:"step"`
	By      Actor     `json:"by"`
	Outcome Outcome   `json:"outcome"`
	Clock   Clock     `json:"clock"`        // stopped
	Due     time.Time `json:"due,omitzero"` // the clock's due instant when the step ended
}

// Collected tells whether the letter at hand is one that waits at the counter.
func (c Case) Collected() bool {
	l, ok := c.Letter(c.Current)
	return ok && l.AtCounter()
}

// Letter gives the letter with an id.
func (c Case) Letter(id LetterID) (Letter, bool) {
	for _, l := range c.Letters {
		if l.ID == id {
			return l, true
		}
	}
	return Letter{}, false
}

// Named gives the answer of the field with a meaning as people are shown it: with the original
// where that is in another script.
func (c Case) Named(def *SOP, m Meaning) string {
	for _, f := range def.Form {
		if f.Meaning == m {
			return WithOriginal(c.Form[f.Key], c.Originals[f.Key])
		}
	}
	return ""
}

// Document gives the document of a code.
func (c Case) Document(code DocCode) (Document, bool) {
	for _, d := range c.Documents {
		if d.Code == code {
			return d, true
		}
	}
	return Document{}, false
}

// Dues gives the derived instants of the case's clocks.
func (c Case) Dues() Dues {
	return Dues{Step: c.StepClock.Due, Service: c.ServiceClock.Due, Reply: c.ReplyClock.Due}
}

// withDues gives the case with its clocks' derived instants set.
func (c Case) withDues(d Dues) Case {
	c.StepClock.Due, c.ServiceClock.Due, c.ReplyClock.Due = d.Step, d.Service, d.Reply
	return c
}

// Derive gives the case with its clocks' due instants computed by the calendar.
func (c Case) Derive(cal Calendar) Case {
	c.StepClock = c.StepClock.derive(cal)
	c.ServiceClock = c.ServiceClock.derive(cal)
	c.ReplyClock = c.ReplyClock.derive(cal)
	return c
}

// WaitsFor gives the role that must act on the case next: RoleApplicant while the
// office waits for the applicant, "" once the case has ended.
func (c Case) WaitsFor(def *SOP) Role {
	step, ok := def.Step(c.Step)
	switch {
	case !c.Open() || !ok:
		return ""
	case c.Stage == StageWaiting:
		return RoleApplicant
	case c.Stage == StageApprove && c.awaitsApplicant(step):
		return RoleApplicant
	case c.Stage == StageSign:
		return step.Signer
	}
	return step.Role
}
