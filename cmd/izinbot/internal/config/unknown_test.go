package config_test

import (
	"slices"
	"testing"

	"izinbot/cmd/izinbot/internal/config"
)

func TestStrangers(t *testing.T) {
	known := []config.Key{{Name: "LOG_LEVEL"}, {Name: "IZINBOT_DATA"}, {Name: "TELEGRAM_TOKEN", Secret: true}}
	environ := []string{
		"PATH=/bin", "LOG_LEVEL=debug", "TELEGRAM_TOKEN_FILE=t", "LOG_FORMAT=json", // right, or somebody else's
		"TELEGRAM_TOKENN=rahasia", "LOGLEVEL=debug", "IZINBOT_DATA_FILE=x", "TLEEGRAM_TOKEN=rahasia",
	}
	want := []config.Stranger{
		{"IZINBOT_DATA_FILE", ""}, {"LOGLEVEL", "LOG_LEVEL"}, {"TELEGRAM_TOKENN", "TELEGRAM_TOKEN"}, {"TLEEGRAM_TOKEN", "TELEGRAM_TOKEN"},
	}
	if got := config.Strangers(known, environ, "IZINBOT_", "TELEGRAM_"); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}
