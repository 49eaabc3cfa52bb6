package telegram

import (
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"izinbot/bot"
)

// maxData is the longest callback data, in bytes.
const maxData = 64

// rowWidth is the number of characters that fit beside each other in a row of buttons on a
// narrow phone, counting some for the frame of each.
const rowWidth, buttonFrame = 32, 4

// inlineKeyboard is a keyboard under a message. The library's own type always
// writes an empty copy_text, which no server needs to put up with.
type inlineKeyboard struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// inline lays choices out as buttons. A choice whose id does not fit has none; its
// words can still be typed.
func inline(choices []bot.Choice) any {
	var buttons []inlineButton
	for _, c := range choices {
		if c.ID != "" && len(c.ID) <= maxData && c.Label != "" {
			buttons = append(buttons, inlineButton{c.Label, c.ID})
		}
	}
	if len(buttons) == 0 {
		return nil
	}
	return inlineKeyboard{rows(buttons, func(b inlineButton) string { return b.Text })}
}

// rows puts short buttons beside each other.
func rows[B any](buttons []B, label func(B) string) [][]B {
	var out [][]B
	width := rowWidth
	for _, b := range buttons {
		w := utf8.RuneCountInString(label(b)) + buttonFrame
		if width+w > rowWidth {
			out = append(out, nil)
			width = 0
		}
		out[len(out)-1] = append(out[len(out)-1], b)
		width += w
	}
	return out
}

// reply makes a keyboard in place of the person's own, with a button that shares
// what is wanted. The choices stand on it as words, since a message has only one
// kind of keyboard; the handlers understand a choice's words as well.
func reply(want bot.Want, w Words, choices []bot.Choice) any {
	share := models.KeyboardButton{Text: w.ShareLocation, RequestLocation: true}
	if want == bot.WantContact {
		share = models.KeyboardButton{Text: w.ShareContact, RequestContact: true}
	}
	var buttons []models.KeyboardButton
	for _, c := range choices {
		buttons = append(buttons, models.KeyboardButton{Text: c.Label})
	}
	keyboard := append([][]models.KeyboardButton{{share}}, rows(buttons, func(b models.KeyboardButton) string { return b.Text })...)
	return &models.ReplyKeyboardMarkup{Keyboard: keyboard, ResizeKeyboard: true, OneTimeKeyboard: true}
}

// removal gives the person his own keyboard back.
func removal() any { return &models.ReplyKeyboardRemove{RemoveKeyboard: true} }

func noPreview() *models.LinkPreviewOptions {
	yes := true
	return &models.LinkPreviewOptions{IsDisabled: &yes}
}
