package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRegisterExport writes every book of an office in which nothing has happened yet, and tells
// what is wrong with what was asked for.
func TestRegisterExport(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "kantor"), filepath.Join(t.TempDir(), "buku")
	izinbot(t, "officer", "add", "--data", dir, "--name", "Budi CONTOH", "--role", "ksb_umum", "--nip", "CONTOH-0001").ends(0)
	export := func(more ...string) result {
		return izinbot(t, append([]string{"register", "export", "--data", dir, to}, more...)...)
	}
	export("--dari", "1/11/2026", "--sampai", "30/11/2026").ends(0).
		prints("Buku Agenda Surat Keluar, November 2026: 0 baris, 0 batal", "Buku Ekspedisi", "Daftar Permohonan", "Buku Klarifikasi", "Buku Agenda Penomoran Izin")
	for _, name := range []string{"Buku Ekspedisi 2026-11.pdf", "Buku Ekspedisi 2026-11.xlsx", "Daftar Permohonan 2026-11.csv"} {
		if st, err := os.Stat(filepath.Join(to, name)); err != nil || st.Size() == 0 || st.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", name, st, err)
		}
	}
	export("--jenis", "surat keluar", "--dari", "1/1/2026", "--sampai", "31/12/2026").ends(0).prints("Buku Agenda Surat Keluar, tahun 2026: 0 baris")
	export("--jenis", "kas", "--dari", "1/1/2026", "--sampai", "31/12/2026").ends(1).complains(`tidak ada buku "kas"`, "surat_keluar", "ekspedisi")
	export("--dari", "kemarin", "--sampai", "31/12/2026").ends(1).complains("--dari", "1/11/2026")
	export("--dari", "2/1/2026", "--sampai", "1/1/2026").ends(1).complains("sebelum hari pertama")
	izinbot(t, "register", "export", "--data", dir+"x", "--dari", "1/1/2026", "--sampai", "1/1/2026", to).ends(1).complains("tidak ada data")
}
