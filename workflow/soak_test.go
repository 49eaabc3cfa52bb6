package workflow_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"izinbot/bot"
	"izinbot/bot/bottest"
	"izinbot/notifications"
	"izinbot/notifications/texts"
	"izinbot/workflow"
	"izinbot/workflow/casework"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
)

// soakSize is the size of the simulation.
type soakSize struct {
	cases, days, stops int
	night              int // a tick every so many minutes outside working hours
}

// TestReminderSoak simulates the office and compares every reminder with an
// independent model that counts minutes: random delays, clarifications, promises,
// absences with stand-ins, and stops of up to three days. IZINBOT_SOAK=1 simulates
// a year of 2,000 cases ("make soak").
func TestReminderSoak(t *testing.T) {
	size := soakSize{cases: 45, days: 30, stops: 4, night: 45}
	if os.Getenv("IZINBOT_SOAK") != "" {
		size = soakSize{cases: 2000, days: 365, stops: 20, night: 10}
	}
	s := newSoak(t, size, 20261123)
	s.run()
	s.compare()
}

// soak is the office under simulation and the model beside it.
type soak struct {
	t    *testing.T
	rnd  *rand.Rand
	size soakSize
	days *soakDays
	def  *workflow.SOP

	store *sqlitestore.Store
	desk  *casework.Desk
	watch *notifications.Watch
	now   time.Time

	cases  []*soakCase
	plans  map[int][]soakPlan // by minute
	down   [][2]int
	away   []workflow.Delegation
	opened int
	turns  int

	got, want map[string]int
	sent      int
	carried   []bot.Delivery // since midnight
}

// soakPlan is something that somebody will do.
type soakPlan struct {
	what string // open, act, promise, reply
	c    *soakCase
	mark int // of the clock at whose step it was planned; stale if that is over
}

type soakDrawer struct{}

func (soakDrawer) Draw(_ context.Context, _ *workflow.SOP, c workflow.Case, l workflow.Letter, _ letters.Copy) ([]byte, error) {
	return []byte(string(c.ID) + string(l.ID)), nil
}

func newSoak(t *testing.T, size soakSize, seed uint64) *soak {
	t.Helper()
	from := time.Date(2026, 11, 23, 0, 0, 0, 0, workflow.WIB())
	s := &soak{
		t: t, size: size, rnd: rand.New(rand.NewPCG(seed, 1)), plans: map[int][]soakPlan{},
		days: newSoakDays(officeCalendar(), from, from.AddDate(0, 0, size.days+120)),
		got:  map[string]int{}, want: map[string]int{},
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	s.store, err = sqlitestore.Open(t.Context(), filepath.Join(t.TempDir(), "izin.db"), sqlitestore.Options{})
	must(err)
	t.Cleanup(func() { must(s.store.Close()) })
	_, source, err := sop.Default()
	must(err)
	library, err := casework.NewLibrary(t.Context(), s.store, source, sop.Parse)
	must(err)
	words, err := texts.Load()
	must(err)
	house, err := letters.DefaultOffice()
	must(err)
	s.def = library.Current()
	s.desk = &casework.Desk{
		Store: s.store, Library: library, Calendar: officeCalendar(), Letters: soakDrawer{}, Office: house, Files: &bottest.Files{},
		Announcer: &notifications.Announcer{People: s.store, Texts: words, Calendar: officeCalendar()},
	}
	s.watch = &notifications.Watch{
		Store: s.store, Desk: s.desk, Calendar: officeCalendar(), Texts: words, Commits: &casework.Committer{Store: s.store, Sender: s}, Log: slog.New(slog.DiscardHandler),
	}
	s.hire()
	s.plan()
	return s
}

func (s *soak) hire() {
	unit := store.UnitOfWork{}
	for _, r := range s.def.Roles {
		for n := range s.staff(r.Role) {
			a := officer(r.Role, n+1)
			unit.Officers = append(unit.Officers, workflow.Officer{ID: a.Officer, Person: a.Person, Name: a.Name, Roles: []workflow.Role{r.Role}})
			unit.Persons = append(unit.Persons, store.Person{ID: a.Person, Lang: workflow.Indonesian, Addresses: []bot.Address{bot.Address("test:" + string(a.Person))}})
		}
	}
	s.commit(unit)
}

// staff is the number of officers of a role.
func (s *soak) staff(role workflow.Role) int {
	if role == workflow.RoleApplicant {
		return 0
	}
	if slices.Contains([]workflow.Role{"front_office", "backoffice", "tim_teknis"}, role) {
		return 2
	}
	return 1
}

// plan draws when applications come, when the program stops, and who is away.
func (s *soak) plan() {
	last := s.size.days * soakDay
	for range s.size.cases {
		at := s.days.next(s.rnd.IntN(last - 18*soakDay))
		s.plans[at] = append(s.plans[at], soakPlan{what: "open"})
	}
	for range s.size.stops {
		at := s.rnd.IntN(last)
		s.down = append(s.down, [2]int{at, at + 1 + s.rnd.IntN(3*soakDay)})
	}
	unit := store.UnitOfWork{}
	roles := []workflow.Role{"front_office", "backoffice", "tim_teknis", "kabid", "sekretaris", "ksb_umum", "kadis"}
	for i := range s.size.days / 6 {
		role := roles[s.rnd.IntN(len(roles))]
		from := s.days.at(soakDay * s.rnd.IntN(s.size.days))
		deputy := officer("tim_teknis", 2)
		if role == "tim_teknis" {
			deputy = officer("front_office", 2)
		}
		d := workflow.Delegation{
			ID: fmt.Sprint("d", i), Kind: "Plh.", Role: role, Principal: officer(role, 1).Officer, Deputy: deputy.Officer,
			From: from, To: from.AddDate(0, 0, 1+s.rnd.IntN(6)),
		}
		s.away, unit.Delegations = append(s.away, d), append(unit.Delegations, d)
	}
	s.commit(unit)
}

func (s *soak) commit(unit store.UnitOfWork) {
	s.t.Helper()
	born, err := s.store.Commit(s.t.Context(), s.now, unit)
	if err != nil {
		s.t.Fatal(err)
	}
	s.carried = append(s.carried, born...)
}

// arrive settles what was sent since: chats in which much waits would slow down the
// simulation, and be none of an office whose network works.
func (s *soak) arrive() {
	var list []bot.Settlement
	for _, d := range s.carried {
		list = append(list, bot.Settlement{Seq: d.Seq, Chat: d.Chat, State: bot.DeliverySent})
	}
	s.carried = nil
	if err := s.store.Settle(s.t.Context(), s.now, list...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *soak) run() {
	for i := range s.size.days * soakDay {
		s.now = s.days.at(i)
		if i%soakDay == 0 {
			s.arrive()
		}
		if i%(30*soakDay) == 0 {
			s.t.Logf("%s: %d cases so far, %d open, %d messages", s.now.Format(time.DateOnly), s.opened, len(s.cases), s.sent)
		}
		up := !slices.ContainsFunc(s.down, func(d [2]int) bool { return d[0] <= i && i < d[1] })
		ran := map[*soakClock]bool{}
		for _, c := range s.cases {
			for _, k := range c.clocks {
				ran[k] = !k.paused && !k.stopped
			}
		}
		if plans := s.plans[i]; !up && len(plans) > 0 {
			s.plans[i+1] = append(plans, s.plans[i+1]...) // chats wait too
		} else {
			for _, p := range plans {
				s.do(i, p)
			}
		}
		delete(s.plans, i)
		s.count(i, ran, up)
		if up && (s.days.open[i] || i%s.size.night == 0) {
			if err := s.watch.RunOnce(s.t.Context(), s.now); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// count lets the model's clocks run, and says what it expects.
func (s *soak) count(i int, ran map[*soakClock]bool, up bool) {
	live := s.cases[:0]
	for _, c := range s.cases {
		for _, k := range c.clocks {
			k.pass(s.days, i, ran[k])
		}
		if reply := c.clock(workflow.ClockReply); reply != nil && reply.due >= 0 && up && (s.days.open[i] || i%s.size.night == 0) {
			c.clocks = nil // closed, at any hour
			continue
		}
		if s.days.open[i] {
			if up && c.holder != "" && s.absent(c.holder, c.role) {
				c.holder, c.promised = "", [2]int{}
			}
			c.notice(s.days, i)
			if up {
				s.expect(c, i)
			}
		}
		if len(c.clocks) > 0 {
			live = append(live, c)
		}
	}
	s.cases = live
}

func (s *soak) expect(c *soakCase, i int) {
	for _, r := range c.due(s.days, i) {
		for _, person := range s.audience(c, r.to) {
			s.want[fmt.Sprintf("%s %s %s %s", s.now.Format("2006-01-02 15.04"), c.id, r, person)]++
		}
	}
}

func (s *soak) absent(officerID string, role workflow.Role) bool {
	return slices.ContainsFunc(s.away, func(d workflow.Delegation) bool {
		return string(d.Principal) == officerID && d.Role == role && !s.now.Before(d.From) && s.now.Before(d.To)
	})
}

// audience lists the officers who should hear a rung, by the office's own list of superiors.
func (s *soak) audience(c *soakCase, to string) []string {
	above := map[workflow.Role]workflow.Role{
		"front_office": "kabid", "backoffice": "kabid", "tim_teknis": "kabid", "kabid": "sekretaris", "ksb_umum": "sekretaris", "sekretaris": "kadis",
	}
	up := func(r workflow.Role) workflow.Role {
		if above[r] != "" {
			return above[r]
		}
		return r
	}
	switch to {
	case "applicant":
		return []string{c.person}
	case "heads":
		return slices.Compact(slices.Sorted(slices.Values(slices.Concat(s.inRole("kabid"), s.inRole("sekretaris"), s.inRole("kadis")))))
	case "1":
		if above[c.role] != "" {
			return s.inRole(up(c.role))
		}
	case "2":
		if above[c.role] != "" {
			return s.inRole(up(up(c.role)))
		}
	}
	if c.holder != "" {
		return []string{"P-" + c.holder}
	}
	return s.inRole(c.role)
}

func (s *soak) inRole(role workflow.Role) []string {
	var out []string
	for n := range s.staff(role) {
		id := string(officer(role, n+1).Officer)
		if !s.absent(id, role) {
			out = append(out, "P-"+id)
		}
	}
	for _, d := range s.away {
		deputy := "P-" + string(d.Deputy)
		if d.Role == role && !s.now.Before(d.From) && s.now.Before(d.To) && !slices.Contains(out, deputy) {
			out = append(out, deputy)
		}
	}
	return out
}

// Lease and Push make the soak the sender of what the watch says.
func (s *soak) Lease(now time.Time) (string, time.Time) { return "soak", now.Add(time.Minute) }

func (*soak) Done(time.Time) {}

func (s *soak) Push(deliveries ...bot.Delivery) {
	s.carried = append(s.carried, deliveries...)
	for _, d := range deliveries {
		id, person, _ := strings.Cut(d.ID, "@")
		if !strings.HasPrefix(id, "ingat/") {
			continue
		}
		s.sent++
		if !d.Message.Daytime {
			s.t.Errorf("nothing keeps a reminder that goes late from arriving at night: %s", d.Message.Text)
		}
		if !officeCalendar().Open(s.now) {
			s.t.Errorf("sent at %v, when the office is closed: %s", s.now, d.Message.Text)
		}
		for line := range strings.Lines(d.Message.Text) {
			if what := soakKind(line); what != "" {
				c := regexp.MustCompile(`LKS-\d{4}-\d{5}-\d`).FindString(line + d.Message.Choices[0].ID)
				s.got[fmt.Sprintf("%s %s %s %s", s.now.Format("2006-01-02 15.04"), c, what, person)]++
			}
		}
	}
}

// soakKind tells from its words which rung a line is.
func soakKind(line string) string {
	for _, k := range [][2]string{
		{`hampir habis`, "persen"},
		{`hari ini hari terakhir`, "persen"},
		{`waktunya habis`, "batas"},
		{`lewat 1 hari kerja dari`, "lewat 1"},
		{`lewat 2 hari kerja dari`, "lewat 2"},
		{`tidak cukup lagi`, "tidak cukup"},
		{`tinggal 3 hari`, "sisa 3"},
		{`tinggal 1 hari`, "sisa 1"},
		{`tidak terpenuhi`, "lewat janji"},
		{`belum dijawab`, "jawab"},
	} {
		if strings.Contains(line, k[0]) {
			return k[1]
		}
	}
	return ""
}

func (s *soak) compare() {
	s.t.Helper()
	kinds := map[string]int{}
	shown := 0
	fault := func(format string, args ...any) {
		if shown++; shown <= 20 {
			s.t.Errorf(format, args...)
		}
	}
	for key, n := range s.want {
		kinds[strings.Join(strings.Fields(key)[3:len(strings.Fields(key))-1], " ")] += n
		if s.got[key] != n {
			fault("missing: %s (%d, not %d)", key, s.got[key], n)
		}
	}
	for key, n := range s.got {
		if s.want[key] != n {
			fault("not expected: %s (%d)", key, n)
		}
	}
	if len(kinds) < 9 {
		s.t.Errorf("only these rungs were reached: %v", kinds)
	}
	s.t.Logf("%d cases in %d days, %d stops, %d stand-ins, %d turns: %d messages with %d reminders %v, %d faults",
		s.opened, s.size.days, len(s.down), len(s.away), s.turns, s.sent, len(s.want), kinds, shown)
}
