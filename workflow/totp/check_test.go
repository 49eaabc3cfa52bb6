package totp

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
)

func secret() []byte { return []byte("12345678901234567890") }

func noon() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) }

func codeAt(tb interface{ Fatal(...any) }, at time.Time) string {
	code, err := Code(secret(), at)
	if err != nil {
		tb.Fatal(err)
	}
	return code
}

func reasonOf(err error) Reason {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return ""
}

func TestCodeIsTakenOnce(t *testing.T) {
	code := codeAt(t, noon())
	o, err := Check(workflow.OTP{}, secret(), code, "m1", noon())
	if err != nil || !o.Confirmed || o.LastKey != "m1" {
		t.Fatalf("first: %+v, %v", o, err)
	}
	again, err := Check(o, secret(), code, "m1", noon().Add(time.Hour))
	if err != nil || fmt.Sprint(again) != fmt.Sprint(o) {
		t.Errorf("the same message again: %+v, %v", again, err)
	}
	after, err := Check(o, secret(), code, "m2", noon().Add(20*time.Second))
	if reasonOf(err) != Used || after.Tries != 0 {
		t.Errorf("the same code in another message: %+v, %v", after, err)
	}
	if _, err := Check(o, secret(), codeAt(t, noon().Add(-30*time.Second)), "m3", noon()); reasonOf(err) != Used {
		t.Errorf("the code before the accepted one: %v", err)
	}
	if _, err := Check(o, secret(), codeAt(t, noon().Add(30*time.Second)), "m4", noon().Add(30*time.Second)); err != nil {
		t.Errorf("the next code: %v", err)
	}
}

func TestEmptyKeyIsNoRepeat(t *testing.T) {
	o, err := Check(workflow.OTP{}, secret(), codeAt(t, noon()), "", noon())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Check(o, secret(), "000000", "", noon()); err == nil {
		t.Error("a message without an id was taken for the one before")
	}
}

func TestSkew(t *testing.T) {
	for steps, want := range map[int]Reason{-2: Wrong, -1: "", 0: "", 1: "", 2: Wrong} {
		code := codeAt(t, noon().Add(time.Duration(steps)*30*time.Second))
		if _, err := Check(workflow.OTP{}, secret(), code, "m", noon()); reasonOf(err) != want {
			t.Errorf("a code of %d steps away: %v, want %q", steps, err, want)
		}
	}
}

func TestForm(t *testing.T) {
	code := codeAt(t, noon())
	for _, typed := range []string{code, " " + code + "\n", code[:3] + " " + code[3:], code[:3] + "\u00a0" + code[3:]} {
		if _, err := Check(workflow.OTP{}, secret(), typed, "m", noon()); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "ya", "12345", "1234567", "12345a", "١٢٣٤٥٦", "-12345", "123.456"} {
		o, err := Check(workflow.OTP{Tries: 4}, secret(), typed, "m", noon())
		if reasonOf(err) != Malformed || o.Tries != 4 {
			t.Errorf("%q: %+v, %v", typed, o, err)
		}
	}
}

func TestLock(t *testing.T) {
	o := workflow.OTP{}
	var err error
	for left := MaxTries - 1; left > 0; left-- {
		o, err = Check(o, secret(), "000000", "m", noon())
		var e *Error
		if !errors.As(err, &e) || e.Reason != Wrong || e.Left != left {
			t.Fatalf("with %d tries left: %v", left, err)
		}
	}
	o, err = Check(o, secret(), "000000", "m", noon())
	var e *Error
	if !errors.As(err, &e) || e.Reason != Locked || !e.Until.Equal(noon().Add(15*time.Minute)) {
		t.Fatalf("last try: %v", err)
	}
	before := noon().Add(15*time.Minute - time.Second)
	if _, err := Check(o, secret(), codeAt(t, before), "m", before); reasonOf(err) != Locked {
		t.Errorf("a right code while locked: %v", err)
	}
	after := noon().Add(15 * time.Minute)
	anew, err := Check(o, secret(), "000000", "m", after)
	if reasonOf(err) != Wrong || anew.Tries != 1 || !anew.Locked.IsZero() {
		t.Errorf("the count after the lock: %+v, %v", anew, err)
	}
	if right, err := Check(o, secret(), codeAt(t, after), "m", after); err != nil || right.Tries != 0 || !right.Locked.IsZero() {
		t.Errorf("a right code after the lock: %+v, %v", right, err)
	}
}

func TestRightCodeClearsTries(t *testing.T) {
	o, err := Check(workflow.OTP{Tries: MaxTries - 1}, secret(), codeAt(t, noon()), "m", noon())
	if err != nil || o.Tries != 0 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestAcceptedMessageStaysAcceptedWhileLocked(t *testing.T) {
	o := workflow.OTP{LastKey: "m1", Locked: noon().Add(time.Minute), Tries: MaxTries}
	if _, err := Check(o, secret(), "000000", "m1", noon()); err != nil {
		t.Error(err)
	}
}

func TestNotSetUp(t *testing.T) {
	if _, err := Check(workflow.OTP{LastKey: "m"}, nil, "123456", "m", noon()); reasonOf(err) != NotSetUp {
		t.Errorf("got %v", err)
	}
}

// TestAnyOrder throws right, old and wrong codes at the check while the clock
// jumps both ways. Whatever happens: each step is used once and in order, a lock
// holds, and five wrong codes always lock.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o, now := workflow.OTP{}, noon()
		taken := map[int64]bool{}
		for i := range rapid.IntRange(1, 60).Draw(t, "messages") {
			now = now.Add(time.Duration(rapid.IntRange(-120, 300).Draw(t, "seconds")) * time.Second)
			code := "000000"
			if rapid.Bool().Draw(t, "right") {
				code = codeAt(t, now.Add(time.Duration(rapid.IntRange(-3, 3).Draw(t, "steps"))*30*time.Second))
			}
			before := o
			var err error
			o, err = Check(o, secret(), code, fmt.Sprint("m", i), now)
			switch reason := reasonOf(err); {
			case err == nil && now.Before(before.Locked):
				t.Fatalf("taken while locked until %v", before.Locked)
			case err == nil && (taken[o.Last] || o.Last <= before.Last):
				t.Fatalf("step %d taken after %d", o.Last, before.Last)
			case err != nil && (o.Last != before.Last || o.LastKey != before.LastKey):
				t.Fatalf("refused (%v), but the state moved on", err)
			case reason == Wrong && o.Tries >= MaxTries:
				t.Fatalf("%d tries without a lock", o.Tries)
			case reason == Locked && !now.Before(o.Locked):
				t.Fatalf("locked until %v, which is over", o.Locked)
			}
			if err == nil {
				taken[o.Last] = true
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("123 456", "m", int64(1795780800))
	f.Add("", "", int64(-1))
	f.Fuzz(func(t *testing.T, code, key string, unix int64) {
		o, err := Check(workflow.OTP{LastKey: "before"}, secret(), code, key, time.Unix(unix, 0))
		if err != nil && reasonOf(err) == "" {
			t.Errorf("unexpected error: %v", err)
		}
		if err == nil && key != "before" && (o.Last <= 0 || o.LastKey != key) {
			t.Errorf("taken, but not recorded: %+v", o)
		}
	})
}
