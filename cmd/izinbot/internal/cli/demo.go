package cli

import (
	"log/slog"
	"time"

	"izinbot/cmd/izinbot/internal/demo"
	"izinbot/handlers/web"
)

// sources are the files that replace the embedded ones.
type sources struct {
	SOP      string `name:"sop" type:"existingfile" placeholder:"FILE" help:"Procedure to run instead of the embedded one."`
	Office   string `type:"existingfile" placeholder:"FILE" help:"Office data for the letters instead of the made-up ones."`
	Holidays string `type:"existingfile" placeholder:"FILE" help:"Calendar instead of the embedded one."`
}

type demoCmd struct {
	sources
	Auto   string `placeholder:"STORY" help:"Play a story unattended: terbit, tolak, klarifikasi or semua; sambung, in two chats."`
	Out    string `placeholder:"DIR" default:"out" help:"With --auto: where the letters are written."`
	Listen string `default:"${listen}" help:"Address of the demo page; loopback only."`
	Data   string `placeholder:"DIR" help:"Where everything is kept between runs (default izinbot-demo; with --auto a directory that is removed)."`
	Reset  bool   `help:"Forget what an earlier demo kept in --data."`
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
	cfg := demo.Config{Dir: c.Data, Listen: c.Listen, Log: slog.New(slog.NewTextHandler(con.errs, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if cfg.Dir == "" && c.Auto == "" {
		cfg.Dir = "izinbot-demo"
	}
	place, err := placeIn(cfg.Dir)
	if err != nil {
		return cfg, err
	}
	cfg.MongoURI = place.MongoURI
	if cfg.SOP, err = readFile(c.SOP); err != nil {
		return cfg, err
	}
	if cfg.Office, err = readFile(c.Office); err != nil {
		return cfg, err
	}
	cfg.Calendar, err = readFile(c.Holidays)
	return cfg, err
}

// listenVar fills in the default of --listen.
func listenVar() map[string]string { return map[string]string{"listen": web.DefaultListen} }

// clockNow is the real time.
func clockNow() time.Time { return time.Now() }
