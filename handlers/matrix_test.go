package handlers_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/handlers/handlerstest"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/sop"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/workflowtest"
)

// matrix takes one case through a branch. At every step and stage each person says every
// command, with and without the case's number, and presses every button that anybody was
// shown so far: his own, other people's, old ones and forged ones. Whatever changes the
// case must be allowed by [workflowtest.MayNot], in a role that the person really has.
type matrix struct {
	*handlerstest.Office
	id     workflow.CaseID
	people []*handlerstest.Guest
	shown  []string // buttons, without repeats
	every  int      // of how many inputs one is tried at each state

	states, tries, changed int
}

func TestMatrixGranted(t *testing.T) { walkMatrix(t, workflow.OutcomeRecommended) }

func TestMatrixRefused(t *testing.T) { walkMatrix(t, workflow.OutcomeNotRecommended) }

func walkMatrix(t *testing.T, outcome workflow.Outcome) {
	t.Helper()
	t.Parallel()
	g, id := handlerstest.Applied(t)
	// Everything at once takes minutes; a round of the suite takes a few of them, others
	// at each state.
	m := &matrix{Office: g.Office, id: id, every: 25}
	if os.Getenv("IZINBOT_SOAK") != "" {
		m.every = 1
	}
	m.staff(g)
	m.probe()
	m.Act(id, "front_office", workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase())[:1], Reason: "Tidak terbaca CONTOH"},
		workflow.Judge{Documents: handlerstest.Codes(g.OnlyCase())[1:], OK: true}, workflow.Clarify{})
	m.probe()
	m.note(g, "lengkapi")
	m.files(g)
	m.note(g, "kirim")
	for range 40 {
		c := g.OnlyCase()
		if !c.Open() {
			break
		}
		m.probe()
		m.next(g, c, outcome)
	}
	m.probe()
	if end := g.OnlyCase().End; end != workflow.EndGranted && end != workflow.EndRefused {
		t.Errorf("the case ended %q at step %d", end, g.OnlyCase().Step)
	}
	t.Logf("%d persons, %d states, %d tries, %d of them changed the case, as they may", len(m.people), m.states, m.tries, m.changed)
}

// staff registers somebody of each role, and those who have or had no right.
func (m *matrix) staff(applicant *handlerstest.Guest) {
	m.T.Helper()
	def := m.App.Desk.Library.Current()
	var all []workflow.Role
	for _, r := range def.Roles {
		if r.Role != workflow.RoleApplicant {
			all = append(all, r.Role)
			m.people = append(m.people, m.Officer(string(r.Role), r.Role))
		}
	}
	left := m.Officer("left", all...)
	o, err := m.Store.OfficerOf(m.T.Context(), session.PersonAt(left.Chat))
	if err != nil {
		m.T.Fatal(err)
	}
	o.Disabled = true
	deputy, former := m.Officer("deputy"), m.Officer("former")
	unit := handlerstest.UnitOf(o)
	unit.Delegations = []workflow.Delegation{
		{ID: "now", Kind: "Plh.", Role: "kadis", Principal: "o-kadis", Deputy: "o-deputy", From: m.Now.Add(-time.Hour), To: m.Now.Add(720 * time.Hour)},
		{ID: "over", Kind: "Plh.", Role: "kadis", Principal: "o-kadis", Deputy: "o-former", From: m.Now.Add(-48 * time.Hour), To: m.Now.Add(-time.Hour)},
	}
	if _, err := m.Store.Commit(m.T.Context(), m.Now, unit); err != nil {
		m.T.Fatal(err)
	}
	m.people = append(m.people, applicant, m.Officer("admin", workflow.RoleAdmin), left, deputy, former, m.Guest("stranger"))
}

// next carries the act that moves the case on.
func (m *matrix) next(g *handlerstest.Guest, c workflow.Case, outcome workflow.Outcome) {
	m.T.Helper()
	role, acts := m.ActsAt(c, outcome)
	if c.Holder != nil && c.Holder.By.Officer != workflow.OfficerID("o-"+string(role)) {
		m.T.Fatalf("step %d is held by %s", c.Step, c.Holder.By.Officer)
	}
	switch {
	case c.Stage == workflow.StageApprove:
		m.note(g, "setuju")
		if g.OnlyCase().Step != c.Step {
			return
		}
	case acts == nil:
		m.note(g, "terima")
		return
	}
	m.Act(m.id, role, acts...)
}

// files answers a clarification with a file for each document that is asked for.
func (m *matrix) files(g *handlerstest.Guest) {
	m.T.Helper()
	g.Send(m.PDF("baru.pdf", 1))
}

// note says something and remembers the buttons that anybody is shown for it.
func (m *matrix) note(g *handlerstest.Guest, text string) {
	m.T.Helper()
	g.Say(text)
	m.remember()
}

func (m *matrix) remember() {
	for _, messages := range m.Sent {
		for _, msg := range messages {
			for _, c := range msg.Choices {
				if !slices.Contains(m.shown, c.ID) {
					m.shown = append(m.shown, c.ID)
				}
			}
		}
	}
}

// inputs lists the inputs that everybody tries: commands, buttons, forged buttons.
func (m *matrix) inputs() []bot.Inbound {
	var out []bot.Inbound
	for _, c := range m.App.Commands {
		out = append(out, bot.Inbound{Text: "/" + c.Name}, bot.Inbound{Text: "/" + c.Name + " " + string(m.id)})
	}
	for _, id := range m.shown[max(0, len(m.shown)-60):] {
		out = append(out, bot.Inbound{Choice: id})
		if nonce, rest, answer := strings.Cut(id, ":"); answer {
			out = append(out, bot.Inbound{Choice: nonce + "0:" + rest}, bot.Inbound{Choice: ":" + rest}, bot.Inbound{Choice: rest})
		}
	}
	for _, forged := range []string{"", ":", "/", "//", "x:y", "/buka " + string(m.id) + " " + string(m.id), "/gabung ADMIN-ADMIN", "/setuju " + string(m.id) + "x"} {
		out = append(out, bot.Inbound{Choice: forged, Text: "x"})
	}
	return out
}

// probe has everybody try everything in copies of the office, which stays as it is.
func (m *matrix) probe() {
	m.T.Helper()
	m.states++
	for _, g := range m.people { // messages on the phones of those concerned
		m.note(g, "/tugas")
		m.note(g, "/buka "+string(m.id))
		m.note(g, "/status")
		m.note(g, "/batal")
	}
	inputs := m.inputs()
	room := m.copy()
	for p, g := range m.people {
		for i, in := range inputs {
			if (i+p+m.states)%m.every != 0 {
				continue
			}
			m.tries++
			if room.try(&handlerstest.Guest{Office: room.Office, Chat: g.Chat}, in) {
				m.changed++
				room = m.copy()
			}
		}
	}
}

// copy opens a copy of the office as it is now.
func (m *matrix) copy() *matrix {
	m.T.Helper()
	to := filepath.Join(m.T.TempDir(), "izinbot.db")
	if err := sqlitestore.Snapshot(m.T.Context(), m.Path, to); err != nil {
		m.T.Fatal(err)
	}
	o := &handlerstest.Office{T: m.T, Path: to, Files: m.Files, Now: m.Now, Count: m.Count}
	o.Open()
	_, source, err := sop.Default()
	if err != nil {
		m.T.Fatal(err)
	}
	o.Start(source)
	o.App.SetupLink = func(context.Context, workflow.Officer) (string, error) {
		return "https://izin.contoh.example/otp/x", nil
	}
	return &matrix{Office: o, id: m.id}
}

// try has somebody send something, and tells whether that changed the case.
func (m *matrix) try(g *handlerstest.Guest, in bot.Inbound) bool {
	m.T.Helper()
	before, err := m.Store.Case(m.T.Context(), m.id)
	if err != nil {
		m.T.Fatal(err)
	}
	said := g.Tell(in)
	after, err := m.Store.Case(m.T.Context(), m.id)
	if err != nil {
		m.T.Fatal(err)
	}
	m.secrets(g, in, said)
	if after.Version == before.Version {
		return false
	}
	history, err := m.Store.History(m.T.Context(), m.id)
	if err != nil {
		m.T.Fatal(err)
	}
	accepted := false
	for _, e := range history[before.Version:] {
		if e.Refused == nil {
			accepted = true
			m.lawful(g, in, before, e)
		}
	}
	return accepted
}

// lawful checks an entry that somebody's message led to.
func (m *matrix) lawful(g *handlerstest.Guest, in bot.Inbound, before workflow.Case, e workflow.Entry) {
	m.T.Helper()
	cmd, err := e.Decode()
	if err != nil {
		m.T.Fatal(err)
	}
	what := fmt.Sprintf("step %d%s: %s by %+v, from %s with %+q%+q", before.Step, before.Stage, workflow.ActName(cmd.Act), cmd.Actor, g.Chat, in.Text, in.Choice)
	if why := workflowtest.MayNot(m.App.Desk.Library.Current(), before, cmd, m.Now); why != "" {
		m.T.Errorf("%s: %s", what, why)
	}
	if cmd.Actor.Officer == "" {
		if cmd.Actor.Person != session.PersonAt(g.Chat) {
			m.T.Errorf("%s: it is done in somebody else's name", what)
		}
		return
	}
	if cmd.Proof == workflow.ProofTOTP {
		m.T.Errorf("%s: nobody typed a code", what)
	}
	if rights := m.rights(g); !slices.Contains(rights[cmd.Actor.Officer], cmd.Actor.Role) {
		m.T.Errorf("%s: he has the roles %v", what, rights)
	}
}

// rights gives in which roles the person of a chat may act now, by his officer's id.
func (m *matrix) rights(g *handlerstest.Guest) map[workflow.OfficerID][]workflow.Role {
	m.T.Helper()
	out := map[workflow.OfficerID][]workflow.Role{}
	o, err := m.Store.OfficerOf(m.T.Context(), session.PersonAt(g.Chat))
	if err != nil || o.Disabled {
		return out
	}
	out[o.ID] = o.Roles
	if o.ID == "o-deputy" {
		out[o.ID] = []workflow.Role{"kadis"}
	}
	return out
}

// secrets checks that those who have nothing to do with the case hear nothing of what
// is in it.
func (m *matrix) secrets(g *handlerstest.Guest, in bot.Inbound, said string) {
	m.T.Helper()
	m.identities(g, in, said)
	switch g.Chat {
	case "test:left", "test:stranger", "test:former":
		for _, secret := range []string{"Yayasan Contoh", "Contoh Pimpinan", "X0000000", "62 800 0000 0000", "kantor@contoh.example"} {
			if strings.Contains(said, secret) {
				m.T.Errorf("%s hears of %q for %+q%+q:\n%s", g.Chat, secret, in.Text, in.Choice, said)
			}
		}
	}
}

// identities checks that the applicant's identity number is told to nobody but himself and
// officers who need it, and to these on record.
func (m *matrix) identities(g *handlerstest.Guest, in bot.Inbound, said string) {
	m.T.Helper()
	if !strings.Contains(said, handlerstest.IDNumber) || g.Chat == "test:ani" {
		return
	}
	for id, roles := range m.rights(g) {
		record := "/" + string(id) + "/nomor_identitas"
		if slices.ContainsFunc(roles, m.App.Desk.Library.Current().SeesIdentity) &&
			slices.ContainsFunc(m.Views(m.id), func(v string) bool { return strings.HasSuffix(v, record) }) {
			return
		}
	}
	m.T.Errorf("%s sees the identity number off the record for %+q%+q:\n%s", g.Chat, in.Text, in.Choice, said)
}
