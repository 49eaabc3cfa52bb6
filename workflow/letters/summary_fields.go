package letters

import (
	"strconv"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// englishValues gives the fields of the letter as a summary prints them: names of the procedure,
// dates and stretches of time in English. What is empty in the letter is empty here. Without a
// calendar the last days of the remedies are not told.
func (p *letter) englishValues(cal workflow.WorkingTime) Fields {
	f := p.values()
	f.Izin = p.sop.Permit.In(workflow.English)
	f.NamaSurat, f.Kantor, f.Kontak = p.def.Name(workflow.English), p.office.Name, p.englishContacts()
	f.NomorSurat = ""
	if f.Nomor != pending {
		f.NomorSurat = f.Nomor
	}
	f.Penandatangan = or(p.sop.Signatory(p.step).Name.In(workflow.English), f.Penandatangan)
	f.LamaLayanan, f.LamaJawab = englishTime(p.sop.ServiceTime), englishTime(p.sop.ReplyTime)
	f.LamaKeberatan = englishTime(workflow.Budget{N: workflow.ObjectionDays, Unit: workflow.Day})
	f.LamaBanding = englishTime(workflow.Budget{N: workflow.AppealDays, Unit: workflow.Day})
	if cal != nil {
		last := p.l.Remedies(cal)
		f.BatasKeberatan, f.BatasBanding = englishDate(last.Objection), englishDate(last.Appeal)
	}
	p.englishDates(&f)
	return f
}

func (p *letter) englishDates(f *Fields) {
	f.TanggalSurat = englishDate(p.date())
	f.TanggalMasuk, f.WaktuMasuk = englishDate(p.c.Submitted), englishMoment(p.c.Submitted)
	f.TanggalLengkap, f.WaktuDibuat = englishDate(p.filed()), englishMoment(p.l.Made.At)
	f.MulaiLayanan, f.BatasLayanan = englishMoment(p.c.ServiceClock.Start), englishMoment(p.c.ServiceClock.Due)
	f.TanggalBatasLayanan, f.BatasJawab = englishDate(p.c.ServiceClock.Due), englishDate(p.c.ReplyClock.Due)
	began := p.l.Made.At
	if v := p.c.Visit; v != nil && !v.Started.At.IsZero() {
		began = v.Started.At
	}
	f.HariPeninjauan = englishDate(began)
	if until, ok := p.validDay(); ok {
		f.BerlakuSampai = englishDate(until)
	}
}

func englishDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Date(t, workflow.English)
}

func englishMoment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.DateTime(t, workflow.English)
}

// englishTime writes a budget as "10 working days"; "" for none.
func englishTime(b workflow.Budget) string {
	unit := map[workflow.Unit]string{workflow.Day: "working day", workflow.Hour: "hour", workflow.Minute: "minute"}[b.Unit]
	if b.IsZero() {
		return ""
	}
	if b.N != 1 {
		unit += "s"
	}
	return strconv.Itoa(b.N) + " " + unit
}

func (p *letter) englishContacts() string {
	var parts []string
	for _, c := range []fact{{"Telephone", p.office.Phone}, {"e-mail", p.office.Email}, {"website", p.office.Website}} {
		if c.value != "" {
			parts = append(parts, c.label+" "+c.value)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return capital(strings.Join(parts, ", ")) + "."
}
