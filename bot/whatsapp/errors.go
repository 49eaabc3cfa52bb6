//go:build !nowhatsapp

package whatsapp

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"go.mau.fi/whatsmeow"

	"izinbot/bot"
)

// Reasons of deliveries that failed for good.
const (
	// ReasonNoInbound says that the chat has not written within the window, so it
	// may not be written to.
	ReasonNoInbound = "no_recent_inbound"
	// ReasonTimelock says that WhatsApp forbids to write to this chat (error 463).
	ReasonTimelock = "reachout_timelock"
	// ReasonNotThere says that the number has no WhatsApp.
	ReasonNotThere = "not_on_whatsapp"

	reasonNotConnected = "not_connected"
	reasonUnconfirmed  = "unconfirmed" // sent, but WhatsApp has not answered
	reasonRefused      = "refused_"    // followed by WhatsApp's code
)

// Codes that WhatsApp answers messages with.
const (
	codeTimelock = 463
	codeTooMany  = 429
)

const (
	// receiptWait is the time that a receipt may take after a message that was not
	// answered, before the message is sent again.
	receiptWait = 15 * time.Second
	// downWait is between tries while the connection is down; it comes back by
	// itself.
	downWait = 2 * time.Second
	// personWait is between tries while a person has to act first.
	personWait = time.Minute
	// longInVain is after how long without any answer nobody should count on one.
	longInVain = time.Hour
)

// inVain marks that a message has been tried for long, and WhatsApp says nothing.
func inVain(err error, tried time.Duration) error {
	if said, ok := errors.AsType[*bot.SendError](err); ok && said.Reason == reasonUnconfirmed {
		said.Lasts = tried > longInVain
	}
	return err
}

// unable says why nothing can be sent now, and when to ask again.
func (c *Channel) unable() *bot.SendError {
	s := c.health.state()
	if s.decided() {
		return &bot.SendError{Reason: string(s.Code), After: personWait, Lasts: true}
	}
	return &bot.SendError{Reason: reasonNotConnected, After: downWait}
}

// verdict says what a failure to send means for the delivery.
func (c *Channel) verdict(ctx context.Context, err error) error {
	var lost *whatsmeow.DisconnectedError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, whatsmeow.ErrServerReturnedError):
		return refusal(codeOf(err))
	case errors.Is(err, whatsmeow.ErrMessageTimedOut), errors.As(err, &lost):
		return &bot.SendError{Reason: reasonUnconfirmed, After: receiptWait}
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, whatsmeow.ErrNotLoggedIn), errors.Is(err, whatsmeow.ErrIQTimedOut):
		return c.unable()
	case strings.HasPrefix(err.Error(), "no LID found for"):
		return &bot.SendError{Reason: ReasonNotThere, Dead: true}
	}
	// The library's texts hold addresses; they stay here.
	return &bot.SendError{Reason: "failed"}
}

// refusal says what WhatsApp's code means.
func refusal(code int) *bot.SendError {
	switch code {
	case codeTimelock:
		return &bot.SendError{Reason: ReasonTimelock, Dead: true}
	case codeTooMany:
		return &bot.SendError{Reason: reasonRefused + strconv.Itoa(code), After: personWait}
	}
	return &bot.SendError{Reason: reasonRefused + strconv.Itoa(code)}
}

// codeOf reads the code at the end of the library's error; 0 if there is none.
func codeOf(err error) int {
	text := err.Error()
	code, _ := strconv.Atoi(text[strings.LastIndexByte(text, ' ')+1:])
	return code
}
