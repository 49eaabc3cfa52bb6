package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"time"

	"izinbot/bot"
	"izinbot/bot/simulator"
	"izinbot/workflow"
)

// DefaultListen is the address at which the server listens unless told otherwise.
const DefaultListen = "127.0.0.1:8080"

// Config configures the server. The zero value shows /healthz alone.
type Config struct {
	Listen string // host:port; "" means [DefaultListen], port 0 a free one
	// Listener listens already, for who must know the address before the server
	// is made; Listen is not looked at then. The server closes it.
	Listener net.Listener
	Log      *slog.Logger // nil: silent
	// Supervise runs the server, which ends if its listener fails, and listens anew
	// when it is begun again.
	Supervise bot.Supervise
	// Health says what is wrong, or nil; nil func: always healthy. Its error is
	// logged and not shown.
	Health func(ctx context.Context) error
	// Holds tells the role of this process among others on one store, shown with its
	// health; nil: nothing.
	Holds func() []string
	// OTPSetup spends the token of a set-up link and gives what the officer's
	// authenticator needs. It returns [ErrOTPGone] for a token that is unknown,
	// spent or too old. nil: there is no such page.
	OTPSetup func(ctx context.Context, token string) (OTP, error)
	Pairing  *Pairing // nil: there is no such page
	Hooks    []Hook   // where chat networks deliver
	Public   *Public  // nil: no pages behind the codes on letters
	Demo     *Demo    // nil: no demo page
}

// ErrOTPGone says that a set-up link cannot be used (any more).
var ErrOTPGone = errors.New("set-up link is spent")

// OTP holds the secret for an authenticator app, for a person to scan or type.
type OTP struct {
	QR     []byte // PNG of the otpauth URI
	Secret string // base32
	Name   string // the officer, as shown to him
}

// Demo configures the demo page. Network, Files and Clock are required.
type Demo struct {
	Network *simulator.Network
	Files   bot.Files
	Clock   func() time.Time
	// Advance moves the simulated time by a step, one of [StepTenMinutes],
	// [StepHour] and [StepWorkday], and gives the new time. nil: it cannot be moved.
	Advance func(ctx context.Context, step string) (time.Time, error)
	// Work says in a word or two whether the office works: "buka", "istirahat",
	// "tutup", with a reason after it if there is one. nil: not shown.
	Work    func(now time.Time) string
	Samples []Sample
	Places  []LocationPreset // presets of the location form; nil: two made-up ones
}

// The steps by which the simulated time is moved.
const (
	StepTenMinutes = "10m"
	StepHour       = "1h"
	StepWorkday    = "1d"
)

// Sample is a made-up file that can be sent without having one.
type Sample struct {
	Name  string // file name
	Group string // heading that it stands under in the menu
	Note  string // what it is good for
	Photo bool   // send it as a picture
	Data  []byte
	// Taken is the time of the camera in Data as EXIF writes it; the present hour takes its
	// place when it is sent, so that the same photo sent again soon is the same file. Empty:
	// there is none.
	Taken string
}

// At gives the content as it is sent at a time.
func (f Sample) At(now time.Time) []byte {
	if f.Taken == "" {
		return f.Data
	}
	return bytes.Replace(f.Data, []byte(f.Taken), []byte(now.In(workflow.WIB()).Format("2006:01:02 15:00:00")), 1)
}

// LocationPreset is a preset of the location form.
type LocationPreset struct {
	Label string `json:"label"`
	bot.Location
}

func (c Config) withDefaults() Config {
	if c.Listen == "" {
		c.Listen = DefaultListen
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Demo != nil && c.Demo.Places == nil {
		demo := *c.Demo
		demo.Places = []LocationPreset{
			{Label: "Lokasi kegiatan (CONTOH)", Location: bot.Location{Lat: 2.7431, Lon: 98.3126}},
			{Label: "Jauh dari lokasi", Location: bot.Location{Lat: 3.5952, Lon: 98.6722}},
		}
		c.Demo = &demo
	}
	return c
}
