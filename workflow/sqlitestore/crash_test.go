package sqlitestore_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"izinbot/bot"
	"izinbot/workflow"
	"izinbot/workflow/sqlitestore"
	"izinbot/workflow/store"
	"izinbot/workflow/workflowtest"
)

// crashVar names the database that this test binary, started again by
// TestKilledInTheMiddle, writes to until it is killed.
const crashVar = "IZINBOT_TEST_CRASH_DB"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashVar); path != "" {
		fmt.Fprintln(os.Stderr, writeForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const crashChats = 8

// writeForEver changes a case of each chat again and again, and says so on the
// standard output after each change.
func writeForEver(path string) error {
	s, err := sqlitestore.Open(context.Background(), path, sqlitestore.Options{})
	if err != nil {
		return err
	}
	errs := make(chan error)
	for n := range crashChats {
		go func() { errs <- writeChat(s, n) }()
	}
	return <-errs
}

func writeChat(s *sqlitestore.Store, n int) error {
	ctx, now := context.Background(), time.Unix(0, 0)
	talk := bot.Conversation{Chat: bot.MakeAddress("sim", fmt.Sprint(n))}
	c := workflowtest.Case(caseID(n), now)
	for i := 0; ; i++ {
		id := fmt.Sprintf("%d:%d", n, i)
		got, err := s.Accept(ctx, now, bot.Inbound{ID: id, Chat: talk.Chat})
		if err != nil {
			return err
		}
		fmt.Println("message", n, i)
		change, err := workflowtest.Change(c, now, id)
		if err != nil {
			return err
		}
		talk.Handled = got[0].Seq
		unit := store.UnitOfWork{
			Cases: []store.CaseChange{change}, Conversation: &talk,
			Deliveries: []bot.Delivery{{ID: id, Chat: talk.Chat, Created: now}},
		}
		if _, err := s.Commit(ctx, now, unit); err != nil {
			return err
		}
		fmt.Println("unit", n, change.Case.Version)
		c = change.Case
		talk.Version++
	}
}

// said lists the messages of a chat that the killed program had acknowledged.
type said struct{ messages, turns int }

// TestKilledInTheMiddle kills the writing program several times over, each time
// with a fresh file, and looks at what is left.
func TestKilledInTheMiddle(t *testing.T) {
	for _, lines := range []int{40, 333, 1500} {
		path := filepath.Join(t.TempDir(), "izin.db")
		acknowledged := killAfter(t, path, lines)
		s := openAt(t, path)
		deliveries := map[bot.Address]int{}
		list, err := s.Claim(t.Context(), bot.Claim{Owner: "w", Now: time.Unix(1, 0), Until: time.Unix(2, 0), Limit: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			deliveries[d.Chat]++
		}
		for n, want := range acknowledged {
			checkChat(t, s, n, want, deliveries[bot.MakeAddress("sim", fmt.Sprint(n))])
		}
	}
}

// killAfter starts the writing program, kills it after so many lines and gives
// what it had said by then.
func killAfter(t *testing.T, path string, lines int) [crashChats]said {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashVar+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var kill sync.Once
	var got [crashChats]said
	read := 0
	for in := bufio.NewScanner(out); in.Scan(); read++ {
		if read == lines {
			kill.Do(func() { _ = cmd.Process.Kill() })
		}
		var what string
		var n, i int
		if _, err := fmt.Sscan(in.Text(), &what, &n, &i); err != nil {
			continue // a line cut off by the kill
		}
		if what == "unit" {
			got[n].turns = i
		} else {
			got[n].messages = i + 1
		}
	}
	if err := cmd.Wait(); err == nil || read < lines {
		t.Fatalf("the program ended by itself after %d lines (%v)", read, err)
	}
	return got
}

// checkChat looks at one chat after the kill: all that was acknowledged is there,
// and of every unit of work all or nothing.
func checkChat(t *testing.T, s *sqlitestore.Store, n int, want said, deliveries int) {
	t.Helper()
	chat := bot.MakeAddress("sim", fmt.Sprint(n))
	talk, err := s.Conversation(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	turns := talk.Version
	unhandled, err := s.UnhandledOf(t.Context(), chat, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	messages := turns + len(unhandled)
	if turns < want.turns || turns > want.turns+1 || messages < want.messages || messages > want.messages+1 {
		t.Errorf("chat %d: %d turns and %d messages, acknowledged %+v", n, turns, messages, want)
	}
	entries, err := s.History(t.Context(), caseID(n))
	if err != nil {
		t.Fatal(err)
	}
	if seq, reason := workflow.VerifyHistory(caseID(n), entries); seq != 0 || len(entries) != turns {
		t.Errorf("chat %d: %d turns, %d entries; entry %d %s", n, turns, len(entries), seq, reason)
	}
	if turns > 0 {
		if c, err := s.Case(t.Context(), caseID(n)); err != nil || c.Version != turns {
			t.Errorf("chat %d: %d turns, case at %d (%v)", n, turns, c.Version, err)
		}
	}
	if deliveries != turns {
		t.Errorf("chat %d: %d turns, %d deliveries", n, turns, deliveries)
	}
}
