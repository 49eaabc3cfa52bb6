package cli

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/handlers/account"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/letters"
	"izinbot/workflow/normalize"
	"izinbot/workflow/sop"
	"izinbot/workflow/store"
)

type officerCmd struct {
	Add     officerAddCmd     `cmd:"" help:"Menambah petugas dan mencetak kode undangan sekali pakai."`
	Invite  officerInviteCmd  `cmd:"" help:"Mencetak kode undangan baru, untuk kode yang hilang atau telepon baru."`
	List    officerListCmd    `cmd:"" help:"Menampilkan petugas."`
	Disable officerDisableCmd `cmd:"" help:"Mencabut akses petugas."`
	Enable  officerEnableCmd  `cmd:"" help:"Mengembalikan akses petugas."`
}

// dataDir is the directory of the running office's data. The program holds a SQLite
// database while it runs; with MongoDB the commands need nobody stopped.
type dataDir struct {
	Data string `json:"-" default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Tempat semua data."`
	SOP  string `json:"-" name:"sop" type:"existingfile" env:"IZINBOT_SOP" placeholder:"FILE" help:"SOP yang menyebut jabatan, pengganti yang bawaan; kantor yang berjalan memakai SOP-nya sendiri."`
}

// with opens the database for what a command does. It must be there: a mistyped
// directory must not become a new, empty office.
func (d dataDir) with(con *console, do func(s store.Store) error) error {
	place, err := placeIn(d.Data, con.now())
	if err != nil {
		return err
	}
	if !place.Exists() {
		return fmt.Errorf("tidak ada data di %s; sebutkan direktori data kantor dengan --data", d.Data)
	}
	return d.using(con, do)
}

// using opens the database, and makes it if there is none.
func (d dataDir) using(con *console, do func(s store.Store) error) error {
	place, err := placeIn(d.Data, con.now())
	if err != nil {
		return err
	}
	isNew := !place.Exists()
	s, err := storage.OpenRecords(con, place)
	if err != nil {
		return stopFirst(err)
	}
	if isNew {
		con.say("Direktori data baru dibuat: %s", d.Data)
	}
	return errors.Join(do(s), s.Close())
}

func (d dataDir) procedure() (*workflow.SOP, error) {
	source, err := readFile(d.SOP)
	if err != nil {
		return nil, err
	}
	if source == nil {
		def, _, err := sop.Default()
		return def, err
	}
	return sop.Parse(source)
}

type officerAddCmd struct {
	dataDir
	Name  string   `required:"" help:"Nama lengkap seperti tercetak di surat."`
	Role  []string `required:"" placeholder:"ROLE" help:"Jabatan menurut SOP, misalnya front_office, atau admin; boleh diulang."`
	NIP   string   `name:"nip" help:"NIP seperti tercetak di surat."`
	Rank  string   `help:"Pangkat/golongan seperti tercetak di surat."`
	Title string   `help:"Nama jabatan di surat, bila lain dari yang di SOP."`
	Yes   bool     `help:"Tambahkan juga bila NIP-nya kosong atau sudah dipakai petugas lain."`
}

func (c *officerAddCmd) Run(con *console) error { return c.run(con, "officer add", c, c.using) }

func (c *officerAddCmd) do(con *console, in records) error {
	def, err := in.sop()
	if err != nil {
		return err
	}
	officer := workflow.Officer{
		Name: normalize.Line(c.Name), NIP: normalize.Line(c.NIP), Rank: normalize.Line(c.Rank), Title: normalize.Line(c.Title),
	}
	if officer.Name == "" {
		return errors.New("--name: nama belum diisi")
	}
	for _, printed := range []string{officer.Name, officer.NIP, officer.Rank, officer.Title} {
		if bad, ok := letters.Printable(printed); !ok {
			return fmt.Errorf("tanda %s tidak bisa dicetak pada surat; tulis %q tanpa tanda itu", normalize.SignIn(printed, bad), printed)
		}
	}
	for _, role := range c.Role {
		if _, ok := def.RoleDef(workflow.Role(role)); (!ok && role != string(workflow.RoleAdmin)) || role == string(workflow.RoleApplicant) {
			return fmt.Errorf("--role: %q bukan jabatan petugas; pilih dari %s", role, officerRoles(def))
		}
		officer.Roles = append(officer.Roles, workflow.Role(role))
	}
	var id [6]byte
	if _, err := rand.Read(id[:]); err != nil {
		return err
	}
	officer.ID = workflow.OfficerID("p" + hex.EncodeToString(id[:]))
	if !c.Yes {
		if err := doubt(con, in.Store, def, officer); err != nil {
			return err
		}
	}
	return invite(con, in.Store, officer)
}

func officerRoles(def *workflow.SOP) string {
	names := []string{string(workflow.RoleAdmin)}
	for _, r := range def.Roles {
		if r.Role != workflow.RoleApplicant {
			names = append(names, string(r.Role))
		}
	}
	return strings.Join(names, ", ")
}

// invite saves the officer with a new invitation and prints the code.
func invite(con *console, s store.Store, officer workflow.Officer) error {
	now := con.now()
	barred, err := account.Barring(con, s, officer, now)
	if err != nil {
		return err
	}
	code, officer, invitation, err := workflow.Invite(rand.Reader, officer, now)
	if err != nil {
		return err
	}
	unit := store.UnitOfWork{Persons: barred, Officers: []workflow.Officer{officer}, Invitations: []workflow.Invitation{invitation}}
	if _, err := s.Commit(con, now, unit); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s (%s)\nKode undangan: %s\nKirim dari chat: GABUNG %s\nBerlaku sampai %s, satu kali pakai.\n",
		officer.Name, officer.ID, code, code, calendar.DateTime(invitation.Expires, workflow.Indonesian))
	return err
}

type officerInviteCmd struct {
	dataDir
	ID       string `arg:"" help:"ID petugas, seperti pada officer list."`
	ResetOTP bool   `name:"reset-otp" help:"Hapus juga kode sekali pakainya, bila autentikatornya hilang."`
}

func (c *officerInviteCmd) Run(con *console) error { return c.run(con, "officer invite", c, c.with) }

func (c *officerInviteCmd) do(con *console, in records) error {
	officer, err := in.officer(con, c.ID)
	if err != nil {
		return err
	}
	if c.ResetOTP {
		officer.OTP = workflow.OTP{}
	}
	return invite(con, in.Store, officer)
}

type officerListCmd struct{ dataDir }

func (c *officerListCmd) Run(con *console) error { return c.run(con, "officer list", c, c.with) }

func (c *officerListCmd) do(con *console, in records) error { return listOfficers(con, in.Store) }

func listOfficers(con *console, s store.Store) error {
	all, err := s.Officers(con)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(con.out, 0, 0, 2, ' ', 0)
	for _, o := range all {
		state := "bergabung"
		switch {
		case o.Disabled:
			state = "nonaktif"
		case o.Person == "":
			state = "belum bergabung"
		}
		roles := make([]string, len(o.Roles))
		for i, r := range o.Roles {
			roles[i] = string(r)
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", o.ID, o.Name, strings.Join(roles, ","), state); err != nil {
			return err
		}
	}
	return w.Flush()
}

type officerDisableCmd struct {
	dataDir
	ID  string `arg:"" help:"ID petugas, seperti pada officer list."`
	Yes bool   `help:"Juga bila ia satu-satunya admin yang aktif."`
}

func (c *officerDisableCmd) Run(con *console) error { return c.run(con, "officer disable", c, c.with) }

func (c *officerDisableCmd) do(con *console, in records) error {
	officer, err := in.officer(con, c.ID)
	if err != nil {
		return err
	}
	last, err := account.LastAdmin(con, in.Store, officer)
	if err != nil {
		return err
	}
	if last && !c.Yes {
		return fmt.Errorf("%s satu-satunya admin yang aktif; tambah dulu admin lain (izinbot officer add --role admin) dan tunggu ia bergabung, atau ulangi dengan --yes", officer.Name)
	}
	if err := in.disable(con, officer); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s dinonaktifkan.\n", officer.Name)
	return err
}

type officerEnableCmd struct {
	dataDir
	ID string `arg:"" help:"ID petugas, seperti pada officer list."`
}

func (c *officerEnableCmd) Run(con *console) error { return c.run(con, "officer enable", c, c.with) }

func (c *officerEnableCmd) do(con *console, in records) error {
	officer, err := in.officer(con, c.ID)
	if err != nil {
		return err
	}
	if _, err := in.Commit(con, con.now(), store.UnitOfWork{Officers: []workflow.Officer{officer.Enable()}}); err != nil {
		return err
	}
	con.say("%s aktif kembali.", officer.Name)
	if officer.Person == "" {
		con.say("Ia belum punya chat. Buat kode undangan: izinbot officer invite %s", officer.ID)
	}
	return nil
}
