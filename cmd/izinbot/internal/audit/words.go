package audit

import "izinbot/workflow"

// flawWords says in Indonesian why an entry does not fit, as a predicate of the entry.
func flawWords(why workflow.Flaw) string {
	words := map[workflow.Flaw]string{
		workflow.FlawUnreadable: "tidak terbaca",
		workflow.FlawChanged:    "diubah setelah ditulis",
		workflow.FlawForeign:    "milik permohonan lain",
		workflow.FlawMissing:    "hilang",
		workflow.FlawDetached:   "tidak menyambung dengan catatan sebelumnya",
		workflow.FlawUnknown:    "tidak dikenal permohonannya",
		workflow.FlawOther:      "bukan yang tertulis bersama permohonannya",
	}
	if w, ok := words[why]; ok {
		return w
	}
	return string(why)
}

// partWords names a part of a case, letter or document as its JSON names it.
func partWords(field string) string {
	words := map[string]string{
		"id": "nomor permohonan", "sop": "prosedur", "version": "jumlah catatan", "head": "sidik catatan terakhir",
		"applicant": "pemohon", "lang": "bahasa", "submitted": "waktu masuk", "form": "isian formulir",
		"step": "langkah", "stage": "bagian langkah", "asker": "langkah yang meminta klarifikasi", "holder": "pemegang tugas",
		"round": "putaran klarifikasi", "return": "catatan pengembalian", "promise": "janji layanan", "expected": "perkiraan selesai",
		"step_clock": "tenggat langkah", "service_clock": "tenggat layanan", "reply_clock": "batas jawab",
		"current": "surat yang sedang berjalan", "visit": "peninjauan lapangan", "recommendation": "rekomendasi",
		"trail": "langkah yang sudah selesai", "end": "akhir permohonan", "ended": "waktu berakhir", "survey": "survei",
		"file": "SHA-256 berkas", "archive": "SHA-256 arsip", "files": "berkas", "number": "nomor", "status": "keadaan",
		"signed": "tanda tangan", "initials": "paraf", "recorded": "pencatatan", "sent": "pengiriman", "received": "penerimaan",
		"made": "pembuat", "fields": "isian", "revision": "revisi", "kind": "jenis", "expiry": "masa berlaku", "verdict": "hasil pemeriksaan",
	}
	if w, ok := words[field]; ok {
		return w
	}
	return field
}
