package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/config"
	"izinbot/cmd/izinbot/internal/control"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/handlers/session"
)

type serveCmd struct{ settingFlags }

// Run runs the office until it is interrupted.
func (c *serveCmd) Run(con *console) error {
	set, err := c.load()
	advise(con.errs, slices.Concat(strangers(os.Environ()), openSecrets(set, os.Getenv))...)
	if err != nil {
		return fmt.Errorf("ada yang keliru dalam pengaturan:\n%w", err)
	}
	cfg, err := officeConfig(set, con)
	if err != nil {
		return err
	}
	if cfg.App.Inspector, err = inspector(); err != nil {
		return err
	}
	office.EaseCollector(os.Getenv)
	log := cfg.App.Log
	logStart(con, log, set)
	o, err := office.Open(con, cfg)
	switch {
	case err != nil && con.Err() != nil: // everything opened so far is closed
		log.InfoContext(con, "izinbot stops while it starts", slog.Any("reason", context.Cause(con)), slog.Any("error", err))
		return nil
	case err != nil:
		return advised(err)
	}
	_, err = fmt.Fprintf(con.out, "izinbot: %s\n(data di %s; Ctrl-C untuk berhenti)\n", o.URL(), cfg.App.Dir)
	if troubles := o.Troubles(); err == nil && troubles != "" {
		_, err = fmt.Fprintln(con.out, troubles)
	}
	advise(con.errs, slices.Concat(unfinished(set), shortCalendar(o.Program.Calendar.Current(), con.now()))...)
	if err == nil {
		err = until(con, log, o)
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(con), stopWithin)
	defer cancel()
	return errors.Join(err, o.Close(stop))
}

// logStart says what was started, with what.
func logStart(ctx context.Context, log *slog.Logger, set *config.Set) {
	kind := "sqlite"
	if set.Get(keyMongo) != "" {
		kind = "mongodb"
	}
	telegram := "off"
	switch {
	case set.Get(keyToken) != "" && set.Get(keyWebhookURL) != "":
		telegram = "webhook"
	case set.Get(keyToken) != "":
		telegram = "polling"
	}
	log.InfoContext(ctx, "izinbot starts", slog.String("version", version()), slog.String("data", set.Get(keyData)),
		slog.String("store", kind), slog.String("telegram", telegram), slog.String("whatsapp", set.Get(keyWhatsApp)))
}

// until waits for a signal, which is no error, or for what the office cannot go on
// without.
func until(ctx context.Context, log *slog.Logger, o *office.Office) error {
	select {
	case <-ctx.Done():
		log.InfoContext(ctx, "izinbot stops", slog.Any("reason", context.Cause(ctx)))
		return nil
	case <-o.Failed():
		log.ErrorContext(ctx, "izinbot stops", slog.Any("reason", o.Err()))
		return fmt.Errorf("izinbot berhenti agar dimulai ulang: %w", o.Err())
	}
}

// advised adds to a refusal to start what to do about it.
func advised(err error) error {
	switch {
	case errors.Is(err, office.ErrNoChannel):
		return noChannel()
	case errors.Is(err, whatsapp.ErrInUse):
		return fmt.Errorf("%w; hentikan program itu, atau sebutkan berkas lain dengan %s", err, keyWhatsAppSession)
	}
	return stopFirst(err)
}

// stopWithin is the time that the office may take to stop.
const stopWithin = 20 * time.Second

func officeConfig(set *config.Set, con *console) (office.Config, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(set.Get(keyLogLevel))); err != nil {
		return office.Config{}, err
	}
	cfg := office.Config{
		App: app.Config{
			Dir: set.Get(keyData), MongoURI: set.Get(keyMongo), KeyFile: set.Get(keyKeyFile), Now: con.now,
			Witness: set.Get(keyWitness),
			Log:     slog.New(slog.NewTextHandler(con.errs, &slog.HandlerOptions{Level: level})),
			BaseURL: strings.TrimSuffix(set.Get(keyPublicURL), "/"),
		},
		Listen: set.Get(keyListen),
		Telegram: office.Telegram{
			Token: set.Get(keyToken), APIURL: set.Get(keyAPIURL), WebhookURL: set.Get(keyWebhookURL),
			WebhookSecret: set.Get(keyWebhookSecret), Rate: rate(set.Get(keyRate)),
		},
		WhatsApp: whatsappConfig(set),
		Commands: func(p *app.Program) control.Handler { return obey(p, con.now) },
	}
	var err error
	if cfg.App.SOP, err = readFile(set.Get(keySOP)); err != nil {
		return cfg, err
	}
	cfg.App.OfficeDir = filepath.Dir(set.Get(keyOffice))
	if cfg.App.Office, err = readFile(set.Get(keyOffice)); err != nil {
		return cfg, err
	}
	cfg.App.CalendarPath = set.Get(keyHolidays)
	days, err := strconv.Atoi(set.Get(keyKeepDays))
	if err != nil {
		return cfg, err
	}
	cfg.App.Keep = time.Duration(days) * 24 * time.Hour
	seconds, err := strconv.ParseFloat(set.Get(keyQuiet), 64)
	if err != nil {
		return cfg, err
	}
	cfg.App.Quiet = time.Duration(seconds * float64(time.Second))
	cfg.App.StaffPause = time.Duration(count(set.Get(keyWhatsAppStaff))) * time.Minute
	cfg.App.Quotas, err = quotas(set)
	return cfg, err
}

// quotas reads what a chat may cause in a day.
func quotas(set *config.Set) (session.Quotas, error) {
	megabytes, wrongFiles := strconv.ParseInt(set.Get(keyQuotaFiles), 10, 64)
	messages, wrongMessages := strconv.Atoi(set.Get(keyQuotaMessages))
	complaints, wrongComplaints := strconv.Atoi(set.Get(keyQuotaTalk))
	return session.Quotas{Files: megabytes << 20, Messages: messages, Complaints: complaints},
		errors.Join(wrongFiles, wrongMessages, wrongComplaints)
}
