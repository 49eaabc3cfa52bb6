package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"izinbot/workflow"
	"izinbot/workflow/calendar"
	"izinbot/workflow/letters"
	"izinbot/workflow/pades"
	"izinbot/workflow/pades/tsa"
)

// lettersSignCmd signs a finished letter with a key in a file.
type lettersSignCmd struct {
	File       string  `arg:"" type:"existingfile" help:"Surat (PDF) yang sudah jadi."`
	Key        string  `required:"" type:"existingfile" placeholder:"FILE" help:"Kunci penanda tangan: PKCS#12 (.p12), atau PEM berisi kunci dan sertifikatnya."`
	Passphrase string  `name:"passphrase-file" type:"existingfile" placeholder:"FILE" help:"Berkas yang baris pertamanya kata sandi kunci."`
	Out        string  `required:"" placeholder:"FILE" help:"Berkas hasil; yang sudah ada tidak ditimpa."`
	Page       int     `help:"Halaman tempat tanda tangan terlihat; tanpa ini: yang terakhir."`
	Left       float64 `default:"108" placeholder:"MM" help:"Jarak tanda tangan dari tepi kiri kertas (${default} mm)."`
	Bottom     float64 `default:"40" placeholder:"MM" help:"Jarak tanda tangan dari tepi bawah kertas (${default} mm)."`
	Link       string  `placeholder:"URL" help:"Alamat pemeriksaan, dimuat sebagai kode QR."`
}

// Measures of the visible signature, and a millimetre in points.
const (
	signatureWidth  = 82.0 // mm
	signatureHeight = 17.0 // mm
	millimetre      = 72 / 25.4
)

func (c *lettersSignCmd) Run(con *console) error {
	pdf, err := readFile(c.File)
	if err != nil {
		return err
	}
	key, err := readKey(c.Key, c.Passphrase)
	if err != nil {
		return err
	}
	at := con.now().In(workflow.WIB()).Truncate(time.Second)
	signer := key.Chain[0].Subject.CommonName
	font, _ := letters.Typeface()
	p, err := pades.Prepare(pdf, pades.Field{
		Signer: signer, At: at, Page: c.Page, Font: font, QR: c.Link,
		Lines: []string{"Ditandatangani secara elektronik oleh", letters.Line(signer), calendar.DateTime(at, workflow.Indonesian)},
		Box: pades.Box{
			Left: c.Left * millimetre, Bottom: c.Bottom * millimetre,
			Right: (c.Left + signatureWidth) * millimetre, Top: (c.Bottom + signatureHeight) * millimetre,
		},
	})
	if err != nil {
		return err
	}
	cms, err := key.Sign(p, at)
	if err != nil {
		return err
	}
	out, err := p.Embed(cms)
	if err != nil {
		return err
	}
	if err := writeNew(c.Out, out); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s ditandatangani atas nama %s. Periksa: izinbot verify %[1]s\n", near(c.Out), signer)
	return err
}

// readKey reads a key file and the file with its passphrase.
func readKey(path, passphrase string) (pades.Key, error) {
	raw, err := readFile(path)
	if err != nil {
		return pades.Key{}, err
	}
	secret, err := readFile(passphrase)
	if err != nil {
		return pades.Key{}, err
	}
	first, _, _ := strings.Cut(string(secret), "\n")
	return pades.ReadKey(raw, strings.TrimSuffix(first, "\r"))
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s sudah ada; sebutkan nama lain dengan --out", path)
	}
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// lettersStampCmd adds to a signed letter what shows for years when it was signed.
type lettersStampCmd struct {
	File string   `arg:"" type:"existingfile" help:"Surat (PDF) yang sudah ditandatangani."`
	TSA  string   `name:"tsa" required:"" placeholder:"URL" help:"Alamat penyedia cap waktu (RFC 3161)."`
	CRL  []string `name:"crl" type:"existingfile" placeholder:"FILE" help:"Daftar sertifikat yang dicabut (DER) dari penerbit; ikut disimpan, lalu dicap waktu lagi. Boleh beberapa kali."`
	Out  string   `required:"" placeholder:"FILE" help:"Berkas hasil; yang sudah ada tidak ditimpa."`
}

func (c *lettersStampCmd) Run(con *console) error {
	pdf, err := readFile(c.File)
	if err != nil {
		return err
	}
	authority := tsa.New(c.TSA)
	if pdf, err = authority.Stamp(con, pdf); err != nil {
		return err
	}
	if len(c.CRL) > 0 {
		var evidence pades.Evidence
		for _, path := range c.CRL {
			list, err := readFile(path)
			if err != nil {
				return err
			}
			evidence.CRLs = append(evidence.CRLs, list)
		}
		if pdf, err = pades.AddEvidence(pdf, evidence); err != nil {
			return err
		}
		if pdf, err = authority.Stamp(con, pdf); err != nil {
			return err
		}
	}
	if err := writeNew(c.Out, pdf); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.out, "%s bercap waktu. Periksa: izinbot verify %[1]s\n", near(c.Out))
	return err
}
