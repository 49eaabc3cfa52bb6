package workflow

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

func (m *move) applyVisit() error {
	switch a := m.cmd.Act.(type) {
	case StartVisit:
		if v := m.c.Visit; v != nil {
			return refuseBy(CodeAlreadyDone, v.Started)
		}
		m.visit()
		return nil
	case Locate:
		return m.locate(a)
	case Photograph:
		return m.photograph(a)
	case Find:
		return m.find(a)
	case Report:
		return m.report(a)
	case Agree:
		return m.agree(a)
	case Revise:
		return m.revise(a)
	case NoteAbsent:
		return m.noteAbsent(a)
	case Recommend:
		return m.recommend(a)
	}
	return Refuse(CodeInvalid, "act")
}

// visit gives the visit, begun now if it was not: in the field pieces arrive out
// of order.
func (m *move) visit() *Visit {
	if m.c.Visit == nil {
		m.c.Visit = &Visit{Started: m.mark()}
	}
	return m.c.Visit
}

func (m *move) locate(a Locate) error {
	if !a.Place.valid() {
		return Refuse(CodeInvalid, "location")
	}
	v := m.visit()
	v.Locations = append(v.Locations, Location{Place: a.Place, Distance: m.distance(a.Place), Mark: m.mark()})
	return nil
}

// distance is how far a place is from the declared site in whole metres, or -1.
func (m *move) distance(p Place) float64 {
	site, err := ParsePlace(m.c.Form.Of(m.def.Form, MeansSitePlace))
	if err != nil {
		return -1
	}
	return math.Round(p.Distance(site))
}

func (m *move) photograph(a Photograph) error {
	if len(a.Photos) == 0 {
		return Refuse(CodeIncomplete, "photos")
	}
	v := m.visit()
	for _, p := range a.Photos {
		known := slices.ContainsFunc(v.Photos, func(q Photo) bool { return q.File.SHA256 == p.File.SHA256 })
		if !known {
			p.Mark = m.mark()
			v.Photos = append(v.Photos, p)
		}
	}
	return nil
}

func (m *move) find(a Find) error {
	rank := func(key string) int {
		return slices.IndexFunc(m.step.Checklist, func(i CheckItem) bool { return i.Key == key })
	}
	if rank(a.Item) < 0 {
		return Refuse(CodeNotFound, a.Item)
	}
	note, err := optional(a.Note, "note")
	if err != nil {
		return err
	}
	v := m.visit()
	f := Finding{Item: a.Item, OK: a.OK, Note: note, Mark: m.mark()}
	i, found := slices.BinarySearchFunc(v.Findings, a.Item, func(f Finding, key string) int { return rank(f.Item) - rank(key) })
	if found {
		v.Findings[i] = f
		return nil
	}
	v.Findings = slices.Insert(v.Findings, i, f)
	return nil
}

// report makes the berita acara. A missing or a far location is recorded and
// shown, never a block; a missing finding or conclusion is one.
func (m *move) report(a Report) error {
	v := m.visit()
	for _, item := range m.step.Checklist {
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
	mark := m.mark()
	v.Conclusion, v.Statement = conclusion, statement
	v.Reported, v.Approved, v.Agreed, v.Absent = &mark, []Mark{mark}, nil, nil
	m.c.Stage, m.c.Holder, m.c.Return = StageApprove, nil, nil
	ids := m.visitLetters(LetterDraft)
	m.tell(Notice{Person: m.c.Applicant, Key: "told.report", Letters: ids})
	if m.c.teamMissing(m.step) > 0 {
		m.tell(Notice{Role: m.step.Role, Key: "task.approve", Letters: ids})
	}
	m.waitForApplicant()
	return nil
}

func (m *move) visitLetters(status LetterStatus) []LetterID {
	var ids []LetterID
	for _, kind := range m.step.Letters {
		ids = append(ids, m.make(LetterID(kind), kind, nil, status))
	}
	return ids
}

// teamMissing is how many more team members must approve: no more than the team
// that the Surat Perintah Tugas names has.
func (c Case) teamMissing(step Step) int {
	need := max(step.Approvals, 1)
	for _, l := range c.Letters {
		if team := l.Fields[TeamNamesField]; team != "" {
			need = min(need, 1+strings.Count(team, "\n"))
		}
	}
	return max(need-len(c.Visit.Approved), 0)
}

// awaitsApplicant tells whether only the applicant's agreement is missing.
func (c Case) awaitsApplicant(step Step) bool {
	return c.Visit != nil && c.teamMissing(step) == 0 && c.Visit.Agreed == nil && c.Visit.Absent == nil
}

// waitForApplicant pauses the clocks while only the applicant's agreement is
// missing, and lets them go on otherwise (rule 2).
func (m *move) waitForApplicant() {
	if m.c.Stage == StageApprove && m.c.awaitsApplicant(m.step) {
		m.c.StepClock = m.c.StepClock.pause(m.now)
		m.c.ServiceClock = m.c.ServiceClock.pause(m.now)
		return
	}
	m.c.StepClock = m.c.StepClock.resume(m.now)
	m.c.ServiceClock = m.c.ServiceClock.resume(m.now)
}

func (m *move) agree(a Agree) error {
	v, mark := m.c.Visit, m.mark()
	if before, ok := m.ownApproval(); ok {
		return refuseBy(CodeAlreadyDone, before)
	}
	for _, kind := range m.step.Letters {
		if err := m.seen(LetterID(kind), a.Seen); err != nil {
			return err
		}
	}
	if m.ownApplicant() {
		v.Agreed, v.Absent = &mark, nil
		return m.approved()
	}
	v.Approved = append(v.Approved, mark)
	return m.approved()
}

// approved ends the step once team and applicant have approved.
func (m *move) approved() error {
	for _, kind := range m.step.Letters {
		m.draw(LetterID(kind))
	}
	m.waitForApplicant()
	v := m.c.Visit
	if m.c.teamMissing(m.step) > 0 || v.Agreed == nil && v.Absent == nil {
		return nil
	}
	for _, kind := range m.step.Letters {
		if err := m.edit(LetterID(kind), func(l *Letter) { l.Status = LetterFinal }); err != nil {
			return err
		}
		if err := m.enrol(LetterID(kind)); err != nil {
			return err
		}
	}
	return m.finish(OutcomeNext)
}

func (m *move) revise(a Revise) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	v := m.c.Visit
	v.Reported, v.Approved, v.Agreed, v.Absent = nil, nil, nil, nil
	m.c.Stage = StageWork
	m.c.Return = &Note{Text: note, By: m.cmd.Actor, At: m.now}
	m.waitForApplicant()
	return nil
}

func (m *move) noteAbsent(a NoteAbsent) error {
	note, err := required(a.Note)
	if err != nil {
		return err
	}
	if v := m.c.Visit; v.Agreed != nil {
		return refuseBy(CodeAlreadyDone, *v.Agreed)
	}
	m.c.Visit.Absent = &Note{Text: note, By: m.cmd.Actor, At: m.now}
	return m.approved()
}

func (m *move) recommend(a Recommend) error {
	if a.Outcome != OutcomeRecommended && a.Outcome != OutcomeNotRecommended {
		return Refuse(CodeInvalid, "outcome")
	}
	if err := CheckAnswers(m.step.Fields, a.Fields); err != nil {
		return err
	}
	if a.Outcome == OutcomeNotRecommended {
		if err := m.needReasons(a.Fields); err != nil {
			return err
		}
	}
	mark := m.mark()
	m.c.Recommendation = &Recommendation{Outcome: a.Outcome, Fields: a.Fields, Mark: mark}
	for _, kind := range m.step.Letters {
		id := m.make(LetterID(kind), kind, a.Fields, LetterFinal)
		if err := m.edit(id, func(l *Letter) { l.Signed = &mark }); err != nil {
			return err
		}
		if err := m.enrol(id); err != nil {
			return err
		}
	}
	return m.finish(a.Outcome)
}

// needReasons makes a refusal name its reasons even where the field is optional.
func (m *move) needReasons(fields Answers) error {
	for _, f := range m.step.Fields {
		if f.Type == FieldReasons && blank(fields[f.Key]) {
			return Refuse(CodeIncomplete, f.Key)
		}
	}
	return nil
}

func (p Place) valid() bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180
}

// Distance is the great-circle distance between two places in metres.
func (p Place) Distance(q Place) float64 {
	const earth, rad = 6_371_008.8, math.Pi / 180
	dLat, dLon := (q.Lat-p.Lat)*rad, (q.Lon-p.Lon)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(p.Lat*rad)*math.Cos(q.Lat*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(h)))
}

// ParsePlace reads "lat,lon" in degrees. It fails with [CodeInvalid].
func ParsePlace(s string) (Place, error) {
	lat, lon, ok := strings.Cut(s, ",")
	y, errY := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errX := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	p := Place{Lat: y, Lon: x}
	if !ok || errY != nil || errX != nil || !p.valid() {
		return Place{}, Refuse(CodeInvalid, "location")
	}
	return p, nil
}

// String writes the place as ParsePlace reads it, to about 10 cm.
func (p Place) String() string {
	return strconv.FormatFloat(p.Lat, 'f', 6, 64) + "," + strconv.FormatFloat(p.Lon, 'f', 6, 64)
}
