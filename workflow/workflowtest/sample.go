package workflowtest

import (
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/store"
)

// Case gives a case as it is in the middle of its way: 15 documents with their
// verdicts, 8 letters, about 9 KB as JSON. All of it is made up.
func Case(id workflow.CaseID, now time.Time) workflow.Case {
	officer := workflow.Actor{
		Person: "P-0007", Officer: "O-0003", Role: "front_office", Name: "Petugas CONTOH", Title: "Petugas Loket",
	}
	mark := workflow.Mark{By: officer, At: now}
	c := workflow.Case{
		ID: id, SOP: workflow.SOPRef{Name: "lks-asing", Version: "1-3fa9c2d1"}, Applicant: "P-0001",
		Lang: workflow.Indonesian, Submitted: now, Step: 6, Holder: &mark,
		Form: workflow.Answers{
			"nama": "Yayasan CONTOH", "alamat": "Jalan CONTOH Nomor 1, Sidikalang, Kabupaten Dairi",
			"negara": "Negara CONTOH", "penanggung_jawab": "Bapak CONTOH", "bidang": "Perlindungan anak dan lanjut usia",
		},
		Originals:    workflow.Answers{"nama": "例示慈善協会 (CONTOH)"},
		StepClock:    workflow.Clock{Start: now, Budget: workflow.Budget{N: 3, Unit: workflow.Day}, Due: now.Add(72 * time.Hour)},
		ServiceClock: workflow.Clock{Start: now, Budget: workflow.Budget{N: 10, Unit: workflow.Day}, Due: now.Add(240 * time.Hour)},
	}
	for i := range 15 {
		c.Documents = append(c.Documents, workflow.Document{
			Code: workflow.DocCode(fmt.Sprintf("B%d", i+1)), Files: []workflow.File{file(id, "dokumen", i)}, Sent: now,
			Verdict: &workflow.Verdict{OK: true, By: officer, At: now},
		})
	}
	for i := range 8 {
		kind := workflow.LetterKind(fmt.Sprintf("surat_%d", i))
		c.Letters = append(c.Letters, workflow.Letter{
			ID: workflow.MakeLetterID(kind, 1), Kind: kind, Step: i + 3, Revision: 1, Status: workflow.LetterReleased,
			Number: &workflow.Number{Register: "agenda", Year: 2026, Seq: i + 1, Text: fmt.Sprintf("503/%d/CONTOH/2026", i+1)},
			Made:   mark, File: file(id, "surat", i),
		})
	}
	return c
}

func file(id workflow.CaseID, name string, i int) workflow.File {
	sum := fnv.New128a()
	fmt.Fprintf(sum, "%s %s %d", id, name, i)
	half := hex.EncodeToString(sum.Sum(nil))
	return workflow.File{SHA256: half + half, Name: fmt.Sprintf("%s-%d.pdf", name, i+1), Type: "application/pdf", Size: 345_678, Pages: 12}
}

// Change gives the next change of a case: one entry for each key, and a task for
// the front office that is due when the step is.
func Change(c workflow.Case, now time.Time, keys ...string) (store.CaseChange, error) {
	change := store.CaseChange{Task: store.Task{
		Role: "front_office", Due: c.StepClock.Due, Label: "Yayasan CONTOH", Keywords: "yayasan contoh sidikalang",
	}}
	for _, key := range keys {
		cmd := workflow.Command{Key: key, Actor: workflow.System(), Act: workflow.Judge{
			Documents: []workflow.DocCode{"B1"}, OK: false, Reason: "Tidak terbaca. Kirim ulang sebagai PDF.",
		}}
		next, entry, err := workflow.Append(c, cmd, nil, workflow.Facts{Dues: c.Dues()}, now)
		if err != nil {
			return change, err
		}
		c, change.Entries = next, append(change.Entries, entry)
	}
	change.Case = c
	return change, nil
}
