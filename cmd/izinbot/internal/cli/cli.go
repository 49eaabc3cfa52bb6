// Package cli is the command line of izinbot: one file a command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// commands are the subcommands, as kong reads them.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Menjalankan kantor di Telegram dan WhatsApp (pengaturan: izinbot config print)."`
	Demo     demoCmd     `cmd:"" help:"Menjalankan semuanya dengan kantor rekaan dan ponsel tiruan."`
	Sop      sopCmd      `cmd:"" name:"sop" help:"Memeriksa atau menggambar berkas SOP."`
	Calendar calendarCmd `cmd:"" help:"Waktu kerja: tenggat, hari libur, dan hari kerja setahun."`
	Officer  officerCmd  `cmd:"" help:"Menambah, melihat, dan menonaktifkan petugas."`
	Config   configCmd   `cmd:"" help:"Menampilkan pengaturan."`
	WhatsApp whatsappCmd `cmd:"" name:"whatsapp" help:"Menautkan, melihat, dan melepas WhatsApp kantor."`
	Audit    auditCmd    `cmd:"" help:"Memeriksa riwayat setiap permohonan."`
	Register registerCmd `cmd:"" help:"Menulis buku register kantor (surat keluar, izin, ekspedisi, dan lain-lain) untuk dicetak dan diolah."`
	Letters  lettersCmd  `cmd:"" help:"Mengubah kalimat surat kantor: menulis yang bawaan, memeriksa, menggambar contoh; menandatangani."`
	Verify   verifyCmd   `cmd:"" help:"Memeriksa tanda tangan surat tanpa jaringan: asli atau berubah, siapa yang menandatangani, dan kapan."`
	Backup   backupCmd   `cmd:"" help:"Mencadangkan data kantor, juga selagi berjalan: izinbot backup DIR [--with-key]."`
	Restore  restoreCmd  `cmd:"" help:"Memulihkan cadangan ke direktori data baru."`
	Store    storeCmd    `cmd:"" help:"Menyalin data kantor antara SQLite dan MongoDB."`
	Inspect  inspectCmd  `cmd:"" hidden:"" help:"Memeriksa berkas kiriman; dipakai oleh izinbot sendiri."`
	Version  versionCmd  `cmd:"" help:"Menyebut versi izinbot ini."`
}

// console gives a command its context and output besides its flags.
type console struct {
	context.Context //nolint:containedctx // kong hands commands one value
	out             io.Writer
	errs            io.Writer
	now             func() time.Time
}

// errQuiet ends with exit code 1; what was wrong has been printed.
var errQuiet = exitError(1)

// exitError ends with a code of its own; what was wrong has been printed.
type exitError int

func (c exitError) Error() string { return "ended with code " + strconv.Itoa(int(c)) }

// Run runs the command line and gives the exit code: 0 for success, 1 for a failed
// command, 2 for wrong usage or an answer that is not certain. An interrupt ends what
// runs, cleanly. now is the clock of
// all that the command does.
func Run(args []string, out, errs io.Writer, now func() time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("izinbot"), kong.Writers(out, errs), kong.UsageOnError(),
		kong.Description("Menjalankan SOP pelayanan izin lewat chat."), kong.Vars(listenVar()), kong.Exit(func(n int) { code = n }))
	if err != nil {
		return fail(errs, err)
	}
	parsed, err := parser.Parse(asked(args))
	if code >= 0 { // help was asked for
		return code
	}
	if err != nil {
		_, _ = fmt.Fprintf(errs, "izinbot: %s\n(izinbot help: semua perintah; izinbot PERINTAH --help: satu perintah)\n", usage(err))
		return 2
	}
	if err := parsed.Run(&console{Context: ctx, out: out, errs: errs, now: now}); err != nil {
		return fail(errs, err)
	}
	return 0
}

// asked has "help" and "help PERINTAH" mean the flag.
func asked(args []string) []string {
	if len(args) > 0 && args[0] == "help" {
		return append(slices.Clone(args[1:]), "--help")
	}
	return args
}

func fail(errs io.Writer, err error) int {
	if code, ok := errors.AsType[exitError](err); ok {
		return int(code)
	}
	_, _ = fmt.Fprintf(errs, "izinbot: %v\n", err)
	if do := remedy(err); do != "" {
		_, _ = fmt.Fprintln(errs, do)
	}
	return 1
}

// readFile reads a file that a flag names; no name, no content.
func readFile(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	return os.ReadFile(path) //nolint:gosec // the operator names the file
}
