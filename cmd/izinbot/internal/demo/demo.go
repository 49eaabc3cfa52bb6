package demo

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/sandbox"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/store"
	"izinbot/workflow/totp"
)

// What a demo keeps beside the data that every office has.
const (
	phonesFile = "phones.jsonl"
	clockFile  = "clock.json"
)

// Config configures a demo.
type Config struct {
	Dir      string
	MongoURI string // "": everything is in Dir; else in databases beside the one it names
	Listen   string
	Now      func() time.Time // the real time, from which the simulated one is reckoned; not needed by Auto
	SOP      []byte
	Office   []byte
	// OfficeDir is where the files are that Office names.
	OfficeDir string
	Calendar  []byte
	Log       *slog.Logger
	// Inspector starts the processes that look into uploads; see [app.Config].
	Inspector *sandbox.Command
	Quiet     time.Duration // see [app.Config]; for people, who write in several messages
	Carrier   Carrier       // nil: the phones are connected to the program directly

	extra []person // more people than the procedure's cast
}

// Demo is the product with a made-up office on simulated phones.
type Demo struct {
	Program *app.Program
	Network *simulator.Network
	clock   *clock
	people  []person
	carrier Carrier
}

// open wires the product to the simulated phones and lets everybody join.
func open(ctx context.Context, cfg Config, k *clock, baseURL string) (*Demo, error) {
	d := &Demo{clock: k, carrier: cfg.Carrier}
	program, err := app.Open(ctx, app.Config{
		Dir: cfg.Dir, MongoURI: cfg.MongoURI, Now: k.Now, Log: cfg.Log, BaseURL: baseURL,
		Inspector: cfg.Inspector, SOP: cfg.SOP, Office: cfg.Office, OfficeDir: cfg.OfficeDir, Calendar: cfg.Calendar, Begin: d.gather,
		KeepFiles: true, Quiet: cfg.Quiet,
		Channels: func(p *app.Program) ([]bot.Channel, error) {
			d.people = append(cast(p.Desk.Library.Current()), cfg.extra...)
			return d.channels(filepath.Join(cfg.Dir, phonesFile), simulator.Config{
				Phones: phones(d.people), Clock: k.Now,
				Code: func(phone string, now time.Time) (string, bool) {
					return d.code(context.WithoutCancel(ctx), phone, now)
				},
			}, p)
		},
	})
	if err != nil {
		return nil, stopFirst(err)
	}
	d.Program = program
	if err := program.Start(ctx); err != nil {
		return nil, errors.Join(err, d.Close(ctx))
	}
	return d, nil
}

// gather lets everybody join, before anybody looks who is missing.
func (d *Demo) gather(ctx context.Context) error {
	if err := d.Network.Resend(ctx); err != nil {
		return fmt.Errorf("hand over what phones had not sent: %w", err)
	}
	for _, p := range d.people {
		if err := d.join(ctx, p); err != nil {
			return fmt.Errorf("let %s join: %w", p.phone, err)
		}
	}
	return d.idle(ctx)
}

// join makes an officer of the office, with one-time codes set up, and sends the
// invitation code from his phone, as a real officer would.
func (d *Demo) join(ctx context.Context, p person) error {
	if !p.isOfficer() {
		return nil
	}
	officer, err := d.Program.Store.Officer(ctx, officerID(p.phone))
	if err == nil && officer.Person != "" {
		return nil
	}
	if err != nil && workflow.CodeOf(err) != workflow.CodeNotFound {
		return err
	}
	sealed, err := d.Program.Files.Seal(demoSecret(p.phone), []byte(officerID(p.phone)))
	if err != nil {
		return err
	}
	officer = workflow.Officer{
		ID: officerID(p.phone), Version: officer.Version, Name: p.name, NIP: p.nip, Rank: p.rank, Title: p.title,
		Roles: p.roles, OTP: workflow.OTP{Secret: sealed},
	}
	code, officer, invitation, err := workflow.Invite(rand.Reader, officer, d.clock.Now())
	if err != nil {
		return err
	}
	unit := store.UnitOfWork{Officers: []workflow.Officer{officer}, Invitations: []workflow.Invitation{invitation}}
	if _, err := d.Program.Store.Commit(ctx, d.clock.Now(), unit); err != nil {
		return err
	}
	_, err = d.Network.Say(ctx, p.phone, simulator.Say{Text: "gabung " + code})
	return err
}

// demoSecret is the secret of an officer's one-time codes. It is no secret: the
// demo shows the codes, and the same ones in every run make the same transcript.
func demoSecret(phone string) []byte {
	h := sha256.Sum256([]byte("izinbot demo CONTOH " + phone))
	return h[:20]
}

// code is the one-time code that an officer's phone shows.
func (d *Demo) code(ctx context.Context, phone string, now time.Time) (string, bool) {
	if p, ok := d.find(phone); !ok || !p.isOfficer() {
		return "", false
	}
	officer, err := d.Program.Store.Officer(ctx, officerID(phone))
	if err != nil {
		return "", false
	}
	secret, err := d.Program.Files.Unseal(officer.OTP.Secret, []byte(officer.ID))
	if err != nil {
		return "", false
	}
	code, err := totp.Code(secret, now)
	return code, err == nil
}

// Close stops everything; what is under way finishes until ctx ends.
func (d *Demo) Close(ctx context.Context) error {
	return errors.Join(d.Program.Close(ctx), d.Network.Close())
}

// Reset forgets everything that an earlier demo kept. It refuses a directory that
// holds an office's data or anything a demo does not make, or that a program is using.
func Reset(ctx context.Context, cfg Config) error {
	if cfg.MongoURI != "" {
		place, err := storage.Config{MongoURI: cfg.MongoURI}.Apart(apart)
		if err == nil {
			err = storage.Drop(ctx, place)
		}
		if err != nil {
			return fmt.Errorf("hapus demo: %w", err)
		}
	}
	return resetDir(ctx, cfg.Dir)
}

// apart ends the name of the database of a demo that is kept: the demo's made-up
// cases must never stand among an office's own.
const apart = "_demo"

func resetDir(ctx context.Context, dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("hapus demo: %w", err)
	}
	known := map[string]bool{
		"files": true, "spool": true, phonesFile: true, clockFile: true, clockFile + ".new": true,
		"kalender.yaml": true, "kalender-terpakai.yaml": true, app.AttemptsFile: true,
	}
	for _, e := range entries {
		if ok, _ := filepath.Match("izinbot.db*", e.Name()); !known[e.Name()] && !ok {
			return fmt.Errorf("hapus demo: %s memuat %s, yang bukan buatan demo; hapus sendiri bila boleh hilang", dir, e.Name())
		}
	}
	if err := ours(ctx, dir); err != nil {
		return fmt.Errorf("hapus demo: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("hapus demo: %w", err)
	}
	return nil
}

// stopFirst says how to go on where another program uses the data.
func stopFirst(err error) error {
	if storage.InUse(err) {
		return fmt.Errorf("%w; hentikan izinbot itu dulu, atau sebutkan direktori lain dengan --data", err)
	}
	return err
}

// defaultCalendar reads the calendar that the demo runs with.
func (cfg Config) calendar() (*calendar.Calendar, error) {
	if cfg.Calendar != nil {
		return calendar.Parse(cfg.Calendar)
	}
	return calendar.Default()
}
