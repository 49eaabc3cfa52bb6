package audit_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/mongostore/mongotest"
	"izinbot/workflow/store"
)

// tampering is a change behind the program's back, and what the audit must say of it.
type tampering struct {
	name string
	do   func(o *office)
	want string
}

// TestTamperings plays two cases, and then changes in a copy of the database what somebody
// who writes to it could change. Each change is found and named, on both databases.
func TestTamperings(t *testing.T) {
	t.Parallel()
	source := played(t)
	for name, uri := range map[string]func(testing.TB) string{
		"SQLite": func(testing.TB) string { return "" }, "MongoDB": mongotest.URI,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if faults := audited(t, source.clone(t), uri(t)); len(faults) > 0 {
				t.Fatalf("an office that nobody touched: %q", faults)
			}
			for i, c := range tamperings() {
				if name == "MongoDB" && os.Getenv("IZINBOT_SOAK") == "" && i%6 > 0 {
					continue // FerretDB takes seconds for each
				}
				t.Run(c.name, func(t *testing.T) {
					o := source.clone(t)
					c.do(o)
					if faults := audited(t, o, uri(t)); !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, c.want) }) {
						t.Errorf("%q is not among %q", c.want, faults)
					}
				})
			}
		})
	}
}

func tamperings() []tampering {
	return slices.Concat(entryTamperings(), caseTamperings(), besideTamperings(), logTamperings())
}

func entryTamperings() []tampering {
	return []tampering{
		{"an entry's words changed", func(o *office) {
			o.entry(2, func(e *workflow.Entry) { e.Command = bytes.ReplaceAll(e.Command, []byte("CONTOH"), []byte("CONTOJ")) })
		}, "catatan 2 diubah setelah ditulis"},
		{"an entry's time changed", func(o *office) {
			o.entry(5, func(e *workflow.Entry) { e.At = e.At.Add(-time.Hour) })
		}, "catatan 5 diubah setelah ditulis"},
		{"an entry's actor changed", func(o *office) {
			o.entry(3, func(e *workflow.Entry) {
				e.Command = bytes.Replace(e.Command, []byte(`"name":"`), []byte(`"name":"X`), 1)
			})
		}, "catatan 3 diubah setelah ditulis"},
		{"an entry's hash changed", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 6 && set(&e.Hash, strings.Repeat("0", 64)) })
		}, "catatan 7 diubah setelah ditulis"},
		{"an entry in other bytes", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 3 && set(&e.Entry, append(e.Entry, ' ')) })
		}, "catatan 4 diubah setelah ditulis"},
		{"an entry unreadable", func(o *office) {
			o.rows(func(i int, e *store.PortableEntry) bool { return i == 3 && set(&e.Entry, []byte("{")) })
		}, "catatan 4 tidak terbaca"},
		{"an entry taken out", func(o *office) { o.cut(8, 9) }, "catatan 9 hilang"},
		{"the tail cut off", func(o *office) { o.cut(o.len()-2, o.len()) }, " hilang"},
		{"two entries in the other order", func(o *office) { o.swap(4, 5) }, "catatan 5 hilang"},
		{"another case's entry put in", func(o *office) { o.borrow(1) }, "catatan 2 milik permohonan lain"},
		{"an entry that could not happen, with all hashes made anew", func(o *office) {
			o.entry(4, func(e *workflow.Entry) {
				e.Command = bytes.Replace(e.Command, []byte(`"role":"`), []byte(`"role":"x`), 1)
			})
			o.rehash()
		}, "catatan 4 tidak mungkin terjadi menurut prosedurnya"},
		{"an answer of the form changed, with all hashes made anew", func(o *office) {
			o.entry(1, func(e *workflow.Entry) {
				e.Command = bytes.Replace(e.Command, []byte(`"lang":"`), []byte(`"lang":"x`), 1)
			})
			o.rehash()
		}, "permohonan yang tersimpan tidak sama dengan riwayatnya"},
	}
}

func caseTamperings() []tampering {
	return []tampering{
		{"the step changed", func(o *office) { o.change(func(c *workflow.Case) { c.Step-- }) }, "tidak sama dengan riwayatnya: langkah"},
		{"the end changed", func(o *office) { o.change(func(c *workflow.Case) { c.End = "lain" }) }, "riwayatnya: akhir permohonan"},
		{"an answer changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Form["negara_asal"] = "Lain" })
		}, "riwayatnya: isian formulir"},
		{"who applies changed", func(o *office) { o.change(func(c *workflow.Case) { c.Applicant = "p-lain" }) }, "riwayatnya: pemohon"},
		{"a letter's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[0].File.SHA256 = strings.Repeat("0", 64) })
		}, "riwayatnya: surat resi (SHA-256 berkas)"},
		{"an archive's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[0].Archive.SHA256 = strings.Repeat("0", 64) })
		}, "riwayatnya: surat resi (SHA-256 arsip)"},
		{"a letter's number changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Letters[len(c.Letters)-1].Number.Text = "503/1/CONTOH" })
		}, " (nomor)"},
		{"a letter taken out", func(o *office) { o.change(func(c *workflow.Case) { c.Letters = c.Letters[1:] }) }, "surat resi (hilang)"},
		{"a letter put in", func(o *office) {
			o.change(func(c *workflow.Case) {
				c.Letters = append(c.Letters, workflow.Letter{ID: "surat_izin-9", Kind: "surat_izin", Status: workflow.LetterFinal})
			})
		}, "surat surat_izin-9 (ditambahkan)"},
		{"a document's hash changed", func(o *office) {
			o.change(func(c *workflow.Case) { c.Documents[0].Files[0].SHA256 = strings.Repeat("0", 64) })
		}, " (berkas)"},
		{"the whole case deleted", func(o *office) { o.forget() }, "permohonan tidak ada, padahal"},
		{"the procedure changed", func(o *office) {
			edit(o, store.KindSOP, func(s *store.PortableSOP) bool {
				return set(&s.Source, bytes.Replace(s.Source, []byte("versi:"), []byte("# x\nversi:"), 1))
			})
		}, "prosedur lks-asing versi"},
	}
}

func besideTamperings() []tampering {
	task := func(change func(*store.PortableCase)) func(*office) {
		return func(o *office) { edit(o, store.KindCase, func(c *store.PortableCase) bool { change(c); return true }) }
	}
	number := func(change func(*store.PortableNumber) bool) func(*office) {
		return func(o *office) {
			edit(o, store.KindNumber, func(n *store.PortableNumber) bool { return n.Status == workflow.NumberIssued && change(n) })
		}
	}
	return []tampering{
		{"a task's role changed", task(func(c *store.PortableCase) { c.Role = "kadis" }), "tugas di daftar tidak sama dengan permohonannya: jabatan"},
		{"a task's holder changed", task(func(c *store.PortableCase) { c.Holder = "o-lain" }), "permohonannya: pemegang"},
		{"a task's deadline changed", task(func(c *store.PortableCase) { c.Due = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) }), "permohonannya: tenggat"},
		{"a case made hard to find", task(func(c *store.PortableCase) { c.Keywords = "lain" }), "permohonannya: kata pencarian"},
		{"a number's text changed", number(func(n *store.PortableNumber) bool { return set(&n.Printed, "503/lain") }), "tercetak lain menurut riwayat"},
		{"a number's letter changed", number(func(n *store.PortableNumber) bool { return set(&n.Key, n.Key+"-9") }), "milik surat lain menurut riwayat"},
		{"a number made void", number(func(n *store.PortableNumber) bool { return set(&n.Status, workflow.NumberVoid) }), "bukan yang menurut riwayat"},
		{"a register's row taken out", func(o *office) {
			drop(o, store.KindNumber, 1, func(n store.PortableNumber) bool { return n.Status == workflow.NumberIssued })
		}, "hilang"},
		{"a register's row put in", func(o *office) {
			add(o, store.KindNumber, store.PortableNumber{
				Register: "surat_keluar", Year: 2026, Seq: o.lastNumber("surat_keluar") + 1, Key: string(o.id) + "/surat_izin-7",
				Status: workflow.NumberIssued, Taken: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Printed: "503/99/CONTOH",
			})
		}, "tidak berasal dari riwayat permohonan mana pun"},
		{"a register with a gap", func(o *office) {
			add(o, store.KindNumber, store.PortableNumber{
				Register: "surat_keluar", Year: 2026, Seq: o.lastNumber("surat_keluar") + 3, Key: string(o.id) + "/surat_izin-7",
				Status: workflow.NumberVoid, Taken: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Printed: "503/99/CONTOH",
			})
		}, "nomor urut "},
		{"a milestone taken out", func(o *office) {
			drop(o, store.KindMilestone, 1, func(m store.PortableMilestone) bool { return m.Kind == store.MilestoneRun })
		}, "1 capaian untuk buku register hilang"},
		{"a milestone put in", func(o *office) {
			add(o, store.KindMilestone, store.PortableMilestone{
				Case: o.id, SOP: "lks-asing", Kind: store.MilestoneRun, Step: 3, Outcome: "ya", At: time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC),
			})
		}, "1 capaian untuk buku register ditambahkan"},
		{"a milestone changed", func(o *office) {
			edit(o, store.KindMilestone, func(m *store.PortableMilestone) bool { return m.Kind == store.MilestoneEnd && set(&m.Outcome, "lain") })
		}, "capaian untuk buku register diubah"},
	}
}

// logTamperings are those that no record beside the log shows.
func logTamperings() []tampering {
	run := func(change func(*store.PortableClaim) bool) func(*office) { return claim("log/", change) }
	checkpoint := func(change func(*store.PortableClaim) bool) func(*office) { return claim("checkpoint/", change) }
	return []tampering{
		{"a history written anew as a whole, with all hashes", func(o *office) {
			o.entry(3, func(e *workflow.Entry) {
				e.Command, e.Key = bytes.Replace(e.Command, []byte(e.Key), []byte(e.Key+"x"), 1), e.Key+"x"
			})
			o.rehash()
		}, "catatan 3 bukan yang tercatat di log kantor"},
		{"a case deleted with all that is beside it", func(o *office) {
			o.forget()
			drop(o, store.KindNumber, -1, func(store.PortableNumber) bool { return true })
		}, "catatannya ada di log kantor"},
		{"the end of a history cut off, with the case as it was before", func(o *office) { o.back() }, "hilang, padahal tercatat di log kantor"},
		{"a log entry changed", run(func(c *store.PortableClaim) bool {
			return set(&c.Name, c.Name[:len(c.Name)-43]+strings.Repeat("A", 43))
		}), "bukan yang ditulis di checkpoint"},
		{"a log entry's salt changed", run(func(c *store.PortableClaim) bool {
			at := strings.LastIndex(c.Name, "/")
			return set(&c.Name, c.Name[:at-32]+strings.Repeat("0", 32)+c.Name[at:])
		}), "bukan yang tercatat di log kantor"},
		{"a log entry unreadable", run(func(c *store.PortableClaim) bool { return set(&c.Name, c.Name+"!") }), "tidak terbaca"},
		{"log entries taken out", func(o *office) { o.dropClaims("log/", 3, 4) }, "ada yang hilang atau disisipkan"},
		{"the last checkpoint taken out", func(o *office) {
			n := len(o.claims("checkpoint/"))
			o.dropClaims("checkpoint/", n-1, n)
		}, "checkpoint terakhir hilang"},
		{"a checkpoint changed", checkpoint(func(c *store.PortableClaim) bool {
			return set(&c.Name, checkpointOf(c.Name, func(text string) string { return strings.Replace(text, "=\n", "A=\n", 1) }))
		}), "tidak terbaca"},
		{"a checkpoint of another key", checkpoint(func(c *store.PortableClaim) bool {
			return set(&c.Name, checkpointOf(c.Name, func(text string) string { return strings.ReplaceAll(text, "izinbot/", "izinbot/x") }))
		}), "tidak ditandatangani dengan kunci kantor"},
		{"an older database put back", func(o *office) {
			o.against = o.lastCheckpoint()
			runs, checkpoints := o.claims("log/"), o.claims("checkpoint/")
			o.dropClaims("log/", len(runs)/2, len(runs))
			o.dropClaims("checkpoint/", 1, len(checkpoints))
		}, "ekornya dipotong, atau data lama dikembalikan"},
		{"a forked log", func(o *office) { o.against = o.fork() }, "bercabang"},
		{"compared with a checkpoint of somebody else", func(o *office) {
			o.against = bytes.ReplaceAll(o.lastCheckpoint(), []byte("izinbot/"), []byte("izinbot/x"))
		}, "checkpoint yang dibandingkan tidak ditandatangani"},
	}
}
