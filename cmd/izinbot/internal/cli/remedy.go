package cli

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/backup"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/pades"
	"izinbot/workflow/pades/tsa"
	"izinbot/workflow/sqlitestore"
)

// remedy says what an operator can do about an error from below, in his language;
// "": the error says it itself. It is the one place that maps such errors.
func remedy(err error) string {
	for _, r := range []struct {
		is error
		do string
	}{
		{syscall.EADDRINUSE, "Alamat itu sudah dipakai program lain: pilih yang lain dengan --listen atau " + keyListen + ", misalnya 127.0.0.1:8081."},
		{syscall.EADDRNOTAVAIL, "Komputer ini tidak punya alamat itu: periksa --listen atau " + keyListen + "."},
		{syscall.ENOSPC, diskFull},
		{syscall.EDQUOT, "Kuota disk pengguna izinbot habis: kosongkan ruang atau minta kuota ditambah, lalu ulangi."},
		{syscall.EROFS, "Disk hanya dapat dibaca, mungkin setelah gangguan: periksa mount dan dmesg, lalu mount ulang agar dapat ditulisi."},
		{syscall.EMFILE, "Izinbot kehabisan berkas terbuka: naikkan batasnya (LimitNOFILE= pada systemd, atau ulimit -n)."},
		{syscall.ENFILE, "Komputer ini kehabisan berkas terbuka: naikkan fs.file-max, atau hentikan program lain."},
		{syscall.ENOMEM, "Memori habis: hentikan program lain, atau naikkan batas memori izinbot."},
		{syscall.EIO, diskBroken},
		{fs.ErrPermission, "Direktori data harus milik pengguna yang menjalankan izinbot: chown -R PENGGUNA DIREKTORI."},
		{filestore.ErrKeyExposed, exposedKey(err)},
		{filestore.ErrKeyLost, "Berkas kunci hilang: kembalikan key.json dari salinannya. Tanpa itu dokumen tidak dapat dibaca lagi (docs/panduan/admin.md)."},
		{filestore.ErrOtherKey, "Berkas kunci itu bukan milik data ini: pakai key.json dari server, atau cadangan, asal data ini."},
		{backup.ErrUnsealed, "Cadangan dari izinbot lama tidak bersegel: bila asalnya dapat dipercaya, pulihkan dengan --unsealed."},
		{backup.ErrSeal, "Pakai berkas kunci kantor itu sendiri, atau cadangan lain."},
		{storage.ErrOldNodes, "Masih ada node versi lama yang berjalan pada basis data ini: hentikan semuanya dahulu, lalu jalankan lagi."},
		{sqlitestore.ErrNewer, "Basis data ini dibuat izinbot yang lebih baru: perbarui programnya, atau pulihkan cadangan yang lebih lama."},
		{storage.ErrBusy, "Hentikan izinbot di semua server dulu; untuk mencadangkan MongoDB selagi berjalan, pakai mongodump (docs/operasi.md)."},
		{storage.ErrHalf, "Penyalinan ke sini belum selesai: jalankan lagi perintah store copy yang sama."},
		{storage.ErrNotEmpty, "Tujuannya sudah berisi: sebutkan direktori atau basis data yang kosong."},
		{storage.ErrNoMongo, "Program ini dibangun tanpa MongoDB. Pakai izinbot yang lengkap (bangun tanpa tag nomongo: make build), atau kosongkan " + keyMongo + "."},
		{whatsapp.ErrLeftOut, "Program ini dibangun tanpa WhatsApp. Pakai izinbot yang lengkap (bangun tanpa tag nowhatsapp: make build), atau isi " + keyWhatsApp + "=off."},
		{pades.ErrPassphrase, "Kata sandi kunci itu salah: tulis yang benar pada baris pertama berkas --passphrase-file."},
		{pades.ErrKey, "Pakai berkas .p12, atau PEM yang berisi kunci (RSA paling sedikit 2048 bit, atau ECDSA P-256) beserta sertifikatnya."},
		{pades.ErrValidity, "Sertifikat itu belum atau tidak lagi berlaku, atau bukan untuk tanda tangan: pakai yang masih berlaku."},
		{pades.ErrSigned, "Surat itu sudah bertanda tangan: tandatangani surat yang belum."},
		{pades.ErrField, "Ubah tempat tanda tangan dengan --page, --left dan --bottom, atau persingkat alamat --link."},
		{pades.ErrLayout, "Hanya PDF seperti yang digambar izinbot yang dapat ditandatangani."},
		{pades.ErrTimestamp, "Surat tetap bertanda tangan. Periksa alamat --tsa, atau pakai penyedia lain."},
		{tsa.ErrAway, "Surat tetap bertanda tangan. Ulangi perintah ini nanti."},
		{storage.ErrOtherKeys, "Asal dan tujuan harus memakai berkas kunci yang sama."},
	} {
		if errors.Is(err, r.is) {
			return r.do
		}
	}
	return remedyByWords(err.Error())
}

const diskBroken = "Disk gagal dibaca atau ditulisi: periksa disknya dulu (dmesg, smartctl), jangan memulihkan cadangan ke disk yang sama. Basis datanya mungkin masih utuh."

const diskFull = "Disk penuh: kosongkan ruang, lalu ulangi."

// remedyByWords is for errors that libraries give no name to.
func remedyByWords(text string) string {
	switch {
	case strings.Contains(text, "disk is full"):
		return diskFull
	case strings.Contains(text, "disk I/O error"):
		return diskBroken
	case strings.Contains(text, "file is not a database"), strings.Contains(text, "malformed"):
		return "Basis data rusak: hentikan izinbot, pindahkan direktori datanya, dan pulihkan cadangan (docs/operasi.md)."
	case strings.Contains(text, "not known to Telegram"):
		return "Token salah atau sudah dicabut: salin lagi dari BotFather."
	case strings.Contains(text, "connect to MongoDB"):
		return "MongoDB tidak dapat dihubungi: periksa " + keyMongo + " dan apakah servernya berjalan."
	}
	return ""
}

// exposedKey says what to do about a key file that others may read.
func exposedKey(err error) string {
	command := "chmod 600"
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		command = toHide(at.Path, false)
	}
	return "Berkas kunci dapat dibaca pengguna lain: " + command + ". Bila mungkin sudah terbaca, anggap isi dokumen diketahui orang."
}
