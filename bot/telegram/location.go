package telegram

import (
	"cmp"
	"time"

	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// location reads a point and how it came to be sent. A forwarded message was another one
// before, with a date of its own.
func location(m *models.Message) *bot.Location {
	l := &bot.Location{Lat: m.Location.Latitude, Lon: m.Location.Longitude, Accuracy: m.Location.HorizontalAccuracy}
	switch {
	case m.ForwardOrigin != nil:
		l.Kind, l.At = bot.LocationForwarded, originDate(m.ForwardOrigin)
	case m.Venue != nil:
		l.Kind = bot.LocationVenue
	case m.Location.LivePeriod > 0:
		l.Kind = bot.LocationLive
	}
	if m.Venue != nil {
		l.Name = cmp.Or(m.Venue.Title, m.Venue.Address)
	}
	return l
}

// originDate gives when a forwarded message was first sent; zero if that is not told.
func originDate(o *models.MessageOrigin) time.Time {
	date := 0
	switch {
	case o.MessageOriginUser != nil:
		date = o.MessageOriginUser.Date
	case o.MessageOriginHiddenUser != nil:
		date = o.MessageOriginHiddenUser.Date
	case o.MessageOriginChat != nil:
		date = o.MessageOriginChat.Date
	case o.MessageOriginChannel != nil:
		date = o.MessageOriginChannel.Date
	}
	if date == 0 {
		return time.Time{}
	}
	return time.Unix(int64(date), 0)
}
