package cli

import (
	"strings"
	"testing"

	"izinbot/cmd/izinbot/internal/config"
)

// FuzzSettings gives every setting any value: it is taken or refused with a sentence, which
// never quotes a secret, and what is taken can be used.
func FuzzSettings(f *testing.F) {
	for _, value := range []string{
		"", "127.0.0.1:8080", ":-1", "https://izin.contoh.go.id", "http://a:b@c", "4242:CONTOH-token_bukan-rahasia", "mongodb://u:CONTOH@h/izinbot",
		"mongodb+srv://h", "2-6", "6-2", "25", "NaN", "1e400", "9223372036854775808", "auto", "info", "/dev/null", "\x00", "%zz", "[::1",
	} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if strings.HasPrefix(value, "/") && value != "/dev/null" {
			t.Skip("no files of this machine")
		}
		for _, key := range settingKeys() {
			set, err := config.Load([]config.Key{key}, config.Source{Env: func(name string) string {
				if name == key.Name {
					return value
				}
				return ""
			}})
			if err != nil && key.Secret && len(value) > 8 && strings.Contains(err.Error(), value) {
				t.Errorf("%s: the refusal quotes the secret", key.Name)
			}
			if err == nil && strings.HasPrefix(key.Name, "WHATSAPP_") {
				whatsappConfig(set)
			}
		}
	})
}
