package cli

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"

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
	keyLogLevel      = "LOG_LEVEL"
	keyToken         = "TELEGRAM_TOKEN"
	keyAPIURL        = "TELEGRAM_API_URL"
	keyWebhookURL    = "TELEGRAM_WEBHOOK_URL"
	keyWebhookSecret = "TELEGRAM_WEBHOOK_SECRET"
	keyRate          = "TELEGRAM_RATE"
	keyMongo         = "MONGODB_URI"
	keyKeyFile       = "IZINBOT_KEY"
)

// settingKeys is everything that a running office can be set to.
func settingKeys() []config.Key {
	return slices.Concat(storeKeys(), []config.Key{
		{Name: keyData, Default: "izinbot-data", Help: "directory where everything is kept"},
		{Name: keyListen, Default: web.DefaultListen, Check: config.IsListen, Help: "where the web pages are served"},
		{Name: keyPublicURL, Check: config.IsURL, Help: "address of the web pages as people reach it; default http://<IZINBOT_LISTEN>"},
		{Name: keySOP, Check: isFileOf(sop.Parse), Help: "procedure instead of the embedded one"},
		{Name: keyOffice, Check: isFileOf(letters.ParseOffice), Help: "office data instead of the made-up ones"},
		{Name: keyHolidays, Check: isFileOf(calendar.Parse), Help: "calendar instead of the embedded one"},
		{Name: keyKeepDays, Default: "90", Check: config.IsDays(35, 3650), Help: "days for which handled messages are kept; cases and their histories are kept for ever"},
		{Name: keyLogLevel, Default: "info", Check: config.IsOneOf("debug", "info", "warn", "error"), Help: "how much is logged"},
		{Name: keyToken, Secret: true, Check: isToken, Help: "the bot's token, from BotFather"},
		{Name: keyAPIURL, Default: telegram.DefaultAPIURL, Check: config.IsURL, Help: "Bot API server"},
		{Name: keyWebhookURL, Check: config.IsURL, Help: "where Telegram delivers; default: the program polls"},
		{Name: keyWebhookSecret, Secret: true, Check: telegram.CheckSecret, Help: "proves that a delivery is Telegram's; default: made once and kept"},
		{Name: keyRate, Default: "25", Check: config.IsRate, Help: "messages a second over all; 0: no limits, for a server that has none"},
	}, whatsappKeys())
}

// storeKeys say where an office's data are, for every command that needs them.
func storeKeys() []config.Key {
	return []config.Key{
		{Name: keyMongo, Secret: true, Check: storage.CheckURI, Help: "MongoDB for records and files, with a database: mongodb://host/izinbot; default: SQLite in " + keyData},
		{Name: keyKeyFile, Help: "key file of stored files and secrets, the same on every node; default: files/key.json in " + keyData},
	}
}

// placeIn gives where the data are whose directory is named: by the environment they
// may be in a MongoDB instead.
func placeIn(dir string) (storage.Place, error) {
	set, err := config.Load(storeKeys(), config.Source{Env: os.Getenv})
	return storage.Place{Dir: dir, MongoURI: set.Get(keyMongo), KeyFile: set.Get(keyKeyFile), Now: clockNow()}, err
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

func isToken(value string) error {
	_, err := telegram.CheckToken(value)
	return err
}

// settingFlags are the flags that stand for settings.
type settingFlags struct {
	Data      string `placeholder:"DIR" help:"Where everything is kept (IZINBOT_DATA)."`
	Listen    string `placeholder:"HOST:PORT" help:"Where the web pages are served (IZINBOT_LISTEN)."`
	PublicURL string `name:"public-url" placeholder:"URL" help:"Address of the web pages as people reach it (PUBLIC_URL)."`
	SOP       string `name:"sop" placeholder:"FILE" help:"Procedure to run instead of the embedded one (IZINBOT_SOP)."`
	Office    string `placeholder:"FILE" help:"Office data for the letters (IZINBOT_OFFICE)."`
	Holidays  string `placeholder:"FILE" help:"Calendar instead of the embedded one (IZINBOT_HOLIDAYS)."`
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
	return errors.Join(problems...)
}

type configCmd struct {
	Print configPrintCmd `cmd:"" help:"Show the settings in force, secrets hidden, and what is wrong with them."`
}

type configPrintCmd struct{ settingFlags }

func (c *configPrintCmd) Run(con *console) error {
	set, problems := c.load()
	advise(con.errs, slices.Concat(strangers(os.Environ()), openSecrets(set, os.Getenv), unfinished(set))...)
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
