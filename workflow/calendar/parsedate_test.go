package calendar_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

func TestParseDateReadsWhatPeopleType(t *testing.T) {
	want := day(t, "2027-12-31")
	for _, s := range []string{
		"31/12/2027", "31-12-2027", "31.12.2027", "31 12 2027", "2027-12-31", "2027/12/31",
		"31 Desember 2027", "31 desember 2027", "31 DES 2027", "31 Des. 2027", "31-Des-2027",
		"31 December 2027", "31 Dec 2027", "31 December, 2027", "  31 /  12 / 2027 ", "31  Desember\t2027",
	} {
		got, err := calendar.ParseDate(s)
		if err != nil || !got.Equal(want) || got.Format("15:04 MST") != "00:00 WIB" {
			t.Errorf("ParseDate(%q) = %v, %v", s, got, err)
		}
	}
}

func TestParseDateReadsEveryMonth(t *testing.T) {
	months := strings.Split("januari january jan 1|februari february feb pebruari|maret march mar 03|april apr|"+
		"mei may|juni june jun|juli july jul|agustus august agu aug agt|september sep sept|"+
		"oktober october okt oct|november nov nopember|desember december des dec 12", "|")
	for i, names := range months {
		for name := range strings.FieldsSeq(names) {
			got, err := calendar.ParseDate("7 " + name + " 2027")
			if want := day(t, fmt.Sprintf("2027-%02d-07", i+1)); err != nil || !got.Equal(want) {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	}
}

func TestParseDatePutsTheDayFirst(t *testing.T) {
	got, err := calendar.ParseDate("2/3/2027")
	if err != nil || !got.Equal(day(t, "2027-03-02")) {
		t.Errorf("2/3/2027 = %v, %v", got, err)
	}
}

func TestParseDateRefusesTheRest(t *testing.T) {
	for _, s := range []string{
		"", " ", "besok", "31/02/2027", "29/02/2027", "31/04/2027", "32/01/2027", "0/1/2027", "1/0/2027", "1/13/2027",
		"12/31/2027", "2027-31-12", "31/12", "31/12/27", "31/12/02027", "1/1/0000", "31/12/2027/1", "31//12/2027",
		"31/12-2027", "+1/1/2027", "-1/1/2027", "1.5/1/2027", "31122027", "31 Desembar 2027", "31 2027 Desember",
		"٣١/١٢/٢٠٢٧", "31 Desember 2027 pagi", "Desember 2027", "1e1/1/2027", strings.Repeat("1/", 10000),
	} {
		got, err := calendar.ParseDate(s)
		var refusal *workflow.Error
		if !errors.As(err, &refusal) || refusal.Code != workflow.CodeInvalid || refusal.Field != "tanggal" || !got.IsZero() {
			t.Errorf("ParseDate(%.40q) = %v, %v", s, got, err)
		}
	}
}

func TestParseDateReadsWhatDateWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(0, 365*400).Draw(t, "days")
		want := time.Date(1800, 1, 1+days, 0, 0, 0, 0, workflow.WIB())
		lang := rapid.SampledFrom([]workflow.Lang{workflow.Indonesian, workflow.English}).Draw(t, "lang")
		_, written, _ := strings.Cut(calendar.Date(want, lang), ", ")
		got, err := calendar.ParseDate(written)
		if err != nil || !got.Equal(want) {
			t.Errorf("ParseDate(%q) = %v, %v", written, got, err)
		}
	})
}

// What is accepted is a midnight in Jakarta that reads back as itself.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"31/12/2027", "2027-12-31", "31 Des. 2027", "31/02/2027", "1 May 1", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := calendar.ParseDate(s)
		if err != nil {
			if workflow.CodeOf(err) != workflow.CodeInvalid {
				t.Fatalf("err = %v", err)
			}
			return
		}
		again, err := calendar.ParseDate(got.Format(time.DateOnly))
		if err != nil || !again.Equal(got) || got.Format("15:04:05 MST") != "00:00:00 WIB" {
			t.Errorf("ParseDate(%q) = %v, read again %v, %v", s, got, again, err)
		}
	})
}
