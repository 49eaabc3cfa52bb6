package letters

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"izinbot/workflow"
	"izinbot/workflow/normalize"
	"izinbot/workflow/spelling"
)

// DefaultOffice is the embedded sample, whose values are obviously made up.
func DefaultOffice() (Office, error) { return ParseOffice(sampleOffice) }

// ParseOffice reads an office file. Unknown keys, missing values, unknown kinds of letters and a
// number format that would give the same number twice are refused; the error lists every fault
// with its line.
func ParseOffice(src []byte) (Office, error) {
	o := Office{Area: dairi()}
	unread, readable := o.decode(src)
	if !readable {
		return Office{}, fmt.Errorf("berkas kantor: %w", errors.Join(unread...))
	}
	o.normalize()
	o.PublicURL = strings.TrimRight(o.PublicURL, "/")
	faults := officeFaults{line: lineFinder(src), list: unread}
	o.check(&faults)
	if err := errors.Join(faults.list...); err != nil {
		return Office{}, fmt.Errorf("berkas kantor: %w", err)
	}
	return o, nil
}

// ReadOffice reads an office file and the files that it names.
func ReadOffice(path string) (Office, error) {
	src, err := os.ReadFile(path) //nolint:gosec // the admin of the office names it
	if err != nil {
		return Office{}, fmt.Errorf("read office: %w", err)
	}
	o, err := ParseOffice(src)
	if err != nil {
		return Office{}, err
	}
	return o, o.ReadFiles(filepath.Dir(path))
}

// ReadFiles reads the emblem and the texts of letters that the office file names, relative to
// dir. Its errors name the file, and what is wrong with it.
func (o *Office) ReadFiles(dir string) error {
	if err := o.readEmblem(dir); err != nil {
		return err
	}
	if o.TextsDir == "" {
		return nil
	}
	at := beside(dir, o.TextsDir)
	if info, err := os.Stat(at); err != nil || !info.IsDir() {
		return fmt.Errorf("berkas kantor: teks_surat: tidak ada direktori %s", o.TextsDir)
	}
	texts, err := ReadTexts(os.DirFS(at))
	if err != nil {
		return fmt.Errorf("berkas kantor: teks_surat %s:\n%w", o.TextsDir, err)
	}
	o.letterTexts = &texts
	return nil
}

// beside is the path of a file that the office file in dir names.
func beside(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// decode reads what can be read of a file; readable says whether it is worth a look.
func (o *Office) decode(src []byte) (faults []error, readable bool) {
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	err := dec.Decode(o)
	if err == nil {
		return nil, true
	}
	if errors.Is(err, io.EOF) {
		return []error{errors.New("baris 1: berkasnya kosong")}, false
	}
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok {
		for _, text := range wrong.Errors {
			faults = append(faults, errors.New(typeFault(text)))
		}
		return faults, true
	}
	line := 1
	if m := regexp.MustCompile(`line (\d+):`).FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	return []error{fmt.Errorf("baris %d: tulisan YAML tidak dapat dibaca; periksa inden, tanda kutip dan titik dua di sekitar baris ini", line)}, false
}

// typeFault words what the YAML reader says of one value: it does so in English.
func typeFault(text string) string {
	line, what := "1", text
	if m := regexp.MustCompile(`^line (\d+): (.*)$`).FindStringSubmatch(text); m != nil {
		line, what = m[1], m[2]
	}
	if m := regexp.MustCompile(`^field (\S+) not found`).FindStringSubmatch(what); m != nil {
		return "baris " + line + ": kunci " + m[1] + " tidak dikenal" + perhaps(m[1], officeKeys())
	}
	if m := regexp.MustCompile(`^mapping key "(.*)" already defined at line (\d+)`).FindStringSubmatch(what); m != nil {
		return "baris " + line + ": kunci " + m[1] + " ditulis dua kali, pertama di baris " + m[2]
	}
	return "baris " + line + ": bentuk isinya salah; bandingkan dengan berkas contoh"
}

func perhaps(typed string, known []string) string {
	if near := spelling.Nearest(typed, known); near != "" {
		return ", mungkin maksudnya " + near
	}
	return ""
}

// officeKeys are the keys of the sample, in which every key stands.
func officeKeys() (keys []string) {
	var doc yaml.Node
	if yaml.Unmarshal(sampleOffice, &doc) != nil {
		return nil
	}
	for i := 0; i < len(doc.Content[0].Content); i += 2 {
		keys = append(keys, doc.Content[0].Content[i].Value)
	}
	return keys
}

// officeText is a value of the office file that letters print.
type officeText struct {
	key  string
	text *string
	must bool
}

func (o *Office) texts() []officeText {
	return []officeText{
		{"pemerintah", &o.Government, true},
		{"nama", &o.Name, true},
		{"singkatan", &o.ShortName, true},
		{"alamat", &o.Address, true},
		{"tempat", &o.Seat, true},
		{"telepon", &o.Phone, false},
		{"pos_el", &o.Email, false},
		{"laman", &o.Website, false},
		{"kode_opd", &o.Code, true},
		{"url_publik", &o.PublicURL, true},
		{"pengaduan", &o.Complaints, true},
		{"tim_teknis", &o.TeamHead, true},
		{"tim_teknis_di", &o.TeamTown, false},
		{"atasan", &o.Superior, true},
		{"lambang", &o.EmblemFile, false},
		{"teks_surat", &o.TextsDir, false},
		{"kop_tim_teknis.pemerintah", &o.TeamLetterhead.Government, false},
		{"kop_tim_teknis.nama", &o.TeamLetterhead.Name, false},
		{"kop_tim_teknis.alamat", &o.TeamLetterhead.Address, false},
		{"kop_tim_teknis.tempat", &o.TeamLetterhead.Seat, false},
		{"kop_tim_teknis.telepon", &o.TeamLetterhead.Phone, false},
		{"kop_tim_teknis.pos_el", &o.TeamLetterhead.Email, false},
		{"kop_tim_teknis.laman", &o.TeamLetterhead.Website, false},
		{"skrd.rekening", &o.Charge.Account, false},
		{"skrd.npwrd", &o.Charge.PayerNumber, false},
	}
}

// normalize puts all that letters print through the gate for text.
func (o *Office) normalize() {
	for _, t := range o.texts() {
		*t.text = normalize.Line(*t.text)
	}
	o.NumberFormats.normalize()
	for _, lists := range []map[string][]string{o.Limits, o.Bases} {
		for _, lines := range lists {
			normalizeAll(lines)
		}
	}
	for _, lines := range o.CopiesTo {
		normalizeAll(lines)
	}
}

func normalizeAll(lines []string) {
	for i := range lines {
		lines[i] = normalize.Line(lines[i])
	}
}

// officeFaults collects what is wrong with a file, each with its line.
type officeFaults struct {
	line func(key string) int
	list []error
}

func (f *officeFaults) report(key, what string) {
	f.list = append(f.list, fmt.Errorf("baris %d: %s %s", f.line(key), key, what))
}

func (f *officeFaults) printable(key, text string) {
	if bad, ok := Printable(text); !ok {
		f.report(key, fmt.Sprintf("memuat tanda %s, yang tidak bisa dicetak pada surat: %q", normalize.SignIn(text, bad), text))
	}
}

func (o *Office) check(f *officeFaults) {
	for _, t := range o.texts() {
		if t.must && strings.TrimSpace(*t.text) == "" {
			f.report(t.key, "belum diisi")
		}
		f.printable(t.key, *t.text)
	}
	if a := o.Area; a.Seat == "" || a.Radius <= 0 || a.Lat == 0 && a.Lon == 0 {
		f.report("wilayah", "harus memuat pusat, lintang, bujur dan radius_km")
	}
	o.NumberFormats.faults(f.report)
	if u, err := url.Parse(o.PublicURL); o.PublicURL != "" && (err != nil || u.Scheme == "" || u.Host == "") {
		f.report("url_publik", "harus alamat seperti https://izin.contoh.go.id")
	}
	if h := o.TeamLetterhead; h != (Letterhead{}) && (h.Name == "" || h.Address == "" || h.Seat == "") {
		f.report("kop_tim_teknis", "harus memuat nama, alamat dan tempat")
	}
	if o.Charge.Days < 0 {
		f.report("skrd.hari_jatuh_tempo", "harus bilangan hari mulai dari 1")
	}
	o.checkLists(f)
}

// checkLists checks what is given by kind of letter or by procedure.
func (o *Office) checkLists(f *officeFaults) {
	for _, kind := range sorted(o.CopiesTo) {
		f.known("tembusan."+kind, kind)
		for _, who := range o.CopiesTo[workflow.LetterKind(kind)] {
			f.printable("tembusan."+kind, who)
		}
	}
	for _, kind := range o.Untitled {
		f.known("nama_tanpa_gelar", string(kind))
	}
	for _, code := range sorted(o.Limits) {
		for _, text := range o.Limits[code] {
			f.printable("batasan."+code, text)
		}
	}
	for _, code := range sorted(o.Bases) {
		for _, text := range o.Bases[code] {
			f.printable("dasar_surat."+code, text)
			if !strings.Contains(text, " tentang ") {
				f.report("dasar_surat."+code, "harus menyebut judul tiap peraturan, “… tentang …”: "+text)
			}
		}
	}
}

// known reports a kind of letter that nothing draws.
func (f *officeFaults) known(key, kind string) {
	var names []string
	for _, k := range kinds() {
		names = append(names, string(k.name))
	}
	if !slices.Contains(names, kind) {
		f.report(key, "bukan jenis surat"+perhaps(kind, names)+"; yang ada: "+strings.Join(names, ", "))
	}
}

func sorted[K ~string, V any](m map[K]V) (keys []string) {
	for key := range m {
		keys = append(keys, string(key))
	}
	slices.Sort(keys)
	return keys
}

// lineFinder tells on which line of a YAML mapping a key stands, or 1. A key of a mapping in
// it is "outer.inner".
func lineFinder(src []byte) func(key string) int {
	lines := map[string]int{}
	var note func(prefix string, mapping *yaml.Node)
	note = func(prefix string, mapping *yaml.Node) {
		for i := 0; i+1 < len(mapping.Content) && mapping.Kind == yaml.MappingNode; i += 2 {
			key := mapping.Content[i]
			lines[prefix+key.Value] = key.Line
			if prefix == "" {
				note(key.Value+".", mapping.Content[i+1])
			}
		}
	}
	var doc yaml.Node
	if yaml.Unmarshal(src, &doc) == nil && len(doc.Content) == 1 {
		note("", doc.Content[0])
	}
	return func(key string) int { return max(lines[key], 1) }
}
