package demo

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// report prints the steps that a case went through with the time that the SOP plans
// and the working time that was used, and fails unless the case has ended with a
// sound history.
func (d *Demo) report(ctx context.Context, id workflow.CaseID, name string, out io.Writer) error {
	c, err := d.Program.Store.Case(ctx, id)
	if err != nil {
		return err
	}
	if c.Open() {
		return fmt.Errorf("%s: %s stopped at step %d", name, id, c.Step)
	}
	if want := map[string]string{"tolak": workflow.EndRefused}[name]; want != "" && c.End != want || want == "" && c.End != workflow.EndGranted {
		return fmt.Errorf("%s: %s ended as %q", name, id, c.End)
	}
	entries, err := d.Program.Store.History(ctx, id)
	if err != nil {
		return err
	}
	if seq, reason := c.VerifyHistory(entries); seq > 0 {
		return fmt.Errorf("%s: history of %s: entry %d %s", name, id, seq, reason)
	}
	def, err := d.Program.Desk.Library.Get(ctx, c.SOP)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(out, "\n%s: %s berakhir %q, %d catatan riwayat, %d surat\n", name, id, c.End, len(entries), len(c.Letters)); err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(w, "No\tKegiatan\tPelaksana\tHasil\tRencana\tTerpakai\tSelesai"); err != nil {
		return err
	}
	for _, run := range c.Trail {
		if err := d.reportRun(w, def, run); err != nil {
			return err
		}
	}
	used := d.Program.Calendar.Current().DaysUsed(c.ServiceClock.Start, c.ServiceClock.Stop, c.ServiceClock.Pauses)
	if _, err := fmt.Fprintf(w, "\tLayanan sejak resi\t\t\t%s\t%d Hari\t%s\n", c.ServiceClock.Budget, used, stamp(c.ServiceClock.Stop)); err != nil {
		return err
	}
	return w.Flush()
}

func (d *Demo) reportRun(w io.Writer, def *workflow.SOP, run workflow.Run) error {
	step, _ := def.Step(run.Step)
	k := run.Clock
	late := ""
	if k.Stop.After(d.Program.Calendar.Current().Due(k.Start, k.Budget, k.Pauses)) {
		late = " (lewat)"
	}
	by, _, _ := strings.Cut(run.By.Shown(), " (")
	_, err := fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s%s\t%s\n", run.Step, step.Activity, by, run.Outcome, k.Budget, d.used(k), late, stamp(k.Stop))
	return err
}

// used is the working time that a stopped clock counted, in days for a budget in
// days that lasted over a close of business.
func (d *Demo) used(k workflow.Clock) string {
	cal := d.Program.Calendar.Current()
	if days := cal.DaysUsed(k.Start, k.Stop, k.Pauses); k.Budget.Unit == workflow.Day && days > 0 {
		return fmt.Sprintf("%d hari", days)
	}
	spent := cal.Used(k.Start, k.Stop, k.Pauses).Round(time.Minute)
	if spent == 0 {
		return "< 1 menit"
	}
	return calendar.DurationWords(spent, workflow.Indonesian)
}

func stamp(t time.Time) string { return calendar.ShortDateTime(t, workflow.Indonesian) }
