// Package app puts the product together: one value with Open, Start and Close, so
// that a test starts the real thing in a temporary directory.
package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"izinbot/bot"
	"izinbot/cmd/izinbot/internal/chart"
	"izinbot/cmd/izinbot/internal/sandbox"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/cmd/izinbot/internal/supervise"
	"izinbot/handlers"
	"izinbot/handlers/account"
	"izinbot/handlers/session"
	"izinbot/notifications"
	"izinbot/notifications/outbox"
	"izinbot/notifications/texts"
	"izinbot/workflow/calendar"
	"izinbot/workflow/casework"
	"izinbot/workflow/lease"
	"izinbot/workflow/ledger"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
	"izinbot/workflow/store"
)

// Config configures the program. Dir and Now are required; nil sources mean
// the embedded ones.
type Config struct {
	Dir      string // everything that is kept, readable by its owner only
	MongoURI string // where records and files are kept instead; "": in Dir
	KeyFile  string // of files and secrets; "": in Dir
	Now      func() time.Time
	Log      *slog.Logger
	BaseURL  string // of the web pages, without a slash at the end
	SOP      []byte
	Office   []byte
	// OfficeDir is where the files are that Office names: the emblem and the texts of letters.
	OfficeDir string
	Calendar  []byte
	// Inspector starts the processes that look into uploaded files. nil: this process
	// does it itself, which a hostile file can exhaust; for tests.
	Inspector *sandbox.Command
	// CalendarPath is the office's calendar file, which it may edit while the program
	// runs; "": [CalendarFile] in Dir. Calendar, if not nil, takes its place for good.
	CalendarPath string
	// Witness is a directory that others look after, for checkpoints of the office's log; "": none.
	Witness string
	// Keep is the time for which handled messages are kept; 0: [DefaultKeep].
	Keep time.Duration
	// KeepFiles leaves files that nothing refers to. A demo needs it: its clock leaps, and
	// its phones show what they once sent.
	KeepFiles bool
	// Data opens what is kept; nil: [storage.Open].
	Data func(ctx context.Context, place storage.Config) (*storage.Data, error)
	// Quotas bound what a chat may cause in a day; zero: the defaults.
	Quotas session.Quotas
	// Quiet is the time for which a chat has to be quiet before an answer that may come in several
	// messages is taken; see [session.Env].
	Quiet time.Duration
	// StaffPause is the time in which a chat is not answered after an officer wrote there himself.
	StaffPause time.Duration
	// Lease holds the times of the lease by which one of several processes is the active
	// one; zero: the defaults.
	Lease lease.Timing
	// Parts says how parts that end are begun again; zero: the defaults. Ended and Log
	// are set by Open.
	Parts supervise.Config
	// Channels opens the chat networks. They put files into p.Files and hand
	// messages to p.Accept.
	Channels func(p *Program) ([]bot.Channel, error)
	// Begin is done once messages are let in, before the clock is watched. May be nil.
	Begin func(ctx context.Context) error
}

// Program is the running product.
type Program struct {
	Store    store.Store
	Files    storage.Files
	Log      *slog.Logger // see [hush]; channels log here
	Calendar *calendar.Live
	Office   letters.Office
	Texts    *texts.Catalogue
	Desk     *casework.Desk
	Handlers *handlers.App
	Commits  *casework.Committer
	OTPSetup account.OTPSetup

	cfg        Config
	inspectors *sandbox.Pool // nil without cfg.Inspector
	attempts   *bot.Attempts // nil: it cannot be opened
	data       *storage.Data
	reload     calendarReload
	purger     purger
	sweeper    sweeper
	ledger     *ledger.Ledger
	witness    witness
	channels   []bot.Channel
	dispatcher *bot.Dispatcher
	outbox     *outbox.Outbox
	watch      *notifications.Watch
	ticker     *ticker
	node       *lease.Node // nil: it has the store alone
	unattend   context.CancelFunc
	attending  sync.WaitGroup
	outage     *notifications.Outage
	parts      *supervise.Supervisor
	heard      heard
	faults     *faults
}

const (
	// workers is the number of messages that are handled, and of those that are sent, at once. Most
	// of that time is waiting for a network, not work.
	workers = 256
	// handleTime bounds the handling of a message, the download of its files
	// included: 20 MB over a slow line.
	handleTime = 5 * time.Minute
)

// Open opens the stores in cfg.Dir and wires everything; nothing moves before
// Start.
func Open(ctx context.Context, cfg Config) (*Program, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	watch := newFaults(cfg.Log, cfg.Now)
	cfg.Log = slog.New(hush{cfg.Log.Handler(), watch})
	p := &Program{cfg: cfg, faults: watch, Log: cfg.Log}
	cfg.Parts.Ended, cfg.Parts.Log = p.ended, cfg.Log
	p.parts = supervise.New(cfg.Parts)
	if err := p.open(ctx); err != nil {
		return nil, errors.Join(err, p.closeStores())
	}
	return p, nil
}

func (p *Program) open(ctx context.Context) error {
	var err error
	open := p.cfg.Data
	if open == nil {
		open = storage.Open
	}
	place := storage.Config{
		Dir: p.cfg.Dir, MongoURI: p.cfg.MongoURI, KeyFile: p.cfg.KeyFile, Now: p.cfg.Now(), Clock: p.cfg.Now,
		Log: p.cfg.Log, Supervise: p.parts.Run,
	}
	if p.data, err = open(ctx, place); err != nil {
		return err
	}
	p.Store, p.Files = watchedStore{p.data.Store, p.faults}, watchedFiles{p.data.Files, p.faults}
	if err := p.read(); err != nil {
		return err
	}
	p.openAttempts(ctx)
	if p.cfg.Inspector != nil {
		p.inspectors = sandbox.New(*p.cfg.Inspector, p.cfg.Log)
		if program := sandbox.Converter(); program != "" {
			p.inspectors.Decode(program, *p.cfg.Inspector)
		}
	}
	if err := p.wire(ctx); err != nil {
		return err
	}
	return p.connect()
}

// read reads the calendar, the office and the texts.
func (p *Program) read() (err error) {
	if err := p.openCalendar(); err != nil {
		return fmt.Errorf("calendar: %w", err)
	}
	if p.Office, err = or(p.cfg.Office, letters.ParseOffice, letters.DefaultOffice); err != nil {
		return fmt.Errorf("office: %w", err)
	}
	if err := p.Office.ReadFiles(p.cfg.OfficeDir); err != nil {
		return fmt.Errorf("office: %w", err)
	}
	if p.cfg.BaseURL != "" {
		p.Office.PublicURL = p.cfg.BaseURL
	}
	if p.Texts, err = texts.Load(); err != nil {
		return fmt.Errorf("texts: %w", err)
	}
	p.Texts.Report = func(key, fault string) {
		p.cfg.Log.Warn("text is missing", slog.String("key", key), slog.String("fault", fault))
	}
	return nil
}

// or parses a source, or takes what is embedded if there is none.
func or[T any](source []byte, parse func([]byte) (T, error), embedded func() (T, error)) (T, error) {
	if source != nil {
		return parse(source)
	}
	return embedded()
}

func (p *Program) wire(ctx context.Context) error {
	source := p.cfg.SOP
	if source == nil {
		_, embedded, err := sop.Default()
		if err != nil {
			return fmt.Errorf("sop: %w", err)
		}
		source = embedded
	}
	library, err := casework.NewLibrary(ctx, p.Store, source, sop.Parse)
	if err != nil {
		return err
	}
	p.Desk = &casework.Desk{
		Store: p.Store, Library: library, Calendar: p.Calendar, Office: p.Office, Files: p.Files,
		Letters: letters.New(p.Office, p.letterConfig()),
	}
	p.Desk.Announcer = &notifications.Announcer{
		People: p.Store, Texts: p.Texts, Calendar: p.Calendar, StatusURL: p.Office.StatusURL, Superior: p.Office.Superior,
		Given: p.Desk.Given, CommandIn: handlers.CommandIn,
	}
	p.OTPSetup = account.OTPSetup{
		Store: p.Store, Sealer: p.Files, Random: rand.Reader, Now: p.cfg.Now,
		BaseURL: p.cfg.BaseURL, Issuer: "izinbot",
	}
	return p.checkNumbers(ctx)
}

// connect opens the channels and puts inbox, handlers and outbox between them.
func (p *Program) connect() error {
	owner, err := newOwner(rand.Reader)
	if err != nil {
		return err
	}
	p.Commits = &casework.Committer{Store: p.Store}
	if err := p.openLedger(); err != nil {
		return err
	}
	p.Handlers = handlers.New(session.Env{
		Store: p.Store, Desk: p.Desk, Calendar: p.Calendar, Texts: p.Texts, Files: p.Files, Sealer: p.Files,
		Log: p.cfg.Log, Now: p.cfg.Now, SetupLink: p.OTPSetup.Link, RecapText: notifications.RecapText,
		Link: p.link, Inspect: p.inspect(), Copy: p.copyPicture(), Quotas: p.cfg.Quotas, Quiet: p.cfg.Quiet, StaffPause: p.cfg.StaffPause,
	}, p.Commits)
	if p.cfg.Channels != nil {
		if p.channels, err = p.cfg.Channels(p); err != nil {
			return fmt.Errorf("open channels: %w", err)
		}
	}
	if err := p.openNode(owner); err != nil {
		return err
	}
	p.Commits.Term = p.node.Term
	p.outage = notifications.NewOutage(p.channels, notifications.OutageConfig{
		Texts: p.Texts, Clock: time.Now, Elsewhere: p.standby(), Supervise: p.parts.Run, Log: p.cfg.Log,
	})
	p.Handlers.Spoke = p.outage.Spoke
	p.dispatcher = bot.NewDispatcher(p.Store, bot.Fetching(p.Handlers, p.channels...), bot.DispatcherConfig{
		Workers: workers, Timeout: handleTime, Failed: p.Handlers.Fail, Typing: p.typing, Leadership: p.leadership(), Log: p.cfg.Log,
		Delayed: p.outage.Stored, Late: p.outage.Late, Attempts: p.attempts, Supervise: p.parts.Run,
	})
	unreachable := &notifications.Unreachable{
		Store: p.Store, Library: p.Desk.Library, Texts: p.Texts, Commits: p.Commits, Now: p.cfg.Now, Log: p.cfg.Log,
	}
	lost := &notifications.Lost{
		Alarm: p.alarm(), Texts: p.Texts, Now: p.cfg.Now, Log: p.cfg.Log,
	}
	p.outbox = outbox.New(p.Store, p.channels, outbox.Config{
		Owner: owner, Clock: p.cfg.Now, Workers: workers, Dead: unreachable.Dead, Leadership: p.leadership(), Log: p.cfg.Log,
		Barred:   func(ctx context.Context, d bot.Delivery) (bool, error) { return notifications.Barred(ctx, p.Store, d) },
		NextOpen: p.Calendar.NextOpen, Elsewhere: unreachable.Elsewhere, Files: p.Files, Lost: lost.Tell,
		Supervise: p.parts.Run,
	})
	p.Commits.Sender = p.outbox
	p.watch = &notifications.Watch{
		Store: p.Store, Desk: p.Desk, Calendar: p.Calendar, Texts: p.Texts, Commits: p.Commits, CommandIn: handlers.CommandIn,
		Files: p.Files, Chart: chart.Draw, Log: p.cfg.Log,
		Jobs: []notifications.Job{p.followCalendar, p.purge, p.sweep}, After: []notifications.Job{p.keepLog},
	}
	p.Handlers.RecapChart = p.watch.RecapChart
	return nil
}

// alarm tells admins of trouble, over the outbox.
func (p *Program) alarm() *notifications.Alarm {
	return &notifications.Alarm{Store: p.Store, Commits: p.Commits, Log: p.cfg.Log}
}

// newOwner names this run of the process, as no other run is named.
func newOwner(random io.Reader) (string, error) {
	var id [8]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return "", fmt.Errorf("name this run: %w", err)
	}
	return "izinbot-" + hex.EncodeToString(id[:]), nil
}

// Start replays what was stored and not yet handled or sent, and lets messages in.
func (p *Program) Start(ctx context.Context) (err error) {
	p.node.Start(ctx)
	p.outage.Start(ctx)
	if err := p.outbox.Start(ctx); err != nil {
		return fmt.Errorf("start outbox: %w", err)
	}
	if err := p.dispatcher.Start(ctx); err != nil {
		return fmt.Errorf("start dispatcher: %w", err)
	}
	for _, r := range p.runners() {
		if err := r.Start(ctx); err != nil {
			return fmt.Errorf("start channel: %w", err)
		}
	}
	if p.cfg.Begin != nil {
		if err := p.cfg.Begin(ctx); err != nil {
			return err
		}
	}
	if err := p.watch.Shout(ctx, p.cfg.Now()); err != nil {
		return fmt.Errorf("look who works here: %w", err)
	}
	p.attend(ctx)
	p.ticker, err = startTicker(ctx, p.look, p.cfg.Log)
	return err
}

// Look does what the clock demands now: reminders, digests, the closing of files
// that nobody completed. Before that it sees whether the calendar was changed.
func (p *Program) Look(ctx context.Context) error {
	now := p.cfg.Now()
	p.faults.look(ctx)
	return errors.Join(p.heedCalendar(ctx, now), p.compareCalendar(ctx, now), p.watch.RunOnce(ctx, now))
}

// Accept stores messages and has them handled. Those who wrote what cannot be stored are
// told, unless it soon can. After [bot.ErrFull] it is not known whose messages are stored,
// and a full chat was told of its quota long before.
func (p *Program) Accept(ctx context.Context, in ...bot.Inbound) error {
	err := p.dispatcher.Accept(ctx, p.cfg.Now(), in...)
	if errors.Is(err, bot.ErrFull) {
		return err
	}
	for _, m := range in {
		if err != nil {
			p.outage.Unstored(m.Chat)
		} else {
			p.outage.Accepted(m.Chat)
		}
	}
	return err
}

// Idle waits until every accepted message is handled and every answer delivered.
func (p *Program) Idle(ctx context.Context) error {
	if err := p.dispatcher.Idle(ctx); err != nil {
		return fmt.Errorf("wait for handlers: %w", err)
	}
	if err := p.outbox.Idle(ctx); err != nil {
		return fmt.Errorf("wait for outbox: %w", err)
	}
	return nil
}

// Close lets what is under way finish until ctx ends, answers included; the rest
// waits in the store for the next start.
func (p *Program) Close(ctx context.Context) error {
	var errs []error
	if p.ticker != nil {
		errs = append(errs, p.ticker.stop(ctx))
	}
	var last []runner
	for _, r := range p.runners() {
		if d, ok := r.(drainer); ok {
			d.Drain()
			last = append(last, r)
			continue
		}
		errs = append(errs, r.Stop(ctx))
	}
	errs = append(errs, p.dispatcher.Stop(ctx), p.outbox.Stop(ctx))
	p.outage.Stop()
	for _, r := range last {
		errs = append(errs, r.Stop(ctx))
	}
	if p.ticker != nil { // so that the next start has nothing to look for
		errs = append(errs, p.keepLog(ctx, p.cfg.Now()))
	}
	p.part(ctx)
	return errors.Join(append(errs, p.closeStores())...)
}

func (p *Program) closeStores() error {
	if p.inspectors != nil {
		p.inspectors.Close()
	}
	err := p.attempts.Close()
	if p.data == nil {
		return err
	}
	return errors.Join(err, p.data.Close())
}
