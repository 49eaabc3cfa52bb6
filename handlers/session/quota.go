package session

import (
	"cmp"
	"strings"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
)

// Quotas bound what a chat may cause in a day, which begins at midnight WIB. Zero fields
// mean the defaults, which lie far above what people do.
type Quotas struct {
	Files      int64 // bytes of files that are fetched and kept; default 200 MB
	Messages   int   // messages that are answered; default 2,000
	Complaints int   // default 10
	// Officers is the factor by which an officer's quotas are larger; default 10.
	Officers int
}

// WithDefaults gives the quotas with the defaults for zero fields.
func (q Quotas) WithDefaults() Quotas {
	return Quotas{
		Files: cmp.Or(q.Files, 200<<20), Messages: cmp.Or(q.Messages, 2_000),
		Complaints: cmp.Or(q.Complaints, 10), Officers: cmp.Or(q.Officers, 10),
	}
}

// Usage counts what a chat has caused in a day. It is part of the chat's state, so it is
// counted once a message, in the session that handles it.
type Usage struct {
	Day        string `json:"day"` // WIB
	Files      int64  `json:"files,omitempty"`
	Messages   int    `json:"messages,omitempty"`
	Complaints int    `json:"complaints,omitempty"`
	Told       string `json:"told,omitempty"` // the quotas of which the chat was told that they are used up
}

// on gives the usage of a day: a new day begins with none.
func (u *Usage) on(now time.Time) Usage {
	day := now.In(workflow.WIB()).Format(time.DateOnly)
	if u == nil || u.Day != day {
		return Usage{Day: day}
	}
	return *u
}

// factor gives the factor by which the person's quotas are larger.
func (s *Session) factor() int {
	if s.Officer != nil {
		return s.Env.Quotas.Officers
	}
	return 1
}

// spend counts the message. It tells whether it may be answered; if not, the person was
// told so: of each file that is not kept, and once a day that messages are not answered.
func (s *Session) spend() (allowed bool) {
	u := s.count()
	if s.overMessages() {
		s.tellOnce("quota.messages")
		return false
	}
	if size := sizeOf(s.In.Files); size > 0 && s.Env.overFiles(*u, size, s.factor()) {
		s.Say("quota.files")
		return false
	}
	u.keep(s.In.Files)
	return true
}

// count counts the message, and gives the usage of the day.
func (s *Session) count() *Usage {
	u := s.State.Usage.on(s.Now)
	s.State.Usage = &u
	u.Messages++
	return &u
}

func (s *Session) overMessages() bool {
	return s.State.Usage.Messages > s.Env.Quotas.Messages*s.factor()
}

// keep counts the files that were fetched.
func (u *Usage) keep(files []bot.InboundFile) {
	for _, f := range files {
		if f.Key != "" {
			u.Files += f.Size
		}
	}
}

// SpendComplaint counts a complaint; false if it is one too many for the day.
func (s *Session) SpendComplaint() bool {
	if s.State.Usage.Complaints >= s.Env.Quotas.Complaints*s.factor() {
		return false
	}
	s.State.Usage.Complaints++
	return true
}

// tellOnce says that a quota is used up, unless it was said today.
func (s *Session) tellOnce(quota string) {
	u := s.State.Usage
	if strings.Contains(u.Told, quota) {
		return
	}
	u.Told += quota + " "
	s.Say(quota)
}

// sizeOf gives the size in bytes of the files that the channel could take.
func sizeOf(files []bot.InboundFile) (sum int64) {
	for _, f := range files {
		if f.Problem == "" {
			sum += f.Size
		}
	}
	return sum
}

// overFiles tells whether files of a size are too much for the day.
func (e *Env) overFiles(u Usage, size int64, factor int) bool {
	return u.Files+size > e.Quotas.Files*int64(factor)
}
