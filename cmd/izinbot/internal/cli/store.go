package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/workflow/filestore"
	"izinbot/workflow/store"
)

type storeCmd struct {
	Copy   storeCopyCmd   `cmd:"" help:"Menyalin semuanya, SQLite atau MongoDB; melanjutkan penyalinan yang terputus."`
	Export storeExportCmd `cmd:"" help:"Menulis semuanya ke bentuk terbuka: catatan sebagai JSONL, isi berkas apa adanya."`
}

type storeCopyCmd struct {
	From    string `required:"" placeholder:"DIR|URI" help:"Direktori data, atau MongoDB seperti mongodb://host/izinbot; MONGODB_URI berarti alamat yang disimpan di situ."`
	To      string `required:"" placeholder:"DIR|URI" help:"Sama; di situ belum boleh ada data."`
	KeyFile string `name:"key" placeholder:"FILE" help:"Berkas kunci (IZINBOT_KEY); bawaan: yang ada di direktori data asal atau tujuan."`
}

// Run copies, compares both sides, and verifies every history in the copy.
func (c *storeCopyCmd) Run(con *console) error {
	from, to, err := c.open(con)
	if err != nil {
		return err
	}
	err = c.copy(con, from, to)
	if errors.Is(err, context.Canceled) {
		err = errors.New("terputus; jalankan perintah yang sama lagi untuk melanjutkan")
	}
	return errors.Join(err, from.Close(), to.Close())
}

func (c *storeCopyCmd) open(con *console) (from, to *storage.Data, err error) {
	source, target, err := c.places(con.now())
	if err != nil {
		return nil, nil, err
	}
	if !source.Exists() {
		return nil, nil, fmt.Errorf("tidak ada data di %s", c.From)
	}
	if from, err = storage.OpenHalf(con, source); err != nil {
		return nil, nil, stopFirst(err)
	}
	if err = filestore.CopyKeys(source.Keys(), target.Keys()); err == nil {
		to, err = storage.OpenHalf(con, target)
	}
	if err != nil {
		return nil, nil, errors.Join(stopFirst(err), from.Close())
	}
	if err := storage.Idle(con, from, to); err != nil {
		return nil, nil, errors.Join(stopFirst(err), from.Close(), to.Close())
	}
	return from, to, nil
}

// stopFirst says what to do where another process has the data.
func stopFirst(err error) error {
	if storage.InUse(err) {
		return fmt.Errorf("%w; hentikan izinbot yang sedang berjalan dulu", err)
	}
	return err
}

func (c *storeCopyCmd) copy(con *console, from, to *storage.Data) error {
	source, _, err := c.places(con.now())
	if err != nil {
		return err
	}
	name, err := source.Name()
	if err != nil {
		return err
	}
	err = storage.Copy(con, from, to, name, func(kind store.Kind, n int) {
		_, _ = fmt.Fprintf(con.errs, "menyalin %s: %d\n", kindName(kind), n)
	})
	if err != nil {
		return err
	}
	have, copied, err := storage.Finish(con, from, to, func(kind store.Kind) {
		_, _ = fmt.Fprintf(con.errs, "membandingkan %s\n", kindName(kind))
	})
	if shown := showSums(con.out, have, copied); shown != nil {
		return errors.Join(err, shown)
	}
	if err != nil {
		return err
	}
	return verifyAll(con, to.Store)
}

// showSums prints what there is on both sides, by kind.
func showSums(out io.Writer, have, copied []storage.Sum) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i := range min(len(have), len(copied)) {
		verdict := "sama"
		if have[i] != copied[i] {
			verdict = "BERBEDA"
		}
		if _, err := fmt.Fprintf(w, "%s\t%d\t%.12s\t%d\t%.12s\t%s\n", kindName(have[i].Kind),
			have[i].Count, have[i].Hash(), copied[i].Count, copied[i].Hash(), verdict); err != nil {
			return err
		}
	}
	return w.Flush()
}

// kindName names a kind of records in Indonesian.
func kindName(kind store.Kind) string {
	name, ok := map[store.Kind]string{
		store.KindSOP: "prosedur", store.KindPerson: "orang", store.KindAddress: "alamat chat",
		store.KindOfficer: "petugas", store.KindInvitation: "kode undangan", store.KindDelegation: "Plh./Plt.",
		store.KindCase: "permohonan", store.KindEntry: "catatan riwayat", store.KindMilestone: "tonggak waktu",
		store.KindNumber: "nomor register", store.KindClaim: "pengingat", store.KindCall: "telepon", store.KindConversation: "percakapan",
		store.KindMessage: "pesan masuk", store.KindDelivery: "pesan keluar", storage.KindFile: "berkas",
	}[kind]
	if !ok {
		return string(kind)
	}
	return name
}
