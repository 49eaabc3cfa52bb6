package cli

import (
	"cmp"
	"log/slog"
	"path/filepath"
	"time"

	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/handlers/session"
	"izinbot/handlers/web"
)

// sources are the files that replace the embedded ones.
type sources struct {
	SOP      string `name:"sop" type:"existingfile" placeholder:"FILE" help:"SOP pengganti yang bawaan."`
	Office   string `type:"existingfile" placeholder:"FILE" help:"Data kantor untuk surat, pengganti yang CONTOH."`
	Holidays string `type:"existingfile" placeholder:"FILE" help:"Kalender pengganti yang bawaan."`
}

type demoCmd struct {
	sources
	Auto   string        `placeholder:"STORY" help:"Memainkan cerita sendiri: terbit, tolak, klarifikasi, atau semua; sambung, di dua chat; loket, izin diambil di loket."`
	Out    string        `placeholder:"DIR" default:"out" help:"Dengan --auto: tempat suratnya ditulis."`
	Listen string        `default:"${listen}" help:"Alamat halaman demo; hanya di komputer ini."`
	Data   string        `placeholder:"DIR" help:"Tempat data demo (bawaan izinbot-demo; dengan --auto direktori yang dihapus lagi)."`
	Quiet  time.Duration `default:"${quiet}" help:"Hening sebelum jawaban yang bisa datang dalam beberapa pesan dibaca; 0s: tiap pesan satu jawaban."`
	Reset  bool          `help:"Hapus isi demo sebelumnya di --data."`
}

func (c *demoCmd) Run(con *console) error {
	cfg, err := c.config(con)
	if err != nil {
		return err
	}
	if c.Reset && cfg.Dir != "" {
		if err := demo.Reset(con, cfg); err != nil {
			return err
		}
	}
	if c.Auto != "" {
		return demo.Auto(con, cfg, c.Auto, c.Out, con.out)
	}
	return demo.Serve(con, cfg, con.out)
}

func (c *demoCmd) config(con *console) (demo.Config, error) {
	cfg := demo.Config{Dir: c.Data, Listen: c.Listen, Now: con.now, Log: slog.New(slog.NewTextHandler(con.errs, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if c.Auto == "" {
		cfg.Dir = cmp.Or(cfg.Dir, "izinbot-demo")
		cfg.Quiet = c.Quiet
	}
	place, err := placeIn(cfg.Dir, con.now())
	if err != nil {
		return cfg, err
	}
	cfg.MongoURI = place.MongoURI
	if cfg.Inspector, err = inspector(); err != nil {
		return cfg, err
	}
	if cfg.SOP, err = readFile(c.SOP); err != nil {
		return cfg, err
	}
	if cfg.Office, err = readFile(c.Office); err != nil {
		return cfg, err
	}
	cfg.OfficeDir = filepath.Dir(c.Office)
	cfg.Calendar, err = readFile(c.Holidays)
	return cfg, err
}

// listenVar fills in the defaults of --listen and --quiet.
func listenVar() map[string]string {
	return map[string]string{"listen": web.DefaultListen, "quiet": session.DefaultQuiet.String()}
}
