package cli

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"time"

	"izinbot/bot/telegram"
	"izinbot/cmd/izinbot/internal/config"
	"izinbot/cmd/izinbot/internal/office"
	"izinbot/cmd/izinbot/internal/storage"
	"izinbot/handlers/web"
	"izinbot/workflow/calendar"
	"izinbot/workflow/letters"
	"izinbot/workflow/sop"
)

// The names of the settings.
const (
	keyData          = "IZINBOT_DATA"
	keyListen        = "IZINBOT_LISTEN"
	keyPublicURL     = "PUBLIC_URL"
	keySOP           = "IZINBOT_SOP"
	keyOffice        = "IZINBOT_OFFICE"
	keyHolidays      = "IZINBOT_HOLIDAYS"
	keyKeepDays      = "IZINBOT_KEEP_DAYS"
	keyQuotaFiles    = "IZINBOT_QUOTA_MB"
	keyQuotaMessages = "IZINBOT_QUOTA_MESSAGES"
	keyQuotaTalk     = "IZINBOT_QUOTA_COMPLAINTS"
	keyQuiet         = "IZINBOT_QUIET_SECONDS"
	keyLogLevel      = "LOG_LEVEL"
	keyToken         = "TELEGRAM_TOKEN"
	keyAPIURL        = "TELEGRAM_API_URL"
	keyWebhookURL    = "TELEGRAM_WEBHOOK_URL"
	keyWebhookSecret = "TELEGRAM_WEBHOOK_SECRET"
	keyRate          = "TELEGRAM_RATE"
	keyMongo         = "MONGODB_URI"
	keyKeyFile       = "IZINBOT_KEY"
	keyWitness       = "IZINBOT_WITNESS"
)

// settingKeys is everything that a running office can be set to.
func settingKeys() []config.Key {
	return slices.Concat(storeKeys(), []config.Key{
		{Name: keyData, Default: "izinbot-data", Help: "direktori semua data"},
		{Name: keyListen, Default: web.DefaultListen, Check: config.IsListen, Help: "alamat tempat halaman web dilayani"},
		{Name: keyPublicURL, Check: config.IsURL, Help: "alamat halaman web seperti dibuka orang; bawaan http://<IZINBOT_LISTEN>"},
		{Name: keySOP, Check: isFileOf(sop.Parse), Help: "SOP pengganti yang bawaan"},
		{Name: keyOffice, Check: isOffice, Help: "data kantor, pengganti yang CONTOH"},
		{Name: keyHolidays, Check: isFileOf(calendar.Parse), Help: "kalender pengganti yang bawaan"},
		{Name: keyKeepDays, Default: "90", Check: config.IsDays(35, 3650), Help: "berapa hari pesan yang sudah ditangani disimpan; permohonan dan riwayatnya selamanya"},
		{Name: keyWitness, Check: isDirectory, Help: "direktori di luar server tempat checkpoint log kantor tiap hari ditaruh"},
		{Name: keyQuotaFiles, Default: "200", Check: config.IsCount(20, 100_000), Help: "MB berkas yang diambil per percakapan dan hari; petugas 10 kali"},
		{Name: keyQuotaMessages, Default: "2000", Check: config.IsCount(100, 1_000_000), Help: "pesan yang dijawab per percakapan dan hari; petugas 10 kali"},
		{Name: keyQuotaTalk, Default: "10", Check: config.IsCount(1, 1000), Help: "pengaduan yang diteruskan per percakapan dan hari"},
		{Name: keyQuiet, Default: "2.5", Check: config.IsSeconds(0, 30), Help: "detik hening sebelum jawaban yang bisa datang dalam beberapa pesan atau berkas dibaca; 0: tiap pesan satu jawaban"},
		{Name: keyLogLevel, Default: "info", Check: config.IsOneOf("debug", "info", "warn", "error"), Help: "seberapa banyak yang dicatat"},
		{Name: keyToken, Secret: true, Check: isToken, Help: "token bot, dari BotFather"},
		{Name: keyAPIURL, Default: telegram.DefaultAPIURL, Check: config.IsURL, Help: "server Bot API"},
		{Name: keyWebhookURL, Check: config.IsURL, Help: "alamat tempat Telegram mengantar; bawaan: izinbot mengambil sendiri"},
		{Name: keyWebhookSecret, Secret: true, Check: telegram.CheckSecret, Help: "bukti bahwa yang mengantar Telegram; bawaan: dibuat sekali dan disimpan"},
		{Name: keyRate, Default: "25", Check: config.IsRate, Help: "pesan per detik; 0: tanpa batas, untuk server yang tidak membatasi"},
	}, whatsappKeys())
}

// storeKeys say where an office's data are, for every command that needs them.
func storeKeys() []config.Key {
	return []config.Key{
		{Name: keyMongo, Secret: true, Check: storage.CheckURI, Help: "MongoDB untuk data dan berkas, dengan nama basis data: mongodb://host/izinbot; bawaan: SQLite di " + keyData},
		{Name: keyKeyFile, Help: "berkas kunci, sama di semua server; bawaan: files/key.json di " + keyData},
	}
}

// placeIn gives where the data are whose directory is named: by the environment they
// may be in a MongoDB instead.
func placeIn(dir string, now time.Time) (storage.Config, error) {
	set, err := config.Load(storeKeys(), config.Source{Env: os.Getenv})
	return storage.Config{Dir: dir, MongoURI: set.Get(keyMongo), KeyFile: set.Get(keyKeyFile), Now: now}, err
}

// isFileOf makes a check for a file that can be parsed. Its error names the file and
// everything that is wrong in it.
func isFileOf[T any](parse func([]byte) (T, error)) func(string) error {
	return func(path string) error {
		if err := config.IsFile(path); err != nil {
			return err
		}
		content, err := readFile(path)
		if err != nil {
			return err
		}
		if _, err := parse(content); err != nil {
			return fmt.Errorf("%s:\n%w", path, err)
		}
		return nil
	}
}

// isOffice checks an office file and the emblem that it names.
func isOffice(path string) error {
	if err := isFileOf(letters.ParseOffice)(path); err != nil {
		return err
	}
	_, err := letters.ReadOffice(path)
	return err
}

func isDirectory(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a directory", path)
	}
	return err
}

func isToken(value string) error {
	_, err := telegram.CheckToken(value)
	return err
}

// settingFlags are the flags that stand for settings.
type settingFlags struct {
	Data      string `placeholder:"DIR" help:"Tempat semua data (IZINBOT_DATA)."`
	Listen    string `placeholder:"HOST:PORT" help:"Alamat tempat halaman web dilayani (IZINBOT_LISTEN)."`
	PublicURL string `name:"public-url" placeholder:"URL" help:"Alamat halaman web seperti dibuka orang (PUBLIC_URL)."`
	SOP       string `name:"sop" placeholder:"FILE" help:"SOP pengganti yang bawaan (IZINBOT_SOP)."`
	Office    string `placeholder:"FILE" help:"Data kantor untuk surat (IZINBOT_OFFICE)."`
	Holidays  string `placeholder:"FILE" help:"Kalender pengganti yang bawaan (IZINBOT_HOLIDAYS)."`
}

// load reads the settings; the error lists every problem.
func (f settingFlags) load() (*config.Set, error) {
	set, err := config.Load(settingKeys(), config.Source{Env: os.Getenv, Flags: map[string]string{
		keyData: f.Data, keyListen: f.Listen, keyPublicURL: f.PublicURL,
		keySOP: f.SOP, keyOffice: f.Office, keyHolidays: f.Holidays,
	}})
	return set, errors.Join(err, together(set))
}

// together tells what is wrong with values that are right by themselves.
func together(set *config.Set) error {
	var problems []error
	if set.Get(keyToken) == "" && set.Get(keyWhatsApp) == string(office.UseOff) {
		problems = append(problems, noChannel())
	}
	hook, err := url.Parse(set.Get(keyWebhookURL))
	if err == nil && hook.Scheme == "http" && set.Get(keyAPIURL) == telegram.DefaultAPIURL {
		problems = append(problems, errors.New(keyWebhookURL+": Telegram delivers to https only"))
	}
	if err := sameNumbers(set); err != nil {
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

type configCmd struct {
	Print configPrintCmd `cmd:"" help:"Menampilkan pengaturan yang berlaku tanpa rahasianya, dan apa yang keliru."`
}

type configPrintCmd struct{ settingFlags }

func (c *configPrintCmd) Run(con *console) error {
	set, problems := c.load()
	advise(con.errs, slices.Concat(strangers(os.Environ()), openSecrets(set, os.Getenv), unfinished(set), doubles(con, set))...)
	return errors.Join(set.Print(con.out), problems)
}

// rate reads a number of messages a second that was checked before.
func rate(value string) float64 {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return n
}
