package telegram_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"izinbot/bot/telegram"
	"izinbot/bot/telegram/tgtest"
)

// TestNoUpdateBreaksTheProgram: whatever is left out of an update or stands in it
// instead, it is stored or passed over, and Telegram does not send it again.
func TestNoUpdateBreaksTheProgram(t *testing.T) {
	_, w := newStub(t, func(_ *tgtest.Config, cfg *telegram.Config) {
		cfg.Webhook = &telegram.Webhook{URL: "https://izin.contoh.example/telegram", Secret: "CONTOH"}
	})
	heard := 0
	rapid.Check(t, func(t *rapid.T) {
		var update map[string]any
		if err := json.Unmarshal([]byte(rapid.SampledFrom(sampleUpdates()).Draw(t, "sample")), &update); err != nil {
			t.Fatal(err)
		}
		spoil(t, update)
		update["update_id"] = rapid.Uint32().Draw(t, "id")
		body, err := json.Marshal(update)
		if err != nil {
			t.Fatal(err)
		}
		if status := w.channel.Receive(t.Context(), "CONTOH", body); status != http.StatusOK {
			t.Fatalf("status %d for %s", status, body)
		}
		all := w.all()
		for _, in := range all[heard:] {
			if in.ID == "" || !strings.HasPrefix(string(in.Chat), "telegram:") || in.Chat == "telegram:0" || in.At.IsZero() {
				t.Fatalf("heard %+v of %s", in, body)
			}
		}
		heard = len(all)
	})
	if heard < 10 {
		t.Errorf("only %d updates were still understood", heard)
	}
}

func sampleUpdates() []string {
	const who = `"message_id":1,"date":1,"chat":{"id":71,"type":"private","first_name":"Ayu"},"from":{"id":71,"first_name":"Ayu"}`
	return []string{
		`{"message":{` + who + `,"text":"/start x","entities":[{"type":"bot_command","offset":0,"length":6}]}}`,
		`{"message":{` + who + `,"document":{"file_id":"f","file_name":"a.pdf","file_size":3},"caption":"c","media_group_id":"g"}}`,
		`{"message":{` + who + `,"photo":[{"file_id":"f","width":9,"height":9},{"file_id":"g","width":90,"height":90}]}}`,
		`{"message":{` + who + `,"contact":{"phone_number":"62800","user_id":71},"location":{"latitude":1,"longitude":2}}}`,
		`{"message":{` + who + `,"text":"x","forward_origin":{"type":"user","date":1,"sender_user":{"id":5}},"reply_to_message":{"message_id":1}}}`,
		`{"edited_message":{` + who + `,"edit_date":2,"text":"y"}}`,
		`{"callback_query":{"id":"5","from":{"id":71},"data":"a:1","message":{` + who + `,"text":"?","reply_markup":{"inline_keyboard":[[{"text":"Ya","callback_data":"a:1"}]]}}}}`,
		`{"my_chat_member":{"chat":{"id":-5,"type":"group"},"from":{"id":71},"date":1,"old_chat_member":{"status":"left"},"new_chat_member":{"status":"member","user":{"id":1}}}}`,
	}
}

// spoil takes parts out of an object, or puts others in their place.
func spoil(t *rapid.T, object map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch inner, ok := object[name].(map[string]any); rapid.IntRange(0, 11).Draw(t, name) {
		case 0:
			delete(object, name)
		case 1:
			object[name] = rapid.SampledFrom([]any{nil, true, 0, -5, 1.5, 1 << 53, "", "x", []any{}, []any{nil}, map[string]any{}}).Draw(t, "instead")
		default:
			if ok {
				spoil(t, inner)
			}
		}
	}
}
