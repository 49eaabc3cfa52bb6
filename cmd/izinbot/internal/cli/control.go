package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"izinbot/cmd/izinbot/internal/app"
	"izinbot/cmd/izinbot/internal/control"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/handlers/account"
	"izinbot/workflow"
	"izinbot/workflow/store"
)

// action is a command on an office's records. The running office does it, or, where
// none runs, this process. Its exported fields are sent to the office as JSON.
type action interface {
	do(con *console, in records) error
}

// actions are those that the running office does, by their names on the command line.
func actions() map[string]action {
	return map[string]action{
		"officer add":     &officerAddCmd{},
		"officer invite":  &officerInviteCmd{},
		"officer list":    &officerListCmd{},
		"officer disable": &officerDisableCmd{},
		"officer enable":  &officerEnableCmd{},
	}
}

// records are an office's, with what depends on whether it runs.
type records struct {
	store.Store
	sop     func() (*workflow.SOP, error)
	disable func(ctx context.Context, o workflow.Officer) error
}

// officer finds whom a command names.
func (in records) officer(ctx context.Context, id string) (workflow.Officer, error) {
	officer, err := in.Officer(ctx, workflow.OfficerID(id))
	if workflow.CodeOf(err) == workflow.CodeNotFound {
		err = fmt.Errorf("tidak ada petugas %q; izinbot officer list menampilkan semuanya", id)
	}
	return officer, err
}

// run has the running office do a command, or does it here with the database that open
// opens.
func (d dataDir) run(con *console, name string, a action, open func(*console, func(store.Store) error) error) error {
	exit, err := control.Ask(con, d.Data, name, a, con.out, con.errs)
	switch {
	case errors.Is(err, control.ErrNobody), errors.Is(err, control.ErrLongPath):
		why := err
		err = open(con, func(s store.Store) error { return a.do(con, d.stopped(s, con.now)) })
		if storage.InUse(err) && errors.Is(why, control.ErrLongPath) {
			err = fmt.Errorf("%w (letak direktori data terlalu panjang untuk memberi perintah kepada izinbot yang berjalan)", err)
		}
		return err
	case errors.Is(err, control.ErrUncertain):
		return fmt.Errorf("izinbot yang berjalan tidak menjawab; periksa dengan izinbot officer list apakah perintahnya terlaksana: %w", err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w; jalankan perintah ini sebagai pengguna yang menjalankan izinbot", err)
	case err == nil && exit != 0:
		return exitError(exit)
	}
	return err
}

// stopped gives the records of an office that does not run. The tasks of an officer who
// is disabled go back to their roles when it starts.
func (d dataDir) stopped(s store.Store, now func() time.Time) records {
	return records{Store: s, sop: d.procedure, disable: func(ctx context.Context, o workflow.Officer) error {
		at := now()
		turn, err := account.Disabling(ctx, s, o, at)
		if err == nil {
			_, err = s.Commit(ctx, at, turn)
		}
		return err
	}}
}

// obey does in the running office what commands ask for.
func obey(p *app.Program, now func() time.Time) control.Handler {
	in := records{
		Store: p.Store, disable: func(ctx context.Context, o workflow.Officer) error { return p.Handlers.Disable(ctx, o.ID) },
		sop: func() (*workflow.SOP, error) { return p.Desk.Library.Current(), nil },
	}
	return func(ctx context.Context, req control.Request, out, errs io.Writer) int {
		a, ok := actions()[req.Command]
		if !ok {
			return fail(errs, fmt.Errorf("izinbot yang berjalan tidak mengenal perintah %q; hentikan dulu, atau pakai versi yang sama", req.Command))
		}
		args := json.NewDecoder(bytes.NewReader(req.Args))
		args.DisallowUnknownFields()
		if err := args.Decode(a); err != nil {
			return fail(errs, fmt.Errorf("isi perintah tidak terbaca oleh izinbot yang berjalan; pakai versi yang sama (%w)", err))
		}
		if err := a.do(&console{Context: ctx, out: out, errs: errs, now: now}, in); err != nil {
			return fail(errs, err)
		}
		return 0
	}
}
