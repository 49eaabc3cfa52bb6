package cli

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"slices"
	"time"

	"izinbot/cmd/izinbot/internal/config"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

// ownPrefixes begin variables that only this program reads.
func ownPrefixes() []string { return []string{"IZINBOT_", "TELEGRAM_", "WHATSAPP_"} }

// strangers tells of variables that were probably meant as settings. Their values
// are not shown: one may be a token.
func strangers(environ []string) (out []string) {
	for _, s := range config.Strangers(settingKeys(), environ, ownPrefixes()...) {
		line := s.Name + " bukan pengaturan izinbot dan diabaikan"
		if s.Like != "" {
			line += "; maksudnya " + s.Like + "?"
		}
		out = append(out, line)
	}
	return out
}

// openSecrets tells of secrets in files that every user of the machine can read.
func openSecrets(set *config.Set, env func(string) string) (out []string) {
	for _, k := range settingKeys() {
		path := env(k.Name + "_FILE")
		if !k.Secret || path == "" || set.Get(k.Name) == "" {
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o007 != 0 {
			out = append(out, fmt.Sprintf("%s_FILE: %s dapat dibaca semua pengguna komputer ini; jalankan: %s", k.Name, path, toHide(path, true)))
		}
	}
	return out
}

// unfinished tells what an office still lacks that works already: what its officers
// and applicants would stumble over first.
func unfinished(set *config.Set) (out []string) {
	switch public, err := url.Parse(set.Get(keyPublicURL)); {
	case set.Get(keyPublicURL) == "":
		out = append(out, keyPublicURL+" belum diisi: tautan bagi petugas (kode sekali pakai) dan kode QR pada surat hanya terbuka di komputer ini")
	case err == nil && loopback(public.Hostname()):
		out = append(out, keyPublicURL+" hanya dikenal di komputer ini: tautan bagi petugas dan kode QR pada surat tidak terbuka di ponsel")
	case err == nil && public.Scheme == "http":
		out = append(out, keyPublicURL+" memakai http: rahasia kode sekali pakai petugas dapat terbaca di jalan; pakailah https")
	}
	if set.Get(keyOffice) == "" {
		out = append(out, keyOffice+" belum diisi: surat memakai kop dan data CONTOH")
	}
	return out
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// reach bounds how far ahead deadlines are reckoned: a service of ten working days, a wait
// for the applicant and the holidays between.
const reach = 60 * 24 * time.Hour

// shortCalendar tells of a year into which deadlines reach, and whose days off the
// calendar does not know.
func shortCalendar(cal *calendar.Calendar, now time.Time) (out []string) {
	for _, at := range []time.Time{now, now.Add(reach)} {
		year := at.In(workflow.WIB()).Year()
		line := fmt.Sprintf("kalender belum memuat hari libur tahun %d: tenggat akan jatuh terlalu awal; isilah dengan izinbot calendar add", year)
		if !cal.Describes(year) && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// advise prints what is not wrong enough to stop for.
func advise(out io.Writer, lines ...string) {
	for _, line := range lines {
		_, _ = fmt.Fprintln(out, "Perhatian: "+line+".")
	}
}
