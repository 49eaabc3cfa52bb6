// Package demo runs the product with a made-up office on simulated phones: on a
// page for people to try, or by itself along a story.
package demo

import (
	"fmt"
	"slices"

	"izinbot/bot/simulator"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/workflow"
)

// person is somebody of the made-up office, or an applicant.
type person struct {
	phone string
	name  string
	line  string // under the name
	roles []workflow.Role
	nip   string
	rank  string
	title string
	hints []string
}

// people are everybody of the made-up office. All values are made up.
func people() []person {
	apply := []string{"mulai", "status", "bantuan"}
	work := []string{"tugas", "bantuan", "rekap"}
	return []person{
		{phone: "pemohon1", name: "Ayu CONTOH", line: "Pemohon, Yayasan Contoh Harapan", hints: apply},
		{phone: "pemohon2", name: "Noah CONTOH", line: "Pemohon (English), Sample Relief Foundation", hints: []string{"start", "English", "status", "help"}},
		{phone: "fo", name: "Fitri CONTOH", line: "Front Office", roles: []workflow.Role{"front_office"}, nip: "CONTOH-0001", rank: "Pengatur (II/c)", title: "Petugas Front Office", hints: work},
		{phone: "bo", name: "Bona CONTOH", line: "Backoffice / Ka Seksi Pelayanan II", roles: []workflow.Role{"backoffice"}, nip: "CONTOH-0002", rank: "Penata (III/c)", title: "Kepala Seksi Pelayanan II", hints: work},
		{phone: "tim1", name: "Tigor CONTOH", line: "Tim Teknis (ketua)", roles: []workflow.Role{"tim_teknis"}, nip: "CONTOH-0003", rank: "Penata Tk. I (III/d)", title: "Ketua Tim Teknis", hints: []string{"tugas", "kunjungan", "bantuan"}},
		{phone: "tim2", name: "Tiur CONTOH", line: "Tim Teknis (anggota)", roles: []workflow.Role{"tim_teknis"}, nip: "CONTOH-0004", rank: "Penata (III/c)", title: "Anggota Tim Teknis", hints: []string{"tugas", "kunjungan", "bantuan"}},
		{phone: "kabid", name: "Karina CONTOH", line: "Kabid Pelayanan", roles: []workflow.Role{"kabid"}, nip: "CONTOH-0005", rank: "Pembina (IV/a)", title: "Kepala Bidang Pelayanan", hints: []string{"tugas", "ttd", "terlambat"}},
		{phone: "sekretaris", name: "Saut CONTOH", line: "Sekretaris", roles: []workflow.Role{"sekretaris"}, nip: "CONTOH-0006", rank: "Pembina Tk. I (IV/b)", title: "Sekretaris", hints: []string{"tugas", "ttd", "terlambat"}},
		{phone: "kadis", name: "Kristin CONTOH", line: "Kepala Dinas", roles: []workflow.Role{"kadis"}, nip: "CONTOH-0007", rank: "Pembina Utama Muda (IV/c)", title: "Kepala Dinas", hints: []string{"tugas", "ttd", "rekap", "terlambat"}},
		{phone: "umum", name: "Uli CONTOH", line: "Ksb. Umum", roles: []workflow.Role{"ksb_umum"}, nip: "CONTOH-0008", rank: "Penata (III/c)", title: "Kepala Subbagian Umum", hints: work},
	}
}

// secondPhone is another chat of the first applicant.
func secondPhone() person {
	return person{phone: "pemohon1b", name: "Ayu CONTOH (lain)", line: "Pemohon, chat kedua", hints: []string{"sambung", "status"}}
}

// cast gives the people of a procedure: those of the made-up office whose roles it
// knows, and somebody made up for each role that is left.
func cast(def *workflow.SOP) []person {
	var out []person
	filled := map[workflow.Role]bool{workflow.RoleApplicant: true}
	for _, p := range people() {
		unknown := func(r workflow.Role) bool { _, ok := def.RoleDef(r); return !ok }
		if slices.ContainsFunc(p.roles, unknown) {
			continue
		}
		out = append(out, p)
		for _, r := range p.roles {
			filled[r] = true
		}
	}
	for i, r := range def.Roles {
		if !filled[r.Role] {
			out = append(out, person{
				phone: string(r.Role), name: r.Name.ID + " CONTOH", line: r.Name.ID, roles: []workflow.Role{r.Role},
				nip: fmt.Sprintf("CONTOH-1%03d", i), rank: "Penata (III/c)", hints: []string{"tugas", "bantuan", "rekap"},
			})
		}
	}
	return out
}

// phones are the phones of people.
func phones(people []person) []simulator.Phone {
	var out []simulator.Phone
	for _, p := range people {
		out = append(out, simulator.Phone{ID: p.phone, Name: p.name, Role: p.line, Hints: p.hints})
	}
	return out
}

func (p person) isOfficer() bool { return len(p.roles) > 0 }

func officerID(phone string) workflow.OfficerID { return app.MakeMadeUp(phone) }

// find gives the person with a phone.
func (d *Demo) find(phone string) (person, bool) {
	i := slices.IndexFunc(d.people, func(p person) bool { return p.phone == phone })
	if i < 0 {
		return person{}, false
	}
	return d.people[i], true
}
