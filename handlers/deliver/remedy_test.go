package deliver_test

import (
	"bytes"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"izinbot/handlers/handlerstest"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// TestRefusalRights: the message that brings a refusal tells in both languages whom to object and
// to appeal to and until when, with the numbers of days that the letter itself names.
func TestRefusalRights(t *testing.T) {
	for lang, want := range map[workflow.Lang][]string{
		workflow.Indonesian: {
			"keberatan tertulis kepada Kepala Dinas dalam {object} hari kerja", "paling lambat {last}", "banding tertulis kepada Bupati Dairi dalam {appeal} hari kerja",
			"sampai {end}", "UU 30/2014 Pasal 75–78",
		},
		workflow.English: {
			"object in writing to the Head of the Office within {object} working days", "by {last} at the latest", "appeal in writing to the Bupati Dairi within {appeal} working days",
			"until {end}", "Law 30/2014, articles 75–78",
		},
	} {
		g, id := handlerstest.At(t, 14, workflow.OutcomeNotRecommended)
		if lang == workflow.English {
			g.Say("english")
		}
		g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansChat})
		letter, _ := g.OnlyCase().Letter(g.OnlyCase().Current)
		printed := textOf(t, g, letter)
		if !strings.Contains(printed, strconv.Itoa(workflow.ObjectionDays)+" (dua puluh satu) hari kerja") || !strings.Contains(printed, strconv.Itoa(workflow.AppealDays)+" (sepuluh) hari kerja") {
			t.Errorf("the letter names other days:\n%s", printed)
		}
		last, end := remedyDays(g, letter)
		for i, text := range want {
			want[i] = strings.NewReplacer("{object}", strconv.Itoa(workflow.ObjectionDays), "{appeal}", strconv.Itoa(workflow.AppealDays),
				"{last}", calendar.Date(last, lang), "{end}", calendar.Date(end, lang)).Replace(text)
		}
		g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), want...)
	}
}

// remedyDays counts working days one by one.
func remedyDays(g *handlerstest.Guest, l workflow.Letter) (objection, appeal time.Time) {
	after := func(day time.Time, n int) time.Time {
		for n > 0 {
			if day = day.AddDate(0, 0, 1); g.App.Calendar.IsWorkingDay(day) {
				n--
			}
		}
		return day
	}
	objection = after(l.Sent.At, workflow.ObjectionDays)
	return objection, after(after(objection, workflow.AnswerDays), workflow.AppealDays)
}

// textOf reads a letter on one line.
func textOf(t *testing.T, g *handlerstest.Guest, l workflow.Letter) string {
	t.Helper()
	file, err := g.Files.Open(t.Context(), l.File.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	read := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	var out bytes.Buffer
	read.Stdin, read.Stdout = file, &out
	if err := read.Run(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// TestRefusalCollected: the days count from the day on which the letter was collected, and are told
// then.
func TestRefusalCollected(t *testing.T) {
	g, id := handlerstest.At(t, 14, workflow.OutcomeNotRecommended)
	g.Act(id, "front_office", workflow.Deliver{Means: workflow.MeansCounter})
	g.Lacks(handlerstest.Transcript(g.Sent[g.Chat]), "paling lambat", "sampai")
	g.Now = g.Now.AddDate(0, 0, 1)
	g.Act(id, "front_office", workflow.HandDeliver{Recipient: "Contoh Pimpinan", Identity: "KTP", IdentityChecked: true})
	l, _ := g.OnlyCase().Letter(g.OnlyCase().Current)
	l.Sent.Mark = l.Received.Mark
	last, _ := remedyDays(g, l)
	g.Wants(handlerstest.Transcript(g.Sent[g.Chat]), "layanan ini selesai", "keberatan tertulis", "paling lambat "+calendar.Date(last, workflow.Indonesian))
}
