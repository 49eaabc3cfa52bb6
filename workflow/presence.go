package workflow

import (
	"slices"
	"time"
)

// PointKind says where a position that was sent at a visit comes from.
type PointKind string

// The kinds of points. Of records of earlier versions, which told none, the kind is PointSent.
const (
	PointSent      PointKind = ""
	PointForwarded PointKind = "forwarded" // passed on from another message
	PointVenue     PointKind = "venue"     // picked from a list by its name
	PointLive      PointKind = "live"      // from a position that is shared for a while
	PointOld       PointKind = "old"       // taken more than [FreshPoint] before it was sent
)

func (k PointKind) known() bool {
	return slices.Contains([]PointKind{PointSent, PointForwarded, PointVenue, PointLive, PointOld}, k)
}

const (
	// FreshPoint is the time after which a position says nothing any more about where its
	// sender is.
	FreshPoint = 5 * time.Minute
	// SharpPoint is the accuracy, in metres, beyond which a position proves no presence: a
	// phone without a satellite fix knows the mast, which serves several villages.
	SharpPoint = 200
)

// Weakness says why a position is no proof of presence.
type Weakness string

// The weaknesses.
const (
	Proves       Weakness = "" // it is one
	NotOwn       Weakness = "forwarded"
	PickedByName Weakness = "venue"
	TooOld       Weakness = "old"
	TooVague     Weakness = "vague"
)

// Weakness tells why the position proves no presence; [Proves] if it does.
func (l CheckIn) Weakness() Weakness {
	switch l.Kind {
	case PointForwarded:
		return NotOwn
	case PointVenue:
		return PickedByName
	case PointOld:
		return TooOld
	case PointSent, PointLive:
	}
	if l.Accuracy > SharpPoint {
		return TooVague
	}
	return Proves
}

// When is when the phone was there.
func (l CheckIn) When() time.Time {
	if l.Taken.IsZero() {
		return l.At
	}
	return l.Taken
}

// Presence gives the positions that prove where the team was, and the others.
func (v Visit) Presence() (proofs, others []CheckIn) {
	for _, l := range v.CheckIns {
		if l.Weakness() == Proves {
			proofs = append(proofs, l)
		} else {
			others = append(others, l)
		}
	}
	return proofs, others
}

// Present tells whether a position proves that the team was there.
func (v Visit) Present() bool {
	proofs, _ := v.Presence()
	return len(proofs) > 0
}

const (
	// A team photographs where there may be no network, and opens the dialogue later that day:
	// a photo may be from dayBegins (WIB) of the visit's first day on, or from photoEarly before
	// the visit was begun in chat.
	dayBegins  = 6 * time.Hour
	photoEarly = 2 * time.Hour
	// photoLate is the most that a camera's clock may be ahead of the network's.
	photoLate = 10 * time.Minute
	// photoNear is the greatest distance in metres between a photo and the team or the site.
	photoNear = 1000
)

// PhotoDoubts says what a photo's camera recorded that does not fit the visit.
type PhotoDoubts struct {
	Time     bool    // taken before or after the visit
	Distance float64 // metres to the nearest position of the team and to the site, if too far; else 0
}

// Any tells whether something does not fit.
func (d PhotoDoubts) Any() bool { return d.Time || d.Distance > 0 }

// Doubts compares what a photo's camera recorded with the visit and the declared site, which
// is nil if none was declared. What a camera did not record is no doubt.
func (v Visit) Doubts(p Photo, site *Coordinates) (d PhotoDoubts) {
	if !p.Taken.IsZero() {
		d.Time = p.Taken.Before(v.earliestPhoto()) || p.Taken.After(p.At.Add(photoLate))
	}
	if p.Coordinates == nil {
		return d
	}
	var known []Coordinates
	proofs, _ := v.Presence()
	for _, l := range proofs {
		known = append(known, l.Coordinates)
	}
	if site != nil {
		known = append(known, *site)
	}
	if len(known) == 0 {
		return d
	}
	nearest := p.Coordinates.Distance(known[0])
	for _, at := range known[1:] {
		nearest = min(nearest, p.Coordinates.Distance(at))
	}
	if nearest > photoNear {
		d.Distance = nearest
	}
	return d
}

// earliestPhoto is when the first photo of the visit may have been taken.
func (v Visit) earliestPhoto() time.Time {
	year, month, day := v.Started.At.In(WIB()).Date()
	morning := time.Date(year, month, day, 0, 0, 0, 0, WIB()).Add(dayBegins)
	if early := v.Started.At.Add(-photoEarly); early.Before(morning) {
		return early
	}
	return morning
}

// Site is the point that the applicant declared; nil for none.
func (c Case) Site(def *SOP) *Coordinates {
	site, err := ParseCoordinates(c.Form.Of(def.Form, MeansSiteCoordinates))
	if err != nil {
		return nil
	}
	return &site
}
