package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"

	"izinbot/bot"
	"izinbot/bot/whatsapp"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/workflow"
	"izinbot/workflow/calendar"
)

type whatsappCmd struct {
	Pair   whatsappPairCmd   `cmd:"" help:"Menautkan WhatsApp kantor, dengan kode QR atau kode yang diketik."`
	Status whatsappStatusCmd `cmd:"" help:"Menampilkan keadaan WhatsApp dan apa yang harus dilakukan."`
	Logout whatsappLogoutCmd `cmd:"" help:"Melepas tautan WhatsApp kantor."`
}

// pairTime is the time that somebody has to link the device; WhatsApp's codes end
// sooner.
const pairTime = 5 * time.Minute

type sessionDir struct {
	Data    string `default:"izinbot-data" env:"IZINBOT_DATA" placeholder:"DIR" help:"Tempat semua data."`
	Session string `env:"WHATSAPP_SESSION" placeholder:"FILE" help:"Berkas sesi, bila bukan whatsapp.db di direktori itu."`
}

func (d sessionDir) path() string {
	return cmp.Or(d.Session, filepath.Join(d.Data, office.WhatsAppFile))
}

// open opens the session for a command. WhatsApp keeps what arrives meanwhile for
// the office's next start.
func (d sessionDir) open(con *console, cfg whatsapp.Config) (*whatsapp.Channel, error) {
	if err := os.MkdirAll(d.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	cfg.Path, cfg.Files, cfg.Now = d.path(), noFiles{}, con.now
	cfg.Accept = func(context.Context, ...bot.Inbound) error { return whatsapp.ErrNotNow }
	cfg.Log = slog.New(slog.NewTextHandler(con.errs, &slog.HandlerOptions{Level: slog.LevelError + 1}))
	c, err := whatsapp.Open(con, cfg)
	if errors.Is(err, whatsapp.ErrInUse) {
		return nil, fmt.Errorf("%w; hentikan izinbot yang sedang berjalan dulu", err)
	}
	return c, err
}

var errNotNow = errors.New("no office is running")

// noFiles is the file store of commands, which take no messages.
type noFiles struct{}

func (noFiles) Put(context.Context, io.Reader) (string, int64, error) { return "", 0, errNotNow }
func (noFiles) Open(context.Context, string) (io.ReadCloser, error)   { return nil, errNotNow }

type whatsappPairCmd struct {
	sessionDir
	Phone string `placeholder:"NUMBER" help:"Menautkan dengan kode yang diketik di ponsel nomor ini, misalnya +6281…, bukan dengan kode QR."`
}

func (c *whatsappPairCmd) Run(con *console) error { return c.pair(con, whatsapp.Config{}) }

func (c *whatsappPairCmd) pair(con *console, cfg whatsapp.Config) (err error) {
	channel, err := c.open(con, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, channel.Stop(context.WithoutCancel(con))) }()
	ctx, cancel := context.WithTimeout(con, pairTime)
	defer cancel()
	steps, err := channel.Pair(ctx, c.Phone)
	if errors.Is(err, whatsapp.ErrLinked) {
		return errors.New("WhatsApp sudah tertaut; lihat `izinbot whatsapp status`, atau lepaskan dulu dengan `izinbot whatsapp logout`")
	}
	if errors.Is(err, whatsapp.ErrUnreachable) {
		return fmt.Errorf("WhatsApp tidak dapat dihubungi; periksa sambungan internet server ini (%w)", err)
	}
	if err != nil {
		return err
	}
	for step := range steps {
		err = errors.Join(err, showStep(con.out, step))
	}
	return err
}

func showStep(out io.Writer, step whatsapp.PairStep) error {
	switch {
	case step.QR != "":
		picture, err := terminalQR(step.QR)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "\nDi ponsel kantor: WhatsApp → Perangkat tertaut → Tautkan perangkat, lalu pindai kode ini.\n\n%s\n", picture)
		return err
	case step.Code != "":
		_, err := fmt.Fprintf(out, "Di ponsel kantor: WhatsApp → Perangkat tertaut → Tautkan perangkat → Tautkan dengan nomor telepon saja.\nKetik kode ini: %s\n", step.Code)
		return err
	case errors.Is(step.Error, whatsapp.ErrPairTimeout):
		return errors.New("kode tidak dipindai pada waktunya; jalankan perintah ini lagi")
	case step.Error != nil:
		return step.Error
	}
	_, err := fmt.Fprintln(out, "Tertaut. Sekarang jalankan izinbot.")
	return err
}

// terminalQR draws a QR code with half blocks, light on dark, as terminals are.
func terminalQR(content string) (string, error) {
	code, err := qr.Encode(content, qr.L, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("draw QR code: %w", err)
	}
	const border = 2
	size := code.Bounds().Dx()
	light := func(x, y int) bool {
		if x < 0 || y < 0 || x >= size || y >= size {
			return true
		}
		r, _, _, _ := code.At(x, y).RGBA()
		return r > 0x7fff
	}
	var b strings.Builder
	for y := -border; y < size+border; y += 2 {
		for x := -border; x < size+border; x++ {
			b.WriteString(halfBlock(light(x, y), light(x, y+1)))
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

func halfBlock(top, bottom bool) string {
	switch {
	case top && bottom:
		return "█"
	case top:
		return "▀"
	case bottom:
		return "▄"
	}
	return " "
}

type whatsappStatusCmd struct{ sessionDir }

func (c *whatsappStatusCmd) Run(con *console) error {
	st, err := whatsapp.ReadStatus(con, c.path(), con.now())
	if err != nil {
		return err
	}
	var b strings.Builder
	if st.Number != "" {
		fmt.Fprintf(&b, "Nomor: +%s\n", st.Number)
	}
	for _, s := range st.States {
		what, todo := s.Sentence(wordTime)
		fmt.Fprintf(&b, "%s: %s\n  %s\n", s.Code, what, todo)
	}
	if !st.LastSign.IsZero() {
		fmt.Fprintf(&b, "Kabar terakhir dari WhatsApp: %s\n", wordTime(st.LastSign))
	}
	if !st.PhoneSeen.IsZero() {
		fmt.Fprintf(&b, "Ponsel kantor terakhir terlihat: %s\n", wordTime(st.PhoneSeen))
	}
	if m := st.Messages; m != (whatsapp.Messages{}) {
		fmt.Fprintf(&b, "Pesan keluar 24 jam terakhir: %d dibaca, %d sampai di ponsel, %d terkirim, %d belum pasti\n", m.Read, m.Delivered, m.Sent, m.Waiting)
	}
	_, err = io.WriteString(con.out, b.String())
	return err
}

func wordTime(at time.Time) string { return calendar.DateTime(at, workflow.Indonesian) }

type whatsappLogoutCmd struct{ sessionDir }

func (c *whatsappLogoutCmd) Run(con *console) error { return c.logout(con, whatsapp.Config{}) }

func (c *whatsappLogoutCmd) logout(con *console, cfg whatsapp.Config) (err error) {
	online := make(chan struct{}, 1)
	cfg.OnState = func(_ context.Context, states []whatsapp.State) {
		if code := states[0].Code; code != whatsapp.StateConnecting {
			select {
			case online <- struct{}{}:
			default:
			}
		}
	}
	channel, err := c.open(con, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, channel.Stop(context.WithoutCancel(con))) }()
	if !channel.Linked() {
		return errors.New("WhatsApp belum tertaut")
	}
	if err := channel.Start(con); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(con, time.Minute)
	defer cancel()
	select {
	case <-online:
	case <-ctx.Done():
	}
	if err := channel.Logout(ctx); err != nil {
		return fmt.Errorf("WhatsApp tidak tersambung, jadi belum dilepas; lepaskan dari ponsel kantor (Perangkat tertaut): %w", err)
	}
	_, err = fmt.Fprintln(con.out, "WhatsApp dilepas dari izinbot.")
	return err
}
