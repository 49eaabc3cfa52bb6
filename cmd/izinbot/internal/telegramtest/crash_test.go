package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"izinbot/bot"
	"izinbot/bot/telegram/tgtest"
	"izinbot/cmd/izinbot/internal/testclock"
	"izinbot/handlers/apply"
	"izinbot/handlers/session"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
)

// TestCrashes has many persons fill in applications without waiting for answers,
// each update delivered twice and every tenth call failing in some way, while the
// office is killed again and again. A message that was lost, handled twice or
// overtaken by another would put a wrong answer to some question.
//
// The default run is a small one; make soak has 10,000 updates and 20 kills.
func TestCrashes(t *testing.T) {
	persons, kills := 80, 8
	if os.Getenv("IZINBOT_SOAK") != "" {
		persons, kills = 500, 20
	}
	random := rand.New(rand.NewPCG(1, 2))
	faults := &flaky{}
	server := tgtest.New(tgtest.Config{Token: token, Now: testclock.Now, Twice: true, Fault: faults.fault, Forgetful: true})
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c := newChild(t, t.TempDir(), server.URL())
	c.start()

	scripts := make([]script, persons)
	for i := range scripts {
		scripts[i] = newScript(server, i)
	}
	total := 0
	for portion := range kills {
		for left := persons * len(scripts[0].steps) / kills; left > 0; left-- {
			if scripts[random.IntN(persons)].next() {
				total++
			}
		}
		time.Sleep(time.Duration(random.IntN(1000)) * time.Millisecond)
		t.Logf("kill %d: %d updates sent, %d not confirmed", portion+1, total, server.Waiting())
		c.kill()
		c.start()
	}
	for i := range scripts {
		for scripts[i].next() {
			total++
		}
	}
	settle(t, server, c)
	faults.stop()
	settle(t, server, c)
	c.stop()
	t.Logf("%d updates from %d persons, %d kills", total, persons, kills)
	verify(t, c, scripts)
	silent(t, c.logged())
}

// settle waits until the office has all updates and has been quiet for a while.
func settle(t *testing.T, server *tgtest.Server, c *child) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	if err := server.Drained(ctx); err != nil {
		t.Fatalf("%d updates wait: %v\n%s", server.Waiting(), err, c.tail())
	}
	calls := func() (n int) {
		for _, method := range []string{"sendMessage", "getFile", "file"} {
			n += server.Calls(method)
		}
		return n
	}
	for last, quiet := calls(), 0; quiet < 25; {
		time.Sleep(100 * time.Millisecond)
		now := calls()
		if quiet++; now != last {
			last, quiet = now, 0
		}
	}
}

// flaky makes calls fail now and then.
type flaky struct{ stopped atomic.Bool }

func (f *flaky) stop() { f.stopped.Store(true) }

func (f *flaky) fault(string) tgtest.Fault {
	if f.stopped.Load() {
		return tgtest.FaultNone
	}
	switch rand.IntN(100) {
	case 0, 1:
		return tgtest.FaultTooMany
	case 2, 3:
		return tgtest.FaultInternal
	case 4:
		return tgtest.FaultBadGateway
	case 5, 6:
		return tgtest.FaultReset
	case 7, 8, 9:
		return tgtest.FaultLost
	}
	return tgtest.FaultNone
}

// script is the sequence of one person's messages.
type script struct {
	name  string
	chat  bot.Address
	steps []func()
	done  int
}

// answers are those to the questions of the form, but the first.
func answers() []string {
	return []string{
		"Belanda", "Yayasan", "Contoh Pimpinan", "Paspor", "X0000000", "Jl. Contoh No. 1, Medan",
		"kantor@contoh.example", "+6280000000000", "Jl. Contoh No. 2", "Sidikalang", "Desa Contoh", "2.7431, 98.3126",
		"Anak", "LKS Contoh Dairi", "Januari 2027 – Desember 2027", "Lewati",
	}
}

func newScript(server *tgtest.Server, i int) script {
	p := server.Person(int64(9_000_000+i), "CONTOH")
	s := script{name: fmt.Sprintf("Yayasan CONTOH nomor %d", i), chat: bot.MakeAddress("telegram", fmt.Sprint(p.ID()))}
	texts := append([]string{"/start", "Ajukan izin", "Setuju dan lanjut", s.name}, answers()...)
	for _, text := range texts {
		s.steps = append(s.steps, func() { p.Type(text) })
	}
	for _, doc := range []string{"A1", "A2"} {
		s.steps = append(s.steps, func() { p.SendDocument(doc+".pdf", pdf(doc), 0, "") })
	}
	return s
}

func (s *script) next() bool {
	if s.done == len(s.steps) {
		return false
	}
	s.steps[s.done]()
	s.done++
	return true
}

// pdf makes a document of one page.
func pdf(text string) []byte {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCreationDate(time.Unix(0, 0))
	doc.SetModificationDate(time.Unix(0, 0))
	doc.AddPage()
	doc.SetFont("Helvetica", "", 20)
	doc.Text(20, 40, "CONTOH "+text)
	var out bytes.Buffer
	_ = doc.Output(&out)
	return out.Bytes()
}

// verify reads what the office kept.
func verify(t *testing.T, c *child, scripts []script) {
	t.Helper()
	store, err := sqlitestore.Open(t.Context(), filepath.Join(c.dir, "izinbot.db"), sqlitestore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	if left, err := store.Unhandled(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("%d messages are not handled, %v", len(left), err)
	}
	later := testclock.Now().Add(time.Hour)
	if left, err := store.Claim(t.Context(), bot.Claim{Owner: "test", Now: later, Until: later.Add(time.Minute), Limit: 1000}); err != nil || len(left) > 0 {
		t.Errorf("%d answers were not sent, %v", len(left), err)
	}
	var want workflow.Answers
	wrong := 0
	for _, s := range scripts {
		got, err := filled(t, store, s)
		if want == nil {
			want = got
		}
		if err == nil && !maps.Equal(got, want) {
			err = fmt.Errorf("answers %v, of the first person %v", got, want)
		}
		if err != nil && wrong < 5 {
			t.Errorf("%s: %v", s.name, err)
		}
		if err != nil {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d conversations went wrong", wrong, len(scripts))
	}
}

// filled gives what a person answered, but for his own name, after a look at the
// rest.
func filled(t *testing.T, store *sqlitestore.Store, s script) (workflow.Answers, error) {
	t.Helper()
	conversation, err := store.Conversation(t.Context(), s.chat)
	if err != nil {
		return nil, err
	}
	var state session.State
	if err := json.Unmarshal(conversation.State, &state); err != nil {
		return nil, err
	}
	if state.Open == nil {
		return nil, fmt.Errorf("no open application: %s", conversation.State)
	}
	var open apply.Application
	if err := json.Unmarshal(state.Open.State, &open); err != nil {
		return nil, err
	}
	got := maps.Clone(open.Answers)
	values := slices.Collect(maps.Values(got))
	for _, said := range append(answers()[:10], s.name) {
		if !slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, said) }) {
			return nil, fmt.Errorf("%q is no answer among %v", said, got)
		}
	}
	for key, value := range got {
		if value == s.name {
			delete(got, key)
		}
	}
	var documents []string
	for _, d := range open.Documents {
		documents = append(documents, fmt.Sprintf("%s %d", d.Code, len(d.Files)))
	}
	if !slices.Equal(documents, []string{"A1 1", "A2 1"}) {
		return nil, fmt.Errorf("documents %v", documents)
	}
	return got, nil
}
