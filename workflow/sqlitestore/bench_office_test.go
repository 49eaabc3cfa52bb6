package sqlitestore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// office is a store with cases and 64 people who write about them.
type office struct {
	b     *testing.B
	store *sqlitestore.Store
	cases int
	chats [64]chat
}

// chat is a conversation about some cases that no other chat changes.
type chat struct {
	talk  bot.Conversation
	cases []workflow.Case
	turns int
	sent  []bot.Settlement
}

func benchStart() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }

func filled(b *testing.B, cases int) *office {
	b.Helper()
	s, err := sqlitestore.Open(b.Context(), filepath.Join(b.TempDir(), "izin.db"), sqlitestore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	o := &office{b: b, store: s, cases: cases}
	const page = 250
	for first := 0; first < cases; first += page {
		var t store.UnitOfWork
		for n := first; n < first+page; n++ {
			t.Cases = append(t.Cases, o.change(newCase(n), n))
		}
		if _, err := s.Commit(b.Context(), benchStart(), t); err != nil {
			b.Fatal(err)
		}
		if o.chats[0].talk.Chat == "" {
			o.people(t.Cases)
		}
	}
	return o
}

// people gives the first cases to the chats.
func (o *office) people(cases []store.CaseChange) {
	for i := range o.chats {
		o.chats[i].talk.Chat = bot.MakeAddress("telegram", fmt.Sprint(100_000+i))
	}
	for i, c := range cases {
		at := &o.chats[i%len(o.chats)]
		at.cases = append(at.cases, c.Case)
	}
}

func caseID(n int) workflow.CaseID { return workflow.MakeCaseID("LKS", 2026, n+1) }

func newCase(n int) workflow.Case {
	c := workflowtest.Case(caseID(n), benchStart())
	c.Applicant = applicant(n)
	return c
}

// applicant has two cases.
func applicant(n int) workflow.PersonID { return workflow.PersonID(fmt.Sprintf("P-%06d", n/2)) }

// change is the next change of a case. With every third its task passes to
// another role with another deadline, as it does over the whole way of a case.
func (o *office) change(c workflow.Case, n int) store.CaseChange {
	ch, err := workflowtest.Change(c, benchStart(), fmt.Sprintf("telegram:%d:%d", n, c.Version))
	if err != nil {
		o.b.Error(err)
	}
	roles := [...]workflow.Role{"front_office", "backoffice", "kabid", "sekretaris", "kadis", "ksb_umum", "tim_teknis"}
	at := n + ch.Case.Version/3
	ch.Task.Role = roles[at%len(roles)]
	ch.Task.Due = benchStart().Add(time.Duration(at*7919%1_000_000) * time.Minute)
	ch.Task.Keywords = "yayasan contoh " + word(c.ID)
	return ch
}

// word is a word that one case alone is found by.
func word(id workflow.CaseID) string { return "nomor" + strings.Split(string(id), "-")[2] }

// update makes the writes of the product for one message: the message itself, which
// is then acknowledged to the network, and all that it leads to.
func (o *office) update(n int) error {
	return o.handle(&o.chats[n], false)
}

// turn is an update with the reads that come before it.
func (o *office) unit(n int) error {
	return o.handle(&o.chats[n], true)
}

func (o *office) handle(c *chat, read bool) error {
	ctx, now := o.b.Context(), benchStart()
	c.turns++
	at := c.turns % len(c.cases)
	m := inbound(c)
	got, err := o.store.Accept(ctx, now, m)
	if err != nil {
		return err
	}
	if read {
		if _, err := o.store.Conversation(ctx, m.Chat); err != nil {
			return err
		}
		if c.cases[at], err = o.store.Case(ctx, c.cases[at].ID); err != nil {
			return err
		}
	}
	t := o.effects(c, at, m, got[0].Seq)
	sent, err := o.store.Commit(ctx, now, t)
	if err != nil {
		return err
	}
	if err := o.settle(c, sent[0].Seq); err != nil {
		return err
	}
	c.cases[at] = t.Cases[0].Case
	c.talk.Version++
	return nil
}

// settle notes what was sent. The product does it beside the conversation, for
// many deliveries at a time; here every eighth update waits for it.
func (o *office) settle(c *chat, seq int64) error {
	c.sent = append(c.sent, bot.Settlement{Seq: seq, State: bot.DeliverySent})
	if len(c.sent) < 8 {
		return nil
	}
	err := o.store.Settle(o.b.Context(), benchStart(), c.sent...)
	c.sent = c.sent[:0]
	return err
}

func inbound(c *chat) bot.Inbound {
	return bot.Inbound{
		ID: fmt.Sprintf("%s:%d", c.talk.Chat, c.turns), Chat: c.talk.Chat, Name: "Petugas CONTOH", At: benchStart(),
		Choice: "periksa:B1:tidak",
	}
}

func (o *office) effects(c *chat, at int, m bot.Inbound, seq int64) store.UnitOfWork {
	now := benchStart()
	c.talk.Handled = seq
	c.talk.State = []byte(fmt.Sprintf(`{"form":"periksa","step":"alasan","case":%q,"answers":{"dokumen":"B1","turn":%d}}`, c.cases[at].ID, c.turns))
	return store.UnitOfWork{
		Cases: []store.CaseChange{o.change(c.cases[at], at)}, Conversation: &c.talk, Owner: "bench", Lease: now.Add(time.Minute),
		Deliveries: []bot.Delivery{{
			ID: m.ID + "/1", Chat: m.Chat, Created: now, Message: bot.Message{
				Text:    "14 sesuai, 1 tidak. B1: tidak terbaca, kirim ulang sebagai PDF.",
				Choices: []bot.Choice{{ID: "1", Label: "Kirim klarifikasi ke pemohon"}, {ID: "2", Label: "Periksa lagi"}},
			},
		}},
	}
}

// status makes the reads of an applicant's question: his chat, his cases, one of them.
func (o *office) status(n int) error {
	i := rand.IntN(o.cases)
	if _, err := o.store.Conversation(o.b.Context(), o.chats[n].talk.Chat); err != nil {
		return err
	}
	rows, err := o.store.ByApplicant(o.b.Context(), applicant(i), 10)
	if err != nil {
		return err
	}
	_, err = o.store.Case(o.b.Context(), rows[0].ID)
	return err
}

// tasks is the first page of the list of an officer with two roles.
func (o *office) tasks(int) error {
	_, err := o.store.Tasks(o.b.Context(), store.TaskQuery{Roles: []workflow.Role{"kabid", "sekretaris"}, Holder: "O-1", Limit: 10})
	return err
}

// find looks for a word that one case has and one that every case has.
func (o *office) find(int) error {
	_, err := o.store.Find(o.b.Context(), word(caseID(rand.IntN(o.cases)))+" yayasan", 10)
	return err
}
