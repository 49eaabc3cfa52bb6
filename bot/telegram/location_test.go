package telegram_test

import (
	"maps"
	"testing"
	"time"

	"izinbot/bot"
)

// A point is told with where it comes from: what was passed on or picked by a name says
// nothing about where its sender is.
func TestPlacesAreWhatTheyAre(t *testing.T) {
	t.Parallel()
	point := func(more map[string]any) map[string]any {
		l := map[string]any{"latitude": 2.74, "longitude": 98.31}
		maps.Copy(l, more)
		return l
	}
	yesterday := time.Unix(1_795_000_000, 0)
	want := func(change func(*bot.Location)) bot.Location {
		l := bot.Location{Lat: 2.74, Lon: 98.31}
		change(&l)
		return l
	}
	for name, tt := range map[string]struct {
		fields map[string]any
		want   bot.Location
	}{
		"sent":  {map[string]any{"location": point(nil)}, want(func(*bot.Location) {})},
		"sharp": {map[string]any{"location": point(map[string]any{"horizontal_accuracy": 12.5})}, want(func(l *bot.Location) { l.Accuracy = 12.5 })},
		"live": {map[string]any{"location": point(map[string]any{"live_period": 900, "horizontal_accuracy": 1500})}, want(func(l *bot.Location) {
			l.Kind, l.Accuracy = bot.LocationLive, 1500
		})},
		"venue": {map[string]any{"location": point(nil), "venue": map[string]any{"location": point(nil), "title": "Panti Contoh", "address": "Jl. Contoh"}}, want(func(l *bot.Location) {
			l.Kind, l.Name = bot.LocationVenue, "Panti Contoh"
		})},
		"forwarded": {map[string]any{"location": point(nil), "forward_origin": map[string]any{
			"type": "user", "date": yesterday.Unix(), "sender_user": map[string]any{"id": 7, "is_bot": false, "first_name": "Bona"},
		}}, want(func(l *bot.Location) { l.Kind, l.At = bot.LocationForwarded, yesterday })},
		"forwarded, hidden": {map[string]any{"location": point(map[string]any{"live_period": 900}), "forward_origin": map[string]any{
			"type": "hidden_user", "date": yesterday.Unix(), "sender_user_name": "Bona",
		}}, want(func(l *bot.Location) { l.Kind, l.At = bot.LocationForwarded, yesterday })},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).start()
			w.server.Person(71, "Ayu CONTOH").Send(tt.fields)
			in := w.one()
			if in.Location == nil || !in.Location.At.Equal(tt.want.At) {
				t.Fatalf("the office got %+v", in)
			}
			in.Location.At = tt.want.At
			if *in.Location != tt.want {
				t.Errorf("the office got %+v, want %+v", *in.Location, tt.want)
			}
		})
	}
}
